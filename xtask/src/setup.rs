//! Finds what the tasks need, and installs what is missing: with apt where this is root on Debian,
//! otherwise by saying which command to run.

use std::path::Path;

use anyhow::{Result, bail, ensure};
use xshell::{Shell, cmd};

use crate::steps::step;
use crate::toolchain::{Compiler, TARGET};
use crate::{root, shell};

/// Something that tasks need, and the Debian packages that bring it.
struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    there: fn(&Shell) -> bool,
}

const WASM: Need = Need {
    what: "a compiler for WebAssembly",
    packages: &["rustc-web", "cargo-web", "rust-web-src", "lld-19"],
    there: |sh| Compiler::find(sh).is_some(),
};
const NODE: Need =
    Need { what: "Node and npm", packages: &["nodejs", "npm"], there: |sh| runs(sh, "node") && runs(sh, "npm") };
const BROWSER: Need = Need {
    what: "Chromium with its driver, and Chinese letters",
    packages: &["chromium", "chromium-driver", "fonts-noto-cjk"],
    there: |sh| {
        runs(sh, "chromium") && runs(sh, "chromedriver") && Path::new("/usr/share/fonts/opentype/noto").exists()
    },
};

const DATABASE: Need = Need {
    what: "PostgreSQL, which the tests start for themselves",
    packages: &["postgresql"],
    there: |_| {
        let versions = Path::new("/usr/lib/postgresql").read_dir();
        versions.is_ok_and(|all| all.flatten().any(|version| version.path().join("bin/postgres").exists()))
    },
};

const BROKERS: Need = Need {
    what: "NATS, three of which the tests start for themselves",
    packages: &["nats-server"],
    there: |sh| runs(sh, "nats-server"),
};

const NETWORK: Need = Need {
    what: "iproute2, by which tests cut the way between provinces where they may",
    packages: &["iproute2"],
    there: |sh| cmd!(sh, "ip -V").quiet().ignore_stdout().ignore_stderr().run().is_ok(),
};

const SIGNING: Need = Need {
    what: "OpenSSL and jq, by which tests sign messages as the guide shows",
    packages: &["openssl", "jq"],
    // Older ones do not know `--version`.
    there: |sh| cmd!(sh, "openssl version").quiet().ignore_stdout().run().is_ok() && runs(sh, "jq"),
};

const COUNTING: Need =
    Need { what: "Valgrind, which counts instructions", packages: &["valgrind"], there: |sh| runs(sh, "valgrind") };

/// What counting instructions needs.
pub fn for_counting() -> Result<()> {
    have(&shell()?, &[COUNTING])
}

/// What building the page needs.
pub fn for_building() -> Result<()> {
    let sh = shell()?;
    add_rustup_target(&sh);
    have(&sh, &[WASM, NODE])?;
    build_tools(&sh)
}

/// What the tests of the server's own crates need.
pub fn for_books() -> Result<()> {
    have(&shell()?, &[DATABASE, BROKERS, NETWORK, NODE, SIGNING])
}

/// What building and testing need.
pub fn everything() -> Result<()> {
    let sh = shell()?;
    add_rustup_target(&sh);
    have(&sh, &[WASM, NODE, BROWSER, DATABASE, BROKERS, NETWORK, SIGNING])?;
    build_tools(&sh)
}

/// Only with a time limit: rustup tries for minutes where its server cannot be reached.
fn add_rustup_target(sh: &Shell) {
    if Compiler::find(sh).is_none() && runs(sh, "rustup") {
        eprintln!("looking for rustup's target {TARGET}");
        let add = "rustup component add rust-src && rustup target add";
        let script = format!("{add} {TARGET}");
        let asked = cmd!(sh, "timeout 120 sh -c {script}").quiet().ignore_stdout().ignore_stderr().run();
        if asked.is_err() {
            eprintln!("rustup has no {TARGET} here; Debian's compiler is used instead");
        }
    }
}

fn have(sh: &Shell, needs: &[Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.there)(sh)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    for need in &missing {
        eprintln!("missing: {} ({})", need.what, need.packages.join(" "));
    }
    let command = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    let root = cmd!(sh, "id -u").quiet().read().is_ok_and(|id| id == "0");
    if !root || !runs(sh, "apt-get") {
        bail!("cannot install here. Please run:\n\n    sudo {command}\n\nand then this command again");
    }
    eprintln!("will install: {}", packages.join(" "));
    step("install with apt", || {
        let quiet = |cmd: xshell::Cmd<'_>| cmd.quiet().env("DEBIAN_FRONTEND", "noninteractive").run();
        quiet(cmd!(sh, "apt-get update -qq"))?;
        Ok(quiet(cmd!(sh, "apt-get install -y -qq --no-install-recommends {packages...}"))?)
    })?;
    for need in missing {
        ensure!((need.there)(sh), "{} is still not found after `{command}`", need.what);
    }
    Ok(())
}

fn build_tools(sh: &Shell) -> Result<()> {
    npm(sh, &root().join("xtask"), "binaryen and TypeScript")
}

/// The npm packages of a folder, as its lock file says. Nothing is done when they are there already.
pub fn npm(sh: &Shell, dir: &Path, what: &str) -> Result<()> {
    let wanted = sh.read_file(dir.join("package-lock.json"))?;
    let stamp = dir.join("node_modules/.anxin-lock");
    if sh.read_file(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    step(&format!("install {what} with npm"), || {
        let _in = sh.push_dir(dir);
        cmd!(sh, "npm ci --no-audit --no-fund --loglevel=error").quiet().run()?;
        Ok(sh.write_file(&stamp, wanted)?)
    })
}

fn runs(sh: &Shell, program: &str) -> bool {
    cmd!(sh, "{program} --version").quiet().ignore_stdout().ignore_stderr().run().is_ok()
}
