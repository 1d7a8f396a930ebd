//! The package for mini-programs, and the demonstrations that carry it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::steps::step;
use crate::{pack, root, setup, shell, wasm};

/// A scheme's pack as it is shipped.
const SCHEME_BROTLI_BYTES_MAX: &str = "81920";

/// `mini-program-sdk/miniprogram_dist` and what goes beside it, from the modules and packs that are built.
pub fn build() -> Result<()> {
    let sh = shell()?;
    install(&sh)?;
    let (home, modules, packs) = (home(), root().join("target/js"), root().join("target/packs"));
    if !sh.path_exists(&packs) {
        pack::build()?;
    }
    let _in = sh.push_dir(&home);
    step("package for mini-programs", || Ok(cmd!(sh, "node scripts/build.mjs {modules} {packs}").quiet().run()?))?;
    step("gates of the packs in modules", || {
        let mut files = sh.read_dir(home.join("grouping/packs"))?;
        files.retain(|file| file.extension().is_some_and(|e| e == "wasm"));
        let gate = ["mini", "--limit", SCHEME_BROTLI_BYTES_MAX, "--exports", "memory"];
        files.iter().try_for_each(|file| wasm::finisher(&sh, &gate, &[file]).context(file.display().to_string()))
    })?;
    step("demonstrations for mini-programs", || Ok(cmd!(sh, "node scripts/examples.mjs").quiet().run()?))
}

/// The package in sandboxes that have what the platforms have.
pub fn test() -> Result<()> {
    let sh = shell()?;
    install(&sh)?;
    let _in = sh.push_dir(home());
    Ok(cmd!(sh, "npm test --silent").quiet().run()?)
}

fn home() -> PathBuf {
    root().join("mini-program-sdk")
}

fn install(sh: &Shell) -> Result<()> {
    setup::for_building()?;
    setup::npm(sh, &home(), "TypeScript and the simulator of components")
}
