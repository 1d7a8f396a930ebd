//! What is wrong with a scheme's tables.

use std::fmt;

/// A defect, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lint {
    /// `chs-drg-1.1/adrg.tsv`
    pub file: String,
    /// The code, group or setting concerned.
    pub at: String,
    pub defect: Defect,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Defect {
    /// A file that should be there is not, or is not UTF-8.
    Unreadable(String),
    /// The TOML does not have the shape of a scheme.
    Malformed(String),
    Header {
        expected: String,
    },
    Width {
        expected: usize,
        found: usize,
    },
    Repeated,
    NotACode,
    NotANumber(String),
    /// A word outside the rule language, or a rule that does not parse.
    Rule(String),
    /// The rule's list has no code.
    EmptyList(String),
    /// Codes are in a list that no rule asks for.
    UnusedList(String),
    /// The list's owner is neither an MDC nor an ADRG.
    UnknownOwner(String),
    /// A principal code of an ADRG is not in its MDC, so that it can never match.
    OutsideMdc(String),
    /// An exception that is no longer needed.
    StaleException(String),
    /// A level other than CC and MCC.
    Level(String),
    /// A table without a level, or the reverse where the scheme does not say so.
    CcIncomplete(String),
    /// An exclusion table that no principal belongs to: the code is then never excluded.
    EmptyTable(u16),
    UnknownGroup(String),
    /// An ADRG without a DRG, or whose last DRG has a condition: records would fall through.
    NoLastGroup,
    UnknownKind(String),
    UnknownRegion(String),
    UnknownSetting(String),
    UnknownScheme(String),
    TooMany(&'static str),
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.at, self.defect)
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Defect::Unreadable(why) => write!(f, "cannot be read: {why}"),
            Defect::Malformed(why) => write!(f, "not the description of a scheme: {why}"),
            Defect::Header { expected } => write!(f, "the header should be {expected:?}"),
            Defect::Width { expected, found } => write!(f, "{found} cells where the header has {expected}"),
            Defect::Repeated => f.write_str("stands here twice"),
            Defect::NotACode => f.write_str("not spelled like a code"),
            Defect::NotANumber(text) => write!(f, "{text:?} is not a number that fits here"),
            Defect::Rule(why) => write!(f, "rule: {why}"),
            Defect::EmptyList(list) => write!(f, "asks for list {list}, which has no code"),
            Defect::UnusedList(list) => write!(f, "list {list} is asked for by no rule"),
            Defect::UnknownOwner(owner) => write!(f, "no MDC or ADRG {owner}"),
            Defect::OutsideMdc(code) => write!(f, "principal {code} is not in its MDC"),
            Defect::StaleException(code) => write!(f, "{code} is an exception that is not needed"),
            Defect::Level(text) => write!(f, "{text:?} is neither CC nor MCC"),
            Defect::CcIncomplete(why) => f.write_str(why),
            Defect::EmptyTable(table) => write!(f, "no principal belongs to exclusion table {table}"),
            Defect::UnknownGroup(group) => write!(f, "no group {group}"),
            Defect::NoLastGroup => f.write_str("has no group that takes what its other groups leave"),
            Defect::UnknownKind(text) => write!(f, "{text:?} is not 外科, 操作 or 内科"),
            Defect::UnknownRegion(text) => write!(f, "{text:?} is not a body region"),
            Defect::UnknownSetting(text) => write!(f, "no setting or choice {text:?}"),
            Defect::UnknownScheme(text) => write!(f, "no scheme {text:?}"),
            Defect::TooMany(what) => write!(f, "more {what} than the layout has numbers for"),
        }
    }
}

/// Defects found so far.
#[derive(Debug, Default)]
pub struct Lints(pub Vec<Lint>);

impl Lints {
    pub fn add(&mut self, file: &str, at: impl Into<String>, defect: Defect) {
        self.0.push(Lint { file: file.into(), at: at.into(), defect });
    }
}
