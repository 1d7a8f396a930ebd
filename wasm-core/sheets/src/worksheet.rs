//! The rows of one sheet, streamed.

use std::ops::ControlFlow;

use quick_xml::events::{BytesStart, Event};

use crate::package::{Package, damaged};
use crate::strings::{Strings, attribute, push_text};
use crate::styles::Styles;
use crate::{Cell, Limit, Limits, Mark, Row, SheetError};

/// What a cell's value is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    /// Text of a formula or of the cell itself.
    Text,
    Boolean,
    Error,
    Date,
}

/// A sheet in the act of being read.
struct Reading<'s> {
    strings: &'s Strings,
    styles: &'s Styles,
    limits: &'s Limits,
    cells: Vec<Cell>,
    used: usize,
    row: u32,
    /// Of the cell that is open.
    column: usize,
    kind: Kind,
    style: Option<usize>,
    value: String,
    seen: usize,
}

pub fn rows(
    package: &Package<'_>,
    path: &str,
    strings: &Strings,
    styles: &Styles,
    limits: &Limits,
    each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>,
) -> Result<(), SheetError> {
    let mut xml = package.xml(path)?;
    let mut reading = Reading {
        strings,
        styles,
        limits,
        cells: Vec::new(),
        used: 0,
        row: 0,
        column: 0,
        kind: Kind::Number,
        style: None,
        value: String::new(),
        seen: 0,
    };
    let (mut buffer, mut in_value, mut phonetic) = (Vec::new(), false, false);
    while let Some(event) = xml.next(&mut buffer)? {
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "row" => reading.open_row(tag)?,
                "c" => reading.open_cell(tag, path)?,
                "v" | "t" => in_value = !phonetic,
                "rPh" => phonetic = true,
                _ => {}
            },
            // An empty cell only counts.
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "row" => reading.open_row(tag)?,
                "c" => reading.open_cell(tag, path)?,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => in_value = false,
                "rPh" => phonetic = false,
                "c" => reading.close_cell()?,
                "row" if reading.close_row(each).is_break() => return Ok(()),
                "sheetData" => return Ok(()),
                _ => {}
            },
            event if in_value => push_text(event, &mut reading.value),
            _ => {}
        }
    }
    Ok(())
}

/// The last row of the range that stands before the rows: `A1:H2501` is 2501.
pub fn declared_rows(package: &Package<'_>, path: &str) -> Option<u32> {
    let mut xml = package.xml(path).ok()?;
    let mut buffer = Vec::new();
    while let Some(event) = xml.next(&mut buffer).ok()? {
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            match tag.local_name().as_ref() {
                "dimension" => {
                    let range = attribute(tag, "ref")?;
                    return range
                        .rsplit(':')
                        .next()?
                        .trim_start_matches(|c: char| c.is_ascii_alphabetic())
                        .parse()
                        .ok();
                }
                "sheetData" => return None,
                _ => {}
            }
        }
    }
    None
}

impl Reading<'_> {
    fn open_row(&mut self, tag: &BytesStart<'_>) -> Result<(), SheetError> {
        let told = attribute(tag, "r").and_then(|r| r.parse().ok());
        // A number that goes back would put rows out of order.
        self.row = told.filter(|n| *n > self.row).unwrap_or(self.row.saturating_add(1));
        self.column = 0;
        Ok(())
    }

    fn open_cell(&mut self, tag: &BytesStart<'_>, path: &str) -> Result<(), SheetError> {
        self.value.clear();
        (self.kind, self.style) = (Kind::Number, None);
        let mut column = None;
        for attribute in tag.attributes().with_checks(false).flatten() {
            let value = &attribute.value;
            match attribute.key.as_ref() {
                "r" => column = column_of(value),
                "s" => self.style = value.parse().ok(),
                "t" => {
                    self.kind = match value.as_ref() {
                        "s" => Kind::Shared,
                        "str" | "inlineStr" => Kind::Text,
                        "b" => Kind::Boolean,
                        "e" => Kind::Error,
                        "d" => Kind::Date,
                        "n" => Kind::Number,
                        _ => return Err(damaged(path)),
                    }
                }
                _ => {}
            }
        }
        self.column = column.unwrap_or(self.column + 1);
        self.seen += 1;
        if self.seen > self.limits.cells { Err(SheetError::TooLarge(Limit::Cells)) } else { Ok(()) }
    }

    /// `self.column` counts from 1.
    fn close_cell(&mut self) -> Result<(), SheetError> {
        if self.value.is_empty() {
            return Ok(());
        }
        if self.column > self.limits.columns {
            return Err(SheetError::TooLarge(Limit::Columns));
        }
        if self.row > self.limits.rows {
            return Err(SheetError::TooLarge(Limit::Rows));
        }
        if self.cells.len() < self.column {
            self.cells.resize(self.column, Cell::default());
        }
        let Some(cell) = self.column.checked_sub(1).and_then(|at| self.cells.get_mut(at)) else { return Ok(()) };
        cell.clear();
        cell.mark = match self.kind {
            Kind::Shared => {
                let shared = self.value.trim().parse().ok().and_then(|n| self.strings.get(n));
                let shared = shared.ok_or_else(|| damaged("sharedStrings"))?;
                // One long text in every cell of a row would be many times the file.
                if shared.len() > self.limits.cell_bytes {
                    return Err(SheetError::TooLarge(Limit::Cell));
                }
                cell.text.push_str(shared);
                Mark::Text
            }
            Kind::Number => {
                plain_number(self.value.trim(), &mut cell.text);
                self.styles.of_number(self.style)
            }
            kind => {
                cell.text.push_str(&self.value);
                match kind {
                    Kind::Boolean => Mark::Boolean,
                    Kind::Error => Mark::Error,
                    Kind::Date => Mark::Date,
                    _ => Mark::Text,
                }
            }
        };
        self.used = self.used.max(self.column);
        if cell.text.len() > self.limits.cell_bytes { Err(SheetError::TooLarge(Limit::Cell)) } else { Ok(()) }
    }

    fn close_row(&mut self, each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
        let cells = self.cells.get_mut(..self.used).unwrap_or_default();
        let flow = if cells.iter().any(|cell| !cell.is_blank()) {
            each(Row { number: self.row, cells })
        } else {
            ControlFlow::Continue(())
        };
        cells.iter_mut().for_each(Cell::clear);
        self.used = 0;
        flow
    }
}

/// `AB12` is column 28.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.take(4).try_fold(0_usize, |n, letter| {
        let digit = usize::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
        n.checked_mul(26)?.checked_add(digit)
    })?;
    (column > 0).then_some(column)
}

/// A number as a spreadsheet shows it: fifteen digits, no exponent. Most stand there like that already.
fn plain_number(text: &str, into: &mut String) {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && value.abs() < 1e15 && (!plain || digits > 15) => {
            into.push_str(&fifteen_digits(value));
        }
        _ => into.push_str(text),
    }
}

fn fifteen_digits(value: f64) -> String {
    let whole = format!("{:.0}", value.abs().trunc()).len();
    let places = 15_usize.saturating_sub(whole);
    let text = format!("{value:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_as_they_are_shown() {
        for (raw, shown) in [
            ("44.13", "44.13"),
            ("1332.0802000000001", "1332.0802"),
            ("0.10000000000000001", "0.1"),
            ("1.2E3", "1200"),
            ("5.0000000000000003E-2", "0.05"),
            ("99.280000000000001", "99.28"),
            ("-3", "-3"),
            ("1e400", "1e400"),
        ] {
            let mut text = String::new();
            plain_number(raw, &mut text);
            assert_eq!(text, shown, "{raw}");
        }
    }

    #[test]
    fn columns_are_counted_from_one() {
        assert_eq!(column_of("A1"), Some(1));
        assert_eq!(column_of("AB12"), Some(28));
        assert_eq!(column_of("12"), None);
    }
}
