//! 对账单: what an area and one other claimed of each other on a day.

use std::collections::BTreeMap;

use anxin_core::Fen;

use crate::account::Fund;
use crate::pooling::CellId;
use crate::window::{Obligation, Tally, WindowId};

/// Draws and refunds apart, each with its count; all amounts are above zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaySums {
    pub claimed: Tally,
    pub claims_refunded: Tally,
    pub owed: Tally,
    pub debts_refunded: Tally,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayKey {
    /// The business day on which this area booked it.
    pub day: i64,
    pub window: WindowId,
    pub peer: CellId,
    pub fund: Fund,
}

/// `None` where a sum is more than an amount can be.
pub fn statement<'o>(
    here: CellId,
    obligations: impl IntoIterator<Item = &'o Obligation>,
) -> Option<BTreeMap<DayKey, DaySums>> {
    let mut days: BTreeMap<DayKey, DaySums> = BTreeMap::new();
    for obligation in obligations {
        let Obligation { key, fund, amount, at, .. } = *obligation;
        let claim = key.creditor == here;
        let peer = if claim { key.debtor } else { key.creditor };
        let sums = days.entry(DayKey { day: at.business_day(), window: key.window, peer, fund }).or_default();
        let tally = match (claim, amount.is_negative()) {
            (true, false) => &mut sums.claimed,
            (true, true) => &mut sums.claims_refunded,
            (false, false) => &mut sums.owed,
            (false, true) => &mut sums.debts_refunded,
        };
        let size = if amount.is_negative() { Fen::ZERO.checked_sub(amount)? } else { amount };
        tally.count = tally.count.checked_add(1)?;
        tally.amount = tally.amount.checked_add(size)?;
    }
    Some(days)
}
