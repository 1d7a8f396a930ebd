//! Which packs come back with a refund: they wait to be looked at (待核) and are not sold before.

use anxin_core::Fen;
use wallet_types::{OrderOut, SoldPack};
use yew::prelude::*;

use super::refund::left_in_all;
use crate::components::Check;
use crate::i18n::Lang;
use crate::wallet::words::W;

fn told(word: W, pack: &SoldPack, lang: Lang) -> String {
    word.fill(lang, &[&pack.drug, &pack.code])
}

/// The packs that come back with so much: those that were chosen, and with the rest of an order all that are left of it.
pub fn coming<'o>(order: &'o OrderOut, amount: Fen, chosen: &'o [String]) -> impl Iterator<Item = &'o SoldPack> {
    let rest = amount == left_in_all(order);
    order.packs.iter().filter(move |pack| !pack.back && (rest || chosen.contains(&pack.code)))
}

/// The same in a sentence for each, to be read before it is done.
pub fn said(order: &OrderOut, amount: Fen, chosen: &[String], lang: Lang) -> Vec<String> {
    coming(order, amount, chosen).map(|pack| told(W::RefundPackHeld, pack, lang)).collect()
}

#[derive(Properties, PartialEq)]
pub struct PacksBackProps {
    pub packs: Vec<SoldPack>,
    /// By their codes.
    pub chosen: Vec<String>,
    pub lang: Lang,
    pub onchange: Callback<Vec<String>>,
}

/// Every pack of an order, to be ticked; those that came back are only named.
#[component]
pub fn PacksBack(props: &PacksBackProps) -> Html {
    let PacksBackProps { packs, chosen, lang, onchange } = props;
    if packs.is_empty() {
        return Html::default();
    }
    let row = |(n, pack): (usize, &SoldPack)| {
        if pack.back {
            return html! { <p data-testid="pack-held">{ told(W::RefundPackHeld, pack, *lang) }</p> };
        }
        let onchange = {
            let (chosen, code, onchange) = (chosen.clone(), pack.code.clone(), onchange.clone());
            Callback::from(move |on: bool| {
                let others = chosen.iter().filter(|other| **other != code).cloned();
                onchange.emit(others.chain(on.then(|| code.clone())).collect());
            })
        };
        let label = told(W::RefundPack, pack, *lang);
        html! { <Check id={format!("refund-pack-{n}")} {label} checked={chosen.contains(&pack.code)} {onchange} /> }
    };
    html! {
        <fieldset data-testid="refund-packs" aria-describedby="refund-packs-hint">
            <legend>{ W::RefundPacksQ.say(*lang) }</legend>
            <p class="hint" id="refund-packs-hint">{ W::RefundPacksHint.say(*lang) }</p>
            { for packs.iter().enumerate().map(row) }
        </fieldset>
    }
}
