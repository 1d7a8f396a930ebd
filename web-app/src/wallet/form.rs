//! A form that says what is wrong with it once it was tried.

use std::rc::Rc;

use yew::prelude::*;

use crate::components::{FieldNote, FieldNotes};
use crate::hooks::{editor, setter};
use crate::services::browser;

/// What is typed into a form.
#[derive(Clone, PartialEq)]
pub struct Form<T: PartialEq> {
    pub typed: UseStateHandle<T>,
    tried: UseStateHandle<bool>,
}

#[hook]
pub fn use_form<T: PartialEq + 'static, F: FnOnce() -> T>(blank: F) -> Form<T> {
    Form { typed: use_state(blank), tried: use_state(|| false) }
}

impl<T: Clone + PartialEq + 'static> Form<T> {
    /// A callback that puts a value where `set` says.
    pub fn set<V: 'static>(&self, set: fn(&mut T, V)) -> Callback<V> {
        setter(&editor(&self.typed), set)
    }

    /// The fields as a form that goes on, or to the first field that is wrong by `notes`. Test ids begin with `id`.
    pub fn view(
        &self,
        id: &str,
        notes: Vec<FieldNote>,
        fields: Html,
        next: &'static str,
        go: impl Fn() + 'static,
    ) -> Html {
        let shown = if *self.tried { notes.clone() } else { Vec::new() };
        let tried = self.tried.clone();
        let onsubmit = Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            match notes.first() {
                Some(first) => browser::focus(&first.field),
                None => go(),
            }
        });
        html! {
            <ContextProvider<FieldNotes> context={FieldNotes(Rc::new(shown))}>
                <form {onsubmit} data-testid={format!("{id}-form")}>
                    { fields }
                    <button type="submit" data-testid={format!("{id}-next")}>{ next }</button>
                </form>
            </ContextProvider<FieldNotes>>
        }
    }

    /// For whoever is next.
    pub fn again(&self, blank: T) {
        self.typed.set(blank);
        self.tried.set(false);
    }
}
