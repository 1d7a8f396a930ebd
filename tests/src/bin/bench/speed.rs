//! Estimates a second on one thread, natively and in Node, over the golden cases.

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use anxin_core::benefit::Case;
use anxin_core::dispatch::Engine;
use anxin_tests::golden;
use anxin_tests::node::{self, Build};
use anyhow::{Result, ensure};
use serde_json::json;

use crate::{Figure, Target};

const WARM_UP: Duration = Duration::from_millis(300);
const MEASURED: Duration = Duration::from_secs(2);

pub fn figures() -> Result<Vec<Figure>> {
    let packs = node::packs()?;
    let mut engine = Engine::new();
    for pack in &packs {
        engine.load(&fs::read(pack)?)?;
    }
    let cases: Vec<Case> = golden::cases()?;
    ensure!(!cases.is_empty(), "no golden cases");
    let with_trace = |trace| {
        let set = |mut case: Case| {
            case.options.trace = trace;
            case
        };
        cases.iter().cloned().map(set).collect::<Vec<_>>()
    };
    let requests: Vec<Vec<u8>> =
        cases.iter().map(|case| json!({ "call": { "estimate": case } }).to_string().into_bytes()).collect();

    let estimates =
        |cases: Vec<Case>| rate(cases.len(), || cases.iter().for_each(|c| drop(black_box(engine.estimate(c)))));
    let dispatched = rate(requests.len(), || requests.iter().for_each(|r| drop(black_box(engine.dispatch(r)))));
    let bindings = node::rate(Build::Bindings, &packs, &requests)?;
    let mini = node::rate(Build::Mini, &packs, &requests)?;
    let figure = |bench, value, unit, target| Figure { bench, value, unit, target };
    Ok(vec![
        figure("estimate_native_with_trace", estimates(with_trace(true)), "/s", Target::AtLeast(200_000.0)),
        figure("estimate_native_without_trace", estimates(with_trace(false)), "/s", Target::AtLeast(1_000_000.0)),
        figure("json_estimate_native", dispatched, "/s", Target::None),
        figure("json_estimate_node_bindings", bindings, "/s", Target::None),
        figure("json_estimate_node_mini", mini, "/s", Target::None),
        figure("node_bindings_to_native", bindings / dispatched, "ratio", Target::AtLeast(0.5)),
    ])
}

/// Items a second, when one round of `work` does `items` of them.
fn rate(items: usize, mut work: impl FnMut()) -> f64 {
    let mut rounds = |time: Duration| {
        let (start, mut done) = (Instant::now(), 0_usize);
        while start.elapsed() < time {
            work();
            done += items;
        }
        done as f64 / start.elapsed().as_secs_f64()
    };
    rounds(WARM_UP);
    rounds(MEASURED)
}
