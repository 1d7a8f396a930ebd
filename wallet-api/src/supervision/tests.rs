use anxin_core::text::Lang;
use anxin_core::{Day, Fen};
use std::path::Path;
use wallet_ledger::OwnerId;
use wallet_types::DrugLine;

use super::{Lack, Look, Past, Supervision};

const DRUG: &str = "XDEMO00000000000000001";
const HERB: &str = "TDEMO00000000000000002";

fn rules() -> Supervision {
    Supervision::read(Path::new(""), true).unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn line(drug: &str, codes: &[&str], count: u32) -> DrugLine {
    let codes = codes.iter().map(|code| (*code).to_owned()).collect();
    DrugLine { drug: drug.into(), codes, split: false, count, days: None, old_stock: false, rx: None, amount_fen: None }
}

fn lacks(line: &DrugLine, inpatient: bool, on: &str) -> Result<Vec<(String, u32)>, String> {
    let takes = rules().takes(std::slice::from_ref(line), "pharmacy", inpatient, day(on));
    let takes = takes.map_err(|Lack { field, .. }| field)?;
    Ok(takes.into_iter().map(|take| (take.trace, take.units)).collect())
}

#[test]
fn a_listed_drug_needs_its_code_from_the_day_on_which_it_is_asked_for() {
    let without = line(DRUG, &[], 1);
    assert_eq!(lacks(&without, false, "2025-06-30"), Ok(vec![]));
    assert_eq!(lacks(&without, false, "2025-07-01"), Err("lines[0].codes".into()));
    let old = DrugLine { old_stock: true, ..without.clone() };
    assert_eq!(lacks(&old, false, "2025-12-31"), Ok(vec![]), "无码库");
    assert_eq!(lacks(&old, false, "2026-01-01"), Err("lines[0].codes".into()));
    assert_eq!(lacks(&line("X", &[], 1), false, "2026-11-02"), Ok(vec![]), "not listed");
    assert_eq!(lacks(&line(HERB, &[], 1), false, "2026-11-02"), Ok(vec![]), "中药饮片");
    let split = DrugLine { split: true, count: 3, ..without };
    assert_eq!(lacks(&split, true, "2026-11-02"), Ok(vec![]), "住院拆零");
    assert_eq!(lacks(&split, false, "2026-11-02"), Err("lines[0].codes".into()));
}

#[test]
fn whole_packs_have_a_code_each_and_a_split_one_has_one() {
    let check = |line: DrugLine| lacks(&line, false, "2026-11-02");
    let packs = check(line(DRUG, &["812345678", "812345679"], 2)).unwrap();
    assert_eq!(packs, [("812345678".into(), 24), ("812345679".into(), 24)]);
    assert_eq!(check(line(DRUG, &["812345678"], 2)), Err("lines[0].codes".into()));
    assert_eq!(check(line(DRUG, &["812345678", "812345678"], 2)), Err("lines[0].codes".into()));
    for bad in ["8123456", "81234567\n", "８１２３４５６７８", &"8".repeat(101)] {
        assert_eq!(check(line(DRUG, &[bad], 1)), Err("lines[0].codes".into()), "{bad}");
    }
    let split = |count| DrugLine { split: true, ..line(DRUG, &["812345678"], count) };
    assert_eq!(check(split(24)).unwrap(), [("812345678".into(), 24)]);
    assert_eq!(check(split(25)), Err("lines[0].count".into()));
    assert_eq!(check(split(0)), Err("lines[0].count".into()));
    let unknown = DrugLine { split: true, ..line("X", &["812345678"], 3) };
    assert_eq!(check(unknown), Err("lines[0].split".into()), "nobody knows how much is in it");
    assert_eq!(check(line("X", &["812345678"], 1)).unwrap(), [("812345678".into(), 1)]);
}

#[test]
fn what_a_file_lacks_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let told = |text: &str| {
        std::fs::write(&file, text).unwrap();
        Supervision::read(&file, false).map(drop).map_err(|e| e.accepted)
    };
    assert_eq!(told("[trace]\n"), Ok(()));
    let required =
        "[[trace.required]]\nfrom = \"2024-13-01\"\nkinds = []\nold_stock = false\nbasis = \"cited\"\nsource = \"x\"";
    assert!(told(required).unwrap_err().contains("yyyy-mm-dd"));
    let drug = "[[trace.drug]]\ncode = \"X\"\nname = \"x\"\ncontent = 0\nkind = \"drug\"";
    assert!(told(drug).unwrap_err().contains("content above 0"));
    let rule = "[trace]\n[[monitor]]\nrule = \"cash_refunds\"\ntimes = 0\nwithin_days = 1\ndoes = \"warn\"\nbasis = \"assumed\"\nsource = \"x\"";
    assert!(told(rule).unwrap_err().contains("cash_refunds"));
    assert!(told("colour = 1").is_err());
}

fn look(on: &str, shop: u128, fen: i64, relatives: &[u128]) -> Look<'static> {
    Look {
        on: day(on),
        institution: OwnerId(shop),
        pharmacy: true,
        kind: "outpatient",
        total: Fen::new(fen).unwrap(),
        relatives: relatives.to_vec(),
        lines: &[],
    }
}

fn past(look: Look<'static>) -> Past<'static> {
    Past { look, gone: false, cash_back: Vec::new() }
}

fn seen(now: &Look<'_>, past: &[Past<'_>]) -> Vec<(&'static str, bool)> {
    rules().findings(now, past).iter().map(|noted| (noted.rule, noted.blocks)).collect()
}

#[test]
fn more_than_twelve_weeks_is_not_settled_and_a_drug_that_is_left_is_told() {
    let for_days = |days| [DrugLine { days: Some(days), ..line(DRUG, &[], 1) }];
    let (month, quarter) = (for_days(28), for_days(85));
    let with = |lines: &'static [DrugLine], on: &str| Look { lines, ..look(on, 1, 1_234, &[]) };
    let (month, quarter): (&'static [_], &'static [_]) = (Vec::from(month).leak(), Vec::from(quarter).leak());
    assert_eq!(seen(&with(quarter, "2026-11-02"), &[]), [("supply_too_long", true)]);
    assert_eq!(seen(&with(month, "2026-11-02"), &[]), []);
    let before = [past(with(month, "2026-10-20"))];
    assert_eq!(seen(&with(month, "2026-11-02"), &before), [("supply_not_used", false)], "until 11-17");
    assert_eq!(seen(&with(month, "2026-11-10"), &before), [], "a week before its end");
    let gone = [Past { gone: true, ..before[0].clone() }];
    assert_eq!(seen(&with(month, "2026-11-02"), &gone), [], "it came back");
    let told = rules().findings(&with(quarter, "2026-11-02"), &[])[0].told(Lang::Zh);
    assert!(told.reason.contains("85 天") && told.source.contains("12周"), "{told:?}");
}

#[test]
fn a_second_visit_of_the_day_is_told_at_hospitals() {
    let visit = |on: &str, kind| Look { pharmacy: false, kind, ..look(on, 1, 1_234, &[]) };
    let before = [past(visit("2026-11-02", "outpatient"))];
    assert_eq!(seen(&visit("2026-11-02", "outpatient"), &before), [("duplicate_visit", false)]);
    assert_eq!(seen(&visit("2026-11-03", "outpatient"), &before), []);
    assert_eq!(seen(&visit("2026-11-02", "inpatient"), &before), []);
}

/// SECURITY A12: people who do as people do, and some who draw cash. What is told of whom is counted.
#[test]
fn planted_patterns_are_found_and_others_are_left_alone() {
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for person in 0..600_u32 {
        let amount = |n: u32| i64::from(1_000 + (person * 37 + n * 911) % 9_000);
        let plain = |n: u32| {
            past(look(&format!("2026-10-{:02}", 1 + (person + n * 9) % 28), 1 + u128::from(n), amount(n), &[]))
        };
        let mut before: Vec<Past<'_>> = (0..3).map(plain).collect();
        let mut now = look("2026-11-02", 1, amount(7), &[]);
        let planted = match person % 30 {
            0 => {
                before.extend([30, 31].map(|d| past(look(&format!("2026-10-{d}"), 1, 50_000, &[]))));
                now.total = Fen::new(50_000).unwrap();
                Some("round_sums")
            }
            1 => {
                before.iter_mut().take(2).for_each(|past| past.cash_back = vec![day("2026-10-30")]);
                Some("cash_refunds")
            }
            2 => {
                before.push(past(look("2026-11-01", 1, amount(8), &[1, 2])));
                now.relatives = vec![3];
                Some("many_relatives")
            }
            // One relative, one round sum and one refund are nobody's business.
            3 => {
                (now.relatives, now.total) = (vec![1], Fen::new(50_000).unwrap());
                before[0].cash_back = vec![day("2026-10-30")];
                None
            }
            _ => None,
        };
        let told: Vec<&str> = seen(&now, &before).into_iter().map(|(rule, _)| rule).collect();
        right += usize::from(planted.is_some_and(|rule| told.contains(&rule)));
        missed += usize::from(planted.is_some_and(|rule| !told.contains(&rule)));
        wrong += told.iter().filter(|rule| Some(**rule) != planted).count();
    }
    assert_eq!((right, missed), (60, 0), "recall");
    assert!(wrong * 20 <= right, "precision: {wrong} of {}", right + wrong);
}

proptest::proptest! {
    /// Whatever a till sends, a pack gives at most what is in it for one line.
    #[test]
    fn no_line_takes_more_than_a_pack_has(
        drug in "(XDEMO00000000000000001|X|.{0,8})",
        codes in proptest::collection::vec("[0-9A-Za-z]{7,12}|.{0,12}", 0..4),
        split: bool, count: u32, old_stock: bool, inpatient: bool,
    ) {
        let line = DrugLine { drug, codes, split, count, days: None, old_stock, rx: None, amount_fen: None };
        if let Ok(takes) = rules().takes(&[line], "pharmacy", inpatient, day("2026-11-02")) {
            proptest::prop_assert!(takes.iter().all(|take| take.units >= 1 && take.units <= take.content));
        }
    }
}
