//! Times as people in China read them. The server writes UTC; China has one zone and no summer time.

use anxin_core::Day;

const HOURS_AHEAD: u8 = 8;

/// `2026-11-22 16:05:09` of `2026-11-22T08:05:09.000001Z`.
pub fn local(instant: &str) -> Option<String> {
    let (date, rest) = instant.strip_suffix('Z')?.split_once('T')?;
    let (hour, minutes) = rest.split_once(':')?;
    let hour = hour.parse::<u8>().ok().filter(|hour| *hour < 24)?.checked_add(HOURS_AHEAD)?;
    let minutes = minutes.get(..5)?;
    let day = Day::parse(date)?;
    let (day, hour) = if hour < 24 { (day, hour) } else { (day.tomorrow()?, hour - 24) };
    Some(format!("{day} {hour:02}:{minutes}"))
}

/// The same to be shown; what is not understood is shown as it came.
pub fn shown(instant: &str) -> String {
    local(instant).unwrap_or_else(|| instant.to_owned())
}

/// The day in China.
pub fn day(instant: &str) -> String {
    local(instant).and_then(|text| text.get(..10).map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_evening_in_greenwich_is_the_next_morning_here() {
        for (instant, expect) in [
            ("2026-11-22T08:05:09.000001Z", Some("2026-11-22 16:05:09")),
            ("2026-11-22T15:59:59.999999Z", Some("2026-11-22 23:59:59")),
            ("2026-11-22T16:00:00.000000Z", Some("2026-11-23 00:00:00")),
            ("2026-12-31T23:30:00Z", Some("2027-01-01 07:30:00")),
            ("2026-11-22T24:00:00Z", None),
            ("2026-11-22 08:05:09", None),
            ("", None),
        ] {
            assert_eq!(local(instant).as_deref(), expect, "{instant}");
        }
        assert_eq!(day("2026-11-22T16:00:00.000000Z"), "2026-11-23");
        assert_eq!(shown("soon"), "soon");
    }
}
