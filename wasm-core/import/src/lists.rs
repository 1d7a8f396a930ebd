//! Lists of codes and wards that a city's own groups ask for, put beside those of the scheme.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::code::{Column, Entry, System, respell};
use anxin_core::drg::layout::{DiagnosisClass, Effect, Layout, ListName, OperationClass, Setting, WardList};
use anxin_core::drg::rule::{LISTS_MAX, List, Test};

use crate::condition::{Asked, Rows};

/// A scheme that lists are added to.
pub struct Lists<'l> {
    layout: &'l mut Layout,
    diagnoses: Vec<Entry>,
    operations: Vec<Entry>,
}

impl<'l> Lists<'l> {
    /// `None` when the scheme's codes are damaged.
    pub fn of(layout: &'l mut Layout) -> Option<Lists<'l>> {
        let (diagnoses, operations) = (layout.diagnoses.unpack()?, layout.operations.unpack()?);
        Some(Lists { layout, diagnoses, operations })
    }

    /// The first code of a question that the scheme does not have, neither whole nor as the head of others.
    pub fn unknown<'a>(&self, asked: &'a Asked) -> Option<&'a str> {
        let Asked::Codes(rows, codes) = asked else { return None };
        codes.iter().find(|code| self.listed(*rows, code).is_empty()).map(String::as_str)
    }

    /// The test of a question of a group. `None` when the scheme has no room for another list.
    pub fn test(&mut self, group: &str, asked: &Asked) -> Option<Test> {
        let (rows, codes) = match asked {
            Asked::Test(test) => return Some(*test),
            Asked::Wards(wards) => return self.wards(group, wards),
            Asked::Codes(rows, codes) => (*rows, codes),
        };
        let all: Vec<usize> = codes.iter().flat_map(|code| self.listed(rows, code)).collect();
        let name = |role: &str| ListName { owner: group.to_owned(), role: role.to_owned() };
        Some(match rows {
            Rows::Principal => Test::Principal(self.diagnoses(name("pdx"), &all)?),
            Rows::OtherDiagnoses => Test::OtherDiagnosis(self.diagnoses(name("odx"), &all)?),
            Rows::Diagnoses => Test::AnyDiagnosis(self.diagnoses(name("adx"), &all)?),
            Rows::MainOperation => Test::MainOperation(self.operations(name("mproc"), &all)?),
            Rows::Operations => Test::AnyOperation(self.operations(name("proc"), &all)?),
        })
    }

    fn wards(&mut self, group: &str, wards: &[String]) -> Option<Test> {
        let list = numbered(self.layout.ward_lists.len())?;
        let name = ListName { owner: group.to_owned(), role: "ward".to_owned() };
        self.layout.ward_lists.push(WardList { name, wards: wards.to_vec() });
        Some(Test::Ward(list))
    }

    /// Where the scheme has a code, or all codes below a category or subcategory.
    fn listed(&self, rows: Rows, code: &str) -> Vec<usize> {
        let (entries, system, heads) = match rows {
            Rows::MainOperation | Rows::Operations => (&self.operations, System::Operation, [4, 5]),
            Rows::Principal | Rows::OtherDiagnoses | Rows::Diagnoses => (&self.diagnoses, System::Diagnosis, [3, 5]),
        };
        let Some(code) = respell(code.as_bytes(), system) else { return Vec::new() };
        let code = code.as_str().trim_end_matches('.');
        let is_head = heads.contains(&code.len());
        let fits = |entry: &Entry| entry.code.as_str() == code || (is_head && entry.code.as_str().starts_with(code));
        entries.iter().enumerate().filter(|(_, entry)| fits(entry)).map(|(at, _)| at).collect()
    }

    fn diagnoses(&mut self, name: ListName, codes: &[usize]) -> Option<List> {
        let list = numbered(self.layout.diagnosis_lists.len())?;
        self.layout.diagnosis_lists.push(name);
        let with = |class: &DiagnosisClass| DiagnosisClass { lists: joined(&class.lists, list), ..class.clone() };
        reclass(&mut self.diagnoses, codes, &mut self.layout.diagnosis_classes, with)?;
        self.layout.diagnoses = packed(&self.diagnoses)?;
        let entries = &self.diagnoses;
        for effect in effects(&mut self.layout.settings) {
            if let Effect::Diagnosis { code, class } = effect
                && codes.iter().any(|at| entries.get(*at).is_some_and(|entry| entry.code.as_str() == code))
            {
                class.lists.push(list);
            }
        }
        Some(list)
    }

    fn operations(&mut self, name: ListName, codes: &[usize]) -> Option<List> {
        let list = numbered(self.layout.operation_lists.len())?;
        self.layout.operation_lists.push(name);
        let with = |class: &OperationClass| OperationClass { lists: joined(&class.lists, list), ..class.clone() };
        reclass(&mut self.operations, codes, &mut self.layout.operation_classes, with)?;
        self.layout.operations = packed(&self.operations)?;
        let entries = &self.operations;
        for effect in effects(&mut self.layout.settings) {
            if let Effect::Operation { code, class } = effect
                && codes.iter().any(|at| entries.get(*at).is_some_and(|entry| entry.code.as_str() == code))
            {
                class.lists.push(list);
            }
        }
        Some(list)
    }
}

fn numbered(lists: usize) -> Option<List> {
    (lists < LISTS_MAX).then(|| u16::try_from(lists).ok().map(List)).flatten()
}

fn joined(lists: &[List], list: List) -> Vec<List> {
    lists.iter().copied().chain([list]).collect()
}

/// What a reading changes of single codes stands in for their classes, and has to be in the list as well.
fn effects(settings: &mut [Setting]) -> impl Iterator<Item = &mut Effect> {
    settings.iter_mut().flat_map(|setting| &mut setting.choices).flat_map(|choice| &mut choice.effects)
}

/// Gives codes the class that they have with one list more.
fn reclass<C>(entries: &mut [Entry], codes: &[usize], classes: &mut Vec<C>, with: impl Fn(&C) -> C) -> Option<()> {
    let mut known: BTreeMap<u16, u16> = BTreeMap::new();
    let mut done: BTreeSet<usize> = BTreeSet::new();
    for at in codes.iter().filter(|at| done.insert(**at)) {
        let entry = entries.get_mut(*at)?;
        let class = match known.get(&entry.class) {
            Some(class) => *class,
            None => {
                let class = u16::try_from(classes.len()).ok()?;
                classes.push(with(classes.get(usize::from(entry.class))?));
                known.insert(entry.class, class);
                class
            }
        };
        entry.class = class;
    }
    Some(())
}

fn packed(entries: &[Entry]) -> Option<Column> {
    Column::pack(entries.iter().map(|entry| (entry.code.as_str(), entry.class)))
}
