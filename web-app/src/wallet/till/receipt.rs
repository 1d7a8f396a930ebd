//! 结算凭单, from which it can be taken back.

use std::rc::Rc;

use anxin_core::Fen;
use wallet_types::{OrderOut, OrderStateName};
use yew::prelude::*;

use super::refund::Refund;
use super::{Desk, Stage};
use crate::services::words::money;
use crate::wallet::orders::{parts, waits};
use crate::wallet::time;
use crate::wallet::words::{W, order_state};

pub fn done(desk: &Desk, order: &Rc<OrderOut>) -> Html {
    let lang = desk.lang;
    let total =
        order.figures.as_ref().map_or(Fen::ZERO, |figures| figures.medfee_sumamt_fen.above(figures.hosp_part_amt_fen));
    let next = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.go(Stage::Reading))
    };
    html! {
        <section data-testid="receipt" data-state={order.state.word()} aria-labelledby="receipt-title">
            <div role="status"><h2 id="receipt-title">{ W::TillReceipt.say(lang) }{ " · " }{ order_state(order.state, lang) }</h2></div>
            <p class="sentence">{ money(total) }{ " · " }{ parts(order, lang) }</p>
            { waits(order, lang) }
            <p class="small">{ W::TillNumber.say(lang) }{ " " }<code class="wrap">{ order.id.to_string() }</code>{ " · " }{ time::shown(&order.made_at) }</p>
            <div class="buttons">
                <button type="button" data-testid="next-patient" onclick={next}>{ W::TillNext.say(lang) }</button>
            </div>
            if matches!(order.state, OrderStateName::Settled | OrderStateName::PartRefunded | OrderStateName::Refunded) {
                <Refund key={order.id.to_string()} desk={desk.clone()} order={Rc::clone(order)} />
            }
        </section>
    }
}
