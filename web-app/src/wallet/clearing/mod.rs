//! 清算 for the area's operators: batches from 申报 to 拨付, and what keeps new settlements out.

mod batch;
mod own;
mod standings;

use wallet_types::{BatchesOfOrders, Standings as AllStandings};
use yew::prelude::*;

use super::api::{self, Trouble};
use super::load::{Load, use_load};
use super::pending::new_key;
use super::session::{Change, SessionHandle, use_session};
use super::trouble::{TroubleView, waiting};
use super::words::W;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use batch::BatchView;
pub use own::Declaring;
use standings::StandingsView;

/// What the parts of the page share: one thing is done at a time, and then all of it is asked for again.
#[derive(Clone, PartialEq)]
pub struct Office {
    trouble: UseStateHandle<Option<Trouble>>,
    busy: UseStateHandle<bool>,
    again: Callback<()>,
    session: Option<SessionHandle>,
    pub lang: Lang,
}

impl Office {
    fn post<Q: serde::Serialize + 'static>(&self, path: String, question: Q) {
        if *self.busy {
            return;
        }
        self.busy.set(true);
        let office = self.clone();
        yew::platform::spawn_local(async move {
            let done = match new_key() {
                Some(key) => api::post::<Q, serde_json::Value>(&path, &question, &key, office.lang).await,
                None => Err(Trouble::NoChance),
            };
            match done {
                Ok(_) => {
                    office.trouble.set(None);
                    office.again.emit(());
                }
                Err(Trouble::SignedOut) => office.session.iter().for_each(|s| s.dispatch(Change::Expired)),
                Err(trouble) => office.trouble.set(Some(trouble)),
            }
            office.busy.set(false);
        });
    }
}

#[component]
pub fn Clearing() -> Html {
    let lang = use_lang();
    let session = use_session();
    let (batches, again_batches) = use_load::<BatchesOfOrders>("/pay/clearing/batches".into());
    let (standings, again_standings) = use_load::<AllStandings>("/pay/clearing/standings".into());
    let again = {
        let (batches, standings) = (again_batches.clone(), again_standings.clone());
        Callback::from(move |()| {
            batches.emit(());
            standings.emit(());
        })
    };
    let office = Office { trouble: use_state(|| None), busy: use_state(|| false), again, session, lang };
    html! {
        <div class="clearing" data-testid="clearing">
            if let Some(trouble) = (*office.trouble).clone() {
                <TroubleView {trouble} />
            }
            <section aria-labelledby="batches-title">
                <h2 id="batches-title">{ W::ClearingBatches.say(lang) }</h2>
                { waiting(&batches, again_batches, lang) }
                if let Load::Here(BatchesOfOrders { batches }) = &batches {
                    if batches.is_empty() {
                        <p data-testid="no-batches">{ W::ClearingNone.say(lang) }</p>
                    }
                    { for batches.iter().map(|batch| html! { <BatchView key={batch.id.to_string()} office={office.clone()} batch={batch.clone()} /> }) }
                }
            </section>
            <section aria-labelledby="standings-title">
                <h2 id="standings-title">{ W::Standings.say(lang) }</h2>
                <p class="small">{ W::StandingsHint.say(lang) }</p>
                { waiting(&standings, again_standings, lang) }
                if let Load::Here(AllStandings { standings }) = &standings {
                    <StandingsView office={office.clone()} standings={standings.clone()} />
                }
            </section>
        </div>
    }
}
