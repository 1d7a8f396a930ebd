//! Refusals: why an input is not taken, in a form that programs and people can both use.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! refusals {
    ($($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        /// Stable codes of refusals. A code is never given another meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        pub enum RefusalCode { $($(#[$doc])* #[serde(rename = $code)] $variant),+ }

        impl RefusalCode {
            pub const ALL: &'static [RefusalCode] = &[$(RefusalCode::$variant),+];

            pub fn code(self) -> &'static str {
                match self { $(RefusalCode::$variant => $code),+ }
            }
        }
    };
}

refusals! {
    /// Not JSON, or not of the shape that the schema gives.
    Malformed = "AX1001",
    /// Larger or deeper than is read.
    TooLarge = "AX1002",
    /// No rule pack of this region is loaded.
    UnknownRegion = "AX1003",
    /// The region has no such grade of institution.
    UnknownLevel = "AX1004",
    /// The region does not have this scheme.
    UnknownScheme = "AX1005",
    /// An amount below zero.
    NegativeAmount = "AX1006",
    /// Parts of a bill add up to more than the total.
    PartsExceedTotal = "AX1007",
    /// A bill of nothing.
    EmptyBill = "AX1008",
    /// A share outside 0 to 1, or a low end above the high end.
    BadShare = "AX1009",
    /// A discharge before the admission.
    DatesOutOfOrder = "AX1010",
    /// No rule of the region was in force on the day.
    BeforeRules = "AX1011",
    /// The region's list has no disease of this name.
    UnknownDisease = "AX1012",
    /// A place that does not go with its filing.
    PlaceAndFiling = "AX1013",
    /// A number outside its range.
    OutOfRange = "AX1014",
    /// A rule pack that cannot be read.
    BadPack = "AX1015",
    /// Amounts too large to add up.
    Overflow = "AX1016",
    /// A benefit that the scheme does not have.
    NotForScheme = "AX1017",
    /// The parts of a result do not add up: a defect of this program, never of the input.
    Inconsistent = "AX1018",
    /// No grouping scheme of this id is loaded.
    UnknownGrouper = "AX1019",
    /// The scheme has no such profile, setting or choice.
    UnknownChoice = "AX1020",
    /// The region's table has no such price.
    UnknownPrice = "AX1021",
    /// A rule pack that the call needs is not loaded.
    NoPack = "AX1022",
    /// This build of the program does not group.
    NoGrouping = "AX1023",
    /// The table of weights is of other grouping schemes.
    WeightsOfOther = "AX1024",
    /// This build of the program knows no rules of family accounts.
    NoFamily = "AX1030",
}

/// An input refused: which field, which rule, and what would be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Refusal {
    pub code: RefusalCode,
    /// Path of the field, `visit.inpatient.bill.split.total_fen`; empty for the whole input.
    pub field: String,
    /// What is accepted, in a form that depends on the code: a list of words, a limit, a parser's complaint.
    pub accepted: String,
}

impl Refusal {
    pub fn new(code: RefusalCode, field: impl Into<String>, accepted: impl Into<String>) -> Refusal {
        Refusal { code, field: field.into(), accepted: accepted.into() }
    }

    /// The same refusal, seen from one level further out.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Refusal {
        let dot = if self.field.is_empty() || self.field.starts_with('[') { "" } else { "." };
        self.field = format!("{outer}{dot}{}", self.field);
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.code.code(), self.field, self.accepted)
    }
}

impl std::error::Error for Refusal {}
