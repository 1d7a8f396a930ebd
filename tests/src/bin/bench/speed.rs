//! Estimates a second on one thread, natively and in Node, over the golden cases.

use std::fs;

use anxin_core::benefit::Case;
use anxin_core::dispatch::Engine;
use anxin_tests::golden;
use anxin_tests::node::{self, Build};
use anyhow::{Result, ensure};
use serde_json::json;

use crate::clock::{per_second, repeated};
use crate::{Figure, Target};

/// What a page asks while somebody fills in who of two relatives pays for a stay.
const FAMILY: &str = r#"{"call":{"family":{"on":"2026-11-22","ask":{"pay":{
"patient":{"party":{"area":"450800","cover":"resident"},"account_fen":1000,"wallet_fen":500},
"use":"institution","amount_fen":400000,"sharers":[
{"name":"1","party":{"area":"440100","cover":"employee"},"kin":"parent","available_fen":90000,"priority":1,"since":"2026-02-01"},
{"name":"2","party":{"area":"450100","cover":"employee"},"kin":"parent","available_fen":90000,"priority":2,"since":"2026-03-01"}
]}}}},"lang":"zh"}"#;

/// Each golden case so often in a round.
const TIMES: usize = 50;

pub fn figures() -> Result<Vec<Figure>> {
    let packs = node::packs()?;
    let mut engine = Engine::new();
    for pack in &packs {
        engine.load(&fs::read(pack)?)?;
    }
    let cases: Vec<Case> = golden::cases()?;
    ensure!(!cases.is_empty(), "no golden cases");
    let requests: Vec<Vec<u8>> =
        cases.iter().map(|case| json!({ "call": { "estimate": case } }).to_string().into_bytes()).collect();
    let (ranges, exact): (Vec<Case>, Vec<Case>) =
        cases.iter().cloned().partition(|case| engine.estimate(case).is_ok_and(|answer| answer.range.is_some()));
    ensure!(!ranges.is_empty() && !exact.is_empty(), "golden cases of one kind only");
    let estimates = |cases: &[Case], trace| {
        let mut asked = repeated(cases, TIMES);
        asked.iter_mut().for_each(|case| case.options.trace = trace);
        per_second(&asked, cases.len() * 5, |case| engine.estimate(case))
    };
    let native = per_second(&repeated(&requests, TIMES), TIMES, |request| engine.dispatch(request));
    let bindings = node::rate(Build::Bindings, &packs, &requests)?;
    let mini = node::rate(Build::Mini, &packs, &requests)?;
    let family = engine.dispatch(FAMILY.as_bytes());
    ensure!(family.starts_with(br#"{"family":"#), "{}", String::from_utf8_lossy(&family));
    let family = 1e3 / node::rate(Build::Bindings, &packs, &[FAMILY.into()])?;
    Ok(vec![
        Figure::new("family_preview_node", family, "ms", Target::AtMost(2.0)),
        Figure::new("estimate_native_with_trace", estimates(&exact, true), "/s", Target::AtLeast(200_000.0)),
        Figure::new("estimate_native_without_trace", estimates(&exact, false), "/s", Target::AtLeast(1_000_000.0)),
        // A range is what three to seven estimates leave between them.
        Figure::new("range_native_with_trace", estimates(&ranges, true), "/s", Target::None),
        Figure::new("range_native_without_trace", estimates(&ranges, false), "/s", Target::None),
        Figure::new("json_estimate_native", native, "/s", Target::None),
        Figure::new("json_estimate_node_bindings", bindings, "/s", Target::None),
        Figure::new("json_estimate_node_mini", mini, "/s", Target::None),
        Figure::new("node_bindings_to_native", bindings / native, "share", Target::AtLeast(0.5)),
    ])
}
