//! What people decide for themselves: a second factor, names, an order, their data; and what is done at a window.

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::family::{Gifts, Invitations, Relations};
use crate::names::names;
use crate::notices::{NoticeOut, OwnCover};
use crate::pay::OrderOut;
use crate::reset::{FactorResetOut, OwnReset};
use crate::rx::RxOut;
use crate::wallet::{AccountOut, Id, LineOut};

/// Whether large amounts are confirmed by an authenticator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecondFactorOut {
    /// Whether an authenticator is set up.
    pub confirmed: bool,
    /// Amounts above this need a code. Absent: none does here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above_fen: Option<Fen>,
    /// So much may be moved on one day without a code. Absent: as much as one likes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_fen: Option<Fen>,
    /// That another authenticator was asked for at a window, as long as something may come of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reset: Option<OwnReset>,
    /// The present code of a secret that everybody knows: in demonstrations only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demo_code: Option<String>,
}

/// What an authenticator needs. It is shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecondFactorOffer {
    /// In base32, to type in.
    pub secret: String,
    /// `otpauth://…`, to show as a QR code.
    pub uri: String,
}

impl std::fmt::Debug for SecondFactorOffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecondFactorOffer(…)")
    }
}

/// A code of the offered secret, which makes it the one that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecondFactorCode {
    /// Six digits.
    pub code: String,
}

/// What one calls the other side of a relation; empty takes the name away.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NicknameAsk {
    /// At most 20 characters.
    pub nickname: String,
}

impl std::fmt::Debug for NicknameAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NicknameAsk(…)")
    }
}

/// In which order relatives' money is drawn: lower numbers first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PriorityAsk {
    pub priority: u8,
}

/// Whether who shares may see what is bought with their money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DetailsAsk {
    pub shown: bool,
}

names!(
    /// What a bill was for.
    CareKind {
        Inpatient = "inpatient",
        DaySurgery = "day_surgery",
        /// 普通门诊, and what a pharmacy sells.
        Outpatient = "outpatient",
        /// 门诊特定病种
        SpecialOutpatient = "special_outpatient",
        /// 门诊特殊药品
        SpecialDrug = "special_drug",
        /// 生育津贴
        Maternity = "maternity",
        /// 大病二次补偿
        SecondPay = "second_pay",
    }
);

/// What was bought with a relative's money since who bought it agreed to show it, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DetailsOut {
    pub since: String,
    pub purchases: Vec<PurchaseOut>,
}

/// One bill, of which the relation paid a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PurchaseOut {
    pub at: String,
    /// Public name of the hospital or pharmacy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// Out of this relation, before what came back.
    pub amount_fen: Fen,
    pub care: CareKind,
    /// The disease of 门诊特定病种, by its name in the area's list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disease: Option<String>,
    /// Names of the bill's items, where it names them.
    pub items: Vec<String>,
    pub drugs: Vec<BoughtDrug>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BoughtDrug {
    /// 医保药品编码
    pub drug: String,
    /// Packs, or single units where the pack was split.
    pub count: u32,
    pub split: bool,
}

names!(
    /// What showed at the window who somebody is.
    DocumentKind {
        /// 居民身份证
        IdCard = "id_card",
        /// 户口簿
        HouseholdBook = "household_book",
        /// 社会保障卡
        SocialSecurityCard = "social_security_card",
    }
);

/// 代开通: accepts an invitation for somebody who stands at the window with their papers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WindowAsk {
    /// The code of the invitation, as the relative passed it on.
    pub code: String,
    /// 证件号码 of the person at the window, as the document has it. It is kept as a keyed digest only.
    pub id_number: String,
    pub document: DocumentKind,
    /// Number of the consent that was signed on paper.
    pub paper: String,
    /// 证件号码 of the guardian who signed it, where the person is under fourteen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardian_id_number: Option<String>,
}

impl std::fmt::Debug for WindowAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WindowAsk").field("document", &self.document).finish_non_exhaustive()
    }
}

/// What was done. The operator learns nothing of the sharer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WindowOut {
    pub relation: Id,
    pub at: String,
}

/// 身故登记: somebody brought the paper that says so.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeathAsk {
    /// 证件号码 of who died.
    pub id_number: String,
    /// `YYYY-MM-DD`, not after today.
    pub died: String,
    /// Number of the paper.
    pub paper: String,
}

impl std::fmt::Debug for DeathAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeathAsk(…)")
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeathOut {
    /// How many relations ended by it.
    pub ended: u32,
}

/// One's own record of what was done at a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WindowActOut {
    pub relation: Id,
    pub document: DocumentKind,
    pub paper: String,
    /// Whether a guardian signed.
    pub guardian: bool,
    pub at: String,
}

/// An account with every line of its statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExportedAccount {
    pub account: AccountOut,
    /// The latest first.
    pub lines: Vec<LineOut>,
}

/// All that is kept of oneself. Of others only what one sees anyway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExportOut {
    pub person: Id,
    pub made_at: String,
    /// How one is insured; absent where the area knows nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<OwnCover>,
    /// Day of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
    /// Whether an authenticator is set up; its secret is not given away.
    pub second_factor: bool,
    pub accounts: Vec<ExportedAccount>,
    pub relations: Relations,
    pub invitations: Invitations,
    pub transfers: Gifts,
    pub orders: Vec<OrderOut>,
    pub notices: Vec<NoticeOut>,
    pub window_acts: Vec<WindowActOut>,
    /// When another authenticator was asked for at a window, and what came of it.
    #[serde(default)]
    pub authenticator_resets: Vec<FactorResetOut>,
    /// What institutions sent of one's visits.
    pub visits: Vec<VisitRecord>,
    /// 备案, those that are over too.
    pub filings: Vec<FilingRecord>,
    /// 电子处方
    #[serde(default)]
    pub prescriptions: Vec<RxOut>,
}

/// A visit as an institution sent it: `told` is what stood in its message, under the names of the national interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitRecord {
    /// 定点医药机构编号
    pub code: String,
    pub mdtrt_id: String,
    pub told: serde_json::Value,
    pub fees: Vec<FeeRecord>,
    pub settlements: Vec<SettlementRecord>,
    /// 预缴金; below zero, it was used or given back.
    pub prepaid: Vec<PrepaidRecord>,
}

/// A line of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FeeRecord {
    pub feedetl_sn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setl_id: Option<String>,
    pub total_fen: Fen,
    pub told: serde_json::Value,
}

/// A settlement, or what took one back: then amounts are below zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettlementRecord {
    pub setl_id: String,
    pub at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund_of: Option<String>,
    pub total_fen: Fen,
    pub fund_fen: Fen,
    pub account_fen: Fen,
    pub cash_fen: Fen,
    pub told: serde_json::Value,
    /// 医疗保障基金结算清单, every version of it.
    pub lists: Vec<serde_json::Value>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrepaidRecord {
    pub prepay_sn: String,
    pub at: String,
    pub amount_fen: Fen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FilingRecord {
    pub code: String,
    pub filing: String,
    pub kind: String,
    pub from: String,
    /// The last day.
    pub until: String,
    pub told: serde_json::Value,
}

/// Asks that what need not be kept is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeletionAsk {
    /// Relations end by it, and it cannot be undone.
    pub consent: bool,
}

names!(
    /// A kind of record.
    RecordKind {
        Relations = "relations",
        Invitations = "invitations",
        Nicknames = "nicknames",
        Notices = "notices",
        SecondFactor = "second_factor",
        /// Lines of the books, bills and settlements.
        Books = "books",
        /// How one is insured.
        Cover = "cover",
        /// Who consented to what, and what was done at a window.
        Consents = "consents",
        /// What institutions sent of visits, bills and 备案.
        Visits = "visits",
    }
);
names!(
    /// Why something stays.
    KeptWhy {
        /// The books prove what became of everybody's money, and nothing in them is changed.
        Accounting = "accounting",
        /// As long as one is insured here, one cannot be settled for without it.
        Insured = "insured",
        /// It shows that what was done was agreed to.
        Proof = "proof",
    }
);

/// What stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeptOut {
    pub what: RecordKind,
    pub why: KeptWhy,
    /// Years after the last change, as the operator has set it; absent where it lasts as long as the reason does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeletionOut {
    /// What is gone.
    pub erased: Vec<RecordKind>,
    pub kept: Vec<KeptOut>,
}
