use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::dims::{Level, Query, Reach, Scheme};
use super::source::{Basis, Certainty, Cite};
use super::value::{Amount, Bound, Slot, Traits};
use crate::date::Day;
use crate::pack::{self, PackDigest, PackError, PackHeader, PackKind, PackRef};

/// Layout of a benefit pack's payload.
pub const SCHEMA: u16 = 1;

/// One dated value with its conditions and source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub id: Arc<str>,
    pub slot: Slot,
    pub reach: Reach,
    /// Index into [`RuleBook::diseases`], for rules of one disease.
    pub disease: Option<u16>,
    pub amount: Amount,
    pub bound: Bound,
    pub traits: Traits,
    /// First day in force; `None` where the source does not say.
    pub from: Option<Day>,
    /// Last day in force.
    pub to: Option<Day>,
    /// Announced but not yet begun, or abolished: kept so that a lookup can say so.
    pub dormant: Option<Dormant>,
    pub basis: Basis,
    /// Index into [`RuleBook::cites`].
    pub cite: u16,
}

/// Why a rule that matches gives no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dormant {
    Announced,
    Abolished,
}

/// The insured area that a book of rules belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Region {
    /// 医保区划 (`admdvs`), six digits.
    pub admdvs: String,
    /// Name for addresses and the command line: `shanwei`.
    pub slug: String,
    pub name_zh: String,
    pub name_en: String,
    pub province_zh: String,
    pub province_en: String,
    /// The grades of institution that this area prices apart.
    pub levels: Vec<Level>,
    pub schemes: Vec<Scheme>,
    /// What to know before relying on this area's figures.
    pub caution_zh: Option<String>,
    pub caution_en: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Payload {
    region: Region,
    cites: Vec<Cite>,
    diseases: Vec<String>,
    rules: Vec<Rule>,
}

/// The rules of one area, ready for lookups.
#[derive(Clone, Debug)]
pub struct RuleBook {
    pub header: PackHeader,
    pub digest: PackDigest,
    pub region: Region,
    pub cites: Vec<Cite>,
    pub diseases: Vec<String>,
    rules: Vec<Rule>,
    /// Where each slot's rules begin and end in `rules`, in the order of [`Slot::ALL`].
    spans: Vec<(usize, usize)>,
    /// The names that answers carry, made once.
    pub labels: Labels,
}

/// A book's names as every answer repeats them.
#[derive(Clone, Debug)]
pub struct Labels {
    pub pack: Arc<PackRef>,
    pub admdvs: Arc<str>,
}

/// What a lookup found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found<'a> {
    Known(&'a Rule),
    /// Only limits of the figure are known.
    Between {
        least: Option<&'a Rule>,
        most: Option<&'a Rule>,
    },
    /// A rule exists, but it begins later.
    NotInForce {
        from: Option<Day>,
    },
    Announced,
    Abolished,
    Unknown,
}

impl<'a> Found<'a> {
    pub fn known(self) -> Option<&'a Rule> {
        match self {
            Found::Known(rule) => Some(rule),
            _ => None,
        }
    }
}

impl RuleBook {
    /// Bytes of a pack. Rules are put in the order that lookups need: by slot, most specific first.
    pub fn seal(
        region: Region,
        cites: Vec<Cite>,
        diseases: Vec<String>,
        mut rules: Vec<Rule>,
        edition: &str,
    ) -> Result<Vec<u8>, PackError> {
        rules.sort_by(|a, b| {
            let key = |r: &Rule| (r.slot, std::cmp::Reverse(r.narrowed()));
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
        let header = PackHeader {
            kind: PackKind::Benefit,
            id: format!("benefit/{}", region.admdvs),
            schema: SCHEMA,
            edition: edition.into(),
        };
        let payload =
            postcard::to_allocvec(&Payload { region, cites, diseases, rules }).map_err(|_| PackError::BadPayload)?;
        pack::seal(&header, &payload)
    }

    pub fn open(bytes: &[u8]) -> Result<RuleBook, PackError> {
        let pack = pack::open(bytes)?;
        if pack.header.kind != PackKind::Benefit {
            return Err(PackError::WrongKind);
        }
        if pack.header.schema != SCHEMA {
            return Err(PackError::UnknownSchema { found: pack.header.schema, known: SCHEMA });
        }
        let Payload { region, cites, diseases, rules } =
            postcard::from_bytes(pack.payload).map_err(|_| PackError::BadPayload)?;
        let in_order = rules.is_sorted_by_key(|r| (r.slot, std::cmp::Reverse(r.narrowed())));
        let cited = rules.iter().all(|r| usize::from(r.cite) < cites.len());
        let named = rules.iter().all(|r| r.disease.is_none_or(|d| usize::from(d) < diseases.len()));
        let sound = rules.iter().all(|r| r.amount.is_sound());
        if !in_order || !cited || !named || !sound {
            return Err(PackError::BadPayload);
        }
        let spans = Slot::ALL.iter().map(|slot| span(&rules, *slot)).collect();
        let labels =
            Labels { pack: PackRef::new(&pack.header, pack.digest).into(), admdvs: region.admdvs.as_str().into() };
        Ok(RuleBook { header: pack.header, digest: pack.digest, region, cites, diseases, rules, spans, labels })
    }

    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub fn cite(&self, rule: &Rule) -> Option<&Cite> {
        self.cites.get(usize::from(rule.cite))
    }

    pub fn disease(&self, name: &str) -> Option<u16> {
        self.diseases.iter().position(|d| d == name).and_then(|i| u16::try_from(i).ok())
    }

    /// The rules of a slot, most specific first.
    pub fn of(&self, slot: Slot) -> &[Rule] {
        let (start, end) = self.spans.get(slot.index()).copied().unwrap_or_default();
        self.rules.get(start..end).unwrap_or_default()
    }

    /// The value in force for a case on a day. The most specific matching rule wins; the lints make
    /// sure that there is only one of each bound.
    pub fn find(&self, slot: Slot, query: Query, disease: Option<u16>, day: Day) -> Found<'_> {
        let mut least = None;
        let mut most = None;
        let mut miss = Found::Unknown;
        for rule in self.of(slot) {
            if !rule.is_for(query, disease) {
                continue;
            }
            match (rule.standing(day), rule.bound) {
                (Standing::InForce, Bound::Exact) => return Found::Known(rule),
                (Standing::InForce, Bound::AtLeast) => least = least.or(Some(rule)),
                (Standing::InForce, Bound::AtMost) => most = most.or(Some(rule)),
                (Standing::Before, _) => miss = Found::NotInForce { from: rule.from },
                (Standing::Announced, _) => miss = Found::Announced,
                (Standing::Abolished, _) => miss = Found::Abolished,
                (Standing::After, _) => {}
            }
        }
        if least.is_some() || most.is_some() { Found::Between { least, most } } else { miss }
    }

    /// The limits of a value that are known on a day, whether or not the value itself is.
    pub fn bounds(&self, slot: Slot, query: Query, disease: Option<u16>, day: Day) -> (Option<&Rule>, Option<&Rule>) {
        let limit = |bound: Bound| {
            self.of(slot)
                .iter()
                .find(|r| r.bound == bound && r.is_for(query, disease) && r.standing(day) == Standing::InForce)
        };
        (limit(Bound::AtLeast), limit(Bound::AtMost))
    }

    /// How far a rule can be relied on for a day.
    pub fn certainty(&self, rule: &Rule, day: Day) -> Certainty {
        rule.certainty(self.cite(rule).map(|c| c.seen), day)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Before,
    InForce,
    After,
    Announced,
    Abolished,
}

impl Rule {
    /// Number of conditions: the more, the more specific.
    pub fn narrowed(&self) -> u32 {
        self.reach.narrowed() + u32::from(self.disease.is_some())
    }

    fn is_for(&self, query: Query, disease: Option<u16>) -> bool {
        self.reach.accepts(query) && (self.disease.is_none() || self.disease == disease)
    }

    /// How far this can be relied on for a day, where its source was last seen on `seen`: without a first day of
    /// its own it is uncertain before that.
    pub fn certainty(&self, seen: Option<Day>, day: Day) -> Certainty {
        let by_basis = Certainty::from(self.basis);
        let early = self.from.is_none() && seen.is_some_and(|seen| day < seen);
        if early { by_basis.max(Certainty::Uncertain) } else { by_basis }
    }

    fn standing(&self, day: Day) -> Standing {
        if self.to.is_some_and(|to| day > to) {
            return Standing::After;
        }
        let begun = self.from.is_none_or(|from| day >= from);
        match (self.dormant, begun) {
            (Some(Dormant::Announced), _) => Standing::Announced,
            (Some(Dormant::Abolished), true) => Standing::Abolished,
            (_, false) => Standing::Before,
            (None, true) => Standing::InForce,
        }
    }
}

fn span(rules: &[Rule], slot: Slot) -> (usize, usize) {
    (rules.partition_point(|r| r.slot < slot), rules.partition_point(|r| r.slot <= slot))
}
