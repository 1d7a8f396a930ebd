use yew::prelude::*;
use yew_router::prelude::*;

use super::use_title;
use crate::app::Route;
use crate::hooks::use_lang;
use crate::i18n::T;

#[component]
pub fn Missing() -> Html {
    let lang = use_lang();
    use_title(T::NotFound);
    html! {
        <>
            <h1>{ T::NotFound.say(lang) }</h1>
            <p><Link<Route> to={Route::Estimate}>{ T::BackHome.say(lang) }</Link<Route>></p>
        </>
    }
}
