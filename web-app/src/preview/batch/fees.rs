//! 费用明细 beside a table, read in the second thread before the table is.

use std::ops::ControlFlow;

use anxin_core::preview::{FeeField, FeeLine, Fees, RepeatedFees, fee_field, fee_fields_missing};
use serde::{Deserialize, Serialize};
use web_sys::File;

use super::csv::Table;
use super::file::{Decoder, Format, Opened, bytes};
use super::record::Record;
use super::workbook::{self, Cells};

const PIECE_BYTES: f64 = 524_288.0;

/// How a table of charges is stored, and what its columns hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeesTask {
    format: Format,
    header: u32,
    fields: Vec<Option<FeeField>>,
}

impl FeesTask {
    /// The columns by their names, or the names of one that is missing.
    pub fn of(opened: &Opened) -> Result<FeesTask, String> {
        let fields: Vec<Option<FeeField>> = opened.columns.iter().map(|column| fee_field(&column.header)).collect();
        let found: Vec<FeeField> = fields.iter().flatten().copied().collect();
        match fee_fields_missing(&found) {
            Some(names) => Err(names),
            None => Ok(FeesTask { format: opened.format.clone(), header: opened.header, fields }),
        }
    }

    fn take(&self, record: &Record<'_>, fees: &mut Fees) {
        if record.number <= self.header {
            return;
        }
        let mut line = FeeLine::default();
        for (at, field) in self.fields.iter().enumerate() {
            if let Some(field) = field {
                line.put(*field, record.cell(at));
            }
        }
        fees.take(&line);
    }

    /// Reads the whole file.
    pub async fn read(&self, file: &File) -> Result<RepeatedFees, String> {
        let unread = |cause: wasm_bindgen::JsValue| format!("{cause:?}");
        let mut fees = Fees::default();
        match &self.format {
            Format::Text { encoding, separator } => {
                let decoder = Decoder::new(encoding).map_err(unread)?;
                let mut table = Table::new(*separator);
                let (mut from, in_all) = (0.0, file.size());
                while from < in_all {
                    let end = (from + PIECE_BYTES).min(in_all);
                    let raw = bytes(file, from, end).await.map_err(unread)?;
                    let text = decoder.decode(&raw).map_err(unread)?;
                    table.push(text.as_bytes(), |record| self.take(record, &mut fees));
                    from = end;
                }
                table.finish(|record| self.take(record, &mut fees));
            }
            Format::Workbook { sheet } => {
                let raw = bytes(file, 0.0, file.size()).await.map_err(unread)?;
                let book = workbook::open(&raw).map_err(|e| e.to_string())?;
                let mut cells = Cells::default();
                let read = book.rows(*sheet, |row| {
                    self.take(&cells.record(&row, &[]), &mut fees);
                    ControlFlow::Continue(())
                });
                read.map_err(|e| e.to_string())?;
            }
        }
        Ok(fees.repeated())
    }
}
