//! A case as the catalogue sees it: codes normalised and looked up.

use serde::{Deserialize, Serialize};

use super::layout::{Exclusion, OperationClass};
use crate::code::Code;
use crate::drg::Place;
use crate::money::Fen;

/// By which list of groups a stay is settled. A record says so; it is never guessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DipTrack"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DipTrack"))]
pub enum Track {
    #[default]
    Ordinary,
    /// 床日
    BedDay,
    /// 中医优势病种
    Tcm,
}

impl Track {
    pub(crate) fn read(text: &[u8]) -> Option<Track> {
        match std::str::from_utf8(text).ok()?.trim() {
            "" | "ordinary" | "DIP" | "普通" => Some(Track::Ordinary),
            "bed_day" | "床日" => Some(Track::BedDay),
            "tcm" | "中医" | "中医优势病种" => Some(Track::Tcm),
            _ => None,
        }
    }
}

/// What was noticed about a case. Data; sentences are written elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A field that a group asks for is empty.
    Missing,
    /// The field is not a whole number, or not one of its words.
    Unreadable,
    NoDiagnosis,
    /// Not spelled like a diagnosis.
    NotADiagnosis,
    /// Neither edition has the code.
    UnknownCode,
    /// Read under another spelling.
    Respelled(Code),
    /// A code of the clinical edition, read as its insurance code.
    FromClinical(Code),
    /// May not be principal in this edition.
    ExcludedPrincipal,
    /// Left out of grouping by the table of classes or of exclusions.
    OperationDropped,
    /// Not as main operation, by the table of exclusions.
    OperationNotMain,
    /// No table gives the operation a class, and the group depends on it.
    ClassUnknown,
    /// The operation stands there twice and counts once.
    OperationRepeated,
    /// More operations than are looked at.
    TooManyOperations,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub kind: FindingKind,
    pub place: Place,
    /// The case is not grouped because of this.
    pub refuses: bool,
}

/// An operation of a case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CaseOperation {
    /// Absent for what cannot be a code.
    pub code: Option<Code>,
    /// Its number in the catalogue, and its base code's where that counts too.
    pub number: Option<u16>,
    pub base: Option<u16>,
    pub class: OperationClass,
    pub use_: Use,
    pub place: u16,
}

/// What an operation may be in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    Any,
    OnlyRelated,
    Nothing,
}

impl From<Option<Exclusion>> for Use {
    fn from(why: Option<Exclusion>) -> Use {
        match why {
            None => Use::Any,
            Some(Exclusion::NotMain) => Use::OnlyRelated,
            Some(Exclusion::Conservative) => Use::Nothing,
        }
    }
}

impl CaseOperation {
    pub fn is(&self, number: u16) -> bool {
        self.number == Some(number) || self.base == Some(number)
    }

    pub fn live(&self) -> bool {
        self.use_ != Use::Nothing
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub track: Track,
    pub age: Option<u32>,
    pub days: Option<u32>,
    pub birth_weight: Option<u32>,
    pub stay: Option<u32>,
    pub cost: Option<Fen>,
    /// Diagnoses as they are spelled in the insurance edition, the principal first.
    pub diagnoses: Vec<Code>,
    pub operations: Vec<CaseOperation>,
    /// Where the record lists the principal.
    pub principal_place: u16,
    pub findings: Vec<Finding>,
}

/// Most operations of a case that are looked at.
pub(crate) const OPERATIONS_MAX: usize = 200;

impl Facts {
    /// Empties the case, keeping its buffers.
    pub fn clear(&mut self) {
        self.diagnoses.clear();
        self.operations.clear();
        self.findings.clear();
        (self.track, self.cost, self.principal_place) = (Track::Ordinary, None, 0);
        (self.age, self.days, self.birth_weight, self.stay) = (None, None, None, None);
    }

    pub fn find(&mut self, kind: FindingKind, place: Place, refuses: bool) {
        self.findings.push(Finding { kind, place, refuses });
    }

    pub fn refused(&self) -> bool {
        self.findings.iter().any(|f| f.refuses)
    }

    pub fn any_live(&self) -> bool {
        self.operations.iter().any(CaseOperation::live)
    }

    /// Positions of the operations that may be main: the first, or all.
    pub fn mains(&self, all: bool) -> impl Iterator<Item = usize> {
        let may = self.operations.iter().enumerate().filter(|(_, o)| o.use_ == Use::Any).map(|(i, _)| i);
        may.take(if all { usize::MAX } else { 1 })
    }
}

/// A code as section 1 of the rules normalises it: blanks around gone, the first letter a capital, every
/// later `X` small. Other capitals stay: operations of traditional medicine have them.
#[inline]
pub(crate) fn normalised(raw: &[u8]) -> Option<Code> {
    let raw = raw.trim_ascii();
    let mut bytes = [0; Code::LEN_MAX];
    let room = bytes.get_mut(..raw.len())?;
    for (i, (into, byte)) in room.iter_mut().zip(raw).enumerate() {
        *into = match byte {
            letter if i == 0 => letter.to_ascii_uppercase(),
            b'X' => b'x',
            other => *other,
        };
    }
    Code::new(room)
}

#[cfg(test)]
mod tests {
    use super::normalised;

    #[test]
    fn only_the_first_letter_and_the_filler_change() {
        let check = |raw: &str, code: Option<&str>| {
            assert_eq!(normalised(raw.as_bytes()).map(|c| c.to_string()).as_deref(), code, "{raw:?}");
        };
        check(" 44.1300X001 ", Some("44.1300x001"));
        check("17.972H0", Some("17.972H0"));
        check("i63.902", Some("I63.902"));
        check("X95.X00", Some("X95.x00"));
        check("", None);
        check("阑尾切除术", None);
        check("1234567890123456789012345", None);
    }
}
