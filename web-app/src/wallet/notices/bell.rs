use yew::prelude::*;

use super::feed::FeedHandle;
use super::words::{N, told};
use crate::app::Route;
use crate::components::Way;
use crate::hooks::use_lang;

/// The way to the notices with the count of new ones; what comes is said aloud.
#[component]
pub fn Bell() -> Html {
    let lang = use_lang();
    let Some(feed) = use_context::<FeedHandle>() else { return Html::default() };
    let label = match feed.unseen {
        0 => N::BellNone.say(lang).to_owned(),
        count => N::Bell.fill(lang, &[&count.to_string()]),
    };
    html! {
        <span class="bell" data-testid="bell" data-unseen={feed.unseen.to_string()} data-ready={feed.ready.to_string()}>
            <Way to={Route::WalletNotices}>
                <svg aria-hidden="true" viewBox="0 0 24 24" width="20" height="20">
                    <path fill="currentColor" d="M12 2a6 6 0 0 0-6 6v4l-2 4v1h16v-1l-2-4V8a6 6 0 0 0-6-6zm-3 16a3 3 0 0 0 6 0z" />
                </svg>
                <span>{ label }</span>
            </Way>
            <span class="sr" aria-live="polite" data-testid="bell-said">
                { feed.fresh.as_ref().map(|notice| told(notice, lang)).unwrap_or_default() }
            </span>
        </span>
    }
}
