//! Cases per second over the case file, one thread, parsing of the rows included.
//!
//! `cargo run --release -p anxin-dippack --example dip_bench -- [strict|any]` prints one line of JSON.
#![allow(clippy::print_stdout)]

use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anxin_core::dip::settings::MainOperation;
use anxin_core::dip::{Catalogue, Columns, Explanation, Grouper, Settings, score};

const ROUNDS: u32 = 60;
const SLICE: usize = 200;

fn main() {
    let any = std::env::args().nth(1).as_deref() == Some("any");
    let main_operation = if any { MainOperation::Any } else { MainOperation::Strict };
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let pack = anxin_dippack::catalogue(&rules.join("dip"), "mz-dip2-2024").expect("the tables hold together");
    let bytes = std::fs::read(rules.join("cases/dip/meizhou-2024.tsv.gz")).expect("the case file is there");
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).expect("the case file is whole");

    let start = Instant::now();
    let catalogue = Catalogue::open(&pack).expect("the pack opens");
    let load = start.elapsed();
    let settings = Settings { main_operation, ..catalogue.settings.clone() };
    let catalogue = catalogue.with_settings(settings);
    let (header, body) = text.split_once('\n').expect("a header");
    let columns = Columns::from_header(header.as_bytes()).expect("a header that is read");
    let lines: Vec<&[u8]> = body.as_bytes().split(|b| *b == b'\n').filter(|line| !line.is_empty()).collect();
    let mut grouper = Grouper::new(&catalogue);
    let plain = per_second(&lines, |line| grouper.group_row(&columns.row(line)).label(&catalogue).len());
    let scored = per_second(&lines, |line| {
        let row = columns.row(line);
        let group = grouper.group_row(&row).group.and_then(|id| catalogue.group(id));
        let money = row.money().unwrap_or_default();
        group.map_or(0, |g| score(&catalogue.settings, g, &money, None, None).flags.len())
    });
    let mut why = Explanation::default();
    let traced = per_second(&lines, |line| {
        grouper.explain_row(&columns.row(line), &mut why);
        why.candidates.len()
    });
    println!(
        "{}",
        serde_json::json!({
            "catalogue": catalogue.id, "any": any, "cases": lines.len(), "pack_bytes": pack.len(),
            "load_ms": load.as_secs_f64() * 1e3,
            "plain_per_second": plain, "scored_per_second": scored, "traced_per_second": traced,
        })
    );
}

/// Cases per second: the sum over slices of the file of the shortest time of several rounds, so that
/// whatever else runs on the machine counts as little as possible.
fn per_second(lines: &[&[u8]], mut work: impl FnMut(&[u8]) -> usize) -> f64 {
    let slices: Vec<&[&[u8]]> = lines.chunks(SLICE).collect();
    let mut shortest = vec![Duration::MAX; slices.len()];
    for _ in 0..ROUNDS {
        for (slice, best) in slices.iter().zip(&mut shortest) {
            let start = Instant::now();
            std::hint::black_box(slice.iter().map(|line| work(line)).sum::<usize>());
            *best = start.elapsed().min(*best);
        }
    }
    (lines.len() as f64 / shortest.iter().sum::<Duration>().as_secs_f64()).round()
}
