//! Why a case is in its group, as data: every group that its diagnosis could lead to, and why each other
//! one lost. There is no score and no money here, and what almost fits is ranked by what the record documents.

use serde::Serialize;

use super::catalogue::{Group, GroupId};
use super::facts::{Finding, Track};
use super::fit::{Fit, fit, parts_met};
use super::grammar::Class;
use super::group::{Grouper, Grouping, Path};
use super::layout::{Kind, OperationClass};
use super::record::Record;
use super::row::Row;
use super::settings::{Choose, MainOperation};
use crate::code::Code;

/// A group that the diagnosis leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    pub group: GroupId,
    pub kind: Kind,
    pub fate: Fate,
}

/// What became of a candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    Taken,
    /// It fits; the group that was taken has more related parts, or so many more of what decides.
    FewerRelated {
        met: u8,
        taken: u8,
    },
    /// It fits as well; the diagnosis of the other is finer.
    CoarserDiagnosis,
    /// It fits as well and lost by the rule for ties.
    LostTie,
    /// It fits; the catalogue chooses by something else than related parts.
    LostChoice,
    /// Its main operation is in the record, at this place, but not where a main one has to be.
    MainElsewhere {
        place: u16,
    },
    /// Its main operation is not in the record.
    MainMissing,
    /// Its main operation is there; of its related parts some are not. `missing` lists what would do for the
    /// first that is not there.
    RelatedMissing {
        met: u8,
        wanted: u8,
        missing: Vec<Code>,
    },
    /// It asks for no operation and the case has some.
    Conservative,
    /// The class of the case's main operation is another; `None` where it is unknown.
    OtherClass {
        has: Option<Class>,
    },
    /// An earlier layer took the case.
    NotReached,
    /// It is for stays that are settled by days, or by the list of traditional medicine.
    OtherTrack,
    /// The stay's days are outside its stretch, or unknown.
    OtherDays,
}

/// An operation of the case as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Read {
    pub place: u16,
    pub code: Option<Code>,
    pub class: OperationClass,
    pub main: bool,
    pub live: bool,
}

/// The explanation of one grouping.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    pub grouping: Grouping,
    pub findings: Vec<Finding>,
    pub operations: Vec<Read>,
    /// The group that was taken, then the nearest.
    pub candidates: Vec<Candidate>,
}

impl Default for Explanation {
    fn default() -> Self {
        let grouping = Grouping::none(Path::Ungrouped);
        Explanation { grouping, findings: Vec::new(), operations: Vec::new(), candidates: Vec::new() }
    }
}

impl Grouper<'_> {
    /// Groups a row and says why, into buffers that can be used again.
    pub fn explain_row(&mut self, row: &Row<'_>, into: &mut Explanation) {
        self.take_row(row);
        self.explain_taken(into);
    }

    /// Groups a record and says why.
    pub fn explain_record(&mut self, record: &Record, into: &mut Explanation) {
        self.take_record(record);
        self.explain_taken(into);
    }

    fn explain_taken(&mut self, into: &mut Explanation) {
        into.findings.clear();
        into.operations.clear();
        into.candidates.clear();
        into.grouping = self.group_taken();
        into.findings.extend_from_slice(&self.facts.findings);
        into.operations.extend(self.facts.operations.iter().map(|o| Read {
            place: o.place,
            code: o.code,
            class: o.class,
            main: into.grouping.main == Some(o.place),
            live: o.live(),
        }));
        let Some(principal) = self.facts.diagnoses.first().copied().filter(|_| !self.facts.refused()) else { return };
        if into.grouping.path == Path::Excluded {
            return;
        }
        let keys = self.keys_of(&principal);
        let candidates = self.under(&keys).map(|(fine, id, group)| Candidate {
            group: id,
            kind: group.kind,
            fate: self.fate(fine, id, group, &into.grouping),
        });
        into.candidates.extend(candidates);
        if let Some(taken) = into.grouping.group.filter(|id| !into.candidates.iter().any(|c| c.group == *id))
            && let Some(group) = self.catalogue.group(taken)
        {
            into.candidates.push(Candidate { group: taken, kind: group.kind, fate: Fate::Taken });
        }
        into.candidates.sort_by_key(|c| near(&c.fate));
    }

    fn fate(&self, fine: u8, id: GroupId, group: &Group, taken: &Grouping) -> Fate {
        if taken.group == Some(id) {
            return Fate::Taken;
        }
        match group.kind {
            Kind::Core => self.fate_of_core(fine, id, group, taken),
            Kind::Comprehensive => match self.class().0 {
                has if has != group.class => Fate::OtherClass { has },
                _ => Fate::NotReached,
            },
            Kind::BedDay if self.facts.track == Track::BedDay => Fate::OtherDays,
            Kind::BedDay | Kind::Tcm => Fate::OtherTrack,
            Kind::Chapter | Kind::Blank | Kind::Pre => Fate::NotReached,
        }
    }

    fn fate_of_core(&self, fine: u8, id: GroupId, group: &Group, taken: &Grouping) -> Fate {
        let live = self.facts.any_live();
        if group.conservative() && live {
            return Fate::Conservative;
        }
        let all = self.may_be_main();
        let found = if group.conservative() { Some((0, None)) } else { fit(self.catalogue, group, &self.facts, all) };
        match found {
            Some((related, main)) => self.why_lost(Fit { id, fine, related, main }, taken),
            None => self.why_unfit(group, all),
        }
    }

    fn may_be_main(&self) -> bool {
        let settings = &self.catalogue.settings;
        settings.main_operation == MainOperation::Any || settings.choose == Choose::Ladder
    }

    /// A group that fits and was not taken.
    fn why_lost(&self, lost: Fit, taken: &Grouping) -> Fate {
        if taken.path != Path::Core {
            return Fate::NotReached;
        }
        if self.catalogue.settings.choose != Choose::MostRelated {
            return Fate::LostChoice;
        }
        if lost.related < taken.related {
            return Fate::FewerRelated { met: lost.related, taken: taken.related };
        }
        let principal = self.facts.diagnoses.first().map(|p| self.keys_of(p));
        let finest = principal.and_then(|keys| {
            self.under(&keys).filter(|(_, id, _)| Some(*id) == taken.group).map(|(fine, ..)| fine).max()
        });
        if finest.is_some_and(|fine| lost.fine < fine) { Fate::CoarserDiagnosis } else { Fate::LostTie }
    }

    /// A group whose operations are not those of the case.
    fn why_unfit(&self, group: &Group, all: bool) -> Fate {
        let operations = &self.facts.operations;
        let mut elsewhere = None;
        let mut nearest: Option<Fate> = None;
        for way in self.catalogue.ways(group) {
            let list = self.catalogue.list(&way.main);
            let is_main = |at: &usize| operations.get(*at).is_some_and(|o| list.iter().any(|n| o.is(*n)));
            if let Some(at) = self.facts.mains(all).find(is_main) {
                let (met, wanted) = (parts_met(self.catalogue, way, &self.facts, at), self.catalogue.parts(way).len());
                let missing = self.catalogue.parts(way).iter().map(|part| self.catalogue.list(part));
                let missing = missing.filter(|codes| !codes.iter().any(|n| operations.iter().any(|o| o.is(*n))));
                let named = |codes: &[u16]| codes.iter().filter_map(|n| self.catalogue.operation(*n)).collect();
                let count = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
                let missing = missing.map(named).next().unwrap_or_default();
                nearest = Some(Fate::RelatedMissing { met: count(met), wanted: count(wanted), missing });
            }
            let there = operations.iter().find(|o| o.live() && list.iter().any(|n| o.is(*n)));
            elsewhere = elsewhere.or(there.map(|o| o.place));
        }
        nearest.or(elsewhere.map(|place| Fate::MainElsewhere { place })).unwrap_or(Fate::MainMissing)
    }
}

/// Taken first, then what fits, then what the record documents elsewhere, then what it lacks.
fn near(fate: &Fate) -> u8 {
    match fate {
        Fate::Taken => 0,
        Fate::FewerRelated { .. } | Fate::CoarserDiagnosis | Fate::LostTie | Fate::LostChoice => 1,
        Fate::MainElsewhere { .. } => 2,
        Fate::RelatedMissing { .. } => 3,
        Fate::NotReached | Fate::Conservative => 4,
        Fate::OtherClass { .. } | Fate::OtherDays | Fate::OtherTrack => 5,
        Fate::MainMissing => 6,
    }
}
