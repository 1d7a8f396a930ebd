//! Every check and test, in the order in which failures are cheapest.

use anyhow::{Result, bail};
use clap::Parser;
use xshell::{Shell, cmd};

use crate::run::Product;
use crate::steps::step;
use crate::{deny, mutants, pack, root, run, sdk, setup, shell, tidy, wasm};

#[derive(Parser)]
pub struct Args {
    /// Leaves out what needs WebAssembly, Node or a browser, and cargo-deny.
    #[arg(long)]
    fast: bool,
    /// Only what kills programs, databases and brokers: oftener than otherwise, saying how long it takes to come to rest.
    #[arg(long, conflicts_with = "fast")]
    faults: bool,
    /// Only tests whose name contains this.
    #[arg(last = true)]
    filter: Vec<String>,
}

/// Runs all of them even when one fails, so that one run tells everything.
pub fn run(args: &Args) -> Result<()> {
    let sh = shell()?;
    let mut tally = Tally::default();
    if args.faults {
        setup::for_books()?;
        for (title, which) in FAULTS {
            tally.note(title, || faults(&sh, which));
        }
        return tally.close();
    }
    if args.filter.is_empty() {
        tally.note("formatting", || Ok(cmd!(sh, "cargo fmt --all --check").quiet().run()?));
        tally.note("clippy", || {
            Ok(cmd!(sh, "cargo clippy --quiet --workspace --all-targets -- -D warnings").quiet().run()?)
        });
        tally.note("tidy", || tidy::run(&root()));
        tally.note("mutants can be made", mutants::still_apply);
    }
    if args.fast {
        setup::for_books()?;
        tally.note("tests", || cargo_tests(&sh, &["--workspace", "--exclude", "anxin-tests"], &args.filter));
        return tally.close();
    }
    setup::everything()?;
    if args.filter.is_empty() {
        tally.note("deny", deny::run);
    }
    tally.note("tests", || cargo_tests(&sh, &["--workspace", "--exclude", "anxin-tests"], &args.filter));
    if tally.note("packs", pack::build) && tally.note("WebAssembly", wasm::build) {
        if args.filter.is_empty() {
            tally.note("TypeScript", || typescript(&sh));
            tally.note("package for mini-programs", sdk::test);
        }
        tally.note("tests from end to end", || end_to_end(&sh, &args.filter));
    }
    tally.close()
}

/// Where something is killed. Every one of them is a part of the ordinary tests, too, with fewer rounds.
const FAULTS: &[(&str, &[&str])] = &[
    ("programs, disks and primaries", &["-p", "wallet-store", "--test", "faults"]),
    ("brokers", &["-p", "wallet-courier", "--test", "contract", "broker"]),
    ("two provinces", &["-p", "anxin", "--test", "cli", "provinces"]),
    ("three areas", &["-p", "anxin", "--test", "cli", "cells"]),
];
/// One test at a time: each starts servers of its own.
fn faults(sh: &Shell, which: &[&str]) -> Result<()> {
    let _rounds = sh.push_env("ANXIN_PROVINCE_ROUNDS", "5");
    let _kills = sh.push_env("ANXIN_FAULT_ROUNDS", "100");
    Ok(cmd!(sh, "cargo test {which...} -- --test-threads=1 --nocapture").quiet().run()?)
}

fn cargo_tests(sh: &Shell, which: &[&str], filter: &[String]) -> Result<()> {
    Ok(cmd!(sh, "cargo test --no-fail-fast {which...} -- {filter...}").quiet().run()?)
}

/// A consumer in strict TypeScript, against the declarations that were just made.
fn typescript(sh: &Shell) -> Result<()> {
    let tsc = wasm::npm_bin("tsc");
    Ok(cmd!(sh, "{tsc} --project tests/node/tsconfig.json").quiet().run()?)
}

/// Parity of the builds, and the browser where there is one.
fn end_to_end(sh: &Shell, filter: &[String]) -> Result<()> {
    let Product { anxin, site, packs } = run::tested(sh)?;
    let _bin = sh.push_env("ANXIN_BIN", anxin);
    let _site = sh.push_env("ANXIN_SITE", site);
    let _packs = sh.push_env("ANXIN_PACKS", packs);
    let _js = sh.push_env("ANXIN_JS", root().join("target/js"));
    cargo_tests(sh, &["--package", "anxin-tests"], filter)
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: Vec<String>,
}

impl Tally {
    fn note(&mut self, title: &str, work: impl FnOnce() -> Result<()>) -> bool {
        let done = step(title, work);
        match &done {
            Ok(()) => self.passed += 1,
            Err(error) => {
                eprintln!("{error:#}");
                self.failed.push(title.to_owned());
            }
        }
        done.is_ok()
    }

    fn close(self) -> Result<()> {
        let Tally { passed, failed } = self;
        println!("checks: {passed} passed, {} failed", failed.len());
        if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
    }
}
