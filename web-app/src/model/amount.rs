use anxin_core::Fen;

/// Why what was typed is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misread {
    NotANumber,
    Negative,
    /// A third digit after the point.
    FinerThanFen,
    TooLarge,
}

/// What an input method may make of digits, commas, points and blanks, brought back to ASCII.
pub fn tidy(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '\u{ff0c}' => ',',
        '\u{ff0e}' => '.',
        '\u{ff0d}' | '\u{2212}' => '-',
        _ => c,
    };
    text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect()
}

/// An amount in yuan as a person types it. Blank is `None`.
///
/// Commas are taken only where they separate thousands: `1,5` could mean two different amounts.
pub fn yuan(text: &str) -> Result<Option<Fen>, Misread> {
    let text = tidy(text);
    if text.is_empty() {
        return Ok(None);
    }
    let plain = ungroup(&text).ok_or(Misread::NotANumber)?;
    if let Some(positive) = plain.strip_prefix('-') {
        return Err(if is_decimal(positive) { Misread::Negative } else { Misread::NotANumber });
    }
    if !is_decimal(&plain) {
        return Err(Misread::NotANumber);
    }
    if plain.split_once('.').is_some_and(|(_, cents)| cents.len() > 2) {
        return Err(Misread::FinerThanFen);
    }
    Fen::parse_yuan(&plain).map(Some).ok_or(Misread::TooLarge)
}

/// A whole number as a person types it. Blank is `None`.
pub fn whole<N: std::str::FromStr>(text: &str) -> Result<Option<N>, Misread> {
    let text = tidy(text);
    match text.as_str() {
        "" => Ok(None),
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().map(Some).map_err(|_| Misread::TooLarge),
        _ => Err(Misread::NotANumber),
    }
}

fn ungroup(text: &str) -> Option<String> {
    let (whole, rest) = text.split_once('.').map_or((text, None), |(w, r)| (w, Some(r)));
    if rest.is_some_and(|r| r.contains(',')) {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    let head = first.trim_start_matches('-');
    if grouped && (head.is_empty() || head.len() > 3 || groups.any(|g| g.len() != 3)) {
        return None;
    }
    Some(text.replace(',', ""))
}

fn is_decimal(text: &str) -> bool {
    let (whole, cents) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(cents)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Result<Option<i64>, Misread>) {
        assert_eq!(yuan(text).map(|f| f.map(Fen::get)), expect, "{text:?}");
    }

    #[test]
    fn what_people_type_is_read_or_clearly_refused() {
        check("", Ok(None));
        check("  ", Ok(None));
        check("12000", Ok(Some(1_200_000)));
        check("12,000.50", Ok(Some(1_200_050)));
        check("１２，０００．５", Ok(Some(1_200_050)));
        check("1　200", Ok(Some(120_000)));
        check("0", Ok(Some(0)));
        check("1,5", Err(Misread::NotANumber));
        check("1,2345", Err(Misread::NotANumber));
        check(",500", Err(Misread::NotANumber));
        check("1e3", Err(Misread::NotANumber));
        check("一万", Err(Misread::NotANumber));
        check("¥100", Err(Misread::NotANumber));
        check("5.", Err(Misread::NotANumber));
        check("-5", Err(Misread::Negative));
        check("-1,000", Err(Misread::Negative));
        check("－５", Err(Misread::Negative));
        check("0.005", Err(Misread::FinerThanFen));
        check("99999999999999999999", Err(Misread::TooLarge));
    }

    #[test]
    fn whole_numbers_stay_within_their_type() {
        assert_eq!(whole::<u8>("12"), Ok(Some(12)));
        assert_eq!(whole::<u8>(""), Ok(None));
        assert_eq!(whole::<u8>("256"), Err(Misread::TooLarge));
        assert_eq!(whole::<u8>("1.5"), Err(Misread::NotANumber));
        assert_eq!(whole::<u8>("-1"), Err(Misread::NotANumber));
    }
}
