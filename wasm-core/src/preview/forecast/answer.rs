use serde::{Deserialize, Serialize};

use crate::benefit::Severity;
use crate::date::Day;
use crate::dip::PointKind;
use crate::money::{Fen, Rate};

/// The answer to one [`super::ForecastCase`]: a forecast, whatever the point value is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ForecastAnswer {
    pub point_kind: PointKind,
    /// The point value and what it came of.
    pub point: Vec<ForecastLine>,
    /// 月预付: empty where the case has no month.
    pub month: Vec<ForecastLine>,
    /// 年清算: empty where the case has no year.
    pub year: Vec<ForecastLine>,
    pub notes: Vec<ForecastNote>,
    /// What must stand beside every forecast.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub notice: String,
}

/// One figure, in the order in which it is worked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ForecastLine {
    pub id: LineId,
    /// Where the figure is an amount; below zero it is an overrun, or to be paid back.
    pub fen: Option<Fen>,
    /// Where it is a number.
    pub rate: Option<Rate>,
    pub origin: FigureOrigin,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub source: String,
    pub date: Option<Day>,
    /// It was computed by a rule that the case calls an assumption.
    pub rule_assumed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How it was worked out, or who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ForecastLineId"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ForecastLineId"))]
pub enum LineId {
    PoolFund,
    PoolFundRatio,
    PoolScore,
    PointValue,
    MonthScore,
    PatientPaid,
    PrepayRatio,
    Deductions,
    /// What comes of a month.
    Prepayment,
    YearScore,
    BaseShare,
    FixedPoint,
    FundRatio,
    Assessment,
    /// Score × point × fund ratio × assessment − deductions.
    Payable,
    Booked,
    /// Payable less booked: above zero 结余, below it 超支.
    Difference,
    /// What the fund pays for the year.
    Settled,
    Prepaid,
    /// What is still to be paid, or below zero to be paid back.
    Balance,
}

/// How a figure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum FigureOrigin {
    /// Somebody says so.
    Given,
    /// The case calls it an assumption.
    Assumed,
    /// The case leaves it out: taken as if it changed nothing.
    LeftOut,
    Computed,
    /// It does not follow from what is known.
    Unknown,
}

/// What has to be known of a forecast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ForecastNote {
    pub code: ForecastNoteCode,
    pub severity: Severity,
    /// How many figures it is about, where it is about some.
    pub figures: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ForecastNoteCode {
    /// Figures that are assumed or left out.
    Assumptions,
    /// Figures without a source or a date.
    Unsourced,
    /// The point value is not that of a closed year.
    PointNotSettled,
    /// No rule says how surplus and overrun are shared.
    NoSharing,
    /// The steps of the rule do not reach so far.
    SharingTooShort,
}
