//! CSV and TSV.

use std::borrow::Cow;
use std::ops::ControlFlow;

use crate::encoding::{Encoding, decode};
use crate::{Cell, Limit, Limits, Row, Sheet, SheetError};

pub struct TextTable<'a> {
    pub sheets: [Sheet; 1],
    pub encoding: Encoding,
    text: Cow<'a, str>,
    separator: u8,
    limits: Limits,
}

/// How much of the beginning tells what separates the cells.
const HEAD_BYTES: usize = 8_192;

impl<'a> TextTable<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<TextTable<'a>, SheetError> {
        if bytes.len() > limits.text_bytes {
            return Err(SheetError::TooLarge(Limit::File));
        }
        let (text, encoding) = decode(bytes);
        let head: String = text.chars().take(HEAD_BYTES).collect();
        if head.contains('\0') || head.trim().is_empty() {
            return Err(SheetError::NotATable);
        }
        let start = head.trim_start().to_ascii_lowercase();
        if ["<html", "<!doctype html", "<table", "<?xml"].iter().any(|tag| start.starts_with(tag)) {
            return Err(SheetError::WebPage);
        }
        let separator = separator(&head);
        let sheets = [Sheet { name: String::new(), hidden: false }];
        Ok(TextTable { sheets, encoding, text, separator, limits: limits.clone() })
    }

    pub fn rows(&self, each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>) -> Result<(), SheetError> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .from_reader(self.text.as_bytes());
        let mut record = csv::StringRecord::new();
        let (mut cells, mut seen): (Vec<Cell>, usize) = (Vec::new(), 0);
        let mut lines = Lines { rest: self.text.as_bytes(), at: 0, number: 1 };
        while reader.read_record(&mut record).map_err(|e| SheetError::Damaged(e.to_string()))? {
            let line = lines.number_at(record.position().map_or(0, csv::Position::byte));
            let number = Some(line).filter(|n| *n <= self.limits.rows);
            let number = number.ok_or(SheetError::TooLarge(Limit::Rows))?;
            let used = record
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.trim().is_empty())
                .last()
                .map_or(0, |(last, _)| last + 1);
            seen += used;
            if record.iter().any(|cell| cell.len() > self.limits.cell_bytes) {
                return Err(SheetError::TooLarge(Limit::Cell));
            }
            if used > self.limits.columns {
                return Err(SheetError::TooLarge(Limit::Columns));
            }
            if seen > self.limits.cells {
                return Err(SheetError::TooLarge(Limit::Cells));
            }
            if cells.len() < used {
                cells.resize(used, Cell::default());
            }
            for (cell, text) in cells.iter_mut().zip(record.iter().take(used)) {
                cell.clear();
                cell.of_text(text);
            }
            if used > 0 && each(Row { number, cells: cells.get(..used).unwrap_or_default() }).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// The sign that stands most often in the lines of the beginning; a tab where several do.
fn separator(head: &str) -> u8 {
    let count = |sign: char| head.lines().take(20).map(|line| line.matches(sign).count()).sum::<usize>();
    if count('\t') > 0 {
        return b'\t';
    }
    if count(';') > count(',') { b';' } else { b',' }
}

/// Counts lines up to where a record begins, empty ones too.
struct Lines<'t> {
    rest: &'t [u8],
    at: u64,
    number: u32,
}

impl Lines<'_> {
    fn number_at(&mut self, byte: u64) -> u32 {
        while let Some((first, rest)) = self.rest.split_first() {
            // The reader tells where it began to look: line ends before the record are still to be counted.
            if self.at >= byte && !matches!(first, b'\r' | b'\n') {
                break;
            }
            let alone = *first == b'\r' && rest.first() != Some(&b'\n');
            self.number = self.number.saturating_add(u32::from(*first == b'\n' || alone));
            (self.rest, self.at) = (rest, self.at + 1);
        }
        self.number
    }
}
