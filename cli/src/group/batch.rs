use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use anxin_core::preview::{BatchCase, Plan, Shelf};
use indicatif::{ProgressBar, ProgressStyle};

use super::fees;
use super::read::{self, Form};
use crate::args::GroupArgs;
use crate::failure::Failure;

/// Rows that a thread takes at a time.
const CHUNK: usize = 2_048;

/// A chunk's rows as they are written, and how many of them were not grouped.
struct Done {
    chunk: usize,
    text: Vec<u8>,
    rows: usize,
    bad: usize,
}

pub fn run(args: &GroupArgs, case: &BatchCase, shelf: &Shelf, input: &Path) -> Result<ExitCode, Failure> {
    let form = Form::of(&args.output, "OUT", "*.tsv, *.csv")?;
    let table = read::table(input, args.sheet.as_deref())?;
    let rows = read::rows(&table);
    let (header, rows) = rows.split_first().map_or((&[][..], &[][..]), |(header, rows)| (*header, rows));
    let plan = Plan::new(shelf, case, header, form.separator()).map_err(|r| Failure::refused(r, case.lang))?;
    let plan = match &args.fees {
        Some(fees) => plan.with_fees(fees::repeated(fees)?),
        None => plan,
    };
    let mut out = writer(&args.output)?;
    let separator = char::from(form.separator()).to_string();
    let failed = |e: io::Error| Failure::file(&args.output, &e);
    writeln!(out, "{}", plan.header().join(&separator)).map_err(failed)?;
    let bar = bar(rows.len());
    let bad = in_order(&plan, rows, threads(args), |done| {
        bar.inc(u64::try_from(done.rows).unwrap_or_default());
        out.write_all(&done.text)
    });
    let bad = bad.map_err(failed)?;
    out.flush().map_err(failed)?;
    bar.finish_and_clear();
    if bad == 0 { Ok(ExitCode::SUCCESS) } else { Err(Failure::Rows { bad, all: rows.len() }) }
}

/// Groups the rows on several threads and hands chunks on in their order. How many rows were not grouped.
fn in_order(
    plan: &Plan<'_>,
    rows: &[&[u8]],
    threads: usize,
    mut take: impl FnMut(&Done) -> io::Result<()>,
) -> io::Result<usize> {
    let next = AtomicUsize::new(0);
    let chunks: Vec<&[&[u8]]> = rows.chunks(CHUNK).collect();
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads.min(chunks.len()) {
            let (send, next, chunks) = (send.clone(), &next, &chunks);
            scope.spawn(move || work(plan, chunks, next, &send));
        }
        drop(send);
        let mut waiting: BTreeMap<usize, Done> = BTreeMap::new();
        let (mut due, mut bad) = (0, 0);
        for done in receive {
            waiting.insert(done.chunk, done);
            while let Some(done) = waiting.remove(&due) {
                take(&done)?;
                bad += done.bad;
                due += 1;
            }
        }
        Ok(bad)
    })
}

fn work(plan: &Plan<'_>, chunks: &[&[&[u8]]], next: &AtomicUsize, send: &mpsc::Sender<Done>) {
    // What the plan was made from is what the worker needs: it has been found already.
    let Ok(mut worker) = plan.worker() else { return };
    loop {
        let chunk = next.fetch_add(1, Ordering::Relaxed);
        let Some(rows) = chunks.get(chunk) else { return };
        let mut text = Vec::with_capacity(rows.len() * 64);
        let bad = rows.iter().filter(|row| !worker.line(row, &mut text)).count();
        // Nobody listens any more when writing has failed.
        if send.send(Done { chunk, text, rows: rows.len(), bad }).is_err() {
            return;
        }
    }
}

fn threads(args: &GroupArgs) -> usize {
    let all = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
    args.threads.map_or_else(all, usize::from)
}

fn writer(path: &Path) -> Result<Box<dyn Write>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(BufWriter::new(io::stdout())));
    }
    let file = fs::File::create(path).map_err(|e| Failure::file(path, &e))?;
    Ok(Box::new(BufWriter::new(file)))
}

/// Shown on a terminal only.
fn bar(rows: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} {per_sec} {eta}");
    let bar = ProgressBar::new(u64::try_from(rows).unwrap_or_default());
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
