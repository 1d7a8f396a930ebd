//! What a record's check has to say. A finding is data; sentences are written elsewhere.

use serde::Serialize;

use crate::code::Code;

/// A place in a record, counted from 0 as the record lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RecordPlace"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "RecordPlace"))]
pub enum Place {
    Record,
    Sex,
    Age,
    AgeDays,
    BirthWeight,
    Ventilation,
    /// Days in hospital.
    Stay,
    /// 出院科别.
    Ward,
    Diagnosis(u16),
    Operation(u16),
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A needed field is empty.
    Missing,
    /// The field is not a whole number, or not one of its words.
    Unreadable,
    /// A sex that is neither male nor female: no group of MDC M or N.
    OtherSex,
    /// A sex written 男 or 女; the settlement list writes 1 or 2.
    SexAsWord,
    /// No diagnosis at all.
    NoDiagnosis,
    /// The scheme has no such code, however it is spelled.
    UnknownCode,
    /// Read under another spelling.
    Respelled(Respelled),
    /// A code of the clinical edition, read as its insurance code.
    FromClinical(Code),
    /// A code that may not be a principal diagnosis.
    NotPrincipal,
    /// The scheme knows the principal, and none of its MDCs lists it.
    PrincipalInNoMdc,
    /// A traditional-medicine row (主病, 主证): never principal, never CC.
    TraditionalMedicine,
    /// A secondary diagnosis that repeats the principal.
    RepeatsPrincipal,
    /// More than one row is marked principal; the first is taken.
    SeveralPrincipals,
    /// The row is marked principal though it does not stand first; it is taken first.
    PrincipalNotFirst,
    /// The birth weight and the admission weight differ by more than a quarter: one may stand in the
    /// other's field.
    WeightsDiffer,
    /// Ventilated for 96 hours or more, without the operation that says so, or the reverse.
    VentilationMismatch,
    /// A valid operation of which no ADRG of the principal's MDC knows anything.
    OperationUnsupported,
}

/// The spelling that was found instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Respelled {
    pub code: Code,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub kind: FindingKind,
    pub place: Place,
    /// The record is not grouped because of this.
    pub refuses: bool,
}
