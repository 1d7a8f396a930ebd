//! Walking along a scale of ratios.

use rust_decimal::Decimal;

use super::desk::{overflow, pay};
use crate::error::Refusal;
use crate::money::{Exact, Fen, Rate, Rounding};
use crate::rules::{Axis, Band};

/// Ratios along an axis: `base` until the first band begins, then each band's own.
#[derive(Clone, Copy)]
pub(super) struct Scale<'a> {
    pub base: Rate,
    pub bands: &'a [Band],
    pub axis: Axis,
    /// Subtracted from every ratio (percentage points off away from home).
    pub minus: Rate,
    /// Multiplied onto every ratio, where treatment away from home is.
    pub times: Option<Rate>,
    /// Where on the axis the year already stands.
    pub start: Fen,
}

/// How far a walk came.
#[derive(Debug, PartialEq)]
struct Walked {
    paid: Decimal,
    /// Cost that was not come to.
    left: Decimal,
}

impl Scale<'_> {
    pub fn effective(&self, ratio: Rate) -> Decimal {
        let cut =
            if self.minus.is_zero() { ratio } else { Rate::new((ratio.get() - self.minus.get()).max(Decimal::ZERO)) };
        self.times.map_or(cut.get(), |times| cut.get() * times.get())
    }

    /// What `cost` is paid along the scale, in whole fen.
    pub fn pay(&self, cost: Fen) -> Result<Fen, Refusal> {
        if self.bands.is_empty() {
            let flat = Rate::new(self.effective(self.base));
            return cost.scaled(flat, Rounding::HalfUp).ok_or_else(overflow);
        }
        pay(self.walk(cost, None).paid)
    }

    /// What of `cost` nothing is paid for, because `fund_left` is used up.
    pub fn beyond(&self, cost: Fen, fund_left: Fen) -> Result<Exact, Refusal> {
        let ratio = self.effective(self.base);
        if self.bands.is_empty() && !ratio.is_zero() {
            return Exact::left_of(cost, fund_left, ratio).ok_or_else(overflow);
        }
        Ok(self.walk(cost, Some(fund_left)).left.into())
    }

    /// Pays `cost` along the scale, stopping when `fund_left` is used up.
    fn walk(&self, cost: Fen, fund_left: Option<Fen>) -> Walked {
        let mut left = cost.to_decimal();
        let mut paid = Decimal::ZERO;
        let mut at = self.start.to_decimal();
        let limit = fund_left.map(|f| f.to_decimal().max(Decimal::ZERO));
        for (ratio, up_to) in self.segments() {
            let ratio = self.effective(ratio);
            if up_to.is_some_and(|end| end.to_decimal() <= at) {
                continue;
            }
            // What this segment can take, measured in cost.
            let room = up_to.map(|end| self.cost_until(end.to_decimal() - at, ratio));
            let mut part = room.flatten().map_or(left, |room| room.min(left));
            if let (Some(limit), false) = (limit, ratio.is_zero()) {
                part = part.min((limit - paid).max(Decimal::ZERO) / ratio);
            }
            paid += part * ratio;
            left -= part;
            at += if self.axis == Axis::YearFund { part * ratio } else { part };
            let full = limit.is_some_and(|limit| paid >= limit);
            if left.is_zero() || full {
                break;
            }
        }
        Walked { paid, left }
    }

    /// Cost that moves `distance` along the axis; `None` where the axis does not move.
    fn cost_until(&self, distance: Decimal, ratio: Decimal) -> Option<Decimal> {
        match self.axis {
            Axis::YearFund if ratio.is_zero() => None,
            Axis::YearFund => Some(distance / ratio),
            Axis::Admission | Axis::YearCost => Some(distance),
        }
    }

    fn segments(&self) -> impl Iterator<Item = (Rate, Option<Fen>)> {
        let first = self.bands.first().map(|b| b.over);
        let base = (first != Some(Fen::ZERO)).then_some((self.base, first));
        base.into_iter().chain(self.bands.iter().map(|b| (b.ratio, b.up_to)))
    }
}

/// `F(x)`: what bands pay in all for a cumulative `x`. The part below the first band pays nothing.
pub(super) fn cumulative(bands: &[Band], x: Fen) -> Decimal {
    bands.iter().take_while(|band| band.over < x).fold(Decimal::ZERO, |sum, band| {
        let top = band.up_to.map_or(x, |end| end.min(x));
        sum + top.above(band.over).to_decimal() * band.ratio.get()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(n: i64) -> Fen {
        Fen::new(n * 100).unwrap()
    }

    fn scale(bands: &[Band], axis: Axis, start: Fen) -> Scale<'_> {
        Scale { base: Rate::percent(60), bands, axis, minus: Rate::ZERO, times: None, start }
    }

    fn check(axis: Axis, start: i64, cost: i64, limit: Option<i64>, paid: &str, used: &str) {
        let bands = [Band { over: yuan(70_000), up_to: None, ratio: Rate::percent(90) }];
        let walked = scale(&bands, axis, yuan(start)).walk(yuan(cost), limit.map(yuan));
        let two = |d: Decimal| (d / Decimal::ONE_HUNDRED).round_dp(2).normalize().to_string();
        assert_eq!((two(walked.paid).as_str(), two(yuan(cost).to_decimal() - walked.left).as_str()), (paid, used));
    }

    #[test]
    fn bands_run_along_the_axis_that_the_rule_names() {
        check(Axis::YearFund, 0, 149_200, None, "99280", "149200");
        check(Axis::YearFund, 70_000, 1_000, None, "900", "1000");
        check(Axis::YearCost, 69_000, 2_000, None, "1500", "2000");
        check(Axis::Admission, 0, 80_000, None, "51000", "80000");
    }

    #[test]
    fn a_fund_limit_stops_the_walk_and_tells_how_much_cost_it_took() {
        check(Axis::Admission, 0, 80_000, Some(6_000), "6000", "10000");
        check(Axis::Admission, 0, 80_000, Some(42_900), "42900", "71000");
        check(Axis::Admission, 0, 80_000, Some(0), "0", "0");
    }

    #[test]
    fn cumulative_pays_only_the_part_within_each_band() {
        let bands = [
            Band { over: yuan(10_000), up_to: Some(yuan(200_000)), ratio: Rate::percent(60) },
            Band { over: yuan(200_000), up_to: None, ratio: Rate::percent(70) },
        ];
        assert_eq!(cumulative(&bands, yuan(10_000)), Decimal::ZERO);
        assert_eq!(cumulative(&bands, yuan(58_100)), yuan(28_860).to_decimal());
        assert_eq!(cumulative(&bands, yuan(300_000)), yuan(184_000).to_decimal());
    }
}
