//! From rule packs as people write them to the packs that the core reads.
//!
//! Authors keep one folder of TOML for each insured area, and one for each base that areas share.
//! Everything here is a function of `(path, text)` pairs; only [`read_tree`] touches a disk.

mod amount;
mod assemble;
mod boundary;
mod check;
mod coverage;
mod draft;
mod entry;
mod lint;
mod page;
mod read;
mod wallet;
mod words;

pub use assemble::drafts;
pub use boundary::uncovered;
pub use coverage::{register, register_is_current};
pub use draft::Draft;
pub use lint::{Lint, LintKind};
pub use read::read_tree;

/// One file of an authored pack: its path below the folder of all packs, with `/`, and its text.
pub type File = (String, String);

/// Lints every area among `files` and the rules of family accounts, and compiles them. Answers with each pack's
/// id and bytes.
///
/// # Errors
/// All findings at once, in the order of their files. Nothing is compiled when there is one.
pub fn compile(files: &[File]) -> Result<Vec<(String, Vec<u8>)>, Vec<Lint>> {
    let mut packs = drafts(files)?.into_iter().map(Draft::seal).collect::<Result<Vec<_>, _>>()?;
    packs.extend(wallet::compile(files)?);
    Ok(packs)
}
