//! A table of charges, looked through for those that stand there twice.

use std::ops::ControlFlow;
use std::path::Path;

use anxin_core::preview::{FeeColumns, Fees, RepeatedFees};
use anxin_core::text::Lang;
use anxin_sheets::{Book, Limits};

use super::{read, workbook};
use crate::failure::Failure;
use crate::sheet;

/// Rows of a sheet, as a spreadsheet has them at most.
const ROWS_MAX: u32 = 1_048_576;

/// Charges of a file that stand there more than once.
pub fn repeated(path: &Path) -> Result<RepeatedFees, Failure> {
    let bytes = read::bytes(path)?;
    let text = if workbook::is_one(&bytes) { as_text(&bytes)? } else { read::utf8(bytes)? };
    let rows = read::rows(&text);
    let (header, rows) = rows.split_first().map_or((&[][..], &[][..]), |(header, rows)| (*header, rows));
    let columns = FeeColumns::from_header(header).map_err(|r| Failure::refused(r.within("--fees"), Lang::Zh))?;
    let mut fees = Fees::default();
    for row in rows {
        fees.take(&columns.line(row));
    }
    Ok(fees.repeated())
}

/// The first sheet between tabs.
fn as_text(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let book = Book::open(bytes, &Limits { rows: ROWS_MAX, ..Limits::default() }).map_err(sheet::failure)?;
    let mut text = Vec::new();
    let read = book.rows(0, |row| {
        for (n, cell) in row.cells.iter().enumerate() {
            if n > 0 {
                text.push(b'\t');
            }
            text.extend(cell.text.bytes().map(|b| if matches!(b, b'\t' | b'\n' | b'\r') { b' ' } else { b }));
        }
        text.push(b'\n');
        ControlFlow::Continue(())
    });
    read.map_err(sheet::failure)?;
    Ok(text)
}
