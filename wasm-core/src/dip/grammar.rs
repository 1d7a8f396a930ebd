//! How a catalogue writes operations and groups.
//!
//! Local libraries of editions 1.0 and 2.0 write `A/B+C` and mean (A or B) and C; edition 3.0 writes
//! `A+B|C` and means (A and B) or C. The precedence is opposite, so nothing is parsed without the edition.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::code::Code;

/// The way a scheme writes operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grammar {
    /// `/` is "or" inside one place, `+` is "and" between places and binds looser.
    #[default]
    SlashPlus,
    /// `+` is "and", `|` is "or" and binds looser.
    BarPlus,
}

impl Grammar {
    /// The sign that binds looser, then the one that binds tighter.
    const fn signs(self) -> (char, char) {
        match self {
            Grammar::SlashPlus => ('+', '/'),
            Grammar::BarPlus => ('|', '+'),
        }
    }
}

/// Operations joined by "and" and "or", as they stand in a catalogue: order and repetitions are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    grammar: Grammar,
    /// Groups of the looser sign, each of codes joined by the tighter one.
    places: Vec<Vec<Code>>,
}

/// Why a text is no expression or group code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrammarError {
    /// Nothing stands where a code should.
    Empty,
    /// Not spelled like an operation code.
    NotAnOperation(String),
    /// Not spelled like a diagnosis, a category, `CPnn` or `KBBZ`.
    NotAKey(String),
    /// The sign of the other edition: read as this one, it would mean something else.
    ForeignSign(char),
    /// More alternatives than are read.
    TooMany,
}

impl fmt::Display for GrammarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GrammarError::Empty => f.write_str("a code is missing"),
            GrammarError::NotAnOperation(text) => write!(f, "{text:?} is not spelled like an operation code"),
            GrammarError::NotAKey(text) => write!(f, "{text:?} is no diagnosis, category, CPnn or KBBZ"),
            GrammarError::ForeignSign(sign) => write!(f, "{sign:?} is not a sign of this edition"),
            GrammarError::TooMany => f.write_str("more alternatives than are read"),
        }
    }
}

impl std::error::Error for GrammarError {}

/// Most places of an expression, and most codes of a place.
const PLACES_MAX: usize = 16;
const CODES_MAX: usize = 400;

impl Expression {
    pub fn parse(grammar: Grammar, text: &str) -> Result<Expression, GrammarError> {
        let (outer, inner) = grammar.signs();
        let foreign = if grammar == Grammar::SlashPlus { '|' } else { '/' };
        if text.contains(foreign) {
            return Err(GrammarError::ForeignSign(foreign));
        }
        let place = |text: &str| text.split(inner).map(operation).collect::<Result<Vec<Code>, _>>();
        let places = text.split(outer).map(place).collect::<Result<Vec<_>, _>>()?;
        let most = if grammar == Grammar::SlashPlus { (PLACES_MAX, CODES_MAX) } else { (CODES_MAX, PLACES_MAX) };
        if places.len() > most.0 || places.iter().any(|p| p.len() > most.1) {
            return Err(GrammarError::TooMany);
        }
        Ok(Expression { grammar, places })
    }

    /// Every code in the order in which it stands.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.places.iter().flatten()
    }

    /// The same with other codes in their places.
    #[must_use]
    pub fn map(mut self, mut other: impl FnMut(Code) -> Code) -> Expression {
        self.places.iter_mut().flatten().for_each(|code| *code = other(*code));
        self
    }

    /// The codes as the grammar groups them.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Vec<Code>> {
        self.places.iter()
    }

    /// Puts together what was taken apart by [`Expression::places`].
    pub(crate) fn from_places(grammar: Grammar, places: Vec<Vec<Code>>) -> Option<Expression> {
        let whole = !places.is_empty() && places.iter().all(|p| !p.is_empty());
        whole.then_some(Expression { grammar, places })
    }

    /// The same as lists that must all be met, in every way in which they can be: one way for an "and of
    /// ors", one for each alternative of an "or of ands". Alternatives of one code are one list.
    pub(crate) fn ways(&self) -> Vec<Vec<Vec<Code>>> {
        match self.grammar {
            Grammar::SlashPlus => vec![self.places.clone()],
            Grammar::BarPlus => {
                let single: Vec<Code> = self.places.iter().filter(|p| p.len() == 1).flatten().copied().collect();
                let joined = self.places.iter().filter(|p| p.len() > 1);
                let mut ways: Vec<Vec<Vec<Code>>> =
                    joined.map(|codes| codes.iter().map(|code| vec![*code]).collect()).collect();
                if !single.is_empty() {
                    ways.push(vec![single]);
                }
                ways
            }
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (outer, inner) = self.grammar.signs();
        for (i, place) in self.places.iter().enumerate() {
            if i > 0 {
                write!(f, "{outer}")?;
            }
            for (j, code) in place.iter().enumerate() {
                if j > 0 {
                    write!(f, "{inner}")?;
                }
                write!(f, "{code}")?;
            }
        }
        Ok(())
    }
}

/// What a case's operation was for: the class of the official table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DipClass"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DipClass"))]
pub enum Class {
    /// 保守治疗 BSZL
    #[default]
    Conservative,
    /// 诊断性操作 ZDXCZ
    Diagnostic,
    /// 治疗性操作 ZLXCZ
    Therapeutic,
    /// 手术（含介入）SS
    Surgery,
}

impl Class {
    pub const ALL: [Class; 4] = [Class::Conservative, Class::Diagnostic, Class::Therapeutic, Class::Surgery];

    pub const fn code(self) -> &'static str {
        match self {
            Class::Conservative => "BSZL",
            Class::Diagnostic => "ZDXCZ",
            Class::Therapeutic => "ZLXCZ",
            Class::Surgery => "SS",
        }
    }

    pub fn from_code(text: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.code() == text)
    }
}

/// What a group is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKey {
    /// A category `E11`, a subcategory `I63.9`, `I10.x` or a full code `P07.101`.
    Diagnosis(Code),
    /// `CP09`, a chapter of ICD-10.
    Chapter(u8),
    /// `KBBZ`
    Blank,
}

/// A group code taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupText {
    pub key: GroupKey,
    pub class: Option<Class>,
    pub main: Option<Expression>,
    pub related: Option<Expression>,
}

impl GroupText {
    /// Reads `C34.1:32.4100/32.4100x002_96.7101`, `E11:SS`, `CP09:SS`, `KBBZ`. `nan` in a place stands for
    /// nothing: tables are published with it.
    pub fn parse(grammar: Grammar, text: &str) -> Result<GroupText, GrammarError> {
        let (key, rest) = text.split_once(':').unwrap_or((text, ""));
        let (main, related) = rest.split_once('_').unwrap_or((rest, ""));
        let key = group_key(key)?;
        let class = Class::from_code(main).filter(|_| present(related).is_none());
        let expression = |text: &str| present(text).map(|text| Expression::parse(grammar, text)).transpose();
        if text.ends_with([':', '_']) || (present(main).is_none() && present(related).is_some()) {
            return Err(GrammarError::Empty);
        }
        match class {
            Some(_) => Ok(GroupText { key, class, main: None, related: None }),
            None => Ok(GroupText { key, class, main: expression(main)?, related: expression(related)? }),
        }
    }
}

impl fmt::Display for GroupText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key {
            GroupKey::Diagnosis(code) => write!(f, "{code}")?,
            GroupKey::Chapter(n) => write!(f, "CP{n:02}")?,
            GroupKey::Blank => f.write_str("KBBZ")?,
        }
        if let Some(class) = self.class {
            write!(f, ":{}", class.code())?;
        }
        if let Some(main) = &self.main {
            write!(f, ":{main}")?;
        }
        if let Some(related) = &self.related {
            write!(f, "_{related}")?;
        }
        Ok(())
    }
}

fn present(text: &str) -> Option<&str> {
    (!text.is_empty() && text != "nan").then_some(text)
}

fn group_key(text: &str) -> Result<GroupKey, GrammarError> {
    if text == "KBBZ" {
        return Ok(GroupKey::Blank);
    }
    let wrong = || GrammarError::NotAKey(text.chars().take(40).collect());
    if let Some(number) = text.strip_prefix("CP") {
        let number = number.parse().ok().filter(|n| number.len() == 2 && (1..=22).contains(n));
        return number.map(GroupKey::Chapter).ok_or_else(wrong);
    }
    diagnosis(text).map(GroupKey::Diagnosis).ok_or_else(wrong)
}

/// A category, subcategory or full code: a letter, two digits, and what stands after a dot.
pub(crate) fn diagnosis(text: &str) -> Option<Code> {
    let ([letter, tens, ones, rest @ ..], true) = (text.as_bytes(), text.is_ascii()) else { return None };
    let head = letter.is_ascii_uppercase() && tens.is_ascii_digit() && ones.is_ascii_digit();
    let tail = match rest {
        [] => true,
        [b'.', first, ..] => first.is_ascii_digit() || *first == b'x',
        _ => false,
    };
    (head && tail).then(|| Code::new(text.as_bytes())).flatten()
}

/// Two digits, a dot and at least two more characters.
fn operation(text: &str) -> Result<Code, GrammarError> {
    let spelled = match text.as_bytes() {
        [a, b, b'.', c, rest @ ..] => {
            let head = a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_digit();
            head && !rest.is_empty() && rest.iter().all(u8::is_ascii_alphanumeric)
        }
        _ => false,
    };
    let code = if spelled { Code::new(text.as_bytes()) } else { None };
    code.ok_or_else(|| match text {
        "" => GrammarError::Empty,
        other => GrammarError::NotAnOperation(other.chars().take(40).collect()),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code() -> impl Strategy<Value = String> {
        "[0-9]{2}\\.([0-9]{4}|[0-9]{4}x[0-9]{3}|[0-9]x[0-9]{2}|[0-9]{3}[A-HJ-WYZ][0-9])"
    }

    fn written(outer: &'static str, inner: &'static str) -> impl Strategy<Value = String> {
        let place = prop::collection::vec(code(), 1..5).prop_map(move |codes| codes.join(inner));
        prop::collection::vec(place, 1..5).prop_map(move |places| places.join(outer))
    }

    proptest! {
        #[test]
        fn what_is_parsed_is_printed_back(local in written("+", "/"), national in written("|", "+")) {
            for (grammar, text) in [(Grammar::SlashPlus, &local), (Grammar::BarPlus, &national)] {
                let parsed = Expression::parse(grammar, text).unwrap();
                prop_assert_eq!(&parsed.to_string(), text);
                prop_assert_eq!(Expression::parse(grammar, &parsed.to_string()).unwrap(), parsed);
            }
        }

        #[test]
        fn group_codes_are_printed_back(main in written("+", "/"), related in prop::option::of(written("+", "/"))) {
            let related = related.map_or(String::new(), |r| format!("_{r}"));
            let text = format!("I10.x:{main}{related}");
            prop_assert_eq!(GroupText::parse(Grammar::SlashPlus, &text).unwrap().to_string(), text);
        }

        #[test]
        fn nothing_makes_it_panic(text in ".{0,60}") {
            for grammar in [Grammar::SlashPlus, Grammar::BarPlus] {
                if let Ok(parsed) = GroupText::parse(grammar, &text) {
                    prop_assert_eq!(GroupText::parse(grammar, &parsed.to_string()), Ok(parsed));
                }
            }
        }
    }

    /// Whether a set of operations meets an expression, by its ways.
    fn met(grammar: Grammar, text: &str, have: &[&str]) -> bool {
        let has = |codes: &Vec<Code>| codes.iter().any(|code| have.contains(&code.as_str()));
        Expression::parse(grammar, text).unwrap().ways().iter().any(|lists| lists.iter().all(has))
    }

    #[test]
    fn the_two_editions_bind_the_other_way_round() {
        // (A or B) and C
        let local = "11.1100/22.2200+33.3300";
        assert!(met(Grammar::SlashPlus, local, &["22.2200", "33.3300"]));
        assert!(!met(Grammar::SlashPlus, local, &["11.1100"]));
        // (A and B) or C
        let national = "11.1100+22.2200|33.3300";
        assert!(met(Grammar::BarPlus, national, &["33.3300"]));
        assert!(met(Grammar::BarPlus, national, &["11.1100", "22.2200"]));
        assert!(!met(Grammar::BarPlus, national, &["11.1100"]));
    }

    #[test]
    fn group_kinds_are_told_apart() {
        let check = |text: &str, printed: Option<&str>| {
            let parsed = GroupText::parse(Grammar::SlashPlus, text);
            assert_eq!(parsed.ok().map(|p| p.to_string()).as_deref(), printed, "{text:?}");
        };
        check("E11:SS", Some("E11:SS"));
        check("CP09:SS", Some("CP09:SS"));
        check("KBBZ", Some("KBBZ"));
        check("P07.101", Some("P07.101"));
        check("C34.1:nan", Some("C34.1"));
        check("C34.1:32.4100_nan", Some("C34.1:32.4100"));
        for wrong in [
            "",
            "C34.1:",
            "C34.1:_96.7101",
            "C34.1:32.4100_",
            "CP23:SS",
            "CP9:SS",
            "c34.1",
            "C34.",
            "C3",
            "C34.1:32.4100|33.2100",
            "C34.1:32.4100//33.2100",
            "高C34.1",
            "E11:SS_96.7101",
        ] {
            check(wrong, None);
        }
    }
}
