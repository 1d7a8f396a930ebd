//! Every kind of sentence that a grouping can say, as it is said: `texts.txt` is read by people.
//! `UPDATE_TEXTS=1 cargo test -p anxin-drgpack --test texts` writes it anew.

mod common;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use anxin_core::dispatch::Engine;
use common::rules;
use serde_json::{Value, json};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let mut engine = Engine::new();
    for (_, pack) in anxin_drgpack::all(&rules().join("drg")).unwrap() {
        engine.load(&pack).unwrap();
    }
    engine
});

fn ask(case: &Value, lang: &str) -> Value {
    let request = json!({ "call": { "group": case }, "lang": lang }).to_string();
    serde_json::from_slice(&ENGINE.dispatch(request.as_bytes())).unwrap()
}

fn case(scheme: &str, sex: &str, age: u32, diagnoses: &[&str], operations: &[&str]) -> Value {
    let rows = |name: &str, codes: &[&str]| codes.iter().map(|c| json!({ name: c })).collect::<Vec<_>>();
    json!({ "scheme": scheme, "record": { "gend": sex, "age": age,
        "diagnoses": rows("diag_code", diagnoses), "operations": rows("oprn_oprt_code", operations) } })
}

fn with(mut case: Value, pointer: &str, key: &str, value: Value) -> Value {
    case.pointer_mut(pointer).unwrap()[key] = value;
    case
}

fn payment(extra: Value) -> Value {
    let mut asked = json!({ "region": "guangxi-2022", "price": "例均费用（玉林）" });
    asked.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    asked
}

/// What each case is there to show.
fn cases() -> Vec<(&'static str, Value)> {
    let stroke = || case("chs-drg-1.1", "2", 61, &["I63.900", "J96.000", "I60.000", "I10.X00X002"], &[]);
    let guangxi =
        |extra| with(case("guangxi-2022", "2", 61, &["I63.900", "J96.000"], &[]), "", "payment", payment(extra));
    let lines = json!({ "low": "0.4", "high": [{ "weight_up_to": "2", "multiple": "3" }] });
    let mut traditional = stroke();
    traditional["record"]["diagnoses"][1] = json!({ "diag_code": "A17.02", "diag_type": "2" });
    traditional["record"]["diagnoses"][2] = json!({ "diag_code": "I63.900", "maindiag_flag": "1" });
    traditional["record"]["diagnoses"][3] = json!({ "diag_code": "I10.x00x002", "maindiag_flag": "1" });
    let front = with(case("chs-drg-1.1", "男", 50, &["A01.000x002"], &["27.1x02"]), "", "source", "front_page".into());
    let newborn = with(case("chs-drg-1.1", "1", 0, &["P22.000"], &[]), "/record", "nwb_age", json!(3));
    let weights = with(newborn.clone(), "/record", "nwb_bir_wt", json!(1400));
    let weights = with(weights, "/record", "nwb_adm_wt", json!(3100));
    let long = case("chs-drg-1.1", "1", 60, &["J18.900"], &["96.7201"]);
    vec![
        ("a stroke with an MCC, one excluded and one respelled", stroke()),
        ("traditional rows, two marked principal", traditional),
        ("a front page: both principals, codes mapped", front.clone()),
        (
            "a front page with a code that leads nowhere",
            with(front, "/record", "diagnoses", json!([{ "diag_code": "Q1" }])),
        ),
        ("a newborn without a birth weight", newborn),
        ("a newborn whose weights differ", weights),
        ("long ventilation that was short", with(long.clone(), "/record", "vent_used_dura", json!(20))),
        ("long ventilation without its code", with(stroke(), "/record", "vent_used_dura", json!(120))),
        (
            "an operation of another MDC, and a repeated principal",
            case("chs-drg-1.1", "2", 61, &["I63.900", "I63.900"], &["47.0901"]),
        ),
        ("an ambiguity group", case("guangxi-2022", "2", 61, &["I63.900"], &["47.0901"])),
        ("an operation that is not the main one", case("chs-drg-1.1", "2", 61, &["K35.900"], &["88.7900", "47.0901"])),
        ("a sex that does not go with the principal", case("chs-drg-1.1", "9", 40, &["N80.000"], &[])),
        ("not allowed as principal", case("chs-drg-2.0", "1", 40, &["B95.000"], &[])),
        ("a principal that no MDC lists", case("chs-drg-1.1", "1", 50, &["K80.000"], &["51.2300"])),
        ("no diagnosis", case("chs-drg-1.1", "", 40, &[], &[])),
        ("a standard, nothing else known", guangxi(json!({}))),
        (
            "the fund's part follows from the person's",
            guangxi(json!({ "patient_fen": 300_000, "cost_fen": 1_000_000 })),
        ),
        ("a high cost", guangxi(json!({ "cost_fen": 9_000_000, "fund_fen": 700_000, "thresholds": lines }))),
        (
            "a low cost, by a coefficient",
            guangxi(json!({ "cost_fen": 10, "coefficient": "0.85", "thresholds": lines })),
        ),
        ("a usual cost", guangxi(json!({ "cost_fen": 900_000, "thresholds": lines }))),
        (
            "a region without a weight for the group",
            with(
                case("guangxi-2022", "1", 50, &["I42.000"], &["37.5100"]),
                "",
                "payment",
                payment(json!({ "cost_fen": 1 })),
            ),
        ),
        (
            "a region with groups of its own",
            with(
                case("chs-drg-1.1", "2", 61, &["I63.900"], &[]),
                "",
                "payment",
                json!({ "region": "suzhou-2023", "price": "支付标准", "level": "三级" }),
            ),
        ),
        (
            "a group of which the region's table says more than is applied",
            with(
                case("chs-drg-1.1", "2", 31, &["O33.800"], &["74.1x02"]),
                "",
                "payment",
                json!({ "region": "wuhan-2022", "price": "二级医院支付标准（居民）" }),
            ),
        ),
        (
            "a group that the region's table pays by item",
            with(
                case("chs-drg-1.1", "1", 50, &["I42.000"], &["37.5100"]),
                "",
                "payment",
                json!({ "region": "beijing-2022", "price": "支付标准" }),
            ),
        ),
        (
            "a standard that the region's table prints",
            with(
                case("chs-drg-1.1", "2", 61, &["I63.900"], &[]),
                "",
                "payment",
                json!({ "region": "beijing-2022", "price": "支付标准", "cost_fen": 900_000 }),
            ),
        ),
        (
            "a region with levels, and none said",
            with(
                case("chs-drg-1.1", "2", 61, &["I63.900"], &[]),
                "",
                "payment",
                json!({ "region": "suzhou-2023", "price": "支付标准", "cost_fen": 100 }),
            ),
        ),
        (
            "a group for which the level has no coefficient",
            with(
                case("chs-drg-1.1", "1", 50, &["I42.000"], &["37.5100"]),
                "",
                "payment",
                json!({ "region": "taizhou-2022", "price": "支付标准", "level": "二级" }),
            ),
        ),
        (
            "a region whose lines are known",
            with(
                case("chs-drg-1.1", "2", 61, &["I63.900"], &[]),
                "",
                "payment",
                json!({ "region": "jilin-2022", "price": "费率（三级）", "cost_fen": 9_000_000 }),
            ),
        ),
        (
            "points without a price in the table",
            with(
                case("chs-drg-1.1", "2", 61, &["I63.900"], &[]),
                "",
                "payment",
                json!({ "region": "yinchuan-2023", "yuan": "1.05", "level": "三乙" }),
            ),
        ),
        (
            "a level that the region does not have",
            with(
                case("chs-drg-1.1", "2", 61, &["I63.900"], &[]),
                "",
                "payment",
                json!({ "region": "yinchuan-2023", "yuan": "1.05", "level": "三级" }),
            ),
        ),
        (
            "the weights of another scheme",
            with(case("chs-drg-2.0", "2", 61, &["I63.900"], &[]), "", "payment", payment(json!({}))),
        ),
        ("no group, no payment", with(case("guangxi-2022", "1", 50, &["Q1"], &[]), "", "payment", payment(json!({})))),
    ]
}

fn gather(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "text" || key == "notice" || key == "message" => {
                        into.push(text.clone())
                    }
                    other => gather(other, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, into)),
        _ => {}
    }
}

#[test]
fn every_sentence_is_the_one_that_was_reviewed() {
    let mut told = String::new();
    for (shows, case) in cases() {
        writeln!(told, "## {shows}").unwrap();
        for lang in ["zh", "en"] {
            let mut texts = Vec::new();
            gather(&ask(&case, lang), &mut texts);
            texts.iter().for_each(|text| writeln!(told, "{text}").unwrap());
        }
        told.push('\n');
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/texts.txt");
    if std::env::var_os("UPDATE_TEXTS").is_some() {
        std::fs::write(&file, &told).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), told);
}

#[test]
fn no_near_miss_knows_of_money_and_nobody_makes_a_profit() {
    for (shows, case) in cases() {
        for lang in ["zh", "en"] {
            let mut answer = ask(&case, lang);
            let text = answer.to_string();
            assert!(!text.contains('盈') && !text.contains('亏'), "{shows}");
            let Some(group) = answer["group"].as_object_mut() else { continue };
            if let Some(payment) = group.remove("payment") {
                assert!(payment["notice"].as_str().is_some_and(|n| !n.is_empty()), "{shows}");
                assert!(
                    lang == "en"
                        || payment["notice"] == "支付标准不是单例费用限额，不得据此推诿患者、要求提前出院或转自费。"
                );
            }
            // Birth weights are grams; what a group weighs is only ever said with its payment.
            for key in ["misses", "hints", "gates", "reasons"] {
                let rest = group[key].to_string();
                assert!(!rest.contains("_fen") && !rest.contains("权重") && !rest.contains('元'), "{shows}: {rest}");
            }
        }
    }
}
