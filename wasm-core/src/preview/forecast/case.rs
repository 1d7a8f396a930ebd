use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::dip::settle::Sharing;
use crate::money::{Fen, Rate};
use crate::preview::PointCase;

/// The figures of a hospital. Without a month or a year only the other is worked out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ForecastCase {
    pub point: ForecastPoint,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<MonthCase>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<YearCase>,
}

/// The value of a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ForecastPoint {
    /// As somebody says it is.
    Said(PointCase),
    /// As it follows from a fund and the scores that share it.
    Pool(PointPool),
}

/// (fund ÷ fund ratio) ÷ score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PointPool {
    /// The fund that is shared out, of the whole area.
    pub fund: AmountSaid,
    pub fund_ratio: RateSaid,
    /// Sum of the scores of every hospital.
    pub score: RateSaid,
}

/// A month as it is prepaid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MonthCase {
    pub score: RateSaid,
    pub patient_paid: AmountSaid,
    /// 预付比例
    pub prepay_ratio: RateSaid,
    /// Taken as nothing where it is left out, and told as an assumption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deductions: Option<AmountSaid>,
}

/// A year as it would be settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct YearCase {
    pub score: RateSaid,
    /// 弹性点值: this share of the score is paid at `fixed_point`, growth at the point value. Both or neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_share: Option<RateSaid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed_point: Option<RateSaid>,
    /// The share of the fund in the standard.
    pub fund_ratio: RateSaid,
    /// 考核系数. Taken as 1 where it is left out, and told as an assumption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<RateSaid>,
    /// As of a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deductions: Option<AmountSaid>,
    /// 记账金额: what the hospital booked to the fund.
    pub booked: AmountSaid,
    pub prepaid: AmountSaid,
    /// 结余留用 and 合理超支分担, which every area sets itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharing: Option<Sourced<Sharing>>,
}

/// A figure and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Sourced<T> {
    pub value: T,
    /// Who says so: a notice, or the hospital's own system.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    /// Nobody says so: it is assumed.
    #[serde(default)]
    pub assumed: bool,
}

/// A number with its source.
pub type RateSaid = Sourced<Rate>;
/// An amount in fen with its source.
pub type AmountSaid = Sourced<Fen>;
