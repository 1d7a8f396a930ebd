//! One answer for one question, whoever computes it: natively, the browser's build, the
//! mini-program's build.

use std::fs;
use std::path::PathBuf;

use anxin_core::dispatch::Engine;
use anxin_core::drg::Columns;
use anxin_tests::generate::Generator;
use anxin_tests::golden;
use anxin_tests::node::{self, Build};
use serde_json::json;

const SEED: u64 = 0x5afe_c0de;
const GENERATED: usize = 10_000;
/// What answers estimates.
const ALL: [Build; 3] = [Build::Bindings, Build::Mini, Build::MiniGrouping];

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
    if n.is_multiple_of(2) {
        case["payment"] = json!({ "region": "guangxi-2022", "price": "例均费用（玉林）", "cost_fen": n * 977,
            "thresholds": { "low": "0.4", "high": [{ "multiple": "3" }] } });
    }
    let lang = if n.is_multiple_of(8) { "en" } else { "zh" };
    json!({ "call": { "group": case }, "lang": lang }).to_string().into_bytes()
}

/// Every ninth record of the national file and every sixth of Guangxi's; 2.0 has no file of its own and
/// is asked about the national one's.
#[test]
fn groupings_get_the_same_bytes() {
    for (scheme, file, nth) in
        [("chs-drg-1.1", "chs-drg-1.1", 9), ("chs-drg-2.0", "chs-drg-1.1", 9), ("guangxi-2022", "guangxi-2022", 6)]
    {
        let text = golden::records(file).unwrap();
        let mut lines = text.lines();
        let columns = Columns::from_header(lines.next().unwrap().as_bytes()).unwrap();
        let sampled = lines.enumerate().step_by(nth);
        let requests: Vec<Vec<u8>> = sampled.map(|(n, line)| grouping(scheme, n, &columns, line)).collect();
        assert!(requests.len() >= 3_000, "{scheme}: only {}", requests.len());
        let replies = check(&[Build::Bindings, Build::MiniGrouping], &requests);
        let groups = replies.iter().filter(|r| r.starts_with(br#"{"group""#)).count();
        assert!(groups > requests.len() * 9 / 10, "{scheme}: only {groups} of {} were answered", requests.len());
    }
}

#[test]
fn the_small_module_says_that_it_does_not_group() {
    let request = br#"{"call":{"group":{"scheme":"chs-drg-1.1","record":{"gend":"1"}}}}"#.to_vec();
    let replies = node::replies(Build::Mini, &node::packs().unwrap(), &[request]).unwrap();
    assert!(replies[0].starts_with(br#"{"refused":{"code":"AX1023""#), "{}", String::from_utf8_lossy(&replies[0]));
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
