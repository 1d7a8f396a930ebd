//! "What always holds" in `ARCHITECTURE.md`: each sentence names the test that holds it, and what it names is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::test_names::{Tests, function};

const DOCUMENT: &str = "ARCHITECTURE.md";
const BEGIN: &str = "\n## What always holds\n";
/// What holds a sentence that no test holds by itself. Where that is less than a test, it is said.
const OTHERWISE: [&str; 2] = ["review", "Lints"];
/// A name with fewer of them is as likely a module's or a crate's.
const UNDERSCORES: usize = 3;

pub fn check(root: &Path, files: &[impl AsRef<Path>]) -> Result<Vec<String>> {
    let Ok(document) = fs::read_to_string(root.join(DOCUMENT)) else { return Ok(Vec::new()) };
    let sources = files.iter().map(AsRef::as_ref).filter(|file| file.extension().is_some_and(|end| end == "rs"));
    let (mut functions, mut of_tests) = (BTreeSet::new(), BTreeSet::new());
    for source in sources {
        let text = fs::read_to_string(source)?;
        let names: Vec<String> = text.lines().filter_map(function).map(str::to_owned).collect();
        // What several tests run, each on another database, is held by as many.
        if source.components().any(|part| part.as_os_str() == "tests") {
            of_tests.extend(names.iter().cloned());
        }
        functions.extend(names);
    }
    let tests = Tests::read(root)?;
    Ok(wrong(&document, &functions, |name| of_tests.contains(name) || tests.has(name)))
}

fn wrong(document: &str, functions: &BTreeSet<String>, is_test: impl Fn(&str) -> bool) -> Vec<String> {
    let Some((_, rest)) = document.split_once(BEGIN) else {
        return vec![format!("{DOCUMENT}: says nowhere what always holds")];
    };
    let part = rest.split("\n## ").next().unwrap_or_default();
    let mut found = Vec::new();
    for (number, text) in sentences(part) {
        let names: Vec<&str> = text.split('`').skip(1).step_by(2).filter(|word| is_name(word)).collect();
        let gone = names.iter().filter(|name| !functions.contains(**name));
        found.extend(gone.map(|name| format!("{DOCUMENT}: {number} names {name}, which is not there")));
        let held = names.iter().any(|name| is_test(name)) || OTHERWISE.iter().any(|by| text.contains(by));
        if !held {
            found.push(format!("{DOCUMENT}: {number} names no test that holds it"));
        }
    }
    found
}

/// Numbered paragraphs that begin with the sentence in bold.
fn sentences(part: &str) -> Vec<(&str, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    for line in part.lines() {
        let number = line.split_once(". **").map(|(number, _)| number);
        match number.filter(|number| number.bytes().all(|b| b.is_ascii_digit())) {
            Some(number) => all.push((number, line.to_owned())),
            None if line.starts_with("   ") => all.last_mut().into_iter().for_each(|(_, text)| *text += line),
            None => {}
        }
    }
    all
}

fn is_name(word: &str) -> bool {
    word.matches('_').count() >= UNDERSCORES && word.bytes().all(|b| b == b'_' || b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sentence: &str) -> Vec<String> {
        let functions = ["it_is_once_and_late", "what_a_test_runs_for_it"].map(str::to_owned).into();
        let document =
            format!("# A\n\n## What always holds\n\nWords.\n\n{sentence}\n\n## Else\n\n9. **No.** `a_b_c_d`\n");
        wrong(&document, &functions, |name| name == "it_is_once_and_late")
    }

    #[test]
    fn a_sentence_that_nothing_holds_is_found() {
        assert_eq!(found("1. **So.** `it_is_once_and_late` in `x.rs`."), Vec::<String>::new());
        assert_eq!(found("1. **So.** Held by review."), Vec::<String>::new());
        assert_eq!(
            found("1. **So**, and\n    more. `what_a_test_runs_for_it`."),
            ["ARCHITECTURE.md: 1 names no test that holds it"]
        );
        assert_eq!(
            found("12. **So.** `it_is_once_and_late`,\n    `nobody_knows_it_now`."),
            ["ARCHITECTURE.md: 12 names nobody_knows_it_now, which is not there"]
        );
        let empty = wrong("# A\n", &BTreeSet::new(), |_| true);
        assert_eq!(empty, ["ARCHITECTURE.md: says nowhere what always holds"]);
    }
}
