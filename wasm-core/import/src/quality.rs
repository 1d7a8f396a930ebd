//! What a catalogue looks like as a whole: codes that the insurance edition does not have, and scores that do
//! not go with their costs.

use anxin_core::code::{ClinicalMap, Code, Dictionary, System};
use anxin_core::{Fen, Rate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::report::{Doubt, DoubtKind};

/// The editions that codes are checked against. Without one, codes are taken as they stand.
#[derive(Clone, Copy, Default)]
pub struct Editions<'e> {
    pub diagnoses: Option<&'e Dictionary>,
    pub operations: Option<&'e Dictionary>,
    pub clinical: Option<&'e ClinicalMap>,
}

/// Counts over a whole import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quality {
    pub rows: usize,
    pub taken: usize,
    /// Rows whose code had been there before.
    pub duplicates: usize,
    /// Different codes that the insurance edition does not have.
    pub unknown_codes: usize,
    /// Codes that were mapped from the clinical edition.
    pub mapped: usize,
    pub without_score: usize,
    pub out_of_line: usize,
    /// Whether codes were checked at all.
    pub checked: bool,
}

/// What an edition says of a code.
pub(crate) enum Known {
    Yes,
    Mapped(Code),
    No,
}

impl Editions<'_> {
    pub(crate) fn operation(&self, code: &Code) -> Known {
        let Some(dictionary) = self.operations else { return Known::Yes };
        if dictionary.find_code(code).is_some() {
            return Known::Yes;
        }
        let mapped = self.clinical.and_then(|map| map.insurance(System::Operation, code.as_str().as_bytes()));
        mapped.filter(|code| dictionary.find_code(code).is_some()).map_or(Known::No, Known::Mapped)
    }

    /// Whether some diagnosis of the edition lies under a key: the code itself, or one that it begins.
    pub(crate) fn diagnosis(&self, key: &Code) -> bool {
        let Some(dictionary) = self.diagnoses else { return true };
        let text = key.as_str();
        let entries = dictionary.entries();
        let at = entries.partition_point(|e| e.code.as_str() < text);
        entries.get(at).is_some_and(|e| e.code.as_str().starts_with(text))
    }
}

/// A row that has both a score and a mean cost.
pub(crate) struct Costed {
    pub sheet: String,
    pub row: u32,
    pub group: String,
    pub score: Rate,
    pub mean: Fen,
}

/// How many times a score may lie from what its cost suggests.
const OUT_OF_LINE: u64 = 3;

/// Scores against mean costs: points per yuan lie near one figure throughout a catalogue, so what is more than
/// three times away from the median is doubtful.
pub(crate) fn out_of_line(rows: &[Costed], doubts: &mut Vec<Doubt>) -> usize {
    let ratio = |row: &Costed| row.score.get().checked_div(row.mean.to_decimal());
    let mut ratios: Vec<Decimal> = rows.iter().filter_map(ratio).collect();
    ratios.sort();
    let Some(median) = ratios.get(ratios.len() / 2).copied().filter(|_| ratios.len() >= ROWS_NEEDED) else { return 0 };
    // Points per thousand yuan, for people.
    let shown = |ratio: Decimal| ratio.checked_mul(100_000.into()).map_or(String::new(), |r| r.round_dp(2).to_string());
    let mut found = 0;
    let times = Decimal::from(OUT_OF_LINE);
    for row in rows {
        let Some(own) = ratio(row) else { continue };
        let most = median.checked_mul(times);
        if most.is_some_and(|most| own > most) || own.checked_mul(times).is_some_and(|own| own < median) {
            found += 1;
            let kind = DoubtKind::ScoreOutOfLine { found: shown(own), usual: shown(median) };
            doubts.push(Doubt { sheet: row.sheet.clone(), row: row.row, group: row.group.clone(), kind });
        }
    }
    found
}

/// Fewer rows than this have no median worth the name.
const ROWS_NEEDED: usize = 20;
