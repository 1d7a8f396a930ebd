//! Workbooks and text tables that are named on the command line.

use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};
use anxin_sheets::{Book, SheetError};

use crate::failure::Failure;

pub fn failure(error: SheetError) -> Failure {
    Failure::refused(Refusal::new(RefusalCode::Malformed, "FILE", error.to_string()), Lang::Zh)
}

/// A sheet by its name, else by its number from 1.
pub fn number(book: &Book<'_>, asked: &str) -> Result<usize, Failure> {
    let sheets = book.sheets();
    let named = sheets.iter().position(|sheet| sheet.name == asked);
    let counted = || asked.parse::<usize>().ok()?.checked_sub(1).filter(|n| *n < sheets.len());
    named.or_else(counted).ok_or_else(|| {
        let known: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        Failure::refused(Refusal::new(RefusalCode::Malformed, "--sheet", known.join(", ")), Lang::Zh)
    })
}
