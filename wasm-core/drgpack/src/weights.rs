//! The pack of weights and rates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anxin_core::drg::layout::Said;
use anxin_core::drg::{PriceTable, Region, Unit, WEIGHT_SCHEMA, WeightData};
use anxin_core::pack::PackKind;
use anxin_core::rules::Basis;
use anxin_core::{Fen, Rate};

use crate::lint::{Defect, Lint, Lints};
use crate::source::text;
use crate::table::Table;
use crate::terms::{LEVELS, LINES, PRINTED, REMARKS, TermTexts, Terms};
use crate::{SCHEMES, sealed};

const WEIGHTS: &str = "payment/weights.tsv";
const RATES: &str = "payment/rates.tsv";
const REGIONS: &str = "payment/regions.tsv";

/// The tables as they are written.
struct Texts {
    weights: String,
    rates: String,
    regions: String,
    terms: TermTexts,
}

/// Compiles weights (one row per group, one column per region and year) and rates.
pub fn weights(root: &Path) -> Result<Vec<u8>, Vec<Lint>> {
    let read = |file: &str| text(root, file).map_err(|lint| vec![lint]);
    let texts = Texts {
        weights: read(WEIGHTS)?,
        rates: read(RATES)?,
        regions: read(REGIONS)?,
        terms: TermTexts {
            levels: read(LEVELS)?,
            lines: read(LINES)?,
            printed: read(PRINTED)?,
            remarks: read(REMARKS)?,
        },
    };
    let mut lints = Lints::default();
    let data = tables(&texts, &schemes(root)?, &mut lints);
    sealed(PackKind::DrgWeights, "drg/weights".into(), WEIGHT_SCHEMA, "2023-12-31", &data, lints)
}

/// The groups of each scheme.
type Schemes = BTreeMap<&'static str, BTreeSet<String>>;

fn schemes(root: &Path) -> Result<Schemes, Vec<Lint>> {
    let groups = |scheme: &'static str| {
        let drg = text(root, &format!("{scheme}/drg.tsv")).map_err(|lint| vec![lint])?;
        let codes = drg.lines().skip(1).filter_map(|line| line.split('\t').next());
        Ok((scheme, codes.map(str::to_owned).collect()))
    };
    SCHEMES.into_iter().map(groups).collect()
}

fn tables(texts: &Texts, schemes: &Schemes, lints: &mut Lints) -> WeightData {
    let regions = Table::parse(REGIONS, &texts.regions, &["region", "name_zh", "name", "schemes", "unit"], lints);
    regions.unique(lints);
    let header: Vec<&str> = std::iter::once("group").chain(regions.rows.iter().map(|row| row[0].as_str())).collect();
    let weights = Table::parse(WEIGHTS, &texts.weights, &header, lints);
    weights.unique(lints);
    let prices = Table::parse(RATES, &texts.rates, &["region", "label", "yuan", "basis"], lints);
    let terms = Terms::read(&texts.terms, lints);
    for (file, region) in terms.regions().chain(prices.rows.iter().map(|row| (RATES, &row[0]))) {
        if !regions.rows.iter().any(|known| known[0] == *region) {
            lints.add(file, region, Defect::UnknownGroup(region.clone()));
        }
    }
    for (region, label) in terms.printed_prices() {
        if !prices.rows.iter().any(|known| known[0] == *region && known[1] == *label) {
            lints.add(PRINTED, region, Defect::UnknownGroup(label.clone()));
        }
    }
    let groups: Vec<String> = weights.rows.iter().map(|row| row[0].clone()).collect();
    if !groups.is_sorted() {
        lints.add(WEIGHTS, "", Defect::NotACode);
    }
    let mut region = |(column, row): (usize, &Vec<String>)| Region {
        id: row[0].clone(),
        name: Said { zh: row[1].clone(), en: row[2].clone() },
        schemes: of_schemes(&row[0], &row[3], schemes, lints),
        own_groups: has_own_groups(weights.rows.iter().filter(|w| !w[column + 1].is_empty()), &row[3], schemes),
        unit: unit(&row[4], lints),
        weights: weights.rows.iter().map(|w| weight(&w[0], &w[column + 1], lints)).collect(),
        bed_days: Vec::new(),
        levels: terms.levels(&row[0], &weighed(&weights, column), lints),
        lines: terms.lines(&row[0], lints),
        remarks: terms.remarks(&row[0], &groups, lints),
        prices: prices
            .rows
            .iter()
            .filter(|p| p[0] == row[0])
            .filter_map(|p| price(p, terms.printed(&row[0], &p[1], &weighed(&weights, column), lints), lints))
            .collect(),
    };
    let regions = regions.rows.iter().enumerate().map(&mut region).collect();
    WeightData { groups, regions }
}

/// The groups that a region has a weight for.
fn weighed(weights: &Table, column: usize) -> BTreeSet<&str> {
    weights.rows.iter().filter(|w| !w[column + 1].is_empty()).map(|w| w[0].as_str()).collect()
}

fn of_schemes(region: &str, text: &str, schemes: &Schemes, lints: &mut Lints) -> Vec<String> {
    let named: Vec<String> = text.split('|').map(str::to_owned).collect();
    for unknown in named.iter().filter(|scheme| !schemes.contains_key(scheme.as_str())) {
        lints.add(REGIONS, region, Defect::UnknownScheme(unknown.clone()));
    }
    named
}

/// Whether a table has groups that its schemes do not. What is in no group, and the ambiguity groups, which a
/// setting of the scheme decides about, are not asked for.
fn has_own_groups<'a>(mut rows: impl Iterator<Item = &'a Vec<String>>, named: &str, schemes: &Schemes) -> bool {
    rows.any(|row| {
        let group = row[0].as_str();
        let known = named.split('|').any(|scheme| schemes.get(scheme).is_some_and(|groups| groups.contains(group)));
        !known && !group.starts_with("000") && !group.ends_with("QY")
    })
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

pub(crate) fn basis(word: &str) -> Option<Basis> {
    match word {
        "quoted" => Some(Basis::Quoted),
        "derived" => Some(Basis::Derived),
        "assumed" => Some(Basis::Assumed),
        _ => None,
    }
}

fn price(row: &[String], printed: Vec<(String, Fen)>, lints: &mut Lints) -> Option<PriceTable> {
    let found = Rate::parse(&row[2]).zip(basis(&row[3]));
    if found.is_none() {
        lints.add(RATES, &row[0], Defect::NotANumber(format!("{} {}", row[2], row[3])));
    }
    found.map(|(yuan, basis)| PriceTable { label: row[1].clone(), yuan, basis, printed })
}
