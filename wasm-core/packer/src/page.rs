//! The authored form, as it stands in TOML.

use std::collections::BTreeMap;

use anxin_core::rules::Counts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::lint::{At, Lint, LintKind};

/// `region.toml`: what makes a folder an insured area.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionPage {
    pub slug: String,
    pub admdvs: String,
    pub name_zh: String,
    pub name_en: String,
    pub province_zh: String,
    pub province_en: String,
    /// Stands for the `*` of ids in the bases.
    pub prefix: String,
    #[serde(default)]
    pub include: Vec<String>,
    pub levels: Vec<String>,
    pub schemes: Vec<String>,
    pub edition: String,
    pub caution_zh: Option<String>,
    pub caution_en: Option<String>,
    /// Cells whose other half is known, and which were looked for and not found.
    #[serde(default)]
    pub unknown: Vec<UnknownCell>,
}

/// A cell that is known to be missing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnknownCell {
    pub of: String,
    #[serde(default)]
    pub when: BTreeMap<String, OneOrMany>,
    /// What was looked for; for the author.
    #[expect(dead_code, reason = "a reason is asked for, and is read by people")]
    pub why: String,
}

/// `sources.toml`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcesPage {
    #[serde(default)]
    pub cite: Vec<Spanned<CiteEntry>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CiteEntry {
    pub key: String,
    pub title: String,
    pub number: Option<String>,
    pub date: Option<String>,
    pub url: Option<String>,
    pub tier: String,
    pub seen: String,
}

/// Any other file of a folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValuesPage {
    #[serde(default)]
    pub value: Vec<Spanned<ValueEntry>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueEntry {
    pub id: String,
    pub of: String,
    #[serde(default)]
    pub when: BTreeMap<String, OneOrMany>,
    pub money: Option<String>,
    pub share: Option<String>,
    pub points: Option<String>,
    pub count: Option<u32>,
    pub flag: Option<bool>,
    pub bands: Option<Vec<BandEntry>>,
    pub times: Option<String>,
    pub indicator: Option<String>,
    pub unlimited: Option<bool>,
    pub bound: Option<String>,
    pub axis: Option<String>,
    pub origin: Option<String>,
    pub cap_basis: Option<String>,
    pub fund: Option<String>,
    pub counts: Option<Counts>,
    #[serde(default)]
    pub open_reading: bool,
    pub from: Option<String>,
    pub to: Option<String>,
    pub dormant: Option<String>,
    pub cite: Option<String>,
    pub basis: String,
    #[expect(dead_code, reason = "notes are for the author and are not shipped")]
    pub note: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandEntry {
    pub over: String,
    pub up_to: Option<String>,
    pub ratio: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn words(&self) -> &[String] {
        match self {
            OneOrMany::One(word) => std::slice::from_ref(word),
            OneOrMany::Many(words) => words,
        }
    }
}

/// Reads one file of the authored form.
pub fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Lint> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or_else(|| At::file(path), |span| At::offset(path, text, span.start));
        let message = error.message();
        let kind = match message {
            m if m.contains("unknown field") => LintKind::UnknownKey,
            m if m.contains("duplicate") => LintKind::DuplicateKey,
            _ => LintKind::Unreadable,
        };
        let subject = message.split('`').nth(1).unwrap_or_default();
        Lint::new(kind, &at, subject, message)
    })
}
