//! Rules of the house that the compiler does not know. Each finding is one line that begins with
//! the place it is about.

mod arrows;
mod bans;
mod invariants;
mod links;
mod supply;
mod text;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::security;

/// Fails when anything was found, after printing all of it.
pub fn run(root: &Path) -> Result<()> {
    let found = findings(root)?;
    for finding in &found {
        eprintln!("tidy: {finding}");
    }
    match found.len() {
        0 => Ok(()),
        n => bail!("{n} findings"),
    }
}

fn findings(root: &Path) -> Result<Vec<String>> {
    let mut found = arrows::check(root)?;
    found.extend(bans::check(root)?);
    found.extend(supply::check(root)?);
    let files = files(root)?;
    found.extend(security::findings(root)?);
    found.extend(invariants::check(root, &files)?);
    for path in &files {
        let Ok(content) = fs::read_to_string(path) else { continue };
        let name = path.strip_prefix(root)?;
        found.extend(text::check(name, &content));
        found.extend(links::check(root, name, &content));
    }
    Ok(found)
}

/// What is not ours, or is made by tools.
const SKIPPED: &[&str] = &["target", "node_modules", ".git"];

fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let read = fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
    let mut found = Vec::new();
    for entry in read {
        let entry = entry?;
        let name = entry.file_name();
        if SKIPPED.iter().any(|skipped| name == *skipped) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests;
