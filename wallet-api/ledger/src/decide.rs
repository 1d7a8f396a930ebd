//! What a command does to the books.

use std::collections::BTreeMap;

use anxin_core::Fen;

use crate::account::{Account, AccountKind};
use crate::books::{Books, Plan};
use crate::command::{Command, Leg, OpenAccount};
use crate::entry::{Entry, Fact};
use crate::hold::{Hold, HoldState};
use crate::id::{AccountId, HoldId, TransferId};
use crate::invariant::check_plan;
use crate::outcome::Outcome;
use crate::quota::{give_from_quota, own_quota, take_into_quota};
use crate::refund::Transfer;
use crate::route::{Purpose, allowed};
use crate::time::Micros;

/// Most legs of one command.
pub const LEGS_MAX: usize = 32;

/// How a command ended and, where it was done, what it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub outcome: Outcome,
    pub plan: Plan,
}

/// Decides a command at an instant. Nothing is changed here: a refusal has an empty plan.
pub fn decide(books: &Books, command: &Command, now: Micros) -> Decision {
    let mut work = Work { books, now, letter: 0, accounts: BTreeMap::new(), plan: Plan::default() };
    match work.carry_out(command) {
        Ok(()) => {
            let Work { accounts, mut plan, .. } = work;
            plan.accounts = accounts.into_values().collect();
            debug_assert_eq!(check_plan(books, &plan), Ok(()), "{command:?}");
            Decision { outcome: Outcome::Done, plan }
        }
        Err(outcome) => Decision { outcome, plan: Plan::default() },
    }
}

/// Which way a leg runs: as it was ordered, or back to where it came from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Out,
    Back,
}

pub struct Work<'a> {
    pub books: &'a Books,
    pub now: Micros,
    /// The number of the letter that is taken in.
    pub letter: u64,
    /// Accounts as they are so far.
    accounts: BTreeMap<AccountId, Account>,
    pub plan: Plan,
}

impl Work<'_> {
    fn carry_out(&mut self, command: &Command) -> Result<(), Outcome> {
        match command {
            Command::Open(open) => self.open(open),
            Command::Close { account } => self.close(*account),
            Command::Transfer { id, purpose, legs } => self.transfer(*id, *purpose, legs),
            Command::Hold { purpose, until: Micros::NEVER, .. } if !purpose.limited() => Err(Outcome::HoldPrepared),
            Command::Hold { id, purpose, legs, until } => self.hold(*id, *purpose, legs, *until),
            Command::Post { hold, .. } | Command::Void { hold } | Command::Expire { hold } if self.prepared(*hold) => {
                Err(Outcome::HoldPrepared)
            }
            Command::Post { hold, id, amounts } => self.post(*hold, *id, amounts.as_deref()),
            Command::Void { hold } => self.release(*hold, HoldState::Voided),
            Command::Expire { hold } => self.release(*hold, HoldState::Expired),
            Command::Refund { of, .. } | Command::Correct { of, .. } if self.of_draw(*of) => {
                Err(Outcome::NotRefundable)
            }
            Command::Refund { id, of, amount } => self.refund(*id, *of, *amount),
            Command::Correct { id, of, reason } => self.correct(*id, *of, *reason),
            Command::SetQuota { quota, id, usable } => self.set_quota(*quota, *id, *usable),
            Command::Dissolve { quota, id } => self.dissolve(*quota, *id),
            Command::While { open, then } => self.while_open(open, then),
            Command::Cell(command) => self.of_cells(command),
        }
    }

    /// Does all of something or nothing of it.
    pub fn attempt(&mut self, what: impl FnOnce(&mut Self) -> Result<(), Outcome>) -> Result<(), Outcome> {
        let (accounts, plan) = (self.accounts.clone(), self.plan.clone());
        let done = what(self);
        if done.is_err() {
            (self.accounts, self.plan) = (accounts, plan);
        }
        done
    }

    /// Whether another cell counts on a hold: of those that pay somebody, no other is without an end.
    fn prepared(&self, id: HoldId) -> bool {
        let endless = |hold: &Hold| hold.until == Micros::NEVER && !hold.purpose.limited();
        self.books.holds.get(&id).is_some_and(|hold| hold.ended().is_none() && endless(hold))
    }

    /// Whether a transfer is one side of a draw: what is given back of it, the other side has to learn.
    fn of_draw(&self, id: TransferId) -> bool {
        let purpose = self.books.transfers.get(&id).map(|transfer| transfer.purpose);
        matches!(purpose, Some(Purpose::Draw | Purpose::Deliver))
    }

    /// The instant of the next entry: no two of a journal have the same.
    pub fn instant(&self) -> Micros {
        self.now.plus(i64::try_from(self.plan.entries.len()).unwrap_or(i64::MAX))
    }

    pub fn note(&mut self, fact: Fact) {
        self.plan.entries.push(Entry { at: self.instant(), fact });
    }

    /// An account that is there, open or not.
    pub fn account(&mut self, id: AccountId) -> Result<&mut Account, Outcome> {
        if !self.accounts.contains_key(&id) {
            let account = self.books.accounts.get(&id).ok_or(Outcome::AccountUnknown)?;
            self.accounts.insert(id, account.clone());
        }
        self.accounts.get_mut(&id).ok_or(Outcome::AccountUnknown)
    }

    fn open(&mut self, open: &OpenAccount) -> Result<(), Outcome> {
        if self.books.accounts.contains_key(&open.id) {
            return Err(Outcome::IdTaken);
        }
        self.parent_fits(open)?;
        let account = Account {
            id: open.id,
            kind: open.kind,
            fund: open.fund,
            owner: open.owner,
            parent: open.parent,
            posted: Fen::ZERO,
            held: Fen::ZERO,
            granted: Fen::ZERO,
            used: Fen::ZERO,
            day: 0,
            day_count: 0,
            opened: self.now,
            closed: None,
            waiting: 0,
        };
        self.accounts.insert(open.id, account);
        self.note(Fact::Opened(open.clone()));
        Ok(())
    }

    /// A quota is set aside in a personal account of the same owner and fund; nothing else has a parent.
    fn parent_fits(&self, open: &OpenAccount) -> Result<(), Outcome> {
        let Some(id) = open.parent else {
            return if open.kind == AccountKind::Quota { Err(Outcome::ParentWrong) } else { Ok(()) };
        };
        let parent = self.books.accounts.get(&id).ok_or(Outcome::AccountUnknown)?;
        if parent.closed.is_some() {
            return Err(Outcome::AccountClosed);
        }
        let fits = open.kind == AccountKind::Quota
            && parent.kind == AccountKind::Personal
            && (parent.owner, parent.fund) == (open.owner, open.fund);
        if fits { Ok(()) } else { Err(Outcome::ParentWrong) }
    }

    fn close(&mut self, id: AccountId) -> Result<(), Outcome> {
        let now = self.now;
        let account = self.account(id)?;
        if account.closed.is_some() {
            return Err(Outcome::AccountClosed);
        }
        // Draws that are under way end in a clearing account: it stays.
        if !account.posted.is_zero() || !account.held.is_zero() || account.kind == AccountKind::Clearing {
            return Err(Outcome::NotEmpty);
        }
        account.closed = Some(now);
        self.note(Fact::Closed { account: id });
        Ok(())
    }

    /// The same command, unless one of these accounts was closed meanwhile.
    fn while_open(&mut self, open: &[AccountId], then: &Command) -> Result<(), Outcome> {
        for id in open {
            if self.account(*id)?.closed.is_some() {
                return Err(Outcome::AccountClosed);
            }
        }
        self.carry_out(then)
    }

    pub fn transfer(&mut self, id: TransferId, purpose: Purpose, legs: &[Leg]) -> Result<(), Outcome> {
        if self.books.transfers.contains_key(&id) {
            return Err(Outcome::IdTaken);
        }
        self.legs_in_order(purpose, legs)?;
        for leg in legs {
            self.within_limits(purpose, leg)?;
            self.shift(purpose, leg, Way::Out)?;
        }
        self.remember(Transfer::new(id, purpose, legs.to_vec()), None);
        Ok(())
    }

    pub fn remember(&mut self, transfer: Transfer, hold: Option<HoldId>) {
        let Transfer { id, purpose, legs, .. } = &transfer;
        self.note(Fact::Moved { transfer: *id, purpose: *purpose, legs: legs.clone(), of: None, hold, reason: 0 });
        self.plan.transfers.push(transfer);
    }

    /// What is wrong with the legs as they are ordered; of several things the one of the lowest number.
    pub fn legs_in_order(&mut self, purpose: Purpose, legs: &[Leg]) -> Result<(), Outcome> {
        if legs.is_empty() {
            return Err(Outcome::NoLegs);
        }
        if legs.len() > LEGS_MAX {
            return Err(Outcome::TooManyLegs);
        }
        let reserved = matches!(purpose, Purpose::Refund | Purpose::Correction).then_some(Outcome::PurposeReserved);
        let wrong = legs.iter().filter_map(|leg| self.leg_wrong(purpose, leg)).chain(reserved).min();
        wrong.map_or(Ok(()), Err)
    }

    fn leg_wrong(&self, purpose: Purpose, leg: &Leg) -> Option<Outcome> {
        if leg.amount <= Fen::ZERO {
            return Some(Outcome::AmountNotPositive);
        }
        if leg.from == leg.to {
            return Some(Outcome::SameAccount);
        }
        let (Some(from), Some(to)) = (self.books.accounts.get(&leg.from), self.books.accounts.get(&leg.to)) else {
            return Some(Outcome::AccountUnknown);
        };
        if from.closed.is_some() || to.closed.is_some() {
            return Some(Outcome::AccountClosed);
        }
        if !allowed(from.kind, to.kind, purpose) || !own_quota(from, to, purpose) {
            return Some(Outcome::RouteRefused);
        }
        (from.fund != to.fund).then_some(Outcome::FundsMixed)
    }

    fn within_limits(&mut self, purpose: Purpose, leg: &Leg) -> Result<(), Outcome> {
        if !purpose.limited() {
            return Ok(());
        }
        let now = self.now;
        let limits = self.books.limits.on(now.business_day());
        let from = self.account(leg.from)?;
        if let Some(refused) = limits.refuses(from, leg.amount, now) {
            return Err(refused);
        }
        let day = now.business_day();
        from.day_count = from.count_on(day).saturating_add(1);
        from.day = day;
        Ok(())
    }

    /// Moves one leg, if what is available allows it.
    pub fn shift(&mut self, purpose: Purpose, leg: &Leg, way: Way) -> Result<(), Outcome> {
        let giver = self.account(leg.from)?;
        if !giver.kind.may_owe() && giver.available() < leg.amount {
            return Err(Outcome::InsufficientFunds);
        }
        giver.posted = giver.posted.checked_sub(leg.amount).ok_or(Outcome::Overflow)?;
        give_from_quota(giver, purpose, leg.amount, way)?;
        let taker = self.account(leg.to)?;
        taker.posted = taker.posted.checked_add(leg.amount).ok_or(Outcome::Overflow)?;
        take_into_quota(taker, purpose, leg.amount, way)
    }

    pub fn hold(&mut self, id: HoldId, purpose: Purpose, legs: &[Leg], until: Micros) -> Result<(), Outcome> {
        if self.books.holds.contains_key(&id) {
            return Err(Outcome::IdTaken);
        }
        self.legs_in_order(purpose, legs)?;
        if until <= self.now {
            return Err(Outcome::DeadlinePassed);
        }
        let until = self.acceptable_until(purpose, until);
        for leg in legs {
            self.within_limits(purpose, leg)?;
            self.wait(purpose, leg)?;
            let giver = self.account(leg.from)?;
            if !giver.kind.may_owe() && giver.available() < leg.amount {
                return Err(Outcome::InsufficientFunds);
            }
            giver.held = giver.held.checked_add(leg.amount).ok_or(Outcome::Overflow)?;
        }
        let posted = vec![Fen::ZERO; legs.len()];
        let legs = legs.to_vec();
        let state = HoldState::Pending;
        self.plan.holds.push(Hold { id, purpose, legs: legs.clone(), until, state, posted, transfer: None });
        self.note(Fact::Held { hold: id, purpose, legs, until });
        Ok(())
    }

    /// Frees all that a hold set aside.
    fn let_go(&mut self, hold: &Hold) -> Result<(), Outcome> {
        for leg in &hold.legs {
            let giver = self.account(leg.from)?;
            giver.held = giver.held.checked_sub(leg.amount).ok_or(Outcome::Overflow)?;
            if hold.purpose.limited() {
                giver.waiting = giver.waiting.saturating_sub(1);
            }
        }
        Ok(())
    }

    /// Until when something held can be posted: what is for another's wallet goes back on a day of its own.
    fn acceptable_until(&self, purpose: Purpose, until: Micros) -> Micros {
        let limits = self.books.limits.on(self.now.business_day());
        let returned = if purpose.limited() { limits.accepted_until(self.now) } else { None };
        returned.map_or(until, |returned| until.min(returned))
    }

    /// One more transfer out of an account waits to be accepted, if that may be.
    fn wait(&mut self, purpose: Purpose, leg: &Leg) -> Result<(), Outcome> {
        if !purpose.limited() {
            return Ok(());
        }
        let most = self.books.limits.on(self.now.business_day()).waiting;
        let giver = self.account(leg.from)?;
        if most.is_some_and(|most| giver.waiting >= most) {
            return Err(Outcome::TransferWaiting);
        }
        giver.waiting = giver.waiting.saturating_add(1);
        Ok(())
    }

    pub fn post(&mut self, id: HoldId, transfer: TransferId, amounts: Option<&[Fen]>) -> Result<(), Outcome> {
        if self.books.transfers.contains_key(&transfer) {
            return Err(Outcome::IdTaken);
        }
        let hold = self.books.holds.get(&id).ok_or(Outcome::HoldUnknown)?;
        let full: Vec<Fen> = hold.legs.iter().map(|l| l.amount).collect();
        let amounts = amounts.unwrap_or(&full);
        if amounts.len() != full.len() {
            return Err(Outcome::AmountsDoNotMatch);
        }
        if amounts.iter().any(|a| a.is_negative()) || amounts.iter().all(|a| a.is_zero()) {
            return Err(Outcome::AmountNotPositive);
        }
        if let Some(ended) = hold.ended() {
            return Err(ended);
        }
        // The deadline counts whether or not the sweep has come by.
        if self.now >= hold.until {
            return Err(Outcome::HoldExpired);
        }
        if amounts.iter().zip(&full).any(|(part, whole)| part > whole) {
            return Err(Outcome::PostExceedsHold);
        }
        let hold = hold.clone();
        self.let_go(&hold)?;
        let parts = hold.legs.iter().zip(amounts).filter(|(_, part)| !part.is_zero());
        let legs: Vec<Leg> = parts.map(|(leg, part)| Leg { amount: *part, ..*leg }).collect();
        for leg in &legs {
            let from = self.account(leg.from)?;
            // A quota that was dissolved meanwhile still pays for what it was held for.
            let gone = from.closed.is_some() && from.kind != AccountKind::Quota;
            if gone || self.account(leg.to)?.closed.is_some() {
                return Err(Outcome::AccountClosed);
            }
            self.shift(hold.purpose, leg, Way::Out)?;
        }
        self.remember(Transfer::new(transfer, hold.purpose, legs), Some(id));
        self.return_rest(&hold)?;
        let (state, posted) = (HoldState::Posted, amounts.to_vec());
        self.plan.holds.push(Hold { state, posted, transfer: Some(transfer), ..hold });
        Ok(())
    }

    pub fn release(&mut self, id: HoldId, how: HoldState) -> Result<(), Outcome> {
        let hold = self.books.holds.get(&id).ok_or(Outcome::HoldUnknown)?.clone();
        if let Some(ended) = hold.ended() {
            return Err(ended);
        }
        if how == HoldState::Expired && self.now < hold.until {
            return Err(Outcome::HoldNotDue);
        }
        self.let_go(&hold)?;
        self.note(Fact::Released { hold: id, how });
        self.return_rest(&hold)?;
        self.plan.holds.push(Hold { state: how, ..hold });
        Ok(())
    }

    /// The account that takes back what was drawn from `id`: itself, or the one it was set aside in.
    fn origin(&mut self, id: AccountId) -> Result<AccountId, Outcome> {
        let account = self.account(id)?;
        if account.closed.is_none() {
            return Ok(id);
        }
        let parent = account.parent.ok_or(Outcome::OriginGone)?;
        if self.account(parent)?.closed.is_some() { Err(Outcome::OriginGone) } else { Ok(parent) }
    }

    pub fn refund(&mut self, id: TransferId, of: TransferId, amount: Fen) -> Result<(), Outcome> {
        if self.books.transfers.contains_key(&id) {
            return Err(Outcome::IdTaken);
        }
        if amount <= Fen::ZERO {
            return Err(Outcome::AmountNotPositive);
        }
        let paid = self.books.transfers.get(&of).ok_or(Outcome::TransferUnknown)?.clone();
        if !paid.purpose.refundable() || paid.corrected {
            return Err(Outcome::NotRefundable);
        }
        let shares = paid.shares(amount).ok_or(Outcome::RefundExceedsPaid)?;
        let legs = self.give_back(&paid, &shares)?;
        let refunded = paid.refunded.iter().zip(&shares).map(|(before, now)| before.plus(*now)).collect();
        self.plan.transfers.push(Transfer { refunded, ..paid });
        self.reversed(id, of, Purpose::Refund, legs, 0);
        Ok(())
    }

    fn correct(&mut self, id: TransferId, of: TransferId, reason: u16) -> Result<(), Outcome> {
        if self.books.transfers.contains_key(&id) {
            return Err(Outcome::IdTaken);
        }
        let wrong = self.books.transfers.get(&of).ok_or(Outcome::TransferUnknown)?.clone();
        let reversal = matches!(wrong.purpose, Purpose::Refund | Purpose::Correction);
        if reversal || wrong.refunded.iter().any(|f| !f.is_zero()) {
            return Err(Outcome::NotRefundable);
        }
        if wrong.corrected {
            return Err(Outcome::AlreadyCorrected);
        }
        let shares: Vec<Fen> = wrong.legs.iter().map(|l| l.amount).collect();
        let legs = self.give_back(&wrong, &shares)?;
        self.plan.transfers.push(Transfer { corrected: true, ..wrong });
        self.reversed(id, of, Purpose::Correction, legs, reason);
        Ok(())
    }

    /// Moves shares of a transfer's legs back, the last leg first.
    fn give_back(&mut self, paid: &Transfer, shares: &[Fen]) -> Result<Vec<Leg>, Outcome> {
        let mut legs = Vec::new();
        for (leg, share) in paid.legs.iter().zip(shares).rev().filter(|(_, share)| !share.is_zero()) {
            let to = self.origin(leg.from)?;
            if self.account(leg.to)?.closed.is_some() {
                return Err(Outcome::AccountClosed);
            }
            if to == leg.to {
                return Err(Outcome::OriginGone);
            }
            let back = Leg { from: leg.to, to, amount: *share };
            // What went back to a parent no longer concerns the quota that was dissolved.
            let purpose = if to == leg.from { paid.purpose } else { Purpose::QuotaReturn };
            self.shift(purpose, &back, Way::Back)?;
            legs.push(back);
        }
        Ok(legs)
    }

    fn reversed(&mut self, id: TransferId, of: TransferId, purpose: Purpose, legs: Vec<Leg>, reason: u16) {
        self.note(Fact::Moved { transfer: id, purpose, legs: legs.clone(), of: Some(of), hold: None, reason });
        self.plan.transfers.push(Transfer::new(id, purpose, legs));
    }
}
