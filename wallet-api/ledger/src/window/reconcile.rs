//! 三方对账: the journals of two cells and the window between them, line by line.

use std::collections::{BTreeMap, BTreeSet};

use crate::entry::{Entry, Fact};
use crate::id::{AccountId, TransferId};
use crate::route::Purpose;
use crate::window::Obligation;

/// What a transfer moved through the clearing account of a pair: above zero where the cell came to owe more.
pub type Moved = BTreeMap<TransferId, i128>;

/// What a journal says was drawn, delivered and given back through a clearing account. Paying a window is not owing.
pub fn moved<'e>(entries: impl IntoIterator<Item = &'e Entry>, clearing: AccountId) -> Moved {
    let mut moved = Moved::new();
    for entry in entries {
        let Fact::Moved { transfer, purpose, legs, .. } = &entry.fact else { continue };
        if matches!(purpose, Purpose::Net | Purpose::Resolve) {
            continue;
        }
        for leg in legs.iter().filter(|leg| leg.from == clearing || leg.to == clearing) {
            let amount = i128::from(leg.amount.get());
            *moved.entry(*transfer).or_default() += if leg.to == clearing { amount } else { -amount };
        }
    }
    moved
}

/// Who has it otherwise than the other two, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// All three have it, and not all with the same amount.
    Amount,
    NotWithCreditor,
    NotWithDebtor,
    NotInWindow,
}

/// A transfer that is not the same in all three, with what each says the debtor owes for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub transfer: TransferId,
    pub creditor: Option<i128>,
    pub debtor: Option<i128>,
    pub window: Option<i128>,
}

impl Found {
    /// Of several things, the first in the order of [`Difference`]'s absences.
    pub fn difference(&self) -> Difference {
        match (self.creditor, self.debtor, self.window) {
            (None, ..) => Difference::NotWithCreditor,
            (_, None, _) => Difference::NotWithDebtor,
            (.., None) => Difference::NotInWindow,
            _ => Difference::Amount,
        }
    }
}

/// Every transfer that is not the same in all three. Totals are not compared first: two differences can hide each other
/// in them.
pub fn reconcile(creditor: &Moved, debtor: &Moved, window: &[Obligation]) -> Vec<Found> {
    let mut owed = Moved::new();
    for obligation in window {
        *owed.entry(obligation.key.transfer).or_default() += i128::from(obligation.amount.get());
    }
    let transfers: BTreeSet<TransferId> = creditor.keys().chain(debtor.keys()).chain(owed.keys()).copied().collect();
    let look = |transfer: TransferId| Found {
        transfer,
        creditor: creditor.get(&transfer).map(|amount| -amount),
        debtor: debtor.get(&transfer).copied(),
        window: owed.get(&transfer).copied(),
    };
    let same =
        |found: &Found| found.creditor.is_some() && found.creditor == found.debtor && found.debtor == found.window;
    transfers.into_iter().map(look).filter(|found| !same(found)).collect()
}
