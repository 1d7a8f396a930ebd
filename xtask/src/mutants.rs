//! Mistakes that are made on purpose, one at a time, in a copy of the tree: the test that is named beside each has
//! to fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use serde::Deserialize;
use xshell::{Shell, cmd};

use crate::test_names::Tests;
use crate::{root, security, shell};

#[derive(Parser)]
pub struct Args {
    /// Only see whether each of them can still be made.
    #[arg(long)]
    check: bool,
    /// Only those of these threats (`A4`), or whose list, name, file or reason contains one of these.
    filter: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    mutant: Vec<Mutant>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutant {
    /// The name of the list that it stands in.
    #[serde(skip)]
    list: String,
    pub name: String,
    pub file: PathBuf,
    /// Stands in the file exactly once.
    find: String,
    replace: String,
    /// What `cargo test` is told.
    pub test: String,
    /// What no longer holds with it: a threat or an invariant.
    holds: String,
}

/// How one fared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Caught,
    Survived,
    DoesNotCompile,
}

pub fn run(args: &Args) -> Result<()> {
    still_apply()?;
    if args.check {
        return Ok(());
    }
    let mutants = read(&root())?;
    let sh = shell()?;
    let rows = security::mistakes(&root())?;
    let wanted = |m: &&Mutant| {
        let text = format!("{}.toml {} {} {}", m.list, m.name, m.file.display(), m.holds);
        let named = |filter: &String| match rows.get(filter) {
            Some(row) => row.contains(&m.name),
            None => text.contains(filter.as_str()),
        };
        args.filter.is_empty() || args.filter.iter().any(named)
    };
    let mutants: Vec<&Mutant> = mutants.iter().filter(wanted).collect();
    ensure!(!mutants.is_empty(), "no mutant is called so");
    let house = House::copy(&sh)?;
    let tests: BTreeSet<&str> = mutants.iter().map(|m| m.test.as_str()).collect();
    for test in tests {
        ensure!(
            house.test(test, false)? && house.test(test, true)?,
            "cargo test {test} fails without any mutant, or has no test"
        );
    }
    let mut fates = BTreeMap::new();
    for mutant in &mutants {
        let start = Instant::now();
        let fate = house.fate(mutant)?;
        let mark = match fate {
            Fate::Caught => "caught",
            Fate::Survived => "SURVIVED",
            Fate::DoesNotCompile => "DOES NOT COMPILE",
        };
        println!("{mark:<10} {:>5.1} s  {} ({})", start.elapsed().as_secs_f64(), mutant.name, mutant.holds);
        fates.insert(mutant.name.as_str(), fate);
    }
    println!("\n{}", security::table(&root(), &fates)?);
    let lost = fates.values().filter(|fate| **fate != Fate::Caught).count();
    println!("{} mutants, {lost} not caught", mutants.len());
    ensure!(lost == 0, "{lost} of {} mutants were not caught", mutants.len());
    Ok(())
}

/// Whether each mutant can still be made, has a test to catch it, and no guard of the table is without one.
pub fn still_apply() -> Result<()> {
    let root = root();
    let mut found = wrong(&root, &read(&root)?, &Tests::read(&root)?);
    found.extend(security::findings(&root)?);
    ensure!(found.is_empty(), "mutants that prove nothing:\n{}", found.join("\n"));
    Ok(())
}

pub fn read(root: &Path) -> Result<Vec<Mutant>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root.join("tests/mutants"))?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "toml")) {
        let list: List = toml::from_str(&fs::read_to_string(file)?).with_context(|| file.display().to_string())?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        all.extend(list.mutant.into_iter().map(|mutant| Mutant { list: name.to_string(), ..mutant }));
    }
    Ok(all)
}

fn wrong(root: &Path, mutants: &[Mutant], tests: &Tests) -> Vec<String> {
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    for mutant in mutants {
        let Mutant { name, file, .. } = mutant;
        let text = fs::read_to_string(root.join(file)).unwrap_or_default();
        let times = text.matches(&mutant.find).count();
        if times != 1 {
            found.push(format!("{name}: its text stands {times} times in {}", file.display()));
        }
        if !names.insert(name) {
            found.push(format!("{name}: two of them are called so"));
        }
        found.extend(tests.unknown(&mutant.test).iter().map(|word| format!("{name}: no test is called {word}")));
    }
    found
}

/// A copy of the tree, with a target folder of its own.
struct House {
    tree: PathBuf,
    target: PathBuf,
    sh: Shell,
}

impl House {
    fn copy(sh: &Shell) -> Result<House> {
        let (tree, target) = (root().join("target/mutants/tree"), root().join("target/mutants/target"));
        sh.remove_path(&tree)?;
        sh.create_dir(&tree)?;
        for name in cmd!(sh, "git ls-files --cached --others --exclude-standard").quiet().read()?.lines() {
            let (from, to) = (root().join(name), tree.join(name));
            if from.is_file() {
                fs::create_dir_all(to.parent().unwrap_or(&tree))?;
                fs::copy(from, to)?;
            }
        }
        // What others' crates were compiled to is the same here.
        if !target.exists() && root().join("target/debug/deps").exists() {
            sh.create_dir(target.join("debug"))?;
            for part in ["deps", "build", ".fingerprint"] {
                let from = root().join("target/debug").join(part);
                let into = target.join("debug");
                cmd!(sh, "cp -al {from} {into}").quiet().run()?;
            }
        }
        let own = Shell::new()?;
        own.change_dir(&tree);
        own.set_var("CARGO_TARGET_DIR", &target);
        Ok(House { tree, target, sh: own })
    }

    /// Whether a test is there and passes, or only compiles.
    fn test(&self, test: &str, run: bool) -> Result<bool> {
        let House { sh, target, .. } = self;
        let words: Vec<&str> = test.split_whitespace().collect();
        let only: &[&str] = if run { &[] } else { &["--no-run"] };
        let done = cmd!(sh, "timeout 600 cargo test --quiet {only...} {words...}").quiet();
        let output = done.ignore_status().output()?;
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let ran = told.lines().any(|line| line.starts_with("running ") && !line.starts_with("running 0 "));
        let log = target.join("last.log");
        fs::write(log, [output.stdout, output.stderr].concat())?;
        Ok(output.status.success() && (ran || !run))
    }

    fn fate(&self, mutant: &Mutant) -> Result<Fate> {
        let path = self.tree.join(&mutant.file);
        let text = fs::read_to_string(&path)?;
        fs::write(&path, text.replacen(&mutant.find, &mutant.replace, 1))?;
        let fate = match self.test(&mutant.test, false)? {
            false => Fate::DoesNotCompile,
            true if self.test(&mutant.test, true)? => Fate::Survived,
            true => Fate::Caught,
        };
        fs::write(&path, text)?;
        Ok(fate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mutant_that_cannot_be_made_or_caught_is_found() {
        let house = tempfile::tempdir().unwrap();
        fs::create_dir_all(house.path().join("tests/mutants")).unwrap();
        fs::write(house.path().join("a.rs"), "one two two").unwrap();
        let tests = Tests::of("#[test]\nfn it_is_once() {}\n");
        let list = |find: &str, test: &str| {
            let text = format!(
                "[[mutant]]\nname = \"x\"\nfile = \"a.rs\"\nfind = \"{find}\"\nreplace = \"\"\ntest = \"{test}\"\nholds = \"y\"\n"
            );
            fs::write(house.path().join("tests/mutants/a.toml"), text).unwrap();
            wrong(house.path(), &read(house.path()).unwrap(), &tests)
        };
        assert_eq!(list("one", "-p x it_is"), Vec::<String>::new());
        assert_eq!(list("two", "-p x"), ["x: its text stands 2 times in a.rs"]);
        assert_eq!(list("three", "-p x"), ["x: its text stands 0 times in a.rs"]);
        assert_eq!(list("one", "-p x it_is_twice"), ["x: no test is called it_is_twice"]);
    }
}
