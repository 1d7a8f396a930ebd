//! The packs that grouping needs, opened once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::code::{ClinicalMap, NameBook};
use crate::dip::Catalogue;
use crate::drg::{Scheme, SchemeError, WeightBook};
use crate::error::{Refusal, RefusalCode};
use crate::pack::{PackError, PackHeader, PackKind};

/// Readings of a scheme, beside its own, that are kept open.
const READINGS_MAX: usize = 4;

/// Schemes, catalogues, names, mappings and weights by id.
#[derive(Debug, Default)]
pub struct Shelf {
    schemes: Vec<(String, Held)>,
    catalogues: Vec<(String, HeldCatalogue)>,
    names: Vec<(String, NameBook)>,
    clinical: Vec<(String, ClinicalMap)>,
    weights: Vec<(String, WeightBook)>,
}

/// A scheme by its own reading, and the bytes from which others are opened when somebody asks.
#[derive(Debug)]
struct Held {
    bytes: Vec<u8>,
    own: Arc<Scheme>,
    others: Kept<Reading, Scheme>,
}

/// A DIP catalogue under its own settings, and under others that somebody asked for.
#[derive(Debug)]
struct HeldCatalogue {
    own: Arc<Catalogue>,
    others: Kept<BTreeMap<String, String>, Catalogue>,
}

/// The last readings that were asked for.
#[derive(Debug)]
struct Kept<K, T>(Mutex<Vec<(K, Arc<T>)>>);

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
            PackKind::Dip => Some(Catalogue::open(pack).map(|catalogue| {
                let held = HeldCatalogue { own: Arc::new(catalogue), others: Kept::default() };
                put(&mut self.catalogues, id, held);
            })),
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
        put(&mut self.schemes, id, Held { bytes: pack.to_vec(), own: Arc::new(own), others: Kept::default() });
        Ok(())
    }

    /// Every scheme by its own reading, in the order of their ids.
    pub fn schemes(&self) -> impl Iterator<Item = &Arc<Scheme>> {
        self.schemes.iter().map(|(_, held)| &held.own)
    }

    /// The scheme with the fullest dictionaries: what there is of the insurance edition.
    pub fn edition(&self) -> Option<&Scheme> {
        let schemes = self.schemes.iter().map(|(_, held)| &*held.own);
        schemes.max_by_key(|scheme| scheme.operations().entries().len())
    }

    /// A scheme read as asked. `profile` and `choices` as in [`super::GroupCase`].
    pub fn scheme(
        &self,
        id: &str,
        profile: Option<&str>,
        choices: &BTreeMap<String, String>,
    ) -> Result<Arc<Scheme>, Refusal> {
        let held = self
            .schemes
            .iter()
            .map(|(_, held)| held)
            .find(|held| held.own.id == id)
            .ok_or_else(|| self.unknown(id, PackKind::Drg))?;
        if profile.is_none() && choices.is_empty() {
            return Ok(Arc::clone(&held.own));
        }
        held.read(&Reading { profile: profile.map(str::to_owned), choices: choices.clone() })
    }

    /// Every DIP catalogue under its own settings, in the order of their ids.
    pub fn catalogues(&self) -> impl Iterator<Item = &Arc<Catalogue>> {
        self.catalogues.iter().map(|(_, held)| &held.own)
    }

    /// Whether a DIP catalogue has this id.
    pub fn is_dip(&self, id: &str) -> bool {
        self.catalogues().any(|catalogue| catalogue.id == id)
    }

    /// A catalogue under its own settings but for those that are chosen, as in [`super::DipCase`].
    pub fn catalogue(&self, id: &str, choices: &BTreeMap<String, String>) -> Result<Arc<Catalogue>, Refusal> {
        let held = self.catalogues.iter().map(|(_, held)| held).find(|held| held.own.id == id);
        let held = held.ok_or_else(|| self.unknown(id, PackKind::Dip))?;
        if choices.is_empty() {
            return Ok(Arc::clone(&held.own));
        }
        held.others.get(choices, || {
            let mut settings = held.own.settings.clone();
            for (setting, choice) in choices {
                settings.choose(setting, choice).map_err(|refusal| {
                    Refusal::new(RefusalCode::UnknownChoice, format!("choices.{setting}"), refusal.accepted)
                })?;
            }
            Ok(Catalogue::clone(&held.own).with_settings(settings))
        })
    }

    /// What there is instead of a scheme that is not there: one of the other kind is no help to who asked for
    /// this one.
    fn unknown(&self, id: &str, kind: PackKind) -> Refusal {
        let schemes = self.schemes().map(|scheme| (PackKind::Drg, scheme.id.as_str()));
        let known: Vec<(PackKind, &str)> =
            schemes.chain(self.catalogues().map(|catalogue| (PackKind::Dip, catalogue.id.as_str()))).collect();
        let other_kind = known.iter().any(|(_, known)| *known == id);
        let offered = known.iter().filter(|(known, _)| !other_kind || *known == kind).map(|(_, id)| *id);
        Refusal::new(RefusalCode::UnknownGrouper, "scheme", offered.collect::<Vec<_>>().join(", "))
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
        self.others.get(reading, || {
            let choices: Vec<(&str, &str)> = reading.choices.iter().map(|(s, c)| (s.as_str(), c.as_str())).collect();
            let opened = Scheme::open_with(&self.bytes, reading.profile.as_deref(), &choices);
            opened.map_err(|e| self.refusal(e, reading))
        })
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

impl<K, T> Default for Kept<K, T> {
    fn default() -> Self {
        Kept(Mutex::default())
    }
}

impl<K: Clone + PartialEq, T> Kept<K, T> {
    /// What is kept for a key, or made now; the oldest goes when there are too many.
    fn get(&self, key: &K, make: impl FnOnce() -> Result<T, Refusal>) -> Result<Arc<T>, Refusal> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = kept.iter().find(|(known, _)| known == key) {
            return Ok(Arc::clone(found));
        }
        let made = Arc::new(make()?);
        if kept.len() >= READINGS_MAX {
            kept.remove(0);
        }
        kept.push((key.clone(), Arc::clone(&made)));
        Ok(made)
    }
}

fn put<T>(shelf: &mut Vec<(String, T)>, id: String, item: T) {
    shelf.retain(|(known, _)| *known != id);
    shelf.push((id, item));
    shelf.sort_by(|(a, _), (b, _)| a.cmp(b));
}
