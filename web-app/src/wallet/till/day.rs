//! 日结: what was settled at this institution today, by who pays it, to be held against the till's own drawer.

use anxin_core::Fen;
use wallet_types::{OrderOut, OrderStateName, Orders};
use yew::prelude::*;

use crate::hooks::use_lang;
use crate::services::browser;
use crate::services::words::money;
use crate::wallet::load::{Load, use_load};
use crate::wallet::time;
use crate::wallet::trouble::waiting;
use crate::wallet::words::W;

/// As many orders as the server tells at once.
const MOST: usize = 500;

/// The orders of one day, added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Totals {
    settled: usize,
    medfee: Fen,
    fund: Fen,
    own: Fen,
    relatives: Fen,
    cash: Fen,
    hospital: Fen,
    /// Of these orders, how much came back.
    back: Fen,
    /// Orders whose outcome is not known yet.
    open: usize,
}

/// `None` where the day has more orders than the server told: then a sum would be wrong.
fn totals(orders: &[OrderOut], day: &str) -> Option<Totals> {
    let of_day = |order: &&OrderOut| time::day(&order.made_at) == day;
    if orders.len() >= MOST && orders.iter().all(|order| of_day(&order)) {
        return None;
    }
    let mut totals = Totals::default();
    for order in orders.iter().filter(of_day) {
        match order.state {
            OrderStateName::Settled | OrderStateName::PartRefunded | OrderStateName::Refunded => {
                totals.settled += 1;
                totals.add(order);
            }
            OrderStateName::Unknown | OrderStateName::Authorised | OrderStateName::Uploaded => totals.open += 1,
            OrderStateName::Created | OrderStateName::Revoked | OrderStateName::Failed | OrderStateName::Expired => {}
        }
    }
    Some(totals)
}

impl Totals {
    fn add(&mut self, order: &OrderOut) {
        let Some(figures) = &order.figures else { return };
        let done = order.refunds.iter().filter(|refund| refund.state == wallet_types::RefundStateName::Done);
        let back = Fen::checked_sum(done.map(|refund| refund.amount_fen)).unwrap_or_default();
        for (sum, more) in [
            (&mut self.medfee, figures.medfee_sumamt_fen),
            (&mut self.fund, figures.fund_pay_sumamt_fen),
            (&mut self.own, figures.acct_pay_fen.above(figures.acct_mulaid_pay_fen)),
            (&mut self.relatives, figures.acct_mulaid_pay_fen),
            (&mut self.cash, figures.psn_cash_pay_fen),
            (&mut self.hospital, figures.hosp_part_amt_fen),
            (&mut self.back, back),
        ] {
            *sum = sum.plus(more);
        }
    }
}

#[component]
pub fn DayEnd() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<Orders>(format!("/pay/orders?most={MOST}"));
    let day = time::day(&browser::now());
    let shown = |totals: &Totals| {
        let rows = [
            (W::DayMedfee, totals.medfee),
            (W::DayFund, totals.fund),
            (W::DayOwn, totals.own),
            (W::DayRelatives, totals.relatives),
            (W::DayCash, totals.cash),
            (W::DayHospital, totals.hospital),
            (W::DayBack, totals.back),
        ];
        let row = |(word, fen): &(W, Fen)| {
            html! { <div><dt>{ word.say(lang) }</dt><dd class="amount">{ money(*fen) }</dd></div> }
        };
        html! {
            <>
                <dl class="facts" data-testid="day-totals" data-fen={totals.medfee.get().to_string()}>
                    <div><dt>{ W::DayCount.say(lang) }</dt><dd class="amount">{ totals.settled }</dd></div>
                    { for rows.iter().map(row) }
                </dl>
                if totals.open > 0 {
                    <p class="notice caution" data-testid="day-open">{ W::DayOpen.fill(lang, &[&totals.open.to_string()]) }</p>
                }
                <div class="buttons">
                    <button type="button" class="secondary" data-testid="print" onclick={Callback::from(|_: MouseEvent| browser::print())}>{ W::DayPrint.say(lang) }</button>
                </div>
            </>
        }
    };
    html! {
        <section aria-labelledby="day-title">
            <h2 id="day-title">{ W::DayTitle.fill(lang, &[&day]) }</h2>
            { waiting(&load, again, lang) }
            if let Load::Here(Orders { orders }) = &load {
                if let Some(totals) = totals(orders, &day) {
                    { shown(&totals) }
                } else {
                    <p class="notice caution" data-testid="day-long">{ W::DayLong.say(lang) }</p>
                }
            }
        </section>
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn order(made_at: &str, state: &str, back: i64) -> OrderOut {
        let mut figures = serde_json::to_value(wallet_types::Figures::default()).unwrap();
        for (field, fen) in [
            ("medfee_sumamt_fen", 12_000),
            ("fund_pay_sumamt_fen", 9_010),
            ("acct_pay_fen", 2_000),
            ("acct_mulaid_pay_fen", 500),
            ("psn_cash_pay_fen", 990),
        ] {
            figures[field] = fen.into();
        }
        let refunds = if back == 0 {
            json!([])
        } else {
            json!([{ "id": "0".repeat(32), "amount_fen": back, "cash_fen": 0, "state": "done", "at": made_at }])
        };
        serde_json::from_value(json!({
            "id": "0".repeat(32), "state": state, "figures": figures, "parts": [], "refunds": refunds,
            "cash": { "amount_fen": 990, "state": "paid" }, "made_at": made_at, "changed_at": made_at,
        }))
        .unwrap()
    }

    #[test]
    fn a_day_is_what_was_settled_on_it_in_china() {
        let orders = [
            order("2026-11-02T15:59:59.000000Z", "settled", 0),
            order("2026-11-02T01:00:00.000000Z", "part_refunded", 300),
            order("2026-11-02T01:00:00.000000Z", "failed", 0),
            order("2026-11-02T01:00:00.000000Z", "unknown", 0),
            order("2026-11-02T16:00:00.000000Z", "settled", 0),
            order("2026-11-01T15:59:59.000000Z", "settled", 0),
        ];
        let day = totals(&orders, "2026-11-02").unwrap();
        assert_eq!((day.settled, day.open, day.medfee.get(), day.back.get()), (2, 1, 24_000, 300));
        let parts = [day.fund, day.own, day.relatives, day.cash, day.hospital];
        assert_eq!(parts.map(Fen::get), [18_020, 3_000, 1_000, 1_980, 0]);
        assert_eq!(Fen::checked_sum(parts), Some(day.medfee), "who pays is the whole");
    }

    #[test]
    fn a_day_that_is_too_long_has_no_sum() {
        let orders = vec![order("2026-11-02T01:00:00.000000Z", "settled", 0); MOST];
        assert_eq!(totals(&orders, "2026-11-02"), None);
        let mut with_yesterday = orders;
        with_yesterday[MOST - 1].made_at = "2026-11-01T01:00:00.000000Z".into();
        assert_eq!(totals(&with_yesterday, "2026-11-02").unwrap().settled, MOST - 1);
    }
}
