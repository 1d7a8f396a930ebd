//! An insured area put together, and what is made of it.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::Day;
use anxin_core::pack::PackError;
use anxin_core::rules::{Cite, Reach, Region, Rule, RuleBook, Slot};

use crate::lint::{At, Lint, LintKind};

/// A value with the place it was written at. Ids are those of the area, without `*`.
#[derive(Clone, Debug)]
pub struct Authored {
    pub at: At,
    /// Written in the area's own folder rather than in a base.
    pub own: bool,
    pub cite: String,
    pub disease: Option<String>,
    /// `cite` and `disease` of the rule are set when the draft is sealed.
    pub rule: Rule,
}

/// A cell of the allow-list, with its conditions read.
#[derive(Clone, Debug)]
pub struct Allowed {
    pub at: At,
    pub slot: Slot,
    pub reach: Reach,
}

/// One insured area, linted and ready to be sealed.
#[derive(Clone, Debug)]
pub struct Draft {
    pub region: Region,
    pub edition: String,
    pub(crate) edition_day: Day,
    pub(crate) cites: BTreeMap<String, Cite>,
    pub(crate) values: Vec<Authored>,
    pub(crate) unknown: Vec<Allowed>,
    pub(crate) at: At,
}

impl Draft {
    /// The pack's id and bytes.
    ///
    /// # Errors
    /// When the core does not accept the result.
    pub fn seal(self) -> Result<(String, Vec<u8>), Vec<Lint>> {
        self.bytes().map(|bytes| (format!("benefit/{}", self.region.admdvs), bytes)).map_err(|lint| vec![lint])
    }

    /// The compiled rules, as the core reads them.
    pub fn book(&self) -> Result<RuleBook, Lint> {
        RuleBook::open(&self.bytes()?).map_err(|error| self.unsealable(&error))
    }

    pub fn values(&self) -> &[Authored] {
        &self.values
    }

    pub fn unknown(&self) -> &[Allowed] {
        &self.unknown
    }

    pub fn edition_day(&self) -> Day {
        self.edition_day
    }

    pub fn at(&self) -> &At {
        &self.at
    }

    fn bytes(&self) -> Result<Vec<u8>, Lint> {
        let keys: BTreeSet<&str> = self.values.iter().map(|value| value.cite.as_str()).collect();
        let cites = self.cites.values().filter(|cite| keys.contains(&*cite.key)).cloned().collect();
        let names: BTreeSet<&str> = self.values.iter().filter_map(|value| value.disease.as_deref()).collect();
        let index = |at: Option<usize>| at.and_then(|at| u16::try_from(at).ok());
        let rules = self
            .values
            .iter()
            .map(|value| {
                let cite = index(keys.iter().position(|key| *key == value.cite))?;
                let disease = match value.disease.as_deref() {
                    Some(name) => Some(index(names.iter().position(|known| *known == name))?),
                    None => None,
                };
                Some(Rule { cite, disease, ..value.rule.clone() })
            })
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| self.unsealable(&PackError::BadPayload))?;
        let names = names.into_iter().map(str::to_owned).collect();
        RuleBook::seal(self.region.clone(), cites, names, rules, &self.edition).map_err(|error| self.unsealable(&error))
    }

    fn unsealable(&self, error: &PackError) -> Lint {
        Lint::new(LintKind::Unsealable, &self.at, &self.region.slug, error.to_string())
    }
}

impl Authored {
    /// The folder that the value was written in.
    pub fn folder(&self) -> &str {
        self.at.path.rsplit('/').nth(1).unwrap_or_default()
    }

    /// Number of conditions, the disease counted.
    pub fn narrowed(&self) -> u32 {
        self.rule.reach.narrowed() + u32::from(self.disease.is_some())
    }

    /// Whether one case on one day can be met by both values.
    pub fn meets(&self, other: &Authored) -> bool {
        let same_disease = self.disease.is_none() || other.disease.is_none() || self.disease == other.disease;
        let starts_in_time = |a: &Rule, b: &Rule| a.from.zip(b.to).is_none_or(|(from, to)| from <= to);
        same_disease
            && self.rule.reach.overlaps(other.rule.reach)
            && starts_in_time(&self.rule, &other.rule)
            && starts_in_time(&other.rule, &self.rule)
    }
}
