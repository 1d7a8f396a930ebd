//! What is shipped says nothing of the machine that built it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::root;

/// Fails when a built file holds the path of this checkout or of the builder's home.
pub fn check(file: &Path) -> Result<()> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let homes = ["HOME", "CARGO_HOME", "RUSTUP_HOME"].into_iter().filter_map(env::var_os).map(PathBuf::from);
    let places: Vec<PathBuf> = homes.chain([root()]).collect();
    let leaked = find(&bytes, &places);
    ensure!(leaked.is_none(), "{} holds the path {}", file.display(), leaked.unwrap_or(Path::new("")).display());
    Ok(())
}

/// The first place that is written down. A path of one part, such as `/root`, is told from a word by
/// the slash after it.
fn find<'a>(bytes: &[u8], places: &'a [PathBuf]) -> Option<&'a Path> {
    let written = |place: &Path| {
        let needle = [place.as_os_str().as_encoded_bytes(), b"/"].concat();
        needle.len() > 2 && bytes.windows(needle.len()).any(|w| w == needle)
    };
    places.iter().map(PathBuf::as_path).find(|place| written(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_wherever_it_stands() {
        let places = [PathBuf::from("/builders/one"), PathBuf::from("/src/tree")];
        let check = |bytes: &[u8], found: Option<&str>| assert_eq!(find(bytes, &places), found.map(Path::new));
        check(b"\0asm..panicked at /src/tree/money.rs", Some("/src/tree"));
        check(b"\0/builders/one/.cargo/registry/", Some("/builders/one"));
        check(b"money.rs /builders/oney/ /src/treetop", None);
        assert_eq!(find(b"a/b", &[PathBuf::from("/")]), None);
    }
}
