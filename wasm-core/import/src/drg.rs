//! A city's DRG weights out of its spreadsheet.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use anxin_core::Rate;
use anxin_core::drg::layout::Said;
use anxin_core::drg::{PriceTable, Region, Unit, WEIGHT_SCHEMA, WeightData};
use anxin_core::pack::{self, PackError, PackHeader, PackKind};
use anxin_core::rules::Basis;
use anxin_sheets::{Book, SheetError};

use crate::field::Field;
use crate::guess::{Guess, Table, is_drg};
use crate::number::rate;
use crate::quality::Quality;
use crate::report::{Doubt, DoubtKind, Problem, Reason};
use crate::row::Line;

/// What the file does not say.
#[derive(Clone, Debug, Default)]
pub struct DrgOptions {
    /// `shantou-2025`
    pub region: String,
    /// `汕头 2025 年`
    pub name: String,
    /// Ids of the schemes whose groups the weights are of.
    pub schemes: Vec<String>,
    /// Yuan per weight or point, where no column has it.
    pub price: Option<Rate>,
    /// The day of the import, `YYYY-MM-DD`.
    pub edition: String,
}

/// Weights as they were read.
pub struct DrgImport {
    pub data: WeightData,
    pub problems: Vec<Problem>,
    pub doubts: Vec<Doubt>,
    pub quality: Quality,
    edition: String,
}

impl DrgImport {
    /// A pack of weights with this one region, to stand beside those that come with the program.
    pub fn pack(&self) -> Result<Vec<u8>, PackError> {
        let region = self.data.regions.first().map_or("", |region| region.id.as_str());
        let id = format!("drg/weights-{region}");
        let header =
            PackHeader { kind: PackKind::DrgWeights, id, schema: WEIGHT_SCHEMA, edition: self.edition.clone() };
        let payload = postcard::to_allocvec(&self.data).map_err(|_| PackError::BadPayload)?;
        pack::seal(&header, &payload)
    }
}

/// Reads the tables of a book as the guess says.
pub fn import(book: &Book<'_>, guess: &Guess, options: &DrgOptions) -> Result<DrgImport, SheetError> {
    let mut work = Work::default();
    for table in guess.tables.iter().filter(|t| t.columns.contains_key(&Field::Group)) {
        work.points |= is_points(table);
        book.rows(table.sheet, |row| {
            let line = Line { table, row };
            if !line.is_header() {
                work.quality.rows += 1;
                match work.take(&line) {
                    Ok(()) => work.quality.taken += 1,
                    Err(problem) => work.problems.push(problem),
                }
            }
            ControlFlow::Continue(())
        })?;
    }
    let label = if work.points { "点值" } else { "费率" };
    let quoted = work.prices.iter().next().copied().filter(|_| work.prices.len() == 1);
    let price = |yuan, basis| PriceTable { label: label.into(), yuan, basis };
    let prices = match (options.price, quoted) {
        (Some(yuan), _) => vec![price(yuan, Basis::Assumed)],
        (None, Some(yuan)) => vec![price(yuan, Basis::Quoted)],
        (None, None) => Vec::new(),
    };
    let (groups, weights) = work.weights.into_iter().unzip();
    let unit = if work.points { Unit::Points } else { Unit::Weight };
    // Nobody but the bureau knows how far its groups are those of the scheme.
    let region = Region {
        id: options.region.clone(),
        name: Said::same(options.name.clone()),
        schemes: options.schemes.clone(),
        own_groups: false,
        unit,
        weights,
        prices,
    };
    Ok(DrgImport {
        data: WeightData { groups, regions: vec![region] },
        problems: work.problems,
        doubts: work.doubts,
        quality: work.quality,
        edition: options.edition.clone(),
    })
}

/// Whether the column is one of points rather than weights.
fn is_points(table: &Table) -> bool {
    let header = table.columns.get(&Field::Weight).or_else(|| table.columns.get(&Field::Score));
    header
        .and_then(|column| table.headers.get(*column))
        .is_some_and(|text| text.contains("点数") || text.contains("分值"))
}

#[derive(Default)]
struct Work {
    points: bool,
    weights: BTreeMap<String, Option<Rate>>,
    /// Different prices of the rows; one price for all is the region's.
    prices: std::collections::BTreeSet<Rate>,
    problems: Vec<Problem>,
    doubts: Vec<Doubt>,
    quality: Quality,
}

impl Work {
    fn take(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let code = line.code(Field::Group)?.map(|code| code.to_ascii_uppercase());
        let code = code.ok_or_else(|| line.problem(Field::Group, Reason::NoCode))?;
        if !is_drg(&code) && code != "0000" && code != "000P" {
            return Err(line.problem(Field::Group, Reason::NoCode));
        }
        let field = if line.table.columns.contains_key(&Field::Weight) { Field::Weight } else { Field::Score };
        let weight = match line.text(field) {
            Some(text) => Some(rate(text).ok_or_else(|| line.problem(field, Reason::NotANumber))?),
            None => None,
        };
        if let Some(text) = line.text(Field::Price) {
            self.prices.insert(rate(text).ok_or_else(|| line.problem(Field::Price, Reason::NotANumber))?);
        }
        if self.weights.contains_key(&code) {
            self.quality.duplicates += 1;
            return Err(line.problem(Field::Group, Reason::Group(anxin_core::dip::DraftError::Repeated)));
        }
        if weight.is_none() {
            self.quality.without_score += 1;
            let (sheet, row) = (line.table.name.clone(), line.row.number);
            self.doubts.push(Doubt { sheet, row, group: code.clone(), kind: DoubtKind::NoScore });
        }
        self.weights.insert(code, weight);
        Ok(())
    }
}
