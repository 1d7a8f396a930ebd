//! The file of 3202: a text in a ZIP, a settlement a line, columns separated by TAB, `null` for what is empty. It is
//! read within limits: what is larger, or another archive than one text, is refused before it is unpacked.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use anxin_core::Fen;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What the text may come to when it is unpacked.
const TEXT_BYTES_MAX: u64 = 8 << 20;
const LINE_BYTES_MAX: usize = 512;
pub const LINES_MAX: usize = 50_000;
const COLUMNS: usize = 8;
const EMPTY: &str = "null";

/// A settlement, or what took one back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub psn_no: String,
    pub mdtrt_id: String,
    pub setl_id: String,
    pub msgid: Option<String>,
    /// 退费结算标志: then no amount is above zero.
    pub refund: bool,
    pub medfee: Fen,
    pub funds: Fen,
    pub acct: Fen,
}

#[cfg(any(test, feature = "doors"))]
impl Row {
    /// As an institution writes it.
    pub fn line(&self) -> String {
        let amounts = [self.medfee, self.funds, self.acct].map(|fen| fen.yuan().to_string()).join("\t");
        let msgid = self.msgid.as_deref().unwrap_or(EMPTY);
        let refund = u8::from(self.refund);
        format!("{}\t{}\t{}\t{msgid}\t{refund}\t{amounts}", self.psn_no, self.mdtrt_id, self.setl_id)
    }
}

/// Where the two sides stand with a settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Equal,
    Differs,
    OnlyInstitution,
    OnlyArea,
}

impl Class {
    pub const ALL: [Class; 4] = [Class::Equal, Class::Differs, Class::OnlyInstitution, Class::OnlyArea];

    pub fn word(self) -> &'static str {
        match self {
            Class::Equal => "equal",
            Class::Differs => "differs",
            Class::OnlyInstitution => "only_institution",
            Class::OnlyArea => "only_area",
        }
    }
}

/// Reads the one text of an archive.
///
/// # Errors
/// With the line, where it is a line's fault, and the rule.
pub fn read(archive: &[u8]) -> Result<Vec<Row>, String> {
    let text = unpack(archive)?;
    if text.contains(['\r', '\u{feff}']) {
        return Err("lines end with LF alone, and there is no BOM".into());
    }
    let mut rows = Vec::new();
    let mut seen = BTreeMap::new();
    let body = text.strip_suffix('\n').unwrap_or(&text);
    for (n, line) in body.split('\n').enumerate().filter(|_| !body.is_empty()) {
        let at = n + 1;
        if at > LINES_MAX {
            return Err(format!("at most {LINES_MAX} lines"));
        }
        let row = row(line).map_err(|rule| format!("line {at}: {rule}"))?;
        if let Some(before) = seen.insert(row.setl_id.clone(), at) {
            return Err(format!("line {at}: setl_id stands in line {before} already"));
        }
        rows.push(row);
    }
    Ok(rows)
}

fn unpack(archive: &[u8]) -> Result<String, String> {
    let not_zip = |_| "a ZIP".to_owned();
    let mut zip = ZipArchive::new(Cursor::new(archive)).map_err(not_zip)?;
    if zip.len() != 1 {
        return Err("a ZIP with one file".into());
    }
    let file = zip.by_index(0).map_err(not_zip)?;
    let name = file.name().map_err(not_zip)?.into_owned();
    let plain = !name.is_empty() && !name.contains(['/', '\\', '\0']) && !name.starts_with('.');
    if !plain || !file.is_file() || file.encrypted() || file.size() > TEXT_BYTES_MAX {
        return Err(format!("one plain file without a folder, of at most {TEXT_BYTES_MAX} bytes"));
    }
    // What the archive says of its size is not relied on.
    let mut text = Vec::new();
    file.take(TEXT_BYTES_MAX + 1).read_to_end(&mut text).map_err(|_| "a ZIP that is whole".to_owned())?;
    if u64::try_from(text.len()).is_ok_and(|size| size > TEXT_BYTES_MAX) {
        return Err(format!("at most {TEXT_BYTES_MAX} bytes"));
    }
    String::from_utf8(text).map_err(|_| "UTF-8".to_owned())
}

fn row(line: &str) -> Result<Row, String> {
    if line.len() > LINE_BYTES_MAX {
        return Err(format!("at most {LINE_BYTES_MAX} bytes"));
    }
    let cells: Vec<&str> = line.split('\t').collect();
    let &[psn_no, mdtrt_id, setl_id, msgid, refund, medfee, funds, acct] = cells.as_slice() else {
        return Err(format!("{COLUMNS} columns"));
    };
    let named = |column: &str, text: &str| {
        let plain = (1..=30).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if plain && text != EMPTY { Ok(text.to_owned()) } else { Err(format!("{column}: 1–30 letters and digits")) }
    };
    let refund = match refund {
        "0" => false,
        "1" => true,
        _ => return Err("refd_setl_flag: 0, 1".into()),
    };
    let amount = |column: &str, text: &str| {
        let fen = Fen::parse_yuan(text).ok_or_else(|| format!("{column}: 1234.50"))?;
        let signed = if refund { fen <= Fen::ZERO } else { fen >= Fen::ZERO };
        if signed { Ok(fen) } else { Err(format!("{column}: {}", if refund { "≤ 0" } else { "≥ 0" })) }
    };
    Ok(Row {
        psn_no: named("psn_no", psn_no)?,
        mdtrt_id: named("mdtrt_id", mdtrt_id)?,
        setl_id: named("setl_id", setl_id)?,
        msgid: if msgid == EMPTY { None } else { Some(named("msgid", msgid)?) },
        refund,
        medfee: amount("medfee_sumamt", medfee)?,
        funds: amount("fund_pay_sumamt", funds)?,
        acct: amount("acct_pay", acct)?,
    })
}

/// Every settlement of either side in one of four classes, in the order of their numbers.
pub fn compare(institution: &[Row], area: &[Row]) -> Vec<(String, Class)> {
    let of =
        |rows: &[Row]| -> BTreeMap<String, Row> { rows.iter().map(|row| (row.setl_id.clone(), row.clone())).collect() };
    let (theirs, ours) = (of(institution), of(area));
    let mut told: Vec<(String, Class)> = Vec::new();
    for (setl_id, row) in &theirs {
        let class = match ours.get(setl_id) {
            None => Class::OnlyInstitution,
            Some(own) if same(row, own) => Class::Equal,
            Some(_) => Class::Differs,
        };
        told.push((setl_id.clone(), class));
    }
    told.extend(ours.into_keys().filter(|id| !theirs.contains_key(id)).map(|id| (id, Class::OnlyArea)));
    told.sort();
    told
}

/// The number of the message is the institution's own business.
fn same(one: &Row, other: &Row) -> bool {
    let of = |row: &Row| (row.psn_no.clone(), row.mdtrt_id.clone(), row.refund, row.medfee, row.funds, row.acct);
    of(one) == of(other)
}

/// A text in a ZIP: one row a line.
pub fn pack(name: &str, lines: impl Iterator<Item = String>) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file(name, options).ok()?;
    for line in lines {
        zip.write_all(line.as_bytes()).and_then(|()| zip.write_all(b"\n")).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LINE: &str = "1\t2\t3\tnull\t0\t10.00\t6.00\t4.00";

    fn zipped(text: &str) -> Vec<u8> {
        pack("detail.txt", text.split('\n').map(str::to_owned)).unwrap()
    }

    fn told(text: &str) -> String {
        read(&zipped(text)).unwrap_err()
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let rows = read(&zipped(&format!("{LINE}\n1\t2\t4\tM1\t1\t-10.00\t-6.00\t-4.00"))).unwrap();
        assert_eq!((rows.len(), rows[1].refund, rows[1].medfee.get()), (2, true, -1_000));
        assert_eq!(read(&zipped(&rows[0].line())).unwrap(), rows[..1]);
        assert_eq!(read(&zipped("")), Ok(Vec::new()));
    }

    #[test]
    fn what_is_wrong_with_a_line_is_told_with_its_number() {
        for (text, rule) in [
            (format!("{LINE}\r"), "LF alone"),
            (format!("\u{feff}{LINE}"), "no BOM"),
            (format!("{LINE}\n{LINE}"), "line 2: setl_id stands in line 1"),
            (format!("{LINE}\n\n"), "line 2: 8 columns"),
            (LINE.replace("\t4.00", ""), "line 1: 8 columns"),
            (format!("{LINE}\t"), "line 1: 8 columns"),
            (LINE.replace("\t3\t", "\tnull\t"), "setl_id"),
            (LINE.replace("\t3\t", "\t\t"), "setl_id"),
            (LINE.replace("\t3\t", "\t=1+1\t"), "setl_id"),
            (LINE.replace("null", ""), "msgid"),
            (LINE.replace("\t0\t", "\t2\t"), "refd_setl_flag"),
            (LINE.replace("10.00", "-10.00"), "medfee_sumamt: ≥ 0"),
            (LINE.replace("\t0\t", "\t1\t"), "medfee_sumamt: ≤ 0"),
            (LINE.replace("6.00", "6.001"), "fund_pay_sumamt"),
            (LINE.replace("4.00", "１"), "acct_pay"),
            ("x".repeat(600), "512 bytes"),
        ] {
            assert!(told(&text).contains(rule), "{text:?}: {}", told(&text));
        }
    }

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, body) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(body).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn only_one_plain_text_is_unpacked() {
        let line = LINE.as_bytes();
        assert_eq!(read(&archive(&[("a.txt", line)])).unwrap().len(), 1);
        for bad in [
            archive(&[]),
            archive(&[("a.txt", line), ("b.txt", line)]),
            archive(&[("../a.txt", line)]),
            archive(&[("/etc/a.txt", line)]),
            archive(&[("a\\b.txt", line)]),
            archive(&[("a.txt", b"\xd2\xbd")]),
            b"PK\x03\x04".to_vec(),
            Vec::new(),
        ] {
            assert!(read(&bad).is_err());
        }
        let whole = archive(&[("a.txt", line)]);
        for cut in 0..whole.len() {
            assert!(read(&whole[..cut]).is_err(), "{cut}");
        }
    }

    /// Nine megabytes of spaces are nine kilobytes in the archive.
    #[test]
    fn a_bomb_is_not_unpacked() {
        let size = usize::try_from(TEXT_BYTES_MAX).unwrap() + 1;
        let bomb = archive(&[("a.txt", &vec![b' '; size])]);
        assert!(bomb.len() < 64 << 10);
        assert!(read(&bomb).unwrap_err().contains("at most"));
        // The same with a size in its headers that is not true.
        let mut liar = bomb.clone();
        let told = u32::try_from(size).unwrap().to_le_bytes();
        for at in 0..liar.len() - 4 {
            if liar[at..at + 4] == told {
                liar[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
            }
        }
        assert!(read(&liar).is_err());
    }

    #[test]
    fn a_settlement_is_in_one_of_four_classes() {
        let row = |id: &str, fen: i64| {
            let mut row = row(&LINE.replace("\t3\t", &format!("\t{id}\t"))).unwrap();
            row.medfee = Fen::new(fen).unwrap();
            row
        };
        let told = compare(&[row("1", 5), row("2", 5), row("3", 5)], &[row("4", 5), row("2", 6), row("1", 5)]);
        let expected =
            [("1", Class::Equal), ("2", Class::Differs), ("3", Class::OnlyInstitution), ("4", Class::OnlyArea)];
        assert_eq!(told, expected.map(|(id, class)| (id.to_owned(), class)));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
        }

        #[test]
        fn no_byte_that_is_changed_makes_it_panic(at in 0_usize..200, byte in any::<u8>()) {
            let mut file = zipped(LINE);
            if let Some(there) = file.get_mut(at) {
                *there = byte;
            }
            let _ = read(&file);
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9a-z.\t\n-]{0,200}") {
            let _ = read(&zipped(&text));
        }
    }
}
