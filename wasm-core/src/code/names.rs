//! What codes and groups are called, and how they are found by code, name or pinyin initials.

use serde::{Deserialize, Serialize};

use super::{Code, Column, Entry, System};
use crate::pack::{self, PackError, PackKind};

/// What a pack of names holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct NameData {
    pub diagnoses: NameTable,
    pub operations: NameTable,
    /// Names of the groups of each scheme, by scheme id.
    pub groups: Vec<(String, NameTable)>,
    /// Characters that occur in names, in order, and the initial of each one's reading.
    pub characters: String,
    pub initials: String,
}

/// Codes and the name of each, in the same order; the column's classes are not used.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct NameTable {
    pub codes: Column,
    /// Separated by line feeds.
    pub names: String,
}

/// The names of a code system. Tens of thousands are kept for each: in one text, not each by itself.
#[derive(Clone, Debug, Default)]
struct Names {
    codes: Vec<Entry>,
    names: Lines,
    initials: Lines,
}

/// Many short texts in one.
#[derive(Clone, Debug, Default)]
struct Lines {
    text: String,
    /// Where each line ends.
    ends: Vec<u32>,
}

impl Lines {
    /// `None` when they are more than four gigabytes.
    fn push(&mut self, line: impl IntoIterator<Item = char>) -> Option<()> {
        self.text.extend(line);
        self.ends.push(u32::try_from(self.text.len()).ok()?);
        Some(())
    }

    fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(usize::try_from(start).ok()?..usize::try_from(*self.ends.get(at)?).ok()?)
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).filter_map(|at| self.get(at))
    }
}

/// Something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Hit<'a> {
    pub code: &'a str,
    pub name: &'a str,
}

/// Names, ready to be looked up and searched.
#[derive(Clone, Debug, Default)]
pub struct NameBook {
    diagnoses: Names,
    operations: Names,
    groups: Vec<(String, Names)>,
}

impl NameBook {
    pub const SCHEMA: u16 = 1;

    pub fn open(bytes: &[u8]) -> Result<NameBook, PackError> {
        let data: NameData = pack::open_as(bytes, PackKind::DrgNames, Self::SCHEMA)?;
        let readings: Vec<(char, char)> = data.characters.chars().zip(data.initials.chars()).collect();
        let names = |table: &NameTable| Names::new(table, &readings).ok_or(PackError::BadPayload);
        Ok(NameBook {
            diagnoses: names(&data.diagnoses)?,
            operations: names(&data.operations)?,
            groups: data.groups.iter().map(|(id, t)| Ok((id.clone(), names(t)?))).collect::<Result<_, PackError>>()?,
        })
    }

    fn of(&self, system: System) -> &Names {
        match system {
            System::Diagnosis => &self.diagnoses,
            System::Operation => &self.operations,
        }
    }

    /// The name of a code.
    pub fn name(&self, system: System, code: &str) -> Option<&str> {
        self.of(system).name(code)
    }

    /// The name of an MDC (by letter), ADRG or DRG of a scheme.
    pub fn group(&self, scheme: &str, code: &str) -> Option<&str> {
        self.groups.iter().find(|(id, _)| id == scheme)?.1.name(code)
    }

    /// Codes that begin with `text`, then names that hold it, then names whose pinyin initials hold it;
    /// at most `most`. Case and blanks around do not matter.
    pub fn search(&self, system: System, text: &str, most: usize) -> Vec<Hit<'_>> {
        let names = self.of(system);
        let text = text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        let initials = text.to_ascii_lowercase();
        let rank = |code: &str, name: &str, reading: &str| {
            let by_code = code.get(..text.len()).is_some_and(|head| head.eq_ignore_ascii_case(text));
            match () {
                () if by_code => Some(0),
                () if name == text => Some(1),
                () if name.starts_with(text) => Some(2),
                () if name.contains(text) => Some(3),
                () if reading.starts_with(&initials) => Some(4),
                () if reading.contains(&initials) => Some(5),
                () => None,
            }
        };
        let mut found: Vec<(u8, usize, Hit<'_>)> = Vec::new();
        for ((entry, name), reading) in names.codes.iter().zip(names.names.iter()).zip(names.initials.iter()) {
            let code = entry.code.as_str();
            if let Some(rank) = rank(code, name, reading) {
                found.push((rank, name.len(), Hit { code, name }));
            }
        }
        found.sort_by_key(|(rank, len, hit)| (*rank, if *rank == 0 { 0 } else { *len }, hit.code));
        found.into_iter().take(most).map(|(.., hit)| hit).collect()
    }
}

impl Names {
    fn new(table: &NameTable, readings: &[(char, char)]) -> Option<Names> {
        let codes = table.codes.unpack()?;
        let read = |c: char| {
            let found = readings.binary_search_by_key(&c, |(known, _)| *known).ok().and_then(|at| readings.get(at));
            found.map(|(_, initial)| *initial).or_else(|| c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()))
        };
        let (mut names, mut initials) = (Lines::default(), Lines::default());
        for name in table.names.split_terminator('\n') {
            names.push(name.chars())?;
            initials.push(name.chars().filter_map(read))?;
        }
        (codes.len() == names.ends.len()).then_some(Names { codes, names, initials })
    }

    fn name(&self, code: &str) -> Option<&str> {
        let at = self.codes.binary_search_by_key(&Code::padded(code.as_bytes())?, |entry| entry.code).ok()?;
        self.names.get(at)
    }
}
