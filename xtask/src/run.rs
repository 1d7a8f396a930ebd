//! The product, from nothing to a page in the browser.

use std::path::PathBuf;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::steps::step;
use crate::{pack, root, setup, shell, wasm};

/// What a running product is made of.
pub struct Product {
    pub anxin: PathBuf,
    pub site: PathBuf,
    pub packs: PathBuf,
}

pub fn run(port: u16) -> Result<()> {
    setup::for_building()?;
    pack::build()?;
    wasm::page()?;
    let sh = shell()?;
    let Product { anxin, site, packs } = product(&sh)?;
    let port = port.to_string();
    let books = format!("sqlite:{}", root().join("target/demo/books.db").display());
    eprintln!("\nAnxin 安心 is at http://127.0.0.1:{port} (Ctrl-C stops it); the wallet in it is a demonstration\n");
    let serve = cmd!(sh, "{anxin} serve --site {site} --packs {packs} --port {port} --demo --database {books}");
    Ok(serve.quiet().run()?)
}

/// Builds the program; packs and page have been built before.
pub fn product(sh: &Shell) -> Result<Product> {
    step("build the server", || Ok(cmd!(sh, "cargo build --release --package anxin").quiet().run()?))?;
    Ok(Product::of("release"))
}

/// The program as the tests use it: checked arithmetic, and built from what the crates' own tests built already.
pub fn tested(sh: &Shell) -> Result<Product> {
    step("build the server for the tests", || {
        Ok(cmd!(sh, "cargo build --workspace --exclude anxin-tests --bins").quiet().run()?)
    })?;
    Ok(Product::of("debug"))
}

impl Product {
    fn of(profile: &str) -> Product {
        let target = root().join("target");
        Product { anxin: target.join(profile).join("anxin"), site: target.join("site"), packs: target.join("packs") }
    }
}
