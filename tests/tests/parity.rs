//! One answer for one question, whoever computes it: natively, the browser's build, the
//! mini-program's build, the package around that.

use std::fs;
use std::path::PathBuf;

use anxin_core::dip;
use anxin_core::dispatch::Engine;
use anxin_core::drg::Columns;
use anxin_tests::generate::Generator;
use anxin_tests::golden;
use anxin_tests::node::{self, Build};
use serde_json::{Value, json};

const SEED: u64 = 0x5afe_c0de;
const GENERATED: usize = 10_000;
/// What answers estimates.
const ALL: [Build; 5] = [Build::Bindings, Build::Mini, Build::MiniGrouping, Build::Sdk, Build::SdkGrouping];
/// What groups.
const GROUPING: [Build; 3] = [Build::Bindings, Build::MiniGrouping, Build::SdkGrouping];

/// Asks builds and compares each reply byte by byte with the native one.
fn check(builds: &[Build], requests: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let packs = node::packs().unwrap();
    let native = native(&packs, requests);
    for build in builds {
        let build = *build;
        let replies = node::replies(build, &packs, requests).unwrap();
        assert_eq!(replies.len(), native.len(), "{build:?} left requests without a reply");
        let differs = native.iter().zip(&replies).position(|(a, b)| a != b);
        if let Some(at) = differs {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let (request, ours, theirs) = (text(&requests[at]), text(&native[at]), text(&replies[at]));
            panic!("request {at}: {build:?} differs\nrequest {request}\nnative  {ours}\n{build:?} {theirs}");
        }
    }
    native
}

fn native(packs: &[PathBuf], requests: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let engine = engine(packs);
    requests.iter().map(|request| engine.dispatch(request)).collect()
}

fn engine(packs: &[PathBuf]) -> Engine {
    let mut engine = Engine::new();
    for pack in packs {
        engine.load(&fs::read(pack).unwrap()).unwrap();
    }
    engine
}

#[test]
fn generated_requests_get_the_same_bytes() {
    let engine = engine(&node::packs().unwrap());
    let regions = engine.books().iter().map(|b| (b.region.clone(), b.diseases.clone())).collect();
    let mut generator = Generator::new(SEED, regions);
    let requests: Vec<Vec<u8>> = (0..GENERATED).map(|_| generator.request()).collect();
    let replies = check(&ALL, &requests);
    let refused = replies.iter().filter(|r| r.starts_with(br#"{"refused""#)).count();
    assert!(refused > GENERATED / 10, "only {refused} of {GENERATED} were refused: the damage does nothing");
    assert!(refused < GENERATED * 2 / 3, "{refused} of {GENERATED} were refused: hardly a case is sound");
}

#[test]
fn golden_cases_get_the_same_bytes() {
    let calls = golden::calls().unwrap();
    assert!(calls.len() >= 12, "only {} golden cases were found", calls.len());
    let asked = |lang| calls.iter().map(move |call| json!({ "call": call, "lang": lang }).to_string().into_bytes());
    check(&ALL, &asked("zh").chain(asked("en")).collect::<Vec<_>>());
}

/// A table of weights of the scheme; 2.0 has none of its own.
fn tariff(scheme: &str) -> Option<(&'static str, &'static str)> {
    match scheme {
        "chs-drg-1.1" => Some(("linyi-2022", "支付标准（三级职工）")),
        "guangxi-2022" => Some(("guangxi-2022", "例均费用（玉林）")),
        _ => None,
    }
}

/// A record of a case file as a request; every eighth one in English, every second with a payment.
fn grouping(scheme: &str, n: usize, columns: &Columns, line: &str) -> Vec<u8> {
    let row = columns.row(line.as_bytes());
    let text = |cell: &[u8]| String::from_utf8(cell.to_vec()).unwrap();
    let number = |cell: &[u8]| text(cell).trim().parse::<u32>().ok();
    let codes = |cell: &[u8], field: &str| {
        let all = text(cell);
        all.split('|').filter(|code| !code.is_empty()).map(|code| json!({ field: code })).collect::<Vec<_>>()
    };
    let mut case = json!({ "scheme": scheme, "record": {
        "gend": text(row.sex), "age": number(row.age), "nwb_age": number(row.age_days),
        "nwb_bir_wt": number(row.birth_weight), "act_ipt_days": number(row.stay), "dscg_way": number(row.leaving),
        "diagnoses": codes(row.diagnoses, "diag_code"), "operations": codes(row.operations, "oprn_oprt_code"),
    } });
    if let Some((region, price)) = tariff(scheme).filter(|_| n.is_multiple_of(2)) {
        case["payment"] = json!({ "region": region, "price": price, "cost_fen": n * 977,
            "thresholds": { "low": "0.4", "high": [{ "multiple": "3" }] } });
    }
    let lang = if n.is_multiple_of(8) { "en" } else { "zh" };
    json!({ "call": { "group": case }, "lang": lang }).to_string().into_bytes()
}

/// Requests that are held in memory at a time, with their replies.
const AT_A_TIME: usize = 5_000;

/// Every ninth record of the national file and every sixth of Guangxi's; 2.0 has no file of its own and
/// is asked about the national one's. `ANXIN_PARITY_ALL=1` takes every record.
#[test]
fn groupings_get_the_same_bytes() {
    let all = std::env::var_os("ANXIN_PARITY_ALL").is_some();
    for (scheme, file, nth) in
        [("chs-drg-1.1", "chs-drg-1.1", 9), ("chs-drg-2.0", "chs-drg-1.1", 9), ("guangxi-2022", "guangxi-2022", 6)]
    {
        let text = golden::records(&format!("drg/{file}")).unwrap();
        let mut lines = text.lines();
        let columns = Columns::from_header(lines.next().unwrap().as_bytes()).unwrap();
        let sampled: Vec<(usize, &str)> = lines.enumerate().step_by(if all { 1 } else { nth }).collect();
        assert!(sampled.len() >= 3_000, "{scheme}: only {}", sampled.len());
        let mut groups = 0;
        for some in sampled.chunks(AT_A_TIME) {
            let requests: Vec<Vec<u8>> = some.iter().map(|(n, line)| grouping(scheme, *n, &columns, line)).collect();
            let replies = check(&GROUPING, &requests);
            groups += replies.iter().filter(|r| r.starts_with(br#"{"group""#)).count();
        }
        assert!(groups > sampled.len() * 9 / 10, "{scheme}: only {groups} of {} were answered", sampled.len());
    }
}

/// Records of a table that one call takes.
const ROWS: usize = 1_500;

/// Every record of the case files, with why and with what its group is paid, a table at a time. 2.0 is asked
/// about the national file.
#[test]
fn every_record_of_a_table_gets_the_same_bytes() {
    for (scheme, file, records) in [
        ("chs-drg-1.1", "chs-drg-1.1", 30_000),
        ("chs-drg-2.0", "chs-drg-1.1", 30_000),
        ("guangxi-2022", "guangxi-2022", 19_955),
    ] {
        let text = golden::records(&format!("drg/{file}")).unwrap();
        let mut lines = text.lines();
        let header = lines.next().unwrap();
        let rows: Vec<&str> = lines.collect();
        assert_eq!(rows.len(), records);
        let payment = tariff(scheme).map(|(region, price)| json!({ "region": region, "price": price }));
        let request = |some: &[&str]| {
            let batch = json!({ "scheme": scheme, "payment": payment, "trace": true });
            let table = format!("{header}\n{}", some.join("\n"));
            json!({ "call": { "group_table": { "batch": batch, "table": table } } }).to_string().into_bytes()
        };
        let requests: Vec<Vec<u8>> = rows.chunks(ROWS).map(request).collect();
        let replies = check(&GROUPING, &requests);
        let mut answered = 0;
        for reply in replies {
            let reply: Value = serde_json::from_slice(&reply).unwrap();
            let table = reply["group_table"].as_str().unwrap_or_else(|| panic!("{scheme}: {reply}"));
            answered += table.lines().count() - 1;
        }
        assert_eq!(answered, records, "{scheme}");
    }
}

/// The worked example of the interface, in both languages.
#[test]
fn forecasts_get_the_same_bytes() {
    let example = fs::read(node::project().join("wallet-api/src/openapi/forecast.json")).unwrap();
    let case: Value = serde_json::from_slice(&example).unwrap();
    let asked = |lang| json!({ "call": { "forecast_dip": case }, "lang": lang }).to_string().into_bytes();
    let replies = check(&GROUPING, &[asked("zh"), asked("en")]);
    assert!(replies.iter().all(|reply| reply.starts_with(br#"{"forecast_dip""#)));
}

/// A stay of the case file as a request, with its amounts; every eighth one in English.
fn stay(n: usize, columns: &dip::Columns, line: &str) -> Vec<u8> {
    let row = columns.row(line.as_bytes());
    let text = |cell: &[u8]| String::from_utf8(cell.to_vec()).unwrap();
    let codes = |cell: &[u8], field: &str| {
        let all = text(cell);
        all.split('|').filter(|code| !code.is_empty()).map(|code| json!({ field: code })).collect::<Vec<_>>()
    };
    let money = row.money().unwrap();
    let classes: Vec<String> = text(row.classes).split('|').map(str::to_owned).collect();
    let point = money.point_value.map(|yuan| json!({ "yuan": yuan, "kind": "forecast", "source": "演示" }));
    let case = json!({
        "scheme": "mz-dip2-2024",
        "record": {
            "diagnoses": codes(row.diagnoses, "diag_code"),
            "operations": codes(row.operations, "oprn_oprt_code"),
            "operation_classes": classes,
            "medfee_sumamt_fen": money.cost,
        },
        "payment": { "peer_average_fen": money.peer_average, "coefficient": money.coefficient, "own_point": point },
    });
    let lang = if n.is_multiple_of(8) { "en" } else { "zh" };
    json!({ "call": { "group_dip": case }, "lang": lang }).to_string().into_bytes()
}

/// Every stay of the case file; its group and its standard are those that the file gives.
#[test]
fn stays_get_the_same_bytes_and_the_expected_group() {
    let text = golden::records("dip/meizhou-2024").unwrap();
    let mut lines = text.lines();
    let columns = dip::Columns::from_header(lines.next().unwrap().as_bytes()).unwrap();
    let stays: Vec<&str> = lines.collect();
    let requests: Vec<Vec<u8>> = stays.iter().enumerate().map(|(n, line)| stay(n, &columns, line)).collect();
    let replies = check(&GROUPING, &requests);
    let mut paid = 0;
    for (line, reply) in stays.iter().zip(&replies) {
        let cells: Vec<&str> = line.split('\t').collect();
        let answer = &serde_json::from_slice::<Value>(reply).unwrap()["group_dip"];
        assert_eq!(answer["path"], cells[11], "{line}");
        if let Some(group) = answer["group"]["code"].as_str() {
            assert_eq!(group, cells[10], "{line}");
            let fen = cells[17].replace('.', "").parse::<u64>().unwrap();
            assert_eq!(
                (&answer["score"]["case_score"], &answer["score"]["pay_standard_fen"]),
                (&cells[16].into(), &fen.into())
            );
            paid += 1;
        }
    }
    assert!(stays.len() == 1_457 && paid > 1_000, "{paid} of {}", stays.len());
}

#[test]
fn the_small_module_says_that_it_does_not_group() {
    let requests = ["group", "group_dip"]
        .map(|call| json!({ "call": { call: { "scheme": "chs-drg-1.1", "record": {} } } }).to_string().into_bytes());
    for reply in node::replies(Build::Mini, &node::packs().unwrap(), &requests).unwrap() {
        assert!(reply.starts_with(br#"{"refused":{"code":"AX1023""#), "{}", String::from_utf8_lossy(&reply));
    }
}

#[test]
fn a_pack_that_was_touched_is_refused_by_every_build() {
    let scratch = tempfile::tempdir().unwrap();
    let mut bytes = fs::read(&node::packs().unwrap()[0]).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    let touched = scratch.path().join("benefit-touched.anxpack");
    fs::write(&touched, &bytes).unwrap();
    assert!(Engine::new().load(&bytes).is_err());
    for build in ALL {
        assert!(node::replies(build, std::slice::from_ref(&touched), &[]).is_err(), "{build:?} took it");
    }
}
