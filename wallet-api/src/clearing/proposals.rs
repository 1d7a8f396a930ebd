//! What one operator asks for and another decides.

use anxin_core::Fen;
use wallet_store::{Proposal, ProposalState};
use wallet_types::{ProposalStateName, TransportCode};

use super::{field, refused};
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived};

pub(super) const ADVANCE: &str = "advance";
const REASON_MAX: usize = 200;

/// What is asked for, by whom and under which key.
pub(super) struct Asking<'a> {
    pub who: u128,
    pub key: &'a str,
    pub kind: &'static str,
    pub subject: u128,
    pub amount: Fen,
    pub reason: &'a str,
}

pub(super) fn state(state: ProposalState) -> ProposalStateName {
    match state {
        ProposalState::Asked => ProposalStateName::Asked,
        ProposalState::Approved => ProposalStateName::Approved,
        ProposalState::Refused => ProposalStateName::Refused,
        ProposalState::Done => ProposalStateName::Done,
        ProposalState::Failed => ProposalStateName::Failed,
    }
}

impl Wallet {
    /// Asks for something, once for each key.
    ///
    /// # Errors
    /// When it has no reason, the key was used for something else, or another correction of the same waits.
    pub(super) async fn propose(&self, asking: Asking<'_>) -> Result<Proposal, ApiError> {
        let reason = asking.reason.trim();
        if !(1..=REASON_MAX).contains(&reason.chars().count()) {
            return Err(field("reason", format!("1–{REASON_MAX}")));
        }
        let key = Key { tenant: asking.who, operation: Operation::Propose, key: asking.key.to_owned() };
        let asked = Proposal {
            id: derived(&key, 0),
            kind: asking.kind.into(),
            subject: asking.subject,
            amount: asking.amount,
            reason: reason.into(),
            asked_by: asking.who,
            asked_at: self.now(),
            state: ProposalState::Asked,
            decided_by: None,
            decided_at: None,
        };
        let kept = self.desk.propose(&asked).await?.ok_or_else(|| refused(TransportCode::Decided))?;
        let what =
            |proposal: &Proposal| (proposal.kind.clone(), proposal.subject, proposal.amount, proposal.reason.clone());
        if what(&kept) == what(&asked) { Ok(kept) } else { Err(refused(TransportCode::KeyReused)) }
    }

    pub(super) async fn proposal(&self, id: u128) -> Result<Proposal, ApiError> {
        self.desk.proposal(id).await?.ok_or_else(|| refused(TransportCode::NotFound))
    }

    /// Decides what another asked for.
    pub(super) async fn decide(&self, who: u128, asked: &Proposal, approve: bool) -> Result<(), ApiError> {
        if asked.asked_by == who {
            return Err(refused(TransportCode::SamePerson));
        }
        match self.desk.decide_proposal(asked.id, who, approve, self.now()).await? {
            true => Ok(()),
            false => Err(refused(TransportCode::Decided)),
        }
    }
}
