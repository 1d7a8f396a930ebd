//! One's own security and data: an authenticator for large amounts, a file of all that is kept, and its deletion.

mod asker;
mod authenticator;
mod data;
mod words;

pub use asker::{Asker, ask, is_asked};
pub use words::S;

use yew::prelude::*;

use authenticator::Authenticator;
use data::{Deletion, Export};

const SECOND_FACTOR: &str = "/wallet/second-factor";

#[component]
pub fn Own() -> Html {
    html! {
        <>
            <Authenticator />
            <Export />
            <Deletion />
        </>
    }
}
