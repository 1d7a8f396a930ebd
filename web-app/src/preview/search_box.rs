use anxin_core::code::System;
use anxin_core::preview::HitOut;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlInputElement};
use yew::prelude::*;

use super::form::{codes_in, is_code};
use super::library::use_library;
use super::words::P;
use crate::hooks::use_lang;

#[derive(Properties, PartialEq)]
pub struct SearchBoxProps {
    pub id: AttrValue,
    pub label: AttrValue,
    pub system: System,
    pub onadd: Callback<Vec<String>>,
}

/// What has been typed into the box, and which hit the arrows have come to.
#[derive(Clone, Debug, Default, PartialEq)]
struct Typed {
    text: String,
    hits: Vec<HitOut>,
    at: Option<usize>,
}

/// Codes by their head, name or pinyin initials, with the keyboard or the pointer.
#[component]
pub fn SearchBox(props: &SearchBoxProps) -> Html {
    let lang = use_lang();
    let typed = use_state(Typed::default);
    let handle = use_library();
    let oninput = {
        let (typed, system) = (typed.clone(), props.system);
        Callback::from(move |event: InputEvent| {
            let text = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()).map(|i| i.value());
            let text = text.unwrap_or_default();
            let hits = handle.as_ref().map(|h| h.library.search(system, &text)).unwrap_or_default();
            let at = (!hits.is_empty()).then_some(0);
            typed.set(Typed { text, hits, at });
        })
    };
    let add = {
        let (typed, onadd) = (typed.clone(), props.onadd.clone());
        Callback::from(move |codes: Vec<String>| {
            typed.set(Typed::default());
            onadd.emit(codes);
        })
    };
    let onkeydown = {
        let (typed, add) = (typed.clone(), add.clone());
        Callback::from(move |event: KeyboardEvent| on_key(&event, &typed, &add))
    };
    let onpaste = {
        let add = add.clone();
        Callback::from(move |event: Event| {
            let pasted = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
            let codes = codes_in(&pasted.and_then(|d| d.get_data("text").ok()).unwrap_or_default());
            if codes.len() > 1 && codes.iter().all(|code| is_code(code)) {
                event.prevent_default();
                add.emit(codes);
            }
        })
    };
    let (list_id, open) = (format!("{}-hits", props.id), !typed.hits.is_empty());
    let active = typed.at.filter(|_| open).map(|at| format!("{}-hit-{at}", props.id));
    let options = typed.hits.iter().enumerate().map(|(i, hit)| option(&props.id, i, hit, typed.at == Some(i), &add));
    let count = match (typed.text.trim().is_empty(), typed.hits.len()) {
        (true, _) => String::new(),
        (false, 0) => P::NoHits.say(lang).to_owned(),
        (false, n) => P::Hits.fill(lang, &[&n.to_string()]),
    };
    html! {
        <div class="field search">
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <p class="hint" id={format!("{}-hint", props.id)}>{ P::SearchHint.say(lang) }</p>
            <input
                type="text" id={props.id.clone()} data-testid={props.id.clone()} role="combobox" autocomplete="off"
                spellcheck="false" aria-autocomplete="list" aria-expanded={open.to_string()} aria-controls={list_id.clone()}
                aria-activedescendant={active} aria-describedby={format!("{}-hint", props.id)}
                value={typed.text.clone()} {oninput} {onkeydown} {onpaste}
            />
            <ul class="hits" id={list_id} role="listbox" aria-label={props.label.clone()} hidden={!open}>{ for options }</ul>
            <p class={if typed.hits.is_empty() { "hint" } else { "sr" }} role="status">{ count }</p>
        </div>
    }
}

fn option(id: &str, at: usize, hit: &HitOut, active: bool, add: &Callback<Vec<String>>) -> Html {
    let code = hit.code.clone();
    // Before the box loses the focus, so that the list is still there.
    let onmousedown = add.reform(move |event: MouseEvent| {
        event.prevent_default();
        vec![code.clone()]
    });
    html! {
        <li
            key={hit.code.clone()} id={format!("{id}-hit-{at}")} role="option" aria-selected={active.to_string()}
            class={active.then_some("active")} {onmousedown}
        >
            <code>{ hit.code.clone() }</code>{ " " }{ hit.name.clone() }
        </li>
    }
}

fn on_key(event: &KeyboardEvent, typed: &UseStateHandle<Typed>, add: &Callback<Vec<String>>) {
    let (many, at) = (typed.hits.len(), typed.at.unwrap_or_default());
    let go = |at: usize| {
        event.prevent_default();
        typed.set(Typed { at: Some(at), ..(**typed).clone() });
    };
    match event.key().as_str() {
        "ArrowDown" if many > 0 => go((at + 1) % many),
        "ArrowUp" if many > 0 => go((at + many - 1) % many),
        "Escape" => typed.set(Typed::default()),
        "Enter" => {
            event.prevent_default();
            let chosen = taken(typed);
            if !chosen.is_empty() {
                add.emit(chosen);
            }
        }
        _ => {}
    }
}

/// What Enter takes: several codes as they stand, the hit that is marked, or a code that no list has.
fn taken(typed: &Typed) -> Vec<String> {
    let codes = codes_in(&typed.text);
    if codes.len() > 1 && codes.iter().all(|code| is_code(code)) {
        return codes;
    }
    match typed.at.and_then(|at| typed.hits.get(at)) {
        Some(hit) => vec![hit.code.clone()],
        None => codes.into_iter().filter(|code| is_code(code)).take(1).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_takes_the_hit_or_the_codes_themselves() {
        let hit = |code: &str| HitOut { code: code.into(), name: String::new() };
        let typed =
            |text: &str, hits: Vec<HitOut>| Typed { at: (!hits.is_empty()).then_some(0), text: text.into(), hits };
        assert_eq!(taken(&typed("I63", vec![hit("I63.000"), hit("I63.900")])), ["I63.000"]);
        assert_eq!(taken(&typed("I63.000 I10.x00", vec![])), ["I63.000", "I10.x00"]);
        assert_eq!(taken(&typed("Z99.999x9", vec![])), ["Z99.999x9"]);
        assert!(taken(&typed("脑梗", vec![])).is_empty());
    }
}
