//! The pictures of `docs/tours`, taken in a browser from the product as it is now.

use anyhow::Result;
use xshell::cmd;

use crate::run::{self, Product};
use crate::{pack, root, setup, shell, wasm};

pub fn run() -> Result<()> {
    setup::everything()?;
    pack::build()?;
    wasm::page()?;
    let sh = shell()?;
    let Product { anxin, site, packs } = run::tested(&sh)?;
    let _bin = sh.push_env("ANXIN_BIN", anxin);
    let _site = sh.push_env("ANXIN_SITE", site);
    let _packs = sh.push_env("ANXIN_PACKS", packs);
    let _js = sh.push_env("ANXIN_JS", root().join("target/js"));
    let tour = cmd!(sh, "cargo test --package anxin-tests --test tour -- --ignored --test-threads=1");
    Ok(tour.quiet().run()?)
}
