//! What is said about rows: why one is not taken, and what is doubtful about one that is.

use anxin_core::dip::{DraftError, GrammarError};
use serde::{Deserialize, Serialize};

use crate::field::Field;
use crate::local::WhyNot;

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub sheet: String,
    pub row: u32,
    pub field: Option<Field>,
    /// What stands there, cut short.
    pub text: String,
    pub reason: Reason,
}

/// Why a row is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The row has no code.
    NoCode,
    /// The code is not written as the edition writes one.
    Grammar(GrammarError),
    /// It cannot be a group of the catalogue.
    Group(DraftError),
    /// Not a decimal of at most nine places, or not above zero.
    NotANumber,
    /// Not a day.
    NotADate,
    /// A spreadsheet took the code for a number: zeros at its end may be gone. What it perhaps was.
    CodeAsNumber { perhaps: String },
    /// A spreadsheet took the code for a date.
    CodeAsDate,
    /// A word that no kind or class has.
    UnknownWord,
    /// The cell holds `#N/A` or the like.
    ErrorCell,
    /// The file's encoding does not have these bytes.
    Undecodable,
}

/// Something about a row that was taken and should be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    pub sheet: String,
    pub row: u32,
    pub group: String,
    pub kind: DoubtKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoubtKind {
    /// The insurance edition has no such diagnosis or operation.
    UnknownCode { code: String },
    /// A code of the clinical edition, taken as its insurance code.
    FromClinical { from: String, to: String },
    /// The score does not go with the mean cost as the other rows' do: points per thousand yuan, and the usual.
    ScoreOutOfLine { found: String, usual: String },
    /// The ADRG of the group stays as the base scheme has it.
    NotLaid { why: WhyNot },
    /// The group has no score.
    NoScore,
    /// The diagnosis stands in a row above, as merged cells have it.
    DiagnosisFromAbove,
}

/// Most characters of a cell that are repeated in a report.
pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
