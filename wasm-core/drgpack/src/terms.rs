//! What a region's payment depends on beside weights and prices: coefficients by level, standards that its table
//! prints itself, the lines of 高倍率 and 低倍率, and remarks on single groups.

use std::collections::BTreeSet;

use anxin_core::drg::layout::Said;
use anxin_core::drg::{Level, Lines, Remark};
use anxin_core::{Fen, Rate};

use crate::lint::{Defect, Lints};
use crate::table::Table;
use crate::weights::basis;

pub(crate) const LEVELS: &str = "payment/levels.tsv";
pub(crate) const LINES: &str = "payment/lines.tsv";
pub(crate) const PRINTED: &str = "payment/printed.tsv";
pub(crate) const REMARKS: &str = "payment/remarks.tsv";

/// Stands for every group that has no row of its own.
const ALL: &str = "*";

pub(crate) struct Terms {
    levels: Table,
    lines: Table,
    printed: Table,
    remarks: Table,
}

/// The tables as they are written.
pub(crate) struct TermTexts {
    pub levels: String,
    pub lines: String,
    pub printed: String,
    pub remarks: String,
}

impl Terms {
    pub fn read(texts: &TermTexts, found: &mut Lints) -> Terms {
        let TermTexts { levels, lines, printed, remarks } = texts;
        Terms {
            levels: Table::parse(LEVELS, levels, &["region", "level", "group", "coefficient"], found),
            lines: Table::parse(LINES, lines, &["region", "low", "weight_up_to", "high", "basis"], found),
            printed: Table::parse(PRINTED, printed, &["region", "label", "group", "yuan"], found),
            remarks: Table::parse(REMARKS, remarks, &["region", "remark_zh", "remark", "applied", "groups"], found),
        }
    }

    /// Every region that is named, with the file that names it.
    pub fn regions(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let levels = self.levels.rows.iter().map(|row| (LEVELS, &row[0]));
        let lines = self.lines.rows.iter().map(|row| (LINES, &row[0]));
        let remarks = self.remarks.rows.iter().map(|row| (REMARKS, &row[0]));
        levels.chain(lines).chain(remarks).chain(self.printed.rows.iter().map(|row| (PRINTED, &row[0])))
    }

    /// The region and the price of every printed standard.
    pub fn printed_prices(&self) -> impl Iterator<Item = (&String, &String)> {
        self.printed.rows.iter().map(|row| (&row[0], &row[1]))
    }

    /// The standards that a region prints beside one of its prices, by group.
    pub fn printed(
        &self,
        region: &str,
        label: &str,
        weighed: &BTreeSet<&str>,
        lints: &mut Lints,
    ) -> Vec<(String, Fen)> {
        let mut printed: Vec<(String, Fen)> = Vec::new();
        for row in self.printed.rows.iter().filter(|row| row[0] == region && row[1] == label) {
            let group = &row[2];
            if !weighed.contains(group.as_str()) {
                lints.add(PRINTED, region, Defect::UnknownGroup(group.clone()));
            }
            if printed.last().is_some_and(|(before, _)| before >= group) {
                lints.add(PRINTED, format!("{region} {label} {group}"), Defect::Repeated);
            }
            match Fen::parse_yuan(&row[3]).filter(|fen| *fen > Fen::ZERO) {
                Some(fen) => printed.push((group.clone(), fen)),
                None => lints.add(PRINTED, group, Defect::NotANumber(row[3].clone())),
            }
        }
        printed
    }

    /// The levels of a region in the order of the table; `weighed` are the groups that it has a weight for.
    pub fn levels(&self, region: &str, weighed: &BTreeSet<&str>, lints: &mut Lints) -> Vec<Level> {
        let mut levels: Vec<Level> = Vec::new();
        for row in self.levels.rows.iter().filter(|row| row[0] == region) {
            let (label, group) = (&row[1], &row[2]);
            let Some(rate) = Rate::parse(&row[3]).filter(|rate| !rate.is_zero()) else {
                lints.add(LEVELS, region, Defect::NotANumber(row[3].clone()));
                continue;
            };
            if group != ALL && !weighed.contains(group.as_str()) {
                lints.add(LEVELS, region, Defect::UnknownGroup(group.clone()));
            }
            let at = levels.iter().position(|level| level.label == *label).unwrap_or(levels.len());
            if at == levels.len() {
                levels.push(Level { label: label.clone(), usual: None, groups: Vec::new() });
            }
            let level = &mut levels[at];
            let repeated = match group.as_str() {
                ALL => level.usual.replace(rate).is_some(),
                _ => level.groups.last().is_some_and(|(before, _)| before >= group),
            };
            if repeated {
                lints.add(LEVELS, format!("{region} {label} {group}"), Defect::Repeated);
            }
            if group != ALL {
                level.groups.push((group.clone(), rate));
            }
        }
        levels
    }

    /// The lines of a region, the lightest weight first.
    pub fn lines(&self, region: &str, lints: &mut Lints) -> Option<Lines> {
        let mut found: Option<Lines> = None;
        for row in self.lines.rows.iter().filter(|row| row[0] == region) {
            let weight_up_to = Rate::parse(&row[2]);
            let read = Rate::parse(&row[1]).zip(Rate::parse(&row[3])).zip(basis(&row[4]));
            let Some(((low, multiple), basis)) = read.filter(|_| row[2].is_empty() || weight_up_to.is_some()) else {
                lints.add(LINES, region, Defect::NotANumber(row[1..].join(" ")));
                continue;
            };
            let lines = found.get_or_insert_with(|| Lines { low, high: Vec::new(), basis });
            lines.high.push((weight_up_to, multiple));
        }
        found
    }

    /// The remarks of a region in the order of the table; `known` are the groups of all tables of weights.
    pub fn remarks(&self, region: &str, known: &[String], lints: &mut Lints) -> Vec<Remark> {
        let mut remark = |row: &Vec<String>| {
            let groups: Vec<String> = row[4].split(' ').map(str::to_owned).collect();
            for unknown in groups.iter().filter(|group| known.binary_search(group).is_err()) {
                lints.add(REMARKS, region, Defect::UnknownGroup(unknown.clone()));
            }
            if !groups.is_sorted_by(|a, b| a < b) {
                lints.add(REMARKS, format!("{region} {}", row[1]), Defect::Repeated);
            }
            if !["", "yes"].contains(&row[3].as_str()) {
                lints.add(REMARKS, region, Defect::UnknownKind(row[3].clone()));
            }
            let text = Said { zh: row[1].clone(), en: row[2].clone() };
            Remark { text, applied: row[3] == "yes", groups }
        };
        self.remarks.rows.iter().filter(|row| row[0] == region).map(&mut remark).collect()
    }
}
