//! China's civil time, as messages write it.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use wallet_ledger::Micros;

const CHINA: TimeZone = TimeZone::fixed(Offset::constant(8));
pub const SECOND: i64 = 1_000_000;

fn civil(at: Micros) -> DateTime {
    jiff::Timestamp::from_microsecond(at.0).unwrap_or(jiff::Timestamp::MAX).to_zoned(CHINA).datetime()
}

/// `yyyy-MM-dd HH:mm:ss`
pub fn written(at: Micros) -> String {
    civil(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// `yyyy-MM-dd`
pub fn day(at: Micros) -> String {
    civil(at).strftime("%Y-%m-%d").to_string()
}

/// `yyyyMMddHHmmss`, of seconds since 1970.
pub fn digits(second: i64) -> String {
    civil(Micros(second.saturating_mul(SECOND))).strftime("%Y%m%d%H%M%S").to_string()
}

pub fn read(text: &str) -> Option<Micros> {
    shaped(text, "0000-00-00 00:00:00")
        .then(|| DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok())
        .flatten()
        .and_then(of)
}

pub fn read_digits(text: &str) -> Option<Micros> {
    shaped(text, "00000000000000").then(|| DateTime::strptime("%Y%m%d%H%M%S", text).ok()).flatten().and_then(of)
}

/// Whether a text is a civil day.
pub fn is_day(text: &str) -> bool {
    shaped(text, "0000-00-00") && text.parse::<jiff::civil::Date>().is_ok()
}

fn of(civil: DateTime) -> Option<Micros> {
    civil.to_zoned(CHINA).ok().map(|zoned| Micros(zoned.timestamp().as_microsecond()))
}

/// Digits where the pattern has them, and everything else as it stands there.
fn shaped(text: &str, pattern: &str) -> bool {
    let fits = |(c, p): (u8, u8)| if p == b'0' { c.is_ascii_digit() } else { c == p };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_chinas_and_comes_back_as_it_was_written() {
        let morning = read("2026-11-02 09:00:00").unwrap();
        assert_eq!(morning, Micros(1_793_581_200 * SECOND));
        assert_eq!(written(morning), "2026-11-02 09:00:00");
        assert_eq!(day(morning), "2026-11-02");
        assert_eq!(read_digits(&digits(1_793_581_200)), Some(morning));
        assert_eq!(read("2024-02-29 23:59:59").map(written).as_deref(), Some("2024-02-29 23:59:59"));
        for bad in [
            "2026-11-02T09:00:00",
            "2026-11-2 09:00:00",
            "2026-02-29 09:00:00",
            "2026-11-02 24:00:01",
            "",
            "２026-11-02 09:00:0",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(read_digits("2026110209000"), None);
        assert!(is_day("2026-11-02") && !is_day("2026-11-31") && !is_day("20261102"));
    }
}
