//! What the reader of an answer should know about it.

use super::answer::{Diagnostic, DiagnosticCode, Severity};
use super::asked::Asked;
use super::case::{Bill, Case, Split, Stay, Visit};
use super::desk::{Desk, Gap};
use super::slip;
use crate::money::Fen;
use crate::rules::{Area, Basis, Rule, RuleBook, Slot};

/// A rule whose source is older than this many years on the day is shown as such.
const SOURCE_OLD_YEARS: i16 = 3;

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

pub(super) fn notes_on_rules(book: &RuleBook, desk: &Desk<'_>, notes: &mut Vec<Diagnostic>) {
    let any = |test: &dyn Fn(&Rule) -> bool| desk.applied.iter().find(|r| test(r)).map(|r| r.slot);
    let seen = |r: &Rule| book.cite(r).map(|c| c.seen);
    if let Some(slot) = any(&|r| r.basis == Basis::Assumed) {
        notes.push(note(DiagnosticCode::FigureAssumed, Severity::Caution, Some(slot), None));
    }
    if let Some(slot) = any(&|r| r.from.is_none() && seen(r).is_some_and(|s| desk.day < s)) {
        notes.push(note(DiagnosticCode::BeforeSource, Severity::Caution, Some(slot), None));
    }
    let old = |r: &Rule| seen(r).is_some_and(|s| s.years_later(SOURCE_OLD_YEARS) < desk.day);
    if let Some(slot) = any(&|r| r.to.is_none() && old(r)) {
        notes.push(note(DiagnosticCode::SourceOld, Severity::Caution, Some(slot), None));
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
