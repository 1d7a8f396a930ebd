//! Civil dates. Rules are looked up by the date of discharge; nothing here knows what day it is.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A civil date between 1990 and 2100, written `YYYY-MM-DD`.
// Year, month and day stand in one number in that order, because every rule that is looked at compares dates.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct Day(u32);

const MONTH_BITS: u32 = 4;
const DAY_BITS: u32 = 5;

impl Day {
    pub fn parse(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !shaped {
            return None;
        }
        let number = |at: std::ops::Range<usize>| text.get(at)?.parse().ok();
        let (month, day) = (i8::try_from(number(5..7)?).ok()?, i8::try_from(number(8..10)?).ok()?);
        Day::new(number(0..4)?, month, day).filter(|d| (1990..=2100).contains(&d.year()))
    }

    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        Day::of(Date::new(year, month, day).ok()?)
    }

    fn of(date: Date) -> Option<Day> {
        let [year, month, day] =
            [u32::try_from(date.year()).ok()?, u32::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?];
        Some(Day((year << MONTH_BITS | month) << DAY_BITS | day))
    }

    fn date(self) -> Option<Date> {
        Date::new(self.year(), self.month(), self.day()).ok()
    }

    pub fn year(self) -> i16 {
        i16::try_from(self.0 >> (MONTH_BITS + DAY_BITS)).unwrap_or(i16::MAX)
    }

    fn month(self) -> i8 {
        i8::try_from(self.0 >> DAY_BITS & ((1 << MONTH_BITS) - 1)).unwrap_or_default()
    }

    fn day(self) -> i8 {
        i8::try_from(self.0 & ((1 << DAY_BITS) - 1)).unwrap_or_default()
    }

    /// Whole days from `self` to `later`; negative when `later` is earlier.
    pub fn days_until(self, later: Day) -> i32 {
        let between = self.date().zip(later.date()).map(|(from, to)| from.duration_until(to).as_hours() / 24);
        between.and_then(|days| i32::try_from(days).ok()).unwrap_or_default()
    }

    /// The same day so many years later; 29 February becomes 28 February where it has to.
    pub fn years_later(self, years: i16) -> Day {
        let on = |day| Day::new(self.year().saturating_add(years), self.month(), day);
        on(self.day()).or_else(|| on(28)).unwrap_or(self)
    }

    /// `None` beyond the calendar.
    pub fn days_later(self, days: i32) -> Option<Day> {
        Day::of(self.date()?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?)
    }

    pub fn tomorrow(self) -> Option<Day> {
        Day::of(self.date()?.tomorrow().ok()?)
    }

    pub fn yesterday(self) -> Option<Day> {
        Day::of(self.date()?.yesterday().ok()?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            return s.collect_str(self);
        }
        (self.year(), self.month(), self.day()).serialize(s)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
            return Day::parse(&text)
                .ok_or_else(|| de::Error::custom("a date is written YYYY-MM-DD, between 1990 and 2100"));
        }
        let (year, month, day) = <(i16, i8, i8)>::deserialize(d)?;
        Day::new(year, month, day).ok_or_else(|| de::Error::custom("not a date"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_dates_are_read() {
        assert_eq!(Day::parse("2024-02-29").unwrap().days_until(Day::parse("2024-03-01").unwrap()), 1);
        let leap = Day::parse("2024-02-29").unwrap();
        assert_eq!((leap.to_string().as_str(), leap.years_later(1).to_string().as_str()), ("2024-02-29", "2025-02-28"));
        assert_eq!(Day::parse("2023-12-31").unwrap().tomorrow(), Day::parse("2024-01-01"));
        assert!(
            Day::parse("2023-12-31") < Day::parse("2024-01-01") && Day::parse("2024-01-31") < Day::parse("2024-02-01")
        );
        for bad in ["2023-02-29", "2024-1-01", "20240101", "2024-01-01T00:00", "1989-12-31", "２０２４-01-01", ""] {
            assert_eq!(Day::parse(bad), None, "{bad:?}");
        }
    }
}
