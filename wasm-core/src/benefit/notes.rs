//! What the reader of an answer should know about it.

use super::answer::{Diagnostic, DiagnosticCode, Severity};
use super::asked::Asked;
use super::case::{Bill, Case, Split, Stay, Visit};
use super::desk::{Desk, Gap};
use super::slip;
use crate::date::Day;
use crate::money::Fen;
use crate::rules::{Area, Basis, Certainty, Rule, RuleBook, Slot};

/// A rule whose source is older than this many years on the day is shown as such.
const SOURCE_OLD_YEARS: i16 = 3;

/// What the rules that changed a figure rest on: the first of each kind that is worth a word.
#[derive(Default)]
pub(super) struct Relied {
    assumed: Option<Slot>,
    before_source: Option<Slot>,
    old_source: Option<Slot>,
    certainty: Option<Certainty>,
}

impl Relied {
    /// Takes a rule in, and tells how far it can be relied on.
    pub fn rely_on(&mut self, book: &RuleBook, rule: &Rule, day: Day) -> Certainty {
        let seen = book.cite(rule).map(|c| c.seen);
        let certainty = rule.certainty(seen, day);
        if self.assumed.is_none() && rule.basis == Basis::Assumed {
            self.assumed = Some(rule.slot);
        }
        if self.before_source.is_none() && rule.from.is_none() && seen.is_some_and(|s| day < s) {
            self.before_source = Some(rule.slot);
        }
        if self.old_source.is_none() && rule.to.is_none() && seen.is_some_and(|s| is_old(s, day)) {
            self.old_source = Some(rule.slot);
        }
        self.certainty = self.certainty.max(Some(certainty));
        certainty
    }

    /// How far all of them together can be relied on.
    pub fn certainty(&self) -> Certainty {
        self.certainty.unwrap_or(Certainty::Certain)
    }
}

fn is_old(seen: Day, day: Day) -> bool {
    day.year() - seen.year() >= SOURCE_OLD_YEARS && seen.years_later(SOURCE_OLD_YEARS) < day
}

pub(super) fn note(code: DiagnosticCode, severity: Severity, slot: Option<Slot>, fen: Option<Fen>) -> Diagnostic {
    Diagnostic { code, severity, slot, fen, message: None }
}

pub(super) fn gap_note(slot: Option<Slot>, gap: Gap) -> Diagnostic {
    match gap {
        Gap::Unknown => note(DiagnosticCode::FigureUnknown, Severity::Warning, slot, None),
        Gap::Bounded => note(DiagnosticCode::FigureBounded, Severity::Caution, slot, None),
        Gap::NotInForce => note(DiagnosticCode::NotInForceYet, Severity::Warning, slot, None),
        Gap::SplitAssumed => note(DiagnosticCode::SplitAssumed, Severity::Caution, None, None),
        Gap::CoverOpen => note(DiagnosticCode::CoverNotInForce, Severity::Warning, None, None),
    }
}

pub(super) fn notes_on_case(book: &RuleBook, case: &Case, asked: &Asked, notes: &mut Vec<Diagnostic>) {
    if book.region.caution_zh.is_some() {
        notes.push(note(DiagnosticCode::RegionCaution, Severity::Warning, None, None));
    }
    if asked.place.area == Area::OutOfProvince {
        notes.push(note(DiagnosticCode::OtherCatalogue, Severity::Caution, None, None));
    }
    if let Some(difference) = split_of(&case.visit).and_then(slip::out_of_balance) {
        notes.push(note(DiagnosticCode::SlipOutOfBalance, Severity::Warning, None, Some(difference)));
    }
    if matches!(case.visit, Visit::Outpatient(_) | Visit::SpecialOutpatient(_) | Visit::SpecialDrug(_)) {
        notes.push(note(DiagnosticCode::BurdenNotCounted, Severity::Info, None, None));
    }
    if let Visit::Inpatient(Stay { admitted: Some(admitted), discharged, .. }) = &case.visit
        && admitted.year() != discharged.year()
    {
        notes.push(note(DiagnosticCode::MayBeSplit, Severity::Info, None, None));
    }
}

pub(super) fn split_of(visit: &Visit) -> Option<&Split> {
    let bill = match visit {
        Visit::Inpatient(s) | Visit::DaySurgery(s) => &s.bill,
        Visit::Outpatient(c) | Visit::SpecialDrug(c) => &c.bill,
        Visit::SpecialOutpatient(s) => &s.bill,
        Visit::Maternity(_) | Visit::SecondPay(_) => return None,
    };
    match bill {
        Bill::Split(split) => Some(split),
        _ => None,
    }
}

pub(super) fn notes_on_rules(desk: &Desk<'_>, notes: &mut Vec<Diagnostic>) {
    let relied = [
        (DiagnosticCode::FigureAssumed, desk.relied.assumed),
        (DiagnosticCode::BeforeSource, desk.relied.before_source),
        (DiagnosticCode::SourceOld, desk.relied.old_source),
    ];
    for (code, slot) in relied.into_iter().filter(|(_, slot)| slot.is_some()) {
        notes.push(note(code, Severity::Caution, slot, None));
    }
    for slot in &desk.caps_reached {
        notes.push(note(DiagnosticCode::CapReached, Severity::Info, Some(*slot), None));
    }
    for (slot, floor) in &desk.floors {
        notes.push(note(DiagnosticCode::LimitNotFound, Severity::Caution, Some(*slot), Some(*floor)));
    }
    for slot in &desk.unknown_beside {
        notes.push(note(DiagnosticCode::FigureUnknown, Severity::Warning, Some(*slot), None));
    }
}
