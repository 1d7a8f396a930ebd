//! 退费 at the till, whole or in part: how much and why, which packs come back, what goes back to whom, and only then is it
//! done.

use std::rc::Rc;

use anxin_core::{Fen, RefusalCode};
use wallet_types::{OrderOut, OrderRefundAsk, PartFrom, RefundOut, RefundStateName};
use yew::prelude::*;

use super::packs_back::{self, PacksBack};
use super::{Desk, Stage};
use crate::components::{FieldNote, Kind, TextField};
use crate::i18n::Lang;
use crate::model::amount::yuan;
use crate::services::words::money;
use crate::wallet::deed::{Deeds, use_deeds};
use crate::wallet::form::use_form;
use crate::wallet::words::W;

const REASON_MAX: usize = 100;

/// Who paid, and gets it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Cash,
    Relatives,
    Wallet,
    Own,
    Funds,
}

impl Origin {
    fn of(from: PartFrom) -> Origin {
        match from {
            PartFrom::Fund => Origin::Funds,
            PartFrom::Own => Origin::Own,
            PartFrom::Wallet => Origin::Wallet,
            PartFrom::Relative => Origin::Relatives,
        }
    }

    fn word(self) -> W {
        match self {
            Origin::Cash => W::BackCash,
            Origin::Relatives => W::BackRelatives,
            Origin::Wallet => W::BackWallet,
            Origin::Own => W::BackOwn,
            Origin::Funds => W::BackFunds,
        }
    }
}

/// Where an order was drawn, as far as it has not come back, in the order in which it does: the cash, then what other areas
/// paid, then what was drawn last; the funds are drawn first.
fn left(order: &OrderOut) -> Vec<(Origin, Fen)> {
    let counted = || order.refunds.iter().filter(|refund| refund.state != RefundStateName::Refused);
    let sum = |of: fn(&RefundOut) -> Fen| Fen::checked_sum(counted().map(of)).unwrap_or_default();
    let cash_back = sum(|refund| refund.cash_fen);
    let mut booked_back = sum(|refund| refund.amount_fen.above(refund.cash_fen));
    let (afar, here): (Vec<_>, Vec<_>) = order.parts.iter().rev().partition(|part| part.area.is_some());
    let mut all = vec![(Origin::Cash, order.cash.amount_fen.above(cash_back))];
    for part in afar.into_iter().chain(here) {
        let gone = part.amount_fen.min(booked_back);
        booked_back = booked_back.above(gone);
        all.push((Origin::of(part.from), part.amount_fen.above(gone)));
    }
    all
}

pub(super) fn left_in_all(order: &OrderOut) -> Fen {
    Fen::checked_sum(left(order).into_iter().map(|(_, fen)| fen)).unwrap_or_default()
}

/// What so much comes to for whom. `None` where there is not so much left.
fn given_back(order: &OrderOut, amount: Fen) -> Option<Vec<(Origin, Fen)>> {
    let (mut rest, mut back) = (amount, Vec::<(Origin, Fen)>::new());
    for (origin, fen) in left(order) {
        let given = fen.min(rest);
        rest = rest.above(given);
        match back.iter_mut().find(|(of, _)| *of == origin) {
            Some((_, sum)) => *sum = sum.plus(given),
            None => back.push((origin, given)),
        }
    }
    back.retain(|(_, fen)| !fen.is_zero());
    rest.is_zero().then_some(back)
}

#[derive(Clone, Default, PartialEq)]
struct Typed {
    amount: String,
    reason: String,
    /// Codes of the packs that come back.
    packs: Vec<String>,
}

impl Typed {
    fn amount(&self, order: &OrderOut) -> Option<Fen> {
        yuan(&self.amount).ok().flatten().filter(|fen| !fen.is_zero() && *fen <= left_in_all(order))
    }

    fn notes(&self, order: &OrderOut, lang: Lang) -> Vec<FieldNote> {
        let note = |field: &str, message: String| FieldNote {
            field: field.into(),
            code: RefusalCode::OutOfRange.code(),
            message,
        };
        let mut notes = Vec::new();
        if self.amount(order).is_none() {
            notes.push(note("refund-amount", W::RefundWrongAmount.fill(lang, &[&money(left_in_all(order))])));
        }
        if !(1..=REASON_MAX).contains(&self.reason.trim().chars().count()) {
            notes.push(note("refund-reason", W::RefundWrongReason.say(lang).to_owned()));
        }
        notes
    }
}

/// Shows a refund before it is done.
fn check(deeds: &Deeds<OrderOut>, order: &OrderOut, amount: Fen, (reason, packs): (&str, &[String]), lang: Lang) {
    let reason = reason.trim().to_owned();
    let say = W::RefundSay.fill(lang, &[&money(amount), &reason]);
    let back = given_back(order, amount).unwrap_or_default();
    let back = back.into_iter().map(|(origin, fen)| origin.word().fill(lang, &[&money(fen)]));
    let then = back.chain(packs_back::said(order, amount, packs, lang)).collect();
    let packs = packs_back::coming(order, amount, packs).map(|pack| pack.code.clone()).collect();
    let ask = OrderRefundAsk { amount_fen: amount, packs, reason: Some(reason) };
    deeds.check(format!("/pay/orders/{}/refund", order.id), &ask, say, then);
}

#[derive(Properties, PartialEq)]
pub struct RefundProps {
    pub desk: Desk,
    pub order: Rc<OrderOut>,
}

#[component]
pub fn Refund(props: &RefundProps) -> Html {
    let (desk, order, lang) = (props.desk.clone(), Rc::clone(&props.order), props.desk.lang);
    let form = use_form(Typed::default);
    let deeds = use_deeds::<OrderOut>("till-refund", Some(order.id), true);
    let rest = left_in_all(&order);
    let whole = {
        let (deeds, order) = (deeds.clone(), Rc::clone(&order));
        Callback::from(move |_: MouseEvent| check(&deeds, &order, rest, (W::RefundWhole.zh(), &[]), lang))
    };
    let typing = || {
        if rest.is_zero() {
            return Html::default();
        }
        let told = AttrValue::from(W::RefundLeft.fill(lang, &[&money(rest)]));
        let fields = html! {
            <>
                <TextField id="refund-amount" label={W::RefundAmountQ.say(lang)} {told} kind={Kind::Money}
                    value={form.typed.amount.clone()} onchange={form.set(|t, text| t.amount = text)} />
                <TextField id="refund-reason" label={W::RefundReasonQ.say(lang)} kind={Kind::Text}
                    told={AttrValue::from(W::RefundReasonHint.say(lang))}
                    value={form.typed.reason.clone()} onchange={form.set(|t, text| t.reason = text)} />
                <PacksBack packs={order.packs.clone()} chosen={form.typed.packs.clone()} {lang}
                    onchange={form.set(|t, packs| t.packs = packs)} />
            </>
        };
        let go = {
            let (deeds, order, typed) = (deeds.clone(), Rc::clone(&order), (*form.typed).clone());
            move || {
                let amount = typed.amount(&order).unwrap_or_default();
                check(&deeds, &order, amount, (&typed.reason, &typed.packs), lang);
            }
        };
        html! {
            <>
                <h3>{ W::RefundTitle.say(lang) }</h3>
                { form.view("refund", form.typed.notes(&order, lang), fields, W::Next.say(lang), go) }
                <button type="button" class="secondary" data-testid="refund-all" onclick={whole}>{ W::TillRefund.say(lang) }</button>
            </>
        }
    };
    let another = {
        let (form, deeds) = (form.clone(), deeds.clone());
        Callback::from(move |_: MouseEvent| {
            form.again(Typed::default());
            deeds.again();
        })
    };
    let done = |after: &OrderOut| {
        let after = Rc::new(after.clone());
        html! { <Done {desk} {after} onagain={another} /> }
    };
    deeds.view(W::RefundConfirm.say(lang), typing, done)
}

#[derive(Properties, PartialEq)]
struct DoneProps {
    desk: Desk,
    after: Rc<OrderOut>,
    onagain: Callback<MouseEvent>,
}

/// What became of the refund; the receipt above shows the order as it is now.
#[component]
fn Done(props: &DoneProps) -> Html {
    let lang = props.desk.lang;
    {
        let desk = props.desk.clone();
        use_effect_with(Rc::clone(&props.after), move |after| desk.go(Stage::Done(Rc::clone(after))));
    }
    let said = match props.after.refunds.last().map(|refund| (refund.state, refund.amount_fen)) {
        Some((RefundStateName::Done, fen)) => W::RefundDone.fill(lang, &[&money(fen)]),
        Some((RefundStateName::Refused, _)) => W::RefundRefused.say(lang).to_owned(),
        _ => W::RefundWaits.say(lang).to_owned(),
    };
    html! {
        <>
            <p role="status" data-testid="refund-done">{ said }</p>
            if !left_in_all(&props.after).is_zero() {
                <button type="button" class="secondary" data-testid="refund-another" onclick={props.onagain.clone()}>{ W::RefundAnother.say(lang) }</button>
            }
        </>
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wallet_types::SoldPack;

    use super::*;

    fn order(refunds: serde_json::Value) -> OrderOut {
        let at = "2026-11-02T01:00:00.000000Z";
        serde_json::from_value(json!({
            "id": "0".repeat(32), "state": "settled", "refunds": refunds, "made_at": at, "changed_at": at,
            "parts": [
                { "from": "fund", "fund": "hifp", "amount_fen": 9_010 },
                { "from": "own", "amount_fen": 700 },
                { "from": "wallet", "amount_fen": 50 },
                { "from": "relative", "amount_fen": 300 },
                { "from": "relative", "area": "450100", "amount_fen": 40 },
            ],
            "cash": { "means": "cash", "amount_fen": 900, "state": "paid" },
        }))
        .unwrap()
    }

    fn refund(amount: i64, cash: i64, state: &str) -> serde_json::Value {
        let at = "2026-11-02T02:00:00.000000Z";
        json!({ "id": "1".repeat(32), "amount_fen": amount, "cash_fen": cash, "state": state, "at": at })
    }

    fn back(order: &OrderOut, amount: i64) -> Option<Vec<(Origin, i64)>> {
        let back = given_back(order, Fen::new(amount).unwrap())?;
        Some(back.into_iter().map(|(origin, fen)| (origin, fen.get())).collect())
    }

    #[test]
    fn what_was_paid_last_comes_back_first() {
        use Origin::{Cash, Funds, Own, Relatives, Wallet};
        let fresh = order(json!([]));
        assert_eq!(back(&fresh, 900), Some(vec![(Cash, 900)]));
        assert_eq!(back(&fresh, 1_000), Some(vec![(Cash, 900), (Relatives, 100)]));
        assert_eq!(back(&fresh, 1_300), Some(vec![(Cash, 900), (Relatives, 340), (Wallet, 50), (Own, 10)]));
        let all = vec![(Cash, 900), (Relatives, 340), (Wallet, 50), (Own, 700), (Funds, 9_010)];
        assert_eq!(back(&fresh, 11_000), Some(all));
        assert_eq!(back(&fresh, 11_001), None, "more than was paid");
    }

    #[test]
    fn what_came_back_before_does_not_come_back_again() {
        let some = order(json!([refund(950, 900, "done"), refund(5_000, 0, "refused"), refund(20, 0, "asked")]));
        assert_eq!(left_in_all(&some).get(), 11_000 - 970);
        assert_eq!(back(&some, 280), Some(vec![(Origin::Relatives, 270), (Origin::Wallet, 10)]));
        assert_eq!(back(&some, 11_000), None);
    }

    #[test]
    fn packs_come_back_that_were_chosen_and_all_of_them_with_the_rest() {
        let pack = |code: &str, back: bool| SoldPack { drug: "X".into(), code: code.into(), back };
        let order = OrderOut { packs: vec![pack("1", false), pack("2", true), pack("3", false)], ..order(json!([])) };
        let coming = |amount: i64, chosen: &[&str]| -> Vec<String> {
            let chosen: Vec<String> = chosen.iter().map(|code| (*code).to_owned()).collect();
            packs_back::coming(&order, Fen::new(amount).unwrap(), &chosen).map(|pack| pack.code.clone()).collect()
        };
        assert!(coming(100, &[]).is_empty());
        assert_eq!(coming(100, &["3", "2"]), ["3"], "what came back before does not come back again");
        assert_eq!(coming(11_000, &[]), ["1", "3"]);
    }

    #[test]
    fn a_refund_is_no_more_than_is_left_and_has_a_reason() {
        let order = order(json!([]));
        let wrong = |amount: &str, reason: &str| -> Vec<String> {
            let typed = Typed { amount: amount.into(), reason: reason.into(), packs: Vec::new() };
            typed.notes(&order, Lang::Zh).into_iter().map(|note| note.field).collect()
        };
        assert!(wrong("110", "少做一项检查").is_empty());
        assert_eq!(wrong("110.01", "x"), ["refund-amount"]);
        assert_eq!(wrong("0", "x"), ["refund-amount"]);
        assert_eq!(wrong("1", " "), ["refund-reason"]);
        assert_eq!(wrong("", &"长".repeat(101)), ["refund-amount", "refund-reason"]);
    }
}
