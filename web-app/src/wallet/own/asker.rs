//! Asking for the authenticator's code in the middle of something that needs one. Whatever is being sent waits here and
//! goes on under its own key.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wallet_types::{ProblemCode, SecondFactorOut, TransportCode};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::SECOND_FACTOR;
use super::words::S;
use crate::components::{Kind, TextField};
use crate::hooks::use_lang;
use crate::services::browser;
use crate::wallet::api::{self, Trouble};

/// Somebody waits for a code.
#[derive(Clone, PartialEq)]
struct Question {
    /// Whether the one before was wrong.
    wrong: bool,
    answer: Function,
}

thread_local! {
    static SHOW: RefCell<Option<Callback<Question>>> = const { RefCell::new(None) };
}

/// Whether a code would help.
pub fn is_asked(trouble: &Trouble, sent: bool) -> bool {
    let Trouble::Refused(problem) = trouble else { return false };
    match problem.code {
        ProblemCode::Transport(TransportCode::CodeNeeded) => true,
        ProblemCode::Transport(TransportCode::CodeWrong) => sent,
        _ => false,
    }
}

/// Shows the dialog and waits; `None` when whoever is asked thinks better of it.
pub async fn ask(wrong: bool) -> Option<String> {
    let show = SHOW.with_borrow(Clone::clone)?;
    let promise = Promise::new(&mut |answer, _| show.emit(Question { wrong, answer }));
    JsFuture::from(promise).await.ok()?.as_string()
}

/// The dialog; it stands in the page once.
#[component]
pub fn Asker() -> Html {
    let question = use_state(|| None::<Question>);
    {
        let question = question.setter();
        use_effect_with((), move |()| {
            SHOW.set(Some(Callback::from(move |asked| question.set(Some(asked)))));
            || SHOW.set(None)
        });
    }
    let Some(asked) = (*question).clone() else { return Html::default() };
    let onanswer = {
        let (question, answer) = (question.setter(), asked.answer.clone());
        Callback::from(move |code: Option<String>| {
            question.set(None);
            let code = code.map_or(JsValue::NULL, JsValue::from);
            // It fulfils a promise, which never fails.
            let _ = answer.call1(&JsValue::NULL, &code);
        })
    };
    html! { <Dialog wrong={asked.wrong} {onanswer} /> }
}

#[derive(Properties, PartialEq)]
struct DialogProps {
    wrong: bool,
    onanswer: Callback<Option<String>>,
}

#[component]
fn Dialog(props: &DialogProps) -> Html {
    let lang = use_lang();
    let dialog = use_node_ref();
    let typed = use_state(String::new);
    let shown = use_state(|| None::<String>);
    {
        let (dialog, shown) = (dialog.clone(), shown.clone());
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                // One that cannot be modal is still there to be filled in.
                let _ = dialog.show_modal();
            }
            browser::focus("second-code");
            yew::platform::spawn_local(async move {
                if let Ok(told) = api::get::<SecondFactorOut>(SECOND_FACTOR, lang).await {
                    shown.set(told.demo_code);
                }
            });
        });
    }
    let onsubmit = {
        let (typed, answer) = (typed.clone(), props.onanswer.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let code: String = typed.chars().filter(char::is_ascii_digit).collect();
            if code.len() == 6 {
                answer.emit(Some(code));
            } else {
                browser::focus("second-code");
            }
        })
    };
    let leave = {
        let answer = props.onanswer.clone();
        move || answer.emit(None)
    };
    let (onclick, oncancel) = (leave.clone(), leave);
    let oncancel = Callback::from(move |event: Event| {
        event.prevent_default();
        oncancel();
    });
    let onclick = Callback::from(move |_: MouseEvent| onclick());
    html! {
        <dialog ref={dialog} {oncancel} aria-labelledby="second-title" data-testid="second" data-wrong={props.wrong.to_string()}>
            <form {onsubmit}>
                <h2 id="second-title">{ S::AskTitle.say(lang) }</h2>
                <p>{ if props.wrong { S::AskAgain } else { S::AskHint }.say(lang) }</p>
                if let Some(code) = (*shown).clone() {
                    <p class="hint" data-testid="second-demo" data-code={code.clone()}>{ S::DemoCode.fill(lang, &[&code]) }</p>
                }
                <TextField id="second-code" kind={Kind::Count} label={S::CodeQ.say(lang)} value={(*typed).clone()}
                    onchange={let typed = typed.clone(); Callback::from(move |text| typed.set(text))} />
                <div class="buttons">
                    <button type="submit" data-testid="second-confirm">{ S::AskConfirm.say(lang) }</button>
                    <button type="button" class="secondary" data-testid="second-leave" {onclick}>{ S::AskLeave.say(lang) }</button>
                </div>
            </form>
        </dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_code_that_is_missing_or_was_wrong_is_asked_for() {
        let refused = |code| {
            let (kind, title, detail) = (String::new(), String::new(), String::new());
            let code = ProblemCode::Transport(code);
            let (field, accepted) = (String::new(), String::new());
            let status = code_status(code);
            Trouble::Refused(Box::new(wallet_types::Problem {
                kind,
                title,
                status,
                detail,
                code,
                field,
                accepted,
                request_id: None,
            }))
        };
        assert!(is_asked(&refused(TransportCode::CodeNeeded), false));
        assert!(is_asked(&refused(TransportCode::CodeWrong), true));
        assert!(!is_asked(&refused(TransportCode::CodeWrong), false), "it was in the body");
        assert!(!is_asked(&refused(TransportCode::NoSecondFactor), true) && !is_asked(&Trouble::NoAnswer, true));
    }

    fn code_status(code: ProblemCode) -> u16 {
        if let ProblemCode::Transport(code) = code { code.status() } else { 500 }
    }
}
