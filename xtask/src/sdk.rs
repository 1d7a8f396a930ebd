//! The package for mini-programs, and the demonstrations that carry it.

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
    if !sh.path_exists(root().join("target/packs")) {
        pack::build()?;
    }
    let (home, modules, packs) = (root().join("mini-program-sdk"), root().join("target/js"), root().join("target/packs"));
    let _in = sh.push_dir(&home);
    step("package for mini-programs", || Ok(cmd!(sh, "node scripts/build.mjs {modules} {packs}").quiet().run()?))?;
    step("gates of the packs in modules", || {
        for file in sh.read_dir(home.join("grouping/packs"))?.iter().filter(|f| f.extension().is_some_and(|e| e == "wasm")) {
            wasm::finisher(&sh, &["mini", "--limit", SCHEME_BROTLI_BYTES_MAX, "--exports", "memory"], &[file])
                .with_context(|| file.display().to_string())?;
        }
        Ok(())
    })?;
    step("demonstrations for mini-programs", || Ok(cmd!(sh, "node scripts/examples.mjs").quiet().run()?))
}

/// The package in sandboxes that have what the platforms have.
pub fn test() -> Result<()> {
    let sh = shell()?;
    install(&sh)?;
    let _in = sh.push_dir(root().join("mini-program-sdk"));
    Ok(cmd!(sh, "npm test --silent").quiet().run()?)
}

fn install(sh: &Shell) -> Result<()> {
    setup::npm(sh, &root().join("mini-program-sdk"), "TypeScript and the simulator of components")
}
