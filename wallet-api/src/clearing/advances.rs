//! 预付金: paid to an institution out of the pooled fund before it is owed anything, by two operators, and made up for by
//! what its later batches come to. How far each is made up for follows from its account: the earliest comes first.

use anxin_core::{Fen, Rate, Rounding};
use wallet_ledger::{Command, Fund, Leg, OwnerId, Purpose, TransferId};
use wallet_store::{Actor, Proposal, ProposalState};
use wallet_types::{AdvanceAsk, AdvanceOut, Advances, Id, TransportCode};

use super::proposals::{ADVANCE, Asking, state};
use super::{field, refused};
use crate::pay::{advanced, bank};
use crate::problem::ApiError;
use crate::settings::{self, RecoverOf};
use crate::wallet::{Key, Operation, Wallet, derived, instant};

const MOST: u32 = 200;
/// More than any month of any hospital: ten thousand million yuan.
const AMOUNT_MAX: i64 = 1_000_000_000_000;

/// How much of a batch makes up for what was paid before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recovery {
    percent: u32,
    of: RecoverOf,
}

impl Recovery {
    pub(crate) fn new(settings: &settings::Clearing) -> Recovery {
        Recovery { percent: settings.recover_percent, of: settings.recover_of }
    }

    /// Never more than is payable, nor than was paid before. What is cut off below a fen stays with the institution.
    pub(super) fn from(self, declared: Fen, payable: Fen, outstanding: Fen) -> Fen {
        let base = if self.of == RecoverOf::Declared { declared } else { payable };
        let share = base.scaled(Rate::percent(self.percent.into()), Rounding::Down);
        share.unwrap_or(payable).min(payable).min(outstanding)
    }
}

impl Wallet {
    /// Asks for 预付金 to be paid, once for each key.
    ///
    /// # Errors
    /// When nobody has that code, or the amount is none.
    pub(crate) async fn ask_advance(&self, who: u128, key: &str, ask: &AdvanceAsk) -> Result<AdvanceOut, ApiError> {
        let provider = self.desk.provider_with(ask.code.trim()).await?;
        let provider = provider.ok_or_else(|| field("code", "定点医药机构编号"))?;
        if !(1..=AMOUNT_MAX).contains(&ask.amount_fen.get()) {
            return Err(field("amount_fen", format!("1–{AMOUNT_MAX}")));
        }
        let (subject, amount) = (provider.owner.0, ask.amount_fen);
        let asking = Asking { who, key, kind: ADVANCE, subject, amount, reason: &ask.reason };
        let asked = self.propose(asking).await?;
        self.advance_out(&asked).await
    }

    /// Approves what another asked for, and pays it: once, however often it is approved.
    pub(crate) async fn approve_advance(&self, who: u128, id: u128) -> Result<AdvanceOut, ApiError> {
        let asked = self.asked_advance(id).await?;
        self.decide(who, &asked, true).await?;
        let done = self.pay_advance(&asked).await;
        if let Ok(()) | Err(ApiError::Books { .. }) = done {
            self.desk.end_proposal(id, done.is_ok()).await?;
        }
        done?;
        self.advance_out(&self.proposal(id).await?).await
    }

    pub(crate) async fn refuse_advance(&self, who: u128, id: u128) -> Result<AdvanceOut, ApiError> {
        let asked = self.asked_advance(id).await?;
        self.decide(who, &asked, false).await?;
        self.advance_out(&self.proposal(id).await?).await
    }

    async fn asked_advance(&self, id: u128) -> Result<Proposal, ApiError> {
        let asked = self.proposal(id).await?;
        if asked.kind == ADVANCE { Ok(asked) } else { Err(refused(TransportCode::NotFound)) }
    }

    async fn pay_advance(&self, asked: &Proposal) -> Result<(), ApiError> {
        let key = Key { tenant: asked.id, operation: Operation::PayAdvance, key: String::new() };
        let id = derived(&key, 0);
        let (from, to) = (advanced(OwnerId(asked.subject)), bank(self.nhsa_area(), Fund::Pooled));
        self.open_missing(&[from.clone(), to.clone()]).await?;
        let legs = vec![Leg { from: from.id, to: to.id, amount: asked.amount }];
        let command = Command::Transfer { id: TransferId(id), purpose: Purpose::PayOut, legs };
        let booked = self.book_order(id, Operation::PayAdvance, command).await?;
        booked.map_err(|code| ApiError::Books { code, replayed: false })
    }

    /// What an institution was paid before and its batches have not made up for.
    pub(crate) async fn outstanding(&self, institution: OwnerId) -> Result<Fen, ApiError> {
        let account = self.desk.account(Actor::Area, advanced(institution).id).await?;
        Ok(account.map_or(Fen::ZERO, |account| Fen::ZERO.above(account.posted)))
    }

    /// Those of an institution, or all of them.
    pub(crate) async fn advances(&self, actor: Actor) -> Result<Advances, ApiError> {
        let found = match actor {
            Actor::Institution(owner) => {
                let mut own = self.desk.proposals_of(owner.0).await?;
                own.reverse();
                own
            }
            Actor::Area | Actor::Auditor => self.desk.proposals(ADVANCE, MOST).await?,
            Actor::Resident(_) => Vec::new(),
        };
        let mut advances = Vec::new();
        // What waits for a decision is the area's own business.
        let seen = |asked: &&Proposal| actor.sees().is_none() || asked.state == ProposalState::Done;
        for asked in found.iter().filter(seen) {
            advances.push(self.advance_out(asked).await?);
        }
        Ok(Advances { advances })
    }

    async fn advance_out(&self, asked: &Proposal) -> Result<AdvanceOut, ApiError> {
        let institution = OwnerId(asked.subject);
        Ok(AdvanceOut {
            id: Id(asked.id),
            institution: self.desk.institution(institution).await?,
            amount_fen: asked.amount,
            recovered_fen: self.recovered(asked).await?,
            reason: asked.reason.clone(),
            state: state(asked.state),
            asked_at: instant(asked.asked_at),
            decided_at: asked.decided_at.map(instant),
        })
    }

    async fn recovered(&self, asked: &Proposal) -> Result<Fen, ApiError> {
        if asked.state != ProposalState::Done {
            return Ok(Fen::ZERO);
        }
        let mut paid = self.desk.proposals_of(asked.subject).await?;
        paid.retain(|other| other.state == ProposalState::Done);
        paid.sort_by_key(|other| (other.decided_at, other.id));
        let amounts: Vec<(u128, Fen)> = paid.iter().map(|other| (other.id, other.amount)).collect();
        Ok(made_up(&amounts, self.outstanding(OwnerId(asked.subject)).await?, asked.id))
    }
}

/// What is made up for of one, where so much of all together is not: the earliest comes first.
fn made_up(paid: &[(u128, Fen)], outstanding: Fen, of: u128) -> Fen {
    let whole = Fen::checked_sum(paid.iter().map(|(_, amount)| *amount)).unwrap_or(Fen::MAX);
    let mut left = whole.above(outstanding);
    for (id, amount) in paid {
        let here = left.min(*amount);
        if *id == of {
            return here;
        }
        left = left.above(here);
    }
    Fen::ZERO
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fen(fen: i64) -> Fen {
        Fen::new(fen).unwrap()
    }

    #[test]
    fn a_share_is_of_what_is_payable_or_of_what_was_declared_and_never_too_much() {
        let from = |percent, of, declared, payable, outstanding| {
            Recovery { percent, of }.from(fen(declared), fen(payable), fen(outstanding)).get()
        };
        use RecoverOf::{Declared, Payable};
        assert_eq!(from(50, Payable, 1_000, 801, 9_999), 400, "below a fen nothing is taken");
        assert_eq!(from(50, Declared, 1_000, 801, 9_999), 500);
        assert_eq!(from(100, Declared, 1_000, 801, 9_999), 801, "no more than is payable");
        assert_eq!(from(100, Payable, 1_000, 801, 7), 7, "no more than was paid before");
        assert_eq!(from(100, Payable, 1_000, 801, 0), 0);
    }

    #[test]
    fn the_earliest_is_made_up_for_first() {
        let paid = [(1, fen(100)), (2, fen(50))];
        let told = |outstanding| [1, 2].map(|of| made_up(&paid, fen(outstanding), of).get());
        assert_eq!(told(150), [0, 0]);
        assert_eq!(told(60), [90, 0]);
        assert_eq!(told(30), [100, 20]);
        assert_eq!(told(0), [100, 50]);
    }
}
