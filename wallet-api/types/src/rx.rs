//! 电子处方: written by a doctor, looked up for who is there, reviewed by a pharmacist, and dispensed once. No public
//! source shows the national interface's names for these; the names here are this project's own (`assumed`).

use serde::{Deserialize, Serialize};

use crate::names::names;
use crate::wallet::Id;

names!(
    PractitionerKind {
        /// 医师
        Doctor = "doctor",
        /// 药师
        Pharmacist = "pharmacist",
    }
);
names!(
    /// 审方
    ReviewState {
        /// It waits for a pharmacist.
        Asked = "asked",
        Passed = "passed",
        Refused = "refused",
    }
);

/// Registers where a doctor or a pharmacist works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PractitionerAsk {
    pub person: Id,
    pub kind: PractitionerKind,
    /// 医保医师代码 or 医保药师代码: 1 to 30 letters and digits.
    pub code: String,
    /// 定点医药机构编码
    pub institution: String,
}

/// A drug of a prescription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RxLine {
    /// 医保药品编码
    pub drug: String,
    /// Packs, 1 to 1000.
    pub count: u32,
    /// For how many days it is.
    pub days: u16,
    /// 用法用量, as the doctor writes it: 1 to 100 characters.
    pub usage: String,
}

/// 开具处方
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RxAsk {
    /// The patient's identity number.
    pub id_number: String,
    /// 诊断编码 (ICD-10 医保版)
    pub diagnosis: String,
    pub lines: Vec<RxLine>,
    /// For how many days it can be dispensed, 1 to 3.
    #[serde(default = "one_day")]
    pub valid_days: u8,
}

fn one_day() -> u8 {
    1
}

/// A number and a diagnosis are not written to logs.
impl std::fmt::Debug for RxAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RxAsk").field("valid_days", &self.valid_days).finish_non_exhaustive()
    }
}

/// 审方 of a prescription at the pharmacy that asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewOut {
    pub state: ReviewState,
    /// 医保药师代码 of who decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pharmacist: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A prescription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RxOut {
    pub id: Id,
    /// The hospital.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// 医保医师代码
    pub doctor: String,
    /// The patient, masked; absent where nobody here knows names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub diagnosis: String,
    pub lines: Vec<RxLine>,
    pub made_at: String,
    /// The first instant at which nothing is dispensed on it any more.
    pub until: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewOut>,
}

/// Prescriptions, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RxList {
    pub prescriptions: Vec<RxOut>,
}

/// Looks up what is prescribed to the patient of a token, and asks for its review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RxLook {
    /// What `decode` answered.
    pub token: String,
    pub device: String,
}

/// What a pharmacist says of a prescription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewAsk {
    pub pass: bool,
    /// Why not: needed for a refusal, at most 200 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}
