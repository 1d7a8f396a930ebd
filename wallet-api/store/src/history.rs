//! Balances at a point of the past: what is there now, less what was booked since.

use std::collections::BTreeMap;

use anxin_core::Fen;
use wallet_ledger::{Account, Fact, Hold, HoldId, Micros};

use crate::error::StoreError;

/// How far history is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// Everything that was booked at this instant or before.
    At(Micros),
    /// Everything up to this line of the journal.
    Line(u64),
}

impl Point {
    pub fn covers(self, number: u64, at: Micros) -> bool {
        match self {
            Point::At(instant) => at <= instant,
            Point::Line(last) => number <= last,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    pub posted: Fen,
    pub held: Fen,
}

impl Balance {
    pub fn of(account: &Account) -> Balance {
        Balance { posted: account.posted, held: account.held }
    }

    pub fn available(&self) -> Fen {
        self.posted.above(self.held)
    }
}

/// Takes back what one line did to an account; `None` where it opened it. The holds that lines end are known.
pub fn undo(
    balance: Balance,
    account: &Account,
    fact: &Fact,
    holds: &BTreeMap<HoldId, Hold>,
) -> Result<Option<Balance>, StoreError> {
    let damaged = || StoreError::Damaged("journal".into());
    let Balance { mut posted, mut held } = balance;
    let freed = |hold: &HoldId| -> Option<Fen> {
        let legs = &holds.get(hold)?.legs;
        Fen::checked_sum(legs.iter().filter(|leg| leg.from == account.id).map(|leg| leg.amount))
    };
    match fact {
        Fact::Opened(_) => return Ok(None),
        Fact::Closed { .. } => {}
        Fact::Moved { legs, hold, .. } => {
            for leg in legs {
                if leg.from == account.id {
                    posted = posted.checked_add(leg.amount).ok_or_else(damaged)?;
                }
                if leg.to == account.id {
                    posted = posted.checked_sub(leg.amount).ok_or_else(damaged)?;
                }
            }
            if let Some(hold) = hold {
                held = freed(hold).and_then(|freed| held.checked_add(freed)).ok_or_else(damaged)?;
            }
        }
        Fact::Held { legs, .. } => {
            for leg in legs.iter().filter(|leg| leg.from == account.id) {
                held = held.checked_sub(leg.amount).ok_or_else(damaged)?;
            }
        }
        Fact::Released { hold, .. } => {
            held = freed(hold).and_then(|freed| held.checked_add(freed)).ok_or_else(damaged)?;
        }
    }
    Ok(Some(Balance { posted, held }))
}
