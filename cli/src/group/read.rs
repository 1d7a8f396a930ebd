//! A table as bytes in UTF-8, whatever it was kept in.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};

use super::workbook;
use crate::failure::Failure;

/// What a table is written in, by the ending of its name. What is read is told from the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Tabs,
    Commas,
}

impl Form {
    /// Standard input and output, and names without an ending, have tabs. Refused, with what is accepted, for
    /// any other ending.
    pub fn of(path: &Path, field: &str, accepted: &str) -> Result<Form, Failure> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("csv") => Ok(Form::Commas),
            Some("tsv" | "tab" | "txt") | None => Ok(Form::Tabs),
            Some(_) => Err(Failure::refused(Refusal::new(RefusalCode::Malformed, field, accepted), Lang::Zh)),
        }
    }

    pub fn separator(self) -> u8 {
        match self {
            Form::Tabs => b'\t',
            Form::Commas => b',',
        }
    }
}

/// A whole file, or standard input for `-`.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        fs::read(path).map(|read| bytes = read)
    };
    read.map_err(|e| Failure::file(path, &e)).map(|()| bytes)
}

/// A whole table in UTF-8, a sheet of a workbook tab-separated.
pub fn table(path: &Path, sheet: Option<&str>) -> Result<Vec<u8>, Failure> {
    let bytes = bytes(path)?;
    if workbook::is_one(&bytes) {
        return workbook::table(&bytes, sheet);
    }
    if sheet.is_some() {
        return Err(Failure::refused(Refusal::new(RefusalCode::Malformed, "--sheet", "IN: *.xlsx"), Lang::Zh));
    }
    // Text that is called a workbook is read as the text that it is.
    if path.extension().is_none_or(|ending| ending != "xlsx" && ending != "xls") {
        Form::of(path, "IN", "*.xlsx, *.tsv, *.csv")?;
    }
    utf8(bytes)
}

/// Tables from hospitals are often in GBK; GB 18030 is its superset.
pub fn utf8(bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
    if std::str::from_utf8(&bytes).is_ok() {
        return Ok(bytes);
    }
    let (text, malformed) = encoding_rs::GB18030.decode_without_bom_handling(&bytes);
    if malformed {
        return Err(Failure::refused(Refusal::new(RefusalCode::Malformed, "IN", "UTF-8, GBK"), Lang::Zh));
    }
    Ok(text.into_owned().into_bytes())
}

/// The rows of a table, blank ones left out. A line end inside quotes belongs to its cell.
pub fn rows(table: &[u8]) -> Vec<&[u8]> {
    let whole = |line: &&[u8]| !line.trim_ascii().is_empty();
    if !table.contains(&b'"') {
        return table.split(|b| *b == b'\n').filter(whole).collect();
    }
    let mut quoted = false;
    let ends = |b: &u8| {
        quoted ^= *b == b'"';
        *b == b'\n' && !quoted
    };
    table.split(ends).filter(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_in_quotes_ends_no_row() {
        assert_eq!(rows(b"a,b\n\"x\ny\",1\r\n\n2,3"), [b"a,b".as_slice(), b"\"x\ny\",1\r", b"2,3"]);
    }

    #[test]
    fn gbk_is_read_and_rubbish_refused() {
        let (gbk, ..) = encoding_rs::GBK.encode("性别,诊断编码");
        assert_eq!(utf8(gbk.into_owned()).unwrap(), "性别,诊断编码".as_bytes());
        assert!(utf8(vec![0xff, 0xff, b'a']).is_err());
    }
}
