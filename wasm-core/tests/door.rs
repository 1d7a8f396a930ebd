//! The JSON door against what nobody should send: every reply is JSON, every refusal names its code,
//! its field and what is accepted, and nothing panics.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

mod common;
#[path = "../fuzz/src/dice.rs"]
mod dice;
#[path = "../fuzz/src/mutate.rs"]
mod mutate;
#[path = "door/reply.rs"]
mod reply;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anxin_core::dispatch::{Engine, REQUEST_BYTES_MAX};
use anxin_core::pack::{self, PackHeader, PackKind};
use anxin_core::rules::{Amount, Band, RuleBook, SCHEMA, Slot};
use anxin_core::{Fen, Rate};
use serde_json::{Value, json};

use reply::Kept;

static ENGINE: LazyLock<Engine> = LazyLock::new(common::engine);

/// Asks twice: whatever comes in, the reply keeps its promises and the same bytes get the same bytes.
fn ask(request: &[u8]) -> (Kept, Value) {
    let reply = ENGINE.dispatch(request);
    assert_eq!(reply, ENGINE.dispatch(request), "two replies to {}", String::from_utf8_lossy(request));
    let kept = reply::read(&reply).unwrap_or_else(|broken| panic!("{broken}: {}", String::from_utf8_lossy(request)));
    (kept, serde_json::from_slice(&reply).unwrap())
}

#[track_caller]
fn refused(request: impl AsRef<[u8]>, code: &str, field: &str) -> Value {
    let request = request.as_ref();
    let shown: String = String::from_utf8_lossy(request).chars().take(200).collect();
    let (kept, reply) = ask(request);
    let Kept::Refused { code: got, field: at } = kept else { panic!("taken: {shown}") };
    assert_eq!((got.as_str(), at.as_str()), (code, field), "{shown}");
    let message = reply["refused"]["message"].as_str();
    assert!(message.is_some_and(|m| !m.is_empty()), "no message for {shown}");
    reply
}

/// A stay that is answered as it stands, with one text put in the place of another.
fn with(from: &str, to: &str) -> String {
    const STAY: &str = r#"{"call":{"estimate":{"region":"shanwei","scheme":"resident","visit":{"inpatient":{"level":"2","place":{"area":"local","filing":"not_needed"},"discharged":"2024-06-01","nth":1,"bill":{"split":{"total_fen":2000000,"own_expense_fen":100000}}}},"accounts":{"own_balance_fen":100}}},"lang":"zh"}"#;
    assert!(STAY.contains(from), "{from}");
    STAY.replacen(from, to, 1)
}

const SPLIT: &str = "visit.inpatient.bill.split";
#[test]
fn the_stay_that_the_tests_start_from_is_answered() {
    assert_eq!(ask(with("zh", "zh").as_bytes()).0, Kept::Answered);
}

#[test]
fn amounts_are_whole_fen_in_plain_digits() {
    let total = format!("{SPLIT}.total_fen");
    for bad in [
        "1e3",
        "1.0",
        "0.5",
        "20000.00",
        "\"2000000\"",
        "\"２００００\"",
        "null",
        "true",
        "[1]",
        "9007199254740992",
        "-9007199254740992",
        "99999999999999999999",
    ] {
        refused(with("2000000", bad), "AX1001", &total);
    }
    // What is no JSON at all names the value that was being read.
    for bad in ["２０００", "+1", "01", "1,000", "0x10", "NaN", ".5", "1."] {
        let (kept, _) = ask(with("2000000", bad).as_bytes());
        assert!(
            matches!(kept, Kept::Refused { ref code, ref field } if code == "AX1001" && field.starts_with("visit")),
            "{bad}: {kept:?}"
        );
    }
}

#[test]
fn amounts_below_zero_are_refused_wherever_they_stand() {
    let at = |path: &str| format!("{SPLIT}.{path}");
    refused(with("2000000", "-1"), "AX1006", &at("total_fen"));
    refused(with("\"own_expense_fen\":100000", "\"own_expense_fen\":-1"), "AX1006", &at("own_expense_fen"));
    refused(with("\"own_expense_fen\":100000", "\"over_limit_fen\":-1"), "AX1006", &at("over_limit_fen"));
    refused(with("\"own_expense_fen\":100000", "\"pre_self_pay_fen\":-1"), "AX1006", &at("pre_self_pay_fen"));
    refused(with("\"own_balance_fen\":100", "\"own_balance_fen\":-1"), "AX1006", "accounts.own_balance_fen");
    refused(with("\"own_balance_fen\":100", "\"family_balance_fen\":-1"), "AX1006", "accounts.family_balance_fen");
    refused(
        with("\"accounts\"", "\"year_to_date\":{\"pool_paid_fen\":-1},\"accounts\""),
        "AX1006",
        "year_to_date.pool_paid_fen",
    );
    let special = "\"year_to_date\":{\"special_paid_fen\":{\"糖尿病\":-1}},\"accounts\"";
    refused(with("\"accounts\"", special), "AX1006", "year_to_date.special_paid_fen");
    refused(
        with("\"nth\":1", "\"nth\":1,\"transfer\":{\"deductible_paid_fen\":-1}"),
        "AX1006",
        "visit.inpatient.transfer.deductible_paid_fen",
    );
}

#[test]
fn a_bill_has_to_add_up_to_something() {
    refused(with("2000000", "0").replace("100000", "0"), "AX1008", &format!("{SPLIT}.total_fen"));
    refused(with("2000000", "99999"), "AX1007", &format!("{SPLIT}.total_fen"));
    let bill = r#"{"split":{"total_fen":2000000,"own_expense_fen":100000}}"#;
    refused(with(bill, r#"{"lines":[]}"#), "AX1008", "visit.inpatient.bill.lines");
    refused(with(bill, r#"{"categories":[]}"#), "AX1008", "visit.inpatient.bill.categories");
    let part =
        r#"{"categories":[{"category":"bed","amount_fen":1},{"category":"bed","amount_fen":1,"own_expense_fen":2}]}"#;
    refused(with(bill, part), "AX1007", "visit.inpatient.bill.categories[1].amount_fen");
    let no_count = r#"{"lines":[{"category":"bed","amount_fen":1,"class":"01","count":0}]}"#;
    refused(with(bill, no_count), "AX1014", "visit.inpatient.bill.lines[0].count");
    let share = r#"{"lines":[{"category":"bed","amount_fen":1,"class":"02","self_pay_share":"1.1"}]}"#;
    refused(with(bill, share), "AX1009", "visit.inpatient.bill.lines[0].self_pay_share");
    for (low, high, field) in
        [("0.3", "0.2", "own_share_low"), ("0", "1.1", "own_share_high"), ("2", "2", "own_share_low")]
    {
        let total = format!(r#"{{"total":{{"total_fen":1,"own_share_low":"{low}","own_share_high":"{high}"}}}}"#);
        refused(with(bill, &total), "AX1009", &format!("visit.inpatient.bill.total.{field}"));
    }
    for bad in ["0.5", "\"1e-1\"", "\"-0.1\"", "\"０.5\"", "\".5\"", "\"0.1234567890\""] {
        let total = format!(r#"{{"total":{{"total_fen":1,"own_share_low":{bad},"own_share_high":"1"}}}}"#);
        refused(with(bill, &total), "AX1001", "visit.inpatient.bill.total.own_share_low");
    }
}

#[test]
fn words_and_days_outside_the_lists_are_refused() {
    refused(with("shanwei", "atlantis"), "AX1003", "region");
    refused(with("\"level\":\"2\"", "\"level\":\"3_region\""), "AX1004", "visit.inpatient.level");
    refused(with("\"level\":\"2\"", "\"level\":\"9\""), "AX1001", "visit.inpatient.level");
    refused(with("\"level\":\"2\"", "\"level\":2"), "AX1001", "visit.inpatient.level");
    refused(with("resident", "Resident"), "AX1001", "scheme");
    refused(with("not_needed", "referred"), "AX1013", "visit.inpatient.place.filing");
    refused(with("\"area\":\"local\"", "\"area\":\"in_province\""), "AX1013", "visit.inpatient.place.filing");
    refused(with("2024-06-01", "2023-12-31"), "AX1011", "visit.inpatient.discharged");
    refused(with("\"nth\":1", "\"nth\":0"), "AX1014", "visit.inpatient.nth");
    refused(with("\"nth\":1", "\"nth\":256"), "AX1001", "visit.inpatient.nth");
    refused(with("\"nth\":1", "\"admitted\":\"2024-06-02\""), "AX1010", "visit.inpatient.discharged");
    for bad in
        ["2024-02-30", "2024-6-1", "20240601", "2024-06-01T00:00:00", "1989-12-31", "2101-01-01", "２０２４-06-01", ""]
    {
        refused(with("2024-06-01", bad), "AX1001", "visit.inpatient.discharged");
    }
}

#[test]
fn members_are_those_of_the_schema_each_once() {
    refused(with("\"nth\":1", "\"nht\":1"), "AX1001", "visit.inpatient.nht");
    refused(with("\"nth\":1", "\"nth\":1,\"nth\":1"), "AX1001", "visit.inpatient.nth");
    refused(with("\"total_fen\":2000000", "\"total_fen\":1,\"total_fen\":2"), "AX1001", &format!("{SPLIT}.total_fen"));
    let twice = r#""scheme":"resident","year_to_date":{"special_paid_fen":{"a":1,"a":2}}"#;
    refused(with("\"scheme\":\"resident\"", twice), "AX1001", "year_to_date.special_paid_fen.a");
    refused(with("\"total_fen\":2000000,", ""), "AX1001", &format!("{SPLIT}.total_fen"));
    refused(with("\"scheme\":\"resident\",", ""), "AX1001", "scheme");
    refused(with("\"lang\":\"zh\"", "\"langue\":\"zh\""), "AX1001", "langue");
    refused(with("\"lang\":\"zh\"", "\"lang\":\"fr\""), "AX1001", "lang");
    refused(r#"{"call":{}}"#, "AX1001", "call");
    refused(r#"{"call":{"pay":{}}}"#, "AX1001", "call");
    refused(r#"{"call":{"compare":[]},"lang":"en"}"#, "AX1014", "call.compare");
    refused(r#"{"call":{"year":[]},"lang":"en"}"#, "AX1014", "call.year");
}

#[test]
fn what_is_not_json_is_refused_as_a_whole() {
    for bad in [
        "",
        " ",
        "{",
        "[]",
        "null",
        "1",
        "\"call\"",
        "{}",
        "\u{feff}{}",
        "{\"call\":{\"regions\":{}}} x",
        "{\"call\":{\"regions\":{}}}{}",
    ] {
        let (kept, _) = ask(bad.as_bytes());
        assert!(matches!(kept, Kept::Refused { ref code, .. } if code == "AX1001"), "{bad:?}: {kept:?}");
    }
    for bad in
        [&b"\0"[..], b"\xff\xfe", b"{\"call\":\xc3\x28}", b"{\"call\":{\"estimate\":{\"region\":\"\xed\xa0\x80\"}}}"]
    {
        let (kept, _) = ask(bad);
        assert!(matches!(kept, Kept::Refused { ref code, .. } if code == "AX1001"), "{bad:?}: {kept:?}");
    }
    // A NUL may not stand in a text as it is; written as an escape it is a character like another.
    refused(with("shanwei", "shan\0wei"), "AX1001", "region");
    refused(with("shanwei", "shan\\u0000wei"), "AX1003", "region");
    refused(with("shanwei", "\\ud800"), "AX1001", "region");
}

#[test]
fn depth_and_length_are_limited() {
    for (open, close) in [("[", "]"), ("{\"call\":", "}"), ("{\"call\":{\"year\":[", "]}}")] {
        for depth in [127, 128, 129, 1_000, 50_000] {
            for request in [format!("{}1{}", open.repeat(depth), close.repeat(depth)), open.repeat(depth)] {
                let (kept, _) = ask(request.as_bytes());
                assert!(matches!(kept, Kept::Refused { .. }), "{open} {depth}");
            }
        }
    }
    // Where no shape limits the depth, in a member that nobody knows, the reader's own limit does.
    let deep = format!("\"nth\":1,\"notes\":{}{}", "[".repeat(100_000), "]".repeat(100_000));
    refused(with("\"nth\":1", &deep), "AX1001", "visit.inpatient.notes");
    refused(" ".repeat(2 << 20), "AX1002", "");
    refused(with("shanwei", &"汕".repeat(1 << 20)), "AX1002", "");
    let blank = REQUEST_BYTES_MAX - with("zh", "zh").len();
    assert_eq!(ask(format!("{}{}", with("zh", "zh"), " ".repeat(blank)).as_bytes()).0, Kept::Answered);
    refused(format!("{}{}", with("zh", "zh"), " ".repeat(blank + 1)), "AX1002", "");
}

#[test]
fn many_cases_at_once_are_limited_and_a_refusal_counts_them() {
    let stay: Value = serde_json::from_str(&with("zh", "zh")).unwrap();
    let case = &stay["call"]["estimate"];
    let ask_for = |call: &str, n: usize| json!({"call": {call: vec![case; n]}, "lang": "zh"}).to_string();
    assert_eq!(ask(ask_for("compare", 4).as_bytes()).0, Kept::Answered);
    refused(ask_for("compare", 5), "AX1014", "call.compare");
    assert_eq!(ask(ask_for("year", 366).as_bytes()).0, Kept::Answered);
    refused(ask_for("year", 367), "AX1014", "call.year");
    let mut second = case.clone();
    second["visit"]["inpatient"]["bill"]["split"]["total_fen"] = json!(-1);
    refused(
        json!({"call": {"compare": [case, second]}, "lang": "zh"}).to_string(),
        "AX1006",
        &format!("[1].{SPLIT}.total_fen"),
    );
}

#[test]
fn the_largest_amounts_are_answered_or_refused() {
    let largest = i64::pow(2, 53) - 1;
    for total in [10_000_000_000, 10_000_000_001, largest] {
        ask(with("2000000", &total.to_string()).as_bytes());
    }
    let bill = r#"{"split":{"total_fen":2000000,"own_expense_fen":100000}}"#;
    let line = format!(
        r#"{{"category":"bed","amount_fen":{largest},"class":"02","self_pay_share":"0.999999999","count":4294967295}}"#
    );
    refused(with(bill, &format!(r#"{{"lines":[{line},{line}]}}"#)), "AX1016", "visit.inpatient.bill.lines");
}

/// What fuzzing found, or met first on a new path, is asked again on every run.
#[test]
fn inputs_kept_from_fuzzing_keep_the_promises() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut kept = 0;
    for door in ["dispatch", "requests"] {
        for entry in fs::read_dir(corpus.join(door)).unwrap() {
            ask(&fs::read(entry.unwrap().path()).unwrap());
            kept += 1;
        }
    }
    assert!(kept >= 20, "the corpus has gone: {kept} inputs");
}

/// The same changes each time; `wasm-core/fuzz` goes on from here.
#[test]
fn changed_requests_keep_the_promises() {
    let mut dice = dice::Dice::new(7);
    for case in CASES.iter() {
        for _ in 0..dice::times(4) {
            let mut request = json!({"call": {"estimate": case}, "lang": "zh"});
            mutate::document(&mut request, &mut dice);
            ask(request.to_string().as_bytes());
            let mut text = request.to_string().into_bytes();
            dice::touch(&mut text, &mut dice);
            ask(&text);
        }
    }
}

/// What the golden cases ask, of whatever area.
static CASES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let mut cases = Vec::new();
    for file in common::golden_files() {
        let golden: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        cases.extend(golden.get("case").cloned());
        cases.extend(golden["year"].as_array().into_iter().flatten().cloned());
    }
    cases
});

fn golden_requests(region: &str) -> impl Iterator<Item = String> {
    CASES.iter().map(move |case| {
        let mut case = case.clone();
        case["region"] = json!(region);
        json!({"call": {"estimate": case}, "lang": "en"}).to_string()
    })
}

/// What opens also answers: golden cases, and the largest bill there can be. Says whether it opened.
fn answers_if_it_opens(pack: &[u8]) -> bool {
    let Ok(book) = RuleBook::open(pack) else { return false };
    let mut engine = Engine::new();
    engine.load(pack).unwrap();
    let largest = with("2000000", &Fen::MAX.get().to_string()).replace("shanwei", &book.region.admdvs);
    for request in golden_requests(&book.region.admdvs).chain([largest]) {
        let reply = engine.dispatch(request.as_bytes());
        reply::read(&reply).unwrap_or_else(|broken| panic!("{broken}: {request}"));
    }
    true
}

/// Packs are handed in from outside like requests are.
#[test]
fn packs_kept_from_fuzzing_open_or_are_refused() {
    let header =
        PackHeader { kind: PackKind::Benefit, id: "benefit/000000".into(), schema: SCHEMA, edition: String::new() };
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/book");
    let mut opened = 0;
    for entry in fs::read_dir(corpus).unwrap() {
        let payload = fs::read(entry.unwrap().path()).unwrap();
        assert!(RuleBook::open(&payload).is_err(), "a payload by itself is no pack");
        opened += usize::from(answers_if_it_opens(&pack::seal(&header, &payload).unwrap()));
    }
    assert!(opened > 0, "none of the kept packs opens: they try nothing any more");
}

/// No lint stands between a pack and the core that opens it.
#[test]
fn packs_of_impossible_figures_open_or_are_refused() {
    let huge = Rate::parse("9000000000000000000").unwrap();
    let less = Rate::percent(-300);
    let band = |over, up_to, ratio| Band { over, up_to, ratio };
    let amounts = [
        Amount::Money(Fen::MAX),
        Amount::Money(Fen::MIN),
        Amount::Share(huge),
        Amount::Share(less),
        Amount::Points(huge),
        Amount::Points(less),
        Amount::Count(0),
        Amount::Count(u32::MAX),
        Amount::Flag(true),
        Amount::Unlimited,
        Amount::Bands(Vec::new()),
        Amount::Bands(vec![band(Fen::MIN, Some(Fen::MAX), huge)]),
        Amount::Bands(vec![band(Fen::MAX, Some(Fen::MIN), less), band(Fen::ZERO, None, huge)]),
        Amount::Multiple { times: huge, of: Slot::IndicatorIncome },
        Amount::Multiple { times: less, of: Slot::PoolCap },
    ];
    let mut opened = 0;
    // The areas whose rules fill the most slots.
    let areas = ["guigang", "guangzhou", "qingyuan", "zhongshan"];
    for book in ENGINE.books().iter().filter(|book| areas.contains(&book.region.slug.as_str())) {
        for amount in &amounts {
            // Of one kind, where the rules have it, and of every kind.
            for all in [false, true] {
                let kind = std::mem::discriminant(amount);
                let rules = book.rules().iter().cloned().map(|mut rule| {
                    if all || std::mem::discriminant(&rule.amount) == kind {
                        rule.amount = amount.clone();
                    }
                    rule
                });
                let sealed =
                    RuleBook::seal(book.region.clone(), book.cites.clone(), book.diseases.clone(), rules.collect(), "");
                opened += usize::from(answers_if_it_opens(&sealed.unwrap()));
            }
        }
    }
    assert!(opened > 0, "every pack was refused: nothing was tried");
}
