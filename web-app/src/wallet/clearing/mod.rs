//! 清算 for the area's operators: batches from 申报 to 拨付, and what keeps new settlements out.

mod batch;
mod own;
mod standings;

use wallet_types::{BatchesOfOrders, Standings as AllStandings};
use yew::prelude::*;

use super::load::{Load, use_load};
use super::office::use_office;
use super::trouble::waiting;
use super::words::W;
use crate::hooks::use_lang;
use batch::BatchView;
pub use own::Declaring;
use standings::StandingsView;

#[component]
pub fn Clearing() -> Html {
    let lang = use_lang();
    let (batches, again_batches) = use_load::<BatchesOfOrders>("/pay/clearing/batches".into());
    let (standings, again_standings) = use_load::<AllStandings>("/pay/clearing/standings".into());
    let again = {
        let (batches, standings) = (again_batches.clone(), again_standings.clone());
        Callback::from(move |()| {
            batches.emit(());
            standings.emit(());
        })
    };
    let office = use_office(again);
    html! {
        <div class="clearing" data-testid="clearing">
            { office.trouble() }
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
