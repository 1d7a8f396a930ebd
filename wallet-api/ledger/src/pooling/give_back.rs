//! Undoing a draw, and refunds of one. The money goes back the way it came; what was owed in a window that is closed
//! stays there, and what comes back is owed the other way in the window that is open.

use anxin_core::Fen;

use crate::command::Leg;
use crate::decide::Work;
use crate::id::{DrawId, TransferId};
use crate::outcome::Outcome;
use crate::pooling::alarm::AlarmKind;
use crate::pooling::draw::{Draw, DrawState, Role, draw_transfer, own_transfer};
use crate::pooling::message::Message;
use crate::pooling::pool::{Cell, CellId};
use crate::refund::Transfer;
use crate::route::Purpose;
use crate::window::{Claim, WindowId};

/// What names the refund of a coordinator's own part, beside the refund of the others'.
const OWN_PART: u128 = 0xe000 << 64;

pub fn own_refund(id: TransferId) -> TransferId {
    TransferId(id.0 ^ OWN_PART)
}

impl Work<'_> {
    pub fn refund_draw(&mut self, draw: DrawId, id: TransferId, amount: Fen) -> Result<(), Outcome> {
        match self.draw(draw).filter(|draw| matches!(draw.role, Role::Coordinator { .. })).map(|draw| draw.state) {
            Some(DrawState::Committed { .. }) => self.send_back(draw, id, amount, false),
            Some(DrawState::Aborted) => Err(Outcome::DrawAborted),
            Some(_) => Err(Outcome::DrawUndecided),
            None => Err(Outcome::DrawUnknown),
        }
    }

    pub fn reverse(&mut self, id: DrawId, refund: TransferId) -> Result<(), Outcome> {
        let Some(draw) = self.draw(id) else {
            let role = Role::Coordinator { parts: Default::default(), own: false };
            self.keep(Draw { id, state: DrawState::Aborted, until: self.now, role });
            return Ok(());
        };
        match (draw.state, draw.role) {
            (_, Role::Participant { .. }) => Err(Outcome::DrawUnknown),
            (DrawState::Asking, _) => self.call_off(id),
            (DrawState::Committed { .. }, Role::Coordinator { own, .. }) => {
                let left = self.books.transfers.get(&draw_transfer(id)).map_or(Fen::ZERO, Transfer::left);
                if !left.is_zero() {
                    self.send_back(id, refund, left, true)?;
                }
                let own = own.then(|| self.books.transfers.get(&own_transfer(id)).map(Transfer::left)).flatten();
                match own.filter(|left| !left.is_zero()) {
                    Some(left) => self.refund(own_refund(refund), own_transfer(id), left),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// From the institution to the cells whose people paid, last one first, and tells each its share.
    fn send_back(&mut self, id: DrawId, refund: TransferId, amount: Fen, whole: bool) -> Result<(), Outcome> {
        let Some(Draw { role: Role::Coordinator { parts, .. }, .. }) = self.draw(id) else {
            return Err(Outcome::DrawUnknown);
        };
        let paid = self.books.transfers.get(&draw_transfer(id)).ok_or(Outcome::TransferUnknown)?;
        let shares = paid.shares(amount).ok_or(Outcome::RefundExceedsPaid)?;
        self.refund(refund, draw_transfer(id), amount)?;
        let Cell { id: here, window, .. } = *self.cell()?;
        for ((peer, part), share) in parts.iter().zip(shares).filter(|(_, share)| !share.is_zero()) {
            let message = match whole {
                true => Message::Reverse { draw: id, id: refund, amount: share, window },
                false => Message::Refund { draw: id, id: refund, amount: share, window },
            };
            self.send(*peer, message)?;
            let claim = Claim { creditor: here, debtor: *peer, draw: id, fund: part.fund };
            self.owe_less(window, refund, claim, share)?;
        }
        Ok(())
    }

    /// Participant: so much of a draw comes back.
    pub fn given_back(
        &mut self,
        from: CellId,
        id: DrawId,
        refund: TransferId,
        amount: Fen,
        window: WindowId,
        whole: bool,
    ) -> Result<(), Outcome> {
        let draw = self.draw(id).filter(|draw| draw.of(from) && matches!(draw.state, DrawState::Committed { .. }));
        let Some(Draw { role: Role::Participant { fund, .. }, .. }) = draw else {
            self.alarm(from, AlarmKind::DecisionContradicts(id));
            return Ok(());
        };
        let left = self.books.transfers.get(&draw_transfer(id)).map_or(Fen::ZERO, Transfer::left);
        if amount > left || (whole && amount != left) {
            self.alarm(from, AlarmKind::RefundDiffers(id));
        }
        if amount > left {
            return Ok(());
        }
        let claim = Claim { creditor: from, debtor: self.cell()?.id, draw: id, fund };
        let back = self
            .attempt(|work| work.refund(refund, draw_transfer(id), amount))
            .or_else(|_| self.attempt(|work| work.suspend(from, refund, claim, amount)));
        match back {
            Ok(()) => self.owe_less(window, refund, claim, amount),
            Err(outcome) => {
                self.alarm(from, AlarmKind::CannotPost(id, outcome));
                Ok(())
            }
        }
    }

    /// Money whose account is gone waits for somebody to find its owner.
    fn suspend(&mut self, from: CellId, id: TransferId, claim: Claim, amount: Fen) -> Result<(), Outcome> {
        let to = *self.cell()?.suspense.get(&claim.fund).ok_or(Outcome::OriginGone)?;
        let clearing = self.link(from)?.clearing(claim.fund).ok_or(Outcome::CellClosed)?;
        self.transfer(id, Purpose::Late, &[Leg { from: clearing, to, amount }])
    }
}
