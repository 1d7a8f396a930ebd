//! 代开通: an invitation is accepted for who has no phone, or is a child.

use std::rc::Rc;

use wallet_types::{DocumentKind, WindowAsk, WindowOut};
use yew::prelude::*;

use super::words::O;
use super::{document_word, documents, end_of, is_number, is_paper, line, wrong};
use crate::components::{FieldNote, FieldNotes};
use crate::hooks::{editor, setter, use_lang};
use crate::i18n::Lang;
use crate::services::browser;
use crate::wallet::deed::{Deeds, use_deeds};

/// Letters of a code, without what stands between them.
const LETTERS: usize = 24;

#[derive(Clone, PartialEq)]
struct Typed {
    code: String,
    number: String,
    document: DocumentKind,
    paper: String,
    guardian: String,
}

impl Typed {
    fn blank() -> Typed {
        let [code, number, paper, guardian] = [const { String::new() }; 4];
        Typed { code, number, document: DocumentKind::IdCard, paper, guardian }
    }

    fn notes(&self, lang: Lang) -> Vec<FieldNote> {
        let letters = self.code.chars().filter(char::is_ascii_alphanumeric).count();
        let guardian = self.guardian.trim();
        let looked = [
            ("window-code", letters == LETTERS, O::WrongCode),
            ("window-number", is_number(&self.number), O::WrongNumber),
            ("window-paper", is_paper(&self.paper), O::WrongPaper),
            ("window-guardian", guardian.is_empty() || is_number(guardian), O::WrongNumber),
        ];
        looked.into_iter().filter(|(_, good, _)| !good).map(|(field, _, text)| wrong(field, text, lang)).collect()
    }

    fn ask(&self) -> WindowAsk {
        let [code, id_number, paper, guardian] =
            [&self.code, &self.number, &self.paper, &self.guardian].map(|text| text.trim().to_owned());
        let guardian_id_number = Some(guardian).filter(|number| !number.is_empty());
        WindowAsk { code, id_number, document: self.document, paper, guardian_id_number }
    }
}

#[component]
pub fn AcceptFor() -> Html {
    let lang = use_lang();
    let typed = use_state(Typed::blank);
    let tried = use_state(|| false);
    // It carries identity numbers, which are not to be written down here.
    let deeds = use_deeds::<WindowOut>("window-accept", None, false);
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
                <form {onsubmit} data-testid="window-accept-form">
                    { line("window-code", O::CodeQ, &typed.code, change(|t, text| t.code = text), lang) }
                    { line("window-number", O::NumberQ, &typed.number, change(|t, text| t.number = text), lang) }
                    { documents("window-document", typed.document, document, lang) }
                    { line("window-paper", O::PaperQ, &typed.paper, change(|t, text| t.paper = text), lang) }
                    { line("window-guardian", O::GuardianQ, &typed.guardian, change(|t, text| t.guardian = text), lang) }
                    <button type="submit" data-testid="window-accept-next">{ O::Next.say(lang) }</button>
                </form>
            </ContextProvider<FieldNotes>>
        }
    };
    let onagain = {
        let (typed, tried, deeds) = (typed.clone(), tried.clone(), deeds.clone());
        Callback::from(move |_: MouseEvent| {
            typed.set(Typed::blank());
            tried.set(false);
            deeds.again();
        })
    };
    let done = |_: &WindowOut| {
        html! {
            <>
                <p role="status" data-testid="window-accepted">{ O::Accepted.say(lang) }</p>
                <button type="button" class="secondary" onclick={onagain}>{ O::Another.say(lang) }</button>
            </>
        }
    };
    html! {
        <section aria-labelledby="window-accept-title">
            <h2 id="window-accept-title">{ O::AcceptTitle.say(lang) }</h2>
            <p class="hint">{ O::AcceptHint.say(lang) }</p>
            { deeds.view(O::AcceptConfirm.say(lang), typing, done) }
        </section>
    }
}

fn submit(typed: &Typed, deeds: &Deeds<WindowOut>, lang: Lang) {
    if let Some(first) = typed.notes(lang).first() {
        return browser::focus(&first.field);
    }
    let ask = typed.ask();
    let (whose, seen) = (end_of(&ask.id_number, lang), document_word(ask.document).say(lang));
    let say = O::AcceptSay.fill(lang, &[&whose, seen, &ask.paper]);
    let guardian = ask.guardian_id_number.is_some().then_some(O::AcceptThenGuardian);
    let then = [Some(O::AcceptThen), guardian].into_iter().flatten().map(|text| text.say(lang).to_owned()).collect();
    deeds.check("/wallet/window/acceptances".into(), &ask, say, then);
}
