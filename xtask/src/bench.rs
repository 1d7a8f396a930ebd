//! Figures against their targets.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use xshell::{Shell, cmd};

use crate::figures::{Figures, ROOMS};
use crate::run::{Product, product};
use crate::steps::step;
use crate::{guard, pack, root, setup, shell, wasm};

#[derive(Parser)]
pub struct Args {
    /// Only these rooms: speed, grouping, mini, peers, size, wallet, pay or cells.
    rooms: Vec<String>,
    /// How often each is measured. From five on, docs/PERFORMANCE.md is written.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Only holds the instructions of hot paths against those that were accepted.
    #[arg(long, conflicts_with = "rooms")]
    guard: bool,
    /// Accepts what is counted.
    #[arg(long, requires = "guard")]
    accept: bool,
    /// How what is counted is compiled.
    #[arg(long, requires = "guard", default_value = "release")]
    profile: String,
}

/// Fewer runs say nothing of how far they lie apart.
const RUNS_WRITTEN: usize = 5;

pub fn run(args: &Args) -> Result<()> {
    if args.guard {
        return guard::run(&args.profile, args.accept);
    }
    let unknown = args.rooms.iter().find(|room| !ROOMS.contains(&room.as_str()));
    ensure!(unknown.is_none(), "no room is called {}; there are {}", unknown.map_or("", |room| room), ROOMS.join(", "));
    let rooms: Vec<&str> =
        ROOMS.into_iter().filter(|room| args.rooms.is_empty() || args.rooms.iter().any(|only| only == room)).collect();
    let sh = shell()?;
    let product = built(&sh, &rooms)?;
    let peer = if rooms.contains(&"wallet") { peer_books(&sh) } else { None };
    let mut figures = Figures::default();
    for run in 1..=args.runs {
        for room in &rooms {
            let told = step(&format!("measure {room}, {run} of {}", args.runs), || {
                measured(&sh, &product, peer.as_deref(), room)
            })?;
            print!("{told}");
            figures.take(room, &told)?;
        }
    }
    if args.runs >= RUNS_WRITTEN {
        figures.write(&root().join("docs/PERFORMANCE.md"), &machine(&sh)?)?;
    }
    let missed = figures.missed();
    ensure!(missed.is_empty(), "{} figures miss their target: {}", missed.len(), missed.join(", "));
    Ok(())
}

/// The books need nothing but the program and PostgreSQL.
fn built(sh: &Shell, rooms: &[&str]) -> Result<Product> {
    setup::for_books()?;
    if rooms.iter().any(|room| !matches!(*room, "wallet" | "pay" | "cells")) {
        setup::for_building()?;
        pack::build()?;
        wasm::build()?;
    }
    product(sh)
}

/// Books of somebody else, from the registry; what is measured without them is measured all the same.
fn peer_books(sh: &Shell) -> Option<PathBuf> {
    let (manifest, target) = (root().join("tests/peers/Cargo.toml"), root().join("target/peers"));
    let built = step("build the books of a peer", || {
        Ok(cmd!(sh, "cargo build --quiet --release --locked --manifest-path {manifest} --target-dir {target}")
            .quiet()
            .run()?)
    });
    built.inspect_err(|error| eprintln!("no peer found: {error:#}")).ok()?;
    Some(target.join("release/anxin-peers"))
}

/// The bench says that a figure misses its target by failing; what it told counts all the same.
fn measured(sh: &Shell, product: &Product, peer: Option<&Path>, room: &str) -> Result<String> {
    let Product { anxin, site, packs } = product;
    let _peer = peer.map(|peer| sh.push_env("ANXIN_PEER_BOOKS", peer));
    let bench = cmd!(sh, "cargo run --quiet --release --package anxin-tests --bin bench -- {room}").quiet();
    let told =
        bench.env("ANXIN_BIN", anxin).env("ANXIN_SITE", site).env("ANXIN_PACKS", packs).ignore_status().read()?;
    Ok(told + "\n")
}

/// The commit, and on what it ran.
fn machine(sh: &Shell) -> Result<String> {
    let commit = cmd!(sh, "git describe --always --dirty").quiet().read()?;
    let cpu = std::fs::read_to_string(Path::new("/proc/cpuinfo")).unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).and_then(|rest| rest.split_once(':'));
    let model = model.map_or("an unknown processor", |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().context("how many cores there are is not known")?;
    Ok(format!("commit `{commit}`, {cores} cores of {model}"))
}
