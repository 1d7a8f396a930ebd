//! Why a record is in its group, as data. There is no weight and no money here, and what almost fits
//! is ranked by what the record documents.

use serde::Serialize;

use super::check::{Finding, FindingKind, Place};
use super::facts::{Facts, counts};
use super::group::{Grouper, Grouping, Status};
use super::layout::CcLevel;
use super::record::Record;
use super::row::Row;
use super::rule::{Next, Step, Test};
use super::scheme::{AdrgId, DrgId, MdcEntry, MdcId, OperationTraits, Scheme};

/// A test that was asked, its answer, and the place in the record that settles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    pub of: Subject,
    pub test: Test,
    pub held: bool,
    pub place: Option<Place>,
}

/// What a test was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Mdc(MdcId),
    Adrg(AdrgId),
    /// How a group of the ADRG is told from its neighbours.
    Drg(DrgId),
}

/// An MDC whose gate held, in the order of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Gate {
    pub mdc: MdcId,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Outcome {
    /// The group is in this MDC.
    Taken,
    /// No ADRG of it fits.
    NoAdrg,
    /// An MDC before it took the record.
    NotReached,
}

/// A secondary diagnosis that is a CC or MCC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    pub place: Place,
    pub level: CcLevel,
    pub fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It counts, and the group that was found asks for it or for more.
    Counts,
    /// The principal belongs to this exclusion table, which is the code's own.
    ExcludedBy(u16),
}

/// An ADRG that does not fit for one reason, or that fits but is not reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Miss {
    pub mdc: MdcId,
    pub adrg: Option<AdrgId>,
    /// The one test that failed; `None` when all hold and another group comes first.
    pub failed: Option<Test>,
    /// Where the record documents what was asked for, but in another position than the rule wants.
    pub elsewhere: Option<Place>,
    /// Tests of the rule that hold.
    pub held: u8,
}

/// The explanation of one grouping.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    pub grouping: Grouping,
    pub findings: Vec<Finding>,
    pub gates: Vec<Gate>,
    pub reasons: Vec<Reason>,
    pub candidates: Vec<Candidate>,
    /// The nearest first.
    pub misses: Vec<Miss>,
}

impl Default for Explanation {
    fn default() -> Self {
        Explanation {
            grouping: Grouping::none(Status::Ungrouped),
            findings: Vec::new(),
            gates: Vec::new(),
            reasons: Vec::new(),
            candidates: Vec::new(),
            misses: Vec::new(),
        }
    }
}

impl Explanation {
    fn clear(&mut self) {
        self.findings.clear();
        self.gates.clear();
        self.reasons.clear();
        self.candidates.clear();
        self.misses.clear();
    }
}

/// Most near misses that are kept.
pub const MISSES_MAX: usize = 8;

impl Grouper<'_> {
    /// Groups a row and says why, into buffers that can be used again.
    pub fn explain_row(&mut self, row: &Row<'_>, into: &mut Explanation) {
        self.take_row(row);
        self.explain_taken(into);
    }

    /// Groups a record and says why.
    pub fn explain_record(&mut self, record: &Record, into: &mut Explanation) {
        self.take_record(record);
        self.explain_taken(into);
    }

    fn explain_taken(&mut self, into: &mut Explanation) {
        into.clear();
        into.grouping = self.group_taken();
        self.hint();
        if into.grouping.status != Status::CheckFailed {
            let scheme = self.scheme;
            self.explain_walk(scheme, into);
            if into.grouping.status != Status::Ungrouped || !self.find_outside(scheme) {
                self.find_unsupported(scheme, &into.gates);
            }
            candidates(&self.facts, &mut into.candidates);
            rank(&mut into.misses);
        }
        into.findings.extend_from_slice(&self.facts.findings);
    }

    /// What is worth a look even though the record is grouped.
    fn hint(&mut self) {
        let Some(principal) = self.facts.diagnoses.first().and_then(|d| d.entry) else { return };
        let repeats = |d: &&super::facts::Coded<'_, _>| d.entry == Some(principal);
        if let Some(place) = self.facts.others().iter().find(repeats).map(|d| d.place) {
            self.facts.find(FindingKind::RepeatsPrincipal, Place::Diagnosis(place), false);
        }
    }

    fn explain_walk(&mut self, scheme: &Scheme, into: &mut Explanation) {
        let taken = into.grouping.mdc;
        for (id, mdc) in (0..).map(MdcId).zip(&scheme.mdcs) {
            let first_reason = into.reasons.len();
            let gate = scheme.steps(mdc.gate);
            if !self.follow(gate, Subject::Mdc(id), &mut into.reasons) {
                into.reasons.truncate(first_reason);
                self.near_gate(id, mdc, scheme, &mut into.misses);
                continue;
            }
            let outcome = match taken {
                Some(found) if found == id => Outcome::Taken,
                Some(found) if found < id => Outcome::NotReached,
                _ => Outcome::NoAdrg,
            };
            into.gates.push(Gate { mdc: id, outcome });
            if outcome != Outcome::Taken {
                into.reasons.truncate(first_reason);
            }
            self.explain_adrgs(id, mdc, scheme, into);
        }
    }

    fn explain_adrgs(&mut self, mdc: MdcId, entry: &MdcEntry, scheme: &Scheme, into: &mut Explanation) {
        let (first, end) = entry.adrgs;
        let adrgs = scheme.adrgs.get(usize::from(first)..usize::from(end)).unwrap_or_default();
        for (id, adrg) in (first..).map(AdrgId).zip(adrgs) {
            let steps = scheme.steps(adrg.rule);
            if into.grouping.adrg == Some(id) {
                self.follow(steps, Subject::Adrg(id), &mut into.reasons);
                self.explain_severity(adrg.drgs, scheme, into);
            } else if let Some(miss) = self.miss(mdc, Some(id), steps) {
                into.misses.push(miss);
            }
        }
    }

    /// The groups of the ADRG up to the one that was found. One that is not split says nothing.
    fn explain_severity(&mut self, (first, end): (u16, u16), scheme: &Scheme, into: &mut Explanation) {
        if end.saturating_sub(first) < 2 {
            return;
        }
        let drgs = scheme.drgs.get(usize::from(first)..usize::from(end)).unwrap_or_default();
        for (id, drg) in (first..).map(DrgId).zip(drgs) {
            self.follow(scheme.steps(drg.condition), Subject::Drg(id), &mut into.reasons);
            if into.grouping.drg == Some(id) {
                return;
            }
        }
    }

    /// Whether no MDC lists the principal of a record that is in no group. Its operations then say nothing of
    /// what is missing.
    fn find_outside(&mut self, scheme: &Scheme) -> bool {
        let Some(principal) = self.facts.diagnoses.first().filter(|d| d.entry.is_some()) else { return false };
        let outside = !principal.traits.not_principal && !scheme.in_some_mdc(principal.traits);
        if outside {
            self.facts.find(FindingKind::PrincipalInNoMdc, Place::Diagnosis(principal.place), false);
        }
        outside
    }

    /// Operations that belong to other MDCs only: the diagnosis that they were done for may be missing.
    fn find_unsupported(&mut self, scheme: &Scheme, gates: &[Gate]) {
        let letters = || gates.iter().filter_map(|g| scheme.mdc_letter(g.mdc));
        let takes_any = gates.iter().any(|gate| scheme.takes_any_operation(gate.mdc));
        if takes_any || letters().next().is_none() {
            return;
        }
        let stray = |o: &OperationTraits| {
            let mut owners = scheme.owners(o).peekable();
            o.valid && owners.peek().is_some() && !owners.any(|owner| letters().any(|l| owner.starts_with(l)))
        };
        let found: Vec<u16> = self.facts.operations.iter().filter(|o| stray(o.traits)).map(|o| o.place).collect();
        for place in found {
            self.facts.find(FindingKind::OperationUnsupported, Place::Operation(place), false);
        }
    }

    /// An MDC that lists the principal and fails by one other test.
    fn near_gate(&mut self, id: MdcId, mdc: &MdcEntry, scheme: &Scheme, misses: &mut Vec<Miss>) {
        let gate = scheme.steps(mdc.gate);
        if gate.len() > 1 {
            misses.extend(self.miss(id, None, gate));
        }
    }

    /// Runs a program and notes every test that was asked.
    fn follow(&mut self, steps: &[Step], of: Subject, reasons: &mut Vec<Reason>) -> bool {
        walk(steps, |_, test| {
            let held = self.facts.answer(test);
            reasons.push(Reason { of, test, held, place: place_of(&self.facts, test) });
            held
        })
    }

    /// Whether a rule fits apart from one test that the record comes close to.
    fn miss(&mut self, mdc: MdcId, adrg: Option<AdrgId>, steps: &[Step]) -> Option<Miss> {
        let mut held = 0;
        let mut failed = None;
        let fits = walk(steps, |_, test| {
            let answer = self.facts.answer(test);
            if answer {
                held += 1;
            } else {
                failed.get_or_insert(test);
            }
            answer
        });
        if fits {
            return Some(Miss { mdc, adrg, failed: None, elsewhere: None, held });
        }
        let alone = |at: usize| {
            let mut other = None;
            let fits = walk(steps, |i, test| {
                let answer = if i == at { true } else { self.facts.answer(test) };
                if i == at {
                    other = Some(test);
                }
                answer
            });
            other.filter(|_| fits)
        };
        let test = if steps.len() == 1 { failed } else { (0..steps.len()).find_map(alone) }?;
        let elsewhere = elsewhere(&self.facts, test);
        (held > 0 || elsewhere.is_some()).then_some(Miss { mdc, adrg, failed: Some(test), elsewhere, held })
    }
}

/// Runs a program, telling `answer` the number of each step.
fn walk(steps: &[Step], mut answer: impl FnMut(usize, Test) -> bool) -> bool {
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        match if answer(at, step.test) { step.yes } else { step.no } {
            Next::Accept => return true,
            Next::Reject => return false,
            Next::Skip(n) => at += usize::from(n.max(1)),
        }
    }
    false
}

fn candidates(facts: &Facts<'_>, into: &mut Vec<Candidate>) {
    let table = facts.principal().map_or(0, |p| p.principal_table);
    for other in facts.others().iter().filter(|d| d.traits.level != CcLevel::None) {
        let fate = if counts(other.traits, table) { Fate::Counts } else { Fate::ExcludedBy(table) };
        into.push(Candidate { place: Place::Diagnosis(other.place), level: other.traits.level, fate });
    }
}

/// Nearest first: what fits but is not reached, then what the record documents in another position,
/// then by how many tests hold; else in the order of the scheme.
fn rank(misses: &mut Vec<Miss>) {
    misses.sort_by_key(|m| (m.failed.is_some(), m.elsewhere.is_none(), u8::MAX - m.held));
    misses.truncate(MISSES_MAX);
}

/// The place in the record that makes a test hold.
fn place_of(facts: &Facts<'_>, test: Test) -> Option<Place> {
    match test {
        Test::Principal(list) => {
            let first = facts.diagnoses.first().filter(|d| d.traits.lists.holds(list));
            first.map(|d| Place::Diagnosis(d.place))
        }
        Test::AnyDiagnosis(list) => {
            facts.diagnoses.iter().find(|d| d.traits.lists.holds(list)).map(|d| Place::Diagnosis(d.place))
        }
        Test::OtherDiagnosis(list) => {
            facts.others().iter().find(|d| d.traits.lists.holds(list)).map(|d| Place::Diagnosis(d.place))
        }
        Test::MainOperation(list) => {
            let first = facts.operations.first().filter(|o| o.traits.lists.holds(list));
            first.map(|o| Place::Operation(o.place))
        }
        Test::AnyOperation(list) => {
            facts.operations.iter().find(|o| o.traits.lists.holds(list)).map(|o| Place::Operation(o.place))
        }
        Test::MainOperationValid => {
            facts.operations.first().filter(|o| o.traits.valid).map(|o| Place::Operation(o.place))
        }
        Test::AnyOperationValid => facts.operations.iter().find(|o| o.traits.valid).map(|o| Place::Operation(o.place)),
        Test::Male | Test::Female => Some(Place::Sex),
        Test::AgeYears(_) => Some(Place::Age),
        Test::AgeDays(_) => Some(Place::AgeDays),
        Test::BirthWeight(_) => Some(Place::BirthWeight),
        Test::Stay(_) => Some(Place::Stay),
        Test::Ward(_) => Some(Place::Ward),
        _ => None,
    }
}

/// Where a record has what a failed test asks for, though not where it asks for it.
fn elsewhere(facts: &Facts<'_>, test: Test) -> Option<Place> {
    match test {
        Test::Principal(list) | Test::OtherDiagnosis(list) => place_of(facts, Test::AnyDiagnosis(list)),
        Test::MainOperation(list) => place_of(facts, Test::AnyOperation(list)),
        Test::MainOperationValid => place_of(facts, Test::AnyOperationValid),
        _ => None,
    }
}
