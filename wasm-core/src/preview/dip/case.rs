use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::dip::auxiliary::Match;
use crate::dip::settle::SpecialFacts;
use crate::dip::{PointKind, Record};
use crate::money::{Fen, Rate};
use crate::preview::RecordSource;

/// One stay, and the DIP catalogue that it is to be grouped by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DipCase {
    /// Id of a catalogue that is loaded, `mz-dip2-2024`.
    pub scheme: String,
    /// Settings that are read otherwise than the catalogue says, by name: `main_operation` as `any`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: BTreeMap<String, String>,
    #[serde(default)]
    pub source: RecordSource,
    pub record: Record,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<DipPaymentCase>,
    /// What else is known about the stay that special review (特例单议) may look at.
    #[serde(default)]
    pub special: SpecialFacts,
}

/// What a score is worked out from. What is left out stays unknown, and so does what needs it; the cost of
/// the stay is in its record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DipPaymentCase {
    /// Last year's mean cost of the group in hospitals of the same level.
    pub peer_average_fen: Option<Fen>,
    /// 医疗机构系数
    pub coefficient: Option<Rate>,
    /// Which of the catalogue's coefficients, as it calls them, in place of `coefficient`: `三级`.
    pub hospital: Option<String>,
    /// Which of the catalogue's point values, as it calls them: `职工`.
    pub point: Option<String>,
    /// A point value that the catalogue does not have, in place of `point`.
    pub own_point: Option<PointCase>,
    /// 个人负担
    pub patient_paid_fen: Option<Fen>,
    /// 辅助目录: every type that the stay matches, with the area's factor. The highest one applies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub auxiliary: Vec<Match>,
}

/// A point value, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PointCase {
    /// Yuan for one point.
    pub yuan: Rate,
    pub kind: PointKind,
    pub source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
}
