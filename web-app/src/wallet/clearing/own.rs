//! 日结与申报: what an institution settled today, and the batches in which it is paid for it.

use wallet_types::{Advances, BatchesOfOrders, DeclareAsk, PeriodKind};
use yew::prelude::*;

use super::advances;
use super::batch::BatchView;
use crate::components::{Kind, TextField};
use crate::hooks::use_lang;
use crate::wallet::load::{Load, use_load};
use crate::wallet::office::use_office;
use crate::wallet::till::DayEnd;
use crate::wallet::trouble::waiting;
use crate::wallet::words::W;

fn period_word(period: PeriodKind) -> W {
    match period {
        PeriodKind::Day => W::DeclareDay,
        PeriodKind::Month => W::DeclareMonth,
        PeriodKind::Year => W::DeclareYear,
    }
}

#[component]
pub fn Declaring() -> Html {
    let lang = use_lang();
    let (batches, again) = use_load::<BatchesOfOrders>("/pay/clearing/batches".into());
    let (paid_before, again_advances) = use_load::<Advances>("/pay/clearing/advances".into());
    let office = use_office(again.clone());
    let from = use_state(String::new);
    let typed = {
        let from = from.clone();
        Callback::from(move |text| from.set(text))
    };
    let button = |period: PeriodKind| {
        let (to, from) = (office.clone(), from.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let ask = DeclareAsk { period, from: from.trim().to_owned() };
            to.post("/pay/clearing/batches".into(), ask);
        });
        html! { <button type="button" class="secondary" {onclick} disabled={office.is_busy()} data-period={period.word()}>{ period_word(period).say(lang) }</button> }
    };
    html! {
        <div class="clearing" data-testid="declaring">
            <DayEnd />
            { office.trouble() }
            <section aria-labelledby="declare-title">
                <h2 id="declare-title">{ W::DeclareTitle.say(lang) }</h2>
                <p class="small">{ W::DeclareHint.say(lang) }</p>
                <TextField id="declare-from" label={W::DeclareFrom.say(lang)} told={Some(AttrValue::from("2026-11-01"))} kind={Kind::Text} value={(*from).clone()} onchange={typed} />
                <div class="buttons">{ for PeriodKind::ALL.iter().map(|period| button(*period)) }</div>
                { waiting(&batches, again, lang) }
                if let Load::Here(BatchesOfOrders { batches }) = &batches {
                    if batches.is_empty() {
                        <p data-testid="no-batches">{ W::DeclareNone.say(lang) }</p>
                    }
                    { for batches.iter().map(|batch| html! { <BatchView key={batch.id.to_string()} office={office.clone()} batch={batch.clone()} own={true} /> }) }
                }
            </section>
            <section aria-labelledby="own-advances-title">
                <h2 id="own-advances-title">{ W::AdvancesTitle.say(lang) }</h2>
                { waiting(&paid_before, again_advances, lang) }
                if let Load::Here(Advances { advances }) = &paid_before {
                    if advances.is_empty() {
                        <p>{ W::AdvancesNone.say(lang) }</p>
                    }
                    <ul class="moves lines" data-testid="own-advances">{ for advances.iter().map(|advance| advances::one(None, advance, lang)) }</ul>
                }
            </section>
        </div>
    }
}
