//! A small area to try stores with. Shared by the tests of this crate.
#![allow(dead_code)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anxin_core::Fen;
use wallet_ledger::{
    AccountId, AccountKind, Command, Fund, HoldId, Leg, Micros, OpenAccount, OwnerId, Purpose, TransferId,
};
use wallet_store::{Asked, Clock, own};

pub const FUNDING: AccountId = AccountId(1);
pub const CASH: AccountId = AccountId(2);
pub const HOSPITAL: AccountId = AccountId(3);
/// People have the ids from here on.
pub const PEOPLE: u128 = 100;

pub fn person(n: u128) -> AccountId {
    AccountId(PEOPLE + n)
}

pub fn fen(n: i64) -> Fen {
    Fen::new(n).unwrap()
}

pub fn asked(key: &str, command: Command) -> Asked {
    own(1, 1, key.into(), command)
}

pub fn leg(from: AccountId, to: AccountId, amount: i64) -> Leg {
    Leg { from, to, amount: fen(amount) }
}

pub fn transfer(key: &str, id: u128, purpose: Purpose, legs: Vec<Leg>) -> Asked {
    asked(key, Command::Transfer { id: TransferId(id), purpose, legs })
}

pub fn settle(key: &str, id: u128, from: AccountId, amount: i64) -> Asked {
    transfer(key, id, Purpose::Settle, vec![leg(from, HOSPITAL, amount)])
}

pub fn hold(key: &str, id: u128, from: AccountId, amount: i64, until: Micros) -> Asked {
    let legs = vec![leg(from, HOSPITAL, amount)];
    asked(key, Command::Hold { id: HoldId(id), purpose: Purpose::Settle, legs, until })
}

/// Opens the area's own accounts and those of people, and credits each of them.
pub fn founding(people: u128, each: i64) -> Vec<Asked> {
    let open = |id: AccountId, kind, owner| {
        let command = Command::Open(OpenAccount { id, kind, fund: Fund::Account, owner: OwnerId(owner), parent: None });
        asked(&format!("open-{}", id.0), command)
    };
    let mut all = vec![
        open(FUNDING, AccountKind::Funding, 0),
        open(CASH, AccountKind::Cash, 0),
        open(HOSPITAL, AccountKind::Institution, 7),
    ];
    all.extend((0..people).map(|n| open(person(n), AccountKind::Personal, PEOPLE + n)));
    all.extend((0..people).map(|n| {
        let legs = vec![leg(FUNDING, person(n), each)];
        transfer(&format!("credit-{n}"), 1_000_000 + n, Purpose::Credit, legs)
    }));
    all
}

/// A clock that stands still until it is set.
#[derive(Clone)]
pub struct Dial(Arc<AtomicI64>);

pub const START: Micros = Micros(1_800_000_000_000_000);

impl Dial {
    pub fn new() -> Dial {
        Dial(Arc::new(AtomicI64::new(START.0)))
    }

    pub fn set(&self, now: Micros) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    pub fn clock(&self) -> Clock {
        let dial = self.0.clone();
        Clock::Given(Arc::new(move || Micros(dial.load(Ordering::SeqCst))))
    }
}
