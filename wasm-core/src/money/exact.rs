use rust_decimal::Decimal;

use super::fen::divided;
use super::{Fen, Rate, Rounding};

/// An amount that need not be whole fen, kept as a fraction: what a division left is rounded once, when it is
/// paid, and never before. A quotient of 28 digits falls short of a half that the fraction reaches.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    parts: i128,
    per: u128,
}

impl Exact {
    pub const ZERO: Exact = Exact { parts: 0, per: 1 };

    /// What is left of `cost` when `paid` has been paid for it at `ratio`; nothing where all of it was paid for.
    /// `None` where nothing is paid (a ratio of zero or less) and where the figures are too long.
    pub fn left_of(cost: Fen, paid: Fen, ratio: Decimal) -> Option<Exact> {
        let per = u128::try_from(ratio.mantissa()).ok().filter(|per| *per > 0)?;
        let paid = i128::from(paid.get()).checked_mul(10_i128.checked_pow(ratio.scale())?)?;
        let parts = i128::from(cost.get()).checked_mul(ratio.mantissa())?.checked_sub(paid)?;
        Some(Exact { parts: parts.max(0), per })
    }

    pub fn is_positive(self) -> bool {
        self.parts > 0
    }

    /// In whole fen. `None` outside the range.
    pub fn rounded(self, rounding: Rounding) -> Option<Fen> {
        divided(self.parts, self.per, rounding)
    }

    /// `self × rate`, rounded to a whole fen. `None` outside the range.
    pub fn scaled(self, rate: Rate, rounding: Rounding) -> Option<Fen> {
        let per = self.per.checked_mul(10_u128.checked_pow(rate.get().scale())?)?;
        divided(self.parts.checked_mul(rate.get().mantissa())?, per, rounding)
    }
}

impl From<Fen> for Exact {
    fn from(fen: Fen) -> Exact {
        Exact { parts: fen.get().into(), per: 1 }
    }
}

impl From<Decimal> for Exact {
    fn from(fen: Decimal) -> Exact {
        // A decimal has at most 28 places.
        Exact { parts: fen.mantissa(), per: 10_u128.saturating_pow(fen.scale()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fen(n: i64) -> Fen {
        Fen::new(n).unwrap()
    }

    fn rate(text: &str) -> Rate {
        Rate::parse(text).unwrap()
    }

    /// 1,000 fen less 1 ÷ 0.6, of which 0.3 is paid: 299.5 exactly, and half a fen goes up.
    #[test]
    fn a_half_behind_an_endless_quotient_is_still_a_half() {
        let left = Exact::left_of(fen(1_000), fen(1), rate("0.6").get()).unwrap();
        assert_eq!(left.scaled(rate("0.3"), Rounding::HalfUp), Some(fen(300)));
        let by_quotient = Decimal::from(1_000) - Decimal::ONE / rate("0.6").get();
        assert_eq!(Fen::from_decimal(by_quotient * rate("0.3").get(), Rounding::HalfUp), Some(fen(299)));
    }

    #[test]
    fn what_was_paid_for_is_not_left() {
        let left = |cost, paid, ratio| Exact::left_of(fen(cost), fen(paid), rate(ratio).get());
        let whole = |cost, paid, ratio| left(cost, paid, ratio).and_then(|e| e.rounded(Rounding::HalfUp));
        assert_eq!(whole(100, 60, "0.60"), Some(Fen::ZERO));
        assert_eq!(whole(100, 70, "0.60"), Some(Fen::ZERO));
        assert_eq!(whole(100, 0, "0.60"), Some(fen(100)));
        assert_eq!(whole(100, 25, "1"), Some(fen(75)));
        assert_eq!(whole(100, 25, "0"), None);
        assert!(!left(100, 60, "0.6").unwrap().is_positive());
    }

    #[test]
    fn a_decimal_and_whole_fen_keep_their_value() {
        let long = Decimal::from_i128_with_scale(10_i128.pow(28) / 3, 26);
        assert_eq!(Exact::from(long).rounded(Rounding::HalfUp), Fen::from_decimal(long, Rounding::HalfUp));
        assert_eq!(Exact::from(fen(7)).scaled(rate("0.5"), Rounding::HalfUp), Some(fen(4)));
    }

    #[test]
    fn figures_too_long_are_none() {
        let long = Exact::left_of(Fen::MAX, Fen::ZERO, Decimal::new(999_999_999_999_999_999, 18)).unwrap();
        assert_eq!(long.scaled(rate("0.999999999"), Rounding::HalfUp), None);
    }
}
