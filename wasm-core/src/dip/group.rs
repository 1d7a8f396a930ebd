//! From a case to its group.

use serde::Serialize;

use super::catalogue::{Catalogue, Group, GroupId};
use super::chapter::chapter;
use super::facts::{CaseOperation, Facts, Finding, FindingKind, OPERATIONS_MAX, Track, Use, normalised};
use super::fit::{Fit, fit};
use super::grammar::{self, Class};
use super::layout::{Exclusion, Kind, OperationClass, PreGroup};
use super::row::Row;
use super::settings::{Choose, MainOperation, Unclassed};
use crate::code::{ClinicalMap, Code, Dictionary, System, respell};
use crate::drg::Place;
use crate::money::Fen;

/// By which layer a case was grouped, or why it was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DipPath"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DipPath"))]
pub enum Path {
    PreGroup,
    Core,
    Comprehensive,
    Chapter,
    Blank,
    BedDay,
    Tcm,
    Ungrouped,
    /// The edition excludes the principal diagnosis.
    Excluded,
    InvalidDx,
    /// A field is missing without which no layer can be chosen.
    Incomplete,
}

impl Path {
    pub const fn code(self) -> &'static str {
        match self {
            Path::PreGroup => "PRE_GROUP",
            Path::Core => "CORE",
            Path::Comprehensive => "COMPREHENSIVE",
            Path::Chapter => "CHAPTER",
            Path::Blank => "BLANK",
            Path::BedDay => "BED_DAY",
            Path::Tcm => "TCM",
            Path::Ungrouped => "UNGROUPED",
            Path::Excluded => "EXCLUDED",
            Path::InvalidDx => "INVALID_DX",
            Path::Incomplete => "INCOMPLETE",
        }
    }

    /// What became of the case, in the words that a DRG scheme has for it.
    pub const fn status(self) -> &'static str {
        match self {
            Path::InvalidDx | Path::Incomplete => "check_failed",
            Path::Ungrouped | Path::Excluded => "ungrouped",
            _ => "grouped",
        }
    }
}

/// The group of a case, as a number into its catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Grouping {
    pub path: Path,
    pub group: Option<GroupId>,
    /// Related parts of the group that the case has.
    pub related: u8,
    /// Where the record lists the operation that was taken as main.
    pub main: Option<u16>,
}

impl Grouping {
    pub(crate) const fn none(path: Path) -> Grouping {
        Grouping { path, group: None, related: 0, main: None }
    }

    /// The group as it is written: its code, `UNGROUPED`, `EXCLUDED`, `INCOMPLETE` or `INVALID`.
    pub fn label<'c>(&self, catalogue: &'c Catalogue) -> &'c str {
        match (self.group.and_then(|id| catalogue.group(id)), self.path) {
            (Some(group), _) => &group.label,
            (None, Path::InvalidDx) => "INVALID",
            (None, path) => path.code(),
        }
    }
}

/// Groups cases one after the other with one set of buffers.
#[derive(Clone, Debug)]
pub struct Grouper<'c> {
    pub(crate) catalogue: &'c Catalogue,
    clinical: Option<&'c ClinicalMap>,
    /// Codes of the records are those of the clinical edition.
    from_clinical: bool,
    edition: Option<(&'c Dictionary, &'c Dictionary)>,
    pub(crate) facts: Facts,
}

impl<'c> Grouper<'c> {
    pub fn new(catalogue: &'c Catalogue) -> Grouper<'c> {
        Grouper { catalogue, clinical: None, from_clinical: false, edition: None, facts: Facts::default() }
    }

    /// Checks codes against the insurance edition: one that is not there is read under another spelling or
    /// as a clinical code, else it does not enter grouping. Without this, any code of the right shape does.
    #[must_use]
    pub fn with_edition(mut self, diagnoses: &'c Dictionary, operations: &'c Dictionary) -> Grouper<'c> {
        self.edition = Some((diagnoses, operations));
        self
    }

    /// Takes clinical codes as their insurance codes, each with a finding: those that the insurance edition
    /// does not know, or with `all` every one, as the records are 病案首页.
    #[must_use]
    pub fn with_clinical(mut self, map: &'c ClinicalMap, all: bool) -> Grouper<'c> {
        self.clinical = Some(map);
        self.from_clinical = all;
        self
    }

    pub fn catalogue(&self) -> &'c Catalogue {
        self.catalogue
    }

    /// What was noticed about the last case.
    pub fn findings(&self) -> &[Finding] {
        &self.facts.findings
    }

    /// Days in hospital of the last case.
    pub fn stay(&self) -> Option<u32> {
        self.facts.stay
    }

    /// Groups a row of a table.
    #[inline]
    pub fn group_row(&mut self, row: &Row<'_>) -> Grouping {
        self.take_row(row);
        self.group_taken()
    }

    pub(crate) fn take_row(&mut self, row: &Row<'_>) {
        self.facts.clear();
        self.facts.age = self.number(row.age, Place::Age);
        self.facts.days = self.number(row.age_days, Place::AgeDays);
        self.facts.birth_weight = self.number(row.birth_weight, Place::BirthWeight).filter(|w| *w > 0);
        self.facts.stay = self.number(row.stay, Place::Stay);
        if self.catalogue.settings.choose == Choose::ClosestCost {
            self.facts.cost = std::str::from_utf8(row.cost).ok().and_then(Fen::parse_yuan);
        }
        if !row.track.is_empty() {
            match Track::read(row.track) {
                Some(track) => self.facts.track = track,
                None => self.facts.find(FindingKind::Unreadable, Place::Record, false),
            }
        }
        for (raw, place) in codes(row.diagnoses).zip(0_u16..) {
            self.take_diagnosis(raw, place);
        }
        let mut classes = row.classes.split(|b| *b == b'|');
        for (raw, place) in row.operations.split(|b| *b == b'|').zip(0_u16..) {
            let told = classes.next().unwrap_or_default();
            if !raw.trim_ascii().is_empty() {
                let class = self.class_of(told, place);
                self.take_operation(raw, class, place);
            }
        }
        self.check();
    }

    #[inline]
    fn class_of(&mut self, told: &[u8], place: u16) -> OperationClass {
        if told.is_empty() {
            return OperationClass::Unknown;
        }
        let class = std::str::from_utf8(told).ok().and_then(|text| OperationClass::read(text.trim()));
        if class.is_none() {
            self.facts.find(FindingKind::Unreadable, Place::Operation(place), false);
        }
        class.unwrap_or_default()
    }

    /// A whole number; a decimal fraction of zeros is read over.
    fn number(&mut self, text: &[u8], place: Place) -> Option<u32> {
        if text.is_empty() {
            return None;
        }
        let text = std::str::from_utf8(text).unwrap_or("?").trim();
        let whole = text.split_once('.').map_or(
            text,
            |(whole, zeros)| {
                if zeros.bytes().all(|b| b == b'0') { whole } else { text }
            },
        );
        let value = whole.parse().ok().filter(|_| !whole.starts_with('+'));
        if value.is_none() {
            self.facts.find(FindingKind::Unreadable, place, false);
        }
        value
    }

    pub(crate) fn take_diagnosis(&mut self, raw: &[u8], place: u16) {
        let code = self.spelled(System::Diagnosis, raw, Place::Diagnosis(place));
        let known = code.filter(|code| code.as_str().len() > 4 && grammar::diagnosis(code.as_str()).is_some());
        match known {
            Some(code) => {
                if self.facts.diagnoses.is_empty() {
                    self.facts.principal_place = place;
                }
                self.facts.diagnoses.push(code);
            }
            None if self.facts.diagnoses.is_empty() => {
                self.facts.find(FindingKind::NotADiagnosis, Place::Diagnosis(place), true);
            }
            None => self.facts.find(FindingKind::NotADiagnosis, Place::Diagnosis(place), false),
        }
    }

    pub(crate) fn take_operation(&mut self, raw: &[u8], told: OperationClass, place: u16) {
        let at = Place::Operation(place);
        if self.facts.operations.len() >= OPERATIONS_MAX {
            return self.facts.find(FindingKind::TooManyOperations, at, false);
        }
        let code = self.spelled(System::Operation, raw, at);
        if let Some(code) = code
            && self.facts.operations.iter().any(|o| o.code == Some(code))
        {
            return self.facts.find(FindingKind::OperationRepeated, at, false);
        }
        let catalogue = self.catalogue;
        let class = match (told, code) {
            (OperationClass::Unknown, Some(code)) => {
                catalogue.classes.find_code(&code).map_or(told, |(_, n)| OperationClass::from_number(n))
            }
            _ => told,
        };
        let use_ = self.use_of(code, class);
        match use_ {
            Use::Nothing => self.facts.find(FindingKind::OperationDropped, at, false),
            Use::OnlyRelated => self.facts.find(FindingKind::OperationNotMain, at, false),
            Use::Any => {}
        }
        let number = code.and_then(|c| catalogue.operations.find_code(&c)).map(|(n, _)| n);
        let base = if catalogue.settings.base_matches_extensions { code.and_then(|c| self.base_of(c)) } else { None };
        self.facts.operations.push(CaseOperation { code, number, base, class, use_, place });
    }

    /// With a list of exclusions, the list decides; without one, the class does.
    fn use_of(&self, code: Option<Code>, class: OperationClass) -> Use {
        let list = &self.catalogue.excluded_operations;
        if list.entries().is_empty() {
            return if class == OperationClass::None { Use::Nothing } else { Use::Any };
        }
        code.and_then(|c| list.find_code(&c)).and_then(|(_, n)| Exclusion::from_number(n)).into()
    }

    /// The number of `99.2800` for `99.2800x005`.
    fn base_of(&self, code: Code) -> Option<u16> {
        let (base, _) = code.as_str().get(4..)?.split_once('x')?;
        let base = code.as_str().get(..4 + base.len())?;
        self.catalogue.operations.find(base.as_bytes()).map(|(n, _)| n)
    }

    /// The code as the insurance edition writes it.
    #[inline]
    fn spelled(&mut self, system: System, raw: &[u8], place: Place) -> Option<Code> {
        let plain = normalised(raw);
        if self.edition.is_none() && !self.from_clinical {
            return plain;
        }
        self.looked_up(system, raw, plain, place)
    }

    /// With an edition, a code is what it has; else the clinical map is asked for every code.
    fn looked_up(&mut self, system: System, raw: &[u8], plain: Option<Code>, place: Place) -> Option<Code> {
        let dictionary = self.edition.map(|(diagnoses, operations)| match system {
            System::Diagnosis => diagnoses,
            System::Operation => operations,
        });
        let known = |code: &Code| dictionary.is_none_or(|d| d.find_code(code).is_some());
        let mapped = |code: &Code| {
            let found = self.clinical.and_then(|map| map.insurance(system, code.as_str().as_bytes()));
            found.filter(|insurance| known(insurance))
        };
        let clinical_first = plain.filter(|_| self.from_clinical).and_then(|code| mapped(&code));
        if let Some(code) = plain.filter(|code| clinical_first.is_none() && known(code)) {
            return Some(code);
        }
        let respelled = respell(raw, system).filter(|code| Some(*code) != plain);
        let (found, kind) = match clinical_first.or_else(|| plain.and_then(|code| mapped(&code))) {
            Some(code) => (Some(code), FindingKind::FromClinical(code)),
            None => match respelled.filter(|code| dictionary.is_some() && known(code)) {
                Some(code) => (Some(code), FindingKind::Respelled(code)),
                None => (None, FindingKind::UnknownCode),
            },
        };
        self.facts.find(kind, place, false);
        found
    }

    /// What has to be known of every case before it is grouped.
    pub(crate) fn check(&mut self) {
        let facts = &mut self.facts;
        if facts.diagnoses.is_empty() && !facts.refused() {
            facts.find(FindingKind::NoDiagnosis, Place::Record, true);
        }
    }

    pub(crate) fn group_taken(&mut self) -> Grouping {
        let principal = match self.facts.diagnoses.first() {
            Some(principal) if !self.facts.refused() => *principal,
            _ => return Grouping::none(Path::InvalidDx),
        };
        if self.catalogue.excluded_principals.find_code(&principal).is_some() {
            let place = Place::Diagnosis(self.facts.principal_place);
            self.facts.find(FindingKind::ExcludedPrincipal, place, false);
            return Grouping::none(Path::Excluded);
        }
        if let Some(found) = self.on_its_track(&principal).or_else(|| self.pre_group()) {
            return found;
        }
        let settings = &self.catalogue.settings;
        let keys = self.keys_of(&principal);
        let ladder = settings.choose == Choose::Ladder;
        let live = self.facts.any_live();
        let core = if live || !ladder { self.best_core(&keys, live) } else { None };
        let found = core
            .or_else(|| self.comprehensive(&keys, &principal))
            .or_else(|| (ladder || settings.conservative_fallback).then(|| self.best_core(&keys, false)).flatten())
            .or_else(|| self.blank());
        found.unwrap_or(Grouping::none(Path::Ungrouped))
    }

    /// The keys of a diagnosis in the catalogue, the finest first: the whole code, its six places, four, three.
    pub(crate) fn keys_of(&self, principal: &Code) -> Keys {
        let text = principal.as_str();
        let mut found = [None; 4];
        let lengths = [text.len(), 7, 5, 3];
        for (i, (slot, len)) in found.iter_mut().zip(lengths).enumerate() {
            if i == 0 || len < text.len() {
                *slot = text.get(..len).and_then(|key| self.catalogue.keys.find(key.as_bytes())).map(|(n, _)| n);
            }
        }
        Keys(found)
    }

    /// Groups under the keys, the finest first, with how fine each is.
    pub(crate) fn under(&self, keys: &Keys) -> impl Iterator<Item = (u8, GroupId, &'c Group)> + use<'c> {
        let catalogue = self.catalogue;
        let keyed = keys.0.into_iter().zip([3_u8, 2, 1, 0]);
        keyed.filter_map(|(key, fine)| Some((key?, fine))).flat_map(move |(key, fine)| {
            let groups = catalogue.under(key).iter().filter_map(|n| Some((GroupId(*n), catalogue.group(GroupId(*n))?)));
            groups.map(move |(id, group)| (fine, id, group))
        })
    }

    /// The best core group: with live operations among those that have a main one, else the conservative.
    fn best_core(&self, keys: &Keys, live: bool) -> Option<Grouping> {
        self.best(keys, Kind::Core, live).map(|fit| fit.grouping(Path::Core, &self.facts))
    }

    fn best(&self, keys: &Keys, kind: Kind, live: bool) -> Option<Fit> {
        let settings = &self.catalogue.settings;
        let all = settings.main_operation == MainOperation::Any || settings.choose == Choose::Ladder;
        let mut best: Option<Fit> = None;
        for (fine, id, group) in self.under(keys).filter(|(.., g)| g.kind == kind) {
            if group.conservative() == live {
                continue;
            }
            let found = if live { fit(self.catalogue, group, &self.facts, all) } else { Some((0, None)) };
            if let Some((related, main)) = found {
                let new = Fit { id, fine, related, main };
                if best.as_ref().is_none_or(|old| new.before(old, self.catalogue, &self.facts)) {
                    best = Some(new);
                }
            }
        }
        best
    }

    /// A stay that is settled by days or by the list of traditional medicine is looked up there only; where
    /// that has nothing it goes the ordinary way. Without its days nobody knows whether it has something.
    fn on_its_track(&mut self, principal: &Code) -> Option<Grouping> {
        let (kind, path) = match self.facts.track {
            Track::Ordinary => return None,
            Track::BedDay => (Kind::BedDay, Path::BedDay),
            Track::Tcm => (Kind::Tcm, Path::Tcm),
        };
        let keys = self.keys_of(principal);
        if kind == Kind::BedDay {
            let mut groups = self.under(&keys).filter(|(.., g)| g.kind == Kind::BedDay && self.in_days(g));
            let found = groups.next().map(|(fine, id, _)| Fit { id, fine, related: 0, main: None });
            let by_days = self.under(&keys).any(|(.., g)| g.kind == Kind::BedDay);
            if found.is_none() && by_days && self.facts.stay.is_none() {
                self.facts.find(FindingKind::Missing, Place::Stay, true);
                return Some(Grouping::none(Path::Incomplete));
            }
            return found.map(|fit| fit.grouping(path, &self.facts));
        }
        let live = self.facts.any_live();
        let found = self.best(&keys, kind, live).or_else(|| self.best(&keys, kind, false));
        found.map(|fit| fit.grouping(path, &self.facts))
    }

    fn in_days(&self, group: &Group) -> bool {
        let Some((from, to)) = group.days else { return true };
        self.facts.stay.is_some_and(|days| days >= from && to.is_none_or(|to| days <= to))
    }

    /// The first layer of edition 3.0, in its own order.
    fn pre_group(&mut self) -> Option<Grouping> {
        let catalogue = self.catalogue;
        for pre in &catalogue.pre_groups {
            let id = GroupId(pre.group);
            let group = catalogue.group(id)?;
            if !self.newborn_fits(pre) {
                continue;
            }
            let all = pre.any_position || catalogue.settings.main_operation == MainOperation::Any;
            let found = if group.conservative() { Some((0, None)) } else { fit(catalogue, group, &self.facts, all) };
            if let Some((related, main)) = found {
                return Some(Fit { id, fine: 0, related, main }.grouping(Path::PreGroup, &self.facts));
            }
        }
        None
    }

    /// The conditions on the newborn. A figure that is asked for and missing is noted.
    fn newborn_fits(&mut self, pre: &PreGroup) -> bool {
        let facts = &mut self.facts;
        if let Some(head) = &pre.diagnosis
            && !facts.diagnoses.iter().any(|d| d.as_str().starts_with(head.as_str()))
        {
            return false;
        }
        if let Some(below) = pre.age_days_below {
            let known = facts.days.or(facts.age.filter(|years| *years > 0).map(|_| u32::MAX));
            let Some(days) = known else {
                note_missing(facts, Place::AgeDays);
                return false;
            };
            if days >= below {
                return false;
            }
        }
        let Some((from, to)) = pre.birth_weight else { return true };
        let Some(grams) = facts.birth_weight else {
            note_missing(facts, Place::BirthWeight);
            return false;
        };
        (from..=to).contains(&grams)
    }

    /// The class by which comprehensive groups take the case.
    pub(crate) fn class(&self) -> (Option<Class>, Option<u16>) {
        let settings = &self.catalogue.settings;
        let all = settings.main_operation == MainOperation::Any;
        let mut mains = self.facts.mains(all).filter_map(|at| self.facts.operations.get(at)).peekable();
        if mains.peek().is_none() {
            return (Some(Class::Conservative), None);
        }
        let strongest = mains.max_by_key(|o| (o.class.class(), std::cmp::Reverse(o.place)));
        let class = strongest.and_then(|o| o.class.class());
        let unknown = if settings.unclassed == Unclassed::Conservative { Some(Class::Conservative) } else { None };
        (class.or(unknown), strongest.map(|o| o.place))
    }

    fn comprehensive(&mut self, keys: &Keys, principal: &Code) -> Option<Grouping> {
        let catalogue = self.catalogue;
        let (class, place) = self.class();
        let of = chapter(principal.as_str());
        let in_chapter = |n: &&u16| {
            let group = catalogue.group(GroupId(**n));
            group.is_some_and(|g| g.kind == Kind::Chapter && g.chapter == of && g.class == class)
        };
        let pooled = self.under(keys).find(|(.., g)| g.kind == Kind::Comprehensive && g.class == class);
        let (id, path) = match pooled {
            Some((_, id, _)) => (id, Path::Comprehensive),
            None => (GroupId(*catalogue.keyless.iter().find(in_chapter)?), Path::Chapter),
        };
        let unknown = self.facts.operations.iter().find(|o| Some(o.place) == place && o.class.class().is_none());
        if let Some(place) = unknown.map(|o| o.place) {
            self.facts.find(FindingKind::ClassUnknown, Place::Operation(place), false);
        }
        class.map(|_| Grouping { path, group: Some(id), related: 0, main: place })
    }

    fn blank(&self) -> Option<Grouping> {
        let blank = |n: &&u16| self.catalogue.group(GroupId(**n)).is_some_and(|g| g.kind == Kind::Blank);
        let found = self.catalogue.keyless.iter().find(blank)?;
        Some(Grouping { group: Some(GroupId(*found)), ..Grouping::none(Path::Blank) })
    }
}

/// Keys of the catalogue that a diagnosis has, the finest first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keys([Option<u16>; 4]);

impl Group {
    /// Whether it asks for no operation.
    pub fn conservative(&self) -> bool {
        self.ways.is_empty()
    }
}

fn note_missing(facts: &mut Facts, place: Place) {
    let missing = Finding { kind: FindingKind::Missing, place, refuses: false };
    if !facts.findings.contains(&missing) {
        facts.findings.push(missing);
    }
}

/// The codes of a cell; an empty cell has none.
fn codes(cell: &[u8]) -> impl Iterator<Item = &[u8]> {
    cell.split(|b| *b == b'|').filter(|code| !code.trim_ascii().is_empty())
}
