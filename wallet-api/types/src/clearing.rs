//! What travels when institutions are paid: batches, deductions, and agreements that are suspended.

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::names::names;
use crate::wallet::{FundName, Id};

names!(
    /// 清算周期
    PeriodKind { Day = "day", Month = "month", Year = "year" }
);
names!(
    BatchState {
        /// 已申报
        Declared = "declared",
        /// 初审通过
        Reviewed = "reviewed",
        /// 复审通过
        Approved = "approved",
        /// 已拨付
        Paid = "paid",
        /// 已撤回
        Withdrawn = "withdrawn",
    }
);
names!(
    BatchStep {
        /// 初审, with whatever is deducted.
        FirstReview = "first_review",
        /// 复审, by somebody else.
        SecondReview = "second_review",
        /// 退回: it is reviewed anew, and nothing is deducted any more.
        SendBack = "send_back",
        /// 拨付, by somebody else than who reviewed it last.
        Pay = "pay",
        /// 撤回, by the institution.
        Withdraw = "withdraw",
    }
);
names!(
    /// What an agreement's or a person's standing keeps from being settled.
    StandingKind {
        /// 暂停协议 of an institution
        Suspended = "suspended",
        /// 解除协议 of an institution
        Ended = "ended",
        /// 支付资格 of a person who prescribes or dispenses
        Unqualified = "unqualified",
    }
);

/// 申报: everything of a period that was not declared before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeclareAsk {
    pub period: PeriodKind,
    /// The period's first day. The period has to be over.
    pub from: String,
}

/// 扣款, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deduction {
    pub fund: FundName,
    pub amount_fen: Fen,
    /// 1 to 200 characters.
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BatchStepAsk {
    pub step: BatchStep,
    /// With the first review only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deductions: Vec<Deduction>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepTaken {
    pub step: BatchStep,
    pub by: Id,
    pub at: String,
}

/// 清算批次
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BatchOfOrders {
    pub id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    pub period: PeriodKind,
    pub from: String,
    /// The last day.
    pub to: String,
    pub state: BatchState,
    /// Settlements and what took some of them back.
    pub items: u64,
    /// What the pooled funds owe, and what people's accounts owe.
    pub pooled_fen: Fen,
    pub account_fen: Fen,
    pub deductions: Vec<Deduction>,
    /// What is paid out after deductions.
    pub payable_pooled_fen: Fen,
    pub payable_account_fen: Fen,
    /// Of what is payable by the pooled funds, what makes up for 预付金 instead of being paid out; once it is paid.
    #[serde(default)]
    pub recovered_fen: Fen,
    pub declared_at: String,
    /// The last day on which it is paid in time; absent where the year's working days are not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<String>,
    /// Days of the week until then that are public holidays, and are not counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<String>,
    /// Whether that day is over and it is not paid.
    pub late: bool,
    pub steps: Vec<StepTaken>,
    /// The statement, line by line, where one batch is asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<BatchLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BatchLine {
    pub order: Id,
    pub at: String,
    pub pooled_fen: Fen,
    pub account_fen: Fen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BatchesOfOrders {
    /// The latest first.
    pub batches: Vec<BatchOfOrders>,
}

/// Keeps new settlements out from a day on. Discharges and refunds go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StandingAsk {
    pub kind: StandingKind,
    /// 定点医药机构编号, or the code of a person (医保医师、药师).
    pub code: String,
    pub from: String,
    /// The first day on which it is over; left out, it has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// 1 to 200 characters.
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StandingOut {
    pub id: Id,
    pub kind: StandingKind,
    pub code: String,
    pub from: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    pub reason: String,
    /// It holds once somebody else than who asked for it approved it.
    pub approved: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Standings {
    pub standings: Vec<StandingOut>,
}
