//! What is wrong with a catalogue's tables.

use std::fmt;

use anxin_core::dip::DraftError;

/// A defect, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lint {
    /// `mz-dip2-2024/groups.tsv`
    pub file: String,
    /// The group or code concerned.
    pub at: String,
    pub defect: Defect,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Defect {
    Unreadable(String),
    /// The TOML does not have the shape of a catalogue's description.
    Malformed(String),
    Header {
        expected: String,
    },
    Width {
        expected: usize,
        found: usize,
    },
    Group(DraftError),
    /// Printed from what was parsed, the group code is another.
    PrintsOtherwise(String),
    NotANumber(String),
    NotACode,
    Repeated,
    /// Groups are looked up by this diagnosis and nobody says what it is called.
    Unnamed,
    /// No group is looked up by this diagnosis.
    Unused,
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
            Defect::Malformed(why) => write!(f, "not the description of a catalogue: {why}"),
            Defect::Header { expected } => write!(f, "the header should be {expected:?}"),
            Defect::Width { expected, found } => write!(f, "{found} cells where the header has {expected}"),
            Defect::Group(why) => why.fmt(f),
            Defect::PrintsOtherwise(text) => write!(f, "is printed as {text:?}"),
            Defect::NotANumber(text) => write!(f, "{text:?} is not a number that fits here"),
            Defect::NotACode => f.write_str("not spelled like a code"),
            Defect::Repeated => f.write_str("stands there twice"),
            Defect::Unnamed => f.write_str("groups use this diagnosis and it has no name"),
            Defect::Unused => f.write_str("no group uses this diagnosis"),
        }
    }
}
