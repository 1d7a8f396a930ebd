//! Words of the authored form and what they stand for in the core.

use std::collections::BTreeMap;

use anxin_core::Day;
use anxin_core::rules::{
    AidClass, Area, Axis, Basis, Binding, Bound, CapBasis, Dim, Filing, Fund, Kind, Level, Nth, Origin, Plan, Reach,
    Scheme, Tenure, Tier, Ward, WorkStatus,
};
use serde::de::DeserializeOwned;
use serde::de::value::{Error as ValueError, StrDeserializer};

use crate::lint::{At, Lint, LintKind};
use crate::page::OneOrMany;

/// A word that the core's own names decide, so that the two cannot drift apart.
fn word<T: DeserializeOwned>(kind: LintKind, at: &At, field: &str, text: &str) -> Result<T, Lint> {
    T::deserialize(StrDeserializer::<ValueError>::new(text))
        .map_err(|error| Lint::new(kind, at, text, format!("`{field}`: {error}")))
}

fn optional<T: DeserializeOwned>(at: &At, field: &str, text: Option<&String>) -> Result<Option<T>, Lint> {
    text.map(|text| word(LintKind::UnknownWord, at, field, text)).transpose()
}

pub fn basis(at: &At, text: &str) -> Result<Basis, Lint> {
    word(LintKind::UnknownBasis, at, "basis", text)
}

pub fn tier(at: &At, text: &str) -> Result<Tier, Lint> {
    word(LintKind::UnknownTier, at, "tier", text)
}

pub fn bound(at: &At, text: Option<&String>) -> Result<Bound, Lint> {
    Ok(optional(at, "bound", text)?.unwrap_or(Bound::Exact))
}

pub fn axis(at: &At, text: Option<&String>) -> Result<Option<Axis>, Lint> {
    optional(at, "axis", text)
}

pub fn origin(at: &At, text: Option<&String>) -> Result<Option<Origin>, Lint> {
    optional(at, "origin", text)
}

pub fn cap_basis(at: &At, text: Option<&String>) -> Result<Option<CapBasis>, Lint> {
    optional(at, "cap_basis", text)
}

pub fn fund(at: &At, text: Option<&String>) -> Result<Option<Fund>, Lint> {
    optional(at, "fund", text)
}

pub fn dormant(at: &At, text: Option<&String>) -> Result<Option<anxin_core::rules::Dormant>, Lint> {
    optional(at, "dormant", text)
}

pub fn day(at: &At, field: &str, text: &str) -> Result<Day, Lint> {
    Day::parse(text).ok_or_else(|| {
        Lint::new(LintKind::BadDate, at, text, format!("`{field}` is a date between 1990 and 2100, YYYY-MM-DD"))
    })
}

pub fn dim<D: Dim>(at: &At, name: &str, word: &str) -> Result<D, Lint> {
    D::from_word(word).ok_or_else(|| {
        let known: Vec<_> = D::WORDS.iter().map(|(_, w)| *w).collect();
        Lint::new(LintKind::UnknownWord, at, word, format!("`{name}` is one of {}", known.join(", ")))
    })
}

fn narrow<D: Dim>(reach: Reach, at: &At, name: &str, words: &[String]) -> Result<Reach, Lint> {
    if words.is_empty() {
        return Err(Lint::new(LintKind::UnknownWord, at, name, "a condition names at least one word"));
    }
    let values = words.iter().map(|word| dim(at, name, word)).collect::<Result<Vec<D>, _>>()?;
    Ok(reach.only(&values))
}

/// The conditions of a value: its reach, and the disease where it is about one.
pub fn when(at: &At, conditions: &BTreeMap<String, OneOrMany>) -> Result<(Reach, Option<String>), Lint> {
    let mut reach = Reach::ALL;
    let mut disease = None;
    for (name, words) in conditions {
        let words = words.words();
        reach = match name.as_str() {
            "scheme" => narrow::<Scheme>(reach, at, name, words)?,
            "status" => narrow::<WorkStatus>(reach, at, name, words)?,
            "plan" => narrow::<Plan>(reach, at, name, words)?,
            "level" => narrow::<Level>(reach, at, name, words)?,
            "area" => narrow::<Area>(reach, at, name, words)?,
            "filing" => narrow::<Filing>(reach, at, name, words)?,
            "nth" => narrow::<Nth>(reach, at, name, words)?,
            "ward" => narrow::<Ward>(reach, at, name, words)?,
            "aid" => narrow::<AidClass>(reach, at, name, words)?,
            "tenure" => narrow::<Tenure>(reach, at, name, words)?,
            "binding" => narrow::<Binding>(reach, at, name, words)?,
            "kind" => narrow::<Kind>(reach, at, name, words)?,
            "disease" => {
                let [name] = words else {
                    return Err(Lint::new(LintKind::UnknownWord, at, "disease", "a value is about one disease"));
                };
                disease = Some(name.clone());
                reach
            }
            _ => {
                let message = "a condition is one of scheme, status, plan, level, area, filing, nth, ward, aid, tenure, \
                               binding, kind, disease";
                return Err(Lint::new(LintKind::UnknownWord, at, name, message));
            }
        };
    }
    Ok((reach, disease))
}

/// Whether every case that `inner` accepts is accepted by `outer`.
pub fn within(inner: Reach, outer: Reach) -> bool {
    fn dim_within<D: Dim>(inner: Reach, outer: Reach) -> bool {
        inner.values::<D>().all(|v| outer.values::<D>().any(|o| o == v))
    }
    dim_within::<Scheme>(inner, outer)
        && dim_within::<WorkStatus>(inner, outer)
        && dim_within::<Plan>(inner, outer)
        && dim_within::<Level>(inner, outer)
        && dim_within::<Area>(inner, outer)
        && dim_within::<Filing>(inner, outer)
        && dim_within::<Nth>(inner, outer)
        && dim_within::<Ward>(inner, outer)
        && dim_within::<AidClass>(inner, outer)
        && dim_within::<Tenure>(inner, outer)
        && dim_within::<Binding>(inner, outer)
        && dim_within::<Kind>(inner, outer)
}
