//! 依码结算: which packs a bill takes from, and what stands in the way. Whether a pack was sold before the store knows.

use std::collections::BTreeSet;

use anxin_core::Day;
use serde::Deserialize;
use wallet_store::Take;
use wallet_types::DrugLine;

use super::{Basis, Supervision, day};

/// Lines of a bill, and packs of a line.
const LINES_MAX: usize = 200;
const COUNT_MAX: u32 = 1_000;
const CODE_LETTERS: std::ops::RangeInclusive<usize> = 8..=100;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trace {
    #[serde(default)]
    required: Vec<Required>,
    #[serde(default)]
    exempt: Vec<Exempt>,
    #[serde(default)]
    pub(super) drug: Vec<Listed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Required {
    from: String,
    kinds: Vec<String>,
    old_stock: bool,
    #[expect(dead_code, reason = "every entry has to say it")]
    basis: Basis,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exempt {
    kind: ExemptKind,
    from: String,
    until: Option<String>,
    #[expect(dead_code, reason = "every entry has to say it")]
    basis: Basis,
    source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ExemptKind {
    HerbalSlices,
    HerbalGranules,
    InpatientSplit,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    code: String,
    #[expect(dead_code, reason = "for who reads the file")]
    name: String,
    content: u32,
    kind: DrugKind,
    /// Whether a pharmacy sells it on a prescription only.
    #[serde(default)]
    prescription: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DrugKind {
    Drug,
    HerbalSlices,
    HerbalGranules,
}

/// What a line lacks: its place, and what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lack {
    pub field: String,
    pub rule: String,
}

/// Where and when something is sold.
pub(super) struct Sale<'a> {
    pub kind: &'a str,
    pub inpatient: bool,
    pub on: Day,
}

impl Trace {
    pub(super) fn check(&self) -> Result<(), String> {
        for required in &self.required {
            day(&required.from)?;
        }
        for exempt in &self.exempt {
            day(&exempt.from)?;
            exempt.until.as_deref().map(day).transpose()?;
            if exempt.source.is_empty() {
                return Err("trace.exempt: a source".into());
            }
        }
        let mut codes = BTreeSet::new();
        match self.drug.iter().find(|drug| drug.content == 0 || !codes.insert(&drug.code)) {
            Some(drug) => Err(format!("trace.drug {}: once, with a content above 0", drug.code)),
            None => Ok(()),
        }
    }

    /// The latest rule that has begun for such an institution.
    fn required(&self, sale: &Sale<'_>) -> Option<&Required> {
        let begun = |required: &&Required| {
            let from = Day::parse(&required.from);
            from.is_some_and(|from| from <= sale.on) && required.kinds.iter().any(|kind| kind == sale.kind)
        };
        self.required.iter().filter(begun).max_by_key(|required| Day::parse(&required.from))
    }

    fn exempt(&self, line: &DrugLine, listed: &Listed, sale: &Sale<'_>) -> bool {
        self.exempt.iter().any(|exempt| {
            let (from, until) = (Day::parse(&exempt.from), exempt.until.as_deref().and_then(Day::parse));
            let now = from.is_some_and(|from| from <= sale.on) && until.is_none_or(|until| sale.on < until);
            now && match exempt.kind {
                ExemptKind::HerbalSlices => listed.kind == DrugKind::HerbalSlices,
                ExemptKind::HerbalGranules => listed.kind == DrugKind::HerbalGranules,
                ExemptKind::InpatientSplit => sale.inpatient && line.split,
            }
        })
    }

    /// What a line takes from which packs.
    fn takes(&self, line: &DrugLine, sale: &Sale<'_>) -> Result<Vec<Take>, (&'static str, String)> {
        let listed = self.drug.iter().find(|drug| drug.code == line.drug);
        if !(1..=COUNT_MAX).contains(&line.count) {
            return Err(("count", format!("1–{COUNT_MAX}")));
        }
        if line.codes.is_empty() {
            return self.without_code(line, listed, sale).map(|()| Vec::new());
        }
        let shaped =
            |code: &String| CODE_LETTERS.contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
        let different: BTreeSet<&String> = line.codes.iter().collect();
        if !line.codes.iter().all(shaped) || different.len() != line.codes.len() {
            return Err(("codes", "8–100 letters and digits, each once".into()));
        }
        let packs = if line.split { 1 } else { usize::try_from(line.count).unwrap_or(usize::MAX) };
        if line.codes.len() != packs {
            return Err(("codes", format!("{packs}")));
        }
        let (content, units) = match (listed, line.split) {
            (Some(listed), true) if line.count > listed.content => {
                return Err(("count", format!("≤ {}", listed.content)));
            }
            (Some(listed), true) => (listed.content, line.count),
            (Some(listed), false) => (listed.content, listed.content),
            // How much is in it nobody registered: whole it is one, and how often it may be split is not known.
            (None, false) => (1, 1),
            (None, true) => return Err(("split", "false: the content of this pack is not registered".into())),
        };
        let take = |code: &String| Take { trace: code.clone(), drug: line.drug.clone(), content, units };
        Ok(line.codes.iter().map(take).collect())
    }

    fn without_code(
        &self,
        line: &DrugLine,
        listed: Option<&Listed>,
        sale: &Sale<'_>,
    ) -> Result<(), (&'static str, String)> {
        let (Some(listed), Some(required)) = (listed, self.required(sale)) else { return Ok(()) };
        let old = line.old_stock && required.old_stock;
        if old || self.exempt(line, listed, sale) {
            return Ok(());
        }
        Err(("codes", format!("追溯码 ≥ {}（{}）", required.from, required.source)))
    }
}

impl Supervision {
    pub(crate) fn lists(&self, drug: &str) -> bool {
        self.trace.drug.iter().any(|listed| listed.code == drug)
    }

    fn listed(&self, drug: &str) -> Option<&Listed> {
        self.trace.drug.iter().find(|listed| listed.code == drug)
    }

    /// 处方药 and 双通道药品, as the area lists them.
    pub(crate) fn needs_rx(&self, drug: &str) -> bool {
        self.listed(drug).is_some_and(|listed| listed.prescription)
    }

    /// Single units of a pack.
    pub(crate) fn content(&self, drug: &str) -> u64 {
        self.listed(drug).map_or(1, |listed| listed.content.into())
    }

    /// Single units of a line.
    pub(crate) fn units(&self, line: &DrugLine) -> u64 {
        let count = u64::from(line.count);
        if line.split { count } else { count.saturating_mul(self.content(&line.drug)) }
    }

    /// What a bill takes from packs.
    ///
    /// # Errors
    /// With the first line that lacks something, and what.
    pub(crate) fn takes(&self, lines: &[DrugLine], kind: &str, inpatient: bool, on: Day) -> Result<Vec<Take>, Lack> {
        if lines.len() > LINES_MAX {
            return Err(Lack { field: "lines".into(), rule: format!("0–{LINES_MAX}") });
        }
        let sale = Sale { kind, inpatient, on };
        let mut takes = Vec::new();
        for (n, line) in lines.iter().enumerate() {
            let of_line = self.trace.takes(line, &sale);
            takes.extend(of_line.map_err(|(field, rule)| Lack { field: format!("lines[{n}].{field}"), rule })?);
        }
        Ok(takes)
    }
}
