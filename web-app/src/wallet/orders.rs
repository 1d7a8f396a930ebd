use anxin_core::Fen;
use gloo_timers::callback::Interval;
use wallet_types::{OrderOut, Orders as Page};
use yew::prelude::*;

use super::cells::A;
use super::load::{Load, use_load};
use super::time;
use super::trouble::waiting;
use super::words::{W, order_state};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::words::money;

/// How often an order is looked for that a till may have made.
const EVERY_MS: u32 = 3_000;

/// Orders of who is logged in, the latest first, as they come in.
#[component]
pub fn Orders() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<Page>("/pay/orders?most=20".into());
    {
        // Made anew with every look, so that each counts from the one before.
        use_effect_with(again.clone(), move |again| {
            let again = again.clone();
            let clock = Interval::new(EVERY_MS, move || again.emit(()));
            move || drop(clock)
        });
    }
    html! {
        <section aria-labelledby="orders-title">
            <h2 id="orders-title">{ W::OrdersTitle.say(lang) }</h2>
            { waiting(&load, again, lang) }
            <div aria-live="polite">
                if let Load::Here(Page { orders }) = &load {
                    if orders.is_empty() {
                        <p data-testid="no-orders">{ W::NoOrders.say(lang) }</p>
                    } else {
                        <ol class="moves" data-testid="orders">{ for orders.iter().map(|order| one(order, lang)) }</ol>
                    }
                }
            </div>
        </section>
    }
}

fn one(order: &OrderOut, lang: Lang) -> Html {
    let total = order.figures.as_ref().map_or(Fen::ZERO, |figures| figures.medfee_sumamt_fen);
    html! {
        <li key={order.id.to_string()} data-order={order.id.to_string()} data-state={order_word(order)}>
            <strong>{ order.institution.clone().unwrap_or_default() }</strong>
            <span class="amount">{ money(total) }</span>
            <span class="small">{ time::shown(&order.made_at) }{ " · " }{ order_state(order.state, lang) }</span>
            <span class="small balance">{ parts(order, lang) }</span>
            { reasons(order, lang) }
            { waits(order, lang) }
        </li>
    }
}

fn order_word(order: &OrderOut) -> &'static str {
    order.state.word()
}

/// Why the institution gave something back.
fn reasons(order: &OrderOut, lang: Lang) -> Html {
    let reasons: Vec<&str> = order.refunds.iter().filter_map(|refund| refund.reason.as_deref()).collect();
    if reasons.is_empty() {
        return Html::default();
    }
    let said = W::OrderReasons.fill(lang, &[&reasons.join(lang.of("；", "; "))]);
    html! { <span class="small balance" data-testid="order-reasons">{ said }</span> }
}

/// Which areas have not answered yet.
pub fn waits(order: &OrderOut, lang: Lang) -> Html {
    if order.waits_for.is_empty() {
        return Html::default();
    }
    let areas = order.waits_for.join(lang.of("、", ", "));
    html! { <span class="small balance" data-testid="order-waits">{ A::Waits.fill(lang, &[&areas]) }</span> }
}

/// Who pays how much of it.
pub fn parts(order: &OrderOut, lang: Lang) -> String {
    let Some(figures) = &order.figures else { return String::new() };
    let back = Fen::checked_sum(order.refunds.iter().map(|refund| refund.amount_fen)).unwrap_or_default();
    let parts = [
        (W::OrderFund, figures.fund_pay_sumamt_fen),
        (W::OrderAccount, figures.acct_pay_fen),
        (W::OrderRelatives, figures.acct_mulaid_pay_fen),
        (W::OrderCash, figures.psn_cash_pay_fen),
        (W::OrderBack, back),
    ];
    let said = parts.into_iter().filter(|(_, fen)| !fen.is_zero()).map(|(word, fen)| word.fill(lang, &[&money(fen)]));
    said.collect::<Vec<_>>().join(" · ")
}
