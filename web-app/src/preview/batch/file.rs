//! A file that was dropped or chosen, and its first lines.

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, TextDecodeOptions, TextDecoder};

use super::columns::{Column, guess, is_personal, remembered};
use super::csv::{Table, separator};
use crate::preview::words::P;
use crate::services::browser;

/// Enough for the header and some lines.
const HEAD_BYTES: f64 = 65_536.0;
const SAMPLES: usize = 3;
/// Headers and what was chosen for them, never a cell.
const MAPPING: &str = "anxin.batch.mapping";

/// A table that can be grouped.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub file: File,
    pub encoding: &'static str,
    pub separator: u8,
    pub columns: Vec<Column>,
    /// Of each column some cells; none of a column that says who somebody is.
    pub samples: Vec<String>,
}

/// Reads the head of a file. Other formats than text join here.
pub async fn open(file: File) -> Result<Opened, P> {
    let head = bytes(&file, 0.0, HEAD_BYTES.min(file.size())).await.map_err(|_| P::FileUnreadable)?;
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(P::FileIsWorkbook);
    }
    let encoding = encoding(&head);
    let text = Decoder::new(encoding).and_then(|decoder| decoder.decode(&head)).map_err(|_| P::FileUnreadable)?;
    let separator = separator(&text);
    let mut rows: Vec<Vec<String>> = Vec::new();
    Table::new(separator).push(text.as_bytes(), |record| {
        if rows.len() <= SAMPLES {
            rows.push(record.texts());
        }
    });
    let mut rows = rows.into_iter();
    let headers = rows.next().ok_or(P::FileEmpty)?;
    let rows: Vec<Vec<String>> = rows.collect();
    let samples = headers.iter().enumerate().map(|(at, header)| {
        let cells = rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty() && !is_personal(header));
        cells.map(|cell| cell.chars().take(24).collect::<String>()).collect::<Vec<_>>().join(" / ")
    });
    let samples = samples.collect();
    let columns = remembered(guess(&headers), &stored());
    Ok(Opened { file, encoding, separator, columns, samples })
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
fn encoding(head: &[u8]) -> &'static str {
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
    fn what_is_not_utf8_is_gbk() {
        assert_eq!(encoding("性别,诊断".as_bytes()), "utf-8");
        assert_eq!(encoding(&"性别".as_bytes()[..4]), "utf-8");
        assert_eq!(encoding(b"\xD0\xD4\xB1\xF0,1"), "gb18030");
        assert_eq!(encoding(b"\xFF\xFEa\0"), "utf-16le");
    }
}
