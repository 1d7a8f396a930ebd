//! Whether a group takes the operations of a case, and which of two groups comes first.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::catalogue::{Catalogue, Group, GroupId, Span, Way};
use super::facts::{Facts, OPERATIONS_MAX};
use super::group::{Grouping, Path};
use super::layout::OperationClass;
use super::settings::{Choose, Related, Ties};

/// A group that takes a case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fit {
    pub id: GroupId,
    /// How fine the diagnosis is.
    pub fine: u8,
    /// Related parts that are met.
    pub related: u8,
    /// The position of the main operation among those of the case.
    pub main: Option<usize>,
}

/// Related parts met and the position of the main operation; `None` where the group does not fit.
pub(crate) fn fit(catalogue: &Catalogue, group: &Group, facts: &Facts, all: bool) -> Option<(u8, Option<usize>)> {
    let rule = catalogue.settings.related;
    if rule == Related::EveryOperation && !every_operation(catalogue, group, facts) {
        return None;
    }
    let mut best: Option<(u8, Option<usize>)> = None;
    for way in catalogue.ways(group) {
        let main = catalogue.list(&way.main);
        for at in facts.mains(all).filter(|at| facts.operations.get(*at).is_some_and(|o| main.iter().any(|n| o.is(*n))))
        {
            let wanted = catalogue.parts(way).len();
            let met = if wanted == 0 { 0 } else { parts_met(catalogue, way, facts, at) };
            let fits = met == wanted || (rule == Related::AnyPart && met > 0);
            let related = u8::try_from(met).unwrap_or(u8::MAX);
            if fits && best.is_none_or(|(most, _)| related > most) {
                best = Some((related, Some(at)));
            }
        }
    }
    best
}

fn every_operation(catalogue: &Catalogue, group: &Group, facts: &Facts) -> bool {
    let there = |n: &u16| facts.operations.iter().any(|o| o.live() && o.is(*n));
    let all = |span: &Span| catalogue.list(span).iter().all(there);
    catalogue.ways(group).iter().all(|way| all(&way.main) && catalogue.parts(way).iter().all(all))
}

/// How many parts can be met at once, each by an operation of its own other than the main one.
pub(crate) fn parts_met(catalogue: &Catalogue, way: &Way, facts: &Facts, main: usize) -> usize {
    let parts = catalogue.parts(way);
    let mut matching = Matching { catalogue, facts, main, parts, owners: [None; OPERATIONS_MAX] };
    (0..parts.len().min(PARTS_MAX)).filter(|part| matching.place(*part, &mut [false; OPERATIONS_MAX])).count()
}

/// Most parts of one way; more never fit.
const PARTS_MAX: usize = 32;

/// Parts given to operations by augmenting paths.
struct Matching<'a> {
    catalogue: &'a Catalogue,
    facts: &'a Facts,
    main: usize,
    parts: &'a [Span],
    /// The part that each operation meets.
    owners: [Option<usize>; OPERATIONS_MAX],
}

impl Matching<'_> {
    /// Finds an operation for a part, moving other parts to other operations where it has to.
    fn place(&mut self, part: usize, seen: &mut [bool; OPERATIONS_MAX]) -> bool {
        let Some(list) = self.parts.get(part).map(|span| self.catalogue.list(span)) else { return false };
        let facts = self.facts;
        for (i, operation) in facts.operations.iter().enumerate() {
            let suits = i != self.main && operation.live() && list.iter().any(|n| operation.is(*n));
            let Some(seen_here) = seen.get_mut(i).filter(|seen| suits && !**seen) else { continue };
            *seen_here = true;
            let owner = self.owners.get(i).copied().flatten();
            if owner.is_none_or(|other| self.place(other, seen))
                && let Some(slot) = self.owners.get_mut(i)
            {
                *slot = Some(part);
                return true;
            }
        }
        false
    }
}

impl Fit {
    pub fn grouping(&self, path: Path, facts: &Facts) -> Grouping {
        let main = self.main.and_then(|at| facts.operations.get(at)).map(|o| o.place);
        Grouping { path, group: Some(self.id), related: self.related, main }
    }

    /// Whether this group is taken rather than the other.
    pub fn before(&self, other: &Fit, catalogue: &Catalogue, facts: &Facts) -> bool {
        let Some((mine, theirs)) = catalogue.group(self.id).zip(catalogue.group(other.id)) else { return false };
        let settings = &catalogue.settings;
        let first = match settings.choose {
            Choose::MostRelated => Ordering::Equal,
            Choose::ClosestCost => distance(theirs, facts).cmp_known(distance(mine, facts)),
            Choose::Ladder => {
                let rung = |fit: &Fit, group: &Group| (class(fit, facts), !group.base_level);
                rung(self, mine).cmp(&rung(other, theirs))
            }
        };
        let related = self.related.cmp(&other.related);
        let (fine, score) = (self.fine.cmp(&other.fine), mine.score.cmp(&theirs.score));
        let tie = match settings.ties {
            Ties::FinerThenScore => fine.then(score),
            Ties::ScoreThenFiner => score.then(fine),
            Ties::FinerThenLowScore => fine.then(score.reverse()),
        };
        let order = first.then(related).then(tie).then_with(|| theirs.label.cmp(&mine.label));
        order == Ordering::Greater
    }
}

/// How far the case's cost lies from the group's mean.
fn distance(group: &Group, facts: &Facts) -> Option<Decimal> {
    Some((facts.cost?.to_decimal() - group.mean_fen?.to_decimal()).abs())
}

trait CmpKnown {
    fn cmp_known(self, other: Self) -> Ordering;
}

impl CmpKnown for Option<Decimal> {
    /// Equal where either is unknown.
    fn cmp_known(self, other: Self) -> Ordering {
        self.zip(other).map_or(Ordering::Equal, |(a, b)| a.cmp(&b))
    }
}

fn class(fit: &Fit, facts: &Facts) -> u8 {
    match fit.main.and_then(|at| facts.operations.get(at)).map(|o| o.class) {
        Some(OperationClass::Surgery | OperationClass::Interventional) => 3,
        Some(OperationClass::Therapeutic) => 2,
        Some(OperationClass::Diagnostic) => 1,
        _ => 0,
    }
}
