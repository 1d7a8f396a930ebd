//! Every case under `rules/cases/benefit/` against the packs as they are compiled now.
//!
//! A case expects settlement fields, how the answer is to be read, what is unknown, and which
//! parameters the trace cites. The listed parameters are compared from both sides: each of them is
//! cited, and whatever changed a figure is listed. A limit that was looked at and not reached may be
//! cited without being listed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anxin_core::benefit::{self, Answer, Case, Reading, Role};
use anxin_core::dispatch::Engine;
use anxin_core::rules::Slot;
use serde::Deserialize;

use common::engine;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Golden {
    title: String,
    #[serde(default)]
    example: Option<String>,
    #[serde(default)]
    case: Option<Case>,
    #[serde(default)]
    year: Vec<Case>,
    expect: Expect,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expect {
    settlement: BTreeMap<String, String>,
    /// The same for each visit of a year.
    each: Vec<BTreeMap<String, String>>,
    least: BTreeMap<String, String>,
    most: BTreeMap<String, String>,
    parameters: Option<BTreeSet<String>>,
    reading: Option<Reading>,
    unknown: Vec<Slot>,
    certainty: Option<anxin_core::rules::Certainty>,
    diagnostics: Vec<benefit::DiagnosticCode>,
    /// Diagnostics that must not be there.
    absent: Vec<benefit::DiagnosticCode>,
    /// What is said of treatment away from home: yes, no, or `null` where it is unknown.
    away: BTreeMap<String, Option<bool>>,
    /// Official figures that ours should differ from, and no others.
    mismatches: Vec<String>,
    open_reading_fen: Option<i64>,
    fund_pay_fen: Option<i64>,
    psn_part_fen: Option<i64>,
    refused: Option<String>,
    refused_field: Option<String>,
}

#[test]
fn every_golden_case_comes_out_as_written() {
    let engine = engine();
    let paths = common::golden_files();
    let mut failures = Vec::new();
    let mut examples = BTreeSet::new();
    for path in &paths {
        let golden: Golden =
            serde_json::from_slice(&fs::read(path).unwrap()).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        examples.extend(golden.example.clone());
        let complaints = check(&engine, golden);
        failures.extend(complaints.into_iter().map(|c| format!("{}: {c}", path.file_name().unwrap().display())));
    }
    assert!(failures.is_empty(), "{} of {} files:\n{}", failures.len(), paths.len(), failures.join("\n"));
    let all: BTreeSet<String> = (1..=12).map(|n| format!("M{n:02}")).collect();
    assert_eq!(examples, all, "a worked example is missing");
}

fn check(engine: &Engine, golden: Golden) -> Vec<String> {
    let mut said = Vec::new();
    assert!(!golden.title.is_empty());
    let expect = golden.expect;
    let answers = match golden.case {
        Some(case) => engine.estimate(&case).map(|a| vec![a]),
        None => benefit::year(|c| engine.estimate(c), golden.year).map(|y| {
            let totals =
                [("fund", expect.fund_pay_fen, y.fund_pay_fen), ("person", expect.psn_part_fen, y.psn_part_fen)];
            for (what, expected, got) in totals {
                if expected.is_some_and(|e| e != got.get()) {
                    said.push(format!("year's {what}: {got:?}, expected {expected:?}"));
                }
            }
            y.answers
        }),
    };
    let answers = match answers {
        Ok(answers) => answers,
        Err(refusal) => {
            if expect.refused.as_deref() != Some(refusal.code.code()) {
                said.push(format!("refused: {refusal}"));
            }
            if expect.refused_field.is_some_and(|f| f != refusal.field) {
                said.push(format!("refused field {}", refusal.field));
            }
            return said;
        }
    };
    if let Some(code) = &expect.refused {
        said.push(format!("taken, but should be refused with {code}"));
    }
    for (answer, fields) in answers.iter().zip(&expect.each) {
        said.extend(fields_differ("", &answer.settlement, fields));
    }
    let Some(last) = answers.last() else { return said };
    said.extend(fields_differ("", &last.settlement, &expect.settlement));
    if let Some(range) = &last.range {
        said.extend(fields_differ("least ", &range.least, &expect.least));
        said.extend(fields_differ("most ", &range.most, &expect.most));
    } else if !expect.least.is_empty() || !expect.most.is_empty() {
        said.push("a range was expected".into());
    }
    if expect.reading.is_some_and(|r| r != last.reading) {
        said.push(format!("reading {:?}; gaps {:?}", last.reading, last.diagnostics));
    }
    if expect.certainty.is_some_and(|c| c != last.certainty) {
        said.push(format!("certainty {:?}", last.certainty));
    }
    for slot in expect.unknown {
        if !last.diagnostics.iter().any(|d| d.slot == Some(slot)) {
            said.push(format!("{} should be named as unknown", slot.word()));
        }
    }
    for code in expect.diagnostics {
        if !last.diagnostics.iter().any(|d| d.code == code) {
            said.push(format!("diagnostic {} is missing", code.word()));
        }
    }
    for code in expect.absent {
        if last.diagnostics.iter().any(|d| d.code == code) {
            said.push(format!("diagnostic {} should not be there", code.word()));
        }
    }
    let away = serde_json::to_value(&last.away).unwrap();
    for (fact, yes) in expect.away {
        if away[&fact]["yes"] != serde_json::json!(yes) || away[&fact].is_null() {
            said.push(format!("away.{fact}: {}, expected {yes:?}", away[&fact]));
        }
    }
    let differ: Vec<&str> = last.mismatches.iter().map(|m| m.field.as_str()).collect();
    if differ != expect.mismatches {
        said.push(format!("official figures that differ: {differ:?}"));
    }
    if let Some(fen) = expect.open_reading_fen {
        let got = last.diagnostics.iter().find(|d| d.code == benefit::DiagnosticCode::OpenReading).and_then(|d| d.fen);
        if got.map(|f| f.get()) != Some(fen) {
            said.push(format!("open reading differs by {got:?}"));
        }
    }
    if let Some(listed) = expect.parameters {
        said.extend(parameters_differ(&answers, &listed));
    }
    said
}

fn fields_differ(end: &str, got: &benefit::Settlement, expected: &BTreeMap<String, String>) -> Vec<String> {
    let got = serde_json::to_value(got).unwrap();
    let differs = expected.iter().filter(|(k, v)| got.get(k.as_str()).and_then(|g| g.as_str()) != Some(v.as_str()));
    differs.map(|(k, v)| format!("{end}{k}: {}, expected {v}", got[k.as_str()])).collect()
}

fn parameters_differ(answers: &[Answer], listed: &BTreeSet<String>) -> Vec<String> {
    let cited: Vec<_> = answers.iter().flat_map(|a| &a.settlement.steps).flat_map(|s| &s.params).collect();
    let missing = listed.iter().filter(|id| !cited.iter().any(|c| *c.id == **id));
    let applied: BTreeSet<&str> = cited.iter().filter(|c| c.role == Role::Applied).map(|c| &*c.id).collect();
    let extra = applied.iter().filter(|id| !listed.contains(**id));
    let mut said: Vec<String> = missing.map(|id| format!("{id} is not cited")).collect();
    said.extend(extra.map(|id| format!("{id} is applied but not listed")));
    said
}
