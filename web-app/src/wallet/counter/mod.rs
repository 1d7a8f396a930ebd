//! 扫码付款: what an institution shows is scanned or typed, looked at as the server has it, and paid or not.

mod words;

use std::rc::Rc;

use anxin_core::{Fen, RefusalCode};
use wallet_types::{CashAsk, CashMeans, ConfirmAsk, OrderOut, ScanAsk, ScannedOut, StepOut};
use yew::prelude::*;

use super::api::{self, Trouble};
use super::camera::Camera;
use super::deed::{Deeds, use_deeds};
use super::errand::use_errand;
use super::orders::parts;
use super::session::{Change, use_session};
use super::trouble::TroubleView;
use super::words::{W, order_state};
use crate::components::{Check, Choice, FieldNote, FieldNotes, Kind, Radios, TextField};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::services::words::money;
pub use words::C;

/// Opens bills by their codes.
#[component]
pub fn Scan() -> Html {
    let lang = use_lang();
    let session = use_session().map(|session| session.dispatcher());
    let typed = use_state(String::new);
    let cash_only = use_state(|| false);
    let errand = use_errand();
    let trouble = use_state(|| None::<Trouble>);
    let seen = use_state(|| None::<ScannedOut>);
    let empty = use_state(|| false);
    let open = {
        let (typed, cash_only, errand) = (typed.clone(), cash_only.clone(), errand.clone());
        let (trouble, seen, empty) = (trouble.clone(), seen.clone(), empty.clone());
        Callback::from(move |code: String| {
            empty.set(code.trim().is_empty());
            if code.trim().is_empty() {
                return browser::focus("scan-code");
            }
            let (typed, trouble, seen) = (typed.clone(), trouble.clone(), seen.clone());
            let (session, ask) = (session.clone(), ScanAsk { code, use_accounts: !*cash_only });
            errand.run(async move {
                trouble.set(None);
                match api::post::<_, ScannedOut>("/wallet/scans", &ask, "scan", lang).await {
                    Ok(bill) => {
                        typed.set(String::new());
                        seen.set(Some(bill));
                    }
                    Err(Trouble::SignedOut) => session.iter().for_each(|s| s.dispatch(Change::Expired)),
                    Err(cause) => trouble.set(Some(cause)),
                }
            });
        })
    };
    if let Some(bill) = (*seen).clone() {
        let again = {
            let seen = seen.clone();
            Callback::from(move |()| seen.set(None))
        };
        let id = bill.offer.to_string();
        return html! { <Paying key={id} {bill} use_accounts={!*cash_only} {again} /> };
    }
    let onsubmit = {
        let (open, typed) = (open.clone(), typed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            open.emit((*typed).clone());
        })
    };
    let message = C::ScanEmpty.say(lang).to_owned();
    let note = FieldNote { field: "scan-code".into(), code: RefusalCode::OutOfRange.code(), message };
    let notes = FieldNotes(Rc::new(if *empty { vec![note] } else { Vec::new() }));
    html! {
        <ContextProvider<FieldNotes> context={notes}>
            <p class="lead">{ C::ScanIntro.say(lang) }</p>
            if let Some(trouble) = (*trouble).clone() {
                <TroubleView {trouble} />
            }
            <Camera onread={open} />
            <form {onsubmit} data-testid="scan-form">
                <TextField id="scan-code" label={C::ScanQ.say(lang)} told={Some(AttrValue::from(C::ScanHint.say(lang)))} kind={Kind::Text}
                    value={(*typed).clone()} onchange={let typed = typed.clone(); Callback::from(move |text| typed.set(text))} />
                <Check id="scan-accounts" label={C::ScanAccounts.say(lang)} checked={!*cash_only}
                    onchange={let cash_only = cash_only.clone(); Callback::from(move |on: bool| cash_only.set(!on))} />
                <button type="submit" data-testid="scan-go" disabled={errand.is_busy()}>{ C::ScanGo.say(lang) }</button>
            </form>
        </ContextProvider<FieldNotes>>
    }
}

#[derive(Properties, PartialEq)]
struct PayingProps {
    bill: ScannedOut,
    use_accounts: bool,
    again: Callback<()>,
}

/// A bill that is open for this person, as the server has it.
#[component]
fn Paying(props: &PayingProps) -> Html {
    let lang = use_lang();
    let means = use_state(|| CashMeans::WeChat);
    let deeds = use_deeds::<OrderOut>("scan-pay", Some(props.bill.offer), false);
    let other = props.again.reform(|_: MouseEvent| ());
    // Whose bill it is can scan it then. The till can let it go too, where this does not arrive.
    let give_back = {
        let (again, path) = (props.again.clone(), format!("/wallet/scans/{}/return", props.bill.offer));
        Callback::from(move |_: MouseEvent| {
            let path = path.clone();
            yew::platform::spawn_local(async move { drop(api::tell(&path, lang).await) });
            again.emit(());
        })
    };
    let typing = || shown(&props.bill, &deeds, &means, props.use_accounts, give_back.clone(), lang);
    let done = |order: &OrderOut| {
        html! {
            <section data-testid="scan-done" data-state={order.state.word()} aria-labelledby="scan-done-title">
                <div role="status"><h2 id="scan-done-title">{ C::ScanDone.say(lang) }{ " · " }{ order_state(order.state, lang) }</h2></div>
                <p class="sentence">{ order.institution.clone().unwrap_or_default() }{ " · " }{ parts(order, lang) }</p>
                <button type="button" data-testid="scan-next" onclick={other.clone()}>{ C::ScanNext.say(lang) }</button>
            </section>
        }
    };
    deeds.view(C::ScanConfirm.say(lang), typing, done)
}

fn shown(
    bill: &ScannedOut,
    deeds: &Deeds<OrderOut>,
    means: &UseStateHandle<CashMeans>,
    use_accounts: bool,
    give_back: Callback<MouseEvent>,
    lang: Lang,
) -> Html {
    let (payee, rest) = (bill.payee.clone().unwrap_or_default(), bill.figures.psn_cash_pay_fen);
    let total = bill.figures.medfee_sumamt_fen;
    let row = |step: &StepOut| {
        html! { <tr><th scope="row">{ step.title.clone() }</th><td class="amount">{ money(step.result_fen) }</td></tr> }
    };
    let check = {
        let (deeds, bill, means, payee) = (deeds.clone(), bill.clone(), **means, payee.clone());
        Callback::from(move |_: MouseEvent| {
            let cash = CashAsk { means, auth: None };
            let ask = ConfirmAsk { use_accounts, figures: bill.figures.clone(), cash };
            let say = C::ScanSay.fill(lang, &[&payee, &money(total)]);
            deeds.check(format!("/wallet/scans/{}/payment", bill.offer), &ask, say, told(&bill, lang));
        })
    };
    let all = [
        (CashMeans::WeChat, "wechat", C::MeansWeChat),
        (CashMeans::Alipay, "alipay", C::MeansAlipay),
        (CashMeans::OneCode, "one-code", C::MeansOneCode),
    ];
    let choices: Vec<_> = all.into_iter().map(|(value, word, say)| Choice::new(value, word, say.say(lang))).collect();
    html! {
        <section data-testid="scanned" aria-labelledby="scanned-title">
            <h2 id="scanned-title">{ C::ScanCheck.say(lang) }</h2>
            <p class="sentence" data-testid="scan-payee"><strong>{ C::ScanPayee.fill(lang, &[&payee]) }</strong></p>
            <p class="sentence" data-testid="scan-total" data-fen={total.get().to_string()}>{ C::ScanTotal.fill(lang, &[&money(total)]) }</p>
            <div class="scroll" tabindex="0" role="region" aria-label={W::TillStep.say(lang)}>
                <table>
                    <thead><tr><th scope="col">{ W::TillStep.say(lang) }</th><th scope="col">{ W::TillAmount.say(lang) }</th></tr></thead>
                    <tbody>{ for bill.steps.iter().map(row) }</tbody>
                </table>
            </div>
            if !rest.is_zero() {
                <Radios<CashMeans> id="scan-means" legend={C::ScanRest.fill(lang, &[&money(rest)])} {choices} value={Some(**means)}
                    onchange={let means = means.clone(); Callback::from(move |by| means.set(by))} />
            }
            <div class="buttons">
                <button type="button" data-testid="scan-check" onclick={check}>{ C::ScanCheck.say(lang) }</button>
                <button type="button" class="secondary" data-testid="scan-other" onclick={give_back}>{ C::ScanOther.say(lang) }</button>
            </div>
        </section>
    }
}

/// Who pays how much of it.
fn told(bill: &ScannedOut, lang: Lang) -> Vec<String> {
    let figures = &bill.figures;
    let parts = [
        (W::OrderFund, figures.fund_pay_sumamt_fen),
        (W::OrderAccount, figures.acct_pay_fen),
        (W::OrderRelatives, figures.acct_mulaid_pay_fen),
        (W::OrderCash, figures.psn_cash_pay_fen),
    ];
    let paid = parts.into_iter().filter(|(_, fen)| *fen > Fen::ZERO);
    paid.map(|(word, fen)| word.fill(lang, &[&money(fen)])).collect()
}
