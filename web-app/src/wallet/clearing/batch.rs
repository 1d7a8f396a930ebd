//! One batch, and the step that comes next.

use anxin_core::Fen;
use wallet_types::{BatchOfOrders, BatchState, BatchStep, BatchStepAsk, Deduction, FundName};
use yew::prelude::*;

use super::statement::BatchStatement;
use crate::components::{Kind, TextField};
use crate::i18n::Lang;
use crate::model::amount::yuan;
use crate::services::words::money;
use crate::wallet::office::Office;
use crate::wallet::time;
use crate::wallet::words::W;

#[derive(Properties, PartialEq)]
pub struct BatchProps {
    pub office: Office,
    pub batch: BatchOfOrders,
    /// Whether whoever looks is the institution that declared it.
    #[prop_or_default]
    pub own: bool,
}

/// Which steps are offered; whether this operator may take one, the server decides.
fn offered(state: BatchState, own: bool) -> &'static [BatchStep] {
    match (state, own) {
        (BatchState::Declared, true) => &[BatchStep::Withdraw],
        (BatchState::Declared, false) => &[BatchStep::FirstReview],
        (BatchState::Reviewed, false) => &[BatchStep::SecondReview, BatchStep::SendBack],
        (BatchState::Approved, false) => &[BatchStep::Pay, BatchStep::SendBack],
        (BatchState::Reviewed | BatchState::Approved, true) | (BatchState::Paid | BatchState::Withdrawn, _) => &[],
    }
}

fn step_word(step: BatchStep) -> W {
    match step {
        BatchStep::FirstReview => W::StepFirst,
        BatchStep::SecondReview => W::StepSecond,
        BatchStep::SendBack => W::StepBack,
        BatchStep::Pay => W::StepPay,
        BatchStep::Withdraw => W::StepWithdraw,
    }
}

fn state_word(state: BatchState) -> W {
    match state {
        BatchState::Declared => W::BatchDeclared,
        BatchState::Reviewed => W::BatchReviewed,
        BatchState::Approved => W::BatchApproved,
        BatchState::Paid => W::BatchPaid,
        BatchState::Withdrawn => W::BatchWithdrawn,
    }
}

/// What is deducted, if anything was typed; `None` where it is not an amount with a reason.
fn deduction(amount: &str, reason: &str) -> Option<Vec<Deduction>> {
    if amount.trim().is_empty() && reason.trim().is_empty() {
        return Some(Vec::new());
    }
    let amount_fen = yuan(amount).ok().flatten().filter(|fen| *fen > Fen::ZERO)?;
    let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty())?;
    Some(vec![Deduction { fund: FundName::Pooled, amount_fen, reason, order: None }])
}

#[component]
pub fn BatchView(props: &BatchProps) -> Html {
    let (office, batch, lang) = (props.office.clone(), props.batch.clone(), props.office.lang);
    let amount = use_state(String::new);
    let reason = use_state(String::new);
    let wrong = use_state(|| false);
    let open = use_state(|| false);
    let opening = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let button = |step: BatchStep| {
        let (office, id) = (office.clone(), batch.id);
        let (amount, reason, wrong) = (amount.clone(), reason.clone(), wrong.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let first = step == BatchStep::FirstReview;
            let deductions = if first { deduction(&amount, &reason) } else { Some(Vec::new()) };
            wrong.set(deductions.is_none());
            if let Some(deductions) = deductions {
                office.post(format!("/pay/clearing/batches/{id}/steps"), BatchStepAsk { step, deductions });
            }
        });
        let class = if matches!(step, BatchStep::SendBack | BatchStep::Withdraw) { "secondary" } else { "" };
        html! { <button type="button" {class} {onclick} disabled={props.office.is_busy()} data-step={step.word()}>{ step_word(step).say(lang) }</button> }
    };
    let typed = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text| state.set(text))
    };
    html! {
        <article class="batch" data-testid="batch" data-state={batch.state.word()}>
            <h3>{ batch.institution.clone().unwrap_or_default() }{ " · " }{ period(&batch) }</h3>
            <p class="sentence">{ state_word(batch.state).say(lang) }{ " · " }{ due(&batch, lang) }</p>
            if !batch.holidays.is_empty() {
                <p class="small" data-testid="batch-holidays">{ W::BatchHolidays.fill(lang, &[&batch.holidays.join(lang.of("、", ", "))]) }</p>
            }
            <dl class="facts">
                <div><dt>{ W::BatchPooled.say(lang) }</dt><dd class="amount">{ money(batch.pooled_fen) }</dd></div>
                <div><dt>{ W::BatchAccount.say(lang) }</dt><dd class="amount">{ money(batch.account_fen) }</dd></div>
                { for batch.deductions.iter().map(|d| html! { <div><dt>{ W::BatchDeducted.say(lang) }{ " · " }{ &d.reason }</dt><dd class="amount">{ money(d.amount_fen) }</dd></div> }) }
                if !batch.recovered_fen.is_zero() {
                    <div><dt>{ W::BatchRecovered.say(lang) }</dt><dd class="amount">{ money(batch.recovered_fen) }</dd></div>
                }
                <div><dt>{ W::BatchPayable.say(lang) }</dt><dd class="amount">{ money(batch.payable_pooled_fen.above(batch.recovered_fen).plus(batch.payable_account_fen)) }</dd></div>
            </dl>
            <ol class="small">{ for batch.steps.iter().map(|taken| html! { <li>{ step_word(taken.step).say(lang) }{ " · " }{ time::shown(&taken.at) }</li> }) }</ol>
            if batch.state == BatchState::Declared && !props.own {
                <TextField id={format!("deduct-{}", batch.id)} label={W::DeductAmount.say(lang)} kind={Kind::Money} value={(*amount).clone()} onchange={typed(&amount)} />
                <TextField id={format!("reason-{}", batch.id)} label={W::DeductReason.say(lang)} kind={Kind::Text} value={(*reason).clone()} onchange={typed(&reason)} />
                if *wrong {
                    <p class="notice caution" role="alert">{ W::DeductWrong.say(lang) }</p>
                }
            }
            <button type="button" class="secondary" onclick={opening} aria-expanded={open.to_string()} data-testid="batch-statement">{ W::BatchStatement.say(lang) }</button>
            if *open {
                <BatchStatement batch={batch.id} />
            }
            <div class="buttons">{ for offered(batch.state, props.own).iter().map(|step| button(*step)) }</div>
        </article>
    }
}

fn period(batch: &BatchOfOrders) -> String {
    if batch.from == batch.to { batch.from.clone() } else { format!("{} – {}", batch.from, batch.to) }
}

fn due(batch: &BatchOfOrders, lang: Lang) -> String {
    match (&batch.due_on, batch.late) {
        (Some(day), true) => W::BatchLate.fill(lang, &[day]),
        (Some(day), false) => W::BatchDue.fill(lang, &[day]),
        (None, _) => W::BatchDueUnknown.say(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deduction_has_an_amount_and_a_reason_or_there_is_none() {
        assert_eq!(deduction("", " "), Some(vec![]));
        assert_eq!(deduction("10", ""), None);
        assert_eq!(deduction("", "超限"), None);
        assert_eq!(deduction("-1", "超限"), None);
        assert_eq!(deduction("10.2", "超限").unwrap()[0].amount_fen.get(), 1_020);
    }

    #[test]
    fn what_is_over_offers_nothing() {
        for own in [false, true] {
            assert!(offered(BatchState::Paid, own).is_empty() && offered(BatchState::Withdrawn, own).is_empty());
        }
        assert_eq!(offered(BatchState::Approved, false)[0], BatchStep::Pay);
        assert_eq!(offered(BatchState::Declared, true), [BatchStep::Withdraw]);
        assert!(offered(BatchState::Reviewed, true).is_empty(), "what is under review is not the institution's");
    }
}
