use std::rc::Rc;

use yew::prelude::*;

use super::form::Inputs;
use crate::hooks::{Edit, Editor};

/// All that has been typed, on every view of the room. It is kept nowhere and is in no link.
pub type InputsHandle = UseReducerHandle<Inputs>;

impl Reducible for Inputs {
    type Action = Edit<Inputs>;

    fn reduce(self: Rc<Self>, edit: Edit<Inputs>) -> Rc<Self> {
        let mut next = (*self).clone();
        edit.apply(&mut next);
        next.into()
    }
}

#[hook]
pub fn use_inputs_state() -> InputsHandle {
    use_reducer(Inputs::default)
}

#[hook]
pub fn use_inputs() -> (Rc<Inputs>, Editor<Inputs>) {
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
    (Rc::new(handle.map(|h| (*h).clone()).unwrap_or_default()), editor)
}
