//! Limits on transfers between wallets. The figures differ by area and date and come from its pack.

use std::collections::BTreeMap;

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::outcome::Outcome;
use crate::time::Micros;

/// What an area allows. `None` is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limits {
    pub per_transfer: Option<Fen>,
    pub per_day: Option<u32>,
    /// Minutes of the day in China between which nothing may be transferred, the first included and
    /// the second not; past midnight where the first is the later one.
    pub closed: Option<(i64, i64)>,
    /// Transfers of one wallet that may wait to be accepted.
    pub waiting: Option<u32>,
    /// The minute of the next day in China at which what nobody accepted goes back.
    pub returned: Option<i64>,
}

/// Limits by the business day from which they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DatedLimits(BTreeMap<i64, Limits>);

impl From<Limits> for DatedLimits {
    fn from(limits: Limits) -> DatedLimits {
        DatedLimits(BTreeMap::from([(i64::MIN, limits)]))
    }
}

impl FromIterator<(i64, Limits)> for DatedLimits {
    fn from_iter<I: IntoIterator<Item = (i64, Limits)>>(dated: I) -> DatedLimits {
        DatedLimits(dated.into_iter().collect())
    }
}

impl DatedLimits {
    pub fn on(&self, day: i64) -> Limits {
        self.0.range(..=day).next_back().map(|(_, limits)| limits.clone()).unwrap_or_default()
    }
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

    /// Until when a transfer that is made now can be accepted, if it is not to be accepted for ever.
    pub fn accepted_until(&self, now: Micros) -> Option<Micros> {
        self.returned.map(|minute| Micros::of_day(now.business_day().saturating_add(1), minute))
    }
}

fn within((from, to): (i64, i64), minute: i64) -> bool {
    if from <= to { (from..to).contains(&minute) } else { minute >= from || minute < to }
}
