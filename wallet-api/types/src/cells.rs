use anxin_core::Fen;
use serde::{Deserialize, Serialize};

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
