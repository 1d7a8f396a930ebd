//! What cells ask each other before anything is drawn. It is signed as letters are, and changes no books.

use anxin_core::Fen;
use anxin_core::family::Sharer;
use serde::{Deserialize, Serialize};
use wallet_types::Id;

/// How old a question may be, in microseconds: an answer says what somebody has.
pub const FRESH: i64 = 300_000_000;
/// News of relations in one question.
pub const NEWS_MAX: usize = 64;
/// Transfers in one answer, so that a note has room for it.
pub const MOVED_MAX: usize = 8_192;
/// Packs in one question.
pub const PACKS_MAX: usize = 4_096;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Question {
    /// What may be drawn for the treatment of this person?
    Means { at: i64, person: String },
    /// What became of our relations with people whom you insure.
    Shares { news: Vec<Share> },
    /// What does your journal say of this window between us? Page by page, after this transfer.
    Moved { at: i64, window: u64, after: Option<Id> },
    /// Of packs that you look after, for a sale here. Asked again it changes nothing, so its age does not count.
    Packs { sale: Id, deed: PackDeed },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PackDeed {
    /// All of it or nothing.
    Take(Vec<PackTake>),
    /// They never left the counter.
    Free,
    /// These came back, and are to be looked at.
    HoldBack(Vec<String>),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackTake {
    pub trace: String,
    pub drug: String,
    pub content: u32,
    pub units: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PacksAnswer {
    /// The first pack that has not so much; then none was taken.
    pub short: Option<String>,
}

/// Transfers in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedAnswer {
    pub moved: Vec<MovedFar>,
    pub more: bool,
}

/// What a transfer had the answering area come to owe; below zero, it came to be owed that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedFar {
    pub transfer: Id,
    pub fen: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    pub relation: Id,
    pub person: String,
    pub ended: bool,
}

/// What may be drawn, and where else to ask: only the area that insures somebody knows that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeansAnswer {
    pub accounts: Vec<FarMeans>,
    pub elsewhere: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FarMeans {
    pub account: Id,
    pub kind: FarKind,
    pub available_fen: Fen,
    /// Of a relative's.
    pub sharer: Option<Sharer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FarKind {
    /// The patient's personal account where they are insured.
    Own,
    /// The patient's wallet there.
    Wallet,
    Relative,
}
