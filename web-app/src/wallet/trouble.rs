use yew::prelude::*;

use super::api::Trouble;
use super::load::Load;
use super::words::W;
use crate::hooks::use_lang;
use crate::i18n::{Lang, T};
use crate::services::browser;

#[derive(Properties, PartialEq)]
pub struct TroubleViewProps {
    pub trouble: Trouble,
    #[prop_or_default]
    pub retry: Option<Callback<()>>,
}

/// What went wrong, in the server's own words, with a code that can be copied for the telephone.
#[component]
pub fn TroubleView(props: &TroubleViewProps) -> Html {
    let lang = use_lang();
    let (title, detail) = told(&props.trouble, lang);
    let retry = props.retry.clone().map(|retry| retry.reform(|_: MouseEvent| ()));
    html! {
        <div class="notice failed" role="alert" data-testid="trouble" data-code={props.trouble.code()}>
            <h2>{ title }</h2>
            <p>{ detail }</p>
            if let Some(code) = props.trouble.code() {
                <p class="small">{ T::ErrorCode.say(lang) }{ " " }<CopyCode text={code} label={T::CopyCode.fill(lang, &[code])} /></p>
            }
            if let Trouble::Refused(problem) = &props.trouble {
                if let Some(id) = problem.request_id.clone() {
                    <p class="small">{ W::RequestId.say(lang) }{ " " }<code>{ id }</code></p>
                }
            }
            if let Some(onclick) = retry {
                <button type="button" class="secondary" {onclick}>{ T::Retry.say(lang) }</button>
            }
        </div>
    }
}

fn told(trouble: &Trouble, lang: Lang) -> (String, String) {
    match trouble {
        Trouble::NoChance => (W::NotSent.say(lang).into(), W::NoRandom.say(lang).into()),
        Trouble::Refused(problem) => (problem.title.clone(), problem.detail.clone()),
        Trouble::SignedOut => (W::Expired.say(lang).into(), W::ExpiredHint.say(lang).into()),
        Trouble::NoAnswer => (W::NoAnswer.say(lang).into(), W::NoAnswerHint.say(lang).into()),
        Trouble::Strange(status) => (W::Strange.say(lang).into(), W::StrangeHint.fill(lang, &[&status.to_string()])),
    }
}

#[derive(Properties, PartialEq)]
pub struct CopyCodeProps {
    pub text: AttrValue,
    pub label: AttrValue,
    /// What is shown in its place, where it is long.
    #[prop_or_default]
    pub shown: Option<AttrValue>,
}

/// A short text that a click copies.
#[component]
pub fn CopyCode(props: &CopyCodeProps) -> Html {
    let lang = use_lang();
    let copied = use_state(|| false);
    let onclick = {
        let (copied, text) = (copied.clone(), props.text.to_string());
        Callback::from(move |_: MouseEvent| {
            let (copied, text) = (copied.clone(), text.clone());
            yew::platform::spawn_local(async move { copied.set(browser::copy(text).await) });
        })
    };
    let shown = props.shown.clone().unwrap_or_else(|| props.text.clone());
    html! {
        <span class="copy">
            <code>{ shown }</code>
            <button type="button" class="plain" {onclick} aria-label={props.label.clone()}>
                { if *copied { T::Copied.say(lang) } else { W::Copy.say(lang) } }
            </button>
        </span>
    }
}

/// Word of something that is still coming, or did not come.
pub fn waiting<A>(load: &Load<A>, retry: Callback<()>, lang: Lang) -> Html {
    match load {
        Load::Here(_) => Html::default(),
        Load::Waiting => {
            let text = W::Loading.say(lang);
            html! { <p class="loading" role="status"><progress aria-label={text} />{ text }</p> }
        }
        Load::Failed(trouble) => html! { <TroubleView trouble={trouble.clone()} {retry} /> },
    }
}
