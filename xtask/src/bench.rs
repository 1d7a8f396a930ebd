//! Figures against their targets.

use anyhow::Result;
use xshell::cmd;

use crate::run::{Product, product};
use crate::{pack, setup, shell, wasm};

pub fn run(room: Option<&str>) -> Result<()> {
    if let Some(room @ ("wallet" | "pay" | "cells")) = room {
        setup::for_books()?;
        let sh = shell()?;
        let Product { anxin, .. } = product(&sh)?;
        let bench = cmd!(sh, "cargo run --quiet --release --package anxin-tests --bin bench -- {room}").quiet();
        return Ok(bench.env("ANXIN_BIN", anxin).run()?);
    }
    setup::for_building()?;
    pack::build()?;
    wasm::build()?;
    let sh = shell()?;
    let Product { anxin, site, packs } = product(&sh)?;
    let bench = cmd!(sh, "cargo run --quiet --release --package anxin-tests --bin bench -- {room...}").quiet();
    Ok(bench.env("ANXIN_BIN", anxin).env("ANXIN_SITE", site).env("ANXIN_PACKS", packs).run()?)
}
