use yew::prelude::*;

use super::library::LibraryHandle;
use super::words::P;
use crate::hooks::use_lang;
use crate::i18n::T;

#[derive(Properties, PartialEq)]
pub struct WaitingProps {
    pub handle: LibraryHandle,
    pub scheme: AttrValue,
}

/// Word of rules that are still coming, or did not come.
#[component]
pub fn Waiting(props: &WaitingProps) -> Html {
    let lang = use_lang();
    let library = &props.handle.library;
    if let Some(cause) = &library.failed {
        let retry = props.handle.retry.reform(|_: MouseEvent| ());
        return html! {
            <div class="notice failed" role="alert" data-testid="fetch-failed">
                <h2>{ P::FetchFailed.say(lang) }</h2>
                <p>{ P::FetchFailedHint.say(lang) }</p>
                <p><code>{ cause.clone() }</code></p>
                <button type="button" onclick={retry}>{ T::Retry.say(lang) }</button>
            </div>
        };
    }
    if !library.is_waiting(&props.scheme) {
        return Html::default();
    }
    let text = P::Loading.say(lang);
    html! { <p class="loading" role="status"><progress aria-label={text} />{ text }</p> }
}
