//! The coordinator of a draw: the cell where somebody is treated. Its decision is in its books before it is told.

use std::collections::BTreeMap;

use anxin_core::Fen;

use crate::account::{Account, AccountKind};
use crate::command::Leg;
use crate::decide::{LEGS_MAX, Work};
use crate::hold::HoldState;
use crate::id::DrawId;
use crate::outcome::Outcome;
use crate::pooling::alarm::AlarmKind;
use crate::pooling::command::DrawOrder;
use crate::pooling::draw::{Draw, DrawState, Part, Role, Vote, draw_hold, draw_transfer, own_transfer};
use crate::pooling::link::{Link, Over, Terms};
use crate::pooling::message::{Message, Stand};
use crate::pooling::pool::{Cell, CellId};
use crate::route::Purpose;
use crate::time::Micros;
use crate::window::{Claim, WindowId};

type Parts = BTreeMap<CellId, Part>;

impl Work<'_> {
    pub fn found(&mut self, cell: Cell) -> Result<(), Outcome> {
        let known = self.books.pool.cell.as_ref();
        if known.is_some_and(|known| known.id != cell.id) {
            return Err(Outcome::IdTaken);
        }
        for (fund, id) in &cell.suspense {
            let account = self.account(*id)?;
            if (account.kind, account.fund) != (AccountKind::Suspense, *fund) {
                return Err(Outcome::RouteRefused);
            }
        }
        let window = known.map_or(cell.window, |known| known.window);
        self.plan.pool.cell = Some(Cell { window, ..cell });
        Ok(())
    }

    pub fn agree(&mut self, peer: CellId, terms: Terms) -> Result<(), Outcome> {
        if self.cell()?.id == peer {
            return Err(Outcome::LetterMisdirected);
        }
        let kinds = [(Some(terms.account), AccountKind::Clearing), (terms.pooled, AccountKind::Clearing)];
        let prepaid = (terms.prepaid.map(|(account, _)| account), AccountKind::Prepayment);
        for (id, kind) in kinds.into_iter().chain([prepaid]) {
            let Some(id) = id else { continue };
            if self.account(id)?.kind != kind {
                return Err(Outcome::RouteRefused);
            }
        }
        let known = self.books.pool.links.get(&peer);
        // What the accounts say is owed stays where it is.
        if known.is_some_and(|known| (known.terms.account, known.terms.pooled) != (terms.account, terms.pooled)) {
            return Err(Outcome::IdTaken);
        }
        let link = known.cloned().unwrap_or_else(|| Link::new(peer, terms));
        self.plan.pool.links.insert(peer, Link { terms, ..link });
        Ok(())
    }

    pub fn begin(&mut self, order: &DrawOrder) -> Result<(), Outcome> {
        let DrawOrder { draw, until, patient, parts, own } = order;
        if self.draw(*draw).is_some() {
            return Err(Outcome::IdTaken);
        }
        if parts.is_empty() || parts.values().any(|part| part.payers.is_empty()) {
            return Err(Outcome::NoLegs);
        }
        if parts.len() > LEGS_MAX || parts.values().any(|part| part.payers.len() > LEGS_MAX) {
            return Err(Outcome::TooManyLegs);
        }
        if *until <= self.now {
            return Err(Outcome::DeadlinePassed);
        }
        let legs = self.deliveries(parts)?;
        self.legs_in_order(Purpose::Deliver, &legs)?;
        if !own.is_empty() {
            self.hold(draw_hold(*draw), Purpose::Settle, own, Micros::NEVER)?;
        }
        for (peer, part) in parts {
            let amount = part.amount().ok_or(Outcome::Overflow)?;
            self.may_ask(*peer, amount)?;
            let (fund, payers) = (part.fund, part.payers.clone());
            self.send(*peer, Message::Prepare { draw: *draw, until: *until, fund, payers, patient: *patient })?;
        }
        let asked = |part: &Part| Part { vote: Vote::None, ..part.clone() };
        let parts = parts.iter().map(|(peer, part)| (*peer, asked(part))).collect();
        let role = Role::Coordinator { parts, own: !own.is_empty() };
        self.keep(Draw { id: *draw, state: DrawState::Asking, until: *until, role });
        Ok(())
    }

    /// What the institution is to get, one leg for each cell, in the order of the cells.
    fn deliveries(&mut self, parts: &Parts) -> Result<Vec<Leg>, Outcome> {
        let leg = |work: &mut Self, peer: CellId, part: &Part| {
            if part.payers.iter().any(|payer| payer.amount <= Fen::ZERO) {
                return Err(Outcome::AmountNotPositive);
            }
            let from = work.link(peer)?.clearing(part.fund).ok_or(Outcome::CellClosed)?;
            Ok(Leg { from, to: part.to, amount: part.amount().ok_or(Outcome::Overflow)? })
        };
        parts.iter().map(|(peer, part)| leg(self, *peer, part)).collect()
    }

    /// Whether another cell may be asked for so much more, and that it was.
    fn may_ask(&mut self, peer: CellId, amount: Fen) -> Result<(), Outcome> {
        let link = self.link(peer)?.clone();
        if !link.terms.open {
            return Err(Outcome::CellClosed);
        }
        let asking = link.asking.checked_add(amount).ok_or(Outcome::Overflow)?;
        if let Some((prepaid, floor)) = link.terms.prepaid {
            let owed = Fen::ZERO.above(self.position(&link)?);
            let covered = self.account(prepaid)?.available();
            let needed = [owed, asking].into_iter().try_fold(floor, Fen::checked_add).ok_or(Outcome::Overflow)?;
            if covered < needed {
                self.over(&link, AlarmKind::BelowFloor, Outcome::BelowFloor)?;
            }
        }
        self.link(peer)?.asking = asking;
        Ok(())
    }

    /// What the accounts say this cell owes the other; below zero, the other owes it.
    pub fn position(&mut self, link: &Link) -> Result<Fen, Outcome> {
        let accounts = [Some(link.terms.account), link.terms.pooled];
        accounts.into_iter().flatten().try_fold(Fen::ZERO, |sum, id| {
            let Account { posted, .. } = *self.account(id)?;
            sum.checked_add(posted).ok_or(Outcome::Overflow)
        })
    }

    /// More than was agreed: refused, or let through and told.
    pub fn over(&mut self, link: &Link, kind: AlarmKind, outcome: Outcome) -> Result<(), Outcome> {
        match link.terms.over {
            Over::Refuse => Err(outcome),
            Over::Alarm => {
                self.alarm(link.peer, kind);
                Ok(())
            }
        }
    }

    pub fn voted(&mut self, from: CellId, id: DrawId, vote: Vote) -> Result<(), Outcome> {
        let Some(Draw { state, until, role: Role::Coordinator { mut parts, own }, .. }) = self.draw(id) else {
            self.alarm(from, AlarmKind::DecisionContradicts(id));
            return Ok(());
        };
        let Some(part) = parts.get_mut(&from) else {
            self.alarm(from, AlarmKind::DecisionContradicts(id));
            return Ok(());
        };
        part.vote = vote;
        let all = parts.values().all(|part| part.vote == Vote::Prepared);
        self.keep(Draw { id, state, until, role: Role::Coordinator { parts: parts.clone(), own } });
        match (state, vote) {
            (DrawState::Asking, Vote::Refused(_)) => self.call_off(id),
            (DrawState::Asking, Vote::Prepared) if all && self.now < until => self.settle_draw(id, &parts, own),
            (DrawState::Asking, Vote::Prepared) if all => self.call_off(id),
            // It had prepared, or this would not be decided.
            (DrawState::Committed { .. }, Vote::Refused(_)) => {
                self.alarm(from, AlarmKind::DecisionContradicts(id));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Decides in favour, unless the institution's account takes nothing in any more.
    fn settle_draw(&mut self, id: DrawId, parts: &Parts, own: bool) -> Result<(), Outcome> {
        match self.attempt(|work| work.commit(id, parts, own)) {
            Ok(()) => Ok(()),
            Err(_) => self.call_off(id),
        }
    }

    fn commit(&mut self, id: DrawId, parts: &Parts, own: bool) -> Result<(), Outcome> {
        let Cell { id: here, window, .. } = *self.cell()?;
        let legs = self.deliveries(parts)?;
        if own {
            self.post(draw_hold(id), own_transfer(id), None)?;
        }
        self.transfer(draw_transfer(id), Purpose::Deliver, &legs)?;
        for ((peer, part), leg) in parts.iter().zip(&legs) {
            let link = self.link(*peer)?;
            link.asking = link.asking.above(leg.amount);
            self.send(*peer, Message::Commit { draw: id, window })?;
            let claim = Claim { creditor: here, debtor: *peer, draw: id, fund: part.fund };
            self.owe(window, draw_transfer(id), claim, leg.amount)?;
        }
        self.decided(id, DrawState::Committed { window })
    }

    /// Decides against a draw, and tells everybody who may have set something aside.
    pub fn call_off(&mut self, id: DrawId) -> Result<(), Outcome> {
        let Some(Draw { role: Role::Coordinator { parts, own }, .. }) = self.draw(id) else {
            return Err(Outcome::DrawUnknown);
        };
        if own {
            self.release(draw_hold(id), HoldState::Voided)?;
        }
        for (peer, part) in &parts {
            let amount = part.amount().ok_or(Outcome::Overflow)?;
            let link = self.link(*peer)?;
            link.asking = link.asking.above(amount);
            if !matches!(part.vote, Vote::Refused(_)) {
                self.send(*peer, Message::Abort { draw: id })?;
            }
        }
        self.decided(id, DrawState::Aborted)
    }

    pub fn decided(&mut self, id: DrawId, state: DrawState) -> Result<(), Outcome> {
        let draw = self.draw(id).ok_or(Outcome::DrawUnknown)?;
        self.keep(Draw { state, ..draw });
        Ok(())
    }

    /// A participant asks. Past the deadline that is answered with a decision.
    pub fn queried(&mut self, from: CellId, id: DrawId) -> Result<(), Outcome> {
        let draw = self.draw(id).filter(|draw| draw.concerns(from));
        if let Some(Draw { state: DrawState::Asking, until, .. }) = draw
            && self.now >= until
        {
            self.call_off(id)?;
        }
        let stand = match self.draw(id).filter(|draw| draw.concerns(from)).map(|draw| draw.state) {
            Some(DrawState::Asking) => Stand::Undecided,
            Some(DrawState::Committed { window }) => Stand::Committed { window },
            Some(DrawState::Aborted) => Stand::Aborted,
            Some(DrawState::Prepared | DrawState::Refused(_)) | None => Stand::Unknown,
        };
        self.send(from, Message::State { draw: id, stand }).map(drop)
    }

    pub fn tick(&mut self, id: DrawId) -> Result<(), Outcome> {
        let draw = self.draw(id).ok_or(Outcome::DrawUnknown)?;
        if self.now < draw.until {
            return Ok(());
        }
        match draw.state {
            DrawState::Asking => self.call_off(id),
            DrawState::Prepared => self.ask(id),
            _ => Ok(()),
        }
    }
}

impl Draw {
    /// Whether this cell coordinates it and the other has a part in it.
    fn concerns(&self, peer: CellId) -> bool {
        matches!(&self.role, Role::Coordinator { parts, .. } if parts.contains_key(&peer))
    }

    /// The window of a committed one.
    pub fn window(&self) -> Option<WindowId> {
        match self.state {
            DrawState::Committed { window } => Some(window),
            _ => None,
        }
    }
}
