//! Numbers as tables have them.

use anxin_core::money::Rounding;
use anxin_core::{Fen, Rate};

/// A decimal above zero, thousands separators and a unit taken away. More than nine places are a number too:
/// a spreadsheet computes them, and nine are kept.
pub fn rate(text: &str) -> Option<Rate> {
    let plain: String = text.chars().filter_map(narrow).collect();
    let plain = plain.trim_end_matches(['元', '分']);
    let (whole, places) = plain.split_once('.').unwrap_or((plain, ""));
    let whole = grouped(whole)?;
    let places: String = places.chars().take(9).collect();
    let places = places.trim_end_matches('0');
    let text = if places.is_empty() { whole } else { format!("{whole}.{places}") };
    Rate::parse(&text).filter(|rate| !rate.is_zero())
}

/// Yuan as fen, rounded half up.
pub fn fen(text: &str) -> Option<Fen> {
    let yuan = rate(text)?;
    Fen::new(100)?.scaled(yuan, Rounding::HalfUp)
}

/// Digits with separators only where thousands have them.
fn grouped(whole: &str) -> Option<String> {
    let mut parts = whole.split(',');
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let fits = rest.iter().all(|part| part.len() == 3) && (rest.is_empty() || (1..=3).contains(&first.len()));
    fits.then(|| whole.replace(',', ""))
}

/// Full-width digits and signs as plain ones, blanks away.
pub fn narrow(c: char) -> Option<char> {
    match c {
        c if c.is_whitespace() || c == '\u{FEFF}' => None,
        '！'..='～' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let check = |text: &str, found: Option<&str>| {
            assert_eq!(rate(text).map(|r| r.to_string()).as_deref(), found, "{text:?}");
        };
        check("205", Some("205"));
        check(" 1,205.50 ", Some("1205.5"));
        check("１２．５", Some("12.5"));
        check("7617.038868000001", Some("7617.038868"));
        check("5.5元", Some("5.5"));
        for wrong in ["", "0", "-3", "1,2", "12,34", "1e3", "约5", "1.2.3"] {
            check(wrong, None);
        }
        assert_eq!(fen("1,205.505").map(Fen::get), Some(120_551));
    }
}
