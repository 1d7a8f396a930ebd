//! Windows that close by themselves, once a day.

use wallet_ledger::Micros;

use super::Cells;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet};

const MINUTE: i64 = 60_000_000;
/// Closed windows whose letters are kept.
const KEPT: u32 = 30;

/// A time of day in China, from its first minute on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOfDay(i64);

impl TimeOfDay {
    /// `HH:MM`.
    pub fn parse(text: &str) -> Option<TimeOfDay> {
        let (hours, minutes) = text.split_once(':')?;
        let number = |text: &str, most: i64| {
            let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<i64>().ok().filter(|n| digits && *n <= most)
        };
        Some(TimeOfDay((number(hours, 23)? * 60 + number(minutes, 59)?) * MINUTE))
    }

    /// The last day on which this time has come, counted from 1970.
    fn last(self, now: Micros) -> i64 {
        Micros(now.0.saturating_sub(self.0)).business_day()
    }
}

impl Wallet {
    /// Closes the window when its time has come. Of several programs and however often, it is closed once; a closing
    /// that was missed is made up for. `done` is the day of the last one that this program knows of.
    pub(super) async fn close_by_the_clock(&self, cells: &Cells, done: &mut Option<i64>) -> Result<(), ApiError> {
        let Some(day) = cells.close_at.map(|time| time.last(self.now())).filter(|day| *done < Some(*day)) else {
            return Ok(());
        };
        self.close(Key { tenant: 0, operation: Operation::CloseWindow, key: format!("clock {day}") }).await?;
        *done = Some(day);
        self.desk.forget_letters(KEPT).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_hours_and_minutes() {
        assert_eq!(TimeOfDay::parse("00:00"), Some(TimeOfDay(0)));
        assert_eq!(TimeOfDay::parse("23:59"), Some(TimeOfDay(1_439 * MINUTE)));
        for text in ["24:00", "7:00", "12:60", "12", "+1:00", "12:00:00", ""] {
            assert_eq!(TimeOfDay::parse(text), None, "{text}");
        }
    }

    /// 2026-11-02 00:00 in China.
    const MIDNIGHT: i64 = 1_793_548_800_000_000;

    #[test]
    fn it_comes_once_a_day_in_china() {
        let evening = TimeOfDay::parse("22:30").unwrap();
        let at = |minutes: i64| evening.last(Micros(MIDNIGHT + minutes * MINUTE));
        assert_eq!(at(0), at(22 * 60 + 29));
        assert_eq!(at(22 * 60 + 30), at(0) + 1);
        assert_eq!(at(22 * 60 + 30), at(24 * 60 + 22 * 60 + 29));
        assert_eq!(TimeOfDay(0).last(Micros(MIDNIGHT)), TimeOfDay(0).last(Micros(MIDNIGHT - 1)) + 1);
    }
}
