//! Numbers for lists and classes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use anxin_core::drg::layout::ListName;
use anxin_core::drg::rule::{LISTS_MAX, List};

use crate::lint::{Defect, Lints};
use crate::words::Lists;

/// The lists of one kind of code, numbered as they are met.
#[derive(Default)]
pub struct Register {
    pub names: Vec<ListName>,
    numbers: BTreeMap<(String, String), List>,
    filled: BTreeSet<List>,
    asked: BTreeSet<List>,
}

impl Register {
    pub fn number(&mut self, owner: &str, role: &str) -> List {
        let next = List(u16::try_from(self.names.len()).unwrap_or(u16::MAX));
        *self.numbers.entry((owner.to_owned(), role.to_owned())).or_insert_with(|| {
            self.names.push(ListName { owner: owner.into(), role: role.into() });
            next
        })
    }

    /// The number of a list that a code is in.
    pub fn fill(&mut self, owner: &str, role: &str) -> List {
        let list = self.number(owner, role);
        self.filled.insert(list);
        list
    }

    fn ask(&mut self, owner: &str, role: &str) -> List {
        let list = self.number(owner, role);
        self.asked.insert(list);
        list
    }

    pub fn get(&self, owner: &str, role: &str) -> Option<List> {
        self.numbers.get(&(owner.to_owned(), role.to_owned())).copied()
    }

    /// Lists that no rule asks for, lists without a code, and more lists than there are numbers.
    pub fn check(&self, file: &str, lints: &mut Lints) {
        for ((owner, role), list) in &self.numbers {
            if !self.asked.contains(list) {
                lints.add(file, owner, Defect::UnusedList(role.clone()));
            }
            if !self.filled.contains(list) {
                lints.add(file, owner, Defect::EmptyList(role.clone()));
            }
        }
        if self.names.len() > LISTS_MAX {
            lints.add(file, "", Defect::TooMany("lists"));
        }
    }
}

/// The lists that a rule of `owner` can name. The gate of an MDC has one list, whatever its word.
pub struct Bound<'a> {
    pub owner: &'a str,
    pub gate: bool,
    pub diagnoses: &'a mut Register,
    pub operations: &'a mut Register,
}

impl Lists for Bound<'_> {
    fn diagnosis(&mut self, role: &str) -> List {
        self.diagnoses.ask(self.owner, if self.gate { "pdx" } else { role })
    }

    fn operation(&mut self, role: &str) -> List {
        self.operations.ask(self.owner, role)
    }
}

/// Classes in the order in which they are met; the first is that of an unknown code.
pub struct Classes<T> {
    pub all: Vec<T>,
    numbers: HashMap<T, u16>,
}

impl<T: Clone + Default + Eq + Hash> Classes<T> {
    pub fn new() -> Classes<T> {
        Classes { all: vec![T::default()], numbers: HashMap::from([(T::default(), 0)]) }
    }

    pub fn number(&mut self, class: &T) -> u16 {
        if let Some(number) = self.numbers.get(class) {
            return *number;
        }
        let number = u16::try_from(self.all.len()).unwrap_or(u16::MAX);
        self.all.push(class.clone());
        self.numbers.insert(class.clone(), number);
        number
    }
}
