//! What has to come out. Money in a map, holds in a list, and none of the ledger's code.

use std::collections::BTreeMap;

use wallet_ledger::{AccountId, AccountKind, Command, Leg, Purpose};

use crate::area::{self, FUNDING};

const DAY: i64 = 86_400_000_000;
const CHINA: i64 = 8 * 3_600_000_000;

#[derive(Default)]
pub struct Model {
    pub money: BTreeMap<AccountId, i64>,
    holds: BTreeMap<u128, Held>,
    paid: BTreeMap<u128, Paid>,
    /// Transfers out of a wallet: on which day, how many.
    sent: BTreeMap<AccountId, (i64, u32)>,
    last: i64,
}

struct Held {
    purpose: Purpose,
    legs: Vec<Leg>,
    until: i64,
    open: bool,
}

struct Paid {
    purpose: Purpose,
    legs: Vec<Leg>,
    back: Vec<i64>,
    corrected: bool,
}

impl Model {
    /// Whether a command that comes now takes effect.
    pub fn take(&mut self, command: &Command, clock: i64) -> bool {
        let now = clock.max(self.last + 1);
        let done = self.carry_out(command, now);
        if done {
            self.last = now;
        }
        done
    }

    /// What somebody may still spend.
    pub fn free(&self, account: AccountId) -> i64 {
        let open = self.holds.values().filter(|h| h.open).flat_map(|h| &h.legs);
        let held: i64 = open.filter(|leg| leg.from == account).map(|leg| leg.amount.get()).sum();
        self.money.get(&account).copied().unwrap_or_default() - held
    }

    fn carry_out(&mut self, command: &Command, now: i64) -> bool {
        match command {
            Command::Open(open) => {
                let fresh = !self.money.contains_key(&open.id);
                self.money.entry(open.id).or_insert(0);
                fresh && (open.kind == AccountKind::Quota) == open.parent.is_some()
            }
            Command::Transfer { id, purpose, legs } => {
                !self.paid.contains_key(&id.0) && self.sendable(*purpose, legs, now) && self.pay(id.0, *purpose, legs)
            }
            Command::Hold { id, purpose, legs, until } => {
                let total: i64 = legs.iter().map(|l| l.amount.get()).sum();
                let fits = !self.holds.contains_key(&id.0)
                    && legs.iter().all(|l| l.amount.get() > 0)
                    && until.0 > now
                    && legs.iter().all(|l| l.from == legs[0].from)
                    && self.free(legs[0].from) >= total;
                if fits {
                    let held = Held { purpose: *purpose, legs: legs.clone(), until: until.0, open: true };
                    self.holds.insert(id.0, held);
                }
                fits
            }
            Command::Post { hold, id, amounts } => {
                let amounts = amounts.as_ref().map(|all| all.iter().map(|a| a.get()).collect::<Vec<_>>());
                !self.paid.contains_key(&id.0) && self.post(hold.0, id.0, amounts, now)
            }
            Command::Void { hold } => self.end(hold.0, |_| true),
            Command::Expire { hold } => self.end(hold.0, |until| now >= until),
            Command::Refund { id, of, amount } => {
                !self.paid.contains_key(&id.0) && self.refund(id.0, of.0, amount.get())
            }
            Command::Correct { id, of, .. } => !self.paid.contains_key(&id.0) && self.correct(id.0, of.0),
            // Nobody here asks for these.
            Command::Close { .. }
            | Command::SetQuota { .. }
            | Command::Dissolve { .. }
            | Command::While { .. }
            | Command::Cell(_) => false,
        }
    }

    /// Between wallets: by day, not too much, not too often.
    fn sendable(&mut self, purpose: Purpose, legs: &[Leg], now: i64) -> bool {
        if purpose != Purpose::WalletTransfer {
            return true;
        }
        let minute = (now + CHINA).rem_euclid(DAY) / 60_000_000;
        let day = (now + CHINA).div_euclid(DAY);
        let from = legs[0].from;
        let sent = self.sent.get(&from).filter(|(on, _)| *on == day).map_or(0, |(_, n)| *n);
        let fits = (6 * 60..22 * 60).contains(&minute)
            && legs[0].amount.get() <= 30_000
            && sent < 3
            && legs[0].amount.get() > 0
            && self.free(from) >= legs[0].amount.get();
        if fits {
            self.sent.insert(from, (day, sent + 1));
        }
        fits
    }

    fn pay(&mut self, id: u128, purpose: Purpose, legs: &[Leg]) -> bool {
        let before = self.money.clone();
        for leg in legs {
            let amount = leg.amount.get();
            if amount <= 0 || (leg.from != FUNDING && self.free(leg.from) < amount) {
                self.money = before;
                return false;
            }
            self.shift(leg.from, leg.to, amount);
        }
        self.note(id, purpose, legs.to_vec());
        true
    }

    fn note(&mut self, id: u128, purpose: Purpose, legs: Vec<Leg>) {
        let back = vec![0; legs.len()];
        self.paid.insert(id, Paid { purpose, legs, back, corrected: false });
    }

    fn shift(&mut self, from: AccountId, to: AccountId, amount: i64) {
        *self.money.entry(from).or_default() -= amount;
        *self.money.entry(to).or_default() += amount;
    }

    fn post(&mut self, hold: u128, id: u128, amounts: Option<Vec<i64>>, now: i64) -> bool {
        let Some(held) = self.holds.get_mut(&hold) else { return false };
        let full: Vec<i64> = held.legs.iter().map(|l| l.amount.get()).collect();
        let amounts = amounts.unwrap_or_else(|| full.clone());
        let sized =
            amounts.len() == full.len() && amounts.iter().zip(&full).all(|(part, all)| (0..=*all).contains(part));
        if !held.open || now >= held.until || !sized || amounts.iter().all(|a| *a == 0) {
            return false;
        }
        held.open = false;
        let purpose = held.purpose;
        let parts = held.legs.iter().zip(&amounts).filter(|(_, part)| **part > 0);
        let legs: Vec<Leg> = parts.map(|(leg, part)| Leg { amount: area::fen(*part), ..*leg }).collect();
        for leg in &legs {
            self.shift(leg.from, leg.to, leg.amount.get());
        }
        self.note(id, purpose, legs);
        true
    }

    fn end(&mut self, hold: u128, may: impl Fn(i64) -> bool) -> bool {
        let Some(held) = self.holds.get_mut(&hold).filter(|h| h.open && may(h.until)) else { return false };
        held.open = false;
        true
    }

    /// What was drawn last comes back first.
    fn refund(&mut self, id: u128, of: u128, amount: i64) -> bool {
        let Some(paid) = self.paid.get(&of) else { return false };
        let left: i64 = paid.legs.iter().zip(&paid.back).map(|(leg, back)| leg.amount.get() - back).sum();
        let settled = paid.purpose == Purpose::Settle;
        if amount <= 0 || !settled || paid.corrected || amount > left || self.free(area::HOSPITAL) < amount {
            return false;
        }
        let (mut rest, mut back, legs) = (amount, paid.back.clone(), paid.legs.clone());
        for (leg, back) in legs.iter().zip(&mut back).rev() {
            let share = rest.min(leg.amount.get() - *back);
            *back += share;
            rest -= share;
            self.shift(leg.to, leg.from, share);
        }
        if let Some(paid) = self.paid.get_mut(&of) {
            paid.back = back;
        }
        self.note(id, Purpose::Refund, Vec::new());
        true
    }

    fn correct(&mut self, id: u128, of: u128) -> bool {
        let Some(paid) = self.paid.get(&of) else { return false };
        let reversal = matches!(paid.purpose, Purpose::Refund | Purpose::Correction);
        if reversal || paid.corrected || paid.back.iter().any(|b| *b > 0) {
            return false;
        }
        let (legs, before) = (paid.legs.clone(), self.money.clone());
        for leg in legs.iter().rev() {
            if self.free(leg.to) < leg.amount.get() {
                self.money = before;
                return false;
            }
            self.shift(leg.to, leg.from, leg.amount.get());
        }
        if let Some(paid) = self.paid.get_mut(&of) {
            paid.corrected = true;
        }
        self.note(id, Purpose::Correction, Vec::new());
        true
    }
}
