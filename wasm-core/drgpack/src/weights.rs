//! The pack of weights and rates.

use std::path::Path;

use anxin_core::Rate;
use anxin_core::drg::{PriceTable, Region, Unit, WEIGHT_SCHEMA, WeightData};
use anxin_core::pack::PackKind;
use anxin_core::rules::Basis;

use crate::lint::{Defect, Lint, Lints};
use crate::sealed;
use crate::source::text;
use crate::table::Table;

const WEIGHTS: &str = "payment/weights.tsv";
const RATES: &str = "payment/rates.tsv";
const REGIONS: &str = "payment/regions.tsv";

/// Compiles weights (one row per group, one column per region and year) and rates.
pub fn weights(root: &Path) -> Result<Vec<u8>, Vec<Lint>> {
    let read = |file: &str| text(root, file).map_err(|lint| vec![lint]);
    let (weights, rates, regions) = (read(WEIGHTS)?, read(RATES)?, read(REGIONS)?);
    let mut lints = Lints::default();
    let data = tables(&weights, &rates, &regions, &mut lints);
    sealed(PackKind::DrgWeights, "drg/weights".into(), WEIGHT_SCHEMA, "2023-12-31", &data, lints)
}

fn tables(weights: &str, rates: &str, regions: &str, lints: &mut Lints) -> WeightData {
    let regions = Table::parse(REGIONS, regions, &["region", "unit"], lints);
    regions.unique(lints);
    let header: Vec<&str> = std::iter::once("group").chain(regions.rows.iter().map(|row| row[0].as_str())).collect();
    let weights = Table::parse(WEIGHTS, weights, &header, lints);
    weights.unique(lints);
    let prices = Table::parse(RATES, rates, &["region", "label", "yuan", "basis"], lints);
    for row in &prices.rows {
        if !regions.rows.iter().any(|region| region[0] == row[0]) {
            lints.add(RATES, &row[0], Defect::UnknownGroup(row[0].clone()));
        }
    }
    let groups: Vec<String> = weights.rows.iter().map(|row| row[0].clone()).collect();
    if !groups.is_sorted() {
        lints.add(WEIGHTS, "", Defect::NotACode);
    }
    let mut region = |(column, row): (usize, &Vec<String>)| Region {
        id: row[0].clone(),
        unit: unit(&row[1], lints),
        weights: weights.rows.iter().map(|w| weight(&w[0], &w[column + 1], lints)).collect(),
        prices: prices.rows.iter().filter(|p| p[0] == row[0]).filter_map(|p| price(p, lints)).collect(),
    };
    let regions = regions.rows.iter().enumerate().map(&mut region).collect();
    WeightData { groups, regions }
}

fn unit(text: &str, lints: &mut Lints) -> Unit {
    match text {
        "weight" => Unit::Weight,
        "points" => Unit::Points,
        other => {
            lints.add(REGIONS, other, Defect::NotANumber(other.into()));
            Unit::Weight
        }
    }
}

fn weight(group: &str, text: &str, lints: &mut Lints) -> Option<Rate> {
    if text.is_empty() {
        return None;
    }
    let rate = Rate::parse(text).filter(|rate| !rate.is_zero());
    if rate.is_none() {
        lints.add(WEIGHTS, group, Defect::NotANumber(text.into()));
    }
    rate
}

fn price(row: &[String], lints: &mut Lints) -> Option<PriceTable> {
    let basis = match row[3].as_str() {
        "quoted" => Some(Basis::Quoted),
        "derived" => Some(Basis::Derived),
        "assumed" => Some(Basis::Assumed),
        _ => None,
    };
    let found = Rate::parse(&row[2]).zip(basis);
    if found.is_none() {
        lints.add(RATES, &row[0], Defect::NotANumber(format!("{} {}", row[2], row[3])));
    }
    found.map(|(yuan, basis)| PriceTable { label: row[1].clone(), yuan, basis })
}
