//! A sheet of records as the tab-separated table that grouping reads.

use std::ops::ControlFlow;

use anxin_core::code::System;
use anxin_core::dip::codes_under;
use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};
use anxin_sheets::{Book, Cell, CodeText, Limits, Mark, Row, operation_code};

use crate::failure::Failure;
use crate::sheet;

/// Rows of a sheet, as a spreadsheet has them at most.
const ROWS_MAX: u32 = 1_048_576;
/// Cells in doubt that a refusal names.
const NAMED_MAX: usize = 5;

/// A workbook, new or old: the old ones are refused by name.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Refused where a spreadsheet has changed a code beyond what can be put back: a group by half of the codes
/// would look like any other.
pub fn table(bytes: &[u8], sheet: Option<&str>) -> Result<Vec<u8>, Failure> {
    let book = Book::open(bytes, &Limits { rows: ROWS_MAX, ..Limits::default() }).map_err(sheet::failure)?;
    let number = sheet.map_or(Ok(0), |asked| sheet::number(&book, asked))?;
    let mut lines = Lines::default();
    book.rows(number, |row| {
        lines.take(row);
        ControlFlow::Continue(())
    })
    .map_err(sheet::failure)?;
    if lines.doubtful == 0 {
        return Ok(lines.text);
    }
    let named = lines.named.join("; ");
    let more = if lines.doubtful > NAMED_MAX { format!("; … ({})", lines.doubtful) } else { String::new() };
    Err(Failure::refused(Refusal::new(RefusalCode::Malformed, "IN", format!("{named}{more}")), Lang::Zh))
}

#[derive(Default)]
struct Lines {
    text: Vec<u8>,
    /// What codes each column has, once the header has been met.
    codes: Option<Vec<Option<System>>>,
    doubtful: usize,
    named: Vec<String>,
}

impl Lines {
    /// Rows above the one that names a column of diagnoses are titles.
    fn take(&mut self, row: Row<'_>) {
        let Some(codes) = self.codes.take() else {
            let codes: Vec<Option<System>> = row.cells.iter().map(|cell| codes_under(&cell.text)).collect();
            if codes.contains(&Some(System::Diagnosis)) {
                self.write(row.cells.iter().map(|cell| cell.text.clone()));
                self.codes = Some(codes);
            }
            return;
        };
        let mut cells = Vec::with_capacity(codes.len());
        for (n, cell) in row.cells.iter().enumerate() {
            let read = match codes.get(n).copied().flatten() {
                Some(system) => code(cell, system),
                None => Ok(cell.text.clone()),
            };
            cells.push(read.unwrap_or_else(|perhaps| {
                self.doubtful += 1;
                if self.named.len() < NAMED_MAX {
                    self.named.push(format!("row {}: {:?} ≠ {perhaps}", row.number, cell.text));
                }
                String::new()
            }));
        }
        self.codes = Some(codes);
        self.write(cells.into_iter());
    }

    fn write(&mut self, cells: impl Iterator<Item = String>) {
        for (n, cell) in cells.enumerate() {
            if n > 0 {
                self.text.push(b'\t');
            }
            self.text.extend(cell.bytes().map(|b| if matches!(b, b'\t' | b'\n' | b'\r') { b' ' } else { b }));
        }
        self.text.push(b'\n');
    }
}

/// The codes of a cell, or what would be one.
fn code(cell: &Cell, system: System) -> Result<String, String> {
    match cell.mark {
        Mark::Date | Mark::Error | Mark::Boolean | Mark::Undecodable => Err("text".into()),
        Mark::Number { .. } if system == System::Operation => match operation_code(cell) {
            CodeText::Certain(code) => Ok(code),
            CodeText::Unsure { perhaps, .. } => Err(perhaps),
        },
        Mark::Number { .. } | Mark::Text => Ok(cell.text.clone()),
    }
}
