//! A table in figures.

use std::collections::BTreeMap;

use anxin_core::Rate;
use anxin_core::dip::{Band, Path, Score};
use anxin_core::drg::Status;
use anxin_core::drg::layout::Said;
use serde::{Deserialize, Serialize};

use super::scatter::Scatter;
use super::task::ReasonKind;

/// Most departments that are told apart.
const DEPARTMENTS_MAX: usize = 300;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub rows: u32,
    pub grouped: u32,
    /// Stays with charges that stand twice and no row of their own.
    pub fees_elsewhere: u32,
    pub ungrouped: u32,
    pub ambiguous: u32,
    pub failed: u32,
    /// Rows in which an MCC counts, and rows in which only a CC does.
    pub mcc: u32,
    pub cc: u32,
    /// Rows whose group has a weight, and their sum.
    pub weighted: u32,
    pub weight: Rate,
    /// Rows with a standard of whose group the region's table says something that is not applied.
    pub remarked: u32,
    /// Whether the region counts in points.
    pub points: bool,
    pub reasons: BTreeMap<ReasonKind, u32>,
    pub departments: BTreeMap<String, Department>,
    /// Groups and how many rows each has.
    pub groups: BTreeMap<String, u32>,
    /// What only a DIP catalogue has.
    pub dip: Option<Dip>,
}

/// A table by a DIP catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dip {
    /// What has to stand beside every result.
    pub notice: Option<Said>,
    /// Rows by the layer that took them, under the codes of [`Path`].
    pub paths: BTreeMap<String, u32>,
    pub low: u32,
    pub normal: u32,
    pub high: u32,
    /// Rows that have a score, and the sum of their scores.
    pub scored: u32,
    pub score: Rate,
    pub scatter: Scatter,
}

impl Dip {
    pub fn count(&mut self, path: Path, scored: Option<&Score>) {
        *self.paths.entry(path.code().to_owned()).or_default() += 1;
        let Some(scored) = scored else { return };
        match scored.band {
            Some(Band::Low) => self.low += 1,
            Some(Band::Normal) => self.normal += 1,
            Some(Band::High) => self.high += 1,
            None => {}
        }
        if let Some(score) = scored.case_score {
            self.scored += 1;
            self.score = Rate::new(self.score.get().saturating_add(score.get()));
        }
        if let Some((score, ratio)) = scored.group_score.zip(scored.ratio) {
            self.scatter.add(score, ratio);
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    pub rows: u32,
    pub grouped: u32,
    /// Rows of which both cost and standard are known, and their sums.
    pub paid: u32,
    pub cost_fen: i64,
    pub standard_fen: i64,
}

impl Summary {
    pub fn count(&mut self, status: Status) {
        self.rows += 1;
        let counter = match status {
            Status::Grouped => &mut self.grouped,
            Status::Ungrouped => &mut self.ungrouped,
            Status::Ambiguous => &mut self.ambiguous,
            Status::CheckFailed => &mut self.failed,
        };
        *counter += 1;
    }

    /// The department of a row; those that come after too many others share one without a name.
    pub fn department(&mut self, name: &str) -> &mut Department {
        let known = self.departments.contains_key(name) || self.departments.len() < DEPARTMENTS_MAX;
        self.departments.entry(if known { name.to_owned() } else { String::new() }).or_default()
    }

    pub fn weigh(&mut self, weight: Rate) {
        self.weighted += 1;
        self.weight = Rate::new(self.weight.get() + weight.get());
    }

    /// CMI: the weights of the rows that have one, over their number.
    pub fn case_mix(&self) -> Option<String> {
        let mean = self.weight.get().checked_div(self.weighted.into())?;
        Some(mean.round_dp(4).to_string()).filter(|_| !self.points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_mix_is_the_mean_weight() {
        let mut summary = Summary::default();
        assert_eq!(summary.case_mix(), None);
        for weight in ["1.2", "0.9", "0.6001"] {
            summary.weigh(Rate::parse(weight).unwrap());
        }
        assert_eq!(summary.case_mix().as_deref(), Some("0.9000"));
        summary.points = true;
        assert_eq!(summary.case_mix(), None);
    }

    #[test]
    fn there_is_an_end_to_departments() {
        let mut summary = Summary::default();
        for n in 0..1000 {
            summary.department(&n.to_string()).rows += 1;
        }
        assert_eq!(summary.departments.len(), DEPARTMENTS_MAX + 1);
        assert_eq!(summary.departments.values().map(|d| d.rows).sum::<u32>(), 1000);
    }
}
