//! The crate `doubleentry` beside the ledger, both in memory and on one thread. It is never part of this project.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::{Figure, Target};

/// Names the program of `tests/peers`, which `cargo xtask bench` builds where the registry can be reached.
const PROGRAM: &str = "ANXIN_PEER_BOOKS";

pub fn figures() -> Result<Vec<Figure>> {
    let Some(program) = std::env::var_os(PROGRAM) else {
        eprintln!("no peer found: {PROGRAM} names no program");
        return Ok(Vec::new());
    };
    let ran = Command::new(program).output().context(PROGRAM)?;
    ensure!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let told: Value = serde_json::from_slice(&ran.stdout).context(PROGRAM)?;
    let rate = |way: &str| told[way].as_f64().with_context(|| format!("{way} was not measured"));
    let (record, batches) = (rate("doubleentry_record")?, rate("doubleentry_record_batches")?);
    let (bare, journal) = (rate("ledger_decide_apply")?, rate("ledger_decide_apply_journal")?);
    let none = Target::None;
    Ok(vec![
        Figure::new("doubleentry_memory", record, "/s", none),
        Figure::new("doubleentry_memory_batches", batches, "/s", none),
        Figure::new("ledger_memory", bare, "/s", none),
        Figure::new("ledger_memory_with_journal", journal, "/s", none),
        // Whichever way the peer is faster.
        Figure::new("ledger_memory_to_doubleentry", journal / record.max(batches), "times", none),
    ])
}
