//! The crate `doubleentry` beside `wallet-ledger`: the same transfers, in memory, on one thread. One line of JSON with
//! transfers a second.
//!
//! `peers [PEOPLE TRANSFERS ROUNDS]`

mod ours;
mod theirs;

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

const PEOPLE: usize = 10_000;
const TRANSFERS: usize = 100_000;
/// Of as many the shortest counts.
const ROUNDS: usize = 5;
/// What everybody begins with, in fen.
const EACH: u32 = 1_000_000;
/// Transfers at a time where they are taken together.
const BATCH: usize = 500;

/// A fen from one person to another.
#[derive(Clone, Copy)]
struct Transfer {
    from: usize,
    to: usize,
}

/// How long some transfers took, and what everybody has after them.
struct Run {
    took: Duration,
    balances: Vec<i128>,
}

/// A way of making them, and its name among the figures.
type Way = (&'static str, fn(usize, &[Transfer]) -> Result<Run>);

const WAYS: [Way; 4] = [
    ("doubleentry_record", |people, asked| theirs::run(people, asked, 1)),
    ("doubleentry_record_batches", |people, asked| theirs::run(people, asked, BATCH)),
    ("ledger_decide_apply", |people, asked| ours::run(people, asked, ours::Journal::Without)),
    ("ledger_decide_apply_journal", |people, asked| ours::run(people, asked, ours::Journal::With)),
];

fn main() -> Result<()> {
    let words = std::env::args().skip(1).map(|word| word.parse().with_context(|| word.clone()));
    let given: Vec<usize> = words.collect::<Result<_>>()?;
    let [people, transfers, rounds] = match given[..] {
        [] => [PEOPLE, TRANSFERS, ROUNDS],
        [people, transfers, rounds] => [people, transfers, rounds],
        _ => anyhow::bail!("peers [PEOPLE TRANSFERS ROUNDS]"),
    };
    ensure!(people > 1 && transfers > 0 && rounds > 0, "nothing to do");
    let asked = chosen(people, transfers);
    let mut best = [Duration::MAX; WAYS.len()];
    // In turn, so that whatever else runs on the machine comes upon all of them.
    for _ in 0..rounds {
        let mut agreed = None;
        for ((name, way), best) in WAYS.iter().zip(&mut best) {
            let Run { took, balances } = way(people, &asked).context(*name)?;
            *best = took.min(*best);
            ensure!(*agreed.get_or_insert_with(|| balances.clone()) == balances, "{name} comes to something else");
        }
    }
    let rate = |took: &Duration| transfers as f64 / took.as_secs_f64();
    let figures = WAYS.iter().zip(&best).map(|((name, _), took)| ((*name).to_owned(), json!(rate(took))));
    println!("{}", serde_json::Value::Object(figures.collect()));
    Ok(())
}

/// The same for everybody who asks for as many.
fn chosen(people: usize, transfers: usize) -> Vec<Transfer> {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut one = || {
        let from = rng.random_range(0..people);
        Transfer { from, to: (from + rng.random_range(1..people)) % people }
    };
    (0..transfers).map(|_| one()).collect()
}
