//! What is in a rule pack, and whether it is what its rules say.

use std::collections::BTreeMap;
use std::path::Path;

use anxin_core::Day;
use anxin_core::dispatch::Engine;
use anxin_core::pack::{self, PackKind};
use anxin_core::rules::{Region, RuleBook};
use serde::Serialize;

use crate::args::{Format, InspectArgs, VerifyArgs};
use crate::failure::Failure;
use crate::packs::{self, PackFile};

/// What a pack says of itself.
#[derive(Debug, Serialize)]
pub struct Inspected {
    pub id: String,
    pub kind: PackKind,
    pub schema: u16,
    pub edition: String,
    pub digest: String,
    pub bytes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Rules>,
}

/// What the rules of one area say of themselves.
#[derive(Debug, Serialize)]
pub struct Rules {
    pub region: Region,
    pub count: usize,
    pub diseases: usize,
    /// First days on which some rule begins.
    pub begins: Vec<Day>,
    pub sources: Vec<Source>,
}

#[derive(Debug, Serialize)]
pub struct Source {
    pub key: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How many rules rest on it.
    pub rules: usize,
}

pub fn inspect(args: &InspectArgs) -> Result<String, Failure> {
    let all = packs::read(args.path.as_deref())?.iter().map(look).collect::<Result<Vec<_>, _>>()?;
    match args.format {
        Format::Json => serde_json::to_string_pretty(&all).map_err(|e| Failure::machine("the answer", &e)),
        Format::Table => Ok(all.iter().map(crate::table::pack).collect::<Vec<_>>().join("\n\n")),
    }
}

pub fn verify(args: &VerifyArgs) -> Result<String, Failure> {
    let files = packs::read(args.path.as_deref())?;
    let compiled = args.rules.as_deref().map(compile).transpose()?;
    let mut lines = Vec::new();
    for file in &files {
        let seen = look(file)?;
        if let Some(compiled) = &compiled {
            compare(file, &seen, compiled)?;
        }
        lines.push(format!("ok  {}  {}", seen.id, seen.digest));
    }
    if let Some(compiled) = compiled {
        lines.push(format!("the same as the rules, {} of {} packs", files.len(), compiled.len()));
    }
    Ok(lines.join("\n"))
}

fn look(file: &PackFile) -> Result<Inspected, Failure> {
    let bad = |why| Failure::bad_pack(&file.name, why);
    let opened = pack::open(&file.bytes).map_err(bad)?;
    let rules = match opened.header.kind {
        PackKind::Benefit => Some(rules_of(&RuleBook::open(&file.bytes).map_err(bad)?)),
        _ => Engine::new().load(&file.bytes).map(|_| None).map_err(bad)?,
    };
    Ok(Inspected {
        digest: opened.digest.to_string(),
        bytes: file.bytes.len(),
        id: opened.header.id,
        kind: opened.header.kind,
        schema: opened.header.schema,
        edition: opened.header.edition,
        rules,
    })
}

fn rules_of(book: &RuleBook) -> Rules {
    let mut begins: Vec<Day> = book.rules().iter().filter_map(|r| r.from).collect();
    begins.sort();
    begins.dedup();
    let source = |(i, cite): (usize, &anxin_core::rules::Cite)| Source {
        key: cite.key.to_string(),
        title: cite.title.clone(),
        number: cite.number.clone(),
        date: cite.date.clone(),
        rules: book.rules().iter().filter(|r| usize::from(r.cite) == i).count(),
    };
    Rules {
        region: book.region.clone(),
        count: book.rules().len(),
        diseases: book.diseases.len(),
        begins,
        sources: book.cites.iter().enumerate().map(source).collect(),
    }
}

fn compile(rules: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let files = anxin_packer::read_tree(rules).map_err(|e| Failure::file(rules, &e))?;
    let mut compiled = anxin_packer::compile(&files).map_err(|lints| listed(rules, &lints))?;
    let (schemes, catalogues) = (rules.join("drg"), rules.join("dip"));
    if schemes.exists() {
        compiled.extend(anxin_drgpack::all(&schemes).map_err(|lints| listed(rules, &lints))?);
    }
    if catalogues.exists() {
        compiled.extend(anxin_dippack::all(&catalogues).map_err(|lints| listed(rules, &lints))?);
    }
    Ok(compiled.into_iter().collect())
}

fn listed(rules: &Path, lints: &[impl ToString]) -> Failure {
    let lints: Vec<String> = lints.iter().map(ToString::to_string).collect();
    Failure::bad_pack(rules.display(), lints.join("; "))
}

fn compare(file: &PackFile, seen: &Inspected, compiled: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    let differs = match compiled.get(&seen.id) {
        None => format!("the rules have no {}", seen.id),
        Some(bytes) if *bytes != file.bytes => format!("{} differs from what the rules compile to", seen.id),
        Some(_) => return Ok(()),
    };
    Err(Failure::bad_pack(&file.name, differs))
}
