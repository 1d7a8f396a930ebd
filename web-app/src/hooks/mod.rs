//! State that the whole page shares, each with its hook.

mod edit;
mod library;
mod settings;

pub use edit::{Edit, Editor, editor, setter, within};
pub use library::{Library, LibraryHandle, Shelf, use_library, use_library_state};
pub use settings::{Settings, SettingsHandle, Theme, use_lang, use_settings, use_settings_state};

use yew::prelude::*;

use crate::model::Inputs;
use crate::services::browser;

/// All that has been typed, on every view.
pub type InputsHandle = UseReducerHandle<Inputs>;

impl Reducible for Inputs {
    type Action = Edit<Inputs>;

    fn reduce(self: std::rc::Rc<Self>, edit: Edit<Inputs>) -> std::rc::Rc<Self> {
        let mut next = (*self).clone();
        edit.apply(&mut next);
        next.into()
    }
}

/// Starts from the link that opened the page, or from an empty form dated today.
#[hook]
pub fn use_inputs_state() -> InputsHandle {
    let inputs = use_reducer(|| browser::inputs_of_link().unwrap_or_else(blank));
    {
        let inputs = inputs.dispatcher();
        use_effect_with((), move |()| {
            browser::on_hash_change(move || {
                if let Some(linked) = browser::inputs_of_link() {
                    inputs.dispatch(Edit::new(move |i: &mut Inputs| *i = linked));
                }
            })
        });
    }
    inputs
}

/// An empty form dated today.
pub fn blank() -> Inputs {
    let mut inputs = Inputs::default();
    inputs.form.visit.on = browser::today();
    inputs
}

#[hook]
pub fn use_inputs() -> (std::rc::Rc<Inputs>, Editor<Inputs>) {
    // The provider stands at the root, so the context is always there.
    let handle = use_context::<InputsHandle>();
    let editor = {
        let dispatcher = handle.as_ref().map(UseReducerHandle::dispatcher);
        Callback::from(move |edit| {
            if let Some(dispatcher) = &dispatcher {
                dispatcher.dispatch(edit);
            }
        })
    };
    (std::rc::Rc::new(handle.map(|h| (*h).clone()).unwrap_or_default()), editor)
}
