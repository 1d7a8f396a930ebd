//! The packs that grouping needs, opened once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::code::{ClinicalMap, NameBook};
use crate::drg::{Scheme, SchemeError, WeightBook};
use crate::error::{Refusal, RefusalCode};
use crate::pack::{PackError, PackHeader, PackKind};

/// Readings of a scheme, beside its own, that are kept open.
const READINGS_MAX: usize = 4;

/// Schemes, names, mappings and weights by id.
#[derive(Debug, Default)]
pub struct Shelf {
    schemes: Vec<(String, Held)>,
    names: Vec<(String, NameBook)>,
    clinical: Vec<(String, ClinicalMap)>,
    weights: Vec<(String, WeightBook)>,
}

/// A scheme by its own reading, and the bytes from which others are opened when somebody asks.
#[derive(Debug)]
struct Held {
    bytes: Vec<u8>,
    own: Arc<Scheme>,
    others: Mutex<Vec<(Reading, Arc<Scheme>)>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Reading {
    profile: Option<String>,
    choices: BTreeMap<String, String>,
}

impl Shelf {
    /// Adds a pack in place of one of the same id. `None` when it is of a kind that grouping does not use.
    pub(crate) fn load(&mut self, header: &PackHeader, pack: &[u8]) -> Option<Result<(), PackError>> {
        let id = header.id.clone();
        match header.kind {
            PackKind::Drg => Some(self.load_scheme(id, pack)),
            PackKind::DrgNames => Some(NameBook::open(pack).map(|book| put(&mut self.names, id, book))),
            PackKind::DrgClinical => Some(ClinicalMap::open(pack).map(|map| put(&mut self.clinical, id, map))),
            PackKind::DrgWeights => Some(WeightBook::open(pack).map(|book| put(&mut self.weights, id, book))),
            _ => None,
        }
    }

    fn load_scheme(&mut self, id: String, pack: &[u8]) -> Result<(), PackError> {
        let own = Scheme::open(pack).map_err(|e| match e {
            SchemeError::Pack(e) => e,
            SchemeError::Unknown { .. } => PackError::BadPayload,
        })?;
        put(&mut self.schemes, id, Held { bytes: pack.to_vec(), own: Arc::new(own), others: Mutex::default() });
        Ok(())
    }

    /// Every scheme by its own reading, in the order of their ids.
    pub fn schemes(&self) -> impl Iterator<Item = &Arc<Scheme>> {
        self.schemes.iter().map(|(_, held)| &held.own)
    }

    /// A scheme read as asked. `profile` and `choices` as in [`super::GroupCase`].
    pub fn scheme(
        &self,
        id: &str,
        profile: Option<&str>,
        choices: &BTreeMap<String, String>,
    ) -> Result<Arc<Scheme>, Refusal> {
        let held = self.schemes.iter().map(|(_, held)| held).find(|held| held.own.id == id).ok_or_else(|| {
            let known: Vec<&str> = self.schemes().map(|s| s.id.as_str()).collect();
            Refusal::new(RefusalCode::UnknownGrouper, "scheme", known.join(", "))
        })?;
        if profile.is_none() && choices.is_empty() {
            return Ok(Arc::clone(&held.own));
        }
        held.read(&Reading { profile: profile.map(str::to_owned), choices: choices.clone() })
    }

    pub fn names(&self) -> Option<&NameBook> {
        self.names.first().map(|(_, book)| book)
    }

    pub fn clinical(&self) -> Option<&ClinicalMap> {
        self.clinical.first().map(|(_, map)| map)
    }

    pub fn weights(&self) -> impl Iterator<Item = &WeightBook> {
        self.weights.iter().map(|(_, book)| book)
    }
}

impl Held {
    fn read(&self, reading: &Reading) -> Result<Arc<Scheme>, Refusal> {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, scheme)) = others.iter().find(|(known, _)| known == reading) {
            return Ok(Arc::clone(scheme));
        }
        let choices: Vec<(&str, &str)> = reading.choices.iter().map(|(s, c)| (s.as_str(), c.as_str())).collect();
        let opened = Scheme::open_with(&self.bytes, reading.profile.as_deref(), &choices);
        let scheme = Arc::new(opened.map_err(|e| self.refusal(e, reading))?);
        if others.len() >= READINGS_MAX {
            others.remove(0);
        }
        others.push((reading.clone(), Arc::clone(&scheme)));
        Ok(scheme)
    }

    fn refusal(&self, error: SchemeError, reading: &Reading) -> Refusal {
        match error {
            SchemeError::Pack(e) => e.into(),
            SchemeError::Unknown { asked, known } => {
                let field = match &reading.profile {
                    Some(profile) if !self.own.profiles.iter().any(|p| p.name == *profile) => "profile".to_owned(),
                    _ => format!("choices.{}", asked.split_once('=').map_or(asked.as_str(), |(setting, _)| setting)),
                };
                Refusal::new(RefusalCode::UnknownChoice, field, known.join(", "))
            }
        }
    }
}

fn put<T>(shelf: &mut Vec<(String, T)>, id: String, item: T) {
    shelf.retain(|(known, _)| *known != id);
    shelf.push((id, item));
    shelf.sort_by(|(a, _), (b, _)| a.cmp(b));
}
