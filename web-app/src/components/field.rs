use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::use_lang;
use crate::i18n::{Lang, T};
use crate::model::{Problem, Reading};
use crate::services::browser;

/// What is wrong with a field, ready to be shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNote {
    pub field: String,
    pub code: &'static str,
    pub message: String,
}

/// The notes of the form around a field. Every field finds its own by its `id`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldNotes(pub Rc<Vec<FieldNote>>);

/// The problems of a reading in words.
pub fn notes_of(reading: &Reading, lang: Lang) -> Vec<FieldNote> {
    let note =
        |p: &Problem| FieldNote { field: p.field.clone(), code: p.code.code(), message: p.text.say(lang).to_owned() };
    reading.problems.iter().map(note).collect()
}

#[hook]
pub fn use_note(id: &str) -> Option<FieldNote> {
    let notes = use_context::<FieldNotes>().unwrap_or_default();
    notes.0.iter().find(|n| n.field == id).cloned()
}

#[derive(Properties, PartialEq)]
pub struct ErrorLineProps {
    pub id: AttrValue,
    pub note: FieldNote,
}

/// A mistake beside its field, with a code that can be copied for the telephone or a report.
#[component]
pub fn ErrorLine(props: &ErrorLineProps) -> Html {
    let lang = use_lang();
    let copied = use_state(|| false);
    let code = props.note.code;
    let onclick = {
        let copied = copied.clone();
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            yew::platform::spawn_local(async move { copied.set(browser::copy(code.to_owned()).await) });
        })
    };
    html! {
        <p class="error" id={props.id.clone()} data-testid={props.id.clone()}>
            <span class="sr">{ T::ErrorPrefix.say(lang) }</span>
            { props.note.message.clone() }
            <button type="button" class="code" {onclick} aria-label={T::CopyCode.fill(lang, &[code])}>
                { if *copied { T::Copied.say(lang) } else { code } }
            </button>
        </p>
    }
}

/// What a text field takes, which decides the keyboard that a phone shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Money,
    Count,
    Percent,
    Date,
    Text,
}

#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    pub id: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: Option<T>,
    /// A hint in the words of another room.
    #[prop_or_default]
    pub told: Option<AttrValue>,
    pub value: AttrValue,
    #[prop_or_default]
    pub kind: Kind,
    /// Shown to screen readers only, where a table's headers already say it.
    #[prop_or_default]
    pub quiet_label: bool,
    pub onchange: Callback<String>,
}

#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let lang = use_lang();
    let note = use_note(&props.id);
    let oninput = props.onchange.reform(|event: InputEvent| {
        event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()).map(|i| i.value()).unwrap_or_default()
    });
    let error_id = format!("{}-error", props.id);
    let hint_id = format!("{}-hint", props.id);
    let hint = props.hint.map(|hint| AttrValue::from(hint.say(lang))).or_else(|| props.told.clone());
    let described = [note.is_some().then(|| error_id.clone()), hint.as_ref().map(|_| hint_id.clone())];
    let described: Vec<String> = described.into_iter().flatten().collect();
    let (input_type, mode) = match props.kind {
        Kind::Money | Kind::Percent => ("text", "decimal"),
        Kind::Count => ("text", "numeric"),
        Kind::Date => ("date", "text"),
        Kind::Text => ("text", "text"),
    };
    let class = classes!(
        "field",
        (props.kind == Kind::Count || props.kind == Kind::Percent).then_some("short"),
        note.is_some().then_some("wrong")
    );
    html! {
        <div {class}>
            <label for={props.id.clone()} class={props.quiet_label.then_some("sr")}>{ props.label.clone() }</label>
            if let Some(hint) = hint {
                <p class="hint" id={hint_id}>{ hint }</p>
            }
            if let Some(note) = note.clone() {
                <ErrorLine id={error_id} {note} />
            }
            <div class="entry">
                if props.kind == Kind::Money {
                    <span class="unit" aria-hidden="true">{ "¥" }</span>
                }
                <input
                    id={props.id.clone()} data-testid={props.id.clone()} type={input_type} inputmode={mode}
                    autocomplete="off" value={props.value.clone()} placeholder=" " {oninput}
                    aria-invalid={note.is_some().then_some("true")}
                    aria-describedby={(!described.is_empty()).then(|| described.join(" "))}
                />
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct CheckProps {
    pub id: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: Option<T>,
    pub checked: bool,
    pub onchange: Callback<bool>,
}

#[component]
pub fn Check(props: &CheckProps) -> Html {
    let lang = use_lang();
    let onchange = props.onchange.reform(|event: Event| {
        event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()).is_some_and(|i| i.checked())
    });
    let hint_id = format!("{}-hint", props.id);
    html! {
        <div class="check">
            <input
                type="checkbox" id={props.id.clone()} data-testid={props.id.clone()} checked={props.checked} {onchange}
                aria-describedby={props.hint.map(|_| hint_id.clone())}
            />
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            if let Some(hint) = props.hint {
                <p class="hint" id={hint_id}>{ hint.say(lang) }</p>
            }
        </div>
    }
}
