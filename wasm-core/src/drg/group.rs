//! From a record to its group.

use arrayvec::ArrayVec;
use serde::Serialize;

use super::check::{FindingKind, Place, Respelled};
use super::facts::{Coded, Facts, Sex};
use super::layout::Ambiguity;
use super::row::{Cells, Row};
use super::rule::run;
use super::scheme::{AdrgEntry, AdrgId, DrgId, MdcEntry, MdcId, Scheme};
use crate::code::{ClinicalMap, Code, Dictionary, Probe, System, respell};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "GroupStatus"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "GroupStatus"))]
pub enum Status {
    Grouped,
    /// In no group: 0000.
    Ungrouped,
    /// In the ambiguity group of an MDC: QY.
    Ambiguous,
    /// Refused by the check of the input; see the findings.
    CheckFailed,
}

/// The group of a record, as numbers into its scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Grouping {
    pub status: Status,
    pub mdc: Option<MdcId>,
    pub adrg: Option<AdrgId>,
    pub drg: Option<DrgId>,
}

/// A group as it is written: `grouped MDCR RE1 RE15`, `ambiguous MDCV QY VQY`, `ungrouped  00 0000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Labels<'s> {
    pub status: &'static str,
    pub mdc: &'s str,
    pub adrg: &'s str,
    pub drg: &'s str,
}

impl Grouping {
    pub(crate) const fn none(status: Status) -> Grouping {
        Grouping { status, mdc: None, adrg: None, drg: None }
    }

    pub fn labels<'s>(&self, scheme: &'s Scheme) -> Labels<'s> {
        let mdc = self.mdc.and_then(|MdcId(n)| scheme.mdcs.get(usize::from(n)));
        let (status, adrg, drg) = match (self.status, self.adrg, self.drg) {
            (Status::Grouped, Some(adrg), Some(drg)) => ("grouped", scheme.adrg_code(adrg), scheme.drg_code(drg)),
            (Status::Ambiguous, ..) => ("ambiguous", "QY", mdc.map_or("", |m| &m.ambiguous_label)),
            (Status::CheckFailed, ..) => ("check_failed", "00", "0000"),
            (Status::Ungrouped | Status::Grouped, ..) => ("ungrouped", "00", "0000"),
        };
        Labels { status, mdc: mdc.map_or("", |m| &m.label), adrg, drg }
    }
}

/// Groups records one after the other with one set of buffers.
#[derive(Clone, Debug)]
pub struct Grouper<'s> {
    pub(crate) scheme: &'s Scheme,
    clinical: Option<&'s ClinicalMap>,
    /// Codes of the records are those of the clinical edition.
    from_clinical: bool,
    pub(crate) facts: Facts<'s>,
}

impl<'s> Grouper<'s> {
    pub fn new(scheme: &'s Scheme) -> Grouper<'s> {
        Grouper { scheme, clinical: None, from_clinical: false, facts: Facts::default() }
    }

    /// Takes clinical codes that the scheme does not know as their insurance codes, each with a finding.
    /// With `all`, the records are 病案首页: every code is read as a clinical one first.
    #[must_use]
    pub fn with_clinical(mut self, map: &'s ClinicalMap, all: bool) -> Grouper<'s> {
        self.clinical = Some(map);
        self.from_clinical = all;
        self
    }

    pub fn scheme(&self) -> &'s Scheme {
        self.scheme
    }

    /// The diagnoses of the last record in the order of grouping: the place of each, and its code where the
    /// scheme has one.
    pub fn diagnoses_read(&self) -> Vec<(u16, Option<Code>)> {
        read(&self.facts.diagnoses, &self.scheme.diagnoses)
    }

    /// The operations of the last record, likewise.
    pub fn operations_read(&self) -> Vec<(u16, Option<Code>)> {
        read(&self.facts.operations, &self.scheme.operations)
    }

    /// What the check of the last record had to say.
    pub fn findings(&self) -> &[super::Finding] {
        &self.facts.findings
    }

    /// Days in hospital of the last record.
    pub fn stay(&self) -> Option<u32> {
        self.facts.stay
    }

    /// Groups a row of a table.
    #[inline]
    pub fn group_row(&mut self, row: &Row<'_>) -> Grouping {
        self.take_row(row);
        self.group_taken()
    }

    pub(crate) fn take_row(&mut self, row: &Row<'_>) {
        self.facts.clear();
        self.take_sex(row.sex);
        self.facts.age = self.number(row.age, Place::Age);
        self.facts.days = self.number(row.age_days, Place::AgeDays);
        self.facts.weight = self.number(row.birth_weight, Place::BirthWeight).filter(|w| *w > 0);
        self.facts.stay = self.number(row.stay, Place::Record);
        self.take_ward(row.ward);
        self.facts.leaving = self.number(row.leaving, Place::Record);
        self.facts.ventilation = self.number(row.ventilation, Place::Record);
        let scheme = self.scheme;
        self.take_cell(row.diagnoses, &scheme.diagnoses, Self::put_diagnosis);
        self.take_cell(row.operations, &scheme.operations, Self::put_operation);
        self.check();
    }

    /// The ward, where some group asks for it.
    #[inline]
    pub(crate) fn take_ward(&mut self, text: &[u8]) {
        if self.scheme.ward_lists.is_empty() {
            return;
        }
        let ward = std::str::from_utf8(text).unwrap_or("?").trim();
        self.facts.ward = (!ward.is_empty()).then(|| self.scheme.lists_of_ward(ward));
    }

    pub(crate) fn take_sex(&mut self, text: &[u8]) {
        let words_refused = self.scheme.intake.sex_words_refused;
        let (sex, found) = match text {
            b"1" => (Sex::Male, None),
            b"2" => (Sex::Female, None),
            b"" => (Sex::Unknown, Some((FindingKind::Missing, true))),
            b"\xE7\x94\xB7" => (Sex::Male, Some((FindingKind::SexAsWord, words_refused))),
            b"\xE5\xA5\xB3" => (Sex::Female, Some((FindingKind::SexAsWord, words_refused))),
            _ => (Sex::Unknown, Some((FindingKind::OtherSex, self.scheme.intake.other_sex_refused))),
        };
        self.facts.sex = sex;
        if let Some((kind, refuses)) = found {
            self.facts.find(kind, Place::Sex, refuses);
        }
    }

    /// A whole number; a decimal fraction of zeros is read over.
    fn number(&mut self, text: &[u8], place: Place) -> Option<u32> {
        if text.is_empty() {
            return None;
        }
        let whole = match text.iter().position(|b| *b == b'.') {
            Some(dot) => {
                let (whole, fraction) = text.split_at(dot);
                if fraction.get(1..)?.iter().all(|b| *b == b'0') { whole } else { text }
            }
            None => text,
        };
        let digits = |n: u32, b: &u8| n.checked_mul(10)?.checked_add(char::from(*b).to_digit(10)?);
        let value = whole.iter().try_fold(0, digits).filter(|_| !whole.is_empty());
        if value.is_none() {
            self.facts.find(FindingKind::Unreadable, place, place != Place::Record);
        }
        value
    }

    /// Takes the codes of a cell, a few at a time: first all of them are probed, then all are read.
    #[inline]
    fn take_cell(&mut self, cell: &[u8], dictionary: &Dictionary, put: impl Fn(&mut Self, Option<Probe>, &[u8], u16)) {
        const AT_ONCE: usize = 8;
        let mut probes = codes(cell).map(|code| (code, dictionary.probe(code)));
        let mut place = 0_u16;
        loop {
            let probed: ArrayVec<_, AT_ONCE> = probes.by_ref().take(AT_ONCE).collect();
            for (code, probe) in &probed {
                put(self, *probe, code, place);
                place = place.saturating_add(1);
            }
            if !probed.is_full() {
                return;
            }
        }
    }

    pub(crate) fn take_diagnosis(&mut self, raw: &[u8], place: u16) {
        self.put_diagnosis(self.scheme.diagnoses.probe(raw), raw, place);
    }

    pub(crate) fn take_operation(&mut self, raw: &[u8], place: u16) {
        self.put_operation(self.scheme.operations.probe(raw), raw, place);
    }

    #[inline]
    fn put_diagnosis(&mut self, probe: Option<Probe>, raw: &[u8], place: u16) {
        let dictionary = &self.scheme.diagnoses;
        let (entry, class) = self.look_up(dictionary, probe, System::Diagnosis, raw, Place::Diagnosis(place));
        if let Some(traits) = self.scheme.diagnosis_classes.get(usize::from(class)) {
            self.facts.diagnoses.push(Coded { traits, entry, place });
        }
    }

    #[inline]
    fn put_operation(&mut self, probe: Option<Probe>, raw: &[u8], place: u16) {
        let dictionary = &self.scheme.operations;
        let (entry, class) = self.look_up(dictionary, probe, System::Operation, raw, Place::Operation(place));
        if let Some(traits) = self.scheme.operation_classes.get(usize::from(class)) {
            self.facts.operations.push(Coded { traits, entry, place });
        }
    }

    #[inline]
    fn look_up(
        &mut self,
        dictionary: &Dictionary,
        probe: Option<Probe>,
        system: System,
        raw: &[u8],
        place: Place,
    ) -> (Option<u16>, u16) {
        if !self.from_clinical
            && let Some((at, class)) = probe.as_ref().and_then(|probe| dictionary.read(probe))
        {
            return (Some(at), class);
        }
        self.look_further(dictionary, system, raw, place)
    }

    /// For a code that the dictionary does not have as it stands.
    #[cold]
    fn look_further(
        &mut self,
        dictionary: &Dictionary,
        system: System,
        raw: &[u8],
        place: Place,
    ) -> (Option<u16>, u16) {
        let mapped = |code: &[u8]| self.clinical.and_then(|map| map.insurance(system, code));
        let exact = self.scheme.intake.spelling_exact;
        let spelled = if exact { None } else { respell(raw, system) };
        let as_clinical = mapped(raw).or_else(|| mapped(spelled?.as_str().as_bytes())).map(FindingKind::FromClinical);
        let as_insurance = spelled.map(|code| FindingKind::Respelled(Respelled { code }));
        let (first, second) =
            if self.from_clinical { (as_clinical, as_insurance) } else { (as_insurance, as_clinical) };
        let known = |kind: FindingKind| match kind {
            FindingKind::FromClinical(code) | FindingKind::Respelled(Respelled { code }) => {
                dictionary.find_code(&code).map(|(at, class)| (at, class, code, kind))
            }
            _ => None,
        };
        match first.and_then(known).or_else(|| second.and_then(known)) {
            Some((at, class, code, kind)) => {
                if code.as_str().as_bytes() != raw {
                    self.facts.find(kind, place, false);
                }
                (Some(at), class)
            }
            None => match dictionary.find(raw) {
                Some((at, class)) => (Some(at), class),
                None => {
                    // A clinical code that leads nowhere would be grouped as if it had not been written.
                    self.facts.find(FindingKind::UnknownCode, place, self.from_clinical);
                    (None, 0)
                }
            },
        }
    }

    /// What has to be known of every record before it is grouped.
    pub(crate) fn check(&mut self) {
        let intake = self.scheme.intake;
        let facts = &mut self.facts;
        if facts.diagnoses.is_empty() {
            facts.find(FindingKind::NoDiagnosis, Place::Record, true);
        }
        if facts.age.is_none() && intake.age_required {
            facts.find(FindingKind::Missing, Place::Age, true);
        }
        if facts.days.is_none() && intake.blank_days_are_zero {
            facts.days = Some(0);
        }
        let newborn = facts.age == Some(0) && facts.days.is_some_and(|d| d <= NEWBORN_DAYS);
        if newborn && facts.weight.is_none() && !intake.newborn_weight_optional {
            facts.find(FindingKind::Missing, Place::BirthWeight, true);
        }
        if facts.principal().is_some_and(|p| p.not_principal) {
            let place = facts.diagnoses.first().map_or(0, |d| d.place);
            facts.find(FindingKind::NotPrincipal, Place::Diagnosis(place), false);
        }
        self.compare_ventilation();
    }

    fn compare_ventilation(&mut self) {
        let Some(hours) = self.facts.ventilation else { return };
        let long = self.scheme.long_ventilation;
        let listed = self.facts.operations.iter().find(|o| o.entry.is_some() && o.entry == long).map(|o| o.place);
        match listed {
            Some(place) if hours < LONG_HOURS => {
                self.facts.find(FindingKind::VentilationMismatch, Place::Operation(place), false);
            }
            None if hours >= LONG_HOURS => self.facts.find(FindingKind::VentilationMismatch, Place::Ventilation, false),
            _ => {}
        }
    }

    pub(crate) fn group_taken(&mut self) -> Grouping {
        if self.facts.refused() {
            return Grouping::none(Status::CheckFailed);
        }
        let found = self.walk();
        let lacking = self.facts.lacking;
        let fields = [
            (lacking.age, Place::Age),
            (lacking.days, Place::AgeDays),
            (lacking.weight, Place::BirthWeight),
            (lacking.stay, Place::Stay),
            (lacking.ward, Place::Ward),
            (lacking.other, Place::Record),
        ];
        if !fields.iter().any(|(lacks, _)| *lacks) {
            return found;
        }
        for (lacks, place) in fields {
            if lacks {
                self.facts.find(FindingKind::Missing, place, true);
            }
        }
        Grouping::none(Status::CheckFailed)
    }

    /// MDC by MDC, ADRG by ADRG, DRG by DRG: the first that fits. An MDC whose gate holds but that has
    /// no fitting ADRG is left for the next one.
    fn walk(&mut self) -> Grouping {
        let ungrouped = Grouping::none(Status::Ungrouped);
        if self.facts.principal().is_none_or(|p| p.not_principal) {
            return ungrouped;
        }
        let scheme = self.scheme;
        for (id, mdc) in (0..).map(MdcId).zip(&scheme.mdcs) {
            if run(scheme.steps(mdc.gate), |t| self.facts.ask(t))
                && let Some(found) = self.within(id, mdc)
            {
                return found;
            }
        }
        ungrouped
    }

    fn within(&mut self, mdc: MdcId, entry: &'s MdcEntry) -> Option<Grouping> {
        let ambiguous = Grouping { status: Status::Ambiguous, mdc: Some(mdc), adrg: None, drg: None };
        let (first, end) = entry.adrgs;
        let adrgs = self.scheme.adrgs.get(usize::from(first)..usize::from(end))?;
        let mut ambiguity_due = entry.ambiguity == Ambiguity::AnyOperation;
        for (id, adrg) in (first..).zip(adrgs) {
            if adrg.medical && std::mem::take(&mut ambiguity_due) && self.any_valid_operation() {
                return Some(ambiguous);
            }
            if !run(self.scheme.steps(adrg.rule), |t| self.facts.ask(t)) {
                continue;
            }
            let main_valid = || self.facts.operations.first().is_some_and(|o| o.traits.valid);
            if adrg.medical && entry.ambiguity == Ambiguity::MainOperation && main_valid() {
                return Some(ambiguous);
            }
            return Some(self.drg_of(mdc, AdrgId(id), adrg));
        }
        (ambiguity_due && self.any_valid_operation()).then_some(ambiguous)
    }

    fn any_valid_operation(&self) -> bool {
        self.facts.operations.iter().any(|o| o.traits.valid)
    }

    fn drg_of(&mut self, mdc: MdcId, id: AdrgId, adrg: &'s AdrgEntry) -> Grouping {
        let (first, end) = adrg.drgs;
        let drgs = self.scheme.drgs.get(usize::from(first)..usize::from(end)).unwrap_or_default();
        let drg = (first..).zip(drgs).find(|(_, d)| run(self.scheme.steps(d.condition), |t| self.facts.ask(t)));
        match drg {
            Some((n, _)) => Grouping { status: Status::Grouped, mdc: Some(mdc), adrg: Some(id), drg: Some(DrgId(n)) },
            None => Grouping::none(Status::Ungrouped),
        }
    }
}

fn read<T>(coded: &[Coded<'_, T>], dictionary: &Dictionary) -> Vec<(u16, Option<Code>)> {
    coded.iter().map(|c| (c.place, c.entry.and_then(|at| dictionary.get(at)).map(|entry| entry.code))).collect()
}

/// A newborn is at most 28 days old.
pub(crate) const NEWBORN_DAYS: u32 = 28;

/// Ventilation is long from here on.
const LONG_HOURS: u32 = 96;

/// The codes of a cell; an empty cell has none.
fn codes(cell: &[u8]) -> impl Iterator<Item = &[u8]> {
    Cells::of(b'|', cell).filter(|code| !code.is_empty())
}
