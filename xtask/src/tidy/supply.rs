//! What comes from elsewhere (SECURITY E8): how much of it there is, that it is what it was when it was chosen, and
//! on what terms. `cargo xtask deny` looks at each crate's own licence and at advisories; this holds what that goes by.

use std::fs;
use std::path::Path;

use anyhow::Result;
use cargo_metadata::MetadataCommand;
use serde::Deserialize;
use xshell::{Shell, cmd};

/// Crates that a program consists of at most, ours among them. Whoever needs more changes the number, and says why:
/// seventeen of those of `anxin` are the client of NATS and what it brings.
const MOST: &[(&str, usize)] = &[("anxin", 330), ("anxin-core", 30), ("wallet-ledger", 32), ("anxin-web", 155)];
const PERMISSIVE: &[&str] = &[
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[derive(Deserialize)]
struct Lock {
    #[serde(default)]
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    source: Option<String>,
    checksum: Option<String>,
}

pub fn check(root: &Path) -> Result<Vec<String>> {
    let mut found = counted(root)?;
    if let Ok(lock) = fs::read_to_string(root.join("Cargo.lock")) {
        found.extend(locked(&lock)?);
    }
    if let Ok(deny) = fs::read_to_string(root.join("deny.toml")) {
        found.extend(terms(&deny)?);
    }
    Ok(found)
}

fn counted(root: &Path) -> Result<Vec<String>> {
    let sh = Shell::new()?;
    sh.change_dir(root);
    let metadata = MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec()?;
    let mut found = Vec::new();
    for (program, most) in MOST.iter().filter(|(name, _)| metadata.packages.iter().any(|p| p.name.as_str() == *name)) {
        let format = "{p}";
        let tree =
            cmd!(sh, "cargo tree --package {program} --edges normal --prefix none --no-dedupe --format {format}");
        let tree = tree.quiet().read()?;
        found.extend(too_many(program, *most, &tree));
    }
    Ok(found)
}

fn too_many(program: &str, most: usize, tree: &str) -> Option<String> {
    let mut crates: Vec<&str> = tree.lines().collect();
    crates.sort_unstable();
    crates.dedup();
    let count = crates.len();
    (count > most).then(|| format!("{program} consists of {count} crates, and {most} are allowed"))
}

/// What is not ours comes from the registry, as it was when its checksum was written down.
fn locked(lock: &str) -> Result<Vec<String>> {
    let lock: Lock = toml::from_str(lock)?;
    let foreign = lock.package.iter().filter_map(|package| Some((package, package.source.as_deref()?)));
    let loose = foreign.filter(|(package, source)| *source != REGISTRY || package.checksum.is_none());
    Ok(loose.map(|(package, source)| format!("Cargo.lock: {} comes from {source} unchecked", package.name)).collect())
}

fn terms(deny: &str) -> Result<Vec<String>> {
    let deny: toml::Table = toml::from_str(deny)?;
    let setting = |section: &str, key: &str| deny.get(section).and_then(|section| section.get(key));
    let allowed = setting("licenses", "allow").and_then(toml::Value::as_array).into_iter().flatten();
    let strange = allowed.filter_map(toml::Value::as_str).filter(|licence| !PERMISSIVE.contains(licence));
    let mut found: Vec<String> = strange.map(|licence| format!("deny.toml: {licence} is not permissive")).collect();
    for (section, key) in [("sources", "unknown-registry"), ("sources", "unknown-git"), ("advisories", "yanked")] {
        if setting(section, key).and_then(toml::Value::as_str) != Some("deny") {
            found.push(format!("deny.toml: {section}.{key} is \"deny\""));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_crates_than_are_allowed_are_found() {
        let tree = "a v1\nb v1\na v1\nc v1";
        assert_eq!(too_many("x", 3, tree), None);
        assert!(too_many("x", 2, tree).unwrap().contains("3 crates, and 2"));
    }

    #[test]
    fn what_comes_from_elsewhere_or_unchecked_is_found() {
        let package = |more: &str| format!("[[package]]\nname = \"x\"\nversion = \"1.0.0\"\n{more}");
        let registry = format!("source = \"{REGISTRY}\"\n");
        assert_eq!(locked(&package("")).unwrap(), Vec::<String>::new(), "ours");
        assert_eq!(locked(&package(&format!("{registry}checksum = \"00\"\n"))).unwrap(), Vec::<String>::new());
        for loose in [registry.as_str(), "source = \"git+https://example.org/x#1\"\nchecksum = \"00\"\n"] {
            assert_eq!(locked(&package(loose)).unwrap().len(), 1, "{loose}");
        }
    }

    #[test]
    fn terms_that_reach_further_are_found() {
        let deny = "[licenses]\nallow = [\"MIT\"]\n[advisories]\nyanked = \"deny\"\n[sources]\nunknown-registry = \"deny\"\nunknown-git = \"deny\"\n";
        assert_eq!(terms(deny).unwrap(), Vec::<String>::new());
        for (from, to) in [("MIT", "AGPL-3.0"), ("unknown-git = \"deny\"", "unknown-git = \"allow\""), ("yanked", "x")]
        {
            assert_eq!(terms(&deny.replace(from, to)).unwrap().len(), 1, "{to}");
        }
    }
}
