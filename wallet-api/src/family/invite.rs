//! Inviting a relative, and accepting. A code is good for one person, for a while, once; whoever else tries it learns
//! nothing.

use anxin_core::family::{CheckCode, Consents, FamilyAsk, Insured, Kin, Pair};
use anxin_core::{Refusal, RefusalCode};
use wallet_ledger::{AccountId, AccountKind, Command, Fund, Micros, OpenAccount, Outcome, OwnerId};
use wallet_store::{Consent, Invitation, InvitationState, Person, Relation, WindowAct};
use wallet_types::{
    AcceptanceAsk, Id, InvitationAsk, InvitationOut, InvitationStateName, Invitations, RelationKind, RelationOut, Side,
    TransportCode,
};

use super::{key, refused};
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Order, Wallet, derived, instant};

/// Younger people do not decide on their own data.
pub(super) const OWN_DATA: u8 = 14;
/// What both sides of a relation agree to in which money is shared.
pub(super) const SHARING: &str = "share_personal_account";
/// What a guardian agrees to.
pub(super) const GUARDIAN: &str = "guardian_consents";

/// What an operator saw and did.
pub(super) struct AtWindow<'a> {
    pub operator: u128,
    pub document: &'static str,
    pub paper: &'a str,
    pub guardian: Option<OwnerId>,
}

impl AtWindow<'_> {
    fn of(&self, relation: u128, person: OwnerId, at: Micros) -> WindowAct {
        let (document, paper) = (self.document.to_owned(), self.paper.to_owned());
        WindowAct { relation, person, guardian: self.guardian, operator: self.operator, document, paper, at }
    }
}

/// What is agreed to, as it is kept with the consent.
fn purpose(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Share => SHARING,
        RelationKind::Helper => "show_code",
    }
}

fn kin_word(kin: Kin) -> String {
    serde_json::to_value(kin).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(crate) fn kin_of(word: &str) -> Result<Kin, ApiError> {
    serde_json::from_value(word.into()).map_err(|_| refused(TransportCode::Internal))
}

pub(super) fn kind_of(word: &str) -> Result<RelationKind, ApiError> {
    RelationKind::of_word(word).ok_or_else(|| refused(TransportCode::Internal))
}

impl Wallet {
    fn consent(&self, relation: u128, person: OwnerId, kind: RelationKind) -> Consent {
        let (purpose, rules) = (purpose(kind).to_owned(), self.rules_digest());
        Consent { relation, person, purpose, rules, given_at: self.now(), withdrawn_at: None }
    }

    /// Invites whoever has an identity number, whether or not anybody here is known by it.
    pub(crate) async fn invite(
        &self,
        owner: OwnerId,
        key: &Key,
        ask: &InvitationAsk,
    ) -> Result<InvitationOut, ApiError> {
        if !ask.consent {
            return Err(refused(TransportCode::ConsentMissing));
        }
        let keys = self.lookup_keys()?;
        let invitee = keys.person(&ask.id_number)?;
        let inviter = self.living(owner).await?;
        self.of_an_age_to_decide(&inviter)?;
        if invitee.all.contains(&inviter.lookup) {
            return Err(Refusal::new(RefusalCode::OutOfRange, "id_number", "somebody else's").into());
        }
        if ask.kind == RelationKind::Share {
            self.may_share(&inviter, ask.kin)?;
        }
        let (id, now) = (derived(key, 0), self.now());
        let invitation = Invitation {
            id,
            code: key::digest(&keys.code(id)),
            inviter: owner,
            invitee: invitee.present,
            lookup_key: invitee.key,
            kind: ask.kind.word().into(),
            kin: kin_word(ask.kin),
            made_at: now,
            until: now.plus(self.family.invited),
            state: InvitationState::Waiting,
        };
        self.desk.invite(&invitation, &invitee.all, &self.consent(id, owner, ask.kind)).await?;
        let kept = self.desk.invitation(id).await?.ok_or_else(|| refused(TransportCode::Internal))?;
        let same = invitee.all.contains(&kept.invitee);
        if !same || (&kept.kind, &kept.kin) != (&invitation.kind, &invitation.kin) {
            return Err(refused(TransportCode::KeyReused));
        }
        self.invitation_out(owner, &kept)
    }

    /// What can be said of a pair while one of them is not known: the sharer's own side of it.
    fn may_share(&self, inviter: &Person, kin: Kin) -> Result<(), ApiError> {
        let sharer = self.party(inviter)?;
        let recipient = anxin_core::family::Party {
            area: sharer.area.clone(),
            cover: Insured::Resident,
            age: None,
            without_phone: false,
        };
        let consents = Consents { sharer: true, recipient: true, guardian: true };
        let pair = Pair { sharer, recipient, kin, consents, members: None };
        self.allowed(FamilyAsk::Relate(pair), &[CheckCode::Members, CheckCode::SameProvince]).map(drop)
    }

    pub(crate) async fn invitations(&self, owner: OwnerId) -> Result<Invitations, ApiError> {
        let own = self.known(owner).await?;
        let all = self.desk.invitations(owner, &self.lookup_keys()?.of(&own)).await?;
        let invitations = all.iter().map(|one| self.invitation_out(owner, one)).collect::<Result<_, _>>()?;
        Ok(Invitations { invitations })
    }

    pub(crate) async fn withdraw(&self, owner: OwnerId, id: Id) -> Result<InvitationOut, ApiError> {
        let missing = || refused(TransportCode::NotFound);
        let there = self.desk.invitation(id.0).await?.filter(|i| i.inviter == owner).ok_or_else(missing)?;
        if !self.desk.withdraw(id.0, owner).await? {
            return Err(refused(TransportCode::Decided));
        }
        self.invitation_out(owner, &Invitation { state: InvitationState::Withdrawn, ..there })
    }

    fn invitation_out(&self, owner: OwnerId, invitation: &Invitation) -> Result<InvitationOut, ApiError> {
        let state = match invitation.state {
            InvitationState::Waiting if invitation.until <= self.now() => InvitationStateName::Expired,
            InvitationState::Waiting => InvitationStateName::Waiting,
            InvitationState::Accepted => InvitationStateName::Accepted,
            InvitationState::Withdrawn => InvitationStateName::Withdrawn,
        };
        let own = invitation.inviter == owner;
        let code = if own { self.lookup_keys()?.code_of(invitation.id, invitation.code) } else { None };
        Ok(InvitationOut {
            id: Id(invitation.id),
            side: if own { Side::Giver } else { Side::Taker },
            kind: kind_of(&invitation.kind)?,
            kin: kin_of(&invitation.kin)?,
            state,
            code,
            made_at: instant(invitation.made_at),
            until: instant(invitation.until),
        })
    }

    /// Accepts an invitation that is for this very person. Any other code is no code.
    pub(crate) async fn accept(&self, owner: OwnerId, ask: &AcceptanceAsk) -> Result<RelationOut, ApiError> {
        if !ask.consent {
            return Err(refused(TransportCode::ConsentMissing));
        }
        let own = self.living(owner).await?;
        self.of_an_age_to_decide(&own)?;
        let relation = self.take_up(&own, &ask.code, None).await?;
        self.relation(owner, Id(relation)).await
    }

    /// Makes an invitation a relation, at the wish of whom it is for or at a window in their presence.
    pub(super) async fn take_up(
        &self,
        own: &Person,
        code: &str,
        at_window: Option<&AtWindow<'_>>,
    ) -> Result<u128, ApiError> {
        let missing = || refused(TransportCode::NotFound);
        let lookups = self.lookup_keys()?.of(own);
        let found = self.desk.invitation_for(key::digest(code), &lookups).await?.ok_or_else(missing)?;
        match found.state {
            InvitationState::Waiting if found.until > self.now() => {}
            // Who accepted before is told so again.
            InvitationState::Accepted => return Ok(found.id),
            _ => return Err(missing()),
        }
        let kind = kind_of(&found.kind)?;
        let guardian = at_window.and_then(|act| act.guardian);
        if kind == RelationKind::Share {
            self.begin_sharing(&found, own, guardian.is_some()).await?;
        }
        if let Some(act) = at_window {
            self.desk.put_window_act(&act.of(found.id, own.owner, self.now())).await?;
        }
        let mut consents = vec![self.consent(found.id, own.owner, kind)];
        consents.extend(guardian.map(|guardian| Consent {
            person: guardian,
            purpose: GUARDIAN.into(),
            ..self.consent(found.id, own.owner, kind)
        }));
        let relation = Relation {
            id: found.id,
            kind: found.kind,
            kin: found.kin,
            giver: found.inviter,
            taker: own.owner,
            since: self.now(),
            ended_at: None,
            ended_by: None,
            why: None,
            priority: 0,
        };
        if !self.desk.relate(&relation, &consents).await? {
            return Err(refused(TransportCode::Decided));
        }
        Ok(relation.id)
    }

    /// Under fourteen a guardian decides (个人信息保护法), who comes to the window.
    pub(super) fn of_an_age_to_decide(&self, person: &Person) -> Result<(), ApiError> {
        if self.party(person)?.age.is_some_and(|age| age < OWN_DATA) {
            let (code, condition) = (TransportCode::RulesForbid, "guardian".into());
            return Err(ApiError::Rules { code, condition, rule: String::new() });
        }
        Ok(())
    }

    /// Asks the rules about both people, and opens the account in which money is set aside.
    async fn begin_sharing(&self, found: &Invitation, own: &Person, guardian: bool) -> Result<(), ApiError> {
        let sharer = self.living(found.inviter).await?;
        let all = self.desk.relations(found.inviter).await?;
        let shares =
            all.iter().filter(|r| r.giver == found.inviter && r.ended_at.is_none() && r.kind == found.kind).count();
        let pair = Pair {
            sharer: self.party(&sharer)?,
            recipient: self.party(own)?,
            kin: kin_of(&found.kin)?,
            consents: Consents { sharer: true, recipient: true, guardian },
            members: u32::try_from(shares).ok(),
        };
        self.allowed(FamilyAsk::Relate(pair), &[])?;
        let personal = self.account_of(found.inviter, AccountKind::Personal).await?;
        let personal = personal.ok_or_else(|| refused(TransportCode::NotRegistered))?;
        let open = OpenAccount {
            id: AccountId(found.id),
            kind: AccountKind::Quota,
            fund: Fund::Account,
            owner: found.inviter,
            parent: Some(personal.id),
        };
        let key = Key { tenant: found.id, operation: Operation::Open, key: "relation".into() };
        let order = Order { key, commands: vec![Command::Open(open)], body: &Id(found.id) };
        match self.answers(&order).await?.first().and_then(wallet_store::Answer::outcome) {
            Some(Outcome::Done) => Ok(()),
            _ => Err(refused(TransportCode::Busy)),
        }
    }
}
