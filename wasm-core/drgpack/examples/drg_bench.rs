//! Records per second over a case file, one thread, parsing of the rows included.
//!
//! `cargo run --release -p anxin-drgpack --example drg_bench -- [scheme] [profile]` prints one line of JSON.
#![allow(clippy::print_stdout)]

use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anxin_core::drg::{Columns, Explanation, Grouper, Scheme};

const ROUNDS: u32 = 30;
const SLICE: usize = 1_000;

fn main() {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_else(|| "chs-drg-1.1".into());
    let profile = args.next();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let pack = anxin_drgpack::scheme(&rules.join("drg"), &name).expect("the tables hold together");
    let cases = if name == "guangxi-2022" { "guangxi-2022" } else { "chs-drg-1.1" };
    let bytes = std::fs::read(rules.join(format!("cases/drg/{cases}.tsv.gz"))).expect("the case file is there");
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).expect("the case file is whole");

    let (scheme, load) = fastest(|| Scheme::open_with(&pack, profile.as_deref(), &[]).expect("the pack opens"));
    let (header, body) = text.split_once('\n').expect("a header");
    let columns = Columns::from_header(header.as_bytes()).expect("a header that is read");
    let mut grouper = Grouper::new(&scheme);
    let lines: Vec<&[u8]> = body.as_bytes().split(|b| *b == b'\n').filter(|line| !line.is_empty()).collect();
    let plain = per_second(&lines, |line| grouper.group_row(&columns.row(line)).labels(&scheme).drg.len());
    let mut why = Explanation::default();
    let traced = per_second(&lines, |line| {
        grouper.explain_row(&columns.row(line), &mut why);
        why.misses.len()
    });
    println!(
        "{}",
        serde_json::json!({
            "scheme": name, "profile": profile, "records": lines.len(), "pack_bytes": pack.len(),
            "load_ms": load.as_secs_f64() * 1e3,
            "plain_per_second": plain, "traced_per_second": traced,
        })
    );
}

/// Records per second: the sum over slices of the file of the shortest time of several rounds, so that
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

/// The last answer and the shortest time of several rounds.
fn fastest<T>(mut work: impl FnMut() -> T) -> (T, Duration) {
    let mut timed = || {
        let start = Instant::now();
        let answer = std::hint::black_box(work());
        (answer, start.elapsed())
    };
    let mut best = timed();
    for _ in 1..ROUNDS {
        let (answer, time) = timed();
        best = (answer, best.1.min(time));
    }
    best
}
