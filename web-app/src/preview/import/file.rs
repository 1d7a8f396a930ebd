//! A file that was dropped or chosen, and the guess about it.

use std::rc::Rc;

use anxin_import::{Guess, guess};
use anxin_sheets::{Book, Limits, SheetError};
use serde::{Deserialize, Serialize};
use web_sys::File;

use super::words::I;
use crate::i18n::Lang;
use crate::preview::batch::{Decoder, bytes, encoding_of};
use crate::preview::words::P;

/// A file that holds tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Without its ending.
    pub name: String,
    /// A workbook as it is, a text in UTF-8.
    pub bytes: Rc<Vec<u8>>,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refused {
    OldWorkbook,
    WebPage,
    TooLarge,
    Unreadable,
    NoTable,
}

impl Refused {
    pub fn say(self, lang: Lang) -> &'static str {
        match self {
            Refused::OldWorkbook => P::FileIsOldWorkbook.say(lang),
            Refused::WebPage => P::FileIsWebPage.say(lang),
            Refused::TooLarge => P::FileTooLarge.say(lang),
            Refused::Unreadable => P::FileUnreadable.say(lang),
            Refused::NoTable => I::NoTable.say(lang),
        }
    }
}

impl From<SheetError> for Refused {
    fn from(cause: SheetError) -> Refused {
        match cause {
            SheetError::OldWorkbook => Refused::OldWorkbook,
            SheetError::WebPage => Refused::WebPage,
            SheetError::TooLarge(_) => Refused::TooLarge,
            SheetError::NotATable | SheetError::Damaged(_) | SheetError::NoSuchSheet => Refused::Unreadable,
        }
    }
}

/// Reads the bytes of a file.
pub async fn open(file: File) -> Result<Opened, Refused> {
    let limit = Limits::default().file_bytes;
    if file.size() > f64::from(u32::try_from(limit).unwrap_or(u32::MAX)) {
        return Err(Refused::TooLarge);
    }
    let raw = bytes(&file, 0.0, file.size()).await.map_err(|_| Refused::Unreadable)?;
    let bytes = if is_workbook(&raw) { raw } else { in_utf8(raw)? };
    let name = file.name();
    let name = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    Ok(Opened { name, bytes: Rc::new(bytes) })
}

/// What the tables of a file are taken for.
pub fn guessed(bytes: &[u8]) -> Result<Guess, Refused> {
    let guess = guess(&Book::open(bytes, &Limits::default())?)?;
    if guess.tables.is_empty() { Err(Refused::NoTable) } else { Ok(guess) }
}

/// A workbook, or what an old or protected one begins with.
fn is_workbook(raw: &[u8]) -> bool {
    raw.starts_with(b"PK\x03\x04") || raw.starts_with(b"\xD0\xCF\x11\xE0")
}

/// The browser knows every encoding, so the program does without their tables.
fn in_utf8(raw: Vec<u8>) -> Result<Vec<u8>, Refused> {
    let encoding = encoding_of(&raw);
    if encoding == "utf-8" {
        return Ok(raw);
    }
    let text = Decoder::new(encoding).and_then(|decoder| decoder.decode(&raw));
    text.map(String::into_bytes).map_err(|_| Refused::Unreadable)
}
