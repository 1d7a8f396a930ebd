//! Thousands of random commands against balances in two maps.

use std::collections::BTreeMap;

use anxin_core::Fen;
use proptest::prelude::*;
use wallet_ledger::{AccountId, Command, HoldId, HoldState, Outcome, Purpose, TransferId};

use crate::town::{DAUGHTER, FATHER, FATHER_WALLET, HOSPITAL, QUOTA, Town, leg};

#[derive(Clone, Debug)]
enum Step {
    Pay { from: usize, amount: i64 },
    Set { amount: i64 },
    Return { amount: i64 },
    Hold { from: usize, amount: i64, life: i64 },
    Post { hold: u128, part: i64 },
    Void { hold: u128 },
    Sweep { hold: u128 },
    Refund { of: usize, amount: i64 },
    Wait { micros: i64 },
}

const PAYERS: [AccountId; 4] = [FATHER, DAUGHTER, FATHER_WALLET, QUOTA];

fn step() -> impl Strategy<Value = Step> {
    let amount = || -5_i64..60_000;
    prop_oneof![
        (0..4_usize, amount()).prop_map(|(from, amount)| Step::Pay { from, amount }),
        amount().prop_map(|amount| Step::Set { amount }),
        amount().prop_map(|amount| Step::Return { amount }),
        (0..4_usize, amount(), 1..50_i64).prop_map(|(from, amount, life)| Step::Hold { from, amount, life }),
        (0..12_u128, -1..60_000_i64).prop_map(|(hold, part)| Step::Post { hold, part }),
        (0..12_u128).prop_map(|hold| Step::Void { hold }),
        (0..12_u128).prop_map(|hold| Step::Sweep { hold }),
        (0..8_usize, amount()).prop_map(|(of, amount)| Step::Refund { of, amount }),
        (1..40_i64).prop_map(|micros| Step::Wait { micros }),
    ]
}

/// Balances and holds, and nothing else.
struct Model {
    money: BTreeMap<AccountId, i64>,
    /// Account, amount, deadline, whether it is pending.
    holds: BTreeMap<u128, (AccountId, i64, i64, bool)>,
    /// Payer, paid, refunded.
    paid: Vec<(TransferId, AccountId, i64, i64)>,
}

impl Model {
    fn free(&self, account: AccountId) -> i64 {
        let held: i64 = self.holds.values().filter(|(a, .., open)| *open && *a == account).map(|(_, n, ..)| n).sum();
        self.money[&account] - held
    }

    fn shift(&mut self, from: AccountId, to: AccountId, amount: i64) -> bool {
        let fits = amount > 0 && self.free(from) >= amount;
        if fits {
            *self.money.get_mut(&from).unwrap() -= amount;
            *self.money.get_mut(&to).unwrap() += amount;
        }
        fits
    }

    fn take(&mut self, step: &Step, now: i64, id: TransferId) -> bool {
        match *step {
            Step::Pay { from, amount } => {
                let done = self.shift(PAYERS[from], HOSPITAL, amount);
                if done {
                    self.paid.push((id, PAYERS[from], amount, 0));
                }
                done
            }
            Step::Set { amount } => self.shift(DAUGHTER, QUOTA, amount),
            Step::Return { amount } => self.shift(QUOTA, DAUGHTER, amount),
            Step::Hold { from, amount, life } => {
                let fits = amount > 0 && self.free(PAYERS[from]) >= amount;
                if fits {
                    self.holds.insert(self.holds.len() as u128, (PAYERS[from], amount, now + life, true));
                }
                fits
            }
            Step::Post { hold, part } => {
                let Some((from, amount, until, true)) = self.holds.get(&hold).copied() else { return false };
                if part <= 0 || part > amount || now >= until {
                    return false;
                }
                self.holds.get_mut(&hold).unwrap().3 = false;
                self.paid.push((id, from, part, 0));
                self.shift(from, HOSPITAL, part)
            }
            Step::Void { hold } => self.end(hold, |_| true),
            Step::Sweep { hold } => self.end(hold, |until| now >= until),
            Step::Refund { of, amount } => {
                let Some((_, to, paid, back)) = self.paid.get(of).copied() else { return false };
                let fits = amount > 0 && amount <= paid - back && self.shift(HOSPITAL, to, amount);
                if fits {
                    self.paid[of].3 += amount;
                }
                fits
            }
            Step::Wait { .. } => true,
        }
    }

    fn end(&mut self, hold: u128, may: impl Fn(i64) -> bool) -> bool {
        match self.holds.get_mut(&hold) {
            Some((.., until, open)) if *open && may(*until) => {
                *open = false;
                true
            }
            _ => false,
        }
    }
}

fn command(step: &Step, model: &Model, now: i64, id: TransferId) -> Option<Command> {
    let transfer = |purpose, from, to, amount| {
        let legs = vec![leg(from, to, Fen::new(amount).unwrap())];
        Command::Transfer { id, purpose, legs }
    };
    Some(match *step {
        Step::Pay { from, amount } => transfer(Purpose::Settle, PAYERS[from], HOSPITAL, amount),
        Step::Set { amount } => transfer(Purpose::QuotaSet, DAUGHTER, QUOTA, amount),
        Step::Return { amount } => transfer(Purpose::QuotaReturn, QUOTA, DAUGHTER, amount),
        Step::Hold { from, amount, life } => Command::Hold {
            id: HoldId(model.holds.len() as u128),
            purpose: Purpose::Settle,
            legs: vec![leg(PAYERS[from], HOSPITAL, Fen::new(amount).unwrap())],
            until: wallet_ledger::Micros(now + life),
        },
        Step::Post { hold, part } => {
            Command::Post { hold: HoldId(hold), id, amounts: Some(vec![Fen::new(part).unwrap()]) }
        }
        Step::Void { hold } => Command::Void { hold: HoldId(hold) },
        Step::Sweep { hold } => Command::Expire { hold: HoldId(hold) },
        Step::Refund { of, amount } => {
            let of = model.paid.get(of).map_or(TransferId(0), |(id, ..)| *id);
            Command::Refund { id, of, amount: Fen::new(amount).unwrap() }
        }
        Step::Wait { .. } => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_books_do_as_the_model_does(steps in proptest::collection::vec(step(), 1..60)) {
        let mut town = Town::new();
        let money = [FATHER, DAUGHTER, FATHER_WALLET, QUOTA, HOSPITAL].map(|a| (a, town.posted(a).get()));
        let mut model = Model { money: money.into(), holds: BTreeMap::new(), paid: Vec::new() };
        for step in &steps {
            if let Step::Wait { micros } = step {
                town.now = town.now.plus(*micros);
            }
            let id = TransferId(town.fresh());
            let now = town.now.after(town.books.last).0;
            let Some(command) = command(step, &model, now, id) else { continue };
            let outcome = town.ask(&command);
            prop_assert_eq!(outcome == Outcome::Done, model.take(step, now, id), "{:?}: {:?}", step, outcome);
            for (account, balance) in &model.money {
                prop_assert_eq!(town.posted(*account).get(), *balance, "{:?} after {:?}", account, step);
                prop_assert_eq!(town.account(*account).available().get(), model.free(*account));
            }
        }
        let pending = town.books.holds.values().filter(|h| h.state == HoldState::Pending).count();
        prop_assert_eq!(pending, model.holds.values().filter(|(.., open)| *open).count());
    }
}
