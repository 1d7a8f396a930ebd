//! What travels when a bill is settled. Amounts have the names of the national settlement interface.

use anxin_core::Fen;
use anxin_core::benefit::Visit;
use anxin_core::family::AreaName;
use anxin_core::rules::{Certainty, Place};
use serde::{Deserialize, Serialize};

use crate::names::names;
use crate::wallet::Id;

names!(
    /// 基金类别, by the name of its field in the settlement interface.
    FundKind {
        /// 基本医疗保险统筹基金
        Hifp = "hifp",
        /// 公务员医疗补助
        Cvlserv = "cvlserv",
        /// 企业补充医疗保险
        Hifes = "hifes",
        /// 居民大病保险
        Hifmi = "hifmi",
        /// 职工大额医疗费用补助
        Hifob = "hifob",
        /// 医疗救助
        Maf = "maf",
        /// 其他
        Oth = "oth",
    }
);
names!(
    /// How what is left is paid.
    CashMeans {
        /// 现金, which the institution took itself.
        Cash = "cash",
        WeChat = "wechat",
        Alipay = "alipay",
        /// 一码付
        OneCode = "one_code",
    }
);
names!(
    CashState {
        /// Nothing is left to pay.
        None = "none",
        Waiting = "waiting",
        Paid = "paid",
        Refused = "refused",
        /// Given back with the whole order.
        Returned = "returned",
        /// Whether it was paid could not be learned.
        Unknown = "unknown",
    }
);
names!(
    /// 订单状态
    OrderStateName {
        Created = "created",
        Uploaded = "uploaded",
        Authorised = "authorised",
        Settled = "settled",
        PartRefunded = "part_refunded",
        Refunded = "refunded",
        Unknown = "unknown",
        Revoked = "revoked",
        Failed = "failed",
        Expired = "expired",
    }
);
names!(
    /// Where a part of a bill is drawn.
    PartFrom {
        /// 基金
        Fund = "fund",
        /// 本人个人账户
        Own = "own",
        /// 医保钱包
        Wallet = "wallet",
        /// 家庭共济
        Relative = "relative",
    }
);

names!(
    /// `mdtrt_cert_type`: by what a patient is known. All are equal, so that nobody needs a phone.
    CertKind {
        /// 医保码
        Code = "01",
        /// 居民身份证
        IdCard = "02",
        /// 社会保障卡, by its 社会保障号码
        SocialCard = "03",
        /// 刷脸
        Face = "face",
    }
);
names!(
    /// 业务类型: what a patient shows themselves for.
    Business {
        Register = "01101",
        Admission = "01103",
        Deposit = "01104",
        Consultation = "01201",
        Examination = "01203",
        Treatment = "01204",
        /// 结算
        Settle = "01301",
        TakeDrugs = "01302",
        TakeReport = "01303",
        /// 购药
        Pharmacy = "02121",
    }
);

impl Business {
    /// Whether a bill may be settled by it.
    pub fn settles(self) -> bool {
        matches!(self, Business::Settle | Business::Pharmacy)
    }
}

/// Asks for a code to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeAsk {
    /// A relation in which one helps: the code is that of who is helped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Id>,
}

/// 医保码: good for one reading.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeOut {
    /// 28 digits that say nothing. The province `00` is none, so that no such code is taken for a real one.
    pub code: String,
    pub seconds: u32,
    /// The first instant at which it is not taken any more, by the server's clock.
    pub until: String,
}

impl std::fmt::Debug for CodeOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CodeOut").field("until", &self.until).finish_non_exhaustive()
    }
}

/// 解码: who is it?
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecodeAsk {
    pub cert: CertKind,
    /// The code, or a number: 18 characters.
    pub value: String,
    pub business: Business,
    /// The till, as the institution names it: 1 to 64 characters.
    pub device: String,
    /// The most that may be settled by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling_fen: Option<Fen>,
    /// 代办人: the identity number of who came instead of the patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_number: Option<String>,
}

impl std::fmt::Debug for DecodeAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DecodeAsk").field("cert", &self.cert).field("business", &self.business).finish_non_exhaustive()
    }
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecodeOut {
    /// For this institution, operator, device and business alone, and for one settlement.
    pub token: String,
    pub until: String,
    /// 姓名, masked; absent where nobody here knows names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<u8>,
    /// 参保地
    pub area: String,
    /// What it is called, where the rules know that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_name: Option<AreaName>,
    /// 就医地 seen from there and the filing on record; with the institution's level, as a visit has to name them.
    /// Absent where the institution is not registered for settlements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Whether somebody came instead of the patient, which is recorded.
    pub by_agent: bool,
}

impl std::fmt::Debug for DecodeOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DecodeOut").field("until", &self.until).finish_non_exhaustive()
    }
}

/// What a bill comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Figures {
    /// 医疗费总额
    pub medfee_sumamt_fen: Fen,
    /// 全自费金额
    pub fulamt_ownpay_amt_fen: Fen,
    /// 超限价自费费用
    pub overlmt_selfpay_fen: Fen,
    /// 先行自付金额
    pub preselfpay_amt_fen: Fen,
    /// 符合政策范围金额
    pub inscp_scp_amt_fen: Fen,
    /// 实际支付起付线
    pub act_pay_dedc_fen: Fen,
    pub hifp_pay_fen: Fen,
    pub cvlserv_pay_fen: Fen,
    pub hifes_pay_fen: Fen,
    pub hifmi_pay_fen: Fen,
    pub hifob_pay_fen: Fen,
    pub maf_pay_fen: Fen,
    pub oth_pay_fen: Fen,
    /// 医院负担金额
    pub hosp_part_amt_fen: Fen,
    /// 基金支付总额
    pub fund_pay_sumamt_fen: Fen,
    /// 个人负担总金额
    pub psn_part_amt_fen: Fen,
    /// 个人账户支出: own account, wallet and relatives.
    pub acct_pay_fen: Fen,
    /// 个人账户共济支付金额, contained in `acct_pay_fen`
    pub acct_mulaid_pay_fen: Fen,
    /// 个人现金支出
    pub psn_cash_pay_fen: Fen,
    /// 余额 of the own account afterwards
    pub balc_fen: Fen,
}

impl Figures {
    /// The funds' parts in the order of the settlement interface.
    pub fn funds(&self) -> [(FundKind, Fen); 7] {
        [
            (FundKind::Hifp, self.hifp_pay_fen),
            (FundKind::Cvlserv, self.cvlserv_pay_fen),
            (FundKind::Hifes, self.hifes_pay_fen),
            (FundKind::Hifmi, self.hifmi_pay_fen),
            (FundKind::Hifob, self.hifob_pay_fen),
            (FundKind::Maf, self.maf_pay_fen),
            (FundKind::Oth, self.oth_pay_fen),
        ]
    }
}

/// One part of a bill and where it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part {
    pub from: PartFrom,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Id>,
    /// 统筹区 whose account it is, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    pub amount_fen: Fen,
}

/// A line of the calculation in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepOut {
    pub title: String,
    pub formula: String,
    pub result_fen: Fen,
}

/// A drug of a bill. Its amounts are in the visit's bill: a line only says which packs it is from and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DrugLine {
    /// 医保药品编码
    pub drug: String,
    /// 药品追溯码 of the packs, one each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// 拆零 (`trdn_flag`): `count` single units out of one pack, instead of so many packs.
    #[serde(default)]
    pub split: bool,
    pub count: u32,
    /// For how many days it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// 无码库: the institution had the pack before packs had codes.
    #[serde(default)]
    pub old_stock: bool,
    /// 电子处方 that it is dispensed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rx: Option<Id>,
    /// What of the bill is charged for it. Left out, it is not known: what is told never is more than the bill, and
    /// where the bill says what its drugs cost and every line says its amount, they are the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_fen: Option<Fen>,
}

/// What the area's monitor says of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// The rule, by the name that it has in the area's data.
    pub rule: String,
    /// Whether it keeps the bill from being settled.
    pub blocks: bool,
    /// In words, with the figures that decided it.
    pub reason: String,
    /// Where the rule is from.
    pub source: String,
}

/// A bill, and whether accounts may pay for it. Who the patient is says the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PresettleAsk {
    /// What `decode` answered.
    pub token: String,
    /// The till that it was for.
    pub device: String,
    pub visit: Visit,
    /// `acct_used_flag`
    pub use_accounts: bool,
    /// The drugs among it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<DrugLine>,
}

/// 预结算: what a bill would come to now. Nothing is kept of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PresettleOut {
    pub figures: Figures,
    /// Where it would be drawn, in this order; the cash is the rest.
    pub parts: Vec<Part>,
    /// How far the rules that it rests on can be relied on. Outside a demonstration nothing uncertain is settled.
    pub certainty: Certainty,
    pub steps: Vec<StepOut>,
    /// What the monitor says of it. What blocks would be refused when it is settled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Other areas that did not say in time what may be drawn there: what they have is not counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent_areas: Vec<String>,
}

/// How the rest is paid.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CashAsk {
    pub means: CashMeans,
    /// 付款码 of the payer, where the means has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<String>,
}

/// A payment code is not written to logs.
impl std::fmt::Debug for CashAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CashAsk").field("means", &self.means).finish_non_exhaustive()
    }
}

/// 结算: as presettled, or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettleAsk {
    pub token: String,
    pub device: String,
    pub visit: Visit,
    pub use_accounts: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<DrugLine>,
    /// What the presettlement answered; if it is not the same any more, nothing is settled.
    pub figures: Figures,
    pub cash: CashAsk,
}

/// Gives back so much of an order: what was drawn last comes back first, the funds' part last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderRefundAsk {
    pub amount_fen: Fen,
    /// 药品追溯码 of the packs that come back with it, each of this order and once. When all of an order comes back, all of them do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<String>,
    /// Why, in the words of the institution, in 1–100 characters; the patient reads it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A pack of a drug, for who may look after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackOut {
    /// 药品追溯码
    pub code: String,
    /// 医保药品编码
    pub drug: String,
    /// Single units in it, and how many of them are sold. A pack that is never split counts as one.
    pub content: u32,
    pub sold: u32,
    /// 待核: it came back, and is not sold before somebody looked at it.
    pub held_back: bool,
    /// Every sale, the first at the head.
    pub uses: Vec<PackUse>,
}

/// What somebody saw who looked at a pack that came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackLook {
    /// Whether it may be sold again; otherwise it is done with.
    pub sound: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackUse {
    pub order: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    pub units: u32,
    pub at: String,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<String>,
}

/// 冲正: takes back the settlement that was asked for under this key, whether or not it ever arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReverseAsk {
    /// The `Idempotency-Key` of the settlement.
    pub key: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CashOut {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<CashMeans>,
    pub amount_fen: Fen,
    pub state: CashState,
}

/// What came back of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RefundOut {
    pub id: Id,
    pub amount_fen: Fen,
    /// Of it, in cash; the rest went to accounts and funds.
    pub cash_fen: Fen,
    pub state: RefundStateName,
    /// Why, as the institution said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub at: String,
}

names!(
    RefundStateName {
        /// Asked for; the books or the cash have not answered yet.
        Asked = "asked",
        /// The accounts have theirs, the cash is under way.
        CashWaiting = "cash_waiting",
        Done = "done",
        /// Nothing came back.
        Refused = "refused",
    }
);

/// A pack that an order was for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SoldPack {
    /// 医保药品编码
    pub drug: String,
    /// 药品追溯码
    pub code: String,
    /// 待核: it came back with a refund.
    pub back: bool,
}

/// An order as either side sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderOut {
    /// `setl_id`; that of its transfer in the books, too.
    pub id: Id,
    pub state: OrderStateName,
    /// Public name of the hospital or pharmacy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// Absent where only the reversal came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
    pub parts: Vec<Part>,
    pub cash: CashOut,
    /// How far the rules can be relied on by which it was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    pub refunds: Vec<RefundOut>,
    /// Packs of its drugs, for who sold them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<SoldPack>,
    /// Why nothing was paid: a code of the register of errors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Other areas whose answer is still to come: until then nothing is paid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits_for: Vec<String>,
    pub made_at: String,
    pub changed_at: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Orders {
    /// The latest first.
    pub orders: Vec<OrderOut>,
}
