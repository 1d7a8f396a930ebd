//! What travels when two operators decide together: 预付金 to institutions, and what becomes of differences.

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::names::names;
use crate::pay::OrderStateName;
use crate::wallet::Id;

names!(
    /// How far something is that one operator asked for.
    ProposalStateName {
        Asked = "asked",
        /// And not carried out to the end yet: the same approval again goes on with it.
        Approved = "approved",
        Refused = "refused",
        Done = "done",
        /// The books refused it: nothing was booked.
        Failed = "failed",
    }
);
names!(
    /// Where the two sides stand with a settlement.
    DifferenceClass {
        Differs = "differs",
        OnlyInstitution = "only_institution",
        OnlyArea = "only_area",
    }
);
names!(
    /// What becomes of a difference.
    CorrectionKind {
        /// All that is left of the area's settlement goes back to where it was drawn.
        TakeBack = "take_back",
        /// Nothing is booked: the area's books stand as they are, for the reason that is given.
        Leave = "leave",
    }
);

/// 预付金 for an institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdvanceAsk {
    /// 定点医药机构编号
    pub code: String,
    pub amount_fen: Fen,
    /// 1 to 200 characters.
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdvanceOut {
    pub id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    pub amount_fen: Fen,
    /// What later batches have made up for; an institution's earliest 预付金 first.
    pub recovered_fen: Fen,
    pub reason: String,
    pub state: ProposalStateName,
    pub asked_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Advances {
    /// The latest first.
    pub advances: Vec<AdvanceOut>,
}

/// What one side says of a settlement; refunds are below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SideOut {
    pub total_fen: Fen,
    pub fund_fen: Fen,
    pub account_fen: Fen,
}

/// What the books have of the order behind a settlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BookedOut {
    pub order: Id,
    pub state: OrderStateName,
    pub total_fen: Fen,
    /// What came back of it or is on its way.
    pub back_fen: Fen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DifferenceAsk {
    pub kind: CorrectionKind,
    /// 1 to 200 characters.
    pub reason: String,
}

/// A correction that was asked for, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProposalOut {
    pub id: Id,
    pub kind: CorrectionKind,
    pub reason: String,
    pub state: ProposalStateName,
    pub asked_by: Id,
    pub asked_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<String>,
}

/// 对账差异: a settlement of which the institution's file, the area's list and the books do not say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DifferenceOut {
    pub id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    pub code: String,
    pub setl_id: String,
    pub class: DifferenceClass,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<SideOut>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ours: Option<SideOut>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booked: Option<BookedOut>,
    /// When it was found last.
    pub told_at: String,
    /// When both sides agreed again, or what becomes of it was decided and done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
    /// The earliest first.
    pub corrections: Vec<ProposalOut>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Differences {
    /// The open ones first, and of each the latest.
    pub differences: Vec<DifferenceOut>,
}
