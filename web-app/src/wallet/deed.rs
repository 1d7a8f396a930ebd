//! Something that is done once: filled in, checked, confirmed, and asked for again under the same key when no answer
//! came.

use std::cell::RefCell;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wallet_types::Id;
use yew::prelude::*;

use super::api::{self, Trouble};
use super::pending;
use super::session::{Change, SessionHandle, use_session};
use super::trouble::TroubleView;
use super::words::W;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;

/// What is to be asked of the server, with what was shown to whoever confirmed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deed {
    pub key: String,
    pub path: String,
    pub body: Value,
    pub say: String,
    pub then: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Stage<A> {
    Typing,
    Checking(Deed),
    Sending(Deed),
    /// Sent, and nothing came back.
    Unclear(Deed),
    Done(A),
}

/// How far something has come, for the view that it belongs to.
#[derive(Clone)]
pub struct Deeds<A: Clone + PartialEq + 'static> {
    /// Under which name what was not answered is kept; `None` for what may not be written down.
    place: Option<String>,
    id: &'static str,
    /// Id of the part of the page that changes from step to step.
    part: Rc<str>,
    stage: UseStateHandle<Stage<A>>,
    trouble: UseStateHandle<Option<Trouble>>,
    session: Option<SessionHandle>,
    lang: Lang,
    /// Whether an answer is awaited. The stage says so only after the page was drawn, and a second tap may come before.
    awaited: Rc<RefCell<bool>>,
}

/// Things of one kind are told apart by what they are done to. `kept` is false for what carries an identity number or a
/// code: it then lasts only as long as the page.
#[hook]
pub fn use_deeds<A: DeserializeOwned + Clone + PartialEq + 'static>(
    id: &'static str,
    of: Option<Id>,
    kept: bool,
) -> Deeds<A> {
    let lang = use_lang();
    let session = use_session();
    let name = session.as_ref().and_then(|s| s.session.clone()).map(|s| s.name).unwrap_or_default();
    let part: Rc<str> = of.map_or_else(|| id.to_owned(), |of| format!("{id}-{of}")).into();
    let place = kept.then(|| format!("{name}.{part}"));
    let stage = {
        let place = place.clone();
        use_state(move || place.and_then(|place| pending::found(&place)).map_or(Stage::Typing, Stage::Unclear))
    };
    let trouble = use_state(|| None::<Trouble>);
    let opened = use_mut_ref(|| false);
    let awaited = use_mut_ref(|| false);
    let focused = Rc::clone(&part);
    use_effect_with(std::mem::discriminant(&*stage), move |_| {
        // Whoever has just opened the page is not moved past its beginning.
        if opened.replace(true) {
            browser::focus_here(&focused);
        }
    });
    Deeds { place, id, part, stage, trouble, session, lang, awaited }
}

impl<A: DeserializeOwned + Clone + PartialEq + 'static> Deeds<A> {
    /// On to what is to be confirmed, under a key of its own.
    pub fn check(&self, path: String, body: &impl Serialize, say: String, then: Vec<String>) {
        let Some(key) = pending::new_key() else { return self.trouble.set(Some(Trouble::NoChance)) };
        self.trouble.set(None);
        let body = serde_json::to_value(body).unwrap_or_default();
        self.stage.set(Stage::Checking(Deed { key, path, body, say, then }));
    }

    /// Back to the beginning, for another.
    pub fn again(&self) {
        self.trouble.set(None);
        self.stage.set(Stage::Typing);
    }

    fn send(&self, deed: Deed) {
        if self.awaited.replace(true) {
            return;
        }
        self.trouble.set(None);
        self.stage.set(Stage::Sending(deed.clone()));
        if let Some(place) = &self.place {
            pending::keep_as(place, &deed);
        }
        let here = self.clone();
        yew::platform::spawn_local(async move {
            let answer = api::post::<_, A>(&deed.path, &deed.body, &deed.key, here.lang).await;
            here.awaited.replace(false);
            here.answered(deed, answer);
        });
    }

    fn answered(&self, deed: Deed, answer: Result<A, Trouble>) {
        let known = |stage: Stage<A>| {
            self.place.iter().for_each(|place| pending::done(place));
            self.stage.set(stage);
        };
        match answer {
            Ok(answer) => known(Stage::Done(answer)),
            // It was turned away at the door, and waits there for its sender.
            Err(Trouble::SignedOut) => {
                self.stage.set(Stage::Checking(deed));
                self.session.iter().for_each(|session| session.dispatch(Change::Expired));
            }
            Err(trouble) if trouble.is_unclear() => {
                self.trouble.set(Some(trouble));
                self.stage.set(Stage::Unclear(deed));
            }
            Err(trouble) => {
                self.trouble.set(Some(trouble));
                known(Stage::Typing);
            }
        }
    }

    /// The step that it has come to: `typing` is what is filled in, `done` what came of it.
    pub fn view(&self, confirm: &str, typing: impl FnOnce() -> Html, done: impl FnOnce(&A) -> Html) -> Html {
        let step = match &*self.stage {
            Stage::Typing => typing(),
            Stage::Checking(deed) => self.checking(deed, confirm, false),
            Stage::Sending(deed) => self.checking(deed, confirm, true),
            Stage::Unclear(deed) => self.unclear(deed),
            Stage::Done(answer) => done(answer),
        };
        html! {
            <div id={self.part.to_string()} class="stage" tabindex="-1">
                if let Some(trouble) = (*self.trouble).clone() {
                    <TroubleView {trouble} />
                }
                { step }
            </div>
        }
    }

    /// What will happen, before it does.
    fn checking(&self, deed: &Deed, confirm: &str, busy: bool) -> Html {
        let lang = self.lang;
        let (id, then) = (format!("{}-confirm-title", self.part), format!("{}-then", self.id));
        let onconfirm = {
            let (here, deed) = (self.clone(), deed.clone());
            Callback::from(move |_: MouseEvent| here.send(deed.clone()))
        };
        let onback = {
            let here = self.clone();
            Callback::from(move |_: MouseEvent| here.again())
        };
        html! {
            <section aria-labelledby={id.clone()}>
                <h2 id={id}>{ W::ConfirmTitle.say(lang) }</h2>
                <p class="sentence" data-testid={format!("{}-say", self.id)}>{ &deed.say }</p>
                if !deed.then.is_empty() {
                    <h3>{ W::Then.say(lang) }</h3>
                    <ul data-testid={then}>{ for deed.then.iter().map(|line| html! { <li key={line.clone()}>{ line }</li> }) }</ul>
                }
                <div class="buttons">
                    <button type="button" data-testid={format!("{}-confirm", self.id)} disabled={busy} onclick={onconfirm}>
                        { if busy { W::Sending.say(lang) } else { confirm } }
                    </button>
                    <button type="button" class="secondary" data-testid={format!("{}-change", self.id)} disabled={busy} onclick={onback}>
                        { W::Change.say(lang) }
                    </button>
                </div>
            </section>
        }
    }

    fn unclear(&self, deed: &Deed) -> Html {
        let lang = self.lang;
        let id = format!("{}-unclear-title", self.part);
        let onclick = {
            let (here, deed) = (self.clone(), deed.clone());
            Callback::from(move |_: MouseEvent| here.send(deed.clone()))
        };
        html! {
            <section class="notice caution" aria-labelledby={id.clone()} data-testid={format!("{}-unclear", self.id)}>
                <h2 id={id}>{ W::DeedUnclearTitle.say(lang) }</h2>
                <p>{ &deed.say }</p>
                <p>{ W::DeedUnclearHint.say(lang) }</p>
                <button type="button" data-testid={format!("{}-ask-result", self.id)} {onclick}>{ W::AskResult.say(lang) }</button>
            </section>
        }
    }
}
