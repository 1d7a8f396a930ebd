//! Licences, bans and advisories, by cargo-deny.

use std::path::PathBuf;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::steps::step;
use crate::{root, shell};

const VERSION: &str = "0.20.2";

pub fn run() -> Result<()> {
    let sh = shell()?;
    let deny = tool(&sh)?;
    step("licences, bans and sources", || {
        Ok(cmd!(sh, "{deny} --log-level error check licenses bans sources").quiet().run()?)
    })?;
    if let Err(error) = cmd!(sh, "{deny} --log-level error fetch db").quiet().ignore_stderr().run() {
        eprintln!("advisories NOT checked: the advisory database cannot be fetched here ({error})");
        return Ok(());
    }
    step("advisories", || Ok(cmd!(sh, "{deny} --log-level error check --disable-fetch advisories").quiet().run()?))
}

/// cargo-deny as installed, or built once into `target/tools` (three to four minutes on two cores).
fn tool(sh: &Shell) -> Result<PathBuf> {
    let works = |path: &PathBuf| cmd!(sh, "{path} --version").quiet().ignore_stdout().ignore_stderr().run().is_ok();
    let tools = root().join("target/tools");
    let own = tools.join("bin/cargo-deny");
    if let Some(found) = [PathBuf::from("cargo-deny"), own.clone()].into_iter().find(works) {
        return Ok(found);
    }
    step("build cargo-deny (once)", || {
        Ok(cmd!(sh, "cargo install --quiet --locked --root {tools} --version {VERSION} cargo-deny").quiet().run()?)
    })?;
    Ok(own)
}
