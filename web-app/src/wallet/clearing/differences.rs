//! 对账差异 for the area's operators: both sides beside the books, and what two of them make of it.

use wallet_types::{
    CorrectionKind, DifferenceAsk, DifferenceClass, DifferenceOut, OrderStateName, ProposalStateName, SideOut,
};
use yew::prelude::*;

use super::advances::{decisions, state_word};
use crate::components::{Kind, TextField};
use crate::i18n::Lang;
use crate::services::words::money;
use crate::wallet::office::Office;
use crate::wallet::time;
use crate::wallet::words::W;

#[derive(Properties, PartialEq)]
pub struct DifferenceProps {
    pub office: Office,
    pub difference: DifferenceOut,
}

fn class_word(class: DifferenceClass) -> W {
    match class {
        DifferenceClass::Differs => W::DifferAmounts,
        DifferenceClass::OnlyInstitution => W::DifferOnlyInstitution,
        DifferenceClass::OnlyArea => W::DifferOnlyArea,
    }
}

fn kind_word(kind: CorrectionKind) -> W {
    match kind {
        CorrectionKind::TakeBack => W::CorrectTakeBack,
        CorrectionKind::Leave => W::CorrectLeave,
    }
}

/// What can be asked for: nothing while something waits or after it is over, and only what is booked is taken back.
fn offered(difference: &DifferenceOut) -> Vec<CorrectionKind> {
    let waits = |state| matches!(state, ProposalStateName::Asked | ProposalStateName::Approved);
    if difference.closed_at.is_some() || difference.corrections.iter().any(|asked| waits(asked.state)) {
        return Vec::new();
    }
    let open = |state| matches!(state, OrderStateName::Settled | OrderStateName::PartRefunded);
    let booked = difference.booked.as_ref().is_some_and(|booked| open(booked.state));
    let take_back = booked.then_some(CorrectionKind::TakeBack);
    take_back.into_iter().chain([CorrectionKind::Leave]).collect()
}

fn side(word: W, side: Option<&SideOut>, lang: Lang) -> Html {
    let told = side.map_or_else(
        || W::DifferNothing.say(lang).to_owned(),
        |side| W::DifferSums.fill(lang, &[&money(side.total_fen), &money(side.fund_fen), &money(side.account_fen)]),
    );
    html! { <div><dt>{ word.say(lang) }</dt><dd>{ told }</dd></div> }
}

#[component]
pub fn DifferenceView(props: &DifferenceProps) -> Html {
    let (office, difference, lang) = (props.office.clone(), &props.difference, props.office.lang);
    let reason = use_state(String::new);
    let typed = {
        let reason = reason.clone();
        Callback::from(move |text| reason.set(text))
    };
    let button = |kind: CorrectionKind| {
        let (to, reason) = (office.clone(), reason.clone());
        let path = format!("/pay/differences/{}/corrections", difference.id);
        let onclick = Callback::from(move |_: MouseEvent| {
            to.post(path.clone(), DifferenceAsk { kind, reason: reason.trim().to_owned() });
        });
        html! { <button type="button" class="secondary" {onclick} data-kind={kind.word()} disabled={office.is_busy()}>{ kind_word(kind).say(lang) }</button> }
    };
    let offered = offered(difference);
    let state = if difference.closed_at.is_some() { "closed" } else { "open" };
    let booked = difference.booked.as_ref().map_or_else(
        || W::DifferNothing.say(lang).to_owned(),
        |booked| W::DifferBooked.fill(lang, &[&money(booked.total_fen), &money(booked.back_fen)]),
    );
    html! {
        <article class="batch" data-testid="difference" data-state={state} data-class={difference.class.word()}>
            <h3>{ difference.institution.clone().unwrap_or_default() }{ " · " }<code class="wrap">{ &difference.setl_id }</code></h3>
            <p class="sentence">{ class_word(difference.class).say(lang) }{ " · " }{ time::shown(&difference.told_at) }
                if difference.closed_at.is_some() {
                    { " · " }{ W::DifferClosed.say(lang) }
                }
            </p>
            <dl class="facts">
                { side(W::DifferTheirs, difference.theirs.as_ref(), lang) }
                { side(W::DifferOurs, difference.ours.as_ref(), lang) }
                <div><dt>{ W::DifferBooks.say(lang) }</dt><dd>{ booked }</dd></div>
            </dl>
            <ul class="moves lines">{ for difference.corrections.iter().map(|asked| {
                let at = format!("/pay/differences/corrections/{}", asked.id);
                html! {
                    <li key={asked.id.to_string()} data-state={asked.state.word()}>
                        <strong>{ kind_word(asked.kind).say(lang) }</strong>
                        <span class="small">{ time::shown(&asked.asked_at) }{ " · " }{ &asked.reason }{ " · " }{ state_word(asked.state).say(lang) }</span>
                        { decisions(&office, &at, asked.state) }
                    </li>
                }
            }) }</ul>
            if !offered.is_empty() {
                <TextField id={format!("correct-{}", difference.id)} label={W::StandingReason.say(lang)} kind={Kind::Text} value={(*reason).clone()} onchange={typed} />
                <div class="buttons">{ for offered.into_iter().map(button) }</div>
            }
        </article>
    }
}

#[cfg(test)]
mod tests {
    use wallet_types::{BookedOut, Id, ProposalOut};

    use super::*;

    #[test]
    fn only_what_is_booked_can_be_taken_back_and_one_thing_at_a_time() {
        let amount = anxin_core::Fen::ZERO;
        let booked = |state| BookedOut { order: Id(2), state, total_fen: amount, back_fen: amount };
        let mut difference = DifferenceOut {
            id: Id(1),
            institution: None,
            code: String::new(),
            setl_id: String::new(),
            class: DifferenceClass::OnlyArea,
            theirs: None,
            ours: None,
            booked: Some(booked(OrderStateName::Settled)),
            told_at: String::new(),
            closed_at: None,
            corrections: Vec::new(),
        };
        assert_eq!(offered(&difference), [CorrectionKind::TakeBack, CorrectionKind::Leave]);
        difference.booked = Some(booked(OrderStateName::Refunded));
        assert_eq!(offered(&difference), [CorrectionKind::Leave]);
        let asked = |state| ProposalOut {
            id: Id(3),
            kind: CorrectionKind::Leave,
            reason: String::new(),
            state,
            asked_by: Id(4),
            asked_at: String::new(),
            decided_by: None,
            decided_at: None,
        };
        difference.corrections = vec![asked(ProposalStateName::Asked)];
        assert!(offered(&difference).is_empty());
        difference.corrections = vec![asked(ProposalStateName::Refused)];
        assert_eq!(offered(&difference).len(), 1);
        difference.closed_at = Some(String::new());
        assert!(offered(&difference).is_empty());
    }
}
