//! What a group is paid, as three figures that are never one: 支付标准, 医保基金应付, 个人负担.

use serde::{Deserialize, Serialize};

use super::case::PaymentCase;
use super::shelf::Shelf;
use crate::drg::layout::Said;
use crate::drg::{Band, Level, PriceTable, Region, Remark, Thresholds, Unit, WeightBook, classify, standard};
use crate::error::{Refusal, RefusalCode};
use crate::money::{Fen, Rate, Rounding};
use crate::rules::Basis;
use crate::text;

/// The payment of one stay's group. It says nothing about what the stay may cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PaymentOut {
    pub region: String,
    /// What the region's table is called.
    pub region_name: Said,
    /// Whether the table has groups that the scheme does not: a group of the same code may then be narrower.
    pub own_groups: bool,
    pub price: String,
    pub unit: Unit,
    /// Weight or points of the group; of one day for a group that is paid by the day (床日).
    pub weight: Option<Rate>,
    /// Yuan for one weight or point.
    pub yuan: Rate,
    /// 等级系数, 机构系数.
    pub coefficient: Option<Rate>,
    pub coefficient_from: CoefficientFrom,
    /// The level of hospitals that the coefficient is of.
    pub level: Option<String>,
    /// Whether the group is paid by the day.
    pub by_day: bool,
    /// Days in hospital, of a group that is paid by the day.
    pub days: Option<u32>,
    /// What the region's own table prints for the group, where that is not weight × price: the standard is this ×
    /// coefficient.
    pub printed_fen: Option<Fen>,
    /// 支付标准.
    pub standard_fen: Option<Fen>,
    /// Why there is no standard, where there is none.
    pub unpaid: Option<Unpaid>,
    /// What the region's table says of the group beside its numbers.
    pub remarks: Vec<RemarkOut>,
    /// How the price was had, or what is printed.
    pub basis: Basis,
    /// 医疗费总额, as given.
    pub cost_fen: Option<Fen>,
    /// 医保基金应付.
    pub fund: Part,
    /// 个人负担.
    pub patient: Part,
    /// The lines that the cost is held against.
    pub thresholds: Option<Thresholds>,
    pub thresholds_from: LinesFrom,
    /// How the cost lies to the standard.
    pub band: Option<Band>,
    /// Why there is no band, where there is none.
    pub band_unknown: Option<BandUnknown>,
    /// Whether the stay may be put forward for special review (特例单议), where the region has it.
    pub special_review: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What must stand beside every payment.
    pub notice: String,
}

/// What a region's table says of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PaymentRemark"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "PaymentRemark"))]
pub struct RemarkOut {
    /// Name of the column and what stands there.
    pub said: Said,
    /// Whether the amount has it in it. Where it has not, what is paid may be another amount.
    pub applied: bool,
}

/// Why a group has no standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Unpaid {
    /// The record is in no group.
    NotGrouped,
    /// The region's table has no weight for the group: it is paid some other way.
    NoWeight,
    /// The region pays hospitals by their level, and the case says neither a level nor a coefficient.
    NoLevel,
    /// The region's table has no coefficient of that level for the group.
    NoCoefficient,
    /// The group is paid by the day, and the days in hospital are not known.
    NoDays,
    /// The product is too large to be an amount.
    OutOfRange,
}

/// Where a coefficient is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum CoefficientFrom {
    /// The case says so.
    Given,
    /// The region's table has it for the level.
    Level,
    /// The region's table knows no levels: it is 1.
    None,
    /// The table knows levels, and which holds here is not known.
    Unknown,
}

/// Where the lines of 低倍率 and 高倍率 are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum LinesFrom {
    Given,
    Region,
    Unknown,
}

/// One of the three figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PaymentPart"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "PaymentPart"))]
pub struct Part {
    pub fen: Option<Fen>,
    pub origin: PartOrigin,
}

/// How a figure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum PartOrigin {
    /// The case says so.
    Given,
    /// The standard less the person's part.
    Computed,
    /// Nobody said, and it does not follow.
    Unknown,
}

/// Why a cost has no band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum BandUnknown {
    NoStandard,
    NoCost,
    /// The case does not say where the region draws its lines.
    NoThresholds,
    /// None of the lines is for a weight like this.
    NoLine,
}

/// A region's weights with a price, a coefficient and lines: all that a group's payment depends on but the stay.
#[derive(Clone, Debug)]
pub struct Tariff<'a> {
    book: &'a WeightBook,
    region: &'a Region,
    /// The price of the region that the case names; `None` where it says its own.
    table: Option<&'a PriceTable>,
    yuan: Rate,
    basis: Basis,
    level: Option<&'a Level>,
    coefficient: Option<Rate>,
    lines: Option<Thresholds>,
    lines_from: LinesFrom,
}

/// The standard of a group and the weight that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    pub weight: Rate,
    pub standard: Fen,
}

impl<'a> Tariff<'a> {
    /// The table that a case asks for, if it is of the scheme: one of another scheme has other groups under the
    /// same codes.
    pub fn asked(shelf: &'a Shelf, scheme: &str, asked: &'a PaymentCase) -> Result<Tariff<'a>, Refusal> {
        let tariff = Tariff::find(shelf, asked).map_err(|r| r.within("payment"))?;
        if !tariff.region.is_of(scheme) {
            return Err(Refusal::new(RefusalCode::WeightsOfOther, "scheme", tariff.region.schemes.join(", ")));
        }
        Ok(tariff)
    }

    fn find(shelf: &'a Shelf, asked: &'a PaymentCase) -> Result<Tariff<'a>, Refusal> {
        let found = shelf.weights().find_map(|book| Some((book, book.region(&asked.region)?)));
        let (book, region) = found.ok_or_else(|| {
            let known: Vec<&str> =
                shelf.weights().flat_map(WeightBook::regions).map(|region| region.id.as_str()).collect();
            Refusal::new(RefusalCode::UnknownRegion, "region", known.join(", "))
        })?;
        let (yuan, basis, table) = price(region, asked)?;
        let level = asked.level.as_deref().map(|label| level(region, label)).transpose()?;
        let (lines, lines_from) = match (&asked.thresholds, &region.lines) {
            (Some(given), _) => (Some(given.clone()), LinesFrom::Given),
            (None, Some(own)) => (Some(own.thresholds()), LinesFrom::Region),
            (None, None) => (None, LinesFrom::Unknown),
        };
        Ok(Tariff { book, region, table, yuan, basis, level, coefficient: asked.coefficient, lines, lines_from })
    }

    pub fn unit(&self) -> Unit {
        self.region.unit
    }

    /// The weight or points of a group.
    pub fn weight(&self, group: &str) -> Option<Rate> {
        self.book.weight(self.region, group)
    }

    /// What a group is paid for a stay, or why that cannot be said.
    pub fn pay(&self, group: &str, days: Option<u32>) -> Result<Paid, Unpaid> {
        let weight = self.weight(group).ok_or(Unpaid::NoWeight)?;
        let (coefficient, from) = self.coefficient(group);
        let missing = if from == CoefficientFrom::Unknown { Unpaid::NoLevel } else { Unpaid::NoCoefficient };
        let coefficient = coefficient.ok_or(missing)?;
        let days = if self.region.is_by_day(group) { Some(days.ok_or(Unpaid::NoDays)?) } else { None };
        let standard = match self.printed(group) {
            Some(printed) => printed.scaled(coefficient, Rounding::HalfUp),
            None => standard(weight, self.yuan, coefficient, days),
        };
        Ok(Paid { weight, standard: standard.ok_or(Unpaid::OutOfRange)? })
    }

    fn printed(&self, group: &str) -> Option<Fen> {
        self.table.and_then(|table| table.printed(group))
    }

    fn coefficient(&self, group: &str) -> (Option<Rate>, CoefficientFrom) {
        match (self.coefficient, self.level) {
            (Some(given), _) => (Some(given), CoefficientFrom::Given),
            (None, Some(level)) => (level.of(group), CoefficientFrom::Level),
            (None, None) if self.region.levels.is_empty() => (Some(Rate::ONE), CoefficientFrom::None),
            (None, None) => (None, CoefficientFrom::Unknown),
        }
    }

    /// What the region's table says of a group. A coefficient or a price that the case says itself takes the place of
    /// those that a remark is in.
    pub fn remarks(&self, group: &str) -> Vec<RemarkOut> {
        let own = self.coefficient.is_none() && self.table.is_some();
        let out = |remark: &Remark| RemarkOut { said: remark.text.clone(), applied: remark.applied && own };
        self.region.remarks_on(group).map(out).collect()
    }

    /// The band of a cost against what was paid.
    pub fn band(&self, cost: Option<Fen>, paid: Option<Paid>) -> Result<Band, BandUnknown> {
        let Paid { weight, standard } = paid.ok_or(BandUnknown::NoStandard)?;
        let cost = cost.ok_or(BandUnknown::NoCost)?;
        let lines = self.lines.as_ref().ok_or(BandUnknown::NoThresholds)?;
        classify(cost, standard, weight, lines).ok_or(BandUnknown::NoLine)
    }
}

/// The price that a case asks for, with the region's table where it is from one; a price that the case says itself
/// goes before the region's, and nobody vouches for it.
fn price<'a>(region: &'a Region, asked: &PaymentCase) -> Result<(Rate, Basis, Option<&'a PriceTable>), Refusal> {
    if let Some(yuan) = asked.yuan {
        return Ok((yuan, Basis::Assumed, None));
    }
    let found = region.prices.iter().find(|p| p.label == asked.price);
    found.map(|p| (p.yuan, p.basis, Some(p))).ok_or_else(|| {
        let known: Vec<&str> = region.prices.iter().map(|p| p.label.as_str()).collect();
        Refusal::new(RefusalCode::UnknownPrice, "price", known.join(", "))
    })
}

fn level<'a>(region: &'a Region, label: &str) -> Result<&'a Level, Refusal> {
    region.level(label).ok_or_else(|| {
        let known: Vec<&str> = region.levels.iter().map(|level| level.label.as_str()).collect();
        Refusal::new(RefusalCode::UnknownLevel, "level", known.join(", "))
    })
}

/// What the group is paid by a tariff; `group` is the group's code, where there is one.
pub(super) fn payment(tariff: &Tariff<'_>, asked: &PaymentCase, group: Option<&str>, days: Option<u32>) -> PaymentOut {
    let paid = group.ok_or(Unpaid::NotGrouped).and_then(|group| tariff.pay(group, days));
    let (coefficient, coefficient_from) = tariff.coefficient(group.unwrap_or_default());
    let by_day = group.is_some_and(|group| tariff.region.is_by_day(group));
    let band = tariff.band(asked.cost_fen, paid.ok());
    let standard_fen = paid.ok().map(|paid| paid.standard);
    let printed_fen = group.and_then(|group| tariff.printed(group)).filter(|_| standard_fen.is_some());
    PaymentOut {
        region: asked.region.clone(),
        region_name: tariff.region.name.clone(),
        own_groups: tariff.region.own_groups,
        price: asked.price.clone(),
        unit: tariff.region.unit,
        weight: group.and_then(|group| tariff.weight(group)),
        yuan: tariff.yuan,
        coefficient,
        coefficient_from,
        level: tariff.level.map(|level| level.label.clone()),
        by_day,
        days: days.filter(|_| by_day),
        printed_fen,
        standard_fen,
        unpaid: paid.err(),
        remarks: group.map(|group| tariff.remarks(group)).unwrap_or_default(),
        basis: if printed_fen.is_some() { Basis::Quoted } else { tariff.basis },
        cost_fen: asked.cost_fen,
        fund: fund(asked, standard_fen),
        patient: asked.patient_fen.map_or(Part::UNKNOWN, Part::given),
        thresholds: tariff.lines.clone(),
        thresholds_from: tariff.lines_from,
        band: band.ok(),
        band_unknown: band.err(),
        special_review: band == Ok(Band::High),
        text: None,
        notice: text::payment_notice(text::Lang::Zh).to_owned(),
    }
}

impl Part {
    const UNKNOWN: Part = Part { fen: None, origin: PartOrigin::Unknown };

    fn given(fen: Fen) -> Part {
        Part { fen: Some(fen), origin: PartOrigin::Given }
    }
}

/// As given; else the standard less the person's part, where that leaves something.
fn fund(asked: &PaymentCase, standard_fen: Option<Fen>) -> Part {
    if let Some(fen) = asked.fund_fen {
        return Part::given(fen);
    }
    let left = standard_fen.zip(asked.patient_fen).and_then(|(standard, patient)| standard.checked_sub(patient));
    match left.filter(|fen| !fen.is_negative()) {
        Some(fen) => Part { fen: Some(fen), origin: PartOrigin::Computed },
        None => Part::UNKNOWN,
    }
}
