//! Workbooks: the rows of a sheet as records.

use anxin_core::Day;
use anxin_sheets::{Book, Cell, CodeText, Limits, Mark, Row, SheetError, operation_code};

use super::columns::{Column, Field};
use super::record::Record;
use crate::preview::words::P;

/// A sheet holds at most 1,048,576 rows; they are read one after the other.
pub fn limits() -> Limits {
    Limits {
        file_bytes: 128 << 20,
        part_bytes: 1 << 30,
        string_bytes: 96 << 20,
        rows: 1_048_576,
        cells: 200_000_000,
        ..Limits::default()
    }
}

pub fn open(bytes: &[u8]) -> Result<Book<'_>, SheetError> {
    Book::open(bytes, &limits())
}

/// What is told about a workbook that is not read.
pub fn told(cause: &SheetError) -> P {
    match cause {
        SheetError::OldWorkbook => P::FileIsOldWorkbook,
        SheetError::WebPage => P::FileIsWebPage,
        SheetError::TooLarge(_) => P::FileTooLarge,
        SheetError::NotATable | SheetError::Damaged(_) | SheetError::NoSuchSheet => P::FileUnreadable,
    }
}

/// The cells of a row, used again for the next.
#[derive(Default)]
pub struct Cells {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    pub fn record(&mut self, row: &Row<'_>, columns: &[Column]) -> Record<'_> {
        self.bytes.clear();
        self.ends.clear();
        for (at, cell) in row.cells.iter().enumerate() {
            let field = columns.get(at).and_then(|column| column.field);
            self.bytes.extend_from_slice(text(cell, field).as_bytes());
            self.ends.push(self.bytes.len());
        }
        Record::new(row.number, &self.bytes, &self.ends)
    }
}

/// What was typed into a cell, where a spreadsheet made something else of it.
fn text(cell: &Cell, field: Option<Field>) -> std::borrow::Cow<'_, str> {
    match (cell.mark, field) {
        (Mark::Date, _) => day(&cell.text).map_or(cell.text.as_str().into(), |day| day.to_string().into()),
        (Mark::Number { .. }, Some(Field::MainOperation | Field::Operations)) => match operation_code(cell) {
            CodeText::Certain(code) => code.into(),
            // Which code it was cannot be known, so it stays one that no dictionary has.
            CodeText::Unsure { stands, .. } => stands.into(),
        },
        _ => cell.text.as_str().into(),
    }
}

/// The day of a number of days as workbooks count them; hours stand behind the dot.
fn day(number: &str) -> Option<Day> {
    let days: i32 = number.split('.').next()?.parse().ok()?;
    Day::new(1899, 12, 30)?.days_later(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(&str, Mark)], fields: &[Option<Field>]) -> Vec<String> {
        let cells: Vec<Cell> = cells.iter().map(|(text, mark)| Cell { text: (*text).into(), mark: *mark }).collect();
        let column = |field: &Option<Field>| Column { header: String::new(), field: *field, keep: true };
        let columns: Vec<Column> = fields.iter().map(column).collect();
        Cells::default().record(&Row { number: 7, cells: &cells }, &columns).texts()
    }

    #[test]
    fn what_a_spreadsheet_changed_is_put_back_where_that_is_certain() {
        let number = Mark::Number { decimals: None };
        let cells = [("45292.5", Mark::Date), ("3.8301", number), ("44.13", number), ("3.8301", number)];
        let fields = [None, Some(Field::Operations), Some(Field::MainOperation), Some(Field::Age)];
        assert_eq!(row(&cells, &fields), ["2024-01-01", "03.8301", "44.13", "3.8301"]);
        assert_eq!(row(&[("x", Mark::Date)], &[]), ["x"]);
    }
}
