//! Every day on which a rule changes is tried from both sides by a golden case.

use std::collections::BTreeSet;

use anxin_core::Day;
use anxin_core::benefit::{Case, Visit};
use anxin_core::rules::{Dim, Rule, Scheme, Slot};
use serde::Deserialize;

use crate::File;
use crate::draft::Draft;
use crate::lint::{At, Lint, LintKind};

/// The visits whose settlement looks at a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visits {
    Stay,
    Outpatient,
    SpecialOutpatient,
    SpecialDrug,
    Maternity,
    Any,
}

impl Visits {
    pub fn word(self) -> &'static str {
        match self {
            Visits::Stay => "hospital stay",
            Visits::Outpatient => "outpatient",
            Visits::SpecialOutpatient => "special outpatient",
            Visits::SpecialDrug => "special drug",
            Visits::Maternity => "maternity",
            Visits::Any => "any",
        }
    }

    fn of_slot(slot: Slot) -> Visits {
        match slot.word().split_once('.').map(|(family, _)| family) {
            Some("inpatient" | "cap" | "over_cap" | "catastrophic" | "aid") => Visits::Stay,
            Some("outpatient") => Visits::Outpatient,
            Some("special") => Visits::SpecialOutpatient,
            Some("special_drug") => Visits::SpecialDrug,
            Some("maternity") => Visits::Maternity,
            _ => Visits::Any,
        }
    }

    fn has(self, visit: &Visit) -> bool {
        use Visit as V;
        match self {
            Visits::Any => true,
            Visits::Stay => matches!(visit, V::Inpatient(_) | V::DaySurgery(_) | V::SecondPay(_)),
            Visits::Outpatient => matches!(visit, V::Outpatient(_)),
            Visits::SpecialOutpatient => matches!(visit, V::SpecialOutpatient(_)),
            Visits::SpecialDrug => matches!(visit, V::SpecialDrug(_)),
            Visits::Maternity => matches!(visit, V::Maternity(_)),
        }
    }
}

/// A day on which something changes for a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Boundary {
    pub scheme: Scheme,
    pub visits: Visits,
    /// The first day of the new state.
    pub first: Day,
}

/// The boundaries of some rules, each once, by day.
pub fn of<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<Boundary> {
    let mut days = BTreeSet::new();
    for rule in rules {
        for first in [rule.from, rule.to.and_then(Day::tomorrow)].into_iter().flatten() {
            days.extend(rule.reach.values::<Scheme>().map(|s| (first, s.index(), Visits::of_slot(rule.slot))));
        }
    }
    days.into_iter()
        .filter_map(|(first, index, visits)| {
            let scheme = Scheme::WORDS.iter().map(|(s, _)| *s).find(|s| s.index() == index)?;
            Some(Boundary { scheme, visits, first })
        })
        .collect()
}

#[derive(Deserialize)]
struct Golden {
    #[serde(default)]
    case: Option<Case>,
    #[serde(default)]
    year: Vec<Case>,
}

/// Boundaries of a draft that lack a golden case on the last day of the old state or on the first
/// day of the new. `cases` are the files of golden cases; those of other areas are passed over.
pub fn uncovered(draft: &Draft, cases: &[File]) -> Vec<Lint> {
    let mut lints = Vec::new();
    let mut tried = Vec::new();
    for (path, text) in cases.iter().filter(|(path, _)| path.ends_with(".json")) {
        match serde_json::from_str::<Golden>(text) {
            Ok(golden) => tried.extend(golden.case.into_iter().chain(golden.year)),
            Err(error) => {
                let at = At { path: path.clone(), line: Some(error.line()) };
                lints.push(Lint::new(LintKind::Unreadable, &at, "case", error.to_string()));
            }
        }
    }
    tried.retain(|case| case.region == draft.region.slug || case.region == draft.region.admdvs);
    for boundary in draft.boundaries().iter().filter(|b| draft.region.schemes.contains(&b.scheme)) {
        let days = [boundary.first.yesterday(), Some(boundary.first)];
        for day in days.into_iter().flatten() {
            let tries = |case: &Case| {
                case.scheme == boundary.scheme && boundary.visits.has(&case.visit) && settled(&case.visit) == day
            };
            if !tried.iter().any(tries) {
                let subject = format!("{} {} {day}", draft.region.slug, boundary.scheme.word());
                let message = format!("a rule changes on {}: {} case wanted", boundary.first, boundary.visits.word());
                lints.push(Lint::new(LintKind::BoundaryWithoutCase, draft.at(), subject, message));
            }
        }
    }
    lints
}

/// The day whose rules settle a visit.
fn settled(visit: &Visit) -> Day {
    match visit {
        Visit::Inpatient(stay) | Visit::DaySurgery(stay) => stay.discharged,
        Visit::Outpatient(clinic) | Visit::SpecialDrug(clinic) => clinic.on,
        Visit::SpecialOutpatient(month) => month.on,
        Visit::Maternity(birth) => birth.on,
        Visit::SecondPay(slip) => slip.on,
    }
}
