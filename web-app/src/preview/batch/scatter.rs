//! Stays by the score of their group and by how their cost lies, counted into a grid: a hundred thousand of
//! them take no more room than a hundred.

use anxin_core::Rate;
use serde::{Deserialize, Serialize};

/// Fields of the grid from left to right, and from the lowest cost upward.
pub const COLUMNS: usize = 42;
pub const ROWS: usize = 32;
/// The scores of the ends, 10 and 31,623, as powers of ten.
const SCORES: (f64, f64) = (1.0, 4.5);
/// The costs of the ends, a sixteenth and sixteen times, as powers of two.
const COSTS: (f64, f64) = (-4.0, 4.0);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scatter {
    /// Counts, row by row from the lowest cost.
    counts: Vec<u32>,
    pub stays: u32,
    /// Where a cost is low and high.
    pub low: Rate,
    pub high: Rate,
}

/// A field that has something in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub column: usize,
    pub row: usize,
    pub count: u32,
}

impl Scatter {
    pub fn new(low: Rate, high: Rate) -> Scatter {
        Scatter { counts: vec![0; COLUMNS * ROWS], stays: 0, low, high }
    }

    /// What lies beyond an end is counted at it.
    pub fn add(&mut self, score: Rate, ratio: Rate) {
        let (Some(column), Some(row)) = (field(score_place(score), COLUMNS), field(cost_place(ratio), ROWS)) else {
            return;
        };
        if let Some(count) = self.counts.get_mut(row * COLUMNS + column) {
            *count += 1;
            self.stays += 1;
        }
    }

    pub fn cells(&self) -> impl Iterator<Item = Cell> {
        let all = self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        all.map(|(at, count)| Cell { column: at % COLUMNS, row: at / COLUMNS, count: *count })
    }

    pub fn most(&self) -> u32 {
        self.counts.iter().copied().max().unwrap_or_default()
    }
}

/// The share of the width at which a score stands.
pub fn score_place(score: Rate) -> Option<f64> {
    Some((number(score)?.log10() - SCORES.0) / (SCORES.1 - SCORES.0))
}

/// The share of the height at which a cost stands, from below.
pub fn cost_place(ratio: Rate) -> Option<f64> {
    Some((number(ratio)?.log2() - COSTS.0) / (COSTS.1 - COSTS.0))
}

/// Only for places in a picture; no amount is worked out from it.
fn number(rate: Rate) -> Option<f64> {
    rate.to_string().parse().ok().filter(|n| *n > 0.0)
}

fn field(place: Option<f64>, many: usize) -> Option<usize> {
    let place = place?.clamp(0.0, 1.0);
    (0..many).rev().find(|at| share(*at, many) <= place)
}

/// Where a field of so many begins.
pub fn share(at: usize, many: usize) -> f64 {
    let [at, many] = [at, many].map(|n| f64::from(u32::try_from(n).unwrap_or(u32::MAX)));
    at / many
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Rate {
        Rate::parse(text).unwrap()
    }

    #[test]
    fn the_lines_lie_between_fields() {
        let mut scatter = Scatter::new(rate("0.5"), rate("2"));
        for ratio in ["0.49", "0.5", "1.99", "2", "2.01"] {
            scatter.add(rate("1000"), rate(ratio));
        }
        let rows: Vec<(usize, u32)> = scatter.cells().map(|c| (c.row, c.count)).collect();
        assert_eq!(rows, [(11, 1), (12, 1), (19, 1), (20, 2)]);
        assert_eq!(scatter.stays, 5);
    }

    #[test]
    fn what_lies_outside_stands_at_the_edge_and_nothing_has_no_place() {
        let mut scatter = Scatter::new(rate("0.5"), rate("2"));
        scatter.add(rate("1"), rate("100"));
        scatter.add(rate("99999"), rate("0.001"));
        scatter.add(rate("0"), rate("1"));
        let cells: Vec<(usize, usize)> = scatter.cells().map(|c| (c.column, c.row)).collect();
        assert_eq!(cells, [(COLUMNS - 1, 0), (0, ROWS - 1)]);
    }

    #[test]
    fn a_hundred_thousand_stays_are_as_small_as_a_hundred() {
        let mut scatter = Scatter::new(rate("0.5"), rate("2"));
        for n in 0..100_000_u32 {
            let score = Rate::percent(i64::from(n % 3000) * 100 + 1000);
            scatter.add(score, Rate::percent(i64::from(n % 700) + 1));
        }
        assert_eq!(scatter.stays, 100_000);
        assert!(serde_json::to_string(&scatter).unwrap().len() < 10_000);
    }
}
