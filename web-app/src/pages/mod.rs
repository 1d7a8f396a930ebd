//! One module a view.

mod about;
mod compare;
mod estimate;
mod missing;
mod year;

pub use about::About;
pub use compare::Compare;
pub use estimate::Estimate;
pub use missing::Missing;
pub use year::Year;

use yew::prelude::*;

use crate::hooks::use_lang;
use crate::i18n::T;
use crate::services::browser;

/// Names the document after the view.
#[hook]
fn use_title(title: T) {
    let lang = use_lang();
    use_effect_with((title, lang), |(title, lang)| {
        browser::set_title(&format!("{} · {}", title.say(*lang), T::AppName.say(*lang)));
    });
}
