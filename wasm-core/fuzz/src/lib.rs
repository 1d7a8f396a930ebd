//! What the fuzz targets share: the engine with every pack, the golden cases as a place to start
//! from, and a mutator that keeps a request's shape while it changes what stands in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anxin_core::dispatch::Engine;
use serde_json::{Value, json};

pub mod dice;
#[path = "../../import/tests/kept.rs"]
pub mod files;
pub mod lines;
pub mod mutate;
#[path = "../../drgpack/tests/strange.rs"]
pub mod records;
#[path = "../../tests/door/reply.rs"]
pub mod reply;
#[path = "../../packer/tests/strange.rs"]
pub mod strange;

pub static PACKS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let files = anxin_packer::read_tree(&rules().join("benefit")).expect("the rules are readable");
    let packs = anxin_packer::compile(&files).unwrap_or_else(|lints| panic!("{lints:#?}"));
    packs.into_iter().map(|(_, bytes)| bytes).collect()
});

pub static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let mut engine = Engine::new();
    for pack in PACKS.iter() {
        engine.load(pack).expect("a compiled pack opens");
    }
    engine
});

/// Every golden case as a request: by itself, compared with itself, and as a year.
pub static REQUESTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let mut paths = Vec::new();
    find(&rules().join("cases/benefit"), &mut paths);
    paths.sort();
    let golden = paths.iter().map(|p| serde_json::from_slice::<Value>(&fs::read(p).unwrap()).unwrap());
    golden
        .flat_map(|g| match g.get("case") {
            Some(case) => vec![
                json!({"call": {"estimate": case}, "lang": "zh"}),
                json!({"call": {"compare": [case, case]}}),
                json!({"call": {"year": [case, case, case]}, "lang": "en"}),
            ],
            None => vec![json!({"call": {"year": g["year"]}})],
        })
        .collect()
});

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules")
}

fn find(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, found);
        } else if path.extension().is_some_and(|e| e == "json") {
            found.push(path);
        }
    }
}

/// Asks the door twice: a reply that breaks a promise, or two that differ, is a finding.
pub fn ask(engine: &Engine, request: &[u8]) {
    let reply = engine.dispatch(request);
    if let Err(broken) = reply::read(&reply) {
        panic!("{broken}\nasked: {}", String::from_utf8_lossy(request));
    }
    assert_eq!(reply, engine.dispatch(request), "the same bytes got two replies");
}
