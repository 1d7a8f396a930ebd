use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A share, a weight or a multiple: an exact decimal of at most nine places, written as a string.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct Rate(Decimal);

const PLACES_MAX: u32 = 9;

impl Rate {
    pub const ZERO: Rate = Rate(Decimal::ZERO);
    pub const ONE: Rate = Rate(Decimal::ONE);

    /// Plain decimal notation with at most nine places: no exponent, sign or separator.
    pub fn parse(text: &str) -> Option<Rate> {
        if text.is_empty() || text.len() > 20 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return None;
        }
        if !text.starts_with(|c: char| c.is_ascii_digit()) || text.ends_with('.') {
            return None;
        }
        let value = Decimal::from_str(text).ok()?;
        if value.scale() > PLACES_MAX { None } else { Some(Rate(value)) }
    }

    pub fn new(value: Decimal) -> Rate {
        Rate(value)
    }

    /// `points` hundredths: 80 becomes 0.80.
    pub fn percent(points: i64) -> Rate {
        Rate(Decimal::new(points, 2))
    }

    pub fn get(self) -> Decimal {
        self.0
    }

    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is a share: between 0 and 1, both included.
    pub fn is_share(self) -> bool {
        self.0 >= Decimal::ZERO && self.0 <= Decimal::ONE
    }

    /// Held between 0 and 1, as a share of something has to be.
    pub fn clamp_share(self) -> Rate {
        Rate(self.0.clamp(Decimal::ZERO, Decimal::ONE))
    }

    /// As a percentage without trailing zeros: `80%`, `89.5%`.
    pub fn as_percent(self) -> Percent {
        Percent(self)
    }
}

/// A rate in the act of being written as a percentage.
pub struct Percent(Rate);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", (self.0.0 * Decimal::ONE_HUNDRED).normalize())
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

// A pack keeps the digits and the number of places, so that what is read back prints as written.
impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            return s.collect_str(&self.0);
        }
        let digits = i64::try_from(self.0.mantissa()).map_err(serde::ser::Error::custom)?;
        (digits, self.0.scale()).serialize(s)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
            return Rate::parse(&text).ok_or_else(|| {
                de::Error::custom("a rate is a decimal string such as \"0.15\", of at most nine places")
            });
        }
        let (digits, scale) = <(i64, u32)>::deserialize(d)?;
        Decimal::try_new(digits, scale).map(Rate).map_err(de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Rate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Rate".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^[0-9]{1,10}(\\.[0-9]{1,9})?$",
            "description": "An exact decimal, such as \"0.15\"."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimals_are_read() {
        assert_eq!(Rate::parse("0.895").map(|r| r.as_percent().to_string()).as_deref(), Some("89.5%"));
        for bad in ["", ".5", "5.", "1e-2", "-0.1", "０.5", "0.1234567890"] {
            assert_eq!(Rate::parse(bad), None, "{bad:?}");
        }
    }
}
