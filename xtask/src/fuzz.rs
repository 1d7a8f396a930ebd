//! Fuzzing, with the compiler that is there: libFuzzer is linked in and coverage is counted by LLVM's own pass.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use clap::Parser;
use serde::Deserialize;
use xshell::{Shell, cmd};

use crate::steps::step;
use crate::{root, shell};

/// The crates of targets. Each is a workspace of its own, beside what it asks.
const HOMES: [&str; 2] = ["wasm-core/fuzz", "wallet-api/fuzz"];
/// What `cargo fuzz` sets without a sanitizer.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";
const INPUT_BYTES_MAX: u32 = 16_384;
/// Longer than this for one input is a finding, and so is more memory than that.
const SECONDS_MAX: u32 = 10;
/// What libFuzzer calls slow, without an end to the run, is as often the machine that stood still.
const SECONDS_SLOW: u32 = 3_600;
const MEMORY_MB_MAX: u32 = 2_048;

#[derive(Parser)]
pub struct Args {
    /// For each target.
    #[arg(long, default_value_t = 15.0)]
    minutes: f64,
    /// Takes into the corpora what reaches code that they do not reach; look at it before you keep it.
    #[arg(long)]
    keep: bool,
    /// Only these.
    targets: Vec<String>,
}

#[derive(Deserialize)]
struct Manifest {
    bin: Vec<Bin>,
}

#[derive(Deserialize)]
struct Bin {
    name: String,
}

/// What became of one target.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    runs: u64,
    /// Edges of the program that were reached.
    edges: u64,
    /// Inputs that reached something new.
    new: u64,
    finding: Option<String>,
}

pub fn run(args: &Args) -> Result<()> {
    let sh = shell()?;
    let mut targets = Vec::new();
    for home in HOMES {
        let manifest: Manifest = toml::from_str(&fs::read_to_string(root().join(home).join("Cargo.toml"))?)?;
        targets.extend(manifest.bin.into_iter().map(|bin| (home, bin.name)));
    }
    let known: Vec<&str> = targets.iter().map(|(_, name)| name.as_str()).collect();
    if let Some(unknown) = args.targets.iter().find(|target| !known.contains(&target.as_str())) {
        bail!("no target is called {unknown}; there are {}", known.join(", "));
    }
    targets.retain(|(_, name)| args.targets.is_empty() || args.targets.contains(name));
    let host = host(&sh)?;
    println!("{:<10} {:>12} {:>9} {:>8} {:>6}  finding", "target", "inputs", "a second", "edges", "new");
    let mut findings = 0;
    for (home, name) in &targets {
        let program = step(&format!("build {name}"), || build(&sh, home, name, &host))?;
        let start = Instant::now();
        let told = fuzz(&sh, &root().join(home).join("corpus").join(name), &program, args)?;
        findings += usize::from(told.finding.is_some());
        let Told { runs, edges, new, finding } = told;
        let rate = runs as f64 / start.elapsed().as_secs_f64();
        println!("{name:<10} {runs:>12} {rate:>9.0} {edges:>8} {new:>6}  {}", finding.as_deref().unwrap_or("–"));
    }
    ensure!(findings == 0, "{findings} of {} targets found something", targets.len());
    Ok(())
}

fn host(sh: &Shell) -> Result<String> {
    let version = cmd!(sh, "rustc --version --verbose").quiet().read()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    Ok(host.to_owned())
}

/// With a target named, build scripts and macros are not instrumented.
fn build(sh: &Shell, home: &str, name: &str, host: &str) -> Result<PathBuf> {
    let (manifest, target) = (root().join(home).join("Cargo.toml"), root().join("target/fuzz"));
    let build =
        cmd!(sh, "cargo build --quiet --manifest-path {manifest} --target {host} --target-dir {target} --bin {name}");
    build.quiet().env("RUSTFLAGS", FLAGS).run()?;
    Ok(target.join(host).join("debug").join(name))
}

fn fuzz(sh: &Shell, corpus: &Path, program: &Path, args: &Args) -> Result<Told> {
    let name = corpus.file_name().unwrap_or_default().to_owned();
    let found = root().join("target/fuzz/found").join(&name);
    let crashes = root().join("target/fuzz/crashes").join(&name);
    sh.remove_path(&found)?;
    for folder in [corpus, &found, &crashes] {
        sh.create_dir(folder)?;
    }
    let mut prefix = crashes.into_os_string();
    prefix.push("/");
    let limits = [
        format!("-max_len={INPUT_BYTES_MAX}"),
        format!("-timeout={SECONDS_MAX}"),
        format!("-report_slow_units={SECONDS_SLOW}"),
        format!("-rss_limit_mb={MEMORY_MB_MAX}"),
        format!("-artifact_prefix={}", prefix.to_string_lossy()),
        format!("-max_total_time={:.0}", args.minutes * 60.0),
        "-print_final_stats=1".to_owned(),
    ];
    let ran = cmd!(sh, "{program} {limits...} {found} {corpus}").quiet().ignore_status().output()?;
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    fs::write(root().join("target/fuzz").join(format!("{}.log", name.to_string_lossy())), &told)?;
    let mut read = read(&told);
    if !ran.status.success() && read.finding.is_none() {
        read.finding = Some("ended before its time".to_owned());
    }
    if args.keep && read.finding.is_none() {
        // As few as reach all that was reached: the ordinary tests ask every one of them. How often each place is
        // passed does not count here; it would keep four times as many.
        let few =
            [format!("-max_len={INPUT_BYTES_MAX}"), "-set_cover_merge=1".to_owned(), "-use_counters=0".to_owned()];
        cmd!(sh, "{program} {few...} {corpus} {found}").quiet().ignore_stderr().run()?;
    }
    Ok(read)
}

/// What libFuzzer says on standard error.
fn read(log: &str) -> Told {
    let after = |line: &str, word: &str| {
        let (_, rest) = line.split_once(word)?;
        rest.split_whitespace().next()?.parse::<u64>().ok()
    };
    let last = |word: &str| log.lines().rev().find_map(|line| after(line, word)).unwrap_or_default();
    let artifact =
        log.lines().find_map(|line| line.split_once("Test unit written to ").map(|(_, file)| file.to_owned()));
    Told {
        runs: last("stat::number_of_executed_units:"),
        edges: last(" cov: "),
        new: last("stat::new_units_added:"),
        finding: artifact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_libfuzzer_says_is_read() {
        let log = "#2\tINITED cov: 90 ft: 91 corp: 1/1b\n#4096\tpulse  cov: 210 ft: 400 corp: 9/90b\n#5000\tDONE   cov: 212 ft: 410 corp: 11/99b\nstat::number_of_executed_units: 5000\nstat::new_units_added:          10\n";
        assert_eq!(read(log), Told { runs: 5_000, edges: 212, new: 10, finding: None });
        let crash = "#7\tNEW    cov: 12 ft: 13\n==1== ERROR: libFuzzer: deadly signal\nartifact_prefix='x/'; Test unit written to x/crash-1\n";
        assert_eq!(read(crash).finding.as_deref(), Some("x/crash-1"));
        assert_eq!(read(crash).edges, 12);
    }
}
