//! What somebody asks: the public schema of an estimate's input.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::date::Day;
use crate::money::{Fen, Rate};
use crate::rules::{AidClass, Binding, Level, Place, Plan, Scheme, Ward, WorkStatus};

/// One visit of one insured person, with all that its settlement depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Case {
    /// Insured area: its `admdvs` or its slug (`441500` or `shanwei`).
    pub region: String,
    pub scheme: Scheme,
    #[serde(default)]
    pub person: Person,
    pub visit: Visit,
    /// What the year's earlier visits already used up.
    #[serde(default)]
    pub year_to_date: YearToDate,
    #[serde(default)]
    pub accounts: Accounts,
    #[serde(default)]
    pub options: Options,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Person {
    /// Only for employees.
    pub status: WorkStatus,
    /// Only for employees.
    pub plan: Plan,
    /// 救助身份 on the day of discharge.
    pub aid: AidClass,
    pub cover: Cover,
    /// Months of unbroken contributions, where known.
    pub insured_months: Option<u16>,
}

impl Default for Person {
    fn default() -> Self {
        Person {
            status: WorkStatus::Active,
            plan: Plan::Integrated,
            aid: AidClass::None,
            cover: Cover::InForce,
            insured_months: None,
        }
    }
}

/// 参保状态.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Cover {
    InForce,
    /// 断保后续保, still within the waiting period.
    Waiting,
    /// 断保, not paid up.
    Lapsed,
    /// Born within the days in which late enrolment still counts from birth.
    Newborn,
}

/// What kind of visit it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Visit {
    /// 住院
    Inpatient(Stay),
    /// 日间手术
    DaySurgery(Stay),
    /// 普通门诊
    Outpatient(Clinic),
    /// 门诊特定病种, 门诊慢特病: one calendar month
    SpecialOutpatient(Special),
    /// 门诊特殊药品
    SpecialDrug(Clinic),
    /// 生育津贴
    Maternity(Maternity),
    /// 大病二次补偿 of amounts already settled by the basic insurance
    SecondPay(SecondPay),
}

impl Visit {
    /// What it cost; of an allowance and of a second payment there is no bill.
    pub fn bill(&self) -> Option<&Bill> {
        match self {
            Visit::Inpatient(stay) | Visit::DaySurgery(stay) => Some(&stay.bill),
            Visit::Outpatient(clinic) | Visit::SpecialDrug(clinic) => Some(&clinic.bill),
            Visit::SpecialOutpatient(special) => Some(&special.bill),
            Visit::Maternity(_) | Visit::SecondPay(_) => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Stay {
    pub level: Level,
    #[serde(default)]
    pub place: Place,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admitted: Option<Day>,
    /// The rules of this day apply.
    pub discharged: Day,
    /// Which admission of the year this is; from the year so far when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u8>,
    #[serde(default = "general")]
    pub ward: Ward,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Transfer>,
    pub bill: Bill,
}

fn general() -> Ward {
    Ward::General
}

/// 转院: admitted within a day of leaving another hospital of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Transfer {
    /// Deductible already paid at the hospital that one came from.
    pub deductible_paid_fen: Fen,
}

/// What is known of the bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Bill {
    /// 只知道总费用
    Total(TotalOnly),
    /// Totals by category
    Categories(Vec<CategoryItem>),
    /// Item by item
    Lines(Vec<LineItem>),
    /// The split as printed on an 电子票据 or 结算单
    Split(Split),
}

/// A total with an assumed share of 自费 and 先行自付, answered as a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TotalOnly {
    pub total_fen: Fen,
    /// Lowest share of the total that is 自费 or 先行自付.
    pub own_share_low: Rate,
    /// Highest such share.
    pub own_share_high: Rate,
}

/// A bill split by 政策范围.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Split {
    /// 医疗费总额
    pub total_fen: Fen,
    /// 全自费
    #[serde(default)]
    pub own_expense_fen: Fen,
    /// 超限价自费
    #[serde(default)]
    pub over_limit_fen: Fen,
    /// 先行自付
    #[serde(default)]
    pub pre_self_pay_fen: Fen,
    /// Figures of the official slip, to be compared with ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Official>,
}

/// Amounts copied from an official settlement slip; each is compared where given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Official {
    pub act_pay_dedc_fen: Option<Fen>,
    pub hifp_pay_fen: Option<Fen>,
    pub hifmi_pay_fen: Option<Fen>,
    pub hifob_pay_fen: Option<Fen>,
    pub maf_pay_fen: Option<Fen>,
    pub fund_pay_sumamt_fen: Option<Fen>,
    pub psn_part_amt_fen: Option<Fen>,
}

/// Kinds of charge on a receipt (医疗收费项目类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Category {
    /// 床位费
    Bed,
    /// 诊察费
    Consultation,
    /// 检查费
    Examination,
    /// 化验费
    Laboratory,
    /// 治疗费
    Treatment,
    /// 手术费
    Surgery,
    /// 护理费
    Nursing,
    /// 卫生材料费
    Materials,
    /// 西药费
    WesternMedicine,
    /// 中药饮片费
    ChineseHerbs,
    /// 中成药费
    ChinesePatentMedicine,
    /// 其他费
    Other,
}

/// One category's total, with what the receipt tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CategoryItem {
    pub category: Category,
    pub amount_fen: Fen,
    /// 自费 within it; an assumed share is used when both this and `pre_self_pay_fen` are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_expense_fen: Option<Fen>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre_self_pay_fen: Option<Fen>,
    /// Bed-days, for the price limit of 床位费.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
}

/// 收费项目等级.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum LineClass {
    /// 甲类
    #[serde(rename = "01")]
    A,
    /// 乙类
    #[serde(rename = "02")]
    B,
    /// 丙类, 目录外
    #[serde(rename = "03")]
    C,
}

/// One item of the bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LineItem {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    pub category: Category,
    pub amount_fen: Fen,
    /// `chrgitm_lv`
    pub class: LineClass,
    /// `selfpay_prop`: share paid first by the person, for 乙类.
    #[serde(default)]
    pub self_pay_share: Rate,
    /// Number of units.
    #[serde(default = "one")]
    pub count: u32,
    /// `pric_uplmt_amt`: highest price of a unit that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_limit_fen: Option<Fen>,
    /// Used outside the 限定支付 range: all of it is 自费.
    #[serde(default)]
    pub outside_limit: bool,
}

fn one() -> u32 {
    1
}

/// 普通门诊 or 特殊药品.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Clinic {
    pub level: Level,
    #[serde(default)]
    pub place: Place,
    pub on: Day,
    #[serde(default = "chosen")]
    pub binding: Binding,
    pub bill: Bill,
}

fn chosen() -> Binding {
    Binding::Chosen
}

/// 门诊特定病种 or 门诊慢特病, one calendar month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Special {
    pub disease: String,
    pub level: Level,
    #[serde(default)]
    pub place: Place,
    pub on: Day,
    pub bill: Bill,
}

/// 生育津贴.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Maternity {
    pub on: Day,
    /// 用人单位上年度职工月平均工资
    pub employer_monthly_wage_fen: Fen,
    pub birth: Birth,
    /// 难产
    #[serde(default)]
    pub dystocia: bool,
    /// Children born at once.
    #[serde(default = "one_child")]
    pub children: u8,
}

fn one_child() -> u8 {
    1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Birth {
    Delivery,
    /// 怀孕未满4个月流产
    MiscarriageUnderFourMonths,
    /// 怀孕满4个月流产
    MiscarriageFromFourMonths,
    /// 怀孕满7个月流产
    MiscarriageFromSevenMonths,
}

/// 二次补偿: what catastrophic insurance adds to a slip that the basic insurance has settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SecondPay {
    pub on: Day,
    #[serde(default)]
    pub place: Place,
    /// 个人合规负担 of this slip.
    pub own_in_scope_fen: Fen,
}

/// What the year has used up before this visit. What comes out of one estimate goes into the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct YearToDate {
    pub admissions: u8,
    /// 统筹基金已付, as far as it counts toward the annual cap
    pub pool_paid_fen: Fen,
    /// 进入统筹费用累计
    pub pool_base_fen: Fen,
    /// 超限额层已付
    pub over_cap_paid_fen: Fen,
    /// 大病累计的个人合规负担
    pub own_in_scope_fen: Fen,
    /// 大病已付
    pub catastrophic_paid_fen: Fen,
    /// 医疗救助已付
    pub aid_paid_fen: Fen,
    /// 个人自付 that counted toward the deductible of medical assistance
    pub aid_base_fen: Fen,
    pub supplement_paid_fen: Fen,
    pub outpatient_paid_fen: Fen,
    /// Of it, within the limit for the institutions that have one of their own
    pub outpatient_sub_paid_fen: Fen,
    /// 门诊年度起付已付
    pub outpatient_deductible_fen: Fen,
    pub special_drug_paid_fen: Fen,
    /// 门特 paid so far, by disease
    #[serde(deserialize_with = "unique", skip_serializing_if = "BTreeMap::is_empty")]
    pub special_paid_fen: BTreeMap<String, Fen>,
    /// 门特 deductible paid, by calendar month `YYYY-MM`
    #[serde(deserialize_with = "unique", skip_serializing_if = "BTreeMap::is_empty")]
    pub special_deductible_fen: BTreeMap<String, Fen>,
}

/// Amounts by name. A name that comes twice is refused like a field that does, not overwritten.
fn unique<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Fen>, D::Error> {
    struct Names;
    impl<'de> Visitor<'de> for Names {
        type Value = BTreeMap<String, Fen>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("amounts by name")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut amounts = BTreeMap::new();
            while let Some((name, amount)) = entries.next_entry::<String, Fen>()? {
                if amounts.contains_key(&name) {
                    return Err(de::Error::custom(format_args!("duplicate field `{name}`")));
                }
                amounts.insert(name, amount);
            }
            Ok(amounts)
        }
    }
    from.deserialize_map(Names)
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Accounts {
    /// 本人个人账户余额
    pub own_balance_fen: Fen,
    /// 家庭共济可用额度
    pub family_balance_fen: Fen,
    /// Pay all in cash and keep the accounts.
    pub leave_untouched: bool,
}

/// How `acct_mulaid_pay` stands to `acct_pay`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum SharedAccounts {
    /// `acct_mulaid_pay` is part of `acct_pay`: `psn_part_amt = acct_pay + psn_cash_pay`.
    #[default]
    Contained,
    /// `psn_part_amt = acct_pay + acct_mulaid_pay + psn_cash_pay`.
    Additive,
}

/// Where a bill's items are rounded to whole fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Rounds {
    #[default]
    PerSettlement,
    PerItem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Options {
    pub trace: bool,
    pub rounding: Rounds,
    pub shared_accounts: SharedAccounts,
}

impl Default for Options {
    fn default() -> Self {
        Options { trace: true, rounding: Rounds::PerSettlement, shared_accounts: SharedAccounts::Contained }
    }
}
