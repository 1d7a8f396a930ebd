use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use anxin_core::code::System;
use anxin_core::dip::{CoefficientValue, PointValue};
use anxin_core::dispatch::{Engine, RefusalOut};
use anxin_core::pack::{PackHeader, PackKind};
use anxin_core::preview::{self, HitOut, PricedRegionOut, SchemeKind, SchemeOut, Search};
use anxin_core::{Rate, text};
use wallet_types::PackIndex;
use yew::prelude::*;

use super::answer::{Answer, Case};
use super::words;
use crate::i18n::Lang;
use crate::services::own_packs::{self, OwnPack};
use crate::services::{engine, packs};

/// Hits that a search shows.
const HITS_MAX: u16 = 12;

/// The scheme with the codes of the insurance edition in use.
pub const EDITION: &str = "chs-drg-2.0";

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
    /// Packs that somebody imported and keeps on this device.
    own: Vec<Rc<Own>>,
    /// How often that changed.
    changes: u32,
}

/// An imported pack, and whether this program can read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    pub kept: OwnPack,
    /// None where it cannot.
    pub header: Option<PackHeader>,
}

/// Where costs are low and high by a catalogue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lines {
    pub low: Rate,
    pub high: Rate,
}

impl PartialEq for Library {
    fn eq(&self, other: &Self) -> bool {
        (self.index.is_some(), &self.failed, &self.loaded, self.changes)
            == (other.index.is_some(), &other.failed, &other.loaded, other.changes)
    }
}

pub enum Arrival {
    Again,
    Index(Result<PackIndex, String>),
    Asked(String),
    Pack(String, Result<Vec<u8>, String>),
    /// A pack that is kept on this device, in place of one of the same id.
    Own(OwnPack),
    Removed(String),
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
            Arrival::Own(kept) => next.keep(kept),
            Arrival::Removed(id) => next.drop_own(&id),
        }
        next.into()
    }
}

impl Library {
    fn keep(&mut self, kept: OwnPack) {
        let header = self.engine.borrow_mut().load(&kept.bytes).ok();
        self.own.retain(|own| own.kept.id != kept.id);
        self.own.push(Rc::new(Own { kept, header }));
        self.own.sort_by(|a, b| a.kept.title.cmp(&b.kept.title));
        self.changes = self.changes.wrapping_add(1);
    }

    /// An engine forgets nothing, so one without the pack takes its place.
    fn drop_own(&mut self, id: &str) {
        self.own.retain(|own| own.kept.id != id);
        self.changes = self.changes.wrapping_add(1);
        self.engine = Rc::default();
        self.loaded.clear();
        self.asked.clear();
        for own in &self.own {
            // Those that cannot be read were told when they came.
            let _ = self.engine.borrow_mut().load(&own.kept.bytes);
        }
    }

    pub fn own(&self) -> &[Rc<Own>] {
        &self.own
    }

    fn index(&self) -> &[(PackKind, String)] {
        self.index.as_deref().map(Vec::as_slice).unwrap_or_default()
    }

    /// Schemes that can be chosen: those that the server has, then catalogues of one's own. Each with its id
    /// and what it is called.
    pub fn schemes(&self, lang: Lang) -> Vec<(String, String)> {
        let of_kind = |wanted: PackKind| {
            let packs = self.index().iter().filter(move |(kind, _)| *kind == wanted);
            packs.filter_map(|(_, id)| Some(id.split_once('/')?.1.to_owned()))
        };
        let served = of_kind(PackKind::Drg).chain(of_kind(PackKind::Dip));
        let served = served.map(|id| (id.clone(), words::scheme(&id, lang)));
        let own = self.own.iter().filter(|own| own.is(PackKind::Dip) || own.is(PackKind::Drg));
        served.chain(own.map(|own| (own.name().to_owned(), own.kept.title.clone()))).collect()
    }

    /// The DRG schemes that the server has.
    pub fn drg_schemes(&self, lang: Lang) -> Vec<(String, String)> {
        let served = |id: &String| self.index().iter().any(|(_, known)| known.strip_prefix("drg/") == Some(id));
        self.schemes(lang).into_iter().filter(|(id, _)| served(id)).collect()
    }

    /// Whether a scheme is a DIP catalogue; known before its pack has come.
    pub fn kind(&self, scheme: &str) -> SchemeKind {
        let named = |id: &str| id.split_once('/').is_some_and(|(_, id)| id == scheme);
        let served = self.index().iter().any(|(kind, id)| *kind == PackKind::Dip && named(id));
        let own = self.own.iter().any(|own| own.is(PackKind::Dip) && own.name() == scheme);
        if served || own { SchemeKind::Dip } else { SchemeKind::Drg }
    }

    /// Packs that grouping by a scheme needs, the one of the scheme first.
    pub fn needed(&self, scheme: &str) -> Vec<String> {
        let dip = self.kind(scheme) == SchemeKind::Dip;
        let wanted = |(kind, id): &&(PackKind, String)| match kind {
            PackKind::Drg | PackKind::Dip => id.split_once('/').is_some_and(|(_, id)| id == scheme),
            PackKind::DrgNames | PackKind::DrgClinical => true,
            PackKind::DrgWeights => !dip,
            _ => false,
        };
        let is_scheme = |kind: PackKind| matches!(kind, PackKind::Drg | PackKind::Dip);
        let mut ids: Vec<(bool, String)> =
            self.index().iter().filter(wanted).map(|(kind, id)| (!is_scheme(*kind), id.clone())).collect();
        ids.sort();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// Packs of one's own that grouping by a scheme may need.
    pub fn own_needed(&self, scheme: &str) -> Vec<Rc<Own>> {
        let dip = self.kind(scheme) == SchemeKind::Dip;
        let wanted = |own: &&Rc<Own>| {
            let is_scheme = own.name() == scheme && (own.is(PackKind::Dip) || own.is(PackKind::Drg));
            is_scheme || (!dip && own.is(PackKind::DrgWeights))
        };
        self.own.iter().filter(wanted).cloned().collect()
    }

    /// The same without names, which tables do without. A catalogue knows no codes but its own, so the edition
    /// comes with it.
    pub fn needed_by_tables(&self, scheme: &str) -> Vec<String> {
        let is_names =
            |id: &String| self.index().iter().any(|(kind, known)| known == id && *kind == PackKind::DrgNames);
        let mut ids: Vec<String> = self.needed(scheme).into_iter().filter(|id| !is_names(id)).collect();
        if self.kind(scheme) == SchemeKind::Dip {
            let edition = |(kind, id): &&(PackKind, String)| *kind == PackKind::Drg && id.ends_with(EDITION);
            ids.extend(self.index().iter().filter(edition).map(|(_, id)| id.clone()));
        }
        ids
    }

    /// The edition by which codes are checked, and the mapping of clinical ones.
    pub fn edition_packs(&self) -> Vec<String> {
        let wanted = |(kind, id): &&(PackKind, String)| match kind {
            PackKind::Drg => id.ends_with(EDITION),
            PackKind::DrgClinical => true,
            _ => false,
        };
        self.index().iter().filter(wanted).map(|(_, id)| id.clone()).collect()
    }

    /// The pack of a scheme that the server has: what a city's own groups are laid over.
    pub fn base_packs(&self, scheme: &str) -> Vec<String> {
        let ids = self.index().iter().filter(|(kind, _)| *kind == PackKind::Drg).map(|(_, id)| id.clone());
        ids.filter(|id| id.strip_prefix("drg/") == Some(scheme)).collect()
    }

    pub fn is_ready(&self, scheme: &str) -> bool {
        let engine = self.engine.borrow();
        engine.shelf().schemes().any(|s| s.id == scheme) || engine.shelf().is_dip(scheme)
    }

    pub fn is_waiting(&self, scheme: &str) -> bool {
        self.failed.is_none()
            && (self.index.is_none() || self.needed(scheme).iter().any(|id| !self.loaded.contains(id)))
    }

    pub fn group(&self, case: &Case, lang: Lang) -> Result<Answer, RefusalOut> {
        let engine = self.engine.borrow();
        let told = |refusal| engine::told(refusal, lang);
        match case {
            Case::Drg(case) => {
                let mut answer = preview::group(engine.shelf(), case).map_err(told)?;
                text::fill_group(&mut answer, lang);
                Ok(Answer::Drg(Box::new(answer)))
            }
            Case::Dip(case) => {
                let mut answer = preview::group_dip(engine.shelf(), case).map_err(told)?;
                text::fill_dip(&mut answer, lang);
                Ok(Answer::Dip(Box::new(answer)))
            }
        }
    }

    /// Point values that a catalogue has.
    pub fn points(&self, scheme: &str) -> Vec<PointValue> {
        let catalogue = self.engine.borrow().shelf().catalogue(scheme, &BTreeMap::new());
        catalogue.map(|catalogue| catalogue.points.clone()).unwrap_or_default()
    }

    /// Coefficients of hospitals that a catalogue has.
    pub fn hospitals(&self, scheme: &str) -> Vec<CoefficientValue> {
        let catalogue = self.engine.borrow().shelf().catalogue(scheme, &BTreeMap::new());
        catalogue.map(|catalogue| catalogue.coefficients.clone()).unwrap_or_default()
    }

    /// Layers of its edition that a catalogue does not have.
    pub fn left_out(&self, scheme: &str, lang: Lang) -> Vec<String> {
        let catalogue = self.engine.borrow().shelf().catalogue(scheme, &BTreeMap::new());
        catalogue.map(|c| c.left_out.iter().map(|said| said.of(lang).to_owned()).collect()).unwrap_or_default()
    }

    /// Where a cost is low and high for a group of this score.
    pub fn lines(&self, scheme: &str, score: Rate) -> Option<Lines> {
        let catalogue = self.engine.borrow().shelf().catalogue(scheme, &BTreeMap::new()).ok()?;
        let deviation = &catalogue.settings.deviation;
        Some(Lines { low: deviation.low, high: deviation.high_line(score) })
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

    /// Tables of weights of a scheme.
    pub fn prices(&self, scheme: &str) -> Vec<PricedRegionOut> {
        let mut regions = preview::prices(self.engine.borrow().shelf());
        regions.retain(|region| region.schemes.iter().any(|known| known == scheme));
        regions
    }
}

impl Own {
    fn is(&self, kind: PackKind) -> bool {
        self.header.as_ref().is_some_and(|header| header.kind == kind)
    }

    /// The id without its kind: that of the catalogue, or `weights-…`.
    fn name(&self) -> &str {
        self.kept.id.split_once('/').map_or("", |(_, name)| name)
    }
}

/// The library, a callback that tries again what failed, and one that asks for another scheme.
#[derive(Clone, PartialEq)]
pub struct LibraryHandle {
    pub library: UseReducerHandle<Library>,
    pub retry: Callback<()>,
    pub want: Callback<&'static str>,
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
    {
        let library = library.dispatcher();
        use_effect_with((), move |()| {
            yew::platform::spawn_local(async move {
                // Where the browser keeps nothing, there is nothing of one's own.
                for kept in own_packs::all().await.unwrap_or_default() {
                    library.dispatch(Arrival::Own(kept));
                }
            });
        });
    }
    let also = use_state(|| None::<&'static str>);
    let schemes = std::iter::once(scheme).chain(*also);
    let mut wanted: Vec<String> =
        schemes.flat_map(|scheme| library.needed(scheme)).filter(|id| !library.asked.contains(id)).collect();
    wanted.sort();
    wanted.dedup();
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
    let want = Callback::from(move |scheme| also.set(Some(scheme)));
    LibraryHandle { library, retry, want }
}

#[hook]
pub fn use_library() -> Option<LibraryHandle> {
    use_context::<LibraryHandle>()
}
