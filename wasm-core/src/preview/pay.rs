//! What a group is paid, as three figures that are never one: 支付标准, 医保基金应付, 个人负担.

use serde::{Deserialize, Serialize};

use super::case::PaymentCase;
use super::shelf::Shelf;
use crate::drg::layout::Said;
use crate::drg::{Band, PriceTable, Region, Thresholds, Unit, WeightBook, classify, standard};
use crate::error::{Refusal, RefusalCode};
use crate::money::{Fen, Rate};
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
    /// Weight or points of the group.
    pub weight: Option<Rate>,
    /// Yuan for one weight or point.
    pub yuan: Rate,
    pub coefficient: Rate,
    /// 支付标准.
    pub standard_fen: Option<Fen>,
    /// Why there is no standard, where there is none.
    pub unpaid: Option<Unpaid>,
    /// How the price was had.
    pub basis: Basis,
    /// 医疗费总额, as given.
    pub cost_fen: Option<Fen>,
    /// 医保基金应付.
    pub fund: Part,
    /// 个人负担.
    pub patient: Part,
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
    /// The product is too large to be an amount.
    OutOfRange,
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

/// A region's weights with one of its prices.
#[derive(Clone, Copy, Debug)]
pub struct Tariff<'a> {
    pub book: &'a WeightBook,
    pub region: &'a Region,
    pub price: &'a PriceTable,
}

impl<'a> Tariff<'a> {
    /// The table that a case asks for, if it is of the scheme: one of another scheme has other groups under the
    /// same codes.
    pub fn asked(shelf: &'a Shelf, scheme: &str, asked: &PaymentCase) -> Result<Tariff<'a>, Refusal> {
        let tariff = Tariff::find(shelf, &asked.region, &asked.price).map_err(|r| r.within("payment"))?;
        if !tariff.region.is_of(scheme) {
            return Err(Refusal::new(RefusalCode::WeightsOfOther, "scheme", tariff.region.schemes.join(", ")));
        }
        Ok(tariff)
    }

    fn find(shelf: &'a Shelf, region: &str, price: &str) -> Result<Tariff<'a>, Refusal> {
        let found = shelf.weights().find_map(|book| Some((book, book.region(region)?)));
        let (book, region) = found.ok_or_else(|| {
            let known: Vec<&str> =
                shelf.weights().flat_map(WeightBook::regions).map(|region| region.id.as_str()).collect();
            Refusal::new(RefusalCode::UnknownRegion, "region", known.join(", "))
        })?;
        let price = region.prices.iter().find(|p| p.label == price).ok_or_else(|| {
            let known: Vec<&str> = region.prices.iter().map(|p| p.label.as_str()).collect();
            Refusal::new(RefusalCode::UnknownPrice, "price", known.join(", "))
        })?;
        Ok(Tariff { book, region, price })
    }
}

/// What the group is paid by a tariff; `group` is the group's code, where there is one.
pub(super) fn payment(tariff: &Tariff<'_>, asked: &PaymentCase, group: Option<&str>) -> PaymentOut {
    let weight = group.and_then(|group| tariff.book.weight(tariff.region, group));
    let standard_fen = weight.and_then(|weight| standard(weight, tariff.price.yuan, asked.coefficient));
    let unpaid = match (group, weight, standard_fen) {
        (None, ..) => Some(Unpaid::NotGrouped),
        (_, None, _) => Some(Unpaid::NoWeight),
        (.., None) => Some(Unpaid::OutOfRange),
        _ => None,
    };
    let band = band(asked.cost_fen, asked.thresholds.as_ref(), standard_fen.zip(weight));
    PaymentOut {
        region: asked.region.clone(),
        region_name: tariff.region.name.clone(),
        own_groups: tariff.region.own_groups,
        price: asked.price.clone(),
        unit: tariff.region.unit,
        weight,
        yuan: tariff.price.yuan,
        coefficient: asked.coefficient,
        standard_fen,
        unpaid,
        basis: tariff.price.basis,
        cost_fen: asked.cost_fen,
        fund: fund(asked, standard_fen),
        patient: asked.patient_fen.map_or(Part::UNKNOWN, Part::given),
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

/// The band of a cost; `paid` is the standard and the weight that it came from.
pub(super) fn band(
    cost: Option<Fen>,
    lines: Option<&Thresholds>,
    paid: Option<(Fen, Rate)>,
) -> Result<Band, BandUnknown> {
    let (standard_fen, weight) = paid.ok_or(BandUnknown::NoStandard)?;
    let cost = cost.ok_or(BandUnknown::NoCost)?;
    let lines = lines.ok_or(BandUnknown::NoThresholds)?;
    classify(cost, standard_fen, weight, lines).ok_or(BandUnknown::NoLine)
}
