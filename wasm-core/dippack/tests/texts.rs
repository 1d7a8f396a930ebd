//! Every kind of sentence that a grouping by DIP can say, as it is said: `texts.txt` is read by people.
//! `UPDATE_TEXTS=1 cargo test -p anxin-dippack --test texts` writes it anew.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use anxin_core::dip::layout::{Exclusion, Layout};
use anxin_core::dip::{
    Draft, Grammar, GroupDraft, GroupText, Kind, OperationClass, PointKind, PointValue, Settings, normalised,
};
use anxin_core::dispatch::Engine;
use anxin_core::rules::Basis;
use anxin_core::{Day, Rate};
use serde_json::{Value, json};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let mut engine = Engine::new();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/dip");
    for (_, pack) in anxin_dippack::all(&rules).unwrap() {
        engine.load(&pack).unwrap();
    }
    for (id, settings) in [("small", Settings::default()), ("fine", fine())] {
        engine.load(&small(id, settings).seal("2026-01-01").unwrap()).unwrap();
    }
    engine
});

/// Settings that come out in other sentences.
fn fine() -> Settings {
    let mut settings = Settings::default();
    settings.choose("deviation.rule", "n3").unwrap();
    settings.choose("choose", "closest-cost").unwrap();
    settings.choose("unclassed", "unknown").unwrap();
    settings
}

/// A catalogue with a group of each kind; the shipped one has core groups only.
fn small(id: &str, settings: Settings) -> Draft {
    let point = PointValue {
        label: "职工".into(),
        yuan: Rate::parse("5.5").unwrap(),
        kind: PointKind::Budget,
        basis: Basis::Quoted,
        source: "某市医疗保障局".into(),
        date: Day::parse("2026-01-15"),
    };
    let unsure =
        PointValue { label: "居民".into(), kind: PointKind::Settled, basis: Basis::Assumed, ..point.clone() };
    let head = Layout {
        id: id.into(),
        title: "某市病种目录".into(),
        points: vec![point, unsure],
        settings,
        ..Layout::default()
    };
    let mut draft = Draft::new(head);
    let parsed = |code: &str| GroupDraft::of(GroupText::parse(Grammar::SlashPlus, code).unwrap());
    for (code, score) in [
        ("C34.1:32.4100/32.4100x002_96.7101", "5010"),
        ("C34.1:32.4100/32.4100x002", "4542"),
        ("C34.1", "548"),
        ("C34:32.4100", "4000"),
        ("C34.1:33.2700", "700"),
        ("C34:SS", "900"),
        ("C34:ZLXCZ", "600"),
        ("C34:BSZL", "300"),
        ("K80.0:51.2300", "4542"),
        ("K80.1:51.2300_51.1000/51.1100+51.1100/51.1200", "900"),
        ("CP10:SS", "250"),
        ("KBBZ", "40"),
    ] {
        draft.add(GroupDraft { score: Rate::parse(score), ..parsed(code) }).unwrap();
    }
    draft.add(GroupDraft { score: Rate::parse("155"), base_level: true, ..parsed("I10.x") }).unwrap();
    draft.add(parsed("I11.9")).unwrap();
    for (label, kind, days) in [("CR01", Kind::BedDay, Some((1, Some(60)))), ("ZY01", Kind::Tcm, None)] {
        let key = if kind == Kind::Tcm { "M51" } else { "F20" };
        let group = GroupDraft { kind, days, label: label.into(), ..parsed(key) };
        draft.add(GroupDraft { score: Rate::parse("45.5"), ..group }).unwrap();
    }
    for (code, name) in [("C34.1", "肺上叶恶性肿瘤"), ("I10.x", "原发性高血压"), ("F20", "精神分裂症")]
    {
        draft.name(normalised(code).unwrap(), name);
    }
    for (code, class) in [
        ("32.4100", OperationClass::Surgery),
        ("96.7101", OperationClass::Therapeutic),
        ("88.5500", OperationClass::Diagnostic),
    ] {
        draft.classes.insert(normalised(code).unwrap(), class);
    }
    draft.excluded_principals.insert(normalised("Z51.100").unwrap());
    for (code, exclusion) in [("89.0000", Exclusion::Conservative), ("99.2500", Exclusion::NotMain)] {
        draft.excluded_operations.insert(normalised(code).unwrap(), exclusion);
    }
    draft
}

fn ask(case: &Value, lang: &str) -> Value {
    let request = json!({ "call": { "group_dip": case }, "lang": lang }).to_string();
    serde_json::from_slice(&ENGINE.dispatch(request.as_bytes())).unwrap()
}

fn case(scheme: &str, diagnoses: &[&str], operations: &[&str]) -> Value {
    let rows = |name: &str, codes: &[&str]| codes.iter().map(|c| json!({ name: c })).collect::<Vec<_>>();
    json!({ "scheme": scheme, "record": {
        "diagnoses": rows("diag_code", diagnoses), "operations": rows("oprn_oprt_code", operations) } })
}

fn with(mut case: Value, pointer: &str, key: &str, value: Value) -> Value {
    case.pointer_mut(pointer).unwrap()[key] = value;
    case
}

fn cost(case: Value, fen: u64, payment: Value) -> Value {
    with(with(case, "/record", "medfee_sumamt_fen", fen.into()), "", "payment", payment)
}

/// What each case is there to show.
fn cases() -> Vec<(&'static str, Value)> {
    let lung = |operations: &[&str]| case("small", &["C34.118", "I10.x00"], operations);
    let lobe = || lung(&["32.4100"]);
    let stone = || case("small", &["K80.000"], &["51.2300"]);
    let known = json!({ "coefficient": "0.85", "point": "职工", "peer_average_fen": 2_500_000 });
    let own = json!({ "coefficient": "1", "own_point": { "yuan": "6.2", "kind": "forecast", "source": "本院测算", "date": "2026-10-31" } });
    let bed_days = with(
        with(case("small", &["F20.000"], &[]), "/record", "track", "bed_day".into()),
        "/record",
        "act_ipt_days",
        20.into(),
    );
    let special =
        json!({ "stay_days": 61, "long_stay_days": 60, "intensive_care": true, "new_drug_or_technique": true });
    let mut excluded_second = case("small", &["C34.118", "Z51.100"], &["32.4100"]);
    excluded_second["record"]["diagnoses"][1]["maindiag_flag"] = "1".into();
    let front = with(lobe(), "", "source", "front_page".into());
    let meizhou = || case("mz-dip2-2024", &["K61.000"], &["49.0400"]);
    vec![
        ("the shipped catalogue, whose notice stands beside every result", meizhou()),
        (
            "the shipped catalogue, a point value that came with the case",
            cost(
                meizhou(),
                1_530_617,
                json!({ "coefficient": "0.85", "peer_average_fen": 761_501, "own_point": { "yuan": "12.34", "kind": "settled", "source": "演示" } }),
            ),
        ),
        ("a pre-group of edition 3.0", case("dip3-pre-2026", &["I50.900"], &["37.5100"])),
        ("a core group with a related operation, and what else was thought of", lung(&["32.4100", "96.7101"])),
        ("a related operation is missing", lobe()),
        ("a usual cost, with every figure known", cost(stone(), 3_000_000, known.clone())),
        ("a low cost", cost(stone(), 900_000, known.clone())),
        ("a high cost, far off", cost(stone(), 20_000_000, known.clone())),
        ("a cost without last year's mean, by a forecast", cost(stone(), 3_000_000, own.clone())),
        (
            "a point value that nobody corroborates",
            cost(stone(), 3_000_000, json!({ "coefficient": "1", "point": "居民" })),
        ),
        (
            "a high cost under the draft of edition 3.0, which has no formula",
            cost(case("fine", &["K80.000"], &["51.2300"]), 20_000_000, own),
        ),
        ("nothing known but the score", stone()),
        (
            "no coefficient, but a base-level group has its own",
            cost(case("small", &["I10.x00"], &[]), 100_000, json!({ "point": "职工" })),
        ),
        ("a coefficient and no point value", cost(stone(), 1, json!({ "coefficient": "0.9" }))),
        ("a group without a score", case("small", &["I11.900"], &[])),
        ("every reason for special review", with(cost(stone(), 20_000_000, known.clone()), "", "special", special)),
        ("the main operation does not stand first", lung(&["96.7101", "32.4100"])),
        ("no operation", lung(&[])),
        ("another diagnosis has the operation", case("small", &["J98.400", "C34.118"], &["32.4100"])),
        ("the blank group", case("small", &["Z99.900"], &[])),
        ("a class that nobody gives", case("small", &["C34.900"], &["11.1100"])),
        ("a class that nobody gives, and no guess", case("fine", &["C34.900"], &["11.1100"])),
        (
            "the catalogue chooses by cost",
            with(
                case("fine", &["C34.118"], &["32.4100", "33.2700"]),
                "",
                "choices",
                json!({ "main_operation": "any" }),
            ),
        ),
        ("a bed-day stay", cost(bed_days.clone(), 500_000, json!({ "coefficient": "1", "point": "职工" }))),
        (
            "a bed-day stay without its days",
            with(cost(bed_days.clone(), 500_000, known), "/record", "act_ipt_days", Value::Null),
        ),
        ("a bed-day stay that is too long", with(bed_days, "/record", "act_ipt_days", 61.into())),
        ("a stay for traditional medicine", with(case("small", &["M51.202"], &[]), "/record", "track", "tcm".into())),
        ("a group of traditional medicine for an ordinary stay", case("small", &["M51.202"], &[])),
        ("an excluded principal", case("small", &["Z51.100", "C34.118"], &["32.4100"])),
        ("an excluded principal that does not stand first", excluded_second),
        (
            "operations that take no part, repeat and are never main",
            lung(&["89.0000", "99.2500", "32.4100", "32.4100"]),
        ),
        ("no diagnosis", case("small", &[], &["32.4100"])),
        ("no code of a diagnosis", case("small", &["Q1"], &["xx"])),
        ("one operation for two related parts", case("small", &["K80.100"], &["51.2300", "51.1100"])),
        ("one of two related parts", case("small", &["K80.100"], &["51.2300", "51.1000"])),
        ("a class that is no word", with(stone(), "/record", "operation_classes", json!(["大手术"]))),
        ("codes of the clinical edition, and no mapping loaded", front),
        ("in no group", case("mz-dip2-2024", &["T34.800x003"], &["93.3300", "81.4200"])),
    ]
}

fn gather(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if ["text", "notice", "payment_notice", "message"].contains(&key.as_str()) => {
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
fn no_candidate_and_no_hint_knows_of_scores_or_money() {
    let mut grouped = 0;
    for (shows, case) in cases() {
        for lang in ["zh", "en"] {
            let mut answer = ask(&case, lang);
            let Some(group) = answer["group_dip"].as_object_mut() else { continue };
            grouped += 1;
            if let Some(score) = group.remove("score") {
                assert!(!score["payment_notice"].as_str().unwrap().is_empty(), "{shows}");
            }
            for key in ["candidates", "hints", "findings", "text"] {
                let rest = group[key].to_string();
                for word in ["score", "_fen", "分值", "点值", "元", "盈", "亏"] {
                    assert!(!rest.contains(word), "{shows}: {word} in {rest}");
                }
            }
        }
    }
    assert!(grouped > 60, "{grouped}");
}

#[test]
fn every_result_of_the_demonstration_says_that_it_is_one() {
    for (shows, case) in cases().into_iter().filter(|(_, case)| case["scheme"] == "mz-dip2-2024") {
        assert_eq!(ask(&case, "zh")["group_dip"]["notice"], "非本市，仅演示", "{shows}");
    }
    let schemes: Value = serde_json::from_slice(&ENGINE.dispatch(br#"{"call":{"schemes":{}}}"#)).unwrap();
    let listed = schemes["schemes"].as_array().unwrap().iter().find(|s| s["id"] == "mz-dip2-2024").unwrap();
    assert_eq!((listed["kind"].as_str(), listed["notice"]["zh"].as_str()), (Some("dip"), Some("非本市，仅演示")));
}

#[test]
fn what_a_catalogue_says_of_itself_is_in_the_language_that_was_asked_for() {
    let answer = ask(&case("mz-dip2-2024", &["K61.000"], &["49.0400"]), "en");
    let said = format!("{}{}", answer["group_dip"]["notice"], answer["group_dip"]["left_out"]);
    assert!(said.len() > 20 && said.is_ascii(), "{said}");
}

#[test]
fn what_cannot_be_grouped_is_refused_with_its_field() {
    let check = |case: Value, code: &str, field: &str| {
        let refused = &ask(&case, "zh")["refused"];
        assert_eq!((refused["code"].as_str(), refused["field"].as_str()), (Some(code), Some(field)), "{refused}");
        assert!(refused["message"].as_str().is_some_and(|text| !text.is_empty()));
    };
    let small = || case("small", &["I10.x00"], &[]);
    let paid = |key: &str, value: Value| with(small(), "", "payment", json!({ key: value }));
    let point = |yuan: &str| json!({ "yuan": yuan, "kind": "budget", "source": "" });
    check(case("x", &["I10.x00"], &[]), "AX1019", "scheme");
    check(case("chs-drg-1.1", &["I10.x00"], &[]), "AX1019", "scheme");
    check(with(small(), "", "choices", json!({ "mood": "any" })), "AX1020", "choices.mood");
    check(with(small(), "", "choices", json!({ "main_operation": "second" })), "AX1020", "choices.main_operation");
    check(with(small(), "/record", "age", 201.into()), "AX1014", "record.age");
    check(with(small(), "/record", "medfee_sumamt_fen", json!(-1)), "AX1014", "record.medfee_sumamt_fen");
    check(case("small", &["I10.x00".repeat(20).as_str()], &[]), "AX1014", "record.diagnoses[0].diag_code");
    check(paid("point", "城镇".into()), "AX1021", "payment.point");
    check(paid("coefficient", "0".into()), "AX1014", "payment.coefficient");
    check(paid("own_point", point("0")), "AX1014", "payment.own_point.yuan");
    let both = json!({ "point": "职工", "own_point": point("5") });
    check(with(small(), "", "payment", both), "AX1001", "payment.own_point");
    check(with(small(), "", "source", "front_page".into()), "AX1022", "source");
}
