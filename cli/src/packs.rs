//! Where rule packs come from: the ones that the binary carries, or files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anxin_core::dispatch::Engine;
use anxin_core::family::WalletBook;
use anxin_core::pack::{self, PackKind};

use crate::args::PacksArg;
use crate::failure::Failure;

/// Ending of the files that packs are kept in.
const EXTENSION: &str = "anxpack";

const BUILT_IN: &[&[u8]] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A pack and what to call it when it is at fault.
pub struct PackFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The packs at a path, or the built-in ones.
pub fn read(path: Option<&Path>) -> Result<Vec<PackFile>, Failure> {
    let Some(path) = path else { return Ok(built_in()) };
    let mut files = Vec::new();
    gather(path, &mut files).map_err(|e| Failure::file(path, &e))?;
    files.sort();
    if files.is_empty() {
        return Err(Failure::file(path, &"no file in it ends in .anxpack"));
    }
    files.into_iter().map(|file| one(&file)).collect()
}

/// The packs that a command is to use. One that is named by itself goes before one of the same id.
pub fn chosen(args: &PacksArg) -> Result<Vec<PackFile>, Failure> {
    let more = args.pack.iter().map(|file| one(file)).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<String> = more.iter().filter_map(|p| pack::peek(&p.bytes).ok()).map(|header| header.id).collect();
    let mut packs = read(args.packs.as_deref())?;
    packs.retain(|p| pack::peek(&p.bytes).map_or(true, |header| !ids.contains(&header.id)));
    packs.extend(more);
    Ok(packs)
}

/// An engine for estimates.
pub fn engine(args: &PacksArg) -> Result<Engine, Failure> {
    load(args, |kind| kind == PackKind::Benefit)
}

/// An engine for questions about sharing.
pub fn family(args: &PacksArg) -> Result<Engine, Failure> {
    load(args, |kind| kind == PackKind::Wallet)
}

/// The rules of family accounts that the binary carries.
pub fn family_rules() -> Result<WalletBook, Failure> {
    let engine = family(&PacksArg { pack: Vec::new(), packs: None })?;
    engine.wallet().cloned().map_err(|e| Failure::machine(WalletBook::PACK, &e.code.code()))
}

/// An engine for grouping.
pub fn grouping(args: &PacksArg) -> Result<Engine, Failure> {
    use PackKind::{Dip, Drg, DrgClinical, DrgNames, DrgWeights};
    load(args, |kind| matches!(kind, Dip | Drg | DrgNames | DrgClinical | DrgWeights))
}

fn load(args: &PacksArg, wanted: impl Fn(PackKind) -> bool) -> Result<Engine, Failure> {
    let mut engine = Engine::new();
    for pack in chosen(args)? {
        // One that does not say what it is has to be refused, not passed over.
        if pack::peek(&pack.bytes).is_ok_and(|header| !wanted(header.kind)) {
            continue;
        }
        engine.load(&pack.bytes).map_err(|e| Failure::bad_pack(&pack.name, e))?;
    }
    Ok(engine)
}

fn built_in() -> Vec<PackFile> {
    let name = |i: usize| format!("built-in pack {}", i + 1);
    BUILT_IN.iter().enumerate().map(|(i, bytes)| PackFile { name: name(i), bytes: bytes.to_vec() }).collect()
}

fn one(file: &Path) -> Result<PackFile, Failure> {
    let bytes = fs::read(file).map_err(|e| Failure::file(file, &e))?;
    Ok(PackFile { name: file.display().to_string(), bytes })
}

/// A file that is named is taken whatever its name; of a folder, all that end in `.anxpack`.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !fs::metadata(path)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        if path.is_dir() || path.extension().is_some_and(|e| e == EXTENSION) {
            gather(&path, files)?;
        }
    }
    Ok(())
}
