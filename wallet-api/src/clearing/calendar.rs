//! 工作日: from the week and from the published table of each year. A year without a table is not guessed.

use std::collections::BTreeSet;

use anxin_core::Day;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

const TABLE: &str = include_str!("../../../docs/workdays.default.toml");

#[derive(Debug)]
pub(crate) struct Calendar {
    years: BTreeSet<i16>,
    free: BTreeSet<Day>,
    worked: BTreeSet<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    year: Vec<Year>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i16,
    #[expect(dead_code, reason = "every year has to say it")]
    source: String,
    free: Vec<String>,
    worked: Vec<String>,
}

impl Calendar {
    /// # Errors
    /// With what of the table cannot be read.
    pub(crate) fn built_in() -> Result<Calendar, String> {
        Calendar::read(TABLE)
    }

    fn read(text: &str) -> Result<Calendar, String> {
        let table: Table = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut calendar = Calendar { years: BTreeSet::new(), free: BTreeSet::new(), worked: BTreeSet::new() };
        for Year { year, free, worked, .. } in table.year {
            let day = |text: &String| {
                let day = Day::parse(text).filter(|day| day.year() == year);
                day.ok_or_else(|| format!("{text}: a day of {year}"))
            };
            calendar.free.extend(free.iter().map(day).collect::<Result<Vec<Day>, _>>()?);
            calendar.worked.extend(worked.iter().map(day).collect::<Result<Vec<Day>, _>>()?);
            calendar.years.insert(year);
        }
        Ok(calendar)
    }

    /// Whether offices work on a day; `None` where the year is not known.
    fn works(&self, day: Day) -> Option<bool> {
        if !self.years.contains(&day.year()) {
            return None;
        }
        let date: Date = day.to_string().parse().ok()?;
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        Some(self.worked.contains(&day) || (!weekend && !self.free.contains(&day)))
    }

    /// The day that is so many working days after another, which does not count itself.
    pub(crate) fn after(&self, day: Day, working_days: u32) -> Option<Day> {
        let (mut day, mut left) = (day, working_days);
        while left > 0 {
            day = day.tomorrow()?;
            left -= u32::from(self.works(day)?);
        }
        Some(day)
    }

    /// Days of the week after one day and until another on which offices are closed all the same.
    pub(crate) fn holidays(&self, after: Day, until: Day) -> Vec<Day> {
        let weekday = |day: &Day| {
            let date = day.to_string().parse::<Date>();
            date.is_ok_and(|date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday))
        };
        self.free.iter().filter(|day| **day > after && **day <= until).filter(|day| weekday(day)).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(day: &str, working_days: u32) -> Option<String> {
        let calendar = Calendar::built_in().unwrap();
        calendar.after(Day::parse(day).unwrap(), working_days).map(|day| day.to_string())
    }

    #[test]
    fn weekends_and_holidays_do_not_count_and_days_made_up_for_do() {
        assert_eq!(after("2026-11-02", 20).as_deref(), Some("2026-11-30"));
        assert_eq!(after("2026-02-13", 1).as_deref(), Some("2026-02-14"), "a Saturday that is worked");
        assert_eq!(after("2026-02-14", 1).as_deref(), Some("2026-02-24"), "after the Spring Festival");
        assert_eq!(after("2026-09-30", 3).as_deref(), Some("2026-10-10"));
        assert_eq!(after("2026-11-02", 0).as_deref(), Some("2026-11-02"));
    }

    #[test]
    fn holidays_are_what_the_week_does_not_say() {
        let calendar = Calendar::built_in().unwrap();
        let holidays = |after, until| {
            let days = calendar.holidays(Day::parse(after).unwrap(), Day::parse(until).unwrap());
            days.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let october = ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"];
        assert_eq!(holidays("2026-09-25", "2026-10-29"), october, "the day itself and weekends are not among them");
        assert_eq!(holidays("2026-09-24", "2026-09-25"), ["2026-09-25"]);
        assert!(holidays("2026-10-07", "2026-10-29").is_empty());
    }

    #[test]
    fn a_year_that_nobody_published_is_not_counted_through() {
        assert_eq!(after("2026-12-31", 1), None);
        assert_eq!(after("2026-12-15", 20), None);
        assert!(Calendar::read("[[year]]\nyear = 2026\nsource = \"\"\nfree = [\"2025-01-01\"]\nworked = []").is_err());
    }
}
