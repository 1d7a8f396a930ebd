//! Limits on transfers between wallets. The figures differ by area and date and come from its pack.

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::outcome::Outcome;
use crate::time::Micros;

/// What an area allows. `None` is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub per_transfer: Option<Fen>,
    pub per_day: Option<u32>,
    /// Minutes of the day in China between which nothing may be transferred, the first included and
    /// the second not; past midnight where the first is the later one.
    pub closed: Option<(i64, i64)>,
}

impl Limits {
    pub(crate) fn refuses(&self, from: &Account, amount: Fen, now: Micros) -> Option<Outcome> {
        if self.closed.is_some_and(|hours| within(hours, now.minute_of_day())) {
            return Some(Outcome::ClosedHours);
        }
        if self.per_transfer.is_some_and(|most| amount > most) {
            return Some(Outcome::OverLimitPerTransfer);
        }
        let made = from.count_on(now.business_day());
        self.per_day.is_some_and(|most| made >= most).then_some(Outcome::OverLimitPerDay)
    }
}

fn within((from, to): (i64, i64), minute: i64) -> bool {
    if from <= to { (from..to).contains(&minute) } else { minute >= from || minute < to }
}
