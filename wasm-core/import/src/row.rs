//! The cells of a row by what their columns hold.

use anxin_sheets::{Cell, CodeText, Mark, Row, operation_code};

use crate::field::Field;
use crate::guess::Table;
use crate::number::narrow;
use crate::report::{Problem, Reason, shortened};

/// A row with the table that it stands in.
#[derive(Clone, Copy)]
pub struct Line<'r> {
    pub table: &'r Table,
    pub row: Row<'r>,
}

/// Signs that people write for "nothing".
const NOTHING: [&str; 9] = ["-", "--", "—", "——", "/", "无", "nan", "NaN", "保守治疗"];

impl<'r> Line<'r> {
    /// Whether the row is above the data, or repeats the header on a new page.
    pub fn is_header(&self) -> bool {
        let repeats = |(_, column): (&Field, &usize)| {
            let header = self.table.headers.get(*column).map(String::as_str).unwrap_or_default();
            let text = self.row.cells.get(*column).map_or("", |c| c.text.trim());
            !text.is_empty() && text == header
        };
        self.row.number <= self.table.header_row || self.table.columns.iter().any(repeats)
    }

    fn cell(&self, field: Field) -> Option<&'r Cell> {
        let cell = self.row.cells.get(*self.table.columns.get(&field)?)?;
        (!cell.is_blank()).then_some(cell)
    }

    /// The text of a field; nothing where it is blank or says so.
    pub fn text(&self, field: Field) -> Option<&'r str> {
        let text = self.cell(field)?.text.trim();
        (!NOTHING.contains(&text)).then_some(text)
    }

    pub fn mark(&self, field: Field) -> Option<Mark> {
        self.cell(field).map(|cell| cell.mark)
    }

    /// The text of a column; nothing where it is blank or says so.
    pub fn at(&self, column: usize) -> Option<&'r str> {
        let text = self.row.cells.get(column)?.text.trim();
        (!text.is_empty() && !NOTHING.contains(&text)).then_some(text)
    }

    /// Codes as a catalogue writes them: no blanks, no full-width signs, the filler small.
    pub fn code(&self, field: Field) -> Result<Option<String>, Problem> {
        let Some((cell, text)) = self.cell(field).zip(self.text(field)) else { return Ok(None) };
        match cell.mark {
            Mark::Error => Err(self.problem(field, Reason::ErrorCell)),
            Mark::Undecodable => Err(self.problem(field, Reason::Undecodable)),
            Mark::Date => Err(self.problem(field, Reason::CodeAsDate)),
            _ => Ok(Some(tidied(text))),
        }
    }

    /// Operation codes: one that a spreadsheet took for a number is put right where that is certain.
    pub fn operations(&self, field: Field) -> Result<Option<String>, Problem> {
        let Some(text) = self.code(field)? else { return Ok(None) };
        match self.cell(field).map(operation_code) {
            Some(CodeText::Unsure { perhaps, .. }) => Err(self.problem(field, Reason::CodeAsNumber { perhaps })),
            Some(CodeText::Certain(code)) => Ok(Some(tidied(&code))),
            None => Ok(Some(text)),
        }
    }

    pub fn problem_at(&self, column: usize, field: Field, reason: Reason) -> Problem {
        let text = self.row.cells.get(column).map_or(String::new(), |c| shortened(&c.text));
        Problem { text, ..self.problem(field, reason) }
    }

    pub fn problem(&self, field: Field, reason: Reason) -> Problem {
        let text = self.cell(field).map_or(String::new(), |c| shortened(&c.text));
        Problem { sheet: self.table.name.clone(), row: self.row.number, field: Some(field), text, reason }
    }
}

/// Blanks and full-width signs gone, the first letter a capital, the filler after a digit or dot small. Other
/// capitals stay: classes (`ZLXCZ`) and operations of traditional medicine have them.
pub fn tidied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter_map(narrow) {
        let filler = c == 'X' && out.ends_with(|before: char| before.is_ascii_digit() || before == '.');
        out.push(match c {
            _ if filler => 'x',
            first if out.is_empty() => first.to_ascii_uppercase(),
            other => other,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::tidied;

    #[test]
    fn codes_are_tidied_without_touching_classes() {
        for (raw, clean) in [
            (" c34.1：44.1300X001 / 17.972H0 ", "C34.1:44.1300x001/17.972H0"),
            ("E11:ZLXCZ", "E11:ZLXCZ"),
            ("i10.X", "I10.x"),
            ("06.2X02", "06.2x02"),
            ("X95.X", "X95.x"),
        ] {
            assert_eq!(tidied(raw), clean);
        }
    }
}
