//! Instructions of hot paths against those that were accepted. Unlike times they are the same whatever else runs.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use xshell::{Shell, cmd};

use crate::{root, setup, shell};

const COUNTS: &str = "tests/instructions.toml";
const HEAD: &str = "# Instructions of one pass through each hot path, by callgrind. `cargo xtask bench --guard` holds against them;\n\
    # `--accept` writes them anew, which is a change to explain.\n\n";
/// What a path may take more.
const MORE_PERCENT: u64 = 5;
/// A path, and how often it is taken: enough that the first time does not count.
const PATHS: [(&str, u32); 6] = [
    ("estimate_bare", 200),
    ("estimate_traced", 200),
    ("drg_group", 1_000),
    ("dip_group", 1_000),
    ("ledger_decide", 2_000),
    ("merkle_append", 2_000),
];

type Counts = BTreeMap<String, u64>;

/// By profile, since each compiles otherwise.
#[derive(Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Accepted(BTreeMap<String, Kept>);

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    compiler: String,
    paths: Counts,
}

pub fn run(profile: &str, accept: bool) -> Result<()> {
    setup::for_counting()?;
    let sh = shell()?;
    let compiler = cmd!(sh, "rustc --version").quiet().read()?;
    let counts = count(&sh, profile)?;
    let file = root().join(COUNTS);
    let mut accepted: Accepted = match fs::read_to_string(&file) {
        Ok(text) => toml::from_str(&text).with_context(|| COUNTS.to_owned())?,
        Err(_) => Accepted::default(),
    };
    if accept {
        accepted.0.insert(profile.to_owned(), Kept { compiler, paths: counts });
        fs::write(&file, format!("{HEAD}{}", toml::to_string(&accepted)?))?;
        println!("{COUNTS} has these counts for {profile} now");
        return Ok(());
    }
    let Some(kept) = accepted.0.get(profile) else {
        bail!("{COUNTS} has no counts for {profile}: `cargo xtask bench --guard --accept --profile {profile}`");
    };
    if kept.compiler != compiler {
        println!("counted with {compiler}, accepted with {}", kept.compiler);
    }
    let grown = grown(&kept.paths, &counts);
    for line in &grown {
        eprintln!("✘ {line}");
    }
    ensure!(
        grown.is_empty(),
        "{} paths take more instructions. If that is wanted: `cargo xtask bench --guard --accept --profile {profile}`",
        grown.len()
    );
    Ok(())
}

fn count(sh: &Shell, profile: &str) -> Result<Counts> {
    let packs = root().join("target/packs");
    if !packs.join("benefit-441500.anxpack").exists() {
        crate::pack::build()?;
    }
    cmd!(sh, "cargo build --quiet --profile {profile} --package anxin-tests --bin guard").quiet().run()?;
    let folder = if profile == "dev" { "debug" } else { profile };
    let program = root().join("target").join(folder).join("guard");
    let mut counts = Counts::new();
    for (path, times) in PATHS {
        let tool = ["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*counted_work*"];
        let repeated = times.to_string();
        let ran = cmd!(sh, "valgrind {tool...} {program} {path} {repeated}").quiet().env("ANXIN_PACKS", &packs);
        let ran = ran.ignore_status().output()?;
        let told = String::from_utf8_lossy(&ran.stderr);
        ensure!(ran.status.success(), "{path}:\n{told}");
        let all = collected(&told).with_context(|| format!("callgrind counted nothing of {path}:\n{told}"))?;
        let each = all / u64::from(times);
        println!("{path:<18} {each:>10} instructions");
        counts.insert(path.to_owned(), each);
    }
    Ok(counts)
}

/// The line in which callgrind says how much it saw.
fn collected(told: &str) -> Option<u64> {
    let (_, rest) = told.split_once("Collected :")?;
    rest.split_whitespace().next()?.parse().ok().filter(|count| *count > 0)
}

/// Paths that take more than they may, and those that one side does not have.
fn grown(accepted: &Counts, counts: &Counts) -> Vec<String> {
    let mut found = Vec::new();
    for (path, now) in counts {
        let Some(before) = accepted.get(path) else {
            found.push(format!("{path} was never accepted"));
            continue;
        };
        if now * 100 > before * (100 + MORE_PERCENT) {
            let more = (*now as f64 / *before as f64 - 1.0) * 100.0;
            found.push(format!("{path}: {now} instructions, {before} were accepted ({more:+.1} %)"));
        }
    }
    found.extend(
        accepted.keys().filter(|path| !counts.contains_key(*path)).map(|path| format!("{path} is not counted")),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grew_by_more_than_it_may_is_told() {
        let counts =
            |all: &[(&str, u64)]| all.iter().map(|(path, count)| ((*path).to_owned(), *count)).collect::<Counts>();
        let accepted = counts(&[("a", 1_000), ("b", 1_000)]);
        assert_eq!(grown(&accepted, &counts(&[("a", 1_050), ("b", 10)])), Vec::<String>::new());
        let told = grown(&accepted, &counts(&[("a", 1_051), ("c", 1)]));
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("1051 instructions, 1000 were accepted (+5.1 %)"));
    }

    #[test]
    fn what_callgrind_says_is_read() {
        assert_eq!(collected("==7== Events    : Ir\n==7== Collected : 12345\n==7==\n"), Some(12_345));
        assert_eq!(collected("==7== Collected : 0"), None, "the function was not found");
        assert_eq!(collected("==7== Command: guard"), None);
    }
}
