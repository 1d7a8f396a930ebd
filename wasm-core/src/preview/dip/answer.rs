//! What a grouping by DIP answers. Nothing but [`DipScoreOut`] knows of scores and money, and no candidate
//! that was not taken has any.

use serde::{Deserialize, Serialize};

use crate::benefit::Severity;
use crate::date::Day;
use crate::dip::auxiliary::Applied;
use crate::dip::settle::SpecialReason;
use crate::dip::{Band, Class, CoefficientValue, Flag, Kind, OperationClass, Path, Peer, PointKind};
use crate::drg::Place;
use crate::drg::layout::Said;
use crate::money::{Fen, Rate};
use crate::pack::PackRef;
use crate::preview::{CodeOut, SchemeRef};
use crate::rules::Basis;

/// The answer to one [`super::DipCase`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DipAnswer {
    pub pack: PackRef,
    pub scheme: SchemeRef,
    /// What has to stand beside every result: `非本市，仅演示`.
    pub notice: Option<String>,
    /// Layers of the edition that the catalogue does not have: nothing is grouped by them.
    pub left_out: Vec<String>,
    /// Both in the languages of the pack.
    #[serde(skip)]
    pub(crate) said: CatalogueSaid,
    /// Each setting of the catalogue and the choice in force.
    pub choices: Vec<(String, String)>,
    /// The layer that took the stay, or why none did.
    pub path: Path,
    /// The answer in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub group: Option<DipGroupOut>,
    /// The principal diagnosis: as it is recorded, and as it was grouped.
    pub principal: Option<CodeOut>,
    /// The rows of the record in their order.
    pub diagnoses: Vec<CodeOut>,
    pub operations: Vec<DipOperationOut>,
    pub findings: Vec<DipFindingOut>,
    /// Every group that the diagnosis leads to: the one that was taken, then the nearest.
    pub candidates: Vec<DipCandidateOut>,
    /// What to look at in the record again where no core group takes the stay.
    pub hints: Vec<DipHintOut>,
    /// Where the stay is in a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<DipScoreOut>,
}

/// What a catalogue says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CatalogueSaid {
    pub notice: Option<Said>,
    pub left_out: Vec<Said>,
}

/// A group of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DipGroupOut {
    /// `C34.1:32.4100/32.4100x002`
    pub code: String,
    /// What the diagnosis of the group is called, where the catalogue says so.
    pub name: Option<String>,
    pub kind: Kind,
    /// 基层病种
    pub base_level: bool,
}

/// An operation as it is recorded and as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DipOperationOut {
    pub recorded: String,
    /// `None` where the row is not looked at.
    pub code: Option<String>,
    pub name: Option<String>,
    pub class: OperationClass,
    /// The one that was taken as main.
    pub main: bool,
    /// Takes part in grouping.
    pub used: bool,
}

/// What was noticed about the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DipFindingOut {
    pub code: DipFindingCode,
    pub severity: Severity,
    /// The stay is not grouped because of this.
    pub refuses: bool,
    pub place: Place,
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
pub enum DipFindingCode {
    Missing,
    Unreadable,
    NoDiagnosis,
    NotADiagnosis,
    UnknownCode,
    Respelled,
    FromClinical,
    ExcludedPrincipal,
    OperationDropped,
    OperationNotMain,
    ClassUnknown,
    OperationRepeated,
    TooManyOperations,
}

/// A group that the diagnosis leads to, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DipCandidateOut {
    pub group: DipGroupOut,
    pub fate: DipFate,
    /// Where its main operation stands in the record, though not as the main one.
    pub place: Option<Place>,
    /// The code there.
    pub code: Option<String>,
    /// Related parts that the record has.
    pub met: Option<u8>,
    /// Related parts that were asked for, or that the group taken has.
    pub wanted: Option<u8>,
    /// Operations of which any would do for the first part that is not there.
    pub missing: Vec<String>,
    /// The class of the stay's main operation, where it is another than the group's.
    pub class: Option<Class>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DipFate {
    Taken,
    /// It fits; the group taken has more related parts.
    FewerRelated,
    /// It fits as well; the diagnosis of the other is finer.
    CoarserDiagnosis,
    /// It fits as well and lost by the rule for ties.
    LostTie,
    /// It fits; the catalogue chooses by something else than related parts.
    LostChoice,
    /// Its main operation is in the record, not where a main one has to be.
    MainElsewhere,
    MainMissing,
    /// Its main operation is there, some of its related parts are not.
    RelatedMissing,
    /// It asks for no operation and the stay has some.
    Conservative,
    /// The class of the stay's main operation is another or unknown.
    OtherClass,
    /// An earlier layer took the stay.
    NotReached,
    /// It is for stays that are settled by days, or by the list of traditional medicine.
    OtherTrack,
    /// The stay's days are outside its stretch, or unknown.
    OtherDays,
}

/// A way of recording the same stay that a core group fits. It is there for checking the record against
/// what was done, so it names neither the group nor anything that it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DipHintOut {
    pub code: DipHintCode,
    pub place: Place,
    pub recorded: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DipHintCode {
    /// With this diagnosis as the principal.
    OtherPrincipal,
    /// With this operation as the main one.
    OtherMain,
}

/// What the group that was taken scores for this stay, and what that is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DipScoreOut {
    /// The group's own score; of all days for a bed-day group.
    pub group_score: Option<Rate>,
    /// The coefficient in force: 1 for a base-level group.
    pub coefficient: Option<Rate>,
    /// The catalogue's coefficient that was asked for, with who says so.
    pub hospital: Option<CoefficientValue>,
    /// 辅助目录: the one factor that applies. Groups by the day or of traditional medicine have none.
    pub auxiliary: Option<Applied>,
    pub band: Option<Band>,
    /// Cost over what it is compared with, six places.
    pub ratio: Option<Rate>,
    pub compared_with: Option<Peer>,
    /// 偏差系数, six places.
    pub deviation: Option<Rate>,
    /// Four places.
    pub case_score: Option<Rate>,
    pub point: Option<PointOut>,
    /// 支付标准: case score × point value.
    pub pay_standard_fen: Option<Fen>,
    /// What the fund pays of it.
    pub fund_fen: Option<Fen>,
    pub flags: Vec<Flag>,
    /// Why the stay may apply for special review (特例单议). Nobody but the insurer decides.
    pub special: Vec<SpecialReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Stands beside every payment.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub payment_notice: String,
}

/// The point value in force, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PointOut {
    /// As the catalogue calls it; none for one that came with the case.
    pub label: Option<String>,
    pub yuan: Rate,
    pub kind: PointKind,
    pub basis: Option<Basis>,
    pub source: String,
    pub date: Option<Day>,
}
