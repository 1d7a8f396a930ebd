//! What a rule may depend on. Each dimension has a few values, each value one bit; a rule lists the
//! bits it accepts and a case sets one bit in every dimension, so that matching is one AND.

use serde::{Deserialize, Serialize};

/// One dimension of a rule's conditions.
pub trait Dim: Copy + Eq + Sized + 'static {
    /// First bit of the dimension in a [`Reach`].
    const OFFSET: u32;
    /// Every value with the word that stands for it in JSON and TOML.
    const WORDS: &'static [(Self, &'static str)];

    /// Every value's bit.
    const ALL_BITS: u64;

    fn bit(self) -> u64;

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(v, _)| *v == self).map_or("", |(_, w)| w)
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, w)| *w == word).map(|(v, _)| *v)
    }
}

macro_rules! dim {
    ($(#[$doc:meta])* $name:ident at $offset:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        #[expect(clippy::as_conversions, clippy::indexing_slicing, reason = "a fieldless enum counts its values from 0, and there is a bit for each")]
        impl Dim for $name {
            const OFFSET: u32 = $offset;
            const WORDS: &'static [(Self, &'static str)] = &[$(($name::$variant, $word)),+];
            const ALL_BITS: u64 = $($name::BIT[$name::$variant as usize])|+;

            fn bit(self) -> u64 {
                1 << ($offset + self as u32)
            }
        }

        #[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
        impl $name {
            const BIT: [u64; [$($word),+].len()] = {
                let mut bits = [1 << $offset; [$($word),+].len()];
                let mut i = 1;
                while i < bits.len() {
                    bits[i] = bits[i - 1] << 1;
                    i += 1;
                }
                bits
            };
        }
    };
}

dim! {
    /// 险种: which insurance the person is in.
    Scheme at 0 {
        /// 城乡居民基本医疗保险
        Resident = "resident",
        /// 职工基本医疗保险
        Employee = "employee",
    }
}

dim! {
    /// 在职 or 退休; residents count as active.
    WorkStatus at 2 { Active = "active", Retired = "retired" }
}

dim! {
    /// How an employee is insured.
    Plan at 4 {
        /// 统账结合: with a personal account.
        Integrated = "integrated",
        /// 单建统筹: pooled fund only.
        PooledOnly = "pooled_only",
    }
}

dim! {
    /// 医疗机构级别, with the finer grades that some regions price apart.
    Level at 6 {
        /// 基层 (乡镇卫生院, 社区卫生服务机构)
        Grassroots = "grassroots",
        One = "1",
        Two = "2",
        /// 二级综合
        TwoGeneral = "2_general",
        /// 二级专科
        TwoSpecialist = "2_specialist",
        Three = "3",
        /// 市三级
        ThreeCity = "3_city",
        /// 自治区三级
        ThreeRegion = "3_region",
    }
}

dim! {
    /// 就医地 seen from the insured area.
    Area at 14 {
        /// 统筹区内
        Local = "local",
        /// 省内异地
        InProvince = "in_province",
        /// 跨省异地
        OutOfProvince = "out_of_province",
    }
}

dim! {
    /// 异地就医备案: on what footing somebody is treated away from home.
    Filing at 17 {
        /// Treated at home: no filing is asked for.
        NotNeeded = "not_needed",
        /// 异地长期居住备案
        LongTerm = "long_term",
        /// 转诊备案
        Referred = "referred",
        /// 急诊抢救
        Emergency = "emergency",
        /// 未备案的临时外出就医
        Unregistered = "unregistered",
    }
}

dim! {
    /// 年内第几次住院.
    Nth at 22 { First = "first", Later = "later" }
}

dim! {
    /// Wards whose deductible or long-stay rule differs.
    Ward at 24 {
        General = "general",
        /// 精神病专科
        Psychiatric = "psychiatric",
        /// 结核病专科
        Tuberculosis = "tuberculosis",
    }
}

dim! {
    /// 医疗救助对象类别, tested on the day of discharge.
    AidClass at 27 {
        None = "none",
        /// 特困人员、孤儿、事实无人抚养儿童
        Destitute = "destitute",
        /// 低保对象
        LowIncome = "low_income",
        /// 重度残疾人
        SevereDisability = "severe_disability",
        /// 低保边缘家庭、低收入救助对象
        LowIncomeEdge = "low_income_edge",
        /// 返贫致贫人口
        ReturnedToPoverty = "returned_to_poverty",
        /// 因病致贫重病患者
        IllnessPoverty = "illness_poverty",
    }
}

dim! {
    /// 连续参保时长.
    Tenure at 34 {
        Under6Months = "under_6_months",
        Under12Months = "under_12_months",
        Under24Months = "under_24_months",
        From24Months = "from_24_months",
        Unsaid = "unsaid",
    }
}

dim! {
    /// 门诊定点: how the outpatient institution stands to the insured person.
    Binding at 39 {
        /// 选定
        Chosen = "chosen",
        /// 备选
        Backup = "backup",
        /// 经转诊
        Referred = "referred",
        /// 未选
        Unbound = "unbound",
    }
}

dim! {
    /// What is being settled.
    Kind at 43 {
        Inpatient = "inpatient",
        DaySurgery = "day_surgery",
        Outpatient = "outpatient",
        /// 门诊特定病种、门诊慢特病
        SpecialOutpatient = "special_outpatient",
        /// 门诊特殊药品 (单列支付)
        SpecialDrug = "special_drug",
        Maternity = "maternity",
    }
}

const ALL_DIMS: u64 = (1 << 49) - 1;

/// The values that a rule accepts in every dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reach(u64);

impl Reach {
    /// Applies to everything.
    pub const ALL: Reach = Reach(ALL_DIMS);

    /// Narrows one dimension to `values`.
    #[must_use]
    pub fn only<D: Dim>(self, values: &[D]) -> Reach {
        let kept = values.iter().fold(0, |bits, v| bits | v.bit());
        Reach(self.0 & (!D::ALL_BITS | kept))
    }

    pub fn accepts(self, query: Query) -> bool {
        self.0 & query.0 == query.0
    }

    /// The values accepted in one dimension.
    pub fn values<D: Dim>(self) -> impl Iterator<Item = D> {
        D::WORDS.iter().map(|(v, _)| *v).filter(move |v| self.0 & v.bit() != 0)
    }

    /// Whether some case satisfies both.
    pub fn overlaps(self, other: Reach) -> bool {
        let both = self.0 & other.0;
        DIM_MASKS.iter().all(|mask| both & mask != 0)
    }

    /// In how many dimensions this is narrower than everything: the more, the more specific a rule.
    pub fn narrowed(self) -> u32 {
        DIM_MASKS.iter().map(|mask| u32::from(self.0 & mask != *mask)).sum()
    }
}

const DIM_MASKS: [u64; 12] = [
    Scheme::ALL_BITS,
    WorkStatus::ALL_BITS,
    Plan::ALL_BITS,
    Level::ALL_BITS,
    Area::ALL_BITS,
    Filing::ALL_BITS,
    Nth::ALL_BITS,
    Ward::ALL_BITS,
    AidClass::ALL_BITS,
    Tenure::ALL_BITS,
    Binding::ALL_BITS,
    Kind::ALL_BITS,
];

/// One value in every dimension: the case that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query(u64);

impl Query {
    pub fn new(scheme: Scheme, kind: Kind) -> Query {
        Query(0)
            .with(scheme)
            .with(kind)
            .with(WorkStatus::Active)
            .with(Plan::Integrated)
            .with(Level::Three)
            .with(Area::Local)
            .with(Filing::NotNeeded)
            .with(Nth::First)
            .with(Ward::General)
            .with(AidClass::None)
            .with(Tenure::Unsaid)
            .with(Binding::Chosen)
    }

    /// The same case with another value in one dimension.
    #[must_use]
    pub fn with<D: Dim>(self, value: D) -> Query {
        Query((self.0 & !D::ALL_BITS) | value.bit())
    }
}

/// Where somebody is treated and on what footing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Place {
    pub area: Area,
    pub filing: Filing,
}

impl Place {
    pub const LOCAL: Place = Place { area: Area::Local, filing: Filing::NotNeeded };
}

impl Default for Place {
    fn default() -> Self {
        Place::LOCAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_values_share_a_bit() {
        let masks = DIM_MASKS;
        let union = masks.iter().fold(0, |a, b| a | b);
        assert_eq!(masks.iter().map(|m| m.count_ones()).sum::<u32>(), union.count_ones());
        assert_eq!(union, ALL_DIMS);
    }

    #[test]
    fn a_rule_takes_only_the_cases_it_names() {
        let reach = Reach::ALL.only(&[Scheme::Resident]).only(&[Level::Two, Level::Three]);
        let case = Query::new(Scheme::Resident, Kind::Inpatient);
        assert!(reach.accepts(case.with(Level::Two)));
        assert!(!reach.accepts(case.with(Level::One)));
        assert!(!reach.accepts(case.with(Scheme::Employee)));
        assert_eq!(reach.narrowed(), 2);
        assert!(!reach.overlaps(Reach::ALL.only(&[Level::One])));
    }
}
