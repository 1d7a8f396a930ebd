//! What travels to and from the wallet.

use std::fmt;

use anxin_core::Fen;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An opaque id: 32 hexadecimal digits in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u128);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Id {
    pub fn parse(text: &str) -> Option<Id> {
        let plain = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let whole = text.len() == 32 && text.bytes().all(plain);
        whole.then(|| u128::from_str_radix(text, 16).ok()).flatten().map(Id)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Id::parse(&text).ok_or_else(|| de::Error::custom("an id is 32 hexadecimal digits in lower case"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Id {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^[0-9a-f]{32}$", "description": "An opaque id.",
        })
    }
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name { $($variant),* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
        }
    };
}

names!(
    /// 账户类别
    AccountKindName {
        Personal, Wallet, Quota, Institution, PooledFund, Clearing, Prepayment, Premium, Suspense, Funding, Cash,
        Advance,
    }
);
names!(
    /// 基金类别: whose money it is by law.
    FundName { Account, Pooled }
);
names!(
    /// 用途: what money moves for.
    PurposeName {
        Credit, TopUp, WalletReturn, WalletTransfer, QuotaSet, QuotaReturn, Settle, PayPremium, Draw, Deliver, PayOut,
        Deposit, DepositReturn, Net, FundIn, Late, Resolve, Refund, Correction,
    }
);
names!(
    /// 冻结状态: a hold goes one way.
    HoldStateName { Pending, Posted, Voided, Expired }
);
names!(
    /// What a line of a statement says.
    LineKind { Opened, Closed, Moved, Held, Released }
);
names!(
    /// 冲正申请状态
    CorrectionStateName { Asked, Approved, Refused }
);

/// One movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LegAsk {
    pub from: Id,
    pub to: Id,
    pub amount_fen: Fen,
}

/// Moves money at once: all movements or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TransferAsk {
    pub purpose: PurposeName,
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 32)))]
    pub legs: Vec<LegAsk>,
}

/// Sets money aside until it is posted, voided or the deadline passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HoldAsk {
    pub purpose: PurposeName,
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 32)))]
    pub legs: Vec<LegAsk>,
    /// The first instant at which it can no longer be posted (RFC 3339).
    pub until: String,
}

/// How much of a hold is posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PostAsk {
    /// One for each movement of the hold, in its order; all of it when left out. What is not posted is free again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amounts_fen: Option<Vec<Fen>>,
}

/// Gives back part of a settlement: what was drawn last comes back first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RefundAsk {
    pub amount_fen: Fen,
}

/// 冲正申请: wants a transfer taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CorrectionAsk {
    /// Code of the operator's list of reasons.
    pub reason: u16,
}

/// Posting a hold as an item of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HoldPost {
    pub hold: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amounts_fen: Option<Vec<Fen>>,
}

/// Voiding a hold as an item of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HoldVoid {
    pub hold: Id,
}

/// One item of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum BatchItem {
    Transfer(TransferAsk),
    Hold(HoldAsk),
    Post(HoldPost),
    Void(HoldVoid),
}

/// Many requests in one transaction, in their order. Each is done or refused by itself; movements that belong
/// together are the legs of one transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BatchAsk {
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 1_000)))]
    pub items: Vec<BatchItem>,
}

/// What an account holds. Available is what was posted less what is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BalanceOut {
    pub account: Id,
    pub posted_fen: Fen,
    pub held_fen: Fen,
    pub available_fen: Fen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountOut {
    pub id: Id,
    pub kind: AccountKindName,
    pub fund: FundName,
    /// The account that a quota is set aside in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    pub posted_fen: Fen,
    pub held_fen: Fen,
    pub available_fen: Fen,
    pub opened_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
    /// The instant that the balance is of, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accounts {
    pub accounts: Vec<AccountOut>,
    /// `after` of the next page, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Id>,
}

/// A movement of a transfer or hold, as far as it is the reader's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LegOut {
    pub from: Id,
    pub to: Id,
    pub amount_fen: Fen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TransferOut {
    pub id: Id,
    pub purpose: PurposeName,
    pub legs: Vec<LegOut>,
    /// What came back of these movements.
    pub refunded_fen: Fen,
    pub corrected: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HoldOut {
    pub id: Id,
    pub purpose: PurposeName,
    pub state: HoldStateName,
    pub until: String,
    pub legs: Vec<LegOut>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Id>,
}

/// A request that was booked, with the reader's balances right after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Booked {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Id>,
    /// Number of the journal's line.
    pub entry: u64,
    pub balances: Vec<BalanceOut>,
}

/// What became of one item of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum BatchResult {
    Booked(Booked),
    /// Status and code of the problem that the item alone would have been answered with.
    Refused {
        status: u16,
        code: crate::ProblemCode,
        title: String,
        detail: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BatchOut {
    /// One for each item, in their order.
    pub results: Vec<BatchResult>,
}

/// A line of the journal as one account sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LineOut {
    pub entry: u64,
    pub at: String,
    pub kind: LineKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<PurposeName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Id>,
    /// Public name of the hospital or pharmacy on the other side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// What the line added to what is posted; below zero when it took from it.
    pub posted_change_fen: Fen,
    pub held_change_fen: Fen,
    pub posted_fen: Fen,
    pub held_fen: Fen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Statement {
    pub account: Id,
    /// The latest first.
    pub lines: Vec<LineOut>,
    /// `before` of the next page, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// A line of the journal with the proof that the log has it. Hashes are SM3 in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReceiptOut {
    pub transfer: Id,
    pub entry: u64,
    pub booked_at: String,
    /// The line's bytes, where all of its movements are the reader's; the leaf is their hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    pub leaf: String,
    pub size: u64,
    pub root: String,
    /// The area's signature under size and root. A line is signed within seconds of being booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<SealOut>,
    /// From the leaf to the root (RFC 9162, section 2.1.3).
    pub path: Vec<String>,
}

/// A signature by SM2 with SM3 under the head of a journal. Signed are, as bytes, `anxin wallet head 1`, a zero, then shard
/// and size (eight bytes each, the highest first), the root, and the instant as microseconds since 1970 (eight bytes).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SealOut {
    /// Which journal: the number of the area.
    pub shard: u64,
    pub signed_at: String,
    /// The number by which the area publishes the key: the first eight bytes of the SM3 of a zero and the key.
    pub key: String,
    /// The key as a point of the curve (SEC 1), where the server has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
    /// `r` and `s`, 32 bytes each.
    pub signature: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CorrectionOut {
    pub id: Id,
    pub transfer: Id,
    pub reason: u16,
    pub state: CorrectionStateName,
    pub asked_by: Id,
    pub asked_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<String>,
}
