//! The files of a scheme, as text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::lint::{Defect, Lint};

/// `scheme.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub id: String,
    pub title: String,
    /// Another scheme, over which the tables here are laid.
    pub base: Option<String>,
    /// `YYYY-MM-DD`
    pub edition: String,
    /// Why this is not the version in force, where it is not; both languages or neither.
    pub historical: Option<String>,
    pub historical_zh: Option<String>,
    #[serde(default)]
    pub cc_without_table: usize,
    /// Settings of the base that do not apply.
    #[serde(default)]
    pub without: Vec<String>,
    #[serde(default, rename = "setting")]
    pub settings: Vec<SettingText>,
    #[serde(default, rename = "profile")]
    pub profiles: Vec<ProfileText>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingText {
    pub name: String,
    pub title: String,
    pub title_zh: String,
    pub default: String,
    #[serde(rename = "choice")]
    pub choices: Vec<ChoiceText>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceText {
    pub name: String,
    pub reason: String,
    pub reason_zh: String,
    /// Rules of gates by MDC.
    #[serde(default)]
    pub gate: BTreeMap<char, String>,
    /// Rules by ADRG.
    #[serde(default)]
    pub rule: BTreeMap<String, String>,
    /// Pairs of ADRGs: the first is tried directly before the second.
    #[serde(default)]
    pub before: Vec<(String, String)>,
    pub ambiguity: Option<anxin_core::drg::layout::Ambiguity>,
    #[serde(default)]
    pub diagnosis: Vec<CodeText>,
    #[serde(default)]
    pub operation: Vec<CodeText>,
    #[serde(default)]
    pub intake: Vec<anxin_core::drg::layout::IntakeRule>,
}

/// What a choice changes about a code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeText {
    pub code: String,
    #[serde(default)]
    pub add: Vec<String>,
    #[serde(default)]
    pub remove: Vec<String>,
    pub cc_table: Option<u16>,
    pub principal_table: Option<u16>,
    pub valid: Option<bool>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileText {
    pub name: String,
    pub choices: BTreeMap<String, String>,
}

/// A scheme's files. A table that an overlay does not have is empty.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// `chs-drg-1.1`
    pub name: String,
    pub manifest: Manifest,
    pub mdc: String,
    pub adrg: String,
    pub drg: String,
    pub diagnoses: String,
    pub operations: String,
    pub outside_mdc: String,
}

impl Source {
    /// Reads the folder `name` under `root`.
    pub fn read(root: &Path, name: &str) -> Result<Source, Lint> {
        let manifest = toml::from_str(&text(root, &format!("{name}/scheme.toml"))?).map_err(|e| Lint {
            file: format!("{name}/scheme.toml"),
            at: String::new(),
            defect: Defect::Malformed(e.to_string()),
        })?;
        let table = |file: &str| {
            let file = format!("{name}/{file}.tsv");
            if root.join(&file).exists() { text(root, &file) } else { Ok(String::new()) }
        };
        Ok(Source {
            name: name.into(),
            manifest,
            mdc: table("mdc")?,
            adrg: table("adrg")?,
            drg: table("drg")?,
            diagnoses: table("diagnoses")?,
            operations: table("operations")?,
            outside_mdc: table("outside_mdc")?,
        })
    }
}

/// A file under `root`.
pub fn text(root: &Path, file: &str) -> Result<String, Lint> {
    fs::read_to_string(root.join(file)).map_err(|e| Lint {
        file: file.into(),
        at: String::new(),
        defect: Defect::Unreadable(e.to_string()),
    })
}
