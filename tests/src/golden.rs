//! The golden cases of the rules, as their files state them.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anxin_core::benefit::Case;
use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::node;

/// Keys of a golden file that hold something to ask, with the call that asks it.
const CALLS: [(&str, &str); 3] = [("case", "estimate"), ("year", "year"), ("compare", "compare")];

/// What each file asks, as the `call` of a request.
pub fn calls() -> Result<Vec<Value>> {
    let mut calls = Vec::new();
    gather(&node::project().join("wasm-core/rules/cases/benefit"), &mut calls)?;
    Ok(calls)
}

/// A file of grouping records, header and all: `drg/chs-drg-1.1`.
pub fn records(name: &str) -> Result<String> {
    let path = node::project().join(format!("wasm-core/rules/cases/{name}.tsv.gz"));
    let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text)?;
    Ok(text)
}

/// The single visits among them.
pub fn cases() -> Result<Vec<Case>> {
    let singles = calls()?.into_iter().filter_map(|mut call| Some(call.get_mut("estimate")?.take()));
    Ok(singles.map(serde_json::from_value).collect::<Result<_, _>>()?)
}

fn gather(dir: &Path, calls: &mut Vec<Value>) -> Result<()> {
    let read = fs::read_dir(dir).with_context(|| dir.display().to_string())?;
    let mut paths: Vec<PathBuf> = read.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, calls)?;
        } else if path.extension().is_some_and(|e| e == "json") {
            let golden: Value = serde_json::from_slice(&fs::read(&path)?)?;
            let asked = CALLS.into_iter().find_map(|(key, call)| Some(json!({ call: golden.get(key)? })));
            calls.push(asked.with_context(|| format!("{} asks nothing", path.display()))?);
        }
    }
    Ok(())
}
