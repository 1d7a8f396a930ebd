//! 电子处方 on the page: a doctor writes one, a till finds it, and a pharmacist passes it or does not.

mod doctor;
mod reviewing;

use wallet_types::{ReviewState, RxLine, RxOut};
use yew::prelude::*;

use super::counter::C;
use crate::i18n::Lang;

pub use doctor::Prescribing;
pub use reviewing::Reviews;

/// What is prescribed, by whom, and what pharmacists said of it.
pub fn told(rx: &RxOut, lang: Lang) -> Html {
    let line = |line: &RxLine| {
        let (count, days) = (line.count.to_string(), line.days.to_string());
        html! { <span class="small wrap">{ C::RxLine.fill(lang, &[&line.drug, &count, &days, &line.usage]) }</span> }
    };
    let from = rx.institution.clone().unwrap_or_default();
    html! {
        <>
            <strong>{ C::RxFor.fill(lang, &[rx.name.as_deref().unwrap_or("—")]) }</strong>
            { for rx.lines.iter().map(line) }
            <span class="small wrap">{ C::RxFrom.fill(lang, &[&from, &rx.doctor, &rx.diagnosis]) }</span>
            <span class="small" data-testid="rx-state">{ state(rx, lang) }</span>
        </>
    }
}

pub fn word(rx: &RxOut) -> &'static str {
    rx.review.as_ref().map_or("none", |review| review.state.word())
}

fn state(rx: &RxOut, lang: Lang) -> String {
    let Some(review) = &rx.review else { return String::new() };
    let by = review.pharmacist.clone().unwrap_or_default();
    match review.state {
        ReviewState::Asked => C::RxAsked.say(lang).to_owned(),
        ReviewState::Passed => C::RxPassed.fill(lang, &[&by]),
        ReviewState::Refused => C::RxRefused.fill(lang, &[&by, review.reason.as_deref().unwrap_or_default()]),
    }
}
