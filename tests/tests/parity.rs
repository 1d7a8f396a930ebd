//! One answer for one question, whoever computes it: natively, the browser's build, the
//! mini-program's build.

use std::fs;
use std::path::PathBuf;

use anxin_core::dispatch::Engine;
use anxin_tests::generate::Generator;
use anxin_tests::golden;
use anxin_tests::node::{self, Build};
use serde_json::json;

const SEED: u64 = 0x5afe_c0de;
const GENERATED: usize = 10_000;

/// Asks all three builds and compares each reply byte by byte.
fn check(requests: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let packs = node::packs().unwrap();
    let native = native(&packs, requests);
    for build in [Build::Bindings, Build::Mini] {
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
    let replies = check(&requests);
    let refused = replies.iter().filter(|r| r.starts_with(br#"{"refused""#)).count();
    assert!(refused > GENERATED / 10, "only {refused} of {GENERATED} were refused: the damage does nothing");
    assert!(refused < GENERATED * 2 / 3, "{refused} of {GENERATED} were refused: hardly a case is sound");
}

#[test]
fn golden_cases_get_the_same_bytes() {
    let calls = golden::calls().unwrap();
    assert!(calls.len() >= 12, "only {} golden cases were found", calls.len());
    let asked = |lang| calls.iter().map(move |call| json!({ "call": call, "lang": lang }).to_string().into_bytes());
    check(&asked("zh").chain(asked("en")).collect::<Vec<_>>());
}

#[test]
fn a_pack_that_was_touched_is_refused_by_every_build() {
    let scratch = tempfile::tempdir().unwrap();
    let mut bytes = fs::read(&node::packs().unwrap()[0]).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    let touched = scratch.path().join("touched.anxpack");
    fs::write(&touched, &bytes).unwrap();
    assert!(Engine::new().load(&bytes).is_err());
    for build in [Build::Bindings, Build::Mini] {
        assert!(node::replies(build, std::slice::from_ref(&touched), &[]).is_err(), "{build:?} took it");
    }
}
