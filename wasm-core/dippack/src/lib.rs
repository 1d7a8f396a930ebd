//! Compiles DIP catalogues into packs, and refuses tables that do not hold together.

mod lint;
mod source;
mod tables;

use std::path::Path;

use anxin_core::dip::{Catalogue, Draft, layout::Layout};

pub use lint::{Defect, Lint};
pub use source::{Manifest, Source};

/// The catalogues under `rules/dip/`.
pub const CATALOGUES: [&str; 2] = ["mz-dip2-2024", "dip3-pre-2026"];

/// Compiles everything under `root` (`rules/dip`): every pack with its id, or every defect of every table.
pub fn all(root: &Path) -> Result<Vec<(String, Vec<u8>)>, Vec<Lint>> {
    let (mut packs, mut lints) = (Vec::new(), Vec::new());
    for name in CATALOGUES {
        match catalogue(root, name) {
            Ok(pack) => packs.push((format!("dip/{name}"), pack)),
            Err(mut found) => lints.append(&mut found),
        }
    }
    if lints.is_empty() { Ok(packs) } else { Err(lints) }
}

/// Compiles the catalogue `name` under `root` (`rules/dip`).
pub fn catalogue(root: &Path, name: &str) -> Result<Vec<u8>, Vec<Lint>> {
    compile(&Source::read(root, name).map_err(|lint| vec![lint])?)
}

/// Compiles a catalogue from its source.
pub fn compile(source: &Source) -> Result<Vec<u8>, Vec<Lint>> {
    let manifest = &source.manifest;
    let head = Layout {
        id: manifest.id.clone(),
        title: manifest.title.clone(),
        notice: manifest.notice.clone(),
        grammar: manifest.grammar,
        sources: manifest.sources.iter().cloned().map(Into::into).collect(),
        left_out: manifest.left_out.clone(),
        settings: manifest.settings.clone(),
        ..Layout::default()
    };
    let mut draft = Draft::new(head);
    let mut lints = Vec::new();
    tables::fill(source, &mut draft, &mut lints);
    let manifest_at =
        |why: String| Lint { file: source.file("scheme.toml"), at: String::new(), defect: Defect::Malformed(why) };
    if manifest.id != source.name {
        lints.push(manifest_at(format!("the id is not {}", source.name)));
    }
    if !lints.is_empty() {
        lints.sort();
        return Err(lints);
    }
    let sealed = draft.seal(&manifest.edition).map_err(|e| vec![manifest_at(e.to_string())])?;
    match Catalogue::open(&sealed) {
        Ok(_) => Ok(sealed),
        Err(e) => Err(vec![manifest_at(e.to_string())]),
    }
}
