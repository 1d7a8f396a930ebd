//! What the two threads say to each other.

use anxin_core::Rate;
use anxin_core::preview::{PaymentCase, RecordSource};
use serde::{Deserialize, Serialize};

use super::columns::Column;
use super::fees::FeesTask;
use super::file::Format;
use super::summary::Summary;

/// What the second thread is to do with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub scheme: String,
    pub source: RecordSource,
    pub payment: Option<PaymentCase>,
    pub points: Points,
    pub columns: Vec<Column>,
    pub format: Format,
    /// The row that names the columns.
    pub header: u32,
    /// Days within which a readmission for the same disease is worth a look.
    pub readmitted_within: u16,
    /// 费用明细, where there is one.
    pub fees: Option<FeesTask>,
    /// Ids of the packs to load.
    pub packs: Vec<String>,
}

/// What a DIP catalogue takes for rows that do not say it themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    pub coefficient: Option<Rate>,
    pub point_value: Option<Rate>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Message {
    /// How far it has come, and what was found since the last message.
    Progress {
        progress: Progress,
        work: Vec<WorkItem>,
    },
    /// The file that comes out is sent with it.
    Done {
        progress: Progress,
        summary: Box<Summary>,
    },
    Failed(String),
}

/// Numbers as browsers count them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub rows: u32,
    /// Bytes of a text, rows of a sheet.
    pub read: f64,
    /// Nothing where a workbook does not say how many rows it has.
    pub in_all: f64,
    pub millis: f64,
}

impl Progress {
    pub fn rows_per_second(self) -> f64 {
        f64::from(self.rows) * 1000.0 / self.millis.max(1.0)
    }
}

/// A row that is worth checking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkItem {
    /// Its line in the file, the header being 1.
    pub line: u32,
    pub id: String,
    pub department: String,
    pub group: String,
    pub reasons: Vec<Reason>,
}

/// Why, and the code or figures that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub kind: ReasonKind,
    pub code: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    Ungrouped,
    Ambiguous,
    PrincipalNotAllowed,
    PrincipalInNoMdc,
    SexConflict,
    AgeConflict,
    VentilationMismatch,
    OperationUnsupported,
    OperationMissing,
    OperationOutside,
    DaysReversed,
    PartsDiffer,
    PaymentsDiffer,
    PersonDiffers,
    SettledTwice,
    ChargedTwice,
    SplitAdmission,
    PrincipalRepeated,
    WeightsDiffer,
    OtherSex,
    UnknownCode,
    NoDiagnosis,
    Missing,
    Unreadable,
    OperationNotMain,
    ClassUnknown,
    CostHigh,
    CostLow,
    SpecialReview,
}

impl ReasonKind {
    pub const ALL: [ReasonKind; 29] = [
        ReasonKind::Ungrouped,
        ReasonKind::Ambiguous,
        ReasonKind::PrincipalNotAllowed,
        ReasonKind::PrincipalInNoMdc,
        ReasonKind::SexConflict,
        ReasonKind::AgeConflict,
        ReasonKind::VentilationMismatch,
        ReasonKind::OperationUnsupported,
        ReasonKind::OperationMissing,
        ReasonKind::OperationOutside,
        ReasonKind::DaysReversed,
        ReasonKind::PartsDiffer,
        ReasonKind::PaymentsDiffer,
        ReasonKind::PersonDiffers,
        ReasonKind::SettledTwice,
        ReasonKind::ChargedTwice,
        ReasonKind::SplitAdmission,
        ReasonKind::PrincipalRepeated,
        ReasonKind::WeightsDiffer,
        ReasonKind::OtherSex,
        ReasonKind::UnknownCode,
        ReasonKind::NoDiagnosis,
        ReasonKind::Missing,
        ReasonKind::Unreadable,
        ReasonKind::OperationNotMain,
        ReasonKind::ClassUnknown,
        ReasonKind::CostHigh,
        ReasonKind::CostLow,
        ReasonKind::SpecialReview,
    ];
}
