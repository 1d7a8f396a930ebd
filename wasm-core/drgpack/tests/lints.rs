//! Every lint fires on the defect it is for.

mod common;

use anxin_drgpack::{Source, compile};
use common::small;

/// Breaks the small scheme and expects exactly these complaints, each given by a part of its text.
fn check(what: &str, breaks: impl FnOnce(&mut Source), expected: &[&str]) {
    let mut source = small();
    breaks(&mut source);
    let found: Vec<String> = compile(None, &source).err().unwrap_or_default().iter().map(ToString::to_string).collect();
    let all_there = expected.iter().all(|part| found.iter().any(|lint| lint.contains(part)));
    assert!(all_there && found.len() == expected.len(), "{what}: expected {expected:?}, found {found:#?}");
}

fn swap(text: &mut String, from: &str, to: &str) {
    let (from, to) = (from.replace(' ', "\t").replace('~', " "), to.replace(' ', "\t").replace('~', " "));
    assert!(text.contains(&from), "{from:?} is not in the fixture");
    *text = text.replacen(&from, &to, 1);
}

#[test]
fn the_small_scheme_is_whole() {
    check("nothing", |_| {}, &[]);
}

#[test]
fn a_principal_outside_its_mdc_is_noticed() {
    check(
        "out",
        |s| swap(&mut s.diagnoses, "I61.000 B~BB1~BR1", "I61.000 BB1~BR1"),
        &["BB1: principal I61.000 is not in its MDC", "BR1: principal I61.000 is not in its MDC"],
    );
    let excepted = |s: &mut Source| {
        swap(&mut s.diagnoses, "I61.000 B~BB1~BR1", "I61.000 BB1~BR1");
        s.outside_mdc.push_str("BB1\tI61.000\nBR1\tI61.000\n");
    };
    check("excepted", excepted, &[]);
    check("stale", |s| s.outside_mdc.push_str("BB1\tI61.000\n"), &["BB1: I61.000 is an exception that is not needed"]);
}

#[test]
fn cc_tables_are_complete() {
    check("no table", |s| swap(&mut s.diagnoses, "MCC 2 2", "MCC  2"), &["1 CC and MCC codes have no exclusion table"]);
    check(
        "empty table",
        |s| swap(&mut s.diagnoses, "MCC 2 2", "MCC 9 2"),
        &["no principal belongs to exclusion table 9"],
    );
    check(
        "table without level",
        |s| swap(&mut s.diagnoses, "I62.000 B~BZ1   2", "I62.000 B~BZ1  1 2"),
        &["exclusion table 1 but is neither CC nor MCC"],
    );
    check("level", |s| swap(&mut s.diagnoses, "MCC 2 2", "HCC 2 2"), &["\"HCC\" is neither", "neither CC nor MCC"]);
    check("number", |s| swap(&mut s.diagnoses, "MCC 2 2", "MCC 2 x"), &["\"x\" is not a number"]);
}

#[test]
fn rules_use_known_words_and_lists() {
    check("word", |s| swap(&mut s.adrg, "操作 MPROC", "操作 MPROX"), &["BM1: rule: no word \"MPROX\"", "list mproc"]);
    check(
        "empty list",
        |s| swap(&mut s.adrg, "操作 MPROC", "操作 MPROC~|~PROC_A"),
        &["list proc_a, which has no code"],
    );
    check("unused list", |s| swap(&mut s.adrg, "操作 MPROC", "操作 MVALID"), &["list mproc is asked for by no rule"]);
    check(
        "owner",
        |s| swap(&mut s.operations, "01.2400 1 BB1", "01.2400 1 BB1~BX9"),
        &["no MDC or ADRG BX9", "BX9: list mproc is asked for by no rule"],
    );
    check("kind", |s| swap(&mut s.adrg, "1 外科", "1 眼科"), &["\"眼科\" is not"]);
    check("drg rule", |s| swap(&mut s.drg, "BR13 MCC~|~CC", "BR13 MCC~|"), &["BR13: rule"]);
}

#[test]
fn groups_hang_together() {
    check("no last", |s| swap(&mut s.drg, "BB15 TRUE", "BB15 CC"), &["BB1: has no group that takes what"]);
    check("no adrg", |s| swap(&mut s.drg, "BM19 TRUE", "BX19 TRUE"), &["BM1: has no group", "BX1: no group BX1"]);
    check(
        "wrong mdc",
        |s| swap(&mut s.adrg, "NR1 N", "NR1 B"),
        &["NR1: no group B", "NR1: principal C56.x00 is not in its MDC"],
    );
    check("order", |s| swap(&mut s.mdc, "N 2", "N second"), &["N: \"second\" is not a number"]);
}

#[test]
fn tables_are_tables() {
    check("header", |s| swap(&mut s.outside_mdc, "adrg code", "adrg codes"), &["line 1: the header should be"]);
    check("width", |s| s.operations.push_str("99.9900\t1\n"), &["99.9900: 2 cells where the header has 3"]);
    check("repeated", |s| s.operations.push_str("01.2400\t1\tBB1\n"), &["01.2400: stands here twice"]);
    check("spelling", |s| swap(&mut s.diagnoses, "I10.x00", "高I10.x00"), &["高I10.x00: not spelled like a code"]);
    check("valid", |s| swap(&mut s.operations, "38.9300 0", "38.9300 2"), &["38.9300: \"2\" is not a number"]);
    check("region", |s| swap(&mut s.diagnoses, "I10.x00 ", "I10.x00 B0"), &["\"0\" is not a body region"]);
}

#[test]
fn settings_name_what_there_is() {
    check("default", |s| s.manifest.settings[0].default = "guess".into(), &["no setting or choice \"guess\""]);
    let unknown = |s: &mut Source| drop(s.manifest.profiles[0].choices.insert("spelling".into(), "loose".into()));
    check("profile", unknown, &["strict: no setting or choice \"spelling=loose\""]);
    let gate = |s: &mut Source| drop(s.manifest.settings[0].choices[1].rule.insert("XX1".into(), "TRUE".into()));
    check("rule", gate, &["spelling=exact: no group XX1"]);
}
