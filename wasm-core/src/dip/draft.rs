//! A catalogue as it is put together, row by row, and what becomes of it in a pack.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::catalogue::keyless;
use super::grammar::{Class, Expression, GrammarError, GroupKey, GroupText};
use super::layout::{Exclusion, GroupData, Kind, Layout, OperationClass, PreGroup, SCHEMA};
use crate::code::{Code, Column};
use crate::money::{Fen, Rate};
use crate::pack::{self, PackError, PackHeader, PackKind};

/// A group, not yet numbered.
#[derive(Clone, Debug)]
pub struct GroupDraft {
    /// As the source calls it.
    pub label: String,
    pub kind: Kind,
    pub keys: Vec<Code>,
    pub chapter: Option<u8>,
    pub class: Option<Class>,
    pub main: Option<Expression>,
    pub related: Option<Expression>,
    pub score: Option<Rate>,
    pub mean_fen: Option<Fen>,
    pub base_level: bool,
    pub days: Option<(u32, Option<u32>)>,
}

impl GroupDraft {
    /// A group as its code says, of the kind that the code is of.
    pub fn of(text: GroupText) -> GroupDraft {
        let label = text.to_string();
        let (kind, keys, chapter) = match (text.key, text.class) {
            (GroupKey::Diagnosis(code), None) => (Kind::Core, vec![code], None),
            (GroupKey::Diagnosis(code), Some(_)) => (Kind::Comprehensive, vec![code], None),
            (GroupKey::Chapter(n), _) => (Kind::Chapter, Vec::new(), Some(n)),
            (GroupKey::Blank, _) => (Kind::Blank, Vec::new(), None),
        };
        GroupDraft {
            label,
            kind,
            keys,
            chapter,
            class: text.class,
            main: text.main,
            related: text.related,
            score: None,
            mean_fen: None,
            base_level: false,
            days: None,
        }
    }
}

/// Why a catalogue cannot be put together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftError {
    Grammar(GrammarError),
    /// The code stands there twice.
    Repeated,
    /// More codes or groups than a pack has numbers for.
    TooMany,
    /// A comprehensive group without a class, or a class where none belongs.
    Class,
    /// Related operations without a main one.
    NoMain,
    /// No diagnosis, where the kind of group is found by one.
    NoDiagnosis,
}

impl From<GrammarError> for DraftError {
    fn from(e: GrammarError) -> Self {
        DraftError::Grammar(e)
    }
}

impl std::fmt::Display for DraftError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DraftError::Grammar(e) => e.fmt(f),
            DraftError::Repeated => f.write_str("stands there twice"),
            DraftError::TooMany => f.write_str("more than a pack has numbers for"),
            DraftError::Class => f.write_str("the class does not go with the kind of group"),
            DraftError::NoMain => f.write_str("related operations without a main one"),
            DraftError::NoDiagnosis => f.write_str("no diagnosis"),
        }
    }
}

/// All codes of groups together: a catalogue of 12,000 has less than a tenth of this.
const LABEL_BYTES_MAX: usize = 16 << 20;

/// A catalogue in the making. What is not added row by row stands in `head`.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Id, title, sources, settings; its tables are filled by [`Draft::seal`].
    pub head: Layout,
    groups: Vec<GroupDraft>,
    labels: BTreeSet<String>,
    label_bytes: usize,
    names: BTreeMap<Code, String>,
    pre_groups: Vec<(String, PreGroup)>,
    pub excluded_principals: BTreeSet<Code>,
    pub classes: BTreeMap<Code, OperationClass>,
    pub excluded_operations: BTreeMap<Code, Exclusion>,
}

impl Draft {
    pub fn new(head: Layout) -> Draft {
        Draft { head, ..Draft::default() }
    }

    /// Adds a group. A code that is already there is refused.
    pub fn add(&mut self, group: GroupDraft) -> Result<(), DraftError> {
        let classed = matches!(group.kind, Kind::Comprehensive | Kind::Chapter);
        if classed != group.class.is_some() {
            return Err(DraftError::Class);
        }
        if group.main.is_none() && group.related.is_some() {
            return Err(DraftError::NoMain);
        }
        if group.keys.is_empty() && !keyless(group.kind) {
            return Err(DraftError::NoDiagnosis);
        }
        let bytes = self.label_bytes + group.label.len();
        if self.groups.len() >= usize::from(u16::MAX) || bytes > LABEL_BYTES_MAX {
            return Err(DraftError::TooMany);
        }
        if !self.labels.insert(group.label.clone()) {
            return Err(DraftError::Repeated);
        }
        self.label_bytes = bytes;
        self.groups.push(group);
        Ok(())
    }

    /// Gives a diagnosis a name; the first name stays.
    pub fn name(&mut self, key: Code, name: &str) {
        self.names.entry(key).or_insert_with(|| name.replace(['\n', '\r'], " "));
    }

    /// Adds the condition of a pre-group. The group itself has the same label.
    pub fn add_pre(&mut self, label: &str, pre: PreGroup) {
        self.pre_groups.push((label.into(), pre));
    }

    pub fn len(&self) -> usize {
        self.groups.len()
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    pub fn has(&self, label: &str) -> bool {
        self.labels.contains(label)
    }

    /// The groups in the order in which they were added.
    pub fn groups(&self) -> &[GroupDraft] {
        &self.groups
    }

    /// The layout with everything numbered.
    pub fn layout(&self) -> Result<Layout, DraftError> {
        let keys: BTreeSet<Code> = self.groups.iter().flat_map(|g| &g.keys).copied().collect();
        let named = |e: &Option<Expression>| e.iter().flat_map(Expression::codes).copied().collect::<Vec<Code>>();
        let operations: BTreeSet<Code> =
            self.groups.iter().flat_map(|g| named(&g.main).into_iter().chain(named(&g.related))).collect();
        let (key_numbers, operation_numbers) = (numbers(&keys)?, numbers(&operations)?);
        let groups: Option<Vec<GroupData>> =
            self.groups.iter().map(|group| numbered(group, &key_numbers, &operation_numbers)).collect();
        let plain = |codes: &BTreeSet<Code>| column(codes.iter().map(|code| (code, 0)));
        Ok(Layout {
            keys: plain(&keys)?,
            key_names: keys.iter().map(|k| self.names.get(k).map_or("", String::as_str).to_owned() + "\n").collect(),
            operations: plain(&operations)?,
            groups: groups.ok_or(DraftError::TooMany)?,
            pre_groups: self.pre_numbered()?,
            excluded_principals: plain(&self.excluded_principals)?,
            classes: column(self.classes.iter().map(|(code, class)| (code, class.number())))?,
            excluded_operations: column(self.excluded_operations.iter().map(|(code, why)| (code, why.number())))?,
            ..self.head.clone()
        })
    }

    fn pre_numbered(&self) -> Result<Vec<PreGroup>, DraftError> {
        let number = |label: &str| {
            let at = self.groups.iter().position(|g| g.label == label && g.kind == Kind::Pre);
            at.and_then(|at| u16::try_from(at).ok()).ok_or(DraftError::TooMany)
        };
        self.pre_groups.iter().map(|(label, pre)| Ok(PreGroup { group: number(label)?, ..pre.clone() })).collect()
    }

    /// The pack `dip/<id>`.
    pub fn seal(&self, edition: &str) -> Result<Vec<u8>, PackError> {
        let layout = self.layout().map_err(|_| PackError::BadPayload)?;
        let id = format!("dip/{}", layout.id);
        let header = PackHeader { kind: PackKind::Dip, id, schema: SCHEMA, edition: edition.into() };
        let payload = postcard::to_allocvec(&layout).map_err(|_| PackError::BadPayload)?;
        pack::seal(&header, &payload)
    }
}

fn numbers(codes: &BTreeSet<Code>) -> Result<BTreeMap<Code, u16>, DraftError> {
    if codes.len() >= usize::from(u16::MAX) {
        return Err(DraftError::TooMany);
    }
    Ok(codes.iter().copied().zip(0..).collect())
}

fn column<'a>(codes: impl Iterator<Item = (&'a Code, u16)>) -> Result<Column, DraftError> {
    Column::pack(codes.map(|(code, class)| (code.as_str(), class))).ok_or(DraftError::TooMany)
}

fn numbered(group: &GroupDraft, keys: &BTreeMap<Code, u16>, operations: &BTreeMap<Code, u16>) -> Option<GroupData> {
    let places = |expression: &Option<Expression>| -> Option<Vec<Vec<u16>>> {
        let places = expression.iter().flat_map(Expression::places);
        places.map(|codes| codes.iter().map(|c| operations.get(c).copied()).collect()).collect()
    };
    let spelled = GroupText {
        key: match (group.keys.as_slice(), group.chapter) {
            ([key], _) => GroupKey::Diagnosis(*key),
            ([], Some(chapter)) => GroupKey::Chapter(chapter),
            _ => GroupKey::Blank,
        },
        class: group.class,
        main: group.main.clone(),
        related: group.related.clone(),
    };
    Some(GroupData {
        label: (spelled.to_string() != group.label).then(|| group.label.clone()),
        kind: group.kind,
        keys: group.keys.iter().map(|k| keys.get(k).copied()).collect::<Option<_>>()?,
        chapter: group.chapter,
        class: group.class,
        main: places(&group.main)?,
        related: places(&group.related)?,
        score: group.score,
        mean_fen: group.mean_fen,
        base_level: group.base_level,
        days: group.days,
    })
}
