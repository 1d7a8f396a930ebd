//! Point values and coefficients of hospitals, out of a table of their own.

use anxin_core::Day;
use anxin_core::dip::layout::Layout;
use anxin_core::dip::{CoefficientValue, DraftError, PointKind, PointValue};
use anxin_core::rules::Basis;
use anxin_sheets::Mark;

use crate::field::Field;
use crate::number::{narrow, rate};
use crate::report::{Problem, Reason};
use crate::row::Line;

/// Takes a row into the head of a catalogue: whose it is, how much, who says so and when. Where a row names no
/// source, the catalogue's holds.
pub(crate) fn take(head: &mut Layout, line: &Line<'_>) -> Result<(), Problem> {
    let label = line.text(Field::Label).ok_or_else(|| line.problem(Field::Label, Reason::NoCode))?.to_owned();
    let of_catalogue = || head.sources.first().map(|source| source.title.clone()).unwrap_or_default();
    let source = line.text(Field::Source).map_or_else(of_catalogue, str::to_owned);
    let date = day(line)?;
    let mut taken = false;
    if let Some(text) = line.text(Field::Price) {
        let yuan = rate(text).ok_or_else(|| line.problem(Field::Price, Reason::NotANumber))?;
        if head.points.iter().any(|known| known.label == label) {
            return Err(line.problem(Field::Label, Reason::Group(DraftError::Repeated)));
        }
        let (label, source, kind) = (label.clone(), source.clone(), kind(line));
        head.points.push(PointValue { label, yuan, kind, basis: Basis::Quoted, source, date });
        taken = true;
    }
    if let Some((column, text)) = line.table.coefficients.iter().find_map(|at| Some((*at, line.at(*at)?))) {
        let wrong = |reason| line.problem_at(column, Field::Coefficient, reason);
        let coefficient = rate(text).ok_or_else(|| wrong(Reason::NotANumber))?;
        if head.coefficients.iter().any(|known| known.label == label) {
            return Err(line.problem(Field::Label, Reason::Group(DraftError::Repeated)));
        }
        head.coefficients.push(CoefficientValue { label, coefficient, source, date });
        taken = true;
    }
    if taken { Ok(()) } else { Err(line.problem(Field::Price, Reason::NotANumber)) }
}

/// What the header says of the value; without a word it is a forecast, which claims least.
fn kind(line: &Line<'_>) -> PointKind {
    let header = line.table.columns.get(&Field::Price).and_then(|at| line.table.headers.get(*at));
    match header.map_or("", String::as_str) {
        text if text.contains("结算") || text.contains("清算") => PointKind::Settled,
        text if text.contains("预算") => PointKind::Budget,
        _ => PointKind::Forecast,
    }
}

/// `2025-03-01`, `2025/3/1`, `2025年3月1日`.
fn day(line: &Line<'_>) -> Result<Option<Day>, Problem> {
    let Some(text) = line.text(Field::Date) else { return Ok(None) };
    let wrong = || line.problem(Field::Date, Reason::NotADate);
    if line.mark(Field::Date) == Some(Mark::Error) {
        return Err(wrong());
    }
    let plain: String = text.chars().filter_map(narrow).collect();
    let parts: Vec<&str> = plain.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect();
    let [year, month, day] = parts[..] else { return Err(wrong()) };
    Day::parse(&format!("{year}-{month:0>2}-{day:0>2}")).map(Some).ok_or_else(wrong)
}
