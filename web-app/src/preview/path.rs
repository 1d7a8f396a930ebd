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

#[cfg(test)]
mod tests {
    use anxin_core::preview::TestOut;

    use super::*;

    fn reason(of: &str, ask: Ask, held: bool) -> ReasonOut {
        let test = TestOut { ask, owner: None, role: None, low: None, high: None };
        ReasonOut { of: of.into(), test, held, place: None, code: None, text: None }
    }

    fn told(all: &[ReasonOut], group: &str) -> Vec<(String, Ask, bool)> {
        led_here(all.iter(), group).into_iter().map(|r| (r.of.clone(), r.test.ask, r.held)).collect()
    }

    #[test]
    fn of_the_group_taken_only_what_held_is_shown() {
        let asked = [reason("BR21", Ask::Mcc, false), reason("BR23", Ask::Mcc, false), reason("BR23", Ask::Cc, true)];
        assert_eq!(told(&asked, "BR23"), [("BR23".to_owned(), Ask::Cc, true)]);
        let either = [reason("FB1", Ask::MainOperation, false), reason("FB1", Ask::AnyOperation, true)];
        assert_eq!(told(&either, "FB1"), [("FB1".to_owned(), Ask::AnyOperation, true)]);
    }

    #[test]
    fn a_group_that_takes_what_is_left_is_entered_by_what_did_not_hold() {
        let asked = [reason("BR21", Ask::Mcc, false), reason("BR25", Ask::Always, true)];
        let expect = [("BR21".to_owned(), Ask::Mcc, false), ("BR25".to_owned(), Ask::Always, true)];
        assert_eq!(told(&asked, "BR25"), expect);
    }
}
