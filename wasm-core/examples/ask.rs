//! Answers one request from standard input with the rules of this tree: `cargo run --example ask < request.json`.
use std::io::{Read as _, Write as _};
use std::path::Path;

use anxin_core::dispatch::Engine;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/benefit");
    let mut engine = Engine::new();
    for (_, pack) in anxin_packer::compile(&anxin_packer::read_tree(&rules)?).map_err(|lints| format!("{lints:#?}"))? {
        engine.load(&pack)?;
    }
    let mut request = Vec::new();
    std::io::stdin().read_to_end(&mut request)?;
    std::io::stdout().write_all(&engine.dispatch(&request))?;
    Ok(())
}
