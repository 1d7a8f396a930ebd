//! Rules into packs.

use anyhow::Result;
use xshell::cmd;

use crate::steps::step;
use crate::{root, shell, wasm};

/// `target/packs/*.anxpack`, each with its Brotli twin.
pub fn build() -> Result<()> {
    let sh = shell()?;
    let packs = root().join("target/packs");
    step("lint the rules and compile them into packs", || {
        // A pack whose rules are gone must not be served on.
        sh.remove_path(&packs)?;
        sh.create_dir(&packs)?;
        cmd!(sh, "cargo run --quiet --package anxin-packer -- build wasm-core/rules {packs}").quiet().run()?;
        cmd!(sh, "cargo run --quiet --package anxin-drgpack -- build wasm-core/rules/drg {packs}").quiet().run()?;
        cmd!(sh, "cargo run --quiet --package anxin-dippack -- build wasm-core/rules/dip {packs}").quiet().run()?;
        wasm::finisher(&sh, &["brotli"], &[&packs])
    })
}
