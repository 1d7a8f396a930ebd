//! Every day on which a rule changes is tried from both sides by a golden case.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::Day;
use anxin_core::benefit::{Case, Visit};
use anxin_core::rules::{Area, Dim, Place, Region, Rule, Scheme, Slot};
use serde::Deserialize;

use crate::File;
use crate::draft::Draft;
use crate::lint::{At, Lint, LintKind};

/// The visits whose settlement looks at a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Visits {
    Stay,
    Outpatient,
    SpecialOutpatient,
    SpecialDrug,
    Maternity,
    /// Any visit away from home.
    Away,
    Any,
}

impl Visits {
    fn word(self) -> &'static str {
        match self {
            Visits::Stay => "hospital stay",
            Visits::Outpatient => "outpatient",
            Visits::SpecialOutpatient => "special outpatient",
            Visits::SpecialDrug => "special drug",
            Visits::Maternity => "maternity",
            Visits::Away => "away from home",
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
            Some("away") => Visits::Away,
            _ => Visits::Any,
        }
    }

    fn has(self, visit: &Visit) -> bool {
        use Visit as V;
        match self {
            Visits::Any => true,
            Visits::Away => place(visit).is_some_and(|place| place.area != Area::Local),
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
struct Boundary {
    scheme: Scheme,
    visits: Visits,
    /// The first day of the new state.
    first: Day,
}

/// The boundaries of some rules, each once, by day.
fn of<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<Boundary> {
    let mut days = BTreeSet::new();
    for rule in rules {
        for first in [rule.from, rule.to.and_then(Day::tomorrow)].into_iter().flatten() {
            days.extend(rule.reach.values::<Scheme>().map(|s| (first, s, Visits::of_slot(rule.slot))));
        }
    }
    days.into_iter().map(|(first, scheme, visits)| Boundary { scheme, visits, first }).collect()
}

#[derive(Deserialize)]
struct Golden {
    #[serde(default)]
    case: Option<Case>,
    #[serde(default)]
    year: Vec<Case>,
}

/// Boundaries that lack a golden case on the last day of the old state or on the first day of the
/// new. A change in an area's own folder needs cases of that area; one in a base needs them of any
/// area that includes it. `cases` are the files of golden cases.
pub fn uncovered(drafts: &[Draft], cases: &[File]) -> Vec<Lint> {
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
    for (folder, areas) in folders(drafts) {
        let of_folder = |draft: &&Draft| draft.values().iter().any(|v| v.folder() == folder);
        let rules = drafts.iter().find(of_folder).into_iter().flat_map(|draft| draft.values());
        for boundary in of(rules.filter(|v| v.folder() == folder).map(|v| &v.rule)) {
            for day in [boundary.first.yesterday(), Some(boundary.first)].into_iter().flatten() {
                let in_area =
                    |case: &Case| areas.iter().any(|a| a.schemes.contains(&boundary.scheme) && is_of(case, a));
                if !tried.iter().any(|case| in_area(case) && boundary.tried_by(case, day)) {
                    lints.push(wanted(folder, &boundary, day));
                }
            }
        }
    }
    lints
}

/// Folders that values were written in, each with the areas that take them up.
fn folders(drafts: &[Draft]) -> BTreeMap<&str, Vec<&Region>> {
    let mut folders = BTreeMap::<&str, Vec<&Region>>::new();
    for draft in drafts {
        let names: BTreeSet<&str> = draft.values().iter().map(|value| value.folder()).collect();
        for name in names {
            folders.entry(name).or_default().push(&draft.region);
        }
    }
    folders
}

fn is_of(case: &Case, region: &Region) -> bool {
    case.region == region.slug || case.region == region.admdvs
}

impl Boundary {
    fn tried_by(&self, case: &Case, day: Day) -> bool {
        case.scheme == self.scheme && self.visits.has(&case.visit) && settled(&case.visit) == day
    }
}

fn wanted(folder: &str, boundary: &Boundary, day: Day) -> Lint {
    let subject = format!("{} {day}", boundary.scheme.word());
    let message = format!("a rule changes on {}: {} case wanted", boundary.first, boundary.visits.word());
    Lint::new(LintKind::BoundaryWithoutCase, &At::file(folder), subject, message)
}

fn place(visit: &Visit) -> Option<Place> {
    match visit {
        Visit::Inpatient(stay) | Visit::DaySurgery(stay) => Some(stay.place),
        Visit::Outpatient(clinic) | Visit::SpecialDrug(clinic) => Some(clinic.place),
        Visit::SpecialOutpatient(month) => Some(month.place),
        Visit::SecondPay(slip) => Some(slip.place),
        Visit::Maternity(_) => None,
    }
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
