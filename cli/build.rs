//! Compiles the rules that come with the source into the packs that the binary carries.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let rules = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../wasm-core/rules");
    println!("cargo::rerun-if-changed={}", rules.display());
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut list = String::from("&[\n");
    for (id, bytes) in compile(&rules)? {
        let file = out.join(format!("{}.pack", id.replace('/', "-")));
        fs::write(&file, bytes)?;
        writeln!(list, "    include_bytes!({file:?}),")?;
    }
    list.push(']');
    fs::write(out.join("packs.rs"), list)?;
    Ok(())
}

/// Id and bytes of each pack.
type Packs = Vec<(String, Vec<u8>)>;

fn compile(rules: &Path) -> Result<Packs, Box<dyn Error>> {
    let files = anxin_packer::read_tree(rules)?;
    let mut packs = anxin_packer::compile(&files).map_err(|lints| listed(&lints))?;
    packs.extend(anxin_drgpack::all(&rules.join("drg")).map_err(|lints| listed(&lints))?);
    packs.extend(anxin_dippack::all(&rules.join("dip")).map_err(|lints| listed(&lints))?);
    Ok(packs)
}

fn listed(lints: &[impl ToString]) -> String {
    let lints: Vec<String> = lints.iter().map(ToString::to_string).collect();
    format!("the rules do not pass their lints:\n{}", lints.join("\n"))
}
