//! A record as the rules see it: every code already looked up, every number already read.

use serde::{Deserialize, Serialize};

use super::check::{Finding, FindingKind, Place};
use super::layout::CcLevel;
use super::rule::{Span, Test};
use super::scheme::{DiagnosisTraits, ListSet, OperationTraits};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    #[default]
    Unknown,
    Male,
    Female,
}

/// A code of a record with what the scheme knows of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Coded<'s, T> {
    pub traits: &'s T,
    /// Its number in the dictionary, where it has one.
    pub entry: Option<u16>,
    /// Where the record lists it.
    pub place: u16,
}

/// Counting complications and comorbidities.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Severity {
    pub mcc: bool,
    pub cc: bool,
}

/// Fields that a rule asked for and the record does not have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lacking {
    pub age: bool,
    pub days: bool,
    pub weight: bool,
    pub stay: bool,
    pub ward: bool,
    pub other: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Facts<'s> {
    pub sex: Sex,
    pub age: Option<u32>,
    pub days: Option<u32>,
    pub weight: Option<u32>,
    pub stay: Option<u32>,
    pub leaving: Option<u32>,
    pub ventilation: Option<u32>,
    /// The lists that the ward is in, where the record has one.
    pub ward: Option<ListSet>,
    pub diagnoses: Vec<Coded<'s, DiagnosisTraits>>,
    pub operations: Vec<Coded<'s, OperationTraits>>,
    pub findings: Vec<Finding>,
    pub lacking: Lacking,
    severity: Option<Severity>,
}

impl<'s> Facts<'s> {
    /// Empties the record, keeping its buffers.
    pub fn clear(&mut self) {
        let (mut diagnoses, mut operations) =
            (std::mem::take(&mut self.diagnoses), std::mem::take(&mut self.operations));
        let mut findings = std::mem::take(&mut self.findings);
        diagnoses.clear();
        operations.clear();
        findings.clear();
        *self = Facts { diagnoses, operations, findings, ..Facts::default() };
    }

    pub fn find(&mut self, kind: FindingKind, place: Place, refuses: bool) {
        self.findings.push(Finding { kind, place, refuses });
    }

    pub fn refused(&self) -> bool {
        self.findings.iter().any(|f| f.refuses)
    }

    pub fn principal(&self) -> Option<&'s DiagnosisTraits> {
        self.diagnoses.first().map(|d| d.traits)
    }

    pub fn others(&self) -> &[Coded<'s, DiagnosisTraits>] {
        self.diagnoses.get(1..).unwrap_or_default()
    }

    /// Answers one test as [`Facts::answer`] does, the two that nearly all rules begin with on the spot.
    #[inline(always)]
    pub fn ask(&mut self, test: Test) -> bool {
        match test {
            Test::Principal(list) => self.principal().is_some_and(|d| d.lists.holds(list)),
            Test::MainOperation(list) => self.operations.first().is_some_and(|o| o.traits.lists.holds(list)),
            test => self.answer(test),
        }
    }

    /// Answers one test. A field that the record lacks makes the answer no, and is noted.
    pub fn answer(&mut self, test: Test) -> bool {
        match test {
            Test::Always => true,
            Test::Principal(list) => self.principal().is_some_and(|d| d.lists.holds(list)),
            Test::AnyDiagnosis(list) => self.diagnoses.iter().any(|d| d.traits.lists.holds(list)),
            Test::OtherDiagnosis(list) => self.others().iter().any(|d| d.traits.lists.holds(list)),
            Test::MainOperation(list) => self.operations.first().is_some_and(|o| o.traits.lists.holds(list)),
            Test::AnyOperation(list) => self.operations.iter().any(|o| o.traits.lists.holds(list)),
            Test::MainOperationValid => self.operations.first().is_some_and(|o| o.traits.valid),
            Test::AnyOperationValid => self.operations.iter().any(|o| o.traits.valid),
            Test::Male => self.sex == Sex::Male,
            Test::Female => self.sex == Sex::Female,
            Test::AgeYears(span) => known(self.age, span, &mut self.lacking.age),
            Test::AgeDays(span) => known(self.days, span, &mut self.lacking.days),
            Test::BirthWeight(span) => known(self.weight, span, &mut self.lacking.weight),
            Test::TraumaRegions(span) => {
                let regions = self.diagnoses.iter().fold(0, |seen, d| seen | d.traits.region);
                span.holds(regions.count_ones())
            }
            Test::Stay(span) => known(self.stay, span, &mut self.lacking.stay),
            Test::Leaving(span) => known(self.leaving, span, &mut self.lacking.other),
            Test::OperationCount(span) => span.holds(u32::try_from(self.operations.len()).unwrap_or(u32::MAX)),
            Test::Ventilation(span) => known(self.ventilation, span, &mut self.lacking.other),
            Test::Mcc => self.severity().mcc,
            Test::Cc => self.severity().cc,
            Test::Ward(list) => {
                self.lacking.ward |= self.ward.is_none();
                self.ward.is_some_and(|lists| lists.holds(list))
            }
        }
    }

    fn severity(&mut self) -> Severity {
        if let Some(known) = self.severity {
            return known;
        }
        let table = self.principal().map_or(0, |p| p.principal_table);
        let mut found = Severity::default();
        for other in self.others().iter().filter(|d| counts(d.traits, table)) {
            match other.traits.level {
                CcLevel::Mcc => found.mcc = true,
                CcLevel::Cc => found.cc = true,
                CcLevel::None => {}
            }
        }
        self.severity = Some(found);
        found
    }
}

/// A CC or MCC counts unless the principal belongs to its own exclusion table.
pub(crate) fn counts(other: &DiagnosisTraits, principal_table: u16) -> bool {
    other.level != CcLevel::None && (other.cc_table == 0 || other.cc_table != principal_table)
}

fn known(value: Option<u32>, span: Span, lacking: &mut bool) -> bool {
    match value {
        Some(value) => span.holds(value),
        None => {
            *lacking = true;
            false
        }
    }
}
