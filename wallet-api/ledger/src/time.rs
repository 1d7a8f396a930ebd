//! Instants, given in from outside. A business day is a civil day of China.

use serde::{Deserialize, Serialize};

/// Microseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Micros(pub i64);

const DAY: i64 = 86_400_000_000;
/// Asia/Shanghai has had no daylight saving since 1991: eight hours, always.
const CHINA: i64 = 8 * 3_600_000_000;

impl Micros {
    /// A deadline that does not come.
    pub const NEVER: Micros = Micros(i64::MAX);

    /// The next instant that a clock may show: time in one cell never stands still or goes back.
    pub fn after(self, last: Micros) -> Micros {
        Micros(self.0.max(last.0.saturating_add(1)))
    }

    pub fn plus(self, micros: i64) -> Micros {
        Micros(self.0.saturating_add(micros))
    }

    /// The number of the civil day in China.
    pub fn business_day(self) -> i64 {
        self.0.saturating_add(CHINA).div_euclid(DAY)
    }

    /// A minute of a civil day in China.
    pub fn of_day(day: i64, minute: i64) -> Micros {
        let midnight = day.saturating_mul(DAY).saturating_sub(CHINA);
        Micros(midnight.saturating_add(minute.saturating_mul(60_000_000)))
    }

    /// Minutes since midnight in China.
    pub fn minute_of_day(self) -> i64 {
        self.0.saturating_add(CHINA).rem_euclid(DAY) / 60_000_000
    }
}
