//! A city's DRG weights, and its own groups, out of its spreadsheet.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use anxin_core::Rate;
use anxin_core::drg::layout::Said;
use anxin_core::drg::{Level, PriceTable, Region, Unit, WEIGHT_SCHEMA, WeightData};
use anxin_core::pack::{self, PackError, PackHeader, PackKind};
use anxin_core::rules::Basis;
use anxin_sheets::{Book, SheetError};

use crate::field::Field;
use crate::guess::{Guess, Table, is_drg};
use crate::local::{LocalGroup, Overlay};
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
    /// Ids of the schemes whose groups the weights are of, where the city has none of its own.
    pub schemes: Vec<String>,
    /// Yuan per weight or point, where no column has it.
    pub price: Option<Rate>,
    /// The day of the import, `YYYY-MM-DD`.
    pub edition: String,
}

/// Weights as they were read.
pub struct DrgImport {
    pub data: WeightData,
    /// The base with the city's own groups, where it has any that are understood.
    pub overlay: Option<Overlay>,
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

    /// A pack of the scheme with the city's own groups, where it has any.
    pub fn scheme_pack(&self) -> Result<Option<Vec<u8>>, PackError> {
        self.overlay.as_ref().map(|overlay| overlay.pack(&self.edition)).transpose()
    }
}

/// Reads the tables of a book as the guess says. With the pack of a scheme as `base`, groups that it does not have
/// are laid over it.
pub fn import(
    book: &Book<'_>,
    guess: &Guess,
    options: &DrgOptions,
    base: Option<&[u8]>,
) -> Result<DrgImport, SheetError> {
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
    let overlay = base.and_then(|base| work.lay_over(base, options));
    let data = work.weights(options, overlay.is_some());
    let (problems, doubts, quality) = (work.problems, work.doubts, work.quality);
    Ok(DrgImport { data, overlay, problems, doubts, quality, edition: options.edition.clone() })
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
    groups: Vec<LocalGroup>,
    weights: BTreeMap<String, Option<Rate>>,
    /// 床日: groups whose weight is of a day.
    bed_days: BTreeSet<String>,
    /// By the level of hospitals, in the order of the columns, and by group.
    levels: Vec<(String, BTreeMap<String, Rate>)>,
    /// Different prices of the rows; one price for all is the region's.
    prices: BTreeSet<Rate>,
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
        let number = |field: Field, text: &str| rate(text).ok_or_else(|| line.problem(field, Reason::NotANumber));
        let weight = line.text(field).map(|text| number(field, text)).transpose()?;
        let price = line.text(Field::Price).map(|text| number(Field::Price, text)).transpose()?;
        let levels = self.coefficients(line)?;
        if self.weights.contains_key(&code) {
            self.quality.duplicates += 1;
            return Err(line.problem(Field::Group, Reason::Group(anxin_core::dip::DraftError::Repeated)));
        }
        let (sheet, row) = (line.table.name.clone(), line.row.number);
        if weight.is_none() {
            self.quality.without_score += 1;
            self.doubts.push(Doubt { sheet: sheet.clone(), row, group: code.clone(), kind: DoubtKind::NoScore });
        }
        self.prices.extend(price);
        for (level, rate) in levels {
            self.level(level).insert(code.clone(), rate);
        }
        if line.text(Field::Kind).is_some_and(|word| word.contains("床日")) {
            self.bed_days.insert(code.clone());
        }
        if is_drg(&code) {
            let name = line.text(Field::GroupName).unwrap_or_default().to_owned();
            let condition = line.text(Field::Condition).map(str::to_owned);
            self.groups.push(LocalGroup { sheet, row, code: code.clone(), name, condition });
        }
        self.weights.insert(code, weight);
        Ok(())
    }

    /// The coefficients of a row by level.
    fn coefficients(&self, line: &Line<'_>) -> Result<Vec<(String, Rate)>, Problem> {
        let read = |column: &usize| {
            let text = line.at(*column)?;
            let rate = rate(text).ok_or_else(|| line.problem_at(*column, Field::Coefficient, Reason::NotANumber));
            Some(rate.map(|rate| (line.table.level(*column), rate)))
        };
        line.table.coefficients.iter().filter_map(read).collect()
    }

    fn level(&mut self, label: String) -> &mut BTreeMap<String, Rate> {
        let at = self.levels.iter().position(|(known, _)| *known == label).unwrap_or(self.levels.len());
        if at == self.levels.len() {
            self.levels.push((label, BTreeMap::new()));
        }
        &mut self.levels[at].1
    }

    /// The base with the city's groups; what cannot be laid is doubted. `None` where nothing is laid.
    fn lay_over(&mut self, base: &[u8], options: &DrgOptions) -> Option<Overlay> {
        let overlay = Overlay::over(base, &options.region, &options.name, &self.groups).ok()?;
        for unlaid in &overlay.unlaid {
            let Some(group) = self.groups.get(unlaid.at) else { continue };
            let (sheet, row, group) = (group.sheet.clone(), group.row, group.code.clone());
            self.doubts.push(Doubt { sheet, row, group, kind: DoubtKind::NotLaid { why: unlaid.why.clone() } });
        }
        (!overlay.replaced.is_empty()).then_some(overlay)
    }

    fn weights(&mut self, options: &DrgOptions, own_scheme: bool) -> WeightData {
        let label = if self.points { "点值" } else { "费率" };
        let quoted = self.prices.iter().next().copied().filter(|_| self.prices.len() == 1);
        let price = |yuan, basis| PriceTable { label: label.into(), yuan, basis, printed: Vec::new() };
        let prices = match (options.price, quoted) {
            (Some(yuan), _) => vec![price(yuan, Basis::Assumed)],
            (None, Some(yuan)) => vec![price(yuan, Basis::Quoted)],
            (None, None) => Vec::new(),
        };
        let levels = std::mem::take(&mut self.levels).into_iter().map(|(label, groups)| self.settled(label, groups));
        let levels = levels.collect();
        let (groups, weights) = std::mem::take(&mut self.weights).into_iter().unzip();
        // Nobody but the bureau knows how far its groups are those of the scheme.
        let region = Region {
            id: options.region.clone(),
            name: Said::same(options.name.clone()),
            schemes: if own_scheme { vec![options.region.clone()] } else { options.schemes.clone() },
            own_groups: false,
            unit: if self.points { Unit::Points } else { Unit::Weight },
            weights,
            bed_days: std::mem::take(&mut self.bed_days).into_iter().collect(),
            prices,
            levels,
            lines: None,
            remarks: Vec::new(),
        };
        WeightData { groups, regions: vec![region] }
    }

    /// A level with its one coefficient, where every group has the same.
    fn settled(&self, label: String, groups: BTreeMap<String, Rate>) -> Level {
        let different: BTreeSet<Rate> = groups.values().copied().collect();
        let usual = different.first().copied().filter(|_| different.len() == 1 && groups.len() == self.weights.len());
        let groups = if usual.is_some() { Vec::new() } else { groups.into_iter().collect() };
        Level { label, usual, groups }
    }
}
