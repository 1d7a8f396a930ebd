//! Tables as hospitals send them: XLSX, CSV and TSV in any usual encoding, row by row and within limits.
//!
//! A cell comes out as the text that stands there, with a mark where a spreadsheet may have changed what was
//! typed. Nothing here knows what a table is about.

mod cell;
mod encoding;
mod error;
mod limits;
mod package;
mod strings;
mod styles;
mod text;
mod workbook;
mod worksheet;

use std::ops::ControlFlow;

pub use cell::{Cell, CodeText, Mark, operation_code};
pub use encoding::Encoding;
pub use error::{Limit, SheetError};
pub use limits::Limits;

use text::TextTable;
use workbook::Workbook;

/// A row with its number as people count them, from 1.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    pub number: u32,
    pub cells: &'r [Cell],
}

/// A sheet of a book. A text file is a book of one sheet without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
}

/// A file that was recognised.
pub struct Book<'a>(Content<'a>);

enum Content<'a> {
    Workbook(Box<Workbook<'a>>),
    Text(TextTable<'a>),
}

impl<'a> Book<'a> {
    /// Recognises a file by its content, never by its name.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Book<'a>, SheetError> {
        if bytes.len() > limits.file_bytes {
            return Err(SheetError::TooLarge(Limit::File));
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return Ok(Book(Content::Workbook(Box::new(Workbook::open(bytes, limits)?))));
        }
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(SheetError::OldWorkbook);
        }
        Ok(Book(Content::Text(TextTable::open(bytes, limits)?)))
    }

    pub fn sheets(&self) -> &[Sheet] {
        match &self.0 {
            Content::Workbook(book) => &book.sheets,
            Content::Text(table) => &table.sheets,
        }
    }

    /// How a text file was read; `None` for a workbook.
    pub fn encoding(&self) -> Option<Encoding> {
        match &self.0 {
            Content::Workbook(_) => None,
            Content::Text(table) => Some(table.encoding),
        }
    }

    /// How many rows a sheet says that it has. Not every program writes it, and nothing holds it to be true.
    pub fn declared_rows(&self, sheet: usize) -> Option<u32> {
        match &self.0 {
            Content::Workbook(book) => book.declared_rows(sheet),
            Content::Text(_) => None,
        }
    }

    /// Hands over the rows of a sheet that have something in them, in order, until `each` breaks off.
    pub fn rows(&self, sheet: usize, mut each: impl FnMut(Row<'_>) -> ControlFlow<()>) -> Result<(), SheetError> {
        match &self.0 {
            Content::Workbook(book) => book.rows(sheet, &mut each),
            Content::Text(table) if sheet == 0 => table.rows(&mut each),
            Content::Text(_) => Err(SheetError::NoSuchSheet),
        }
    }
}
