//! A file that was dropped or chosen, and its first rows.

use std::ops::ControlFlow;

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, TextDecodeOptions, TextDecoder};

use super::columns::{Column, guess, is_personal, known, remembered};
use super::csv::{Table, separator};
use super::workbook::{self, Cells};
use crate::preview::words::P;
use crate::services::browser;

/// Enough for the header and some lines.
const HEAD_BYTES: f64 = 65_536.0;
/// Rows in which a header is looked for.
const HEAD_ROWS: usize = 20;
const SAMPLES: usize = 3;
/// Headers and what was chosen for them, never a cell.
const MAPPING: &str = "anxin.batch.mapping";

/// A table that can be grouped.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub file: File,
    pub format: Format,
    /// The sheets of a workbook, by their numbers in it.
    pub sheets: Vec<(usize, String)>,
    /// The row that names the columns.
    pub header: u32,
    pub columns: Vec<Column>,
    /// Of each column some cells; none of a column that says who somebody is.
    pub samples: Vec<String>,
}

/// How a table is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    Text {
        /// As browsers call it: `utf-8`, `gb18030`.
        encoding: String,
        separator: u8,
    },
    Workbook {
        sheet: usize,
    },
}

/// The first rows, with their places.
type Head = Vec<(u32, Vec<String>)>;

/// Reads the head of a file; of a workbook, that of one sheet.
pub async fn open(file: File, sheet: Option<usize>) -> Result<Opened, P> {
    let head = bytes(&file, 0.0, HEAD_BYTES.min(file.size())).await.map_err(|_| P::FileUnreadable)?;
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
        let whole = bytes(&file, 0.0, file.size()).await.map_err(|_| P::FileUnreadable)?;
        return open_workbook(file, &whole, sheet);
    }
    let encoding = encoding(&head);
    let text = Decoder::new(encoding).and_then(|decoder| decoder.decode(&head)).map_err(|_| P::FileUnreadable)?;
    let separator = separator(&text);
    let mut rows = Head::new();
    Table::new(separator).push(text.as_bytes(), |record| {
        if rows.len() < HEAD_ROWS && !record.is_blank() {
            rows.push((record.number, record.texts()));
        }
    });
    opened(file, Format::Text { encoding: encoding.into(), separator }, Vec::new(), rows)
}

fn open_workbook(file: File, whole: &[u8], sheet: Option<usize>) -> Result<Opened, P> {
    let book = workbook::open(whole).map_err(|cause| workbook::told(&cause))?;
    let visible = book.sheets().iter().enumerate().filter(|(_, sheet)| !sheet.hidden);
    let sheets: Vec<(usize, String)> = visible.map(|(at, sheet)| (at, sheet.name.clone())).collect();
    let sheet = sheet.or(sheets.first().map(|(at, _)| *at)).ok_or(P::FileEmpty)?;
    let (mut rows, mut cells) = (Head::new(), Cells::default());
    let read = book.rows(sheet, |row| {
        rows.push((row.number, cells.record(&row, &[]).texts()));
        if rows.len() < HEAD_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    read.map_err(|cause| workbook::told(&cause))?;
    opened(file, Format::Workbook { sheet }, sheets, rows)
}

fn opened(file: File, format: Format, sheets: Vec<(usize, String)>, mut rows: Head) -> Result<Opened, P> {
    let at = header(&rows);
    if rows.is_empty() {
        return Err(P::FileEmpty);
    }
    let (number, headers) = rows.remove(at);
    let below: Vec<&Vec<String>> = rows.iter().filter(|(n, _)| *n > number).map(|(_, cells)| cells).collect();
    let samples = headers.iter().enumerate().map(|(at, header)| {
        let cells = below.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty() && !is_personal(header));
        cells.take(SAMPLES).map(|cell| cell.chars().take(24).collect::<String>()).collect::<Vec<_>>().join(" / ")
    });
    let samples = samples.collect();
    let columns = remembered(guess(&headers), &stored());
    Ok(Opened { file, format, sheets, header: number, columns, samples })
}

/// The first row that names two columns; a title may stand above it. Else the first row.
fn header(rows: &Head) -> usize {
    rows.iter().position(|(_, cells)| cells.iter().filter(|cell| known(cell)).count() >= 2).unwrap_or_default()
}

fn stored() -> Vec<Column> {
    browser::stored(MAPPING).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

pub fn remember(columns: &[Column]) {
    if let Ok(json) = serde_json::to_string(columns) {
        browser::store(MAPPING, &json);
    }
}

/// The encoding, as browsers call it. What is not UTF-8 is taken to be GB 18030, which holds GBK.
pub fn encoding(head: &[u8]) -> &'static str {
    match std::str::from_utf8(head) {
        _ if head.starts_with(b"\xFF\xFE") => "utf-16le",
        _ if head.starts_with(b"\xFE\xFF") => "utf-16be",
        Ok(_) => "utf-8",
        // The head may end within a character.
        Err(e) if e.error_len().is_none() => "utf-8",
        Err(_) => "gb18030",
    }
}

/// Bytes of a file from one place to another.
pub async fn bytes(file: &Blob, from: f64, to: f64) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(file.slice_with_f64_and_f64(from, to)?.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The browser's own decoder, which knows every encoding and keeps what a piece ends within.
pub struct Decoder {
    decoder: TextDecoder,
    piece: TextDecodeOptions,
}

impl Decoder {
    pub fn new(encoding: &str) -> Result<Decoder, JsValue> {
        let piece = TextDecodeOptions::new();
        piece.set_stream(true);
        Ok(Decoder { decoder: TextDecoder::new_with_label(encoding)?, piece })
    }

    pub fn decode(&self, piece: &[u8]) -> Result<String, JsValue> {
        self.decoder.decode_with_buffer_source_and_options(&Uint8Array::from(piece), &self.piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_stand_above_the_header() {
        let row = |n, cells: &[&str]| (n, cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>());
        let titled =
            vec![row(1, &["某医院出院病例"]), row(3, &["病案号", "性别", "诊断"]), row(4, &["A1", "男", "I10"])];
        assert_eq!(header(&titled), 1);
        assert_eq!(header(&vec![row(1, &["甲", "乙"])]), 0);
    }

    #[test]
    fn what_is_not_utf8_is_gbk() {
        assert_eq!(encoding("性别,诊断".as_bytes()), "utf-8");
        assert_eq!(encoding(&"性别".as_bytes()[..4]), "utf-8");
        assert_eq!(encoding(b"\xD0\xD4\xB1\xF0,1"), "gb18030");
        assert_eq!(encoding(b"\xFF\xFEa\0"), "utf-16le");
    }
}
