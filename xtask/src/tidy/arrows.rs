//! Which of our crates may use which.

use std::path::Path;

use anyhow::Result;
use cargo_metadata::{DependencyKind, MetadataCommand};

/// A crate, and what it may use of ours. What is only for its tests is free.
const ARROWS: &[(&str, &[&str])] = &[
    ("anxin-core", &[]),
    ("anxin-bindings", &["anxin-core"]),
    ("anxin-mini", &["anxin-core"]),
    ("anxin-packer", &["anxin-core"]),
    ("anxin-drgpack", &["anxin-core"]),
    ("anxin-dippack", &["anxin-core"]),
    ("anxin-sheets", &[]),
    ("anxin-import", &["anxin-core", "anxin-sheets"]),
    ("wallet-types", &["anxin-core"]),
    ("wallet-ledger", &["anxin-core"]),
    ("wallet-store", &["wallet-ledger", "anxin-core"]),
    ("wallet-sim", &["wallet-store", "wallet-ledger", "anxin-core"]),
    ("wallet-courier", &["wallet-ledger", "anxin-core"]),
    ("wallet-api", &["wallet-types", "wallet-ledger", "wallet-store", "wallet-courier", "anxin-core"]),
    ("anxin-web", &["wallet-types", "wallet-ledger", "anxin-core", "anxin-sheets", "anxin-import"]),
    (
        "anxin",
        &[
            "wallet-api",
            "wallet-types",
            "wallet-ledger",
            "wallet-store",
            "anxin-core",
            "anxin-packer",
            "anxin-drgpack",
            "anxin-dippack",
            "anxin-sheets",
            "anxin-import",
        ],
    ),
    ("anxin-brokers", &[]),
    ("anxin-postgres", &[]),
    ("xtask", &[]),
    ("xtask-wasm", &[]),
];

/// Tests may use everything.
const FREE: &[&str] = &["anxin-tests"];

pub fn check(root: &Path) -> Result<Vec<String>> {
    let metadata = MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec()?;
    let ours: Vec<&str> = metadata.packages.iter().map(|p| p.name.as_str()).collect();
    let mut found = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        if FREE.contains(&name) {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| *from == name) else {
            found.push(format!("{name}: no arrows are written down for this crate"));
            continue;
        };
        let uses = package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development);
        for used in uses.map(|d| d.name.as_str()).filter(|used| ours.contains(used) && !allowed.contains(used)) {
            found.push(format!("{name} → {used}: this arrow is not allowed"));
        }
    }
    Ok(found)
}
