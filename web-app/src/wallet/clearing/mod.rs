//! 清算 for the area's operators: batches from 申报 to 拨付, and what keeps new settlements out.

mod advances;
mod batch;
mod differences;
mod own;
mod standings;
mod statement;

use wallet_types::{
    Advances, BatchOfOrders, BatchState, BatchesOfOrders, DifferenceOut, Differences, Standings as AllStandings,
};
use yew::prelude::*;

use super::load::{Load, use_load};
use super::office::use_office;
use super::trouble::waiting;
use super::words::W;
use crate::hooks::use_lang;
use crate::i18n::Lang;
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
    let one_batch = |batch: &BatchOfOrders| {
        html! { <BatchView key={batch.id.to_string()} office={office.clone()} batch={batch.clone()} /> }
    };
    let one_difference = |difference: &DifferenceOut| {
        html! { <DifferenceView key={difference.id.to_string()} office={office.clone()} difference={difference.clone()} /> }
    };
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
                    { over_folded("batches-over", batches, ended, one_batch, lang) }
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
                    { over_folded("differences-over", differences, |difference| difference.closed_at.is_some(), one_difference, lang) }
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

fn ended(batch: &BatchOfOrders) -> bool {
    matches!(batch.state, BatchState::Paid | BatchState::Withdrawn)
}

/// What waits for somebody, and below it, folded away, what is over.
fn over_folded<T>(
    id: &'static str,
    all: &[T],
    is_over: impl Fn(&T) -> bool,
    view: impl Fn(&T) -> Html,
    lang: Lang,
) -> Html {
    let (over, open): (Vec<&T>, Vec<&T>) = all.iter().partition(|one| is_over(one));
    html! {
        <>
            { for open.into_iter().map(&view) }
            if !over.is_empty() {
                <details class="fold" data-testid={id}>
                    <summary>{ W::ClearingOver.fill(lang, &[&over.len().to_string()]) }</summary>
                    { for over.into_iter().map(&view) }
                </details>
            }
        </>
    }
}
