//! The packs as the tests see them: compiled afresh from the rules in this tree.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use anxin_core::dispatch::Engine;

pub fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
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
