//! 动态验证码遗失: one operator asks, another grants.

use wallet_types::{DocumentKind, ResetAsk, ResetOut, ResetState, Resets};
use yew::prelude::*;

use super::form::{Typed, use_form};
use super::words::O;
use super::{document_word, end_of, is_number, is_paper};
use crate::i18n::Lang;
use crate::wallet::deed::Deeds;
use crate::wallet::load::{Load, use_load};
use crate::wallet::office::{Office, use_office};
use crate::wallet::time;
use crate::wallet::trouble::waiting;

const RESETS: &str = "/wallet/window/authenticators";

#[derive(Clone, PartialEq)]
struct Loss {
    number: String,
    document: DocumentKind,
    paper: String,
}

impl Typed for Loss {
    const BLANK: Loss = Loss { number: String::new(), document: DocumentKind::IdCard, paper: String::new() };

    type Out = ResetOut;

    fn looked(&self) -> Vec<(&'static str, bool, O)> {
        vec![
            ("lost-number", is_number(&self.number), O::WrongNumber),
            ("lost-paper", is_paper(&self.paper), O::WrongPaper),
        ]
    }

    fn check(&self, deeds: &Deeds<ResetOut>, lang: Lang) {
        let [id_number, paper] = [&self.number, &self.paper].map(|text| text.trim().to_owned());
        let seen = document_word(self.document).say(lang);
        let say = O::LostSay.fill(lang, &[&end_of(&id_number, lang), seen, &paper]);
        let then = [O::LostThenOther, O::LostThenTold].map(|text| text.say(lang).to_owned()).to_vec();
        deeds.check(RESETS.into(), &ResetAsk { id_number, document: self.document, paper }, say, then);
    }
}

#[component]
pub fn Lost() -> Html {
    let form = use_form::<Loss>("window-lost");
    let (load, again) = use_load::<Resets>(RESETS.into());
    let (typed, lang) = (&form.typed, form.lang);
    let typing = || {
        let fields = html! {
            <>
                { form.line("lost-number", O::NumberQ, &typed.number, |t, text| t.number = text) }
                { form.documents("lost-document", typed.document, |t, document| t.document = document) }
                { form.line("lost-paper", O::PaperQ, &typed.paper, |t, text| t.paper = text) }
            </>
        };
        form.view("window-lost", fields)
    };
    let onagain = {
        let (form, again) = (form.clone(), again.clone());
        Callback::from(move |_: MouseEvent| {
            again.emit(());
            form.again();
        })
    };
    let done = |_: &ResetOut| {
        html! {
            <>
                <p role="status" data-testid="window-asked">{ O::LostAsked.say(lang) }</p>
                <button type="button" class="secondary" data-testid="window-lost-again" onclick={onagain}>{ O::Another.say(lang) }</button>
            </>
        }
    };
    html! {
        <section aria-labelledby="window-lost-title">
            <h2 id="window-lost-title">{ O::LostTitle.say(lang) }</h2>
            <p class="hint">{ O::LostHint.say(lang) }</p>
            { form.deeds.view(O::LostConfirm.say(lang), typing, done) }
            <h3>{ O::ListTitle.say(lang) }</h3>
            { waiting(&load, again.clone(), lang) }
            if let Load::Here(Resets { resets }) = &load {
                <Asked resets={resets.clone()} {again} />
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct AskedProps {
    resets: Vec<ResetOut>,
    again: Callback<()>,
}

/// What was asked for; whoever asked does not grant it.
#[component]
fn Asked(props: &AskedProps) -> Html {
    let office = use_office(props.again.clone());
    html! {
        <>
            { office.trouble() }
            if props.resets.is_empty() {
                <p data-testid="no-resets">{ O::ListNone.say(office.lang) }</p>
            }
            <ul class="moves lines" data-testid="resets">{ for props.resets.iter().map(|reset| one(reset, &office)) }</ul>
        </>
    }
}

fn one(reset: &ResetOut, office: &Office) -> Html {
    let lang = office.lang;
    let onclick = {
        let (office, path) = (office.clone(), format!("{RESETS}/{}/approval", reset.id));
        Callback::from(move |_: MouseEvent| office.post(path.clone(), ()))
    };
    let asked = reset.state == ResetState::Asked;
    html! {
        <li key={reset.id.to_string()} data-testid="reset" data-state={reset.state.word()}>
            <strong>{ &reset.paper }{ " · " }{ document_word(reset.document).say(lang) }</strong>
            <span class="small">{ time::shown(&reset.asked_at) }{ " · " }{ state(reset, lang) }</span>
            if asked && reset.own {
                <span class="small">{ O::OwnAsk.say(lang) }</span>
            } else if asked {
                <button type="button" data-testid="grant" {onclick} disabled={office.is_busy()}>{ O::Grant.say(lang) }</button>
            }
        </li>
    }
}

fn state(reset: &ResetOut, lang: Lang) -> String {
    let ready = reset.ready_at.as_deref().map(time::shown).unwrap_or_default();
    match reset.state {
        ResetState::Asked => O::StateAsked,
        ResetState::Waiting => return O::StateWaiting.fill(lang, &[&ready]),
        ResetState::Ready => O::StateReady,
        ResetState::Used => O::StateUsed,
        ResetState::Objected => O::StateObjected,
        ResetState::Over => O::StateOver,
    }
    .say(lang)
    .to_owned()
}
