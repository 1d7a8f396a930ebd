//! One thing at a time: what is asked for while another is under way is not begun.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

#[derive(Clone)]
pub struct Errand {
    busy: UseStateHandle<bool>,
    /// The state says so only after the page was drawn, and a second tap may come before.
    under_way: Rc<RefCell<bool>>,
}

impl PartialEq for Errand {
    fn eq(&self, other: &Errand) -> bool {
        self.busy == other.busy
    }
}

impl Errand {
    pub fn run(&self, work: impl Future<Output = ()> + 'static) {
        if self.under_way.replace(true) {
            return;
        }
        self.busy.set(true);
        let errand = self.clone();
        yew::platform::spawn_local(async move {
            work.await;
            errand.under_way.replace(false);
            errand.busy.set(false);
        });
    }

    pub fn is_busy(&self) -> bool {
        *self.busy
    }
}

#[hook]
pub fn use_errand() -> Errand {
    Errand { busy: use_state(|| false), under_way: use_mut_ref(|| false) }
}
