//! The packs as the tests see them: compiled afresh from the rules in this tree.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::path::{Path, PathBuf};

use anxin_core::dispatch::Engine;

pub fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

/// The golden cases of every area, in a fixed order.
pub fn golden_files() -> Vec<PathBuf> {
    let areas = fs::read_dir(rules().join("cases/benefit")).unwrap();
    let mut files: Vec<PathBuf> =
        areas.flat_map(|area| fs::read_dir(area.unwrap().path()).unwrap()).map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

pub fn engine() -> Engine {
    let files = anxin_packer::read_tree(&rules().join("benefit")).unwrap();
    let packs = anxin_packer::compile(&files).unwrap_or_else(|lints| panic!("{lints:#?}"));
    let mut engine = Engine::new();
    for (id, bytes) in packs {
        engine.load(&bytes).unwrap_or_else(|e| panic!("{id}: {e}"));
    }
    engine
}
