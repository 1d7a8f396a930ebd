//! The packs that ship: they compile, they hold every collected figure, and the register is current.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anxin_core::rules::RuleBook;
use anxin_packer::{File, compile, drafts, read_tree, register_is_current, uncovered};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn authored() -> Vec<File> {
    read_tree(&root().join("wasm-core/rules/benefit")).unwrap()
}

fn books() -> Vec<RuleBook> {
    let packs = compile(&authored())
        .unwrap_or_else(|lints| panic!("{}", lints.iter().map(|lint| format!("{lint}\n")).collect::<String>()));
    packs.iter().map(|(_, bytes)| RuleBook::open(bytes).unwrap()).collect()
}

#[test]
fn every_area_compiles_under_its_code() {
    let codes: Vec<_> = books().into_iter().map(|book| book.region.admdvs).collect();
    let expected = ["450800", "440100", "440700", "441800", "440500", "441500", "440200", "441200", "442000"];
    assert_eq!(codes.iter().collect::<BTreeSet<_>>(), expected.map(String::from).iter().collect::<BTreeSet<_>>());
}

#[test]
fn compiling_twice_gives_the_same_bytes() {
    let once = compile(&authored());
    assert!(once.is_ok());
    assert_eq!(once, compile(&authored()));
}

#[test]
fn every_collected_figure_is_carried_or_left_out_with_a_reason() {
    let carried: BTreeSet<String> = books()
        .iter()
        .flat_map(|book| book.rules().iter().map(|rule| rule.id.to_string()).collect::<Vec<_>>())
        .collect();
    let reasons = std::fs::read_to_string(root().join("wasm-core/rules/benefit/LEFT_OUT.md")).unwrap();
    let left_out: BTreeSet<&str> = reasons
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .filter(|(_, reason)| reason.trim_matches(['|', ' ']).len() > 10)
        .map(|(id, _)| id)
        .collect();
    for id in include_str!("collected.txt").lines() {
        let (kept, dropped) = (carried.contains(id), left_out.contains(id));
        assert!(kept != dropped, "{id}: carried {kept}, left out {dropped}");
    }
}

#[test]
fn every_change_of_a_rule_is_tried_from_both_sides() {
    let files = read_tree(&root().join("wasm-core/rules")).unwrap();
    let cases: Vec<File> = files.iter().filter(|(path, _)| path.starts_with("cases/")).cloned().collect();
    let missing = uncovered(&drafts(&files).unwrap(), &cases);
    assert!(missing.is_empty(), "{}", missing.iter().map(|lint| format!("{lint}\n")).collect::<String>());
}

#[test]
fn the_register_is_current() {
    let path = "docs/COVERAGE.md";
    let text = std::fs::read_to_string(root().join(path)).unwrap();
    assert_eq!(register_is_current(&books(), path, &text), []);
}

#[test]
fn a_cell_is_found_with_its_source() {
    use anxin_core::Day;
    use anxin_core::rules::{Found, Kind, Level, Query, Scheme, Slot};
    let books = books();
    let book = books.iter().find(|book| book.region.slug == "shanwei").unwrap();
    let query = Query::new(Scheme::Resident, Kind::Inpatient).with(Level::Two);
    let day = Day::parse("2024-01-01").unwrap();
    let Found::Known(rule) = book.find(Slot::InpatientRatio, query, None, day) else { panic!("no ratio") };
    assert_eq!((&*rule.id, book.cite(rule).unwrap().key.as_ref()), ("SW.RES.IP.RATIO.2", "sw-res-2024"));
    let before = book.find(Slot::InpatientRatio, query, None, day.yesterday().unwrap());
    assert_eq!(before, Found::NotInForce { from: Some(day) });
}
