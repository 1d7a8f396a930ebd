//! Number formats: which cells are dates, and which show a fixed number of decimals.

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::package::Package;
use crate::strings::attribute;
use crate::{Mark, SheetError};

/// What each style of the workbook makes of a number.
#[derive(Default)]
pub struct Styles(Vec<Mark>);

impl Styles {
    pub fn read(package: &Package<'_>, part: &str) -> Result<Styles, SheetError> {
        let mut xml = package.xml(part)?;
        let mut buffer = Vec::new();
        let mut formats: HashMap<u32, Mark> = HashMap::new();
        let (mut styles, mut in_cells) = (Vec::new(), false);
        while let Some(event) = xml.next(&mut buffer)? {
            match &event {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "numFmt" => {
                        let id = attribute(tag, "numFmtId").and_then(|id| id.parse().ok());
                        if let Some((id, code)) = id.zip(attribute(tag, "formatCode")) {
                            formats.insert(id, of_format(&code));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells && styles.len() < STYLES_MAX => {
                        let id = attribute(tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        styles.push(formats.get(&id).copied().unwrap_or_else(|| built_in(id)));
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cells = false,
                _ => {}
            }
        }
        Ok(Styles(styles))
    }

    pub fn of_number(&self, style: Option<usize>) -> Mark {
        style.and_then(|n| self.0.get(n)).copied().unwrap_or(Mark::Number { decimals: None })
    }
}

const STYLES_MAX: usize = 70_000;

fn built_in(id: u32) -> Mark {
    match id {
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Mark::Date,
        1 => Mark::Number { decimals: Some(0) },
        2 => Mark::Number { decimals: Some(2) },
        _ => Mark::Number { decimals: None },
    }
}

/// `0.0000` shows four decimals, `yyyy/m/d` a date.
fn of_format(code: &str) -> Mark {
    let first = code.split(';').next().unwrap_or_default();
    let mut plain = String::new();
    let (mut quoted, mut bracketed) = (false, false);
    for c in first.chars() {
        match c {
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            c if !quoted && !bracketed => plain.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    if plain.contains("general") {
        return Mark::Number { decimals: None };
    }
    if plain.contains(['y', 'd', 'h', '年', '月', '日']) || plain.contains("m/") || plain.contains("/m") {
        return Mark::Date;
    }
    let fixed = plain.split_once('.').map(|(_, places)| places.trim_end_matches(['_', ' ', ')']));
    let places = fixed.filter(|places| !places.is_empty() && places.bytes().all(|b| b == b'0')).map(str::len);
    Mark::Number { decimals: places.and_then(|n| u8::try_from(n).ok()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_say_dates_and_decimals() {
        let number = |decimals| Mark::Number { decimals };
        for (code, mark) in [
            ("0.0000", number(Some(4))),
            ("0.00_ ", number(Some(2))),
            ("General", number(None)),
            ("#,##0.##", number(None)),
            ("yyyy/m/d", Mark::Date),
            ("yyyy\"年\"m\"月\"", Mark::Date),
            ("[Red]0.0;-0.0", number(Some(1))),
        ] {
            assert_eq!(of_format(code), mark, "{code}");
        }
    }
}
