use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::date::Day;

/// How a figure was had from its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Basis {
    /// It stands there in so many words.
    Quoted,
    /// Computed, re-read, or carried over from a neighbouring scope.
    Derived,
    /// Only an uncorroborated page says so. Never shown as certain.
    Assumed,
}

/// How good a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Tier {
    /// Official text or a verbatim mirror of it.
    A,
    /// Hospital page, local paper or a digest that states the city's rule.
    B,
    /// Uncorroborated page.
    C,
}

/// How far a result can be relied on, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Certainty {
    Certain,
    /// Rests on a derived figure.
    Derived,
    /// Rests on an assumed figure, one used before its source's date, or an open reading.
    Uncertain,
    /// A figure that matters was not found.
    Unknown,
}

impl From<Basis> for Certainty {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Quoted => Certainty::Certain,
            Basis::Derived => Certainty::Derived,
            Basis::Assumed => Certainty::Uncertain,
        }
    }
}

/// Whether a source may be called a clause: only what has a document number may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum CiteKind {
    Clause,
    SecondarySource,
}

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Cite {
    pub key: Arc<str>,
    pub title: String,
    /// 文号, where the source has one.
    pub number: Option<String>,
    /// The source's own date as it gives it: a day, a month or a year.
    pub date: Option<String>,
    pub url: Option<String>,
    pub tier: Tier,
    /// The last day on which the source can have been written; a figure without a stated start is
    /// uncertain before it.
    pub seen: Day,
}

impl Cite {
    pub fn kind(&self) -> CiteKind {
        if self.number.is_some() { CiteKind::Clause } else { CiteKind::SecondarySource }
    }
}
