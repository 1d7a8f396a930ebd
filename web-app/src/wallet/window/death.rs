//! 身故登记: from then on nothing is done in somebody's name.

use std::rc::Rc;

use anxin_core::Day;
use wallet_types::{DeathAsk, DeathOut};
use yew::prelude::*;

use super::words::O;
use super::{end_of, is_number, is_paper, line, wrong};
use crate::components::{FieldNote, FieldNotes};
use crate::hooks::{editor, setter, use_lang};
use crate::i18n::Lang;
use crate::services::browser;
use crate::wallet::deed::{Deeds, use_deeds};

#[derive(Clone, Default, PartialEq)]
struct Typed {
    number: String,
    died: String,
    paper: String,
}

impl Typed {
    fn notes(&self, lang: Lang) -> Vec<FieldNote> {
        let looked = [
            ("death-number", is_number(&self.number), O::WrongNumber),
            ("death-day", Day::parse(self.died.trim()).is_some(), O::WrongDay),
            ("death-paper", is_paper(&self.paper), O::WrongPaper),
        ];
        looked.into_iter().filter(|(_, good, _)| !good).map(|(field, _, text)| wrong(field, text, lang)).collect()
    }
}

#[component]
pub fn Death() -> Html {
    let lang = use_lang();
    let typed = use_state(Typed::default);
    let tried = use_state(|| false);
    let deeds = use_deeds::<DeathOut>("window-death", None, false);
    let notes: Vec<FieldNote> = typed.notes(lang).into_iter().filter(|_| *tried).collect();
    let onsubmit = {
        let (typed, tried, deeds) = (typed.clone(), tried.clone(), deeds.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            submit(&typed, &deeds, lang);
        })
    };
    let change = |set: fn(&mut Typed, String)| setter(&editor(&typed), set);
    let typing = || {
        html! {
            <ContextProvider<FieldNotes> context={FieldNotes(Rc::new(notes))}>
                <form {onsubmit} data-testid="window-death-form">
                    { line("death-number", O::NumberQ, &typed.number, change(|t, text| t.number = text), lang) }
                    { line("death-day", O::DiedQ, &typed.died, change(|t, text| t.died = text), lang) }
                    { line("death-paper", O::PaperQ, &typed.paper, change(|t, text| t.paper = text), lang) }
                    <button type="submit" data-testid="window-death-next">{ O::Next.say(lang) }</button>
                </form>
            </ContextProvider<FieldNotes>>
        }
    };
    let done = |told: &DeathOut| {
        html! { <p role="status" data-testid="window-died">{ O::Died.fill(lang, &[&told.ended.to_string()]) }</p> }
    };
    html! {
        <section aria-labelledby="window-death-title">
            <h2 id="window-death-title">{ O::DeathTitle.say(lang) }</h2>
            <p class="hint">{ O::DeathHint.say(lang) }</p>
            { deeds.view(O::DeathConfirm.say(lang), typing, done) }
        </section>
    }
}

fn submit(typed: &Typed, deeds: &Deeds<DeathOut>, lang: Lang) {
    if let Some(first) = typed.notes(lang).first() {
        return browser::focus(&first.field);
    }
    let [id_number, died, paper] = [&typed.number, &typed.died, &typed.paper].map(|text| text.trim().to_owned());
    let say = O::DeathSay.fill(lang, &[&end_of(&id_number, lang), &died, &paper]);
    let then = [O::DeathThenFreeze, O::DeathThenEnd].map(|text| text.say(lang).to_owned()).to_vec();
    deeds.check("/wallet/window/deaths".into(), &DeathAsk { id_number, died, paper }, say, then);
}
