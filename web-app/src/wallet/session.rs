//! Who is logged in. The tokens are in cookies that scripts cannot read; what is kept here proves only that this
//! page sends a request, and is worth nothing without them.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::window;
use serde::{Deserialize, Serialize};
use wallet_types::SessionOut;
use yew::prelude::*;

use crate::services::browser;

const KEPT: &str = "anxin.wallet.session";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub name: String,
    pub role: String,
    pub csrf: String,
    pub refresh_csrf: String,
}

impl Session {
    pub fn begun(name: String, out: SessionOut) -> Session {
        Session { name, role: out.role, csrf: out.csrf_token, refresh_csrf: out.refresh_csrf_token }
    }

    /// What every window of this browser goes by.
    pub fn kept() -> Option<Session> {
        serde_json::from_str(&browser::stored(KEPT)?).ok()
    }

    pub fn keep(&self) {
        browser::store(KEPT, &serde_json::to_string(self).unwrap_or_default());
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub session: Option<Session>,
    /// Somebody was logged in until the session ended by itself. What was typed is kept for them.
    pub expired: bool,
    /// Somebody has just logged out here.
    pub left: bool,
}

impl Standing {
    fn of(session: Session) -> Standing {
        Standing { session: Some(session), ..Standing::default() }
    }

    fn ended(&self) -> Standing {
        Standing { expired: self.session.is_some(), session: self.session.clone(), left: self.left }
    }
}

pub enum Change {
    Began(Session),
    LoggedOut,
    Expired,
    /// Another window logged in, renewed or logged out.
    Elsewhere(Option<Session>),
}

impl Reducible for Standing {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        match change {
            Change::Began(session) => {
                session.keep();
                Rc::new(Standing::of(session))
            }
            Change::LoggedOut => {
                browser::forget(KEPT);
                Rc::new(Standing { left: true, ..Standing::default() })
            }
            Change::Expired => {
                browser::forget(KEPT);
                Rc::new(self.ended())
            }
            Change::Elsewhere(Some(session)) => Rc::new(Standing::of(session)),
            Change::Elsewhere(None) => Rc::new(self.ended()),
        }
    }
}

pub type SessionHandle = UseReducerHandle<Standing>;

#[hook]
pub fn use_session_state() -> SessionHandle {
    let standing = use_reducer_eq(|| Standing { session: Session::kept(), ..Standing::default() });
    {
        let dispatcher = standing.dispatcher();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&window(), "storage", move |_| {
                dispatcher.dispatch(Change::Elsewhere(Session::kept()));
            });
            move || drop(listener)
        });
    }
    standing
}

#[hook]
pub fn use_session() -> Option<SessionHandle> {
    use_context::<SessionHandle>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Session {
        Session { name: name.into(), role: "resident".into(), csrf: "c".into(), refresh_csrf: "r".into() }
    }

    fn after(before: Standing, change: Change) -> Standing {
        (*Rc::new(before).reduce(change)).clone()
    }

    #[test]
    fn a_session_that_ended_elsewhere_keeps_who_it_was_and_another_takes_its_place() {
        let expired = after(Standing::of(of("a")), Change::Elsewhere(None));
        assert_eq!(expired, Standing { expired: true, ..Standing::of(of("a")) });
        assert_eq!(after(expired, Change::Elsewhere(Some(of("b")))), Standing::of(of("b")));
        assert_eq!(after(Standing::default(), Change::Elsewhere(None)), Standing::default());
    }
}
