//! 动态验证码遗失: one operator asks, another grants.

use std::rc::Rc;

use wallet_types::{DocumentKind, ResetAsk, ResetOut, ResetState, Resets};
use yew::prelude::*;

use super::words::O;
use super::{document_word, documents, end_of, is_number, is_paper, line, wrong};
use crate::components::{FieldNote, FieldNotes};
use crate::hooks::{editor, setter, use_lang};
use crate::i18n::Lang;
use crate::services::browser;
use crate::wallet::api::{self, Trouble};
use crate::wallet::deed::{Deeds, use_deeds};
use crate::wallet::load::{Load, use_load};
use crate::wallet::session::{Change, use_session};
use crate::wallet::time;
use crate::wallet::trouble::{TroubleView, waiting};

const RESETS: &str = "/wallet/window/authenticators";

#[derive(Clone, PartialEq)]
struct Typed {
    number: String,
    document: DocumentKind,
    paper: String,
}

impl Typed {
    fn blank() -> Typed {
        Typed { number: String::new(), document: DocumentKind::IdCard, paper: String::new() }
    }

    fn notes(&self, lang: Lang) -> Vec<FieldNote> {
        let looked = [
            ("lost-number", is_number(&self.number), O::WrongNumber),
            ("lost-paper", is_paper(&self.paper), O::WrongPaper),
        ];
        looked.into_iter().filter(|(_, good, _)| !good).map(|(field, _, text)| wrong(field, text, lang)).collect()
    }
}

#[component]
pub fn Lost() -> Html {
    let lang = use_lang();
    let typed = use_state(Typed::blank);
    let tried = use_state(|| false);
    let deeds = use_deeds::<ResetOut>("window-lost", None, false);
    let (load, again) = use_load::<Resets>(RESETS.into());
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
    let document = setter(&editor(&typed), |t: &mut Typed, document| t.document = document);
    let typing = || {
        html! {
            <ContextProvider<FieldNotes> context={FieldNotes(Rc::new(notes))}>
                <form {onsubmit} data-testid="window-lost-form">
                    { line("lost-number", O::NumberQ, &typed.number, change(|t, text| t.number = text), lang) }
                    { documents("lost-document", typed.document, document, lang) }
                    { line("lost-paper", O::PaperQ, &typed.paper, change(|t, text| t.paper = text), lang) }
                    <button type="submit" data-testid="window-lost-next">{ O::Next.say(lang) }</button>
                </form>
            </ContextProvider<FieldNotes>>
        }
    };
    let onagain = {
        let (typed, tried, deeds, again) = (typed.clone(), tried.clone(), deeds.clone(), again.clone());
        Callback::from(move |_: MouseEvent| {
            typed.set(Typed::blank());
            tried.set(false);
            again.emit(());
            deeds.again();
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
            { deeds.view(O::LostConfirm.say(lang), typing, done) }
            <h3>{ O::ListTitle.say(lang) }</h3>
            { waiting(&load, again.clone(), lang) }
            if let Load::Here(Resets { resets }) = &load {
                <Asked resets={resets.clone()} {again} />
            }
        </section>
    }
}

fn submit(typed: &Typed, deeds: &Deeds<ResetOut>, lang: Lang) {
    if let Some(first) = typed.notes(lang).first() {
        return browser::focus(&first.field);
    }
    let [id_number, paper] = [&typed.number, &typed.paper].map(|text| text.trim().to_owned());
    let seen = document_word(typed.document).say(lang);
    let say = O::LostSay.fill(lang, &[&end_of(&id_number, lang), seen, &paper]);
    let then = [O::LostThenOther, O::LostThenTold].map(|text| text.say(lang).to_owned()).to_vec();
    deeds.check(RESETS.into(), &ResetAsk { id_number, document: typed.document, paper }, say, then);
}

#[derive(Properties, PartialEq)]
struct AskedProps {
    resets: Vec<ResetOut>,
    again: Callback<()>,
}

/// What was asked for; whoever asked does not grant it.
#[component]
fn Asked(props: &AskedProps) -> Html {
    let lang = use_lang();
    let session = use_session();
    let trouble = use_state(|| None::<Trouble>);
    let busy = use_state(|| false);
    let grant = {
        let (trouble, busy, again) = (trouble.clone(), busy.clone(), props.again.clone());
        Callback::from(move |reset: wallet_types::Id| {
            busy.set(true);
            let (trouble, busy, again, session) = (trouble.clone(), busy.clone(), again.clone(), session.clone());
            yew::platform::spawn_local(async move {
                let path = format!("{RESETS}/{reset}/approval");
                match api::post::<_, ResetOut>(&path, &(), "once", lang).await {
                    Ok(_) => trouble.set(None),
                    Err(Trouble::SignedOut) => session.iter().for_each(|s| s.dispatch(Change::Expired)),
                    Err(cause) => trouble.set(Some(cause)),
                }
                busy.set(false);
                // Another operator may have been faster.
                again.emit(());
            });
        })
    };
    html! {
        <>
            if let Some(trouble) = (*trouble).clone() {
                <TroubleView {trouble} />
            }
            if props.resets.is_empty() {
                <p data-testid="no-resets">{ O::ListNone.say(lang) }</p>
            }
            <ul class="moves lines" data-testid="resets">{ for props.resets.iter().map(|reset| one(reset, &grant, *busy, lang)) }</ul>
        </>
    }
}

fn one(reset: &ResetOut, grant: &Callback<wallet_types::Id>, busy: bool, lang: Lang) -> Html {
    let onclick = {
        let (grant, id) = (grant.clone(), reset.id);
        Callback::from(move |_: MouseEvent| grant.emit(id))
    };
    let asked = reset.state == ResetState::Asked;
    html! {
        <li key={reset.id.to_string()} data-testid="reset" data-state={reset.state.word()}>
            <strong>{ &reset.paper }{ " · " }{ document_word(reset.document).say(lang) }</strong>
            <span class="small">{ time::shown(&reset.asked_at) }{ " · " }{ state(reset, lang) }</span>
            if asked && reset.own {
                <span class="small">{ O::OwnAsk.say(lang) }</span>
            } else if asked {
                <button type="button" data-testid="grant" {onclick} disabled={busy}>{ O::Grant.say(lang) }</button>
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
