use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::wallet::Id;

/// What an operator sees of other areas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CellsOut {
    /// 统筹区 whose books these are; absent where none of the others is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// The window that takes claims in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<u64>,
    pub peers: Vec<PeerOut>,
    /// The latest first.
    pub windows: Vec<ClearingWindow>,
    /// The latest first.
    pub alarms: Vec<AlarmOut>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PeerOut {
    pub area: String,
    /// What the rules of family accounts call it, where they know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Whether settlements with it are begun.
    pub open: bool,
    pub opening: OpeningOut,
    /// What is owed to it; below zero, it owes that.
    pub position_fen: Fen,
    /// What it was asked for and has not been decided.
    pub asking_fen: Fen,
    /// What is set aside here for settlements there.
    pub held_fen: Fen,
    /// Letters written to it, and of those how many it has not taken in.
    pub sent: u64,
    pub under_way: u64,
    /// Letters of its own that were taken in here.
    pub received: u64,
    /// What was agreed with it.
    #[serde(default)]
    pub terms: TermsOut,
}

/// What holds between this area and one other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TermsOut {
    /// 净借记限额: the most that this area may come to owe the other; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_fen: Option<Fen>,
    /// 预付金 of the other area here, and what has to be left of it; absent where none was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepaid_fen: Option<Fen>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_fen: Option<Fen>,
    pub over: OverName,
}

/// What becomes of a draw that exceeds what was agreed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OverName {
    #[default]
    Refuse,
    Alarm,
}

/// What an operator agrees with another area from now on. What is left out does not hold any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TermsAsk {
    /// Whether settlements with it are begun. Those that were begun come to their end.
    pub open: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_fen: Option<Fen>,
    /// With it, the other area has a 预付金 here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_fen: Option<Fen>,
    #[serde(default)]
    pub over: OverName,
}

/// 预付金 that the other area's bank has paid in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PrepaymentAsk {
    pub amount_fen: Fen,
}

/// The net amount of a closed window with one area was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WindowPaymentAsk {
    pub area: String,
    pub paid_from: PaidFromName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaidFromName {
    Bank,
    /// Where this area is owed: out of what the other has paid in beforehand.
    Prepayment,
}

/// 开通状态: whether an area takes part in sharing across provinces, by what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpeningOut {
    pub state: OpeningState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day on which the source was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OpeningState {
    Open,
    NotOpen,
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClearingWindow {
    pub id: u64,
    pub state: WindowStateName,
    pub sums: Vec<WindowSum>,
}

/// What two areas owe each other in a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WindowSum {
    pub area: String,
    pub claims_fen: Fen,
    pub debts_fen: Fen,
    /// Debts less claims.
    pub net_fen: Fen,
    pub paid: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WindowStateName {
    Open,
    Closing,
    Closed,
    Settled,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlarmOut {
    pub area: String,
    /// The letter that raised it; zero where none did.
    pub letter: u64,
    pub kind: AlarmName,
    pub at: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AlarmName {
    LetterChanged,
    DrawRepeated,
    DecisionContradicts,
    CannotPost,
    RefundDiffers,
    WindowDiffers,
    OverNetDebit,
    BelowFloor,
}

/// 对账单 of a window: by day and area, and how what is owed went over its hours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WindowStatement {
    pub window: u64,
    pub days: Vec<DayLine>,
    /// At the end of each hour in which anything changed, in the order of time; all areas of an hour together.
    pub course: Vec<CoursePoint>,
}

/// What this area and one other came to claim of each other on a business day. Refunds stand apart; nothing is below zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DayLine {
    pub day: String,
    pub area: String,
    pub claimed: CountedSum,
    pub claims_refunded: CountedSum,
    pub owed: CountedSum,
    pub debts_refunded: CountedSum,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CountedSum {
    pub count: u64,
    pub amount_fen: Fen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CoursePoint {
    /// The end of the hour.
    pub at: String,
    pub area: String,
    /// What was owed to it in this window by then; below zero, it owed that.
    pub position_fen: Fen,
}

/// 三方对账 of a window, area by area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WindowDifferences {
    pub window: u64,
    /// As long as it is not closed, what is still under way differs.
    pub state: WindowStateName,
    pub areas: Vec<AreaCompared>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AreaCompared {
    pub area: String,
    /// Transfers that were looked at, one by one; absent where the area did not answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<u64>,
    pub differences: Vec<WindowDifference>,
}

/// A transfer of which the three do not say the same. Amounts are what this area owes for it; below zero, it is owed
/// that; absent where it is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WindowDifference {
    pub transfer: Id,
    pub kind: DifferenceName,
    /// By the journal of this area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ours_fen: Option<Fen>,
    /// By the journal of the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs_fen: Option<Fen>,
    /// By the letters between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letters_fen: Option<Fen>,
}

/// Who has a transfer otherwise than the others. Of several things, the first in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DifferenceName {
    NotThere,
    NotHere,
    NotInLetters,
    Amount,
}
