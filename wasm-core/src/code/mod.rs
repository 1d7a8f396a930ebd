//! Codes of diagnoses and operations: spelling, dictionaries and what they are called.

mod clinical;
mod names;
mod spelling;
mod table;
mod text;

pub use clinical::{ClinicalMap, ClinicalMapData};
pub use names::{Hit, NameBook, NameData, NameTable};
pub use spelling::respell;
pub(crate) use table::Probe;
pub use table::{Column, Dictionary, Entry};
pub use text::Code;

/// Which of the two code systems a code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CodeSystem"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "CodeSystem"))]
pub enum System {
    /// ICD-10, 医保版 2.0.
    Diagnosis,
    /// ICD-9-CM-3, 医保版 2.0.
    Operation,
}
