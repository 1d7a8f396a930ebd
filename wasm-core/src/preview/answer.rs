//! What a grouping answers. Nothing but [`PaymentOut`] knows of money, and nothing that did not happen
//! has any.

use serde::{Deserialize, Serialize};

use super::pay::PaymentOut;
use crate::benefit::Severity;
use crate::drg::layout::{AdrgKind, CcLevel, Said};
use crate::drg::{Outcome, Place, Scheme, Status};
use crate::pack::PackRef;

/// The answer to one [`super::GroupCase`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GroupAnswer {
    pub pack: PackRef,
    pub scheme: SchemeRef,
    /// Each setting of the scheme and the choice in force.
    pub choices: Vec<(String, String)>,
    pub status: Status,
    /// The answer in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub mdc: Option<GroupRef>,
    /// `00` outside every group, `QY` in an ambiguity group.
    pub adrg: GroupRef,
    /// `0000` outside every group, `BQY` in the ambiguity group of MDC B.
    pub drg: GroupRef,
    pub kind: Option<AdrgKind>,
    /// The principal diagnosis: as it is recorded, and as it was grouped.
    pub principal: Option<CodeOut>,
    /// The rows of the record in their order.
    pub diagnoses: Vec<CodeOut>,
    pub operations: Vec<CodeOut>,
    pub findings: Vec<FindingOut>,
    /// MDCs whose gate held, in the order in which they are tried.
    pub gates: Vec<GateOut>,
    /// The tests that led to the group.
    pub reasons: Vec<ReasonOut>,
    /// Secondary diagnoses that are a CC or MCC.
    pub candidates: Vec<CandidateOut>,
    /// ADRGs that were nearly met, the one that the record documents best first.
    pub misses: Vec<MissOut>,
    pub hints: Vec<HintOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentOut>,
}

/// A grouping scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SchemeRef {
    pub id: String,
    pub title: String,
    /// The scheme that this one is a regional variant of.
    pub base: Option<String>,
    /// 历史版本: not the version in force.
    pub historical: bool,
    /// Why not, where it is not.
    pub historical_note: Option<Said>,
}

impl From<&Scheme> for SchemeRef {
    fn from(scheme: &Scheme) -> Self {
        SchemeRef {
            id: scheme.id.clone(),
            title: scheme.title.clone(),
            base: scheme.base.clone(),
            historical: scheme.historical.is_some(),
            historical_note: scheme.historical.clone(),
        }
    }
}

/// An MDC, ADRG or DRG.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GroupRef {
    /// `MDCB`, `BR2`, `BR21`.
    pub code: String,
    /// Where the pack of names is loaded.
    pub name: Option<String>,
}

/// A code as it is recorded and as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CodeOut {
    pub recorded: String,
    /// The scheme's code; `None` where it has none, or where the row is not grouped at all.
    pub code: Option<String>,
    pub name: Option<String>,
    /// The principal diagnosis or the main operation.
    pub first: bool,
}

/// What the check of the record found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FindingOut {
    pub code: FindingCode,
    pub severity: Severity,
    /// The record is not grouped because of this.
    pub refuses: bool,
    pub place: Place,
    /// What stands there, where it is a code.
    pub recorded: Option<String>,
    /// What it was read as.
    pub read_as: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum FindingCode {
    Missing,
    Unreadable,
    OtherSex,
    SexAsWord,
    NoDiagnosis,
    UnknownCode,
    Respelled,
    FromClinical,
    TraditionalMedicine,
    SeveralPrincipals,
    PrincipalNotFirst,
    WeightsDiffer,
    VentilationMismatch,
}

/// Something that whoever codes the record may want to look at again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct HintOut {
    pub code: HintCode,
    pub place: Place,
    pub recorded: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum HintCode {
    /// The code may not be a principal diagnosis.
    PrincipalNotAllowed,
    /// No MDC of the scheme lists the principal diagnosis.
    PrincipalInNoMdc,
    /// An operation that no ADRG of the principal's MDC knows: its diagnosis may be missing.
    OperationUnsupported,
    /// A secondary diagnosis repeats the principal.
    PrincipalRepeated,
    /// 0000.
    Ungrouped,
    /// QY.
    Ambiguous,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GateOut {
    pub mdc: GroupRef,
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A test that was asked, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReasonOut {
    /// For which group: `MDCB`, `BR2`, `BR21`.
    pub of: String,
    pub test: TestOut,
    pub held: bool,
    /// The place in the record that settles it.
    pub place: Option<Place>,
    /// The code there.
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// One question of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TestOut {
    pub ask: Ask,
    /// Whose list: `MDCB`, `BR2`.
    pub owner: Option<String>,
    /// Which of the owner's lists: `pdx`, `mproc`.
    pub role: Option<String>,
    /// The range, both ends included; `high` is left out where there is no upper end.
    pub low: Option<u32>,
    pub high: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Ask {
    Always,
    Principal,
    AnyDiagnosis,
    OtherDiagnosis,
    MainOperation,
    AnyOperation,
    MainOperationValid,
    AnyOperationValid,
    Male,
    Female,
    AgeYears,
    AgeDays,
    BirthWeight,
    TraumaRegions,
    Stay,
    Leaving,
    OperationCount,
    Ventilation,
    Mcc,
    Cc,
    Ward,
}

/// A secondary diagnosis that is a CC or MCC, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CandidateOut {
    pub place: Place,
    pub code: Option<String>,
    pub name: Option<String>,
    pub level: CcLevel,
    pub fate: CandidateFate,
    /// The exclusion table that stopped it: the principal belongs to it.
    pub table: Option<u16>,
    /// The principal that it was held against.
    pub principal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum CandidateFate {
    Counts,
    /// The principal is in the code's own exclusion table.
    Excluded,
    /// Not excluded, but the ADRG is not split by its level.
    NotAsked,
}

/// An ADRG, or a whole MDC, that was nearly met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MissOut {
    pub mdc: GroupRef,
    pub adrg: Option<GroupRef>,
    /// The one test that failed; none when all hold and another group comes first.
    pub failed: Option<TestOut>,
    /// Where the record has what was asked for, in another position than the rule wants.
    pub elsewhere: Option<Place>,
    /// The code there.
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
