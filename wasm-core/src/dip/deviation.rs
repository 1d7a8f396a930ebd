//! How far the cost of a stay lies from what its group costs, and what that does to its score.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Fen, Rate};

/// A rule of deviation and its edges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Deviation {
    pub rule: Rule,
    pub peer: Peer,
    /// 费用偏低 below this multiple of the peers' mean.
    pub low: Rate,
    /// 费用偏高 above this multiple.
    pub high: Rate,
    /// Other multiples by score, instead of `high` where one fits.
    pub high_by_score: Vec<HighLine>,
    /// Exactly at the line counts as outside it.
    pub low_inclusive: bool,
    pub high_inclusive: bool,
    /// Review by experts above this multiple.
    pub extreme: Rate,
}

impl Default for Deviation {
    fn default() -> Self {
        Deviation {
            rule: Rule::N1,
            peer: Peer::default(),
            low: Rate::percent(50),
            high: Rate::percent(200),
            high_by_score: Vec::new(),
            low_inclusive: false,
            high_inclusive: false,
            extreme: Rate::percent(500),
        }
    }
}

/// The formula.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// National 1.0: low S × r, high S × (r − high + 1).
    #[default]
    N1,
    /// 泰安: low score × r without the coefficient, high score × (r − high + coefficient).
    Ta,
    /// National 3.0 draft: low by cost over standard; high has no formula and goes to special review.
    N3,
}

/// What a cost is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DipPeer"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DipPeer"))]
pub enum Peer {
    /// Last year's mean cost of the group in hospitals of the same level; the standard where it is unknown.
    #[default]
    LastYear,
    /// Score × coefficient × point value.
    Standard,
}

/// From which multiple a cost is high for scores up to a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HighLine {
    /// `None` for all that are left.
    pub score_up_to: Option<Rate>,
    pub multiple: Rate,
}

/// Where a cost lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DipBand"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DipBand"))]
pub enum Band {
    /// 费用偏低
    Low,
    /// 正常
    Normal,
    /// 费用偏高
    High,
}

impl Band {
    pub const fn code(self) -> &'static str {
        match self {
            Band::Low => "LOW",
            Band::Normal => "NORMAL",
            Band::High => "HIGH",
        }
    }
}

/// What a cost does to a score, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deviated {
    pub band: Band,
    /// Cost over peers' mean.
    pub ratio: Decimal,
    /// What the score is multiplied by.
    pub k: Decimal,
    pub score: Decimal,
    pub extreme: bool,
    /// No formula: special review decides.
    pub review: bool,
}

impl Deviation {
    /// The multiple from which a score's cost is high.
    pub fn high_line(&self, score: Rate) -> Rate {
        let fits = |line: &&HighLine| line.score_up_to.is_none_or(|most| score <= most);
        self.high_by_score.iter().find(fits).map_or(self.high, |line| line.multiple)
    }

    /// `full` is the score with coefficient and auxiliary factor, `bare` without the coefficient.
    /// `None` where the peers' mean is nothing or a figure is out of range.
    pub(crate) fn apply(
        &self,
        cost: Fen,
        peer: Decimal,
        coefficient: Decimal,
        (bare, full): (Decimal, Decimal),
        score: Rate,
    ) -> Option<Deviated> {
        let (cost, high) = (cost.to_decimal(), self.high_line(score).get());
        let ratio = cost.checked_div(peer)?;
        // Lines are compared by products, so that nothing is rounded first.
        let (low_line, high_line) = (peer.checked_mul(self.low.get())?, peer.checked_mul(high)?);
        let low = cost < low_line || (self.low_inclusive && cost == low_line);
        let above = cost > high_line || (self.high_inclusive && cost == high_line);
        let band = if low {
            Band::Low
        } else if above {
            Band::High
        } else {
            Band::Normal
        };
        let by_cost = |score: Decimal| score.checked_mul(cost)?.checked_div(peer);
        let over =
            |score: Decimal, add: Decimal| by_cost(score)?.checked_add(score.checked_mul(add.checked_sub(high)?)?);
        let one = Decimal::ONE;
        let (k, score) = match (band, self.rule) {
            (Band::Normal, _) | (Band::High, Rule::N3) => (one, full),
            (Band::Low, Rule::N1 | Rule::N3) => (ratio, by_cost(full)?),
            (Band::Low, Rule::Ta) => (ratio, by_cost(bare)?),
            (Band::High, Rule::N1) => (ratio.checked_sub(high)?.checked_add(one)?, over(full, one)?),
            (Band::High, Rule::Ta) => (ratio.checked_sub(high)?.checked_add(coefficient)?, over(bare, coefficient)?),
        };
        let extreme = ratio > self.extreme.get();
        Some(Deviated { band, ratio, k, score, extreme, review: band == Band::High && self.rule == Rule::N3 })
    }
}
