//! 代开通: an invitation is accepted for who has no phone, or is a child.

use wallet_types::{DocumentKind, WindowAsk, WindowOut};
use yew::prelude::*;

use super::form::{Typed, use_form};
use super::words::O;
use super::{document_word, end_of, is_number, is_paper};
use crate::i18n::Lang;
use crate::wallet::deed::Deeds;

/// Letters of a code, without what stands between them.
const LETTERS: usize = 24;

#[derive(Clone, PartialEq)]
struct Acceptance {
    code: String,
    number: String,
    document: DocumentKind,
    paper: String,
    guardian: String,
}

impl Acceptance {
    fn ask(&self) -> WindowAsk {
        let [code, id_number, paper, guardian] =
            [&self.code, &self.number, &self.paper, &self.guardian].map(|text| text.trim().to_owned());
        let guardian_id_number = Some(guardian).filter(|number| !number.is_empty());
        WindowAsk { code, id_number, document: self.document, paper, guardian_id_number }
    }
}

impl Typed for Acceptance {
    const BLANK: Acceptance = Acceptance {
        code: String::new(),
        number: String::new(),
        document: DocumentKind::IdCard,
        paper: String::new(),
        guardian: String::new(),
    };

    type Out = WindowOut;

    fn looked(&self) -> Vec<(&'static str, bool, O)> {
        let letters = self.code.chars().filter(char::is_ascii_alphanumeric).count();
        let guardian = self.guardian.trim();
        vec![
            ("window-code", letters == LETTERS, O::WrongCode),
            ("window-number", is_number(&self.number), O::WrongNumber),
            ("window-paper", is_paper(&self.paper), O::WrongPaper),
            ("window-guardian", guardian.is_empty() || is_number(guardian), O::WrongNumber),
        ]
    }

    fn check(&self, deeds: &Deeds<WindowOut>, lang: Lang) {
        let ask = self.ask();
        let (whose, seen) = (end_of(&ask.id_number, lang), document_word(ask.document).say(lang));
        let say = O::AcceptSay.fill(lang, &[&whose, seen, &ask.paper]);
        let guardian = ask.guardian_id_number.is_some().then_some(O::AcceptThenGuardian);
        let then =
            [Some(O::AcceptThen), guardian].into_iter().flatten().map(|text| text.say(lang).to_owned()).collect();
        deeds.check("/wallet/window/acceptances".into(), &ask, say, then);
    }
}

#[component]
pub fn AcceptFor() -> Html {
    let form = use_form::<Acceptance>("window-accept");
    let (typed, lang) = (&form.typed, form.lang);
    let typing = || {
        let fields = html! {
            <>
                { form.line("window-code", O::CodeQ, &typed.code, |t, text| t.code = text) }
                { form.line("window-number", O::NumberQ, &typed.number, |t, text| t.number = text) }
                { form.documents("window-document", typed.document, |t, document| t.document = document) }
                { form.line("window-paper", O::PaperQ, &typed.paper, |t, text| t.paper = text) }
                { form.line("window-guardian", O::GuardianQ, &typed.guardian, |t, text| t.guardian = text) }
            </>
        };
        form.view("window-accept", fields)
    };
    let onagain = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| form.again())
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
            { form.deeds.view(O::AcceptConfirm.say(lang), typing, done) }
        </section>
    }
}
