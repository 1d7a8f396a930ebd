//! The files of a catalogue, as text.

use std::fs;
use std::path::Path;

use anxin_core::dip::layout::SourceNote;
use anxin_core::dip::{Grammar, Settings};
use anxin_core::drg::layout::Said;
use serde::Deserialize;

use crate::lint::{Defect, Lint};

/// `scheme.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub id: String,
    pub title: String,
    /// What has to stand beside every result.
    pub notice: Option<Said>,
    pub grammar: Grammar,
    /// `YYYY-MM-DD`
    pub edition: String,
    #[serde(default)]
    pub left_out: Vec<Said>,
    #[serde(default, rename = "source")]
    pub sources: Vec<SourceText>,
    #[serde(default)]
    pub settings: Settings,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceText {
    pub title: String,
    pub document: Option<String>,
    pub date: Option<String>,
}

impl From<SourceText> for SourceNote {
    fn from(text: SourceText) -> SourceNote {
        SourceNote { title: text.title, document: text.document, date: text.date }
    }
}

/// A catalogue's files. A table that it does not have is empty.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub name: String,
    pub manifest: Manifest,
    pub groups: String,
    pub diagnoses: String,
    pub pre_groups: String,
}

impl Source {
    /// Reads the folder `name` under `root`.
    pub fn read(root: &Path, name: &str) -> Result<Source, Lint> {
        let file = |file: &str| format!("{name}/{file}");
        let lint = |at: &str, defect: Defect| Lint { file: file(at), at: String::new(), defect };
        let text =
            |at: &str| fs::read_to_string(root.join(file(at))).map_err(|e| lint(at, Defect::Unreadable(e.to_string())));
        let table = |at: &str| if root.join(file(at)).exists() { text(at) } else { Ok(String::new()) };
        let manifest =
            toml::from_str(&text("scheme.toml")?).map_err(|e| lint("scheme.toml", Defect::Malformed(e.to_string())))?;
        Ok(Source {
            name: name.into(),
            manifest,
            groups: table("groups.tsv")?,
            diagnoses: table("diagnoses.tsv")?,
            pre_groups: table("pre_groups.tsv")?,
        })
    }

    pub(crate) fn file(&self, file: &str) -> String {
        format!("{}/{file}", self.name)
    }
}
