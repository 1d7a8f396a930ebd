//! Relations as each side sees them, the quota of one, and their end.

use anxin_core::Fen;
use anxin_core::family::{AreaCode, Consents, FamilyAsk, Model, Pair, Party};
use wallet_ledger::{AccountId, Command, Outcome, OwnerId, TransferId};
use wallet_store::{Actor, Answer, Relation};
use wallet_types::{ConsentOut, EndedWhy, Id, QuotaAsk, RelationKind, RelationOut, Relations, Side, TransportCode};

use super::invite::{GUARDIAN, OWN_DATA, kin_of, kind_of};
use super::refused;
use crate::auth::Subject;
use crate::problem::ApiError;
use crate::wallet::{Done, Key, Operation, Order, Wallet, derived, instant};

/// Whether one of two people is too young to agree alone.
fn is_young(sharer: &Party, recipient: &Party) -> bool {
    [sharer, recipient].iter().any(|party| party.age.is_some_and(|age| age < OWN_DATA))
}

/// The two of a relation, who agreed when it began. A guardian's consent counts for the young alone.
pub(super) fn pair_of(relation: &Relation, sharer: Party, recipient: Party, guarded: bool) -> Result<Pair, ApiError> {
    let guardian = guarded && is_young(&sharer, &recipient);
    let consents = Consents { sharer: true, recipient: true, guardian };
    Ok(Pair { sharer, recipient, kin: kin_of(&relation.kin)?, consents, members: Some(0) })
}

impl Wallet {
    /// A relation that somebody is one side of; any other is not there.
    pub(super) async fn own_relation(&self, owner: OwnerId, id: Id) -> Result<Relation, ApiError> {
        let found = self.desk.relation(id.0).await?.filter(|r| r.giver == owner || r.taker == owner);
        found.ok_or_else(|| refused(TransportCode::NotFound))
    }

    /// One in which somebody gives, and money may still be given.
    pub(super) async fn giving(&self, owner: OwnerId, id: Id) -> Result<Relation, ApiError> {
        let relation = self.own_relation(owner, id).await?;
        if relation.giver != owner || kind_of(&relation.kind)? != RelationKind::Share {
            return Err(refused(TransportCode::NotAllowed));
        }
        if relation.ended_at.is_some() {
            return Err(refused(TransportCode::RelationEnded));
        }
        Ok(relation)
    }

    /// The two people of a relation, for a question to the rules.
    pub(super) async fn pair(&self, relation: &Relation) -> Result<Pair, ApiError> {
        let (giver, taker) = (self.known(relation.giver).await?, self.known(relation.taker).await?);
        let (sharer, recipient) = (self.party(&giver)?, self.party(&taker)?);
        let guarded = is_young(&sharer, &recipient) && self.guardian_consented(relation.id).await?;
        pair_of(relation, sharer, recipient, guarded)
    }

    async fn guardian_consented(&self, relation: u128) -> Result<bool, ApiError> {
        let consents = self.desk.consents(relation).await?;
        Ok(consents.iter().any(|consent| consent.purpose == GUARDIAN && consent.withdrawn_at.is_none()))
    }

    pub(crate) async fn relations(&self, owner: OwnerId) -> Result<Relations, ApiError> {
        let mut relations = Vec::new();
        let mut names = self.desk.nicknames(owner).await?;
        for relation in self.desk.relations(owner).await? {
            let name = names.remove(&relation.id);
            relations.push(self.relation_out(owner, &relation, name).await?);
        }
        Ok(Relations { relations })
    }

    pub(crate) async fn relation(&self, owner: OwnerId, id: Id) -> Result<RelationOut, ApiError> {
        let relation = self.own_relation(owner, id).await?;
        let name = self.desk.nicknames(owner).await?.remove(&relation.id);
        self.relation_out(owner, &relation, name).await
    }

    async fn relation_out(
        &self,
        owner: OwnerId,
        relation: &Relation,
        nickname: Option<String>,
    ) -> Result<RelationOut, ApiError> {
        let kind = kind_of(&relation.kind)?;
        let gives = relation.giver == owner;
        let quota = self.desk.account(Actor::Area, AccountId(relation.id)).await?;
        let open = relation.ended_at.is_none();
        let model = match (kind, open) {
            (RelationKind::Share, true) => self.told(FamilyAsk::Relate(self.pair(relation).await?))?.model,
            _ => None,
        };
        let of_quota = quota.filter(|_| model != Some(Model::Binding));
        let of_giver = of_quota.as_ref().filter(|_| gives);
        let consents = self.desk.consents(relation.id).await?.into_iter().map(|consent| ConsentOut {
            side: if consent.person == relation.giver { Side::Giver } else { Side::Taker },
            purpose: consent.purpose,
            rules: consent.rules,
            given_at: instant(consent.given_at),
            withdrawn_at: consent.withdrawn_at.map(instant),
        });
        let giver_area = self.desk.person(relation.giver).await?.and_then(|giver| AreaCode::parse(&giver.area));
        Ok(RelationOut {
            id: Id(relation.id),
            side: if gives { Side::Giver } else { Side::Taker },
            kind,
            kin: kin_of(&relation.kin)?,
            since: instant(relation.since),
            giver_area,
            model,
            account: of_giver.map(|quota| Id(quota.id.0)),
            usable_fen: of_quota.as_ref().filter(|_| open).map(|quota| quota.available()),
            held_fen: of_giver.map(|quota| quota.held),
            used_fen: of_giver.map(|quota| quota.used),
            nickname,
            priority: relation.priority,
            orders: open && kind == RelationKind::Share && self.orderer(relation) == owner,
            consents: consents.collect(),
            ended_at: relation.ended_at.map(instant),
            why: relation.why.as_deref().and_then(EndedWhy::of_word),
        })
    }

    /// The quota that is asked for, where that is more than there is now: taking back asks nobody.
    pub(crate) async fn more_than_now(&self, owner: OwnerId, id: Id, usable: Fen) -> Result<Option<Fen>, ApiError> {
        let relation = self.own_relation(owner, id).await?;
        let quota = self.desk.account(Actor::Area, AccountId(relation.id)).await?;
        Ok(Some(usable).filter(|usable| *usable > quota.map_or(Fen::ZERO, |quota| quota.available())))
    }

    /// Makes what the relative may still use so much.
    pub(crate) async fn set_quota(
        &self,
        subject: &Subject,
        owner: OwnerId,
        key: Key,
        id: Id,
        ask: &QuotaAsk,
    ) -> Result<Option<Done>, ApiError> {
        self.living(owner).await?;
        let relation = self.giving(owner, id).await?;
        // Lowering is always allowed; for more than there is now the rules have to say yes.
        let quota = self.desk.account(Actor::Area, AccountId(relation.id)).await?;
        if ask.usable_fen > quota.map_or(Fen::ZERO, |quota| quota.available()) {
            let answer = self.allowed(FamilyAsk::Relate(self.pair(&relation).await?), &[])?;
            if answer.model == Some(Model::Binding) {
                let condition = "model".into();
                return Err(ApiError::Rules { code: TransportCode::RulesForbid, condition, rule: "CN.BINDING".into() });
            }
        }
        let command = Command::SetQuota {
            quota: AccountId(relation.id),
            id: TransferId(derived(&key, 0)),
            usable: ask.usable_fen,
        };
        let actor = subject.actor().ok_or_else(|| refused(TransportCode::NotAllowed))?;
        Ok(self.ask_permitted(actor, Order { key, commands: vec![command], body: &(id, ask) }).await?.pop())
    }

    /// Ends a relation at the wish of either side. Once more changes nothing.
    pub(crate) async fn part(&self, owner: OwnerId, id: Id) -> Result<RelationOut, ApiError> {
        let relation = self.own_relation(owner, id).await?;
        if relation.ended_at.is_none() {
            self.dissolve(&relation, Some(owner.0), EndedWhy::Asked).await?;
        }
        self.relation(owner, id).await
    }

    /// The books first: from then on nothing can be drawn, and what was not used is the sharer's again.
    pub(crate) async fn dissolve(&self, relation: &Relation, by: Option<u128>, why: EndedWhy) -> Result<(), ApiError> {
        if kind_of(&relation.kind)? == RelationKind::Share {
            let key = Key { tenant: relation.id, operation: Operation::Dissolve, key: "relation".into() };
            let id = TransferId(derived(&key, 0));
            let commands = vec![Command::Dissolve { quota: AccountId(relation.id), id }];
            let order = Order { key, commands, body: &Id(relation.id) };
            match self.answers(&order).await?.first().and_then(Answer::outcome) {
                Some(Outcome::Done | Outcome::AccountClosed) => {}
                _ => return Err(refused(TransportCode::Busy)),
            }
        }
        // What was booked before is told before the end.
        self.desk.tell().await?;
        Ok(self.desk.end_relation(relation, by, why.word(), self.now()).await?)
    }
}
