//! What a bill comes to, step by step, before anything is paid.

use std::rc::Rc;

use anxin_core::rules::Certainty;
use wallet_types::{Finding, StepOut};
use yew::prelude::*;

use super::basket::who;
use super::{Checked, Desk, Stage};
use crate::services::words::money;
use crate::wallet::words::W;

pub fn checking(desk: &Desk, checked: &Rc<Checked>) -> Html {
    let (lang, pre) = (desk.lang, &checked.pre);
    let settle = {
        let (desk, checked) = (desk.clone(), Rc::clone(checked));
        Callback::from(move |_: MouseEvent| desk.settle(Rc::clone(&checked)))
    };
    let back = {
        let (desk, patient) = (desk.clone(), Rc::clone(&checked.patient));
        Callback::from(move |_: MouseEvent| desk.go(Stage::Basket(Some(Rc::clone(&patient)))))
    };
    let row = |step: &StepOut| {
        html! { <tr><th scope="row">{ step.title.clone() }</th><td class="amount">{ money(step.result_fen) }</td><td>{ step.formula.clone() }</td></tr> }
    };
    let blocked = pre.findings.iter().any(|finding| finding.blocks);
    let finding = |finding: &Finding| {
        html! {
            <li>
                { &finding.reason }
                if finding.blocks { { "（" }{ W::TillBlocked.say(lang) }{ "）" } }
                <span class="small">{ " " }{ &finding.source }</span>
            </li>
        }
    };
    let due = pre.figures.psn_cash_pay_fen;
    html! {
        <section data-testid="checking" aria-labelledby="checking-title">
            { who(&checked.patient, lang) }
            <h2 id="checking-title">{ W::TillCheck.say(lang) }</h2>
            if pre.certainty >= Certainty::Uncertain {
                <p class="notice caution" data-testid="assumed">{ W::TillAssumed.say(lang) }</p>
            }
            if !pre.findings.is_empty() {
                <div class="notice caution" data-testid="findings" data-blocks={blocked.to_string()}>
                    <h3>{ W::TillFindings.say(lang) }</h3>
                    <ul>{ for pre.findings.iter().map(finding) }</ul>
                </div>
            }
            <div class="scroll" tabindex="0" role="region" aria-label={W::TillStep.say(lang)}>
                <table>
                    <thead><tr><th scope="col">{ W::TillStep.say(lang) }</th><th scope="col">{ W::TillAmount.say(lang) }</th><th scope="col">{ W::TillFormula.say(lang) }</th></tr></thead>
                    <tbody>{ for pre.steps.iter().map(row) }</tbody>
                </table>
            </div>
            <p class="sentence" data-testid="due" data-fen={due.get().to_string()}><strong>{ W::TillDue.fill(lang, &[&money(due)]) }</strong></p>
            <div class="buttons">
                <button type="button" data-testid="settle" disabled={desk.errand.is_busy() || blocked} onclick={settle}>{ W::TillSettle.say(lang) }</button>
                <button type="button" class="secondary" disabled={desk.errand.is_busy()} onclick={back}>{ W::TillBack.say(lang) }</button>
            </div>
        </section>
    }
}
