//! Why a file or sheet is not read.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetError {
    /// Neither a workbook nor text.
    NotATable,
    /// A workbook of before 2007 (`.xls`), or one with a password: to be saved as `.xlsx` without one.
    OldWorkbook,
    /// A web page that is called a workbook.
    WebPage,
    /// A workbook whose parts do not hold together; which part.
    Damaged(String),
    TooLarge(Limit),
    NoSuchSheet,
}

/// A limit that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    File,
    Part,
    Strings,
    Ratio,
    Token,
    Cell,
    Sheets,
    Rows,
    Columns,
    Cells,
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SheetError::NotATable => f.write_str("neither a workbook nor a text table"),
            SheetError::OldWorkbook => f.write_str("an old or encrypted workbook: save it as .xlsx without a password"),
            SheetError::WebPage => f.write_str("a web page, not a workbook: open it and save it as .xlsx"),
            SheetError::Damaged(part) => write!(f, "the workbook is damaged: {part}"),
            SheetError::TooLarge(limit) => write!(f, "larger than is read: {limit:?}"),
            SheetError::NoSuchSheet => f.write_str("no such sheet"),
        }
    }
}

impl std::error::Error for SheetError {}
