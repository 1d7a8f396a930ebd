//! What is answered.

use serde::{Deserialize, Serialize};

use super::case::{Model, Moment};
use crate::benefit::CiteOut;
use crate::date::Day;
use crate::money::Fen;
use crate::pack::PackRef;
use crate::rules::{Basis, Certainty};

/// Whether something may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Verdict {
    Yes,
    /// A rule that decides it was not found: the area's 医保局 (12393) knows.
    Unknown,
    No,
}

/// The answer to a [`super::FamilyCase`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FamilyAnswer {
    pub pack: PackRef,
    pub verdict: Verdict,
    pub certainty: Certainty,
    /// How the money is shared between these areas on this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub model: Option<Model>,
    /// Every condition that was looked at, in order.
    pub checks: Vec<Check>,
    /// The most that could be shared now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub most_fen: Option<Fen>,
    /// What is drawn, or given back, where: in this order.
    pub draws: Vec<Draw>,
    /// What is left to pay in cash.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub cash_fen: Option<Fen>,
    /// What follows, in order.
    pub then: Vec<Then>,
    /// What the sources leave open and how it is taken here.
    pub open: Vec<OpenQuestion>,
    pub cites: Vec<CiteOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub text: Option<String>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Check {
    pub code: CheckCode,
    pub verdict: Verdict,
    /// The area that the condition is one of, where there are two.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub area: Option<AreaOut>,
    /// What it may be at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub limit_fen: Option<Fen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub limit_count: Option<u32>,
    /// The hours in which it may not be: the first included, the second not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub closed: Option<(Moment, Moment)>,
    /// The first day of a rule that begins later.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub begins: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub rule: Option<RuleOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub text: Option<String>,
}

/// An area by its code, and by name where the pack has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AreaOut {
    pub admdvs: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub name_zh: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub name_en: Option<String>,
}

/// The rule behind a condition or a consequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RuleOut {
    pub id: String,
    pub cite: String,
    pub basis: Basis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum CheckCode {
    /// 近亲属
    Kin,
    /// The sharer is insured as an employee and has a personal account.
    SharerAccount,
    /// 接受方已参保
    RecipientInsured,
    SameProvince,
    /// Both areas have opened cross-province sharing; one check each.
    CrossProvince,
    BothConsent,
    /// Somebody under fourteen does not share without their guardian's consent.
    Guardian,
    Members,
    /// The way of sharing exists for these areas on the day.
    Model,
    PerTransfer,
    PerDay,
    Hours,
    Waiting,
    Balance,
    /// What it is spent on is on the list.
    Purpose,
    /// 居民医保费 is paid for who is insured as a resident.
    ResidentPremium,
}

/// Where money is drawn from, or goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DrawFrom {
    /// The patient's own personal account.
    Own,
    /// The patient's wallet.
    Wallet,
    /// A relative: the account under a binding, or the quota.
    Sharer,
    /// A relative's account itself, once the share is dissolved.
    SharersAccount,
    /// 待查, to be settled by hand.
    Suspense,
    Cash,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Draw {
    pub from: DrawFrom,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub name: Option<String>,
    pub amount_fen: Fen,
    /// Why nothing is drawn on this relative.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub passed_over: Option<Check>,
}

/// Something that follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Then {
    pub code: ThenCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub amount_fen: Option<Fen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub rule: Option<RuleOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ThenCode {
    /// 亲情账户 shows a code for another and moves no money.
    HelperIsNotSharing,
    GuardianActs,
    /// 不满十四周岁
    GuardianConsents,
    /// 代开通 at a window.
    AtTheWindow,
    /// A binding sets nothing aside.
    StaysFree,
    /// Nothing is moved before a settlement.
    DrawnAtSettlement,
    /// The sharer's account has so much less.
    LeavesTheSharer,
    /// What nobody accepts goes back at this time on the next day.
    ReturnsIfNotAccepted,
    FinalOnceAccepted,
    /// The money stays in the sharer's account.
    StaysInAccount,
    /// The sharer cannot spend so much while it is set aside.
    BlockedForSharer,
    RecipientMayUse,
    /// Unused quota is the sharer's again at once.
    UnusedReturns,
    /// Settlements under way end first.
    HeldEndsFirst,
    EndsByItself,
    NothingToReturn,
    /// What was accepted stays in the wallet.
    StaysInWallet,
    FrozenAtOnce,
    Inheritable,
    OwnCodeOnly,
    AllOrNothing,
    ToItsOrigin,
}

/// What the sources leave open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OpenQuestion {
    pub code: OpenCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum OpenCode {
    /// Taken: no limit on the number of relatives.
    MembersMost,
    /// Taken: one quota for each relative.
    QuotaForEach,
    /// Taken: the limits of transfers do not hold for quotas.
    QuotaLimits,
    /// Taken: the whole balance, without telling 历年 and 当年 apart.
    WholeBalance,
    /// Taken: a transfer that came back counts toward its day.
    ReturnedCounts,
    /// Taken: what is in wallets of 2024–25 stays there.
    WalletAfterQuota,
    /// Taken: by priority, then the older share.
    OrderOfSharers,
    /// Whether the wallet of somebody who died is inherited or goes back.
    WalletOfTheDead,
    /// Whether an account can be inherited in this area.
    Inheritance,
}
