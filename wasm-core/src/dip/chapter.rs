//! The chapters of ICD-10, by category.

/// The chapter (1 to 22) of a diagnosis, by its first three characters.
pub(crate) fn chapter(code: &str) -> Option<u8> {
    let category = code.get(..3)?;
    let (letter, number) = category.split_at_checked(1)?;
    let number: u8 = number.parse().ok()?;
    Some(match letter {
        "A" | "B" => 1,
        "C" => 2,
        "D" if number < 50 => 2,
        "D" => 3,
        "E" => 4,
        "F" => 5,
        "G" => 6,
        "H" if number < 60 => 7,
        "H" => 8,
        "I" => 9,
        "J" => 10,
        "K" => 11,
        "L" => 12,
        "M" => 13,
        "N" => 14,
        "O" => 15,
        "P" => 16,
        "Q" => 17,
        "R" => 18,
        "S" | "T" => 19,
        "V" | "W" | "X" | "Y" => 20,
        "Z" => 21,
        "U" => 22,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::chapter;

    #[test]
    fn chapters_begin_where_the_classification_says() {
        for (code, number) in [
            ("B99.x00", 1),
            ("C00.000", 2),
            ("D48.900", 2),
            ("D50.000", 3),
            ("H59.900", 7),
            ("H60.000", 8),
            ("T98.300", 19),
            ("U07.100", 22),
        ] {
            assert_eq!(chapter(code), Some(number), "{code}");
        }
        assert_eq!(chapter("1"), None);
        assert_eq!(chapter("高血压"), None);
    }
}
