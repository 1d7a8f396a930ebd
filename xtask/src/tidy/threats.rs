//! The table of threats names what holds each of them: a test or a mistake that is not there any more holds nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::mutants;

const TABLE: &str = "docs/THREATS.md";
/// Stands where a guard has a test, and no mistake was written down for it yet.
const NONE: &str = "(none)";

pub fn check(root: &Path, sources: &[PathBuf]) -> Result<Vec<String>> {
    let Ok(table) = fs::read_to_string(root.join(TABLE)) else { return Ok(Vec::new()) };
    let rust = sources.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let mut functions = BTreeSet::new();
    for path in rust {
        functions.extend(fs::read_to_string(path)?.lines().filter_map(function).map(str::to_owned));
    }
    let mistakes: BTreeSet<String> = mutants::names(root)?.into_iter().collect();
    Ok(rows(&table).flat_map(|(line, row)| missing(line, &row, &functions, &mistakes)).collect())
}

fn function(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("fn ")?;
    rest.split_once(['(', '<']).map(|(name, _)| name)
}

/// The rows of threats: their number, what they are, the tests and the mistakes.
fn rows(table: &str) -> impl Iterator<Item = (usize, [&str; 4])> {
    table.lines().enumerate().filter_map(|(n, line)| {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let row: [&str; 4] = cells.try_into().ok()?;
        let numbered = row[0].len() > 1 && row[0][1..].chars().all(|digit| digit.is_ascii_digit());
        numbered.then_some((n + 1, row))
    })
}

fn missing(line: usize, row: &[&str; 4], functions: &BTreeSet<String>, mistakes: &BTreeSet<String>) -> Vec<String> {
    let [threat, _, tests, wrong] = row;
    let place = format!("{TABLE}:{line}: {threat}");
    let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
    let mut found = Vec::new();
    if named.is_empty() {
        found.push(format!("{place} names no test"));
    }
    let gone = named.iter().filter(|name| !functions.contains(**name));
    found.extend(gone.map(|name| format!("{place} names the test {name}, which is not there")));
    if *wrong != NONE {
        let gone = wrong.split(';').map(str::trim).filter(|name| !mistakes.contains(*name));
        found.extend(gone.map(|name| format!("{place} names the mistake {name:?}, which no list has")));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_and_not_there_is_found() {
        let table = "| A1 | twice | `it_is_once` | it is twice |\n| A2 | gone | `nobody_knows` | nobody |\n| B3 | x | | (none) |\n| | Threat | Test | Mutant |\n";
        let functions = BTreeSet::from(["it_is_once".to_owned()]);
        let mistakes = BTreeSet::from(["it is twice".to_owned()]);
        let found: Vec<String> =
            rows(table).flat_map(|(line, row)| missing(line, &row, &functions, &mistakes)).collect();
        assert_eq!(
            found,
            [
                "docs/THREATS.md:2: A2 names the test nobody_knows, which is not there",
                "docs/THREATS.md:2: A2 names the mistake \"nobody\", which no list has",
                "docs/THREATS.md:3: B3 names no test",
            ]
        );
    }

    #[test]
    fn a_function_is_found_however_it_is_declared() {
        for line in ["async fn it_is_once() {", "fn it_is_once<T>(t: T) {", "    fn it_is_once(", "pub fn it_is_once()"]
        {
            assert_eq!(function(line), Some("it_is_once"), "{line}");
        }
    }
}
