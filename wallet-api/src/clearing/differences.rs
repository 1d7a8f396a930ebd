//! 对账差异: what 3202 found to differ, kept until both sides agree or two operators decided what becomes of it. A
//! correction books all that it says or nothing.

use std::collections::BTreeSet;

use anxin_core::Fen;
use wallet_ledger::OwnerId;
use wallet_store::{Actor, Difference, Movement, Proposal, ProposalState, Sums};
use wallet_types::{
    BookedOut, CorrectionKind, DifferenceAsk, DifferenceClass, DifferenceOut, Differences, Id, OrderStateName,
    ProposalOut, SideOut, TransportCode,
};

use super::proposals::{Asking, state};
use super::refused;
use super::standing::named;
use crate::pay::order_state;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived, instant};

const MOST: u32 = 200;

/// One settlement as a comparison found it.
pub(crate) struct Found {
    pub setl_id: String,
    /// `None` where both sides say the same.
    pub class: Option<DifferenceClass>,
    pub order: Option<u128>,
    pub theirs: Option<Sums>,
    pub ours: Option<Sums>,
}

fn difference_id(code: &str, setl_id: &str) -> u128 {
    derived(&Key { tenant: 0, operation: Operation::Difference, key: format!("{code} {setl_id}") }, 0)
}

/// An institution's own keys are ASCII: none of them is this one.
fn take_back_key(proposal: u128) -> String {
    format!("对账 {proposal:032x}")
}

fn side(sums: Sums) -> SideOut {
    SideOut { total_fen: sums.total, fund_fen: sums.fund, account_fen: sums.acct }
}

fn not_so(field: &str, is: &str) -> ApiError {
    named(TransportCode::OrderState, field, is)
}

impl Wallet {
    /// Keeps what a comparison of an institution's file with the area's settlements found.
    pub(crate) async fn note_differences(
        &self,
        institution: OwnerId,
        code: &str,
        found: Vec<Found>,
    ) -> Result<(), ApiError> {
        let (mut differ, mut agree) = (Vec::new(), BTreeSet::new());
        for Found { setl_id, class, order, theirs, ours } in found {
            let id = difference_id(code, &setl_id);
            let Some(class) = class else {
                agree.insert(id);
                continue;
            };
            differ.push(Difference {
                id,
                institution,
                code: code.to_owned(),
                setl_id,
                class: class.word().into(),
                order,
                theirs,
                ours,
                told_at: self.now(),
                closed_at: None,
            });
        }
        Ok(self.desk.note_differences(institution, &differ, &agree, self.now()).await?)
    }

    pub(crate) async fn differences(&self, actor: Actor) -> Result<Differences, ApiError> {
        let mut differences = Vec::new();
        for difference in self.desk.differences(actor, MOST).await? {
            differences.push(self.difference_out(&difference).await?);
        }
        Ok(Differences { differences })
    }

    /// Asks for a correction, once for each key. Another of the same difference has to be decided first.
    ///
    /// # Errors
    /// When the difference is closed, or there is nothing that could be taken back.
    pub(crate) async fn ask_difference(
        &self,
        who: u128,
        id: u128,
        key: &str,
        ask: &DifferenceAsk,
    ) -> Result<DifferenceOut, ApiError> {
        let difference = self.open_difference(id).await?;
        if ask.kind == CorrectionKind::TakeBack {
            self.to_be_taken_back(&difference).await?;
        }
        let (kind, amount) = (ask.kind.word(), Fen::ZERO);
        self.propose(Asking { who, key, kind, subject: id, amount, reason: &ask.reason }).await?;
        self.difference_out(&difference).await
    }

    /// Approves a correction that another asked for, and carries it out: once, however often it is approved.
    pub(crate) async fn approve_difference(&self, who: u128, proposal: u128) -> Result<DifferenceOut, ApiError> {
        let (asked, kind) = self.asked_correction(proposal).await?;
        if asked.state == ProposalState::Asked {
            let difference = self.open_difference(asked.subject).await?;
            if kind == CorrectionKind::TakeBack {
                self.to_be_taken_back(&difference).await?;
            }
        }
        self.decide(who, &asked, true).await?;
        let asked = self.proposal(proposal).await?;
        if asked.state == ProposalState::Approved {
            self.carry_out_correction(&asked, kind).await?;
        }
        self.difference_out(&self.any_difference(asked.subject).await?).await
    }

    pub(crate) async fn refuse_difference(&self, who: u128, proposal: u128) -> Result<DifferenceOut, ApiError> {
        let (asked, _) = self.asked_correction(proposal).await?;
        self.decide(who, &asked, false).await?;
        self.difference_out(&self.any_difference(asked.subject).await?).await
    }

    async fn carry_out_correction(&self, asked: &Proposal, kind: CorrectionKind) -> Result<(), ApiError> {
        let difference = self.any_difference(asked.subject).await?;
        let done = match kind {
            CorrectionKind::Leave => true,
            CorrectionKind::TakeBack => match self.taken_back(&difference, asked.id).await? {
                Some(done) => done,
                // The cash is still on its way back: the same approval again goes on.
                None => return Ok(()),
            },
        };
        if done {
            self.desk.close_difference(difference.id, self.now()).await?;
        }
        Ok(self.desk.end_proposal(asked.id, done).await?)
    }

    /// Gives back all that is left of the settlement and takes it off the area's list. `None` as long as it is under way.
    async fn taken_back(&self, difference: &Difference, proposal: u128) -> Result<Option<bool>, ApiError> {
        let order = difference.order.ok_or_else(|| refused(TransportCode::Internal))?;
        let key = take_back_key(proposal);
        match self.refund_rest(difference.institution, &key, order).await {
            Ok(Some(true)) => {}
            Ok(ended) => return Ok(ended),
            // The institution was quicker.
            Err(ApiError::Rules { code: TransportCode::OrderState, .. } | ApiError::Books { .. }) => {
                return Ok(Some(false));
            }
            Err(other) => return Err(other),
        }
        self.nhsa_taken_off(&difference.code, &difference.setl_id, proposal).await?;
        Ok(Some(true))
    }

    /// # Errors
    /// When the area has no such settlement, or nothing is left of it.
    async fn to_be_taken_back(&self, difference: &Difference) -> Result<(), ApiError> {
        let booked = self.booked(difference).await?;
        let is = booked.as_ref().map_or("—", |booked| booked.state.word());
        let whole = booked.as_ref().is_some_and(|booked| {
            let open = matches!(booked.state, OrderStateName::Settled | OrderStateName::PartRefunded);
            open && booked.back_fen < booked.total_fen
        });
        // What was prepaid for a stay is counted anew by the hospital's own 2305.
        let free = self.nhsa_may_take_off(&difference.code, &difference.setl_id).await?;
        if whole && free { Ok(()) } else { Err(not_so("kind", is)) }
    }

    async fn any_difference(&self, id: u128) -> Result<Difference, ApiError> {
        self.desk.difference(id).await?.ok_or_else(|| refused(TransportCode::NotFound))
    }

    async fn open_difference(&self, id: u128) -> Result<Difference, ApiError> {
        let difference = self.any_difference(id).await?;
        if difference.closed_at.is_none() { Ok(difference) } else { Err(not_so("difference", "closed")) }
    }

    async fn asked_correction(&self, id: u128) -> Result<(Proposal, CorrectionKind), ApiError> {
        let asked = self.proposal(id).await?;
        let kind = CorrectionKind::of_word(&asked.kind).ok_or_else(|| refused(TransportCode::NotFound))?;
        Ok((asked, kind))
    }

    async fn booked(&self, difference: &Difference) -> Result<Option<BookedOut>, ApiError> {
        let Some(id) = difference.order else { return Ok(None) };
        let order = self.order(Actor::Area, id).await?;
        Ok(order.bill.as_ref().map(|bill| BookedOut {
            order: Id(id),
            state: order_state(order.state),
            total_fen: bill.total(),
            back_fen: bill.given_back().0,
        }))
    }

    async fn difference_out(&self, difference: &Difference) -> Result<DifferenceOut, ApiError> {
        let class = DifferenceClass::of_word(&difference.class).ok_or_else(|| refused(TransportCode::Internal))?;
        let corrections = self.desk.proposals_of(difference.id).await?;
        let now = self.any_difference(difference.id).await?;
        Ok(DifferenceOut {
            id: Id(difference.id),
            institution: self.desk.institution(difference.institution).await?,
            code: difference.code.clone(),
            setl_id: difference.setl_id.clone(),
            class,
            theirs: difference.theirs.map(side),
            ours: difference.ours.map(side),
            booked: self.booked(difference).await?,
            told_at: instant(difference.told_at),
            closed_at: now.closed_at.map(instant),
            corrections: corrections.iter().map(proposal_out).collect::<Result<_, _>>()?,
        })
    }
}

fn proposal_out(asked: &Proposal) -> Result<ProposalOut, ApiError> {
    Ok(ProposalOut {
        id: Id(asked.id),
        kind: CorrectionKind::of_word(&asked.kind).ok_or_else(|| refused(TransportCode::Internal))?,
        reason: asked.reason.clone(),
        state: state(asked.state),
        asked_by: Id(asked.asked_by),
        asked_at: instant(asked.asked_at),
        decided_by: asked.decided_by.map(Id),
        decided_at: asked.decided_at.map(instant),
    })
}

/// What the area's list says of a settlement.
pub(crate) fn sums_of(movement: &Movement) -> Sums {
    Sums { total: movement.total, fund: movement.fund, acct: movement.acct }
}
