//! 清算 for the area's operators: batches from 申报 to 拨付, and what keeps new settlements out.

mod advances;
mod batch;
mod differences;
mod own;
mod standings;
mod statement;

use wallet_types::{Advances, BatchesOfOrders, Differences, Standings as AllStandings};
use yew::prelude::*;

use super::load::{Load, use_load};
use super::office::use_office;
use super::trouble::waiting;
use super::words::W;
use crate::hooks::use_lang;
use advances::AdvancesView;
use batch::BatchView;
use differences::DifferenceView;
pub use own::Declaring;
use standings::StandingsView;

#[component]
pub fn Clearing() -> Html {
    let lang = use_lang();
    let (batches, again_batches) = use_load::<BatchesOfOrders>("/pay/clearing/batches".into());
    let (standings, again_standings) = use_load::<AllStandings>("/pay/clearing/standings".into());
    let (advances, again_advances) = use_load::<Advances>("/pay/clearing/advances".into());
    let (differences, again_differences) = use_load::<Differences>("/pay/differences".into());
    let again = {
        let (batches, standings) = (again_batches.clone(), again_standings.clone());
        let (advances, differences) = (again_advances.clone(), again_differences.clone());
        Callback::from(move |()| {
            batches.emit(());
            standings.emit(());
            advances.emit(());
            differences.emit(());
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
            <section aria-labelledby="differences-title">
                <h2 id="differences-title">{ W::Differences.say(lang) }</h2>
                <p class="small">{ W::DifferencesHint.say(lang) }</p>
                { waiting(&differences, again_differences, lang) }
                if let Load::Here(Differences { differences }) = &differences {
                    if differences.is_empty() {
                        <p data-testid="no-differences">{ W::DifferencesNone.say(lang) }</p>
                    }
                    { for differences.iter().map(|difference| html! { <DifferenceView key={difference.id.to_string()} office={office.clone()} difference={difference.clone()} /> }) }
                }
            </section>
            <section aria-labelledby="advances-title">
                <h2 id="advances-title">{ W::AdvancesTitle.say(lang) }</h2>
                <p class="small">{ W::AdvancesHint.say(lang) }</p>
                { waiting(&advances, again_advances, lang) }
                if let Load::Here(Advances { advances }) = &advances {
                    <AdvancesView office={office.clone()} advances={advances.clone()} />
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
