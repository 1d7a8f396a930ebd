//! 预付金: one operator asks, another approves, and later batches make up for it.

use wallet_types::{AdvanceAsk, AdvanceOut, ProposalStateName};
use yew::prelude::*;

use crate::components::{Kind, TextField};
use crate::hooks::{editor, setter};
use crate::i18n::Lang;
use crate::model::amount::yuan;
use crate::services::words::money;
use crate::wallet::office::Office;
use crate::wallet::time;
use crate::wallet::words::W;

#[derive(Properties, PartialEq)]
pub struct AdvancesProps {
    pub office: Office,
    pub advances: Vec<AdvanceOut>,
}

#[derive(Clone, Default, PartialEq)]
struct Typed {
    code: String,
    amount: String,
    reason: String,
}

impl Typed {
    fn ask(&self) -> Option<AdvanceAsk> {
        let amount_fen = yuan(&self.amount).ok().flatten().filter(|fen| fen.get() > 0)?;
        let [code, reason] = [&self.code, &self.reason].map(|text| text.trim().to_owned());
        (!code.is_empty() && !reason.is_empty()).then_some(AdvanceAsk { code, amount_fen, reason })
    }
}

pub fn state_word(state: ProposalStateName) -> W {
    match state {
        ProposalStateName::Asked => W::ProposalAsked,
        ProposalStateName::Approved => W::ProposalApproved,
        ProposalStateName::Refused => W::ProposalRefused,
        ProposalStateName::Done => W::ProposalDone,
        ProposalStateName::Failed => W::ProposalFailed,
    }
}

/// What the other operator decides of something that waits, or goes on with.
pub fn decisions(office: &Office, at: &str, state: ProposalStateName) -> Html {
    let button = |decision: &'static str, word: W, class: &'static str| {
        let (to, path) = (office.clone(), format!("{at}/{decision}"));
        let onclick = Callback::from(move |_: MouseEvent| to.post(path.clone(), serde_json::Value::Null));
        html! { <button type="button" {class} {onclick} data-testid={decision} disabled={office.is_busy()}>{ word.say(office.lang) }</button> }
    };
    match state {
        ProposalStateName::Asked => html! {
            <div class="buttons">{ button("approval", W::StandingApprove, "") }{ button("refusal", W::ProposalRefuse, "secondary") }</div>
        },
        ProposalStateName::Approved => button("approval", W::ProposalGoOn, ""),
        ProposalStateName::Refused | ProposalStateName::Done | ProposalStateName::Failed => Html::default(),
    }
}

#[component]
pub fn AdvancesView(props: &AdvancesProps) -> Html {
    let (office, lang) = (props.office.clone(), props.office.lang);
    let typed = use_state(Typed::default);
    let wrong = use_state(|| false);
    let change = |set: fn(&mut Typed, String)| setter(&editor(&typed), set);
    let ask = {
        let (office, typed, wrong) = (office.clone(), typed.clone(), wrong.clone());
        Callback::from(move |_: MouseEvent| {
            let ask = typed.ask();
            wrong.set(ask.is_none());
            ask.into_iter().for_each(|ask| office.post("/pay/clearing/advances".into(), ask));
        })
    };
    html! {
        <>
            <ul class="moves lines" data-testid="advances">{ for props.advances.iter().map(|advance| one(Some(&office), advance, lang)) }</ul>
            <TextField id="advance-code" label={W::AdvanceCode.say(lang)} kind={Kind::Text} value={typed.code.clone()} onchange={change(|t, text| t.code = text)} />
            <TextField id="advance-amount" label={W::AdvanceAmount.say(lang)} kind={Kind::Money} value={typed.amount.clone()} onchange={change(|t, text| t.amount = text)} />
            <TextField id="advance-reason" label={W::StandingReason.say(lang)} kind={Kind::Text} value={typed.reason.clone()} onchange={change(|t, text| t.reason = text)} />
            if *wrong {
                <p class="notice caution" role="alert">{ W::AdvanceWrong.say(lang) }</p>
            }
            <button type="button" class="secondary" onclick={ask} data-testid="ask-advance" disabled={props.office.is_busy()}>{ W::AdvanceAsk.say(lang) }</button>
        </>
    }
}

/// One 预付金; with an office, what can be decided of it.
pub fn one(office: Option<&Office>, advance: &AdvanceOut, lang: Lang) -> Html {
    let left = advance.amount_fen.above(advance.recovered_fen);
    let at = format!("/pay/clearing/advances/{}", advance.id);
    html! {
        <li key={advance.id.to_string()} data-state={advance.state.word()}>
            <strong>{ advance.institution.clone().unwrap_or_default() }{ " · " }{ money(advance.amount_fen) }</strong>
            <span class="small">{ time::shown(&advance.asked_at) }{ " · " }{ &advance.reason }{ " · " }{ state_word(advance.state).say(lang) }</span>
            if advance.state == ProposalStateName::Done {
                <span class="small" data-testid="recovered">{ W::AdvanceLeft.fill(lang, &[&money(advance.recovered_fen), &money(left)]) }</span>
            }
            { office.map(|office| decisions(office, &at, advance.state)).unwrap_or_default() }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_has_a_code_an_amount_and_a_reason() {
        let ask = |code: &str, amount: &str, reason: &str| {
            Typed { code: code.into(), amount: amount.into(), reason: reason.into() }.ask()
        };
        assert_eq!(ask(" H1 ", "10.2", "预付").map(|ask| (ask.code, ask.amount_fen.get())), Some(("H1".into(), 1_020)));
        assert!(
            ask("H1", "0", "预付").is_none() && ask("H1", "-1", "预付").is_none() && ask("H1", "", "预付").is_none()
        );
        assert!(ask("", "10", "预付").is_none() && ask("H1", "10", " ").is_none());
    }
}
