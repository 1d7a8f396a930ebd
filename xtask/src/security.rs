//! The table of threats in `docs/SECURITY.md`: who guards against each of them, which test shows it, and which mistake
//! that test catches. A guard that no test misses when it is gone guards nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::mutants::{self, Fate, Mutant};
use crate::test_names::Tests;

const DOCUMENT: &str = "docs/SECURITY.md";
/// How many threats each group has: a row that was left out is missed.
const GROUPS: &[(char, usize)] = &[('A', 13), ('B', 13), ('C', 9), ('D', 10), ('E', 10)];

/// One row of the table.
#[derive(Debug)]
struct Threat<'a> {
    line: usize,
    /// A letter and a number.
    number: &'a str,
    what: &'a str,
    /// Files.
    guards: Vec<&'a str>,
    tests: Vec<&'a str>,
    /// Mistakes by their names in `tests/mutants/`.
    mistakes: Vec<&'a str>,
    remains: &'a str,
}

/// What is wrong with the table; each finding begins with its place.
pub fn findings(root: &Path) -> Result<Vec<String>> {
    let Ok(document) = fs::read_to_string(root.join(DOCUMENT)) else { return Ok(Vec::new()) };
    let (mutants, tests) = (mutants::read(root)?, Tests::read(root)?);
    let threats: Vec<Threat> = threats(&document).collect();
    let mut found = left_out(&threats);
    for threat in &threats {
        found.extend(threat.wrong(&mutants, &tests, |file| root.join(file).is_file()));
    }
    Ok(found)
}

fn threats(document: &str) -> impl Iterator<Item = Threat<'_>> {
    document.lines().enumerate().filter_map(|(n, line)| {
        let row = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let number = *cells.first()?;
        let digits = number.strip_prefix(|letter| GROUPS.iter().any(|(group, _)| *group == letter))?;
        digits.parse::<usize>().ok()?;
        let cell = |n: usize| cells.get(n).copied().unwrap_or_default();
        let mistakes = cell(4).split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
        let (guards, tests) = (quoted(cell(2)), quoted(cell(3)));
        Some(Threat { line: n + 1, number, what: cell(1), guards, tests, mistakes, remains: cell(5) })
    })
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn left_out(threats: &[Threat]) -> Vec<String> {
    let all = GROUPS.iter().flat_map(|(group, most)| (1..=*most).map(move |n| format!("{group}{n}")));
    let times = |number: &String| threats.iter().filter(|threat| threat.number == number).count();
    let other = all.map(|number| (times(&number), number)).filter(|(times, _)| *times != 1);
    other.map(|(times, number)| format!("{DOCUMENT}: {number} has {times} rows")).collect()
}

impl Threat<'_> {
    fn wrong(&self, mutants: &[Mutant], tests: &Tests, there: impl Fn(&str) -> bool) -> Vec<String> {
        let mut found = Vec::new();
        for (of, none) in [("guard", self.guards.is_empty()), ("test", self.tests.is_empty())] {
            if none {
                found.push(format!("names no {of}"));
            }
        }
        if self.mistakes.is_empty() {
            found.push("names no mistake that its test catches".to_owned());
        }
        if self.remains.is_empty() {
            found.push("does not say what remains".to_owned());
        }
        let gone = self.tests.iter().filter(|name| !tests.has(name));
        found.extend(gone.map(|name| format!("names the test {name}, which is not there")));
        let gone = self.guards.iter().filter(|file| !there(file));
        found.extend(gone.map(|file| format!("names the guard {file}, which is not there")));
        let mut guarded = BTreeSet::new();
        for name in &self.mistakes {
            let Some(mutant) = mutants.iter().find(|mutant| mutant.name == *name) else {
                found.push(format!("names the mistake {name:?}, which no list has"));
                continue;
            };
            let file = mutant.file.to_string_lossy().into_owned();
            if !self.guards.contains(&file.as_str()) {
                found.push(format!("names the mistake {name:?} and not its guard, {file}"));
            }
            if !self.tests.iter().any(|test| tests.runs(&mutant.test, test)) {
                found.push(format!("names no test that catches {name:?}"));
            }
            guarded.insert(file);
        }
        let idle = self.guards.iter().filter(|file| !guarded.contains(**file));
        found.extend(idle.map(|file| format!("names the guard {file}, and no mistake in it")));
        let place = format!("{DOCUMENT}:{}: {}", self.line, self.number);
        found.into_iter().map(|what| format!("{place} {what}")).collect()
    }
}

/// The mistakes of each threat, by its number.
pub fn mistakes(root: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let document = fs::read_to_string(root.join(DOCUMENT))?;
    let row = |threat: Threat| (threat.number.to_owned(), threat.mistakes.into_iter().map(str::to_owned).collect());
    Ok(threats(&document).map(row).collect())
}

/// How each threat fared whose mistakes were made, one line each.
pub fn table(root: &Path, fates: &BTreeMap<&str, Fate>) -> Result<String> {
    let document = fs::read_to_string(root.join(DOCUMENT))?;
    let lines = threats(&document).filter_map(|threat| {
        let made: Vec<Fate> = threat.mistakes.iter().filter_map(|name| fates.get(name)).copied().collect();
        let caught = made.iter().filter(|fate| **fate == Fate::Caught).count();
        let mark = if caught == made.len() { "caught" } else { "SURVIVED" };
        let left = threat.mistakes.len() - made.len();
        let left = if left == 0 { String::new() } else { format!(", {left} not made") };
        let Threat { number, what, .. } = threat;
        let line = format!("{number:<4} {mark:<8} {caught} of {}{left:<13} {what}", made.len());
        (!made.is_empty()).then_some(line)
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TESTS: &str = "#[test]\nfn it_is_once() {}\n#[test]\nfn it_is_late() {}\n";

    fn mutant(name: &str, file: &str, test: &str) -> Mutant {
        let mut mutant = Mutant::default();
        (mutant.name, mutant.file, mutant.test) = (name.into(), file.into(), test.into());
        mutant
    }

    fn wrong(row: &str) -> Vec<String> {
        let mutants = [mutant("twice", "a.rs", "-p x it_is_once"), mutant("late", "b.rs", "-p x it_is_late")];
        let threat = threats(row).next().expect("a row");
        threat.wrong(&mutants, &Tests::of(TESTS), |file| file != "gone.rs")
    }

    #[test]
    fn a_guard_without_a_test_is_found() {
        assert_eq!(wrong("| A1 | x | `a.rs` | `it_is_once` | twice | none |"), Vec::<String>::new());
        assert_eq!(
            wrong("| A1 | x | `a.rs` | | twice | none |"),
            ["docs/SECURITY.md:1: A1 names no test", "docs/SECURITY.md:1: A1 names no test that catches \"twice\""]
        );
        assert_eq!(
            wrong("| A1 | x | `a.rs`, `c.rs` | `it_is_once` | twice | none |"),
            ["docs/SECURITY.md:1: A1 names the guard c.rs, and no mistake in it"]
        );
    }

    #[test]
    fn what_is_named_and_not_there_is_found() {
        assert_eq!(
            wrong("| A1 | x | `gone.rs` | `nobody_knows` | twice; thrice | |"),
            [
                "does not say what remains",
                "names the test nobody_knows, which is not there",
                "names the guard gone.rs, which is not there",
                "names the mistake \"twice\" and not its guard, a.rs",
                "names no test that catches \"twice\"",
                "names the mistake \"thrice\", which no list has",
                "names the guard gone.rs, and no mistake in it",
            ]
            .map(|what| format!("docs/SECURITY.md:1: A1 {what}"))
        );
        let named_for_another = wrong("| B2 | x | `a.rs` | `it_is_late` | twice | none |");
        assert_eq!(named_for_another, ["docs/SECURITY.md:1: B2 names no test that catches \"twice\""]);
    }

    #[test]
    fn a_row_that_is_left_out_or_stands_twice_is_found() {
        let all: Vec<String> =
            GROUPS.iter().flat_map(|(g, most)| (1..=*most).map(move |n| format!("| {g}{n} |"))).collect();
        let check = |rows: &[String]| left_out(&threats(&rows.join("\n")).collect::<Vec<_>>());
        assert_eq!(check(&all), Vec::<String>::new());
        assert_eq!(check(&all[1..]), ["docs/SECURITY.md: A1 has 0 rows"]);
        assert_eq!(check(&[&all[..], &all[..1]].concat()), ["docs/SECURITY.md: A1 has 2 rows"]);
    }

    #[test]
    fn the_table_tells_what_was_made_and_what_survived() {
        let house = tempfile::tempdir().unwrap();
        fs::create_dir(house.path().join("docs")).unwrap();
        fs::write(
            house.path().join(DOCUMENT),
            "| A1 | money |||twice; late||\n| A2 | time |||late||\n| B1 | no |||no||\n",
        )
        .unwrap();
        let fates = BTreeMap::from([("twice", Fate::Survived), ("late", Fate::Caught)]);
        let told = table(house.path(), &fates).unwrap();
        let lines: Vec<String> =
            told.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(lines, ["A1 SURVIVED 1 of 2 money", "A2 caught 1 of 1 time"]);
    }
}
