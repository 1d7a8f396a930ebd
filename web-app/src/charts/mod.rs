//! Pictures of amounts in SVG. Each is followed or accompanied by the same figures as text: a
//! colour, a pattern or a length is never the only carrier.

mod parts;
mod patterns;
mod range;
mod stack;

pub use parts::{Part, parts};
pub use patterns::{Patterns, fill};
pub use range::RangeBar;
pub use stack::StackBar;

/// `part` of `whole` as a percentage with two decimals, for lengths.
pub fn percent(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "0%".into();
    }
    let hundredths = i128::from(part.clamp(0, whole)) * 10_000 / i128::from(whole);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// The same with one rounded decimal, for people.
pub fn percent_text(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "0%".into();
    }
    let whole = i128::from(whole);
    let tenths = (i128::from(part) * 2000 + whole) / (whole * 2);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_stay_inside_and_figures_round() {
        assert_eq!(percent(1, 3), "33.33%");
        assert_eq!(percent(5, 3), "100.00%");
        assert_eq!(percent(-1, 3), "0.00%");
        assert_eq!(percent(1, 0), "0%");
        assert_eq!(percent_text(2, 3), "66.7%");
        assert_eq!(percent_text(i64::MAX / 2, i64::MAX), "50.0%");
    }
}
