//! Rules as data: a test is one question about a record, a program is a chain of them.

use serde::{Deserialize, Serialize};

/// The number of a list of codes. Lists of diagnoses and of operations are numbered apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct List(pub u16);

/// Most lists of either kind in a scheme.
pub const LISTS_MAX: usize = LIST_WORDS * 64;

pub(crate) const LIST_WORDS: usize = 8;

/// A range of whole numbers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub low: u32,
    pub high: u32,
}

impl Span {
    pub fn holds(self, value: u32) -> bool {
        self.low <= value && value <= self.high
    }
}

/// One question about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    Always,
    /// The principal diagnosis is in the list.
    Principal(List),
    /// Any diagnosis is in the list.
    AnyDiagnosis(List),
    /// A diagnosis after the first is in the list.
    OtherDiagnosis(List),
    /// The main operation, literally the first, is in the list.
    MainOperation(List),
    /// Any operation is in the list.
    AnyOperation(List),
    /// The main operation counts as an operation at all.
    MainOperationValid,
    /// Any operation counts as one.
    AnyOperationValid,
    Male,
    Female,
    /// Age in completed years.
    AgeYears(Span),
    /// Days since birth.
    AgeDays(Span),
    /// Birth weight in grams.
    BirthWeight(Span),
    /// Injured body regions.
    TraumaRegions(Span),
    /// Days in hospital.
    Stay(Span),
    /// Way of leaving, `dscg_way`.
    Leaving(Span),
    /// Operations listed.
    OperationCount(Span),
    /// Hours of ventilation.
    Ventilation(Span),
    /// A counting major complication or comorbidity.
    Mcc,
    /// A counting complication or comorbidity below a major one.
    Cc,
    /// The ward of discharge is in the list.
    Ward(List),
}

/// Where a program goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Next {
    Accept,
    Reject,
    /// So many steps further on, at least one: a program always ends.
    Skip(u8),
}

/// A test and where to go on either answer. Consecutive steps are a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub test: Test,
    pub yes: Next,
    pub no: Next,
}

/// The steps of one program within a scheme's steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub start: u16,
    pub len: u8,
}

/// Most steps in one program.
pub const STEPS_MAX: usize = 64;

/// Runs a program, asking `answer` for each test that is reached.
#[inline]
pub fn run(steps: &[Step], mut answer: impl FnMut(Test) -> bool) -> bool {
    let mut rest = steps;
    while let Some((step, _)) = rest.split_first() {
        match if answer(step.test) { step.yes } else { step.no } {
            Next::Accept => return true,
            Next::Reject => return false,
            Next::Skip(n) => rest = rest.get(usize::from(n.max(1))..).unwrap_or_default(),
        }
    }
    false
}
