//! What people are told of by the wallet.

use anxin_core::Fen;
use anxin_core::family::{AreaCode, Insured, Kin};
use serde::{Deserialize, Serialize};

use crate::family::Side;
use crate::names::names;
use crate::wallet::Id;

names!(
    /// What somebody is told of.
    NoticeKindName {
        /// A relative invites them.
        Invited = "invited",
        /// Their invitation was accepted.
        Accepted = "accepted",
        /// A relation ended, not at their own wish.
        Ended = "ended",
        /// They may use more of a relative's money.
        QuotaRaised = "quota_raised",
        QuotaLowered = "quota_lowered",
        /// A relative paid with their money.
        Paid = "paid",
        /// What had been paid with their money, or out of their quota, came back or part of it.
        Refunded = "refunded",
        /// A relative draws on them earlier or later than before.
        OrderChanged = "order_changed",
        /// A transfer waits for them to accept it.
        TransferWaiting = "transfer_waiting",
        /// What they sent was accepted,
        TransferAccepted = "transfer_accepted",
        /// refused,
        TransferRefused = "transfer_refused",
        /// or came back because nobody accepted it in time.
        TransferReturned = "transfer_returned",
        /// At a window another authenticator was asked for in their name,
        ResetAsked = "reset_asked",
        /// and granted by a second operator.
        ResetGranted = "reset_granted",
    }
);

/// The data of one event, and one of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoticeOut {
    /// Goes up with every notice; the `id` of the event.
    pub number: i64,
    pub kind: NoticeKindName,
    pub at: String,
    /// The relation, or the invitation that it would come of. What is of no relation (`reset_asked`, `reset_granted`) has
    /// an id of its own here, and says nothing by `side` and `kin`.
    pub relation: Id,
    /// On which side of it one is.
    pub side: Side,
    /// What the taker is to the giver.
    pub kin: Kin,
    /// What you call the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_fen: Option<Fen>,
    /// Public name of who was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notices {
    /// The latest first.
    pub notices: Vec<NoticeOut>,
    /// How many nobody has looked at.
    pub unseen: u64,
    /// Number to ask for earlier ones with, where there may be any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
}

/// Says that one has looked at every notice up to this number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeenAsk {
    pub number: i64,
}

/// How one is insured oneself, as the area has it: what a question to the rules needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnCover {
    /// 参保地
    pub area: AreaCode,
    pub cover: Insured,
    /// Whole years today in China.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<u8>,
    /// Areas, by the head of their code, of which the operator declares that they have opened sharing across provinces.
    pub opened: Vec<String>,
}
