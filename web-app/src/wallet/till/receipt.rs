//! 结算凭单, and taking all of it back.

use anxin_core::Fen;
use wallet_types::{OrderOut, OrderStateName};
use yew::prelude::*;

use super::{Desk, Stage};
use crate::services::words::money;
use crate::wallet::orders::{parts, waits};
use crate::wallet::time;
use crate::wallet::words::{W, order_state};

pub fn done(desk: &Desk, order: &OrderOut) -> Html {
    let lang = desk.lang;
    let total =
        order.figures.as_ref().map_or(Fen::ZERO, |figures| figures.medfee_sumamt_fen.above(figures.hosp_part_amt_fen));
    let next = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.go(Stage::Reading))
    };
    let refund = {
        let (desk, order) = (desk.clone(), order.clone());
        Callback::from(move |_: MouseEvent| desk.refund(&order, total))
    };
    html! {
        <section data-testid="receipt" data-state={order.state.word()} aria-labelledby="receipt-title">
            <h2 id="receipt-title" role="status">{ W::TillReceipt.say(lang) }{ " · " }{ order_state(order.state, lang) }</h2>
            <p class="sentence">{ money(total) }{ " · " }{ parts(order, lang) }</p>
            { waits(order, lang) }
            <p class="small">{ W::TillNumber.say(lang) }{ " " }<code class="wrap">{ order.id.to_string() }</code>{ " · " }{ time::shown(&order.made_at) }</p>
            <div class="buttons">
                <button type="button" data-testid="next-patient" onclick={next}>{ W::TillNext.say(lang) }</button>
                if order.state == OrderStateName::Settled {
                    <button type="button" class="secondary" data-testid="refund-all" disabled={*desk.busy} onclick={refund}>{ W::TillRefund.say(lang) }</button>
                }
            </div>
        </section>
    }
}
