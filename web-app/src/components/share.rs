use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Check;
use crate::hooks::use_lang;
use crate::i18n::T;
use crate::model::{Inputs, Keep, to_fragment};
use crate::services::browser;

#[derive(Properties, PartialEq)]
pub struct ShareBoxProps {
    pub inputs: Rc<Inputs>,
}

/// Printing, and a link that keeps the inputs without telling a server.
#[component]
pub fn ShareBox(props: &ShareBoxProps) -> Html {
    let lang = use_lang();
    let keep = use_state(Keep::default);
    let said = use_state(|| None::<T>);
    let link = browser::link(&to_fragment(&props.inputs, *keep));
    let copy = {
        let (link, said) = (link.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            let (link, said) = (link.clone(), said.clone());
            yew::platform::spawn_local(async move {
                said.set(Some(if browser::copy(link).await { T::ShareDone } else { T::ShareFailed }));
            });
        })
    };
    let keep_with = |change: fn(&mut Keep, bool)| {
        let (keep, said) = (keep.clone(), said.clone());
        Callback::from(move |on: bool| {
            let mut next = *keep;
            change(&mut next, on);
            keep.set(next);
            said.set(None);
        })
    };
    let select = Callback::from(|event: FocusEvent| {
        if let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) {
            input.select();
        }
    });
    html! {
        <section class="share" aria-labelledby="share-title">
            <h3 id="share-title">{ T::ShareTitle.say(lang) }</h3>
            <p class="hint">{ T::ShareExplain.say(lang) }</p>
            <Check id="share-aid" label={T::ShareAid.say(lang)} checked={keep.aid} onchange={keep_with(|k, on| k.aid = on)} />
            <Check id="share-disease" label={T::ShareDisease.say(lang)} checked={keep.disease} onchange={keep_with(|k, on| k.disease = on)} />
            <div class="field">
                <label for="share-link">{ T::ShareLink.say(lang) }</label>
                <input id="share-link" data-testid="share-link" type="text" readonly=true value={link} onfocus={select} />
            </div>
            <div class="buttons">
                <button type="button" data-testid="share-copy" onclick={copy}>{ T::ShareCopy.say(lang) }</button>
                <button type="button" class="secondary" data-testid="print" onclick={Callback::from(|_: MouseEvent| browser::print())}>
                    { T::Print.say(lang) }
                </button>
            </div>
            <p role="status">{ said.map(|t| t.say(lang)).unwrap_or_default() }</p>
        </section>
    }
}
