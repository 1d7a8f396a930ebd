use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use anxin_core::code::System;
use anxin_core::dispatch::{Engine, RefusalOut};
use anxin_core::pack::PackKind;
use anxin_core::preview::{self, GroupAnswer, GroupCase, HitOut, PricedRegionOut, SchemeOut, Search};
use anxin_core::text;
use wallet_types::PackIndex;
use yew::prelude::*;

use crate::i18n::Lang;
use crate::services::{engine, packs};

/// Hits that a search shows.
const HITS_MAX: u16 = 12;

/// The packs of grouping, and the engine with those that have been fetched.
#[derive(Clone, Default)]
pub struct Library {
    /// Kind and id of each pack that the server has; `None` before the list has come.
    index: Option<Rc<Vec<(PackKind, String)>>>,
    pub failed: Option<String>,
    asked: BTreeSet<String>,
    engine: Rc<RefCell<Engine>>,
    /// Ids of the packs that are loaded; the engine itself is not compared.
    loaded: BTreeSet<String>,
}

impl PartialEq for Library {
    fn eq(&self, other: &Self) -> bool {
        (self.index.is_some(), &self.failed, &self.loaded) == (other.index.is_some(), &other.failed, &other.loaded)
    }
}

pub enum Arrival {
    Again,
    Index(Result<PackIndex, String>),
    Asked(String),
    Pack(String, Result<Vec<u8>, String>),
}

impl Reducible for Library {
    type Action = Arrival;

    fn reduce(self: Rc<Self>, arrival: Arrival) -> Rc<Self> {
        let mut next = (*self).clone();
        match arrival {
            Arrival::Again => {
                next.failed = None;
                next.asked = next.loaded.clone();
            }
            Arrival::Index(Ok(index)) => {
                next.index = Some(Rc::new(index.packs.into_iter().map(|e| (e.kind, e.id)).collect()));
            }
            Arrival::Asked(id) => {
                next.asked.insert(id);
            }
            Arrival::Pack(id, Ok(bytes)) => match next.engine.borrow_mut().load(&bytes) {
                Ok(_) => {
                    next.loaded.insert(id);
                }
                Err(e) => next.failed = Some(e.to_string()),
            },
            Arrival::Index(Err(cause)) | Arrival::Pack(_, Err(cause)) => next.failed = Some(cause),
        }
        next.into()
    }
}

impl Library {
    /// Ids of the schemes that the server has.
    pub fn schemes(&self) -> Vec<String> {
        let index = self.index.as_deref().map(Vec::as_slice).unwrap_or_default();
        let schemes = index.iter().filter(|(kind, _)| *kind == PackKind::Drg);
        schemes.filter_map(|(_, id)| Some(id.split_once('/')?.1.to_owned())).collect()
    }

    /// Packs that grouping by a scheme needs, the one of the scheme first.
    pub fn needed(&self, scheme: &str) -> Vec<String> {
        let Some(index) = &self.index else { return Vec::new() };
        let wanted = |(kind, id): &&(PackKind, String)| match kind {
            PackKind::Drg => id.split_once('/').is_some_and(|(_, id)| id == scheme),
            PackKind::DrgNames | PackKind::DrgClinical | PackKind::DrgWeights => true,
            _ => false,
        };
        let mut ids: Vec<(bool, String)> =
            index.iter().filter(wanted).map(|e| (e.0 != PackKind::Drg, e.1.clone())).collect();
        ids.sort();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// The same without names, which tables do without.
    pub fn needed_by_tables(&self, scheme: &str) -> Vec<String> {
        let index = self.index.as_deref().map(Vec::as_slice).unwrap_or_default();
        let named = |id: &String| index.iter().any(|(kind, known)| known == id && *kind == PackKind::DrgNames);
        self.needed(scheme).into_iter().filter(|id| !named(id)).collect()
    }

    pub fn is_ready(&self, scheme: &str) -> bool {
        self.engine.borrow().shelf().schemes().any(|s| s.id == scheme)
    }

    pub fn is_waiting(&self, scheme: &str) -> bool {
        self.failed.is_none()
            && (self.index.is_none() || self.needed(scheme).iter().any(|id| !self.loaded.contains(id)))
    }

    pub fn group(&self, case: &GroupCase, lang: Lang) -> Result<GroupAnswer, RefusalOut> {
        let engine = self.engine.borrow();
        let mut answer = preview::group(engine.shelf(), case).map_err(|refusal| engine::told(refusal, lang))?;
        text::fill_group(&mut answer, lang);
        Ok(answer)
    }

    pub fn search(&self, system: System, text: &str) -> Vec<HitOut> {
        let asked = Search { system, text: text.into(), most: HITS_MAX };
        preview::search(self.engine.borrow().shelf(), &asked).unwrap_or_default()
    }

    pub fn name(&self, system: System, code: &str) -> Option<String> {
        self.engine.borrow().shelf().names()?.name(system, code).map(str::to_owned)
    }

    pub fn scheme(&self, id: &str) -> Option<SchemeOut> {
        preview::schemes(self.engine.borrow().shelf()).into_iter().find(|s| s.scheme.id == id)
    }

    /// Tables of weights that have a price.
    pub fn prices(&self) -> Vec<PricedRegionOut> {
        let mut regions = preview::prices(self.engine.borrow().shelf());
        regions.retain(|region| !region.prices.is_empty());
        regions
    }
}

/// The library, and a callback that tries again what failed.
#[derive(Clone, PartialEq)]
pub struct LibraryHandle {
    pub library: UseReducerHandle<Library>,
    pub retry: Callback<()>,
}

/// Fetches the index at once, and the packs of a scheme when it is chosen.
#[hook]
pub fn use_library_state(scheme: &str) -> LibraryHandle {
    let library = use_reducer(Library::default);
    let attempt = use_state(|| 0_u32);
    {
        let library = library.dispatcher();
        use_effect_with(*attempt, move |_| {
            library.dispatch(Arrival::Again);
            yew::platform::spawn_local(async move { library.dispatch(Arrival::Index(packs::index().await)) });
        });
    }
    let wanted: Vec<String> = library.needed(scheme).into_iter().filter(|id| !library.asked.contains(id)).collect();
    {
        let library = library.dispatcher();
        use_effect_with((wanted, *attempt), move |(wanted, _)| {
            for id in wanted.clone() {
                let library = library.clone();
                library.dispatch(Arrival::Asked(id.clone()));
                yew::platform::spawn_local(async move {
                    let bytes = packs::pack(&id).await;
                    library.dispatch(Arrival::Pack(id, bytes));
                });
            }
        });
    }
    let retry = Callback::from(move |()| attempt.set(attempt.wrapping_add(1)));
    LibraryHandle { library, retry }
}

#[hook]
pub fn use_library() -> Option<LibraryHandle> {
    use_context::<LibraryHandle>()
}
