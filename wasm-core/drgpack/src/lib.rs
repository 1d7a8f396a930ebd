//! Compiles the tables of grouping schemes into rule packs, and refuses tables that do not hold
//! together.

mod check;
mod clinical;
mod lint;
mod names;
mod register;
mod scheme;
mod source;
mod table;
mod tables;
mod terms;
mod weights;
mod words;

use std::path::Path;

use anxin_core::drg::layout;
use anxin_core::pack::{self, PackHeader, PackKind};

pub use clinical::clinical;
pub use lint::{Defect, Lint, Lints};
pub use names::names;
pub use source::{Manifest, Source};
pub use weights::weights;

/// The schemes under `rules/drg/`.
pub const SCHEMES: [&str; 3] = ["chs-drg-1.1", "chs-drg-2.0", "guangxi-2022"];

/// Compiles everything under `root` (`rules/drg`): every pack with its id, or every defect of every table.
pub fn all(root: &Path) -> Result<Vec<(String, Vec<u8>)>, Vec<Lint>> {
    let mut packs = Vec::new();
    let mut lints = Vec::new();
    let mut take = |id: String, made: Result<Vec<u8>, Vec<Lint>>| match made {
        Ok(pack) => packs.push((id, pack)),
        Err(mut found) => lints.append(&mut found),
    };
    for name in SCHEMES {
        take(format!("drg/{name}"), scheme(root, name));
    }
    take("drg/names".into(), names(root));
    take("drg/clinical".into(), clinical(root));
    take("drg/weights".into(), weights(root));
    if lints.is_empty() { Ok(packs) } else { Err(lints) }
}

/// Compiles the scheme `name` under `root` (`rules/drg`), with its base when it has one.
pub fn scheme(root: &Path, name: &str) -> Result<Vec<u8>, Vec<Lint>> {
    let over = Source::read(root, name).map_err(|lint| vec![lint])?;
    let base = over.manifest.base.as_deref().map(|base| Source::read(root, base)).transpose();
    compile(base.map_err(|lint| vec![lint])?.as_ref(), &over)
}

/// Compiles a scheme from its source, laid over a base where it has one.
pub fn compile(base: Option<&Source>, source: &Source) -> Result<Vec<u8>, Vec<Lint>> {
    let mut lints = Lints::default();
    let mut tables = tables::Tables::parse(source, &mut lints);
    if let Some(base) = base {
        tables = tables::Tables::parse(base, &mut lints).overlaid(tables);
    }
    let layout = scheme::build(&tables, &mut lints);
    let id = format!("drg/{}", layout.id);
    sealed(PackKind::Drg, id, layout::SCHEMA, &tables.manifest.edition, &layout, lints)
}

fn sealed<T: serde::Serialize>(
    kind: PackKind,
    id: String,
    schema: u16,
    edition: &str,
    payload: &T,
    mut lints: Lints,
) -> Result<Vec<u8>, Vec<Lint>> {
    if !lints.0.is_empty() {
        lints.0.sort();
        lints.0.dedup();
        return Err(lints.0);
    }
    let header = PackHeader { kind, id: id.clone(), schema, edition: edition.into() };
    let payload = postcard::to_allocvec(payload).map_err(|e| e.to_string());
    payload
        .and_then(|payload| pack::seal(&header, &payload).map_err(|e| e.to_string()))
        .map_err(|why| vec![Lint { file: id, at: String::new(), defect: Defect::Malformed(why) }])
}
