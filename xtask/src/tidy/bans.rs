//! What never enters the pure crates, not even by way of something else.

use std::path::Path;

use anyhow::{Result, ensure};
use cargo_metadata::MetadataCommand;
use xshell::{Shell, cmd};

const PURE: &[&str] = &["anxin-core", "wallet-ledger"];
/// I/O, clocks, chance and JavaScript. `actix` stands for every crate whose name begins with it.
const BANNED: &[&str] = &["tokio", "sqlx", "actix", "rand", "getrandom", "wasm-bindgen", "chrono"];

pub fn check(root: &Path) -> Result<Vec<String>> {
    let sh = Shell::new()?;
    sh.change_dir(root);
    let mut found = Vec::new();
    let metadata = MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec()?;
    let there = |name: &&&str| metadata.packages.iter().any(|p| p.name.as_str() == **name);
    for pure in PURE.iter().filter(there) {
        // The tree of one package has its own features alone; the workspace's metadata mixes all.
        let format = "{lib}|{p}";
        let tree = cmd!(sh, "cargo tree --package {pure} --edges normal --prefix none --format {format} --target all");
        let tree = tree.quiet().read()?;
        ensure!(!tree.is_empty(), "cargo tree printed nothing for {pure}");
        found.extend(in_tree(&tree).map(|name| format!("{pure} uses {name}: nothing impure may be under it")));
    }
    found.dedup();
    Ok(found)
}

fn in_tree(tree: &str) -> impl Iterator<Item = &str> {
    let names = tree.lines().filter_map(|line| line.split_once('|')?.1.split_whitespace().next());
    names
        .filter(|name| BANNED.iter().any(|banned| name == banned || (*banned == "actix" && name.starts_with("actix-"))))
}
