//! Grouping: records a second, the reading of their rows included, natively and in Node.

use std::fs;
use std::path::PathBuf;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anxin_core::dip::{self, Catalogue};
use anxin_core::drg::{Columns, Explanation, Grouper, Scheme};
use anxin_core::pack::peek;
use anxin_tests::golden;
use anxin_tests::node::{self, Build, Table};
use anyhow::{Context, Result};

use crate::clock::{per_second, shortest};
use crate::{Figure, Target};

pub const SCHEME: &str = "chs-drg-1.1";
const CATALOGUE: &str = "mz-dip2-2024";
const SLICE: usize = 1_000;
const THREADS: usize = 2;
const ROUNDS: u32 = 10;

pub fn figures() -> Result<Vec<Figure>> {
    Ok([drg_native()?, drg_in_node()?, dip_native()?, dip_in_node()?].concat())
}

fn drg_native() -> Result<Vec<Figure>> {
    let bytes = fs::read(pack_of(SCHEME)?)?;
    let scheme = Scheme::open(&bytes).map_err(|e| anyhow::anyhow!("{e}"))?;
    let text = golden::records(&format!("drg/{SCHEME}"))?;
    let (columns, lines) = drg_rows(&text)?;
    let mut grouper = Grouper::new(&scheme);
    let plain = per_second(&lines, SLICE, |line| grouper.group_row(&columns.row(line)));
    let mut why = Explanation::default();
    let traced = per_second(&lines, SLICE, |line| grouper.explain_row(&columns.row(line), &mut why));
    let alone = whole(&scheme, &columns, &lines, 1);
    let together = whole(&scheme, &columns, &lines, THREADS);
    let load = shortest(|| Scheme::open(&bytes).is_ok());
    Ok(vec![
        Figure::new("drg_native", plain, "/s", Target::AtLeast(1_000_000.0)),
        Figure::new("drg_native_with_trace", traced, "/s", Target::AtLeast(250_000.0)),
        Figure::new("drg_native_two_threads_to_one", together / alone, "times", Target::AtLeast(1.8)),
        Figure::new("drg_native_load", load.as_secs_f64() * 1e3, "ms", Target::AtMost(20.0)),
    ])
}

fn drg_rows(text: &str) -> Result<(Columns, Vec<&[u8]>)> {
    let (header, body) = text.split_once('\n').context("a table without a header")?;
    let columns = Columns::from_header(header.as_bytes()).map_err(|r| anyhow::anyhow!("{r:?}"))?;
    Ok((columns, body.lines().map(str::as_bytes).collect()))
}

/// Records a second when every thread has an equal part of them, by the shortest of several rounds.
fn whole(scheme: &Scheme, columns: &Columns, lines: &[&[u8]], threads: usize) -> f64 {
    let round = || {
        let ready = Barrier::new(threads + 1);
        thread::scope(|scope| {
            for part in lines.chunks(lines.len().div_ceil(threads)) {
                let ready = &ready;
                scope.spawn(move || {
                    let mut grouper = Grouper::new(scheme);
                    ready.wait();
                    for line in part {
                        std::hint::black_box(grouper.group_row(&columns.row(line)));
                    }
                });
            }
            ready.wait();
            Instant::now()
        })
        .elapsed()
    };
    let best: Duration = (0..ROUNDS).map(|_| round()).min().unwrap_or_default();
    lines.len() as f64 / best.as_secs_f64()
}

fn drg_in_node() -> Result<Vec<Figure>> {
    let (rate, load) = node::table(&Table {
        build: Build::Bindings,
        pack: &pack_of(SCHEME)?,
        scheme: SCHEME,
        text: &golden::records(&format!("drg/{SCHEME}"))?,
    })?;
    Ok(vec![
        Figure::new("drg_node_bindings", rate, "/s", Target::AtLeast(400_000.0)),
        Figure::new("drg_node_bindings_load", load, "ms", Target::AtMost(60.0)),
    ])
}

fn dip_native() -> Result<Vec<Figure>> {
    let catalogue = Catalogue::open(&catalogue()?).map_err(|e| anyhow::anyhow!("{e:?}"))?;
    let text = dip_cases()?;
    let (header, body) = text.split_once('\n').context("a table without a header")?;
    let columns = dip::Columns::from_header(header.as_bytes()).map_err(|r| anyhow::anyhow!("{r:?}"))?;
    let lines: Vec<&[u8]> = body.lines().map(str::as_bytes).collect();
    let mut grouper = dip::Grouper::new(&catalogue);
    let plain = per_second(&lines, SLICE / 5, |line| grouper.group_row(&columns.row(line)));
    Ok(vec![Figure::new("dip_native", plain, "/s", Target::AtLeast(500_000.0))])
}

/// Nothing where the door does not group by catalogues.
fn dip_in_node() -> Result<Vec<Figure>> {
    let scratch = tempfile::tempdir()?;
    let pack = scratch.path().join("catalogue.anxpack");
    fs::write(&pack, catalogue()?)?;
    let table = Table { build: Build::Bindings, pack: &pack, scheme: CATALOGUE, text: &dip_cases()? };
    match node::table(&table) {
        Ok((rate, _)) => Ok(vec![Figure::new("dip_node_bindings", rate, "/s", Target::AtLeast(200_000.0))]),
        Err(error) => {
            eprintln!("no figure for DIP in Node: {error:#}");
            Ok(Vec::new())
        }
    }
}

fn catalogue() -> Result<Vec<u8>> {
    let rules = node::project().join("wasm-core/rules/dip");
    anxin_dippack::catalogue(&rules, CATALOGUE).map_err(|lints| anyhow::anyhow!("{lints:?}"))
}

fn dip_cases() -> Result<String> {
    golden::records("dip/meizhou-2024")
}

fn pack_of(scheme: &str) -> Result<PathBuf> {
    pack(&format!("drg/{scheme}"))
}

/// The pack of an id among those that are built.
pub fn pack(id: &str) -> Result<PathBuf> {
    for path in node::packs()? {
        if peek(&fs::read(&path)?).is_ok_and(|header| header.id == id) {
            return Ok(path);
        }
    }
    anyhow::bail!("no pack of {id}")
}
