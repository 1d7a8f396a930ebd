//! A catalogue, ready for use.

use std::cmp::Reverse;
use std::ops::Range;

use serde::Serialize;

use super::grammar::{Class, Expression, Grammar, GroupKey, GroupText};
use super::layout::{
    CoefficientValue, Exclusion, GroupData, Kind, Layout, OperationClass, PointValue, PreGroup, SCHEMA, SourceNote,
};
use super::settings::Settings;
use crate::code::{Code, Dictionary};
use crate::drg::layout::Said;
use crate::money::{Fen, Rate};
use crate::pack::{self, PackDigest, PackError, PackHeader, PackKind};

/// The number of a group in its catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct GroupId(pub(crate) u16);

/// A stretch of one of the catalogue's tables.
pub(crate) type Span = Range<u32>;

/// One way to meet a group's operations: a main one of a list, and other ones, each of a list.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub main: Span,
    pub parts: Span,
}

/// A group of the catalogue.
#[derive(Clone, Debug)]
pub struct Group {
    pub label: String,
    pub kind: Kind,
    pub class: Option<Class>,
    pub chapter: Option<u8>,
    /// Points of a case; of a day for a bed-day group. Unknown where the catalogue gives none.
    pub score: Option<Rate>,
    pub mean_fen: Option<Fen>,
    /// 基层病种
    pub base_level: bool,
    pub days: Option<(u32, Option<u32>)>,
    pub(crate) keys: Vec<u16>,
    pub(crate) ways: Span,
}

/// A catalogue with the settings that it was opened with.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub header: PackHeader,
    pub digest: PackDigest,
    pub id: String,
    pub title: String,
    /// What has to stand beside every result.
    pub notice: Option<Said>,
    pub grammar: Grammar,
    pub sources: Vec<SourceNote>,
    /// Layers of the edition that this catalogue does not have.
    pub left_out: Vec<Said>,
    pub points: Vec<PointValue>,
    pub coefficients: Vec<CoefficientValue>,
    pub settings: Settings,
    pub(crate) keys: Dictionary,
    key_names: Vec<String>,
    pub(crate) operations: Dictionary,
    pub(crate) groups: Vec<Group>,
    pub(crate) pre_groups: Vec<PreGroup>,
    pub(crate) excluded_principals: Dictionary,
    pub(crate) classes: Dictionary,
    pub(crate) excluded_operations: Dictionary,
    /// Groups by key, core ones first; the stretch of each key is in `spans`.
    listed: Vec<u16>,
    spans: Vec<Span>,
    /// Groups without a key.
    pub(crate) keyless: Vec<u16>,
    ways: Vec<Way>,
    parts: Vec<Span>,
    numbers: Vec<u16>,
}

impl Catalogue {
    /// Opens a catalogue with its own settings.
    pub fn open(bytes: &[u8]) -> Result<Catalogue, PackError> {
        let pack = pack::open(bytes)?;
        let layout: Layout = pack.payload_as(PackKind::Dip, SCHEMA)?;
        assemble(layout, pack.header, pack.digest).ok_or(PackError::BadPayload)
    }

    /// The same catalogue under other settings.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Catalogue {
        self.settings = settings;
        self
    }

    pub fn group(&self, GroupId(n): GroupId) -> Option<&Group> {
        self.groups.get(usize::from(n))
    }

    /// Every group, in the order of the catalogue.
    pub fn groups(&self) -> impl Iterator<Item = (GroupId, &Group)> {
        (0..).map(GroupId).zip(&self.groups)
    }

    /// The group of a code.
    pub fn find(&self, label: &str) -> Option<GroupId> {
        self.groups().find(|(_, g)| g.label == label).map(|(id, _)| id)
    }

    /// The conditions of the first layer.
    pub fn pre_groups(&self) -> &[PreGroup] {
        &self.pre_groups
    }

    /// What the diagnosis of a group is called, where the catalogue says so.
    pub fn name(&self, id: GroupId) -> Option<&str> {
        let group = self.group(id)?;
        if group.kind == Kind::Pre {
            return self.pre_groups.iter().find(|p| p.group == id.0).map(|p| p.name.as_str());
        }
        let name = self.key_names.get(usize::from(*group.keys.first()?))?;
        (!name.is_empty()).then_some(name)
    }

    /// Groups under a key, core ones first.
    #[inline]
    pub(crate) fn under(&self, key: u16) -> &[u16] {
        self.spans.get(usize::from(key)).and_then(|span| slice(&self.listed, span)).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn ways(&self, group: &Group) -> &[Way] {
        slice(&self.ways, &group.ways).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn parts(&self, way: &Way) -> &[Span] {
        slice(&self.parts, &way.parts).unwrap_or_default()
    }

    /// The operations of a list.
    #[inline]
    pub(crate) fn list(&self, span: &Span) -> &[u16] {
        slice(&self.numbers, span).unwrap_or_default()
    }

    pub(crate) fn operation(&self, number: u16) -> Option<Code> {
        self.operations.get(number).map(|e| e.code)
    }
}

#[inline]
fn slice<'a, T>(all: &'a [T], span: &Span) -> Option<&'a [T]> {
    all.get(usize::try_from(span.start).ok()?..usize::try_from(span.end).ok()?)
}

fn assemble(layout: Layout, header: PackHeader, digest: PackDigest) -> Option<Catalogue> {
    let mut catalogue = Catalogue {
        header,
        digest,
        id: layout.id,
        title: layout.title,
        notice: layout.notice,
        grammar: layout.grammar,
        sources: layout.sources,
        left_out: layout.left_out,
        points: layout.points,
        coefficients: layout.coefficients,
        settings: layout.settings,
        keys: Dictionary::new(layout.keys.unpack()?)?,
        key_names: layout.key_names.split_terminator('\n').map(str::to_owned).collect(),
        operations: Dictionary::new(layout.operations.unpack()?)?,
        groups: Vec::with_capacity(layout.groups.len()),
        pre_groups: layout.pre_groups,
        excluded_principals: Dictionary::new(layout.excluded_principals.unpack()?)?,
        classes: Dictionary::new(layout.classes.unpack()?)?,
        excluded_operations: Dictionary::new(layout.excluded_operations.unpack()?)?,
        listed: Vec::new(),
        spans: Vec::new(),
        keyless: Vec::new(),
        ways: Vec::new(),
        parts: Vec::new(),
        numbers: Vec::new(),
    };
    u16::try_from(layout.groups.len()).ok()?;
    for data in layout.groups {
        let group = catalogue.adopt(data)?;
        catalogue.groups.push(group);
    }
    catalogue.list_groups()?;
    let known = |p: &PreGroup| catalogue.groups.get(usize::from(p.group)).is_some_and(|g| g.kind == Kind::Pre);
    let whole = catalogue.pre_groups.iter().all(known)
        && catalogue.key_names.len() == catalogue.keys.entries().len()
        && catalogue.excluded_operations.entries().iter().all(|e| Exclusion::from_number(e.class).is_some())
        && catalogue.classes.entries().iter().all(|e| usize::from(e.class) < OperationClass::ALL.len());
    whole.then_some(catalogue)
}

impl Catalogue {
    /// Takes a group over from the layout: its operations as ways to meet them, its code as it is printed.
    fn adopt(&mut self, data: GroupData) -> Option<Group> {
        let keys: Vec<Code> = data.keys.iter().map(|k| self.keys.get(*k).map(|e| e.code)).collect::<Option<_>>()?;
        let (main, related) = (self.expression(&data.main)?, self.expression(&data.related)?);
        if (main.is_none() && related.is_some()) || keys.is_empty() && !keyless(data.kind) {
            return None;
        }
        let start = u32::try_from(self.ways.len()).ok()?;
        for (main, parts) in ways(main.as_ref(), related.as_ref()) {
            let main = self.keep(&main)?;
            let from = u32::try_from(self.parts.len()).ok()?;
            for part in parts {
                let part = self.keep(&part)?;
                self.parts.push(part);
            }
            let parts = from..u32::try_from(self.parts.len()).ok()?;
            self.ways.push(Way { main, parts });
        }
        let key = match (keys.first(), data.chapter) {
            (Some(code), _) => GroupKey::Diagnosis(*code),
            (None, Some(chapter)) => GroupKey::Chapter(chapter),
            (None, None) => GroupKey::Blank,
        };
        let spelled = GroupText { key, class: data.class, main, related };
        Some(Group {
            label: data.label.unwrap_or_else(|| spelled.to_string()),
            kind: data.kind,
            class: data.class,
            chapter: data.chapter,
            score: data.score,
            mean_fen: data.mean_fen,
            base_level: data.base_level,
            days: data.days,
            keys: data.keys,
            ways: start..u32::try_from(self.ways.len()).ok()?,
        })
    }

    /// `None` for an operation that is not there; `Some(None)` for no operations.
    fn expression(&self, places: &[Vec<u16>]) -> Option<Option<Expression>> {
        if places.is_empty() {
            return Some(None);
        }
        let code = |n: &u16| self.operation(*n);
        let places = places.iter().map(|codes| codes.iter().map(code).collect()).collect::<Option<Vec<Vec<Code>>>>()?;
        Expression::from_places(self.grammar, places).map(Some)
    }

    fn keep(&mut self, codes: &[Code]) -> Option<Span> {
        let start = u32::try_from(self.numbers.len()).ok()?;
        for code in codes {
            let (number, _) = self.operations.find_code(code)?;
            self.numbers.push(number);
        }
        Some(start..u32::try_from(self.numbers.len()).ok()?)
    }

    /// Hangs every group under its keys: core ones first, the higher score first.
    fn list_groups(&mut self) -> Option<()> {
        let mut pairs: Vec<(u16, u16)> = Vec::new();
        for (n, group) in (0_u16..).zip(&self.groups) {
            pairs.extend(group.keys.iter().map(|key| (*key, n)));
            if keyless(group.kind) {
                self.keyless.push(n);
            }
        }
        let groups = &self.groups;
        pairs.sort_by_key(|(key, n)| {
            let group = groups.get(usize::from(*n));
            (*key, group.map(|g| (g.kind, Reverse(g.score), g.label.clone())))
        });
        pairs.dedup();
        let mut pairs = pairs.into_iter().peekable();
        for key in (0_u16..).take(self.keys.entries().len()) {
            let start = u32::try_from(self.listed.len()).ok()?;
            while let Some((_, n)) = pairs.next_if(|(k, _)| *k == key) {
                self.listed.push(n);
            }
            self.spans.push(start..u32::try_from(self.listed.len()).ok()?);
        }
        Some(())
    }
}

/// Kinds that are looked up otherwise than by a diagnosis.
pub(super) fn keyless(kind: Kind) -> bool {
    matches!(kind, Kind::Chapter | Kind::Blank | Kind::Pre)
}

/// Most ways of one group.
const WAYS_MAX: usize = 64;

/// Every way to meet a main expression and a related one. A main expression of several places is met by a
/// main operation of one of them while the others count as related.
fn ways(main: Option<&Expression>, related: Option<&Expression>) -> Vec<(Vec<Code>, Vec<Vec<Code>>)> {
    let related = related.map_or_else(|| vec![Vec::new()], Expression::ways);
    let mut found = Vec::new();
    for lists in main.map(Expression::ways).unwrap_or_default() {
        for (at, list) in lists.iter().enumerate() {
            for parts in &related {
                let others = lists.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, list)| list.clone());
                found.push((list.clone(), others.chain(parts.iter().cloned()).collect()));
            }
        }
    }
    found.truncate(WAYS_MAX);
    found
}
