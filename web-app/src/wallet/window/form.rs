//! A form at the window, with the deed that comes of it.

use serde::de::DeserializeOwned;
use wallet_types::DocumentKind;
use yew::prelude::*;

use super::words::O;
use super::{documents, line};
use crate::components::FieldNote;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::wallet::deed::{Deeds, use_deeds};
use crate::wallet::form;

/// What an operator types for one kind of deed.
pub trait Typed: Clone + PartialEq + 'static {
    /// Before anything is typed.
    const BLANK: Self;

    /// What the server answers to the deed.
    type Out: DeserializeOwned + Clone + PartialEq + 'static;

    /// Each field with whether it is shaped as it has to be, and what is said where it is not.
    fn looked(&self) -> Vec<(&'static str, bool, O)>;

    /// Shows the deed before it is done.
    fn check(&self, deeds: &Deeds<Self::Out>, lang: Lang);

    fn notes(&self, lang: Lang) -> Vec<FieldNote> {
        let bad = self.looked().into_iter().filter(|(_, good, _)| !good);
        bad.map(|(field, _, text)| super::wrong(field, text, lang)).collect()
    }
}

#[derive(Clone)]
pub struct Form<T: Typed> {
    pub typed: UseStateHandle<T>,
    form: form::Form<T>,
    pub deeds: Deeds<T::Out>,
    pub lang: Lang,
}

/// `name` is that of its deeds. What is typed carries identity numbers, which are not to be written down in the browser.
#[hook]
pub fn use_form<T: Typed>(name: &'static str) -> Form<T> {
    let deeds = use_deeds::<T::Out>(name, None, false);
    let form = form::use_form(|| T::BLANK);
    Form { typed: form.typed.clone(), form, deeds, lang: use_lang() }
}

impl<T: Typed> Form<T> {
    pub fn line(&self, id: &'static str, label: O, value: &str, set: fn(&mut T, String)) -> Html {
        line(id, label, value, self.form.set(set), self.lang)
    }

    pub fn documents(&self, id: &'static str, value: DocumentKind, set: fn(&mut T, DocumentKind)) -> Html {
        documents(id, value, self.form.set(set), self.lang)
    }

    /// The fields as a form that goes on to the check, or to the first field that is wrong. Test ids begin with `id`.
    pub fn view(&self, id: &str, fields: Html) -> Html {
        let here = self.clone();
        let go = move || here.typed.check(&here.deeds, here.lang);
        self.form.view(id, self.typed.notes(self.lang), fields, O::Next.say(self.lang), go)
    }

    /// Blank, for whoever is next.
    pub fn again(&self) {
        self.form.again(T::BLANK);
        self.deeds.again();
    }
}
