//! A participant in a draw: a cell whose people pay for a settlement elsewhere. Once it has said that the money is set
//! aside, nothing here ends that but the coordinator's decision.

use anxin_core::Fen;

use crate::account::Fund;
use crate::command::Leg;
use crate::decide::Work;
use crate::hold::HoldState;
use crate::id::DrawId;
use crate::outcome::Outcome;
use crate::pooling::alarm::AlarmKind;
use crate::pooling::draw::{Draw, DrawState, Role, draw_hold, draw_transfer, total};
use crate::pooling::message::{Message, Payer};
use crate::pooling::pool::CellId;
use crate::route::Purpose;
use crate::time::Micros;
use crate::window::{Claim, WindowId};

/// What a coordinator asks for.
pub struct Ask<'m> {
    pub draw: DrawId,
    pub until: Micros,
    pub fund: Fund,
    pub payers: &'m [Payer],
}

impl Work<'_> {
    pub fn prepare(&mut self, from: CellId, ask: &Ask<'_>, denied: bool) -> Result<(), Outcome> {
        match self.draw(ask.draw) {
            // Undone before it was asked for.
            Some(known) if known.of(from) && known.state == DrawState::Aborted => {
                self.send(from, Message::Refused { draw: ask.draw, outcome: Outcome::DrawAborted })?;
                return Ok(());
            }
            Some(_) => {
                self.alarm(from, AlarmKind::DrawRepeated(ask.draw));
                return Ok(());
            }
            None => {}
        }
        let amount = total(ask.payers).unwrap_or_default();
        let (state, answer) = match self.attempt(|work| work.set_aside(from, ask, amount, denied)) {
            Ok(()) => (DrawState::Prepared, Message::Prepared { draw: ask.draw }),
            Err(outcome) => (DrawState::Refused(outcome), Message::Refused { draw: ask.draw, outcome }),
        };
        self.send(from, answer)?;
        let role = Role::Participant { coordinator: from, amount, fund: ask.fund, asked: false };
        self.keep(Draw { id: ask.draw, state, until: ask.until, role });
        Ok(())
    }

    fn set_aside(&mut self, from: CellId, ask: &Ask<'_>, amount: Fen, denied: bool) -> Result<(), Outcome> {
        let link = self.link(from)?.clone();
        if self.now >= ask.until {
            return Err(Outcome::DeadlinePassed);
        }
        // Whether the account is there is not for everybody to know.
        if denied {
            return Err(Outcome::AccountUnknown);
        }
        let clearing = link.clearing(ask.fund).filter(|_| link.terms.open).ok_or(Outcome::CellClosed)?;
        if self.books.transfers.contains_key(&draw_transfer(ask.draw)) {
            return Err(Outcome::IdTaken);
        }
        let held = link.held.checked_add(amount).ok_or(Outcome::Overflow)?;
        let owed = self.position(&link)?.checked_add(held).ok_or(Outcome::Overflow)?;
        if link.terms.cap.is_some_and(|cap| owed > cap) {
            self.over(&link, AlarmKind::OverNetDebit, Outcome::OverNetDebit)?;
        }
        let leg = |payer: &Payer| Leg { from: payer.from, to: clearing, amount: payer.amount };
        let legs: Vec<Leg> = ask.payers.iter().map(leg).collect();
        self.hold(draw_hold(ask.draw), Purpose::Draw, &legs, Micros::NEVER)?;
        self.link(from)?.held = held;
        Ok(())
    }

    pub fn told_commit(&mut self, from: CellId, id: DrawId, window: WindowId) -> Result<(), Outcome> {
        match self.draw(id).filter(|draw| draw.of(from)) {
            Some(Draw { state: DrawState::Prepared, role: Role::Participant { amount, fund, .. }, .. }) => {
                if let Err(outcome) = self.attempt(|work| work.pay_draw(from, id, (amount, fund), window)) {
                    self.alarm(from, AlarmKind::CannotPost(id, outcome));
                    self.told_undecided(from, id)?;
                }
                Ok(())
            }
            Some(Draw { state: DrawState::Committed { window: booked }, .. }) if booked == window => Ok(()),
            _ => {
                self.alarm(from, AlarmKind::DecisionContradicts(id));
                Ok(())
            }
        }
    }

    fn pay_draw(&mut self, from: CellId, id: DrawId, what: (Fen, Fund), window: WindowId) -> Result<(), Outcome> {
        let (amount, fund) = what;
        self.post(draw_hold(id), draw_transfer(id), None)?;
        let link = self.link(from)?;
        link.held = link.held.above(amount);
        let claim = Claim { creditor: from, debtor: self.cell()?.id, draw: id, fund };
        self.owe(window, draw_transfer(id), claim, amount)?;
        self.decided(id, DrawState::Committed { window })
    }

    pub fn told_abort(&mut self, from: CellId, id: DrawId) -> Result<(), Outcome> {
        match self.draw(id) {
            // It may still be asked for: that is answered with no.
            None => {
                let role =
                    Role::Participant { coordinator: from, amount: Fen::ZERO, fund: Fund::Account, asked: false };
                self.keep(Draw { id, state: DrawState::Aborted, until: self.now, role });
                Ok(())
            }
            Some(draw) if draw.of(from) && draw.state == DrawState::Prepared => {
                let Role::Participant { amount, .. } = draw.role else { return Ok(()) };
                self.release(draw_hold(id), HoldState::Voided)?;
                let link = self.link(from)?;
                link.held = link.held.above(amount);
                self.decided(id, DrawState::Aborted)
            }
            Some(draw) if draw.of(from) && matches!(draw.state, DrawState::Aborted | DrawState::Refused(_)) => Ok(()),
            Some(_) => {
                self.alarm(from, AlarmKind::DecisionContradicts(id));
                Ok(())
            }
        }
    }

    /// Asks how a draw stands, unless an answer is still to come: letters are not lost, and more of them would only
    /// wait behind the first.
    pub fn ask(&mut self, id: DrawId) -> Result<(), Outcome> {
        let Some(mut draw) = self.draw(id) else { return Err(Outcome::DrawUnknown) };
        if let Role::Participant { coordinator, asked, .. } = &mut draw.role
            && !*asked
        {
            self.send(*coordinator, Message::Query { draw: id })?;
            *asked = true;
            self.keep(draw);
        }
        Ok(())
    }

    /// Nothing is decided yet: it may be asked for again.
    pub fn told_undecided(&mut self, from: CellId, id: DrawId) -> Result<(), Outcome> {
        if let Some(mut draw) = self.draw(id).filter(|draw| draw.of(from))
            && let Role::Participant { asked, .. } = &mut draw.role
        {
            *asked = false;
            self.keep(draw);
        }
        Ok(())
    }
}

impl Draw {
    /// Whether it is another cell's, in which this one has a part.
    pub fn of(&self, peer: CellId) -> bool {
        matches!(&self.role, Role::Participant { coordinator, .. } if *coordinator == peer)
    }
}
