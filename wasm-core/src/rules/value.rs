use serde::{Deserialize, Serialize};

use crate::money::{Fen, Rate};

macro_rules! slots {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// What a rule's value is used for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        pub enum Slot { $($(#[$doc])* #[serde(rename = $word)] $variant),+ }

        impl Slot {
            pub const ALL: &'static [Slot] = &[$(Slot::$variant),+];

            /// Place in [`Slot::ALL`].
            #[expect(clippy::as_conversions, reason = "a fieldless enum counts its values from 0")]
            pub fn index(self) -> usize {
                self as usize
            }

            pub fn word(self) -> &'static str {
                match self { $(Slot::$variant => $word),+ }
            }

            pub fn from_word(word: &str) -> Option<Slot> {
                match word { $($word => Some(Slot::$variant),)+ _ => None }
            }
        }
    };
}

slots! {
    /// 住院起付标准, for one admission.
    InpatientDeductible = "inpatient.deductible",
    /// Share of the first admission's deductible taken from the second admission on.
    DeductibleLaterFactor = "inpatient.deductible_later_factor",
    /// Amount by which the deductible falls with each further admission.
    DeductibleStep = "inpatient.deductible_step",
    /// Lowest deductible that steps may reach.
    DeductibleFloor = "inpatient.deductible_floor",
    /// 转院起付连续计算: what was paid at the first hospital counts.
    DeductibleTransfer = "inpatient.deductible_transfer",
    /// A long stay pays the deductible again after each so many days.
    DeductibleEveryDays = "inpatient.deductible_every_days",
    /// 日间手术起付降低额.
    DaySurgeryReduction = "inpatient.day_surgery_reduction",
    /// 床位费限价, per bed-day.
    BedDayLimit = "inpatient.bed_day_limit",
    /// 统筹支付比例.
    InpatientRatio = "inpatient.ratio",
    /// Ratios that replace the base ratio above given points of an axis.
    InpatientBands = "inpatient.bands",
    /// Percentage points taken off the ratio away from home.
    PlaceMinus = "inpatient.place_minus",
    /// Factor on the payment away from home.
    PlaceTimes = "inpatient.place_times",
    /// 统筹基金年度最高支付限额.
    PoolCap = "cap.pool",
    /// Highest total of all funds in a year.
    TotalCap = "cap.total",
    /// 超限额层支付比例 (大额补助, 大额补充).
    OverCapRatio = "over_cap.ratio",
    OverCapCap = "over_cap.cap",
    /// 大病保险起付标准, for a year.
    CatastrophicDeductible = "catastrophic.deductible",
    CatastrophicBands = "catastrophic.bands",
    CatastrophicCap = "catastrophic.cap",
    /// 医疗救助比例.
    AidRatio = "aid.ratio",
    AidDeductible = "aid.deductible",
    AidCap = "aid.cap",
    /// 普通门诊.
    OutpatientRatio = "outpatient.ratio",
    OutpatientDeductible = "outpatient.deductible",
    OutpatientCap = "outpatient.cap",
    /// A limit within the limit, for the institutions that the rule names.
    OutpatientSubCap = "outpatient.sub_cap",
    /// Items dearer than this are not paid.
    OutpatientItemLimit = "outpatient.item_limit",
    /// Percentage points added for retirees.
    OutpatientRetiredPlus = "outpatient.retired_plus",
    /// Whether outpatient payments use up the pool's annual cap.
    OutpatientCountsToCap = "outpatient.counts_to_cap",
    /// 门诊特定病种, 门诊慢特病: deductible for a month.
    SpecialDeductible = "special.deductible_monthly",
    SpecialRatio = "special.ratio",
    SpecialCap = "special.cap_yearly",
    /// 门诊特殊药品单列支付.
    SpecialDrugRatio = "special_drug.ratio",
    SpecialDrugDeductible = "special_drug.deductible",
    SpecialDrugCap = "special_drug.cap",
    /// 补充医疗保险: share of what is left of the pooled part.
    SupplementRatio = "supplement.ratio",
    SupplementCap = "supplement.cap",
    /// 生育津贴 = 单位上年度职工月平均工资 ÷ divisor × days.
    MaternityDivisor = "maternity.wage_divisor",
    MaternityDays = "maternity.days",
    MaternityDaysDystocia = "maternity.days_dystocia",
    MaternityDaysExtraChild = "maternity.days_extra_child",
    MaternityDaysMiscarriageEarly = "maternity.days_miscarriage_under_4_months",
    MaternityDaysMiscarriageLate = "maternity.days_miscarriage_from_4_months",
    MaternityDaysMiscarriageSevenMonths = "maternity.days_miscarriage_from_7_months",
    /// Months of contributions before maternity benefits begin.
    MaternityWait = "maternity.wait_months",
    /// 产前检查 paid by the fund.
    PrenatalCare = "maternity.prenatal_care",
    /// 生育医疗费 paid by the fund.
    Delivery = "maternity.delivery",
    /// Years within which a claim may be handed in.
    ClaimYears = "claim.years",
    /// Whether a filing is asked for before treatment away from home.
    FilingRequired = "away.filing_required",
    /// Whether treatment on this footing is settled at the hospital.
    DirectSettlement = "away.direct_settlement",
    /// Whether a filing may still be made before discharge.
    FilingBeforeDischarge = "away.filing_before_discharge",
    /// 断保等待期 in months.
    WaitAfterLapse = "cover.wait_months",
    /// Days within which a newborn is insured back to birth.
    NewbornDays = "cover.newborn_days",
    /// Monthly credit of an active employee's personal account, as a share of the contribution base.
    AccountCreditActive = "account.credit_active",
    AccountCreditRetired = "account.credit_retired",
    /// 上上年度居民人均可支配收入 and the like, which caps are multiples of.
    IndicatorIncome = "indicator.income",
    IndicatorWage = "indicator.wage",
}

/// A rule's value. Money in fen, shares as exact decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    Money(Fen),
    /// A share between 0 and 1.
    Share(Rate),
    /// Percentage points, as a share: 10 points are 0.10.
    Points(Rate),
    Count(u32),
    Flag(bool),
    Bands(Vec<Band>),
    /// `times` × an indicator that has its own slot.
    Multiple {
        times: Rate,
        of: Slot,
    },
    /// Expressly without a limit.
    Unlimited,
}

/// Highest figure that a rule may carry: a hundred million yuan, or a thousand times an indicator.
const FIGURE_MAX: i64 = 10_000_000_000;
const TIMES_MAX: i64 = 1_000;
/// Most days, months or years that a rule may count: ten years of days.
const COUNT_MAX: u32 = 3_660;

impl Amount {
    /// Whether the calculation can take this: money that is not negative, shares between 0 and 1, bands
    /// that ascend, counts that can be added up. A pack may come from anywhere, so that what the lints make sure of in authored
    /// rules is asked again of every pack that is opened.
    pub(super) fn is_sound(&self) -> bool {
        match self {
            Amount::Money(fen) => is_figure(*fen),
            Amount::Share(rate) | Amount::Points(rate) => rate.is_share(),
            Amount::Bands(bands) => bands.iter().all(Band::is_sound) && bands.is_sorted_by(Band::comes_before),
            Amount::Multiple { times, .. } => *times >= Rate::ZERO && *times <= Rate::percent(TIMES_MAX * 100),
            Amount::Count(n) => *n <= COUNT_MAX,
            Amount::Flag(_) | Amount::Unlimited => true,
        }
    }
}

fn is_figure(fen: Fen) -> bool {
    (0..=FIGURE_MAX).contains(&fen.get())
}

impl Band {
    fn is_sound(&self) -> bool {
        is_figure(self.over) && self.up_to.is_none_or(|end| is_figure(end) && end > self.over) && self.ratio.is_share()
    }

    fn comes_before(&self, next: &Band) -> bool {
        self.up_to.is_some_and(|end| end <= next.over)
    }
}

/// One step of a scale: the part over `over` up to and including `up_to` is paid at `ratio`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    pub over: Fen,
    pub up_to: Option<Fen>,
    pub ratio: Rate,
}

/// Whether the source gives the figure or only a limit of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    Exact,
    AtLeast,
    AtMost,
}

/// What a scale of ratios runs along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// 本次进入统筹费用
    Admission,
    /// 年度累计进入统筹费用
    YearCost,
    /// 年度累计统筹支付
    YearFund,
}

/// Where the bands of a catastrophic scale start counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Bands are ranges of the year's total.
    Total,
    /// Bands are ranges of the part above the deductible.
    AboveThreshold,
}

/// What an annual cap limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapBasis {
    /// The fund's payments.
    Fund,
    /// The costs that the ratio is applied to.
    Cost,
}

/// The settlement field that a layer's payment is booked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fund {
    Hifmi,
    Hifob,
    Hifes,
    Cvlserv,
    Oth,
}

/// Which parts of a person's own burden a later layer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub deductible: bool,
    pub pre_self_pay: bool,
    pub over_cap: bool,
}

impl Default for Counts {
    fn default() -> Self {
        Counts { deductible: true, pre_self_pay: false, over_cap: true }
    }
}

/// How a value is to be read, where sources differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traits {
    pub axis: Option<Axis>,
    pub origin: Option<Origin>,
    pub cap_basis: Option<CapBasis>,
    pub fund: Option<Fund>,
    pub counts: Option<Counts>,
    /// The source does not settle this reading: where it matters, the result is uncertain.
    pub open_reading: bool,
}
