use yew::{Callback, UseStateHandle};

/// A change to a model, made where an event is and applied where the state is.
pub struct Edit<M>(Box<dyn FnOnce(&mut M)>);

impl<M: 'static> Edit<M> {
    pub fn new(change: impl FnOnce(&mut M) + 'static) -> Edit<M> {
        Edit(Box::new(change))
    }

    pub fn apply(self, model: &mut M) {
        (self.0)(model);
    }
}

pub type Editor<M> = Callback<Edit<M>>;

/// An editor of what one component keeps.
pub fn editor<M: Clone + 'static>(state: &UseStateHandle<M>) -> Editor<M> {
    let state = state.clone();
    Callback::from(move |edit: Edit<M>| {
        let mut next = (*state).clone();
        edit.apply(&mut next);
        state.set(next);
    })
}

/// A callback that puts a value where `set` says.
pub fn setter<M: 'static, V: 'static>(editor: &Editor<M>, set: fn(&mut M, V)) -> Callback<V> {
    editor.reform(move |value| Edit::new(move |model: &mut M| set(model, value)))
}

/// An editor of a part of the model; edits of a part that is gone are dropped.
pub fn within<Outer: 'static, Inner: 'static>(
    editor: &Editor<Outer>,
    part: impl Fn(&mut Outer) -> Option<&mut Inner> + Clone + 'static,
) -> Editor<Inner> {
    editor.reform(move |edit: Edit<Inner>| {
        let part = part.clone();
        Edit::new(move |outer: &mut Outer| {
            if let Some(inner) = part(outer) {
                edit.apply(inner);
            }
        })
    })
}
