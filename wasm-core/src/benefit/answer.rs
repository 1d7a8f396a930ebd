//! What an estimate answers: amounts under their settlement field names, how each came about, and
//! how far it can be relied on.

use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use super::case::YearToDate;
use crate::date::Day;
use crate::money::{Fen, Rate};
use crate::pack::PackRef;
use crate::rules::{Basis, Certainty, Cite, CiteKind, Slot};

/// The answer to one [`super::Case`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Answer {
    pub pack: Arc<PackRef>,
    pub region: Arc<str>,
    /// The day whose rules were applied.
    pub rule_date: Day,
    pub certainty: Certainty,
    pub reading: Reading,
    pub settlement: Settlement,
    /// The ends between which the true answer lies, where something was unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub range: Option<Box<Range>>,
    pub diagnostics: Vec<Diagnostic>,
    /// Sources of the figures that the steps name.
    pub cites: Vec<CiteOut>,
    /// How treatment away from home is settled; absent at home.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub away: Option<Away>,
    /// Official figures that ours do not reproduce.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub mismatches: Vec<Mismatch>,
}

/// A source as it stands in an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CiteOut {
    pub kind: CiteKind,
    #[serde(flatten)]
    pub cite: Cite,
}

/// What `Answer::settlement` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Reading {
    /// Nothing was unknown.
    Exact,
    /// The known rules alone: layers that were not found pay nothing, limits that were not found do not bind.
    KnownRules,
    /// A figure without which nothing can be computed is unknown: the end at which the person pays most.
    WorstCase,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Range {
    /// The person pays least.
    pub least: Settlement,
    /// The person pays most.
    pub most: Settlement,
}

/// Amounts under the field names of the national settlement interface, as yuan with two decimals.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Settlement {
    /// 医疗费总额
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub medfee_sumamt: Fen,
    /// 全自费金额
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub fulamt_ownpay_amt: Fen,
    /// 超限价自费费用
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub overlmt_selfpay: Fen,
    /// 先行自付金额
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub preselfpay_amt: Fen,
    /// 符合政策范围金额
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub inscp_scp_amt: Fen,
    /// 实际支付起付线
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub act_pay_dedc: Fen,
    /// 基本医疗保险统筹基金支出
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub hifp_pay: Fen,
    /// 基本医疗保险统筹基金支付比例: the ratio that was applied, a share of at most four places.
    pub pool_prop_selfpay: Rate,
    /// 公务员医疗补助资金支出
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub cvlserv_pay: Fen,
    /// 企业补充医疗保险基金支出
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub hifes_pay: Fen,
    /// 居民大病保险资金支出
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub hifmi_pay: Fen,
    /// 职工大额医疗费用补助基金支出
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub hifob_pay: Fen,
    /// 医疗救助基金支出
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub maf_pay: Fen,
    /// 其他支出
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub oth_pay: Fen,
    /// 医院负担金额
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub hosp_part_amt: Fen,
    /// 基金支付总额
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub fund_pay_sumamt: Fen,
    /// 个人负担总金额
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub psn_part_amt: Fen,
    /// 个人账户支出
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub acct_pay: Fen,
    /// 个人账户共济支付金额
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub acct_mulaid_pay: Fen,
    /// 个人现金支出
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub psn_cash_pay: Fen,
    /// 余额 of the person's own account after the settlement
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub balc: Fen,
    /// 个人自付, as the official receipt says it: the person's part within the catalogue
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub self_pay: Fen,
    /// 个人自费, as the official receipt says it: outside the catalogue or above the price limit
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub own_expense: Fen,
    /// 生育津贴, paid to the person beside the bill
    #[serde(serialize_with = "yuan")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub allowance: Fen,
    pub steps: Vec<Step>,
    /// The year so far, this visit included.
    pub year_to_date: YearToDate,
}

fn yuan<S: Serializer>(fen: &Fen, s: S) -> Result<S::Ok, S::Error> {
    s.collect_str(&fen.yuan())
}

/// One line of the calculation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Step {
    pub id: StepId,
    pub terms: Vec<Term>,
    /// Whole fen, or days where the step counts days.
    pub result_fen: Fen,
    pub params: Vec<Cited>,
    pub certainty: Certainty,
    /// The figure that was not found, where one was needed here.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub unknown: Option<Slot>,
    /// Title and formula in words, filled in on the way out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub texts: Option<Texts>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Texts {
    pub title: String,
    pub formula: String,
}

/// A parameter that a step looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Cited {
    /// Id of the parameter, `SW.RES.IP.DED.2`.
    pub id: Arc<str>,
    pub role: Role,
    pub basis: Basis,
    /// `Cite::key` in [`Answer::cites`].
    pub cite: Arc<str>,
}

/// Whether a parameter changed the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Role {
    Applied,
    /// Looked at and not reached: a cap that does not bind, a threshold not passed.
    Checked,
}

/// One term of a formula, read from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Term {
    pub op: Op,
    pub what: Quantity,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub fen: Option<Fen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub count: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Op {
    Start,
    Plus,
    Minus,
    Times,
    Divide,
    /// The smaller of what stands before and this.
    AtMost,
}

/// How treatment away from home is settled. Each is known with its source or unknown.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Away {
    /// 直接结算 (true) or 先垫付后零星报销 (false)
    pub direct_settlement: AwayFact,
    /// Whether a 备案 is needed
    pub filing_required: AwayFact,
    /// Whether it can still be made before discharge
    pub filing_before_discharge: AwayFact,
    /// Years within which a claim may be handed in
    pub claim_years: AwayFact,
    /// Papers for a claim by hand: `None` where no source was found
    pub papers: Option<String>,
    /// Telephone of the insurance service
    pub channel: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AwayFact {
    pub yes: Option<bool>,
    pub count: Option<u32>,
    pub param: Option<Cited>,
    pub certainty: Certainty,
}

/// An official figure that ours does not reproduce.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Mismatch {
    /// Settlement field name
    pub field: String,
    pub official_fen: Fen,
    pub ours_fen: Fen,
}

/// Several situations of the same person beside each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Compared {
    pub answers: Vec<Answer>,
    /// Index of the one where the person pays least; `None` when ranges overlap.
    pub cheapest: Option<usize>,
}

/// A year of visits, each settled on top of the ones before.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct YearAnswer {
    pub answers: Vec<Answer>,
    /// 个人负担 of the whole year
    pub psn_part_fen: Fen,
    pub fund_pay_fen: Fen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Severity {
    Info,
    Caution,
    Warning,
}

/// Something that the reader of an answer should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Diagnostic {
    pub code: DiagnosticCode,
    pub severity: Severity,
    /// The figure concerned
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub slot: Option<Slot>,
    /// An amount that goes with it, such as the difference between two readings
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub fen: Option<Fen>,
    /// In words, filled in on the way out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub message: Option<String>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }
    };
}

words! {
    /// The lines that a calculation may have, in the order in which they come.
    StepId {
        InScope = "in_scope",
        UnregisteredOut = "unregistered_out_of_scope",
        Deductible = "deductible",
        PoolBase = "pool_base",
        PoolPay = "pool_pay",
        PlaceAdjust = "place_adjust",
        PoolCap = "pool_cap",
        CostUsedUp = "cost_used_up",
        OverCapCost = "over_cap_cost",
        OverCapPay = "over_cap_pay",
        OwnInScope = "own_in_scope",
        Catastrophic = "catastrophic",
        Supplement = "supplement",
        AidBase = "aid_base",
        Aid = "aid",
        TotalCap = "total_cap",
        FundTotal = "fund_total",
        PersonTotal = "person_total",
        OwnAccount = "own_account",
        FamilyAccount = "family_account",
        Cash = "cash",
        MaternityDays = "maternity_days",
        MaternityAllowance = "maternity_allowance",
        PrenatalCare = "prenatal_care",
        Delivery = "delivery",
    }
}

words! {
    /// What a term of a formula is.
    Quantity {
        Total = "total",
        OwnExpense = "own_expense",
        OverLimit = "over_limit",
        PreSelfPay = "pre_self_pay",
        InScope = "in_scope",
        DeductibleStandard = "deductible_standard",
        DeductiblePaidBefore = "deductible_paid_before",
        LaterFactor = "later_factor",
        Repeats = "repeats",
        DaySurgeryReduction = "day_surgery_reduction",
        StepDown = "step_down",
        Deductible = "deductible",
        PoolBase = "pool_base",
        Ratio = "ratio",
        BandPart = "band_part",
        PlaceMinus = "place_minus",
        PlaceTimes = "place_times",
        PoolPay = "pool_pay",
        CapLeft = "cap_left",
        CapUsed = "cap_used",
        CostUsedUp = "cost_used_up",
        OverCapCost = "over_cap_cost",
        OverCapPay = "over_cap_pay",
        OwnInScope = "own_in_scope",
        OwnInScopeBefore = "own_in_scope_before",
        Threshold = "threshold",
        PaidBefore = "paid_before",
        Catastrophic = "catastrophic",
        Supplement = "supplement",
        Aid = "aid",
        AidBase = "aid_base",
        AidDeductible = "aid_deductible",
        Fund = "fund",
        Person = "person",
        Account = "account",
        Balance = "balance",
        Wage = "wage",
        WageDivisor = "wage_divisor",
        Days = "days",
        ExtraDays = "extra_days",
        UnregisteredShare = "unregistered_share",
    }
}

words! {
    /// Stable words for diagnostics.
    DiagnosticCode {
        /// A figure that matters was not found; the answer is a range.
        FigureUnknown = "figure_unknown",
        /// Only a limit of the figure is known.
        FigureBounded = "figure_bounded",
        /// A figure rests on an uncorroborated source.
        FigureAssumed = "figure_assumed",
        /// A figure is used for a day before its source was written.
        BeforeSource = "before_source",
        /// The source is more than three years older than the day.
        SourceOld = "source_old",
        /// A figure exists, but begins later.
        NotInForceYet = "not_in_force_yet",
        /// The source leaves a reading open; `fen` is the difference.
        OpenReading = "open_reading",
        /// The split of the bill was assumed.
        SplitAssumed = "split_assumed",
        /// The parts of the official slip do not add up.
        SlipOutOfBalance = "slip_out_of_balance",
        /// An annual limit was not found; it is taken not to bind below `fen`.
        LimitNotFound = "limit_not_found",
        /// An annual cap was reached.
        CapReached = "cap_reached",
        /// The region's figures are not to be relied on.
        RegionCaution = "region_caution",
        /// Cover is not in force.
        CoverNotInForce = "cover_not_in_force",
        /// Out of province the catalogue of the place of treatment applies, so the split may differ.
        OtherCatalogue = "other_catalogue",
        /// The stay crosses a year end and may be settled in two parts on request.
        MayBeSplit = "may_be_split",
        /// Whether the person's part counts toward catastrophic insurance and assistance was not found;
        /// it is not counted.
        BurdenNotCounted = "burden_not_counted",
        /// A person's payment rises by a step with the cost at this point.
        Notch = "notch",
    }
}
