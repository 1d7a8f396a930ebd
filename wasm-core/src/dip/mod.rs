//! Grouping of stays by diagnosis and operation (DIP, 按病种分值付费), what they score and what that is worth.
//!
//! A [`Catalogue`] is opened from a pack, a city's own or an imported one; nothing in this module knows a
//! particular city. A [`Grouper`] takes cases one by one, reusing its buffers. The merged, assisted and basic
//! layers of the national edition 3.0 are not here: no data of theirs is at hand.

pub mod auxiliary;
mod catalogue;
mod chapter;
mod deviation;
mod draft;
mod explain;
mod facts;
mod fit;
mod grammar;
mod group;
pub mod layout;
mod record;
mod row;
mod score;
pub mod settings;
pub mod settle;

pub use catalogue::{Catalogue, Group, GroupId};
pub use deviation::{Band, Deviation, HighLine, Peer, Rule};
pub use draft::{Draft, DraftError, GroupDraft};
pub use explain::{Candidate, Explanation, Fate, Read};
pub use facts::{Finding, FindingKind, Track};
pub use grammar::{Class, Expression, Grammar, GrammarError, GroupKey, GroupText};
pub use group::{Grouper, Grouping, Path};
pub use layout::{CoefficientValue, Kind, OperationClass, PointKind, PointValue};
pub use record::Record;
pub use row::{Columns, Row, codes_under};
pub use score::{Flag, Money, Score, coefficient, fund_share, score};
pub use settings::Settings;

use crate::code::Code;

/// A code as a catalogue keeps it: blanks around gone, the first letter a capital, every later `X` small.
pub fn normalised(raw: &str) -> Option<Code> {
    facts::normalised(raw.as_bytes())
}
