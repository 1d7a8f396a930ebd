//! Writes `docs/COVERAGE.md` from the authored packs.

use std::error::Error;
use std::path::Path;

use anxin_packer::{drafts, read_tree, register};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = read_tree(&root.join("wasm-core/rules/benefit"))?;
    let drafts = drafts(&files).map_err(|lints| lints.iter().map(|l| format!("{l}\n")).collect::<String>())?;
    let books = drafts.iter().map(|draft| draft.book()).collect::<Result<Vec<_>, _>>()?;
    std::fs::create_dir_all(root.join("docs"))?;
    std::fs::write(root.join("docs/COVERAGE.md"), register(&books))?;
    Ok(())
}
