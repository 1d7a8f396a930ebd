//! Real files, made on the spot, and files that are not what they say.

use std::io::Write as _;
use std::ops::ControlFlow;

use anxin_sheets::{Book, Cell, Encoding, Limit, Limits, Mark, SheetError};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use rust_xlsxwriter::{Format, Formula, Workbook};

/// Every row of a sheet as `number: cell|cell`.
fn rows(bytes: &[u8], sheet: usize) -> Result<Vec<String>, SheetError> {
    rows_within(bytes, sheet, &Limits::default())
}

fn rows_within(bytes: &[u8], sheet: usize, limits: &Limits) -> Result<Vec<String>, SheetError> {
    let book = Book::open(bytes, limits)?;
    let mut found = Vec::new();
    book.rows(sheet, |row| {
        let texts: Vec<&str> = row.cells.iter().map(|c| c.text.as_str()).collect();
        found.push(format!("{}: {}", row.number, texts.join("|")));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("目录").unwrap();
    sheet.merge_range(0, 0, 0, 2, "某市病种目录", &Format::new()).unwrap();
    sheet.write(2, 0, "A&B <甲>").unwrap();
    sheet.write(2, 2, 44.13).unwrap();
    sheet.write_with_format(3, 0, 44.13, &Format::new().set_num_format("0.0000")).unwrap();
    sheet.write_with_format(3, 1, 45_000, &Format::new().set_num_format("yyyy/m/d")).unwrap();
    sheet.write_formula(4, 0, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_formula(4, 1, Formula::new("=\"E11\"&\".9\"").set_result("E11.9")).unwrap();
    sheet.write(4, 2, true).unwrap();
    let second = book.add_worksheet().set_name("第二页").unwrap();
    second.write(0, 0, "only").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_comes_out_row_by_row() {
    let bytes = workbook();
    let book = Book::open(&bytes, &Limits::default()).unwrap();
    let names: Vec<&str> = book.sheets().iter().map(|s| s.name.as_str()).collect();
    assert_eq!((names, book.encoding()), (vec!["目录", "第二页"], None));
    let expected = ["1: 某市病种目录", "3: A&B <甲>||44.13", "4: 44.13|45000", "5: 2|E11.9|1"];
    assert_eq!(rows(&bytes, 0).unwrap(), expected);
    assert_eq!(rows(&bytes, 1).unwrap(), ["1: only"]);
    assert_eq!(rows(&bytes, 2), Err(SheetError::NoSuchSheet));
    let mut marks = Vec::new();
    book.rows(0, |row| {
        marks.extend(row.cells.iter().filter(|c: &&Cell| !c.is_blank()).map(|c| c.mark));
        ControlFlow::Continue(())
    })
    .unwrap();
    let number = |decimals| Mark::Number { decimals };
    // A formula gives its cached value with its kind.
    let values =
        [Mark::Text, Mark::Text, number(None), number(Some(4)), Mark::Date, number(None), Mark::Text, Mark::Boolean];
    assert_eq!(marks, values);
}

#[test]
fn text_tables_are_read_in_their_encoding() {
    let (gbk, ..) = encoding_rs::GBK.encode("病种编码,分值\r\nI10.x,\"1,205\"\r\n\r\n\"a\"\"b\",=\"44.1300\"\r\n");
    assert_eq!(rows(&gbk, 0).unwrap(), ["1: 病种编码|分值", "2: I10.x|1,205", "4: a\"b|44.1300"]);
    assert_eq!(Book::open(&gbk, &Limits::default()).unwrap().encoding(), Some(Encoding::Gb18030));
    assert_eq!(rows("\u{FEFF}病种\t分值\nI10.x\t1,2".as_bytes(), 0).unwrap(), ["1: 病种|分值", "2: I10.x|1,2"]);
    assert_eq!(rows("病种;分值;1,5\nx;y;z".as_bytes(), 0).unwrap(), ["1: 病种|分值|1,5", "2: x|y|z"]);
    let utf16: Vec<u8> = "\u{FEFF}病种\t1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(rows(&utf16, 0).unwrap(), ["1: 病种|1"]);
}

#[test]
fn an_encoding_that_does_not_fit_is_said() {
    let bytes = b"a,b\nI10.x\xFF\xFF,1\n";
    let book = Book::open(bytes, &Limits::default()).unwrap();
    assert_eq!(book.encoding(), Some(Encoding::Unclear));
    let mut marks = Vec::new();
    book.rows(0, |row| {
        marks.push(row.cells[0].mark);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(marks, [Mark::Text, Mark::Undecodable]);
}

#[test]
fn other_files_are_named() {
    let check = |bytes: &[u8], error: SheetError| assert_eq!(rows(bytes, 0), Err(error));
    check(b"", SheetError::NotATable);
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", SheetError::NotATable);
    check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", SheetError::OldWorkbook);
    check(b" <html><table>", SheetError::WebPage);
    check(b"PK\x03\x04 nothing", SheetError::Damaged("zip".into()));
    check(&zip(&[("word/document.xml", b"<a/>")]), SheetError::NotATable);
}

/// A zip of deflated parts.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    for (name, content) in parts {
        let builder = archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = builder.start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::best()));
        writer.write_all(content).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    out
}

/// A workbook of one sheet with this content.
fn book_of(sheet: &[u8]) -> Vec<u8> {
    let book = br#"<workbook><sheets><sheet name="1" r:id="r1"/></sheets></workbook>"#;
    let relations =
        br#"<Relationships><Relationship Id="r1" Type="a/worksheet" Target="worksheets/1.xml"/></Relationships>"#;
    zip(&[("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", relations), ("xl/worksheets/1.xml", sheet)])
}

#[test]
fn bombs_are_refused() {
    let blanks = [b"<worksheet>".as_slice(), &vec![b' '; 80 << 20]].concat();
    let bomb = book_of(&blanks);
    assert!(bomb.len() < 1 << 20);
    let refused = rows(&bomb, 0);
    assert!(matches!(refused, Err(SheetError::TooLarge(Limit::Token | Limit::Ratio))), "{refused:?}");
    let many = "<row><c><v>1</v></c></row>".repeat(1_000_000);
    let refused = rows(&book_of(format!("<sheetData>{many}").as_bytes()), 0);
    assert!(matches!(refused, Err(SheetError::TooLarge(Limit::Ratio | Limit::Rows))), "{refused:?}");
    let small = Limits { rows: 2, ..Limits::default() };
    assert_eq!(rows_within(b"a\nb\nc\n", 0, &small), Err(SheetError::TooLarge(Limit::Rows)));
    let narrow = Limits { columns: 2, ..Limits::default() };
    assert_eq!(rows_within(b"a,b,c\n", 0, &narrow), Err(SheetError::TooLarge(Limit::Columns)));
    let far = book_of(br#"<sheetData><row><c r="XFD1"><v>1</v></c></row>"#);
    assert_eq!(rows(&far, 0), Err(SheetError::TooLarge(Limit::Columns)));
    let long = format!("{},1", "a".repeat(200 << 10));
    assert_eq!(rows(long.as_bytes(), 0), Err(SheetError::TooLarge(Limit::Cell)));
    let inline = format!("<row><c t=\"str\"><v>{long}</v></c></row>");
    assert_eq!(rows(&book_of(inline.as_bytes()), 0), Err(SheetError::TooLarge(Limit::Cell)));
    let tiny = Limits { file_bytes: 10, ..Limits::default() };
    assert_eq!(rows_within(&far, 0, &tiny), Err(SheetError::TooLarge(Limit::File)));
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    let bytes = workbook();
    for at in (0..bytes.len()).step_by(7) {
        let mut touched = bytes.clone();
        touched[at] ^= 0x55;
        let _ = rows(&touched, 0);
        let _ = rows(&bytes[..at], 0);
    }
    for sheet in [&b"<row><c t=\"s\"><v>9</v></c></row>"[..], b"<row><c t=\"zz\"><v>9</v></c></row>"] {
        assert!(matches!(rows(&book_of(sheet), 0), Err(SheetError::Damaged(_))));
    }
    let entity = b"<row><c t=\"inlineStr\"><is><t>&lol;&#20013;&amp;</t></is></c></row>";
    assert_eq!(rows(&book_of(entity), 0).unwrap(), ["1: 中&"]);
}

#[test]
fn a_hundred_thousand_rows_go_through() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..100_000 {
        for (column, text) in ["I10.x", "44.1300x001", "高血压", "205.5"].into_iter().enumerate() {
            sheet.write(row, u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    // A made-up sheet repeats itself more than any real one.
    let limits = Limits { ratio: 1_000, ..Limits::default() };
    let book = Book::open(&bytes, &limits).unwrap();
    let mut all = 0;
    book.rows(0, |_| {
        all += 1;
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(all, 100_000);
}
