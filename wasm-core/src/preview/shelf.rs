//! The packs that grouping needs, opened once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::code::{ClinicalMap, NameBook};
use crate::dip::Catalogue;
use crate::drg::{Scheme, SchemeError, WeightBook};
use crate::error::{Refusal, RefusalCode};
use crate::pack::{PackError, PackHeader, PackKind};
use crate::preview::later::Later;

/// Readings of a scheme, beside its own, that are kept open.
const READINGS_MAX: usize = 4;

/// Schemes, catalogues, names, mappings and weights by id.
#[derive(Debug, Default)]
pub struct Shelf {
    schemes: Vec<(String, Held)>,
    catalogues: Vec<(String, HeldCatalogue)>,
    names: Vec<(String, Later<NameBook>)>,
    clinical: Vec<(String, Later<ClinicalMap>)>,
    weights: Vec<(String, Later<WeightBook>)>,
}

/// A scheme by its own reading, and by others once somebody asked for them.
#[derive(Debug)]
struct Held {
    scheme: String,
    own: Later<Scheme>,
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

/// Whether what is large stays open once it was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    Now,
    WhenAsked,
}

impl Shelf {
    /// Adds a pack in place of one of the same id. `None` when it is of a kind that grouping does not use.
    pub(crate) fn load(
        &mut self,
        header: &PackHeader,
        pack: &Arc<[u8]>,
        opening: Opening,
    ) -> Option<Result<(), PackError>> {
        let id = header.id.clone();
        match header.kind {
            PackKind::Drg => Some(self.load_scheme(id, pack, opening)),
            PackKind::Dip => Some(Catalogue::open(pack).map(|catalogue| {
                let held = HeldCatalogue { own: Arc::new(catalogue), others: Kept::default() };
                put(&mut self.catalogues, id, held);
            })),
            PackKind::DrgNames => Some(put_later(&mut self.names, id, pack, opening, NameBook::open)),
            PackKind::DrgClinical => Some(put_later(&mut self.clinical, id, pack, opening, ClinicalMap::open)),
            PackKind::DrgWeights => Some(put_later(&mut self.weights, id, pack, opening, WeightBook::open)),
            _ => None,
        }
    }

    fn load_scheme(&mut self, id: String, pack: &Arc<[u8]>, opening: Opening) -> Result<(), PackError> {
        let (own, opened) = Later::open(Arc::clone(pack), by_its_own_reading)?;
        let scheme = opened.id.clone();
        drop(opened);
        put(&mut self.schemes, id, Held { scheme, own: own.kept(opening), others: Kept::default() });
        Ok(())
    }

    /// Every scheme by its own reading, in the order of their ids.
    pub fn schemes(&self) -> impl Iterator<Item = &Arc<Scheme>> {
        self.schemes.iter().filter_map(|(_, held)| held.own.get())
    }

    /// The scheme with the fullest dictionaries: what there is of the insurance edition.
    pub fn edition(&self) -> Option<&Scheme> {
        self.schemes().map(|scheme| &**scheme).max_by_key(|scheme| scheme.operations().entries().len())
    }

    /// A scheme read as asked. `profile` and `choices` as in [`super::GroupCase`].
    pub fn scheme(
        &self,
        id: &str,
        profile: Option<&str>,
        choices: &BTreeMap<String, String>,
    ) -> Result<Arc<Scheme>, Refusal> {
        let held = self.schemes.iter().map(|(_, held)| held).find(|held| held.scheme == id);
        let held = held.ok_or_else(|| self.unknown(id, PackKind::Drg))?;
        if profile.is_none() && choices.is_empty() {
            return held.own.get().cloned().ok_or_else(|| PackError::BadPayload.into());
        }
        held.read(&Reading { profile: profile.map(str::to_owned), choices: choices.clone() })
    }

    /// The pack that a scheme was opened from.
    pub fn scheme_pack(&self, id: &str) -> Option<&[u8]> {
        self.schemes.iter().find(|(_, held)| held.scheme == id).map(|(_, held)| held.own.bytes())
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
        let schemes = self.schemes.iter().map(|(_, held)| (PackKind::Drg, held.scheme.as_str()));
        let known: Vec<(PackKind, &str)> =
            schemes.chain(self.catalogues().map(|catalogue| (PackKind::Dip, catalogue.id.as_str()))).collect();
        let other_kind = known.iter().any(|(_, known)| *known == id);
        let offered = known.iter().filter(|(known, _)| !other_kind || *known == kind).map(|(_, id)| *id);
        Refusal::new(RefusalCode::UnknownGrouper, "scheme", offered.collect::<Vec<_>>().join(", "))
    }

    pub fn names(&self) -> Option<&NameBook> {
        self.names.first().and_then(|(_, book)| book.get()).map(|book| &**book)
    }

    pub fn clinical(&self) -> Option<&ClinicalMap> {
        self.clinical.first().and_then(|(_, map)| map.get()).map(|map| &**map)
    }

    pub fn weights(&self) -> impl Iterator<Item = &WeightBook> {
        self.weights.iter().filter_map(|(_, book)| book.get()).map(|book| &**book)
    }
}

impl Held {
    fn read(&self, reading: &Reading) -> Result<Arc<Scheme>, Refusal> {
        self.others.get(reading, || {
            let choices: Vec<(&str, &str)> = reading.choices.iter().map(|(s, c)| (s.as_str(), c.as_str())).collect();
            let opened = Scheme::open_with(self.own.bytes(), reading.profile.as_deref(), &choices);
            opened.map_err(|e| self.refusal(e, reading))
        })
    }

    fn has_profile(&self, name: &str) -> bool {
        self.own.get().is_some_and(|own| own.profiles.iter().any(|profile| profile.name == name))
    }

    fn refusal(&self, error: SchemeError, reading: &Reading) -> Refusal {
        match error {
            SchemeError::Pack(e) => e.into(),
            SchemeError::Unknown { asked, known } => {
                let field = match &reading.profile {
                    Some(profile) if !self.has_profile(profile) => "profile".to_owned(),
                    _ => format!("choices.{}", asked.split_once('=').map_or(asked.as_str(), |(setting, _)| setting)),
                };
                Refusal::new(RefusalCode::UnknownChoice, field, known.join(", "))
            }
        }
    }
}

fn by_its_own_reading(pack: &[u8]) -> Result<Scheme, PackError> {
    Scheme::open(pack).map_err(|e| match e {
        SchemeError::Pack(e) => e,
        SchemeError::Unknown { .. } => PackError::BadPayload,
    })
}

impl<T> Later<T> {
    fn kept(mut self, opening: Opening) -> Later<T> {
        if opening == Opening::WhenAsked {
            self.close();
        }
        self
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

fn put_later<T>(
    shelf: &mut Vec<(String, Later<T>)>,
    id: String,
    pack: &Arc<[u8]>,
    opening: Opening,
    open: fn(&[u8]) -> Result<T, PackError>,
) -> Result<(), PackError> {
    let (later, _) = Later::open(Arc::clone(pack), open)?;
    put(shelf, id, later.kept(opening));
    Ok(())
}

fn put<T>(shelf: &mut Vec<(String, T)>, id: String, item: T) {
    shelf.retain(|(known, _)| *known != id);
    shelf.push((id, item));
    shelf.sort_by(|(a, _), (b, _)| a.cmp(b));
}
