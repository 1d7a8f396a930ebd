use std::cell::Cell;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use yew::prelude::*;

use super::api::{self, Trouble};
use super::session::{Change, use_session};
use crate::hooks::use_lang;
use crate::i18n::Lang;

/// Something that is asked of the server.
#[derive(Clone, Debug, PartialEq)]
pub enum Load<A> {
    Waiting,
    Here(A),
    Failed(Trouble),
}

/// What stands at an address of the interface.
#[hook]
pub fn use_load<A: DeserializeOwned + Clone + PartialEq + 'static>(path: String) -> (Load<A>, Callback<()>) {
    use_asked(path, async |path: String, lang| api::get::<A>(&path, lang).await)
}

/// Asks when what it is about changes, after a new login, and again when told to. What is shown stays until the
/// answer is there.
#[hook]
pub fn use_asked<D, A, F>(about: D, ask: F) -> (Load<A>, Callback<()>)
where
    D: Clone + PartialEq + 'static,
    A: Clone + 'static,
    F: AsyncFnOnce(D, Lang) -> Result<A, Trouble> + 'static,
{
    let lang = use_lang();
    let session = use_session();
    let load = use_state(|| Load::Waiting);
    let attempt = use_state(|| 0_u32);
    let expired = session.as_ref().is_some_and(|session| session.expired);
    {
        let load = load.clone();
        let change = session.map(|session| session.dispatcher());
        use_effect_with((about, *attempt, expired, lang), move |(about, _, expired, lang)| {
            let wanted = Rc::new(Cell::new(true));
            let (still, about, lang) = (Rc::clone(&wanted), about.clone(), *lang);
            if !expired {
                yew::platform::spawn_local(async move {
                    let answer = ask(about, lang).await;
                    match (still.get(), answer) {
                        (false, _) => {}
                        (true, Ok(answer)) => load.set(Load::Here(answer)),
                        (true, Err(Trouble::SignedOut)) => {
                            change.iter().for_each(|change| change.dispatch(Change::Expired));
                        }
                        (true, Err(trouble)) => load.set(Load::Failed(trouble)),
                    }
                });
            }
            move || wanted.set(false)
        });
    }
    let again = Callback::from(move |()| attempt.set(attempt.wrapping_add(1)));
    ((*load).clone(), again)
}
