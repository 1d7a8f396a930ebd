//! What a group is paid: weight × rate × coefficient, to the fen, half a fen upward.
//!
//! 支付标准 is what the fund pays a hospital by for a group, never a limit on one patient's bill.

use serde::{Deserialize, Serialize};

use super::layout::Said;
use crate::money::{Fen, Rate, Rounding};
use crate::pack::{self, PackError, PackKind};
use crate::rules::Basis;

/// Layout of the weight pack.
pub const SCHEMA: u16 = 5;

/// Weights and rates by region and year.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WeightData {
    /// Group codes in order; the rows of every table.
    pub groups: Vec<String>,
    pub regions: Vec<Region>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Region {
    /// `guangxi-2022`
    pub id: String,
    /// `广西 2022 年`
    pub name: Said,
    /// Ids of the schemes whose groups the weights are of.
    pub schemes: Vec<String>,
    /// Whether the table has groups that the scheme does not: others of its groups may then be narrower than
    /// the scheme's of the same code.
    pub own_groups: bool,
    pub unit: Unit,
    /// One per group; `None` where the region has no such group or pays it by its bill.
    pub weights: Vec<Option<Rate>>,
    /// 床日: groups, in order, whose weight is of one day in hospital.
    pub bed_days: Vec<String>,
    pub prices: Vec<PriceTable>,
    /// 等级系数 by the level of the hospital; none where the region's table has none.
    pub levels: Vec<Level>,
    pub lines: Option<Lines>,
    /// What the table says of single groups beside their numbers.
    pub remarks: Vec<Remark>,
}

/// 备注, 病组标识: what a table says of some of its groups that no weight, coefficient or price holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Name of the column and what stands there, as the table prints it, and in English.
    pub text: Said,
    /// Whether the table's own coefficients or standards hold it already.
    pub applied: bool,
    /// Codes of groups, in order; with a weight or without.
    pub groups: Vec<String>,
}

/// 等级系数: what one level of hospitals is paid by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// As the region's table calls it: `三级`, `一级及基层`.
    pub label: String,
    /// Of every group that is not among `groups`; `None` where the table leaves those open.
    pub usual: Option<Rate>,
    /// By the code of the group, in order.
    pub groups: Vec<(String, Rate)>,
}

impl Level {
    /// The coefficient of a group; `None` where the region's table gives none.
    pub fn of(&self, group: &str) -> Option<Rate> {
        let own = self.groups.binary_search_by(|(code, _)| code.as_str().cmp(group)).ok();
        own.and_then(|at| self.groups.get(at)).map(|(_, rate)| *rate).or(self.usual)
    }
}

/// 倍率: where a region draws its lines, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    pub low: Rate,
    /// For weights up to and including the first, `None` for all that are left; the lightest first.
    pub high: Vec<(Option<Rate>, Rate)>,
    pub basis: Basis,
}

impl Lines {
    pub fn thresholds(&self) -> Thresholds {
        let line = |&(weight_up_to, multiple)| HighCost { weight_up_to, multiple };
        Thresholds { low: self.low, high: self.high.iter().map(line).collect() }
    }
}

impl Region {
    pub fn level(&self, label: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.label == label)
    }

    /// Whether a group is paid by the day.
    pub fn is_by_day(&self, group: &str) -> bool {
        self.bed_days.binary_search_by(|code| code.as_str().cmp(group)).is_ok()
    }

    /// What the table says of a group.
    pub fn remarks_on<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Remark> {
        let of = move |remark: &&Remark| remark.groups.binary_search_by(|code| code.as_str().cmp(group)).is_ok();
        self.remarks.iter().filter(of)
    }

    /// Whether the weights are of a scheme's groups.
    pub fn is_of(&self, scheme: &str) -> bool {
        self.schemes.iter().any(|known| known == scheme)
    }
}

/// What a region's number is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "WeightUnit"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "WeightUnit"))]
pub enum Unit {
    /// 权重
    Weight,
    /// 基准点数, 标准分值
    Points,
}

/// Yuan per weight or point, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceTable {
    /// As the region's table calls it: `支付标准（三级职工）`.
    pub label: String,
    pub yuan: Rate,
    /// Quoted where a column gives it, derived where it is payment ÷ weight, assumed where less than
    /// nine tenths of the groups agree.
    pub basis: Basis,
    /// 支付标准 by the code of the group, in order, where the region's own table prints another than weight × price:
    /// 基础病组 are paid alike at every level, and a weight that was rounded does not give the amount back.
    pub printed: Vec<(String, Fen)>,
}

impl PriceTable {
    /// What the region's table prints for a group, where that is not weight × price.
    pub fn printed(&self, group: &str) -> Option<Fen> {
        let at = self.printed.binary_search_by(|(code, _)| code.as_str().cmp(group)).ok()?;
        self.printed.get(at).map(|(_, fen)| *fen)
    }
}

/// The weights of a pack.
#[derive(Clone, Debug)]
pub struct WeightBook {
    data: WeightData,
}

impl WeightBook {
    pub fn open(bytes: &[u8]) -> Result<WeightBook, PackError> {
        let data: WeightData = pack::open_as(bytes, PackKind::DrgWeights, SCHEMA)?;
        let sorted = |r: &Region| {
            r.bed_days.is_sorted()
                && r.levels.iter().all(|l| l.groups.is_sorted())
                && r.prices.iter().all(|p| p.printed.is_sorted())
                && r.remarks.iter().all(|remark| remark.groups.is_sorted())
        };
        let whole =
            data.groups.is_sorted() && data.regions.iter().all(|r| r.weights.len() == data.groups.len() && sorted(r));
        if whole { Ok(WeightBook { data }) } else { Err(PackError::BadPayload) }
    }

    pub fn regions(&self) -> &[Region] {
        &self.data.regions
    }

    pub fn region(&self, id: &str) -> Option<&Region> {
        self.data.regions.iter().find(|r| r.id == id)
    }

    /// The weight or points of a group in a region.
    pub fn weight(&self, region: &Region, group: &str) -> Option<Rate> {
        let row = self.data.groups.binary_search_by(|g| g.as_str().cmp(group)).ok()?;
        region.weights.get(row).copied().flatten()
    }
}

/// 支付标准: weight × yuan per weight × coefficient, and × days for a group that is paid by the day, rounded half
/// up to a fen, once, at the end. `None` when out of range.
pub fn standard(weight: Rate, yuan: Rate, coefficient: Rate, days: Option<u32>) -> Option<Fen> {
    let stay = weight.get().checked_mul(yuan.get())?.checked_mul(coefficient.get())?;
    let exact = stay.checked_mul(days.map_or(rust_decimal::Decimal::ONE, rust_decimal::Decimal::from))?;
    Fen::from_decimal(exact.checked_mul(HUNDRED)?, Rounding::HalfUp)
}

const HUNDRED: rust_decimal::Decimal = rust_decimal::Decimal::ONE_HUNDRED;

/// Where a region draws the lines. Both differ from place to place, so there is no default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Thresholds {
    /// 低倍率: cost below this multiple of the standard.
    pub low: Rate,
    /// 高倍率: cost above a multiple of the standard, by weight.
    pub high: Vec<HighCost>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct HighCost {
    /// For weights up to and including this; `None` for all that are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_up_to: Option<Rate>,
    pub multiple: Rate,
}

/// How a stay's cost lies to its standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CostBand"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "CostBand"))]
pub enum Band {
    Low,
    Normal,
    /// A candidate for special review (特例单议) where the region has one.
    High,
}

impl Band {
    /// As it stands in JSON and in tables.
    pub fn word(self) -> &'static str {
        match self {
            Band::Low => "low",
            Band::Normal => "normal",
            Band::High => "high",
        }
    }
}

/// The band of a cost; `None` when no line is given for the weight or an amount is out of range.
pub fn classify(cost: Fen, standard: Fen, weight: Rate, lines: &Thresholds) -> Option<Band> {
    if cost < standard.scaled(lines.low, Rounding::HalfUp)? {
        return Some(Band::Low);
    }
    let line = lines.high.iter().find(|h| h.weight_up_to.is_none_or(|most| weight <= most))?;
    Some(if cost > standard.scaled(line.multiple, Rounding::HalfUp)? { Band::High } else { Band::Normal })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Rate {
        Rate::parse(text).unwrap()
    }

    #[test]
    fn a_standard_is_rounded_once_at_the_end() {
        let check = |weight, yuan, coefficient, fen| {
            let found = standard(rate(weight), rate(yuan), rate(coefficient), None);
            assert_eq!(found.map(Fen::get), Some(fen), "{weight} × {yuan} × {coefficient}");
        };
        check("29.9565", "7990.242", "1", 23_935_968);
        check("0.5", "0.01", "1", 1);
        check("0.4999", "0.01", "1", 0);
        check("1.005", "100", "1", 10_050);
        check("1.2345", "7990.24", "0.85", 838_436);
    }

    #[test]
    fn a_group_by_the_day_is_paid_for_its_days() {
        let paid = |days| standard(rate("0.0455"), rate("6200"), Rate::ONE, Some(days)).map(Fen::get);
        assert_eq!((paid(1), paid(20), paid(0)), (Some(28_210), Some(564_200), Some(0)));
    }

    #[test]
    fn a_level_has_a_usual_coefficient_and_those_of_single_groups() {
        let level = |usual| Level { label: "三级".into(), usual, groups: vec![("BR25".into(), rate("1.02"))] };
        let open = level(None);
        assert_eq!((open.of("BR25"), open.of("BR21")), (Some(rate("1.02")), None));
        assert_eq!(level(Some(rate("1.2"))).of("BR21"), Some(rate("1.2")));
    }

    #[test]
    fn the_bands_meet_at_their_lines() {
        let lines = Thresholds {
            low: rate("0.4"),
            high: vec![
                HighCost { weight_up_to: Some(rate("1")), multiple: rate("3") },
                HighCost { weight_up_to: None, multiple: rate("2") },
            ],
        };
        let check = |cost, weight, band| {
            let fen = |n| Fen::new(n).unwrap();
            assert_eq!(classify(fen(cost), fen(10_000), rate(weight), &lines), Some(band), "{cost} at {weight}");
        };
        check(3_999, "1", Band::Low);
        check(4_000, "1", Band::Normal);
        check(30_000, "1", Band::Normal);
        check(30_001, "1", Band::High);
        check(20_001, "1.0001", Band::High);
        let none = Thresholds { low: rate("0.4"), high: Vec::new() };
        assert_eq!(classify(Fen::MAX, Fen::ZERO, rate("1"), &none), None);
    }
}
