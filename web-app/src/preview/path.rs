//! From the principal diagnosis to the group in three steps, each with why.

use anxin_core::drg::Outcome;
use anxin_core::preview::{Ask, GateOut, GroupAnswer, GroupRef, ReasonOut};
use yew::prelude::*;

use super::words::P;
use crate::i18n::Lang;

pub fn path(answer: &GroupAnswer, lang: Lang) -> Html {
    let Some(mdc) = &answer.mdc else { return Html::default() };
    let steps = [(P::StepMdc, mdc), (P::StepAdrg, &answer.adrg), (P::StepDrg, &answer.drg)];
    html! {
        <section aria-labelledby="path-title">
            <h3 id="path-title">{ P::PathTitle.say(lang) }</h3>
            <ol class="path" data-testid="path">{ for steps.map(|(name, group)| step(answer, name, group, lang)) }</ol>
            { others(&answer.gates) }
        </section>
    }
}

fn step(answer: &GroupAnswer, name: P, group: &GroupRef, lang: Lang) -> Html {
    let asked = || answer.reasons.iter().filter(|reason| of_step(&reason.of, group, name));
    let unsplit = name == P::StepDrg && asked().next().is_none();
    let reasons = led_here(asked(), &group.code).into_iter().filter_map(|reason| reason.text.clone());
    html! {
        <li>
            <span class="small">{ name.say(lang) }</span>
            <strong>{ group.code.clone() }</strong>
            <span>{ group.name.clone().unwrap_or_default() }</span>
            <ul>
                { for reasons.map(|text| html! { <li>{ text }</li> }) }
                if unsplit {
                    <li>{ P::NotSplit.say(lang) }</li>
                }
            </ul>
        </li>
    }
}

/// What held. A group that is entered because the ones before it were not is entered by what did not hold.
fn led_here<'a>(asked: impl Iterator<Item = &'a ReasonOut> + Clone, group: &str) -> Vec<&'a ReasonOut> {
    let held: Vec<&ReasonOut> = asked.clone().filter(|reason| reason.held && reason.of == group).collect();
    let leftover = held.iter().all(|reason| reason.test.ask == Ask::Always);
    if leftover { asked.filter(|reason| !reason.held || reason.of == group).collect() } else { held }
}

/// Groups of the ADRG that were tried before the one that was found belong to its step.
fn of_step(of: &str, group: &GroupRef, name: P) -> bool {
    let tried = of.len() == group.code.len() && of.get(..3) == group.code.get(..3);
    of == group.code || (name == P::StepDrg && tried)
}

/// MDCs whose gate held besides.
fn others(gates: &[GateOut]) -> Html {
    let mut texts = gates.iter().filter(|g| g.outcome != Outcome::Taken).filter_map(|g| g.text.clone()).peekable();
    if texts.peek().is_none() {
        return Html::default();
    }
    html! { <ul class="gates small">{ for texts.map(|text| html! { <li>{ text }</li> }) }</ul> }
}
