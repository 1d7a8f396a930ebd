use std::cell::RefCell;
use std::rc::Rc;

use anxin_core::benefit::{Answer, Case, YearAnswer};
use anxin_core::dispatch::{Engine, RefusalOut};
use anxin_core::rules::Region;
use wallet_types::{PackEntry, PackIndex};
use yew::prelude::*;

use crate::i18n::Lang;
use crate::services::{engine, packs};

/// How far loading has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shelf {
    Loading,
    Ready,
    Failed(String),
}

/// The index of rule packs, and the engine with those that have been fetched.
#[derive(Clone)]
pub struct Library {
    pub index: Shelf,
    pub entries: Rc<Vec<PackEntry>>,
    /// State of the pack of the chosen region.
    pub pack: Shelf,
    engine: Rc<RefCell<Engine>>,
    /// Rises with every pack, since the engine itself is not compared.
    loaded: u32,
}

impl Default for Library {
    fn default() -> Self {
        Library { index: Shelf::Loading, entries: Rc::default(), pack: Shelf::Ready, engine: Rc::default(), loaded: 0 }
    }
}

impl PartialEq for Library {
    fn eq(&self, other: &Self) -> bool {
        (self.loaded, &self.index, &self.pack, &self.entries)
            == (other.loaded, &other.index, &other.pack, &other.entries)
    }
}

impl Library {
    pub fn entry(&self, slug: &str) -> Option<&PackEntry> {
        self.entries.iter().find(|e| e.region.as_ref().is_some_and(|r| r.slug == slug))
    }

    pub fn region(&self, slug: &str) -> Option<&Region> {
        self.entry(slug)?.region.as_ref()
    }

    pub fn is_loaded(&self, slug: &str) -> bool {
        self.engine.borrow().book(slug).is_ok()
    }

    /// The list of diseases of a loaded region.
    pub fn diseases(&self, slug: &str) -> Vec<String> {
        self.engine.borrow().book(slug).map(|book| book.diseases.clone()).unwrap_or_default()
    }

    pub fn estimate(&self, case: &Case, lang: Lang) -> Result<Answer, RefusalOut> {
        engine::estimate(&self.engine.borrow(), case, lang)
    }

    pub fn compare(&self, cases: &[Case], lang: Lang) -> Result<anxin_core::benefit::Compared, RefusalOut> {
        engine::compare(&self.engine.borrow(), cases, lang)
    }

    pub fn year(&self, cases: Vec<Case>, lang: Lang) -> Result<YearAnswer, RefusalOut> {
        engine::year(&self.engine.borrow(), cases, lang)
    }
}

pub enum Arrival {
    Asked,
    Index(Result<PackIndex, String>),
    AskedPack,
    Pack(Result<Vec<u8>, String>),
}

impl Reducible for Library {
    type Action = Arrival;

    fn reduce(self: Rc<Self>, arrival: Arrival) -> Rc<Self> {
        let mut next = (*self).clone();
        match arrival {
            Arrival::Asked => next.index = Shelf::Loading,
            Arrival::Index(Ok(index)) => {
                next.index = Shelf::Ready;
                next.entries = Rc::new(index.packs.into_iter().filter(|e| e.region.is_some()).collect());
            }
            Arrival::Index(Err(cause)) => next.index = Shelf::Failed(cause),
            Arrival::AskedPack => next.pack = Shelf::Loading,
            Arrival::Pack(Ok(bytes)) => {
                let opened = next.engine.borrow_mut().load(&bytes);
                next.pack = opened.map_or_else(|e| Shelf::Failed(e.to_string()), |_| Shelf::Ready);
                next.loaded += 1;
            }
            Arrival::Pack(Err(cause)) => next.pack = Shelf::Failed(cause),
        }
        next.into()
    }
}

/// The library, and a callback that tries again what failed.
#[derive(Clone, PartialEq)]
pub struct LibraryHandle {
    pub library: UseReducerHandle<Library>,
    pub retry: Callback<()>,
}

/// Fetches the index at once and the pack of `slug` when it is chosen.
#[hook]
pub fn use_library_state(slug: &str) -> LibraryHandle {
    let library = use_reducer(Library::default);
    let attempt = use_state(|| 0_u32);
    {
        let library = library.dispatcher();
        use_effect_with(*attempt, move |_| {
            library.dispatch(Arrival::Asked);
            yew::platform::spawn_local(async move { library.dispatch(Arrival::Index(packs::index().await)) });
        });
    }
    let wanted = library.entry(slug).map(|entry| entry.id.clone()).filter(|_| !library.is_loaded(slug));
    {
        let library = library.dispatcher();
        use_effect_with((wanted, *attempt), move |(wanted, _)| {
            if let Some(id) = wanted.clone() {
                library.dispatch(Arrival::AskedPack);
                yew::platform::spawn_local(async move { library.dispatch(Arrival::Pack(packs::pack(&id).await)) });
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
