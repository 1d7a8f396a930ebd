use super::{Code, System};

/// A code respelled as the insurance edition writes it: blanks and full-width signs gone, the filler
/// `x` in lower case, the dot in its place, a dagger pair as one code `A18.001+M49.0*`.
///
/// Nothing is looked up, so the answer is a proposal: use it only when a dictionary has it.
pub fn respell(raw: &[u8], system: System) -> Option<Code> {
    let text = std::str::from_utf8(raw).ok()?;
    let mut plain = String::with_capacity(Code::LEN_MAX);
    plain.extend(text.chars().filter_map(narrow));
    match system {
        System::Operation => Code::new(dotted(&plain, 2).as_bytes()),
        System::Diagnosis => Code::new(diagnosis(&plain).as_bytes()),
    }
}

/// The ASCII form of a character, or nothing for a blank.
fn narrow(c: char) -> Option<char> {
    match c {
        c if c.is_whitespace() => None,
        '。' | '·' => Some('.'),
        '†' => Some('+'),
        '！'..='～' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32),
        c => Some(c),
    }
}

/// A pair may come as `cause+manifestation*`, without its star, or the wrong way round.
fn diagnosis(plain: &str) -> String {
    let pair = plain.trim_end_matches('+').split_once('+').or_else(|| plain.trim_end_matches('+').split_once('*'));
    match pair {
        Some((first, second)) if !first.is_empty() && !second.is_empty() => {
            let manifest_first = plain.find('*').is_some_and(|star| star <= first.len());
            let (cause, manifestation) = if manifest_first { (second, first) } else { (first, second) };
            let bare = |s: &str| dotted(s.trim_matches(['+', '*']), 3);
            format!("{}+{}*", bare(cause), bare(manifestation))
        }
        _ => dotted(plain, 3),
    }
}

/// Capital first letter, lower-case filler, and a dot after `head` characters.
fn dotted(plain: &str, head: usize) -> String {
    let mut out = String::with_capacity(plain.len() + 1);
    for (i, c) in plain.chars().enumerate() {
        if i == head && c != '.' {
            out.push('.');
        }
        out.push(if i == 0 {
            c.to_ascii_uppercase()
        } else if c == 'X' {
            'x'
        } else {
            c
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(system: System, raw: &str, expected: &str) {
        assert_eq!(respell(raw.as_bytes(), system).map(|c| c.to_string()).as_deref(), Some(expected), "{raw}");
    }

    #[test]
    fn codes_come_out_as_the_dictionary_writes_them() {
        for (raw, expected) in [
            ("A00.000X001", "A00.000x001"),
            ("a00000", "A00.000"),
            (" J45004 ", "J45.004"),
            ("Ｔ３０．ｘ００", "T30.x00"),
            ("X95.X00", "X95.x00"),
            ("A18.001†M49.0*", "A18.001+M49.0*"),
            ("A18001+M490", "A18.001+M49.0*"),
            ("M49.0*A18.001+", "A18.001+M49.0*"),
            ("M49.0*+A18.001", "A18.001+M49.0*"),
            ("A18.001+M49.0*", "A18.001+M49.0*"),
            ("A18.001+", "A18.001+"),
        ] {
            check(System::Diagnosis, raw, expected);
        }
        for (raw, expected) in [("389301", "38.9301"), ("96.0800X005", "96.0800x005"), ("457X02", "45.7x02")] {
            check(System::Operation, raw, expected);
        }
    }
}
