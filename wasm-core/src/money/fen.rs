use std::fmt;
use std::ops::Neg;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Rate;

/// An amount of money in fen (1/100 yuan), within ±(2^53 − 1) so that every JSON reader keeps it whole.
///
/// Arithmetic is checked: a result outside the range is `None`, never a wrapped number. There is no
/// multiplication; [`Fen::scaled`] is the only way from a rate to an amount.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "number"))]
pub struct Fen(i64);

/// How a fraction of a fen becomes whole. Every rule that scales an amount names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// 四舍五入: half a fen goes away from zero. What settlement systems do at each fund payment.
    HalfUp,
    /// Toward zero.
    Down,
    /// Away from zero.
    Up,
}

impl Fen {
    pub const ZERO: Fen = Fen(0);
    pub const MAX: Fen = Fen((1 << 53) - 1);
    pub const MIN: Fen = Fen(-((1 << 53) - 1));

    /// `None` outside ±(2^53 − 1).
    pub const fn new(fen: i64) -> Option<Fen> {
        if fen >= Self::MIN.0 && fen <= Self::MAX.0 { Some(Fen(fen)) } else { None }
    }

    pub const fn get(self) -> i64 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub const fn checked_add(self, other: Fen) -> Option<Fen> {
        // Two values of 53 bits cannot overflow an i64.
        Fen::new(self.0 + other.0)
    }

    pub const fn checked_sub(self, other: Fen) -> Option<Fen> {
        Fen::new(self.0 - other.0)
    }

    /// `self − other`, or zero where that would be negative: the part of an amount above another.
    pub fn above(self, other: Fen) -> Fen {
        Fen((self.0 - other.0).clamp(0, Self::MAX.0))
    }

    /// `self + other`, held at [`Fen::MAX`] or [`Fen::MIN`]. Only for sums whose parts were bounded
    /// at the door; a ledger uses [`Fen::checked_add`].
    pub fn plus(self, other: Fen) -> Fen {
        Fen((self.0 + other.0).clamp(Self::MIN.0, Self::MAX.0))
    }

    pub fn checked_sum(parts: impl IntoIterator<Item = Fen>) -> Option<Fen> {
        parts.into_iter().try_fold(Fen::ZERO, Fen::checked_add)
    }

    /// `self × rate`, rounded to a whole fen. `None` outside the range.
    pub fn scaled(self, rate: Rate, rounding: Rounding) -> Option<Fen> {
        let (digits, scale) = (rate.get().mantissa(), rate.get().scale());
        // 53 bits times 63 cannot overflow; nearly every rate is that short.
        match i64::try_from(digits) {
            Ok(digits) => whole(i128::from(self.0) * i128::from(digits), scale, rounding),
            Err(_) => Fen::from_decimal(self.to_decimal().checked_mul(rate.get())?, rounding),
        }
    }

    /// The amount as an exact decimal number of fen.
    pub fn to_decimal(self) -> Decimal {
        Decimal::from(self.0)
    }

    /// An exact decimal number of fen, rounded to a whole one.
    pub fn from_decimal(fen: Decimal, rounding: Rounding) -> Option<Fen> {
        whole(fen.mantissa(), fen.scale(), rounding)
    }

    /// Reads yuan as written on official forms: `12`, `12.3`, `12.34`, with an optional sign.
    /// `None` for anything else, including exponents, separators and a third decimal.
    pub fn parse_yuan(text: &str) -> Option<Fen> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (yuan, cents) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if yuan.is_empty() || yuan.len() > 14 || cents.len() > 2 || !plain(yuan) || !plain(cents) {
            return None;
        }
        if digits.ends_with('.') {
            return None;
        }
        let yuan: i64 = yuan.parse().ok()?;
        let cents: i64 = match cents.len() {
            0 => 0,
            1 => cents.parse::<i64>().ok()? * 10,
            _ => cents.parse().ok()?,
        };
        let fen = yuan.checked_mul(100)?.checked_add(cents)?;
        Fen::new(if negative { -fen } else { fen })
    }

    /// Yuan with two decimals, as the settlement interface writes amounts: `1234.50`.
    pub fn yuan(self) -> Yuan {
        Yuan { fen: self, grouped: false }
    }

    /// Yuan with two decimals and separated thousands, for people: `1,234.50`.
    pub fn yuan_grouped(self) -> Yuan {
        Yuan { fen: self, grouped: true }
    }
}

/// Powers of ten, as far as a decimal has places.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
const UNITS: [u128; 29] = {
    let mut units = [1; 29];
    let mut i = 1;
    while i < units.len() {
        units[i] = units[i - 1] * 10;
        i += 1;
    }
    units
};

/// `digits` × 10^−`scale` fen, rounded to a whole one. `None` outside the range.
fn whole(digits: i128, scale: u32, rounding: Rounding) -> Option<Fen> {
    divided(digits, *UNITS.get(usize::try_from(scale).ok()?)?, rounding)
}

/// `digits` ÷ `unit` fen, rounded to a whole one. `None` outside the range and for a `unit` of 0.
pub(super) fn divided(digits: i128, unit: u128, rounding: Rounding) -> Option<Fen> {
    if unit == 0 {
        return None;
    }
    // Nearly every product of an amount and a rate: the digits fit a machine word.
    let (whole, rest) = match (u64::try_from(digits.unsigned_abs()), u64::try_from(unit)) {
        (Ok(digits), Ok(unit)) => (u128::from(digits / unit), u128::from(digits % unit)),
        _ => (digits.unsigned_abs() / unit, digits.unsigned_abs() % unit),
    };
    let outward = match rounding {
        Rounding::HalfUp => rest >= unit - rest,
        Rounding::Down => false,
        Rounding::Up => rest != 0,
    };
    let whole = i64::try_from(whole + u128::from(outward)).ok()?;
    Fen::new(if digits < 0 { -whole } else { whole })
}

/// An amount in the act of being written.
#[derive(Clone, Copy)]
pub struct Yuan {
    fen: Fen,
    grouped: bool,
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.fen.is_negative() { "-" } else { "" };
        let abs = self.fen.0.unsigned_abs();
        let (yuan, cents) = (abs / 100, abs % 100);
        f.write_str(sign)?;
        if self.grouped {
            write_thousands(f, yuan)?;
        } else {
            write!(f, "{yuan}")?;
        }
        write!(f, ".{cents:02}")
    }
}

fn write_thousands(f: &mut fmt::Formatter<'_>, n: u64) -> fmt::Result {
    if n < 1000 {
        return write!(f, "{n}");
    }
    write_thousands(f, n / 1000)?;
    write!(f, ",{:03}", n % 1000)
}

/// The range is the same on both sides of zero.
impl Neg for Fen {
    type Output = Fen;

    fn neg(self) -> Fen {
        Fen(-self.0)
    }
}

impl fmt::Debug for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "¥{}", self.yuan())
    }
}

impl Serialize for Fen {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let fen = i64::deserialize(d)?;
        Fen::new(fen).ok_or_else(|| de::Error::custom("an amount is a whole number of fen within ±(2^53 − 1)"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Fen {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Fen".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "integer", "minimum": -Fen::MAX.get(), "maximum": Fen::MAX.get(),
            "description": "An amount in fen (1/100 yuan). Taken from nobody below zero; an answer may have one."
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::RoundingStrategy;

    use super::*;

    fn check(text: &str, fen: Option<i64>) {
        assert_eq!(Fen::parse_yuan(text).map(Fen::get), fen, "{text:?}");
    }

    #[test]
    fn yuan_is_read_exactly_or_not_at_all() {
        check("0", Some(0));
        check("12.3", Some(1230));
        check("-0.05", Some(-5));
        check("90071992547409.91", Some((1 << 53) - 1));
        check("90071992547409.92", None);
        for bad in ["", ".5", "5.", "1e3", "1,000", "0.005", "１２", "--1", "+1", " 1", "1 "] {
            check(bad, None);
        }
    }

    #[test]
    fn half_a_fen_goes_up() {
        let rate = Rate::parse("0.5").unwrap();
        assert_eq!(Fen(1).scaled(rate, Rounding::HalfUp), Some(Fen(1)));
        assert_eq!(Fen(1).scaled(rate, Rounding::Down), Some(Fen(0)));
        assert_eq!(Fen(-1).scaled(rate, Rounding::HalfUp), Some(Fen(-1)));
    }

    /// Every rounding with the library's word for it.
    const ROUNDINGS: [(Rounding, RoundingStrategy); 3] = [
        (Rounding::HalfUp, RoundingStrategy::MidpointAwayFromZero),
        (Rounding::Down, RoundingStrategy::ToZero),
        (Rounding::Up, RoundingStrategy::AwayFromZero),
    ];

    fn by_library(exact: Decimal, strategy: RoundingStrategy) -> Option<Fen> {
        i64::try_from(exact.round_dp_with_strategy(0, strategy)).ok().and_then(Fen::new)
    }

    /// Our rounding against the library's own, around every half and at both signs.
    #[test]
    fn rounding_is_that_of_the_decimal_library() {
        for digits in (-2_050..=2_050).chain([i64::MAX / 3, i64::MIN / 3, Fen::MAX.0, i64::MAX]) {
            for scale in [0, 1, 2, 3, 9, 18, 19, 28] {
                for (rounding, strategy) in ROUNDINGS {
                    let exact = Decimal::from_i128_with_scale(digits.into(), scale);
                    assert_eq!(Fen::from_decimal(exact, rounding), by_library(exact, strategy), "{exact} {rounding:?}");
                }
            }
        }
    }

    proptest! {
        /// Quotients of 28 digits, as they come from dividing by a ratio, and halves of every length.
        #[test]
        fn long_decimals_are_rounded_as_the_library_does(digits in -(1_i128 << 96) + 1..1_i128 << 96, scale in 0_u32..=28, half in any::<bool>()) {
            let unit = 10_i128.pow(scale);
            let digits = if half { digits - digits % unit + unit / 2 } else { digits };
            prop_assume!(digits.abs() < 1 << 96);
            let exact = Decimal::from_i128_with_scale(digits, scale);
            for (rounding, strategy) in ROUNDINGS {
                prop_assert_eq!(Fen::from_decimal(exact, rounding), by_library(exact, strategy));
            }
        }

        /// Scaling in whole numbers against the product and rounding of the library.
        #[test]
        fn scaling_is_that_of_the_decimal_library(fen in -Fen::MAX.0..=Fen::MAX.0, digits in 0_i64..=1_000_000_000_000, scale in 0_u32..=9) {
            let rate = Rate::new(Decimal::new(digits, scale));
            for (rounding, strategy) in ROUNDINGS {
                let by_library = Decimal::from(fen).checked_mul(rate.get()).and_then(|exact| by_library(exact, strategy));
                prop_assert_eq!(Fen(fen).scaled(rate, rounding), by_library);
            }
        }
    }

    #[test]
    fn writing_groups_thousands_only_when_asked() {
        assert_eq!(Fen(123_456_789).yuan().to_string(), "1234567.89");
        assert_eq!(Fen(123_456_789).yuan_grouped().to_string(), "1,234,567.89");
        assert_eq!(Fen(-100_005).yuan_grouped().to_string(), "-1,000.05");
    }
}
