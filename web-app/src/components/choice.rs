use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::field::{ErrorLine, use_note};
use crate::hooks::use_lang;
use crate::i18n::T;

/// One of several values to choose from. `word` is its name in ids and in the page's markup.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice<V> {
    pub value: V,
    pub word: AttrValue,
    pub label: AttrValue,
    pub hint: Option<T>,
}

impl<V> Choice<V> {
    pub fn new(value: V, word: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Choice<V> {
        Choice { value, word: word.into(), label: label.into(), hint: None }
    }

    #[must_use]
    pub fn hinted(self, hint: T) -> Choice<V> {
        Choice { hint: Some(hint), ..self }
    }
}

#[derive(Properties, PartialEq)]
pub struct ChoicesProps<V: Clone + PartialEq + 'static> {
    pub id: AttrValue,
    pub legend: AttrValue,
    #[prop_or_default]
    pub hint: Option<T>,
    pub choices: Vec<Choice<V>>,
    pub value: Option<V>,
    pub onchange: Callback<V>,
}

/// A question with all its answers in view.
#[component]
pub fn Radios<V: Clone + PartialEq + 'static>(props: &ChoicesProps<V>) -> Html {
    let lang = use_lang();
    let note = use_note(&props.id);
    let (error_id, hint_id) = (format!("{}-error", props.id), format!("{}-hint", props.id));
    let described = [note.is_some().then(|| error_id.clone()), props.hint.map(|_| hint_id.clone())];
    let described: Vec<String> = described.into_iter().flatten().collect();
    let options = props.choices.iter().map(|choice| {
        let id = format!("{}-{}", props.id, choice.word);
        let option_hint = format!("{id}-hint");
        let onchange = {
            let value = choice.value.clone();
            props.onchange.reform(move |_: Event| value.clone())
        };
        html! {
            <div class="radio" key={id.clone()}>
                <input
                    type="radio" id={id.clone()} data-testid={id.clone()} name={props.id.clone()}
                    value={choice.word.clone()} checked={props.value.as_ref() == Some(&choice.value)} {onchange}
                    aria-describedby={choice.hint.map(|_| option_hint.clone())}
                />
                <label for={id}>{ choice.label.clone() }</label>
                if let Some(hint) = choice.hint {
                    <p class="hint" id={option_hint}>{ hint.say(lang) }</p>
                }
            </div>
        }
    });
    html! {
        <fieldset
            id={props.id.clone()} class={classes!("field", note.is_some().then_some("wrong"))} tabindex="-1"
            aria-describedby={(!described.is_empty()).then(|| described.join(" "))}
        >
            <legend>{ props.legend.clone() }</legend>
            if let Some(hint) = props.hint {
                <p class="hint" id={hint_id}>{ hint.say(lang) }</p>
            }
            if let Some(note) = note.clone() {
                <ErrorLine id={error_id} {note} />
            }
            <div class="radios">{ for options }</div>
        </fieldset>
    }
}

/// A question with a longer list of answers, or one of many on a small space.
#[component]
pub fn Pick<V: Clone + PartialEq + 'static>(props: &ChoicesProps<V>) -> Html {
    let lang = use_lang();
    let note = use_note(&props.id);
    let (error_id, hint_id) = (format!("{}-error", props.id), format!("{}-hint", props.id));
    let described = [note.is_some().then(|| error_id.clone()), props.hint.map(|_| hint_id.clone())];
    let described: Vec<String> = described.into_iter().flatten().collect();
    let onchange = {
        let choices = props.choices.clone();
        let onchange = props.onchange.clone();
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
            let word = select.map(|s| s.value()).unwrap_or_default();
            if let Some(choice) = choices.iter().find(|c| c.word == word) {
                onchange.emit(choice.value.clone());
            }
        })
    };
    let options = props.choices.iter().map(|choice| {
        let selected = props.value.as_ref() == Some(&choice.value);
        html! {
            <option key={choice.word.to_string()} value={choice.word.clone()} {selected}>{ choice.label.clone() }</option>
        }
    });
    let chosen = props.choices.iter().any(|c| props.value.as_ref() == Some(&c.value));
    html! {
        <div class={classes!("field", note.is_some().then_some("wrong"))}>
            <label for={props.id.clone()}>{ props.legend.clone() }</label>
            if let Some(hint) = props.hint {
                <p class="hint" id={hint_id}>{ hint.say(lang) }</p>
            }
            if let Some(note) = note.clone() {
                <ErrorLine id={error_id} {note} />
            }
            <select
                id={props.id.clone()} data-testid={props.id.clone()} {onchange}
                aria-describedby={(!described.is_empty()).then(|| described.join(" "))}
            >
                if !chosen {
                    <option value="" selected=true disabled=true>{ T::PleaseChoose.say(lang) }</option>
                }
                { for options }
            </select>
        </div>
    }
}
