//! How long a catalogue of 12,000 rows takes from the bytes of an XLSX to a pack that is open.
//!
//! `cargo run --release -p anxin-import --example import_bench -- [rows]` prints one line of JSON.
#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};

use anxin_core::dip::Catalogue;
use anxin_import::{DipOptions, Editions, guess, import_dip};
use anxin_sheets::{Book, Limits};
use rust_xlsxwriter::Workbook;

fn main() {
    let rows: u32 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(12_000);
    let bytes = workbook(rows);
    let options = DipOptions { id: "bench".into(), edition: "2026-01-01".into(), ..DipOptions::default() };
    let mut best = Duration::MAX;
    let mut groups = 0;
    for _ in 0..10 {
        let start = Instant::now();
        let book = Book::open(&bytes, &Limits::default()).expect("a workbook");
        let guess = guess(&book).expect("columns");
        let import = import_dip(&book, &guess, &options, &Editions::default()).expect("rows");
        let pack = import.pack().expect("a pack");
        groups = Catalogue::open(&pack).expect("a catalogue").groups().count();
        best = best.min(start.elapsed());
    }
    let report = serde_json::json!({
        "rows": rows, "xlsx_bytes": bytes.len(), "groups": groups, "ms": best.as_secs_f64() * 1e3,
    });
    println!("{report}");
}

/// A catalogue in five columns, every row another group.
fn workbook(rows: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["序号", "主要诊断编码", "主要诊断名称", "主要手术操作编码", "病种分值"]).expect("a header");
    for n in 0..rows {
        let (row, letter) = (n + 1, char::from(b'A' + u8::try_from(n % 26).unwrap_or(0)));
        let key = format!("{letter}{:02}.{}", n / 26 % 100, n / 2_600 % 10);
        let operation = format!("{:02}.{:04}/{:02}.{:04}x001", n % 99, n % 9_973, n % 97, n % 9_967);
        sheet.write(row, 0, n + 1).expect("a cell");
        sheet.write(row, 1, key.as_str()).expect("a cell");
        sheet.write(row, 2, format!("诊断{n}")).expect("a cell");
        sheet.write(row, 3, operation).expect("a cell");
        sheet.write(row, 4, f64::from(n % 5_000) + 10.5).expect("a cell");
    }
    book.save_to_buffer().expect("a file")
}
