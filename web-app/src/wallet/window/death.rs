//! 身故登记: from then on nothing is done in somebody's name.

use anxin_core::Day;
use wallet_types::{DeathAsk, DeathOut};
use yew::prelude::*;

use super::form::{Typed, use_form};
use super::words::O;
use super::{end_of, is_number, is_paper};
use crate::i18n::Lang;
use crate::wallet::deed::Deeds;

#[derive(Clone, PartialEq)]
struct Passing {
    number: String,
    died: String,
    paper: String,
}

impl Typed for Passing {
    const BLANK: Passing = Passing { number: String::new(), died: String::new(), paper: String::new() };

    type Out = DeathOut;

    fn looked(&self) -> Vec<(&'static str, bool, O)> {
        vec![
            ("death-number", is_number(&self.number), O::WrongNumber),
            ("death-day", Day::parse(self.died.trim()).is_some(), O::WrongDay),
            ("death-paper", is_paper(&self.paper), O::WrongPaper),
        ]
    }

    fn check(&self, deeds: &Deeds<DeathOut>, lang: Lang) {
        let [id_number, died, paper] = [&self.number, &self.died, &self.paper].map(|text| text.trim().to_owned());
        let say = O::DeathSay.fill(lang, &[&end_of(&id_number, lang), &died, &paper]);
        let then = [O::DeathThenFreeze, O::DeathThenEnd].map(|text| text.say(lang).to_owned()).to_vec();
        deeds.check("/wallet/window/deaths".into(), &DeathAsk { id_number, died, paper }, say, then);
    }
}

#[component]
pub fn Death() -> Html {
    let form = use_form::<Passing>("window-death");
    let (typed, lang) = (&form.typed, form.lang);
    let typing = || {
        let fields = html! {
            <>
                { form.line("death-number", O::NumberQ, &typed.number, |t, text| t.number = text) }
                { form.line("death-day", O::DiedQ, &typed.died, |t, text| t.died = text) }
                { form.line("death-paper", O::PaperQ, &typed.paper, |t, text| t.paper = text) }
            </>
        };
        form.view("window-death", fields)
    };
    let done = |told: &DeathOut| {
        html! { <p role="status" data-testid="window-died">{ O::Died.fill(lang, &[&told.ended.to_string()]) }</p> }
    };
    html! {
        <section aria-labelledby="window-death-title">
            <h2 id="window-death-title">{ O::DeathTitle.say(lang) }</h2>
            <p class="hint">{ O::DeathHint.say(lang) }</p>
            { form.deeds.view(O::DeathConfirm.say(lang), typing, done) }
        </section>
    }
}
