//! 收款码: codes that an institution shows. What is paid, and to whom, is what the server has of the bill.

use anxin_core::Fen;
use anxin_core::benefit::Visit;
use anxin_core::rules::Certainty;
use serde::{Deserialize, Serialize};

use crate::pay::{CashAsk, DrugLine, Figures, OrderOut, Part, StepOut};
use crate::wallet::Id;

/// 待付账单: a bill for whoever scans its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferAsk {
    /// What was done. Level and place are as the area's records have them, once it is known who scans. The bill is a
    /// `split`.
    pub visit: Visit,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<DrugLine>,
    /// The counter whose lasting code leads here: 1 to 32 letters and digits. Left out, only the bill's own code does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<String>,
    /// For whom it is, where that is known: then nobody else opens it. Left out, whoever scans it first does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meant_for: Option<MeantFor>,
}

/// Whose code, card or face was read.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeantFor {
    /// From reading it. It is not spent by this.
    pub token: String,
    pub device: String,
}

impl std::fmt::Debug for MeantFor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MeantFor").field("device", &self.device).finish_non_exhaustive()
    }
}

/// A bill that waits, for the institution that made it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferOut {
    pub id: Id,
    /// To be shown as a picture: signed by the institution's key, for this bill alone.
    pub code: String,
    /// The same for who types: 12 digits.
    pub number: String,
    pub total_fen: Fen,
    /// How long it could be scanned when it was made.
    pub seconds: u32,
    /// The first instant at which nobody can scan it any more.
    pub until: String,
    /// Whether somebody scanned it and has neither paid it nor given it back.
    pub opened: bool,
    /// Who that is, or who paid it, masked; absent where nobody here knows names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What came of it, once they confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderOut>,
}

/// Whoever holds a code may pay by it: it is not written to logs.
impl std::fmt::Debug for OfferOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OfferOut").field("id", &self.id).field("until", &self.until).finish_non_exhaustive()
    }
}

/// Asks for the lasting code of a counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CounterAsk {
    /// 1 to 32 letters and digits.
    pub counter: String,
}

/// 固定收款码: pays nothing by itself, and leads to the bill that waits at the counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CounterOut {
    pub counter: String,
    pub code: String,
}

/// What was scanned or typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScanAsk {
    /// The text of the picture, or the 12 digits below it.
    pub code: String,
    /// `acct_used_flag`: whether the own account, the wallet and relatives pay.
    pub use_accounts: bool,
}

impl std::fmt::Debug for ScanAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScanAsk").field("use_accounts", &self.use_accounts).finish_non_exhaustive()
    }
}

/// What a bill comes to for who scanned it. Nobody else can open it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScannedOut {
    pub offer: Id,
    /// Public name of the hospital or pharmacy that is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payee: Option<String>,
    pub figures: Figures,
    pub parts: Vec<Part>,
    pub certainty: Certainty,
    pub steps: Vec<StepOut>,
    /// The first instant at which it can not be paid any more.
    pub until: String,
}

/// Pays a bill that one scanned, as it was shown or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfirmAsk {
    pub use_accounts: bool,
    pub figures: Figures,
    /// How the rest is paid. Coins and notes are handed over at the counter, and cannot be confirmed from afar.
    pub cash: CashAsk,
}
