use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::Id;

/// What stands out in a journal. It proves nothing: somebody has to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PatternName {
    /// Money that went from wallet to wallet until it was back.
    Ring,
    /// Money that was passed on by four wallets or more.
    Chain,
    /// Five settlements or more of one person at one institution, each of them whole hundreds of yuan.
    RoundSums,
    /// Three settlements or more of one person at one institution that were taken back.
    TakenBack,
    /// Money of four relatives or more for one person at one institution on one day.
    ManySharers,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlagOut {
    pub pattern: PatternName,
    /// Those who passed money on in their order, or the payer and then the institution.
    pub owners: Vec<Id>,
    /// The lines of the journal that show it.
    pub entries: Vec<u64>,
    pub amount_fen: Fen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Flags {
    pub flags: Vec<FlagOut>,
    /// The first line that was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_entry: Option<u64>,
    /// The line after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_entry: Option<u64>,
    /// Whether that time has more lines than are looked at at once: ask for fewer days.
    pub cut: bool,
}
