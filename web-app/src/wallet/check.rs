use std::rc::Rc;

use wallet_types::ReceiptOut;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::receipt::Proof;
use super::words::W;
use crate::hooks::use_lang;

/// Checks a receipt that somebody was given. Nothing is asked of a server.
#[component]
pub fn Check() -> Html {
    let lang = use_lang();
    let text = use_state(String::new);
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok()) {
                text.set(area.value());
            }
        })
    };
    let receipt = (!text.trim().is_empty()).then(|| serde_json::from_str::<ReceiptOut>(&text));
    html! {
        <>
            <p class="lead">{ W::CheckIntro.say(lang) }</p>
            <div class="field screen">
                <label for="check">{ W::CheckQ.say(lang) }</label>
                <textarea id="check" data-testid="check" rows="8" spellcheck="false" autocomplete="off" {oninput} value={(*text).clone()} />
            </div>
            { match receipt {
                None => Html::default(),
                Some(Ok(receipt)) => html! { <Proof receipt={Rc::new(receipt)} /> },
                Some(Err(_)) => html! { <p class="error" role="alert" data-testid="not-receipt">{ W::NotReceipt.say(lang) }</p> },
            } }
        </>
    }
}
