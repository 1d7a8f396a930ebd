//! What somebody decides about their relatives alone: a name, and whose money is drawn first.

use anxin_core::{Refusal, RefusalCode};
use wallet_ledger::OwnerId;
use wallet_store::Relation;
use wallet_types::{Id, NicknameAsk, PriorityAsk, RelationKind, RelationOut, TransportCode};

use super::invite::kind_of;
use super::refused;
use crate::problem::ApiError;
use crate::settings::OrderBy;
use crate::wallet::Wallet;

const NICKNAME_MAX: usize = 20;

impl Wallet {
    /// Nobody but who gives the name ever sees it.
    pub(crate) async fn nickname(&self, owner: OwnerId, id: Id, ask: &NicknameAsk) -> Result<RelationOut, ApiError> {
        let relation = self.own_relation(owner, id).await?;
        let name = ask.nickname.trim();
        if name.chars().count() > NICKNAME_MAX || name.chars().any(char::is_control) {
            let accepted = format!("≤ {NICKNAME_MAX} characters in one line");
            return Err(Refusal::new(RefusalCode::OutOfRange, "nickname", accepted).into());
        }
        self.desk.put_nickname(relation.id, owner, name).await?;
        self.relation(owner, id).await
    }

    /// Who says in which order a relation is drawn on: the side that the area's settings name.
    pub(super) fn orderer(&self, relation: &Relation) -> OwnerId {
        match self.family.order_by {
            OrderBy::Taker => relation.taker,
            OrderBy::Giver => relation.giver,
        }
    }

    /// By that side; the other is told.
    pub(crate) async fn prioritise(&self, owner: OwnerId, id: Id, ask: &PriorityAsk) -> Result<RelationOut, ApiError> {
        let relation = self.own_relation(owner, id).await?;
        if self.orderer(&relation) != owner || kind_of(&relation.kind)? != RelationKind::Share {
            return Err(refused(TransportCode::NotAllowed));
        }
        if relation.ended_at.is_some() {
            return Err(refused(TransportCode::RelationEnded));
        }
        self.desk.set_priority(&relation, owner, ask.priority, self.now()).await?;
        self.relation(owner, id).await
    }
}
