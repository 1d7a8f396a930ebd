//! What the two threads say to each other.

use anxin_core::preview::{PaymentCase, RecordSource};
use serde::{Deserialize, Serialize};

use super::columns::Column;
use super::summary::Summary;

/// What the second thread is to do with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub scheme: String,
    pub source: RecordSource,
    pub payment: Option<PaymentCase>,
    pub columns: Vec<Column>,
    pub separator: u8,
    /// As browsers call it: `utf-8`, `gb18030`.
    pub encoding: String,
    /// Ids of the packs to load.
    pub packs: Vec<String>,
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
    pub bytes: f64,
    pub bytes_in_all: f64,
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
    pub drg: String,
    pub reasons: Vec<Reason>,
}

/// Why, and the code that it is about.
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
    SexConflict,
    AgeConflict,
    VentilationMismatch,
    OperationUnsupported,
    PrincipalRepeated,
    WeightsDiffer,
    OtherSex,
    UnknownCode,
    NoDiagnosis,
    Missing,
    Unreadable,
}

impl ReasonKind {
    pub const ALL: [ReasonKind; 14] = [
        ReasonKind::Ungrouped,
        ReasonKind::Ambiguous,
        ReasonKind::PrincipalNotAllowed,
        ReasonKind::SexConflict,
        ReasonKind::AgeConflict,
        ReasonKind::VentilationMismatch,
        ReasonKind::OperationUnsupported,
        ReasonKind::PrincipalRepeated,
        ReasonKind::WeightsDiffer,
        ReasonKind::OtherSex,
        ReasonKind::UnknownCode,
        ReasonKind::NoDiagnosis,
        ReasonKind::Missing,
        ReasonKind::Unreadable,
    ];
}
