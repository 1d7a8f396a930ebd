//! Deeds of one button, which nothing has to be shown before.

use yew::prelude::*;

use super::api::{self, Trouble};
use super::errand::{Errand, use_errand};
use super::pending::new_key;
use super::session::{Change, SessionHandle, use_session};
use super::trouble::TroubleView;
use crate::hooks::use_lang;
use crate::i18n::Lang;

/// What the parts of a page share: one thing is done at a time, and then all of it is asked for again.
#[derive(Clone, PartialEq)]
pub struct Office {
    trouble: UseStateHandle<Option<Trouble>>,
    errand: Errand,
    again: Callback<()>,
    session: Option<SessionHandle>,
    pub lang: Lang,
}

impl Office {
    pub fn post<Q: serde::Serialize + 'static>(&self, path: String, question: Q) {
        let office = self.clone();
        self.errand.run(async move {
            let done = match new_key() {
                Some(key) => api::post::<Q, serde_json::Value>(&path, &question, &key, office.lang).await,
                None => Err(Trouble::NoChance),
            };
            match done {
                Ok(_) => office.trouble.set(None),
                Err(Trouble::SignedOut) => office.session.iter().for_each(|s| s.dispatch(Change::Expired)),
                Err(trouble) => office.trouble.set(Some(trouble)),
            }
            // Where it was refused, another may have been faster.
            office.again.emit(());
        });
    }

    pub fn is_busy(&self) -> bool {
        self.errand.is_busy()
    }

    /// What went wrong last, if anything did.
    pub fn trouble(&self) -> Html {
        let view = |trouble: &Trouble| html! { <TroubleView trouble={trouble.clone()} /> };
        self.trouble.as_ref().map(view).unwrap_or_default()
    }
}

/// `again` asks anew for what is changed.
#[hook]
pub fn use_office(again: Callback<()>) -> Office {
    let (lang, session) = (use_lang(), use_session());
    Office { trouble: use_state(|| None), errand: use_errand(), again, session, lang }
}
