use wallet_types::Credentials;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::api::{self, Trouble};
use super::errand::use_errand;
use super::notices::Bell;
use super::session::{Change, Session, use_session};
use super::trouble::TroubleView;
use super::words::{W, role};
use crate::hooks::use_lang;
use crate::i18n::Lang;

pub const RESIDENT: &str = "resident";
pub const INSTITUTION: &str = "institution";
pub const AREA: &str = "area";
pub const DOCTOR: &str = "doctor";

#[derive(Properties, PartialEq)]
pub struct DoorProps {
    /// Whose room it is.
    #[prop_or(RESIDENT)]
    pub role: &'static str,
    pub children: Html,
}

/// Shows what is behind it to whoever is logged in. When a session ends by itself it hides what is there, and keeps
/// what was typed for the same person.
#[component]
pub fn Door(props: &DoorProps) -> Html {
    let lang = use_lang();
    let Some(standing) = use_session() else { return Html::default() };
    let Some(session) = &standing.session else {
        return html! {
            <>
                if standing.left {
                    <p role="status" data-testid="logged-out">{ W::LoggedOut.say(lang) }</p>
                }
                <Login />
            </>
        };
    };
    let own = session.role == props.role;
    html! {
        <>
            if standing.expired {
                <div class="notice caution" role="alert" data-testid="expired">
                    <h2>{ W::Expired.say(lang) }</h2>
                    <p>{ W::ExpiredHint.say(lang) }</p>
                </div>
                <Login name={session.name.clone()} />
            }
            <div key={session.name.clone()} hidden={standing.expired}>
                <Bar session={session.clone()} />
                if own {
                    { props.children.clone() }
                } else {
                    <div class="notice" data-testid="not-yours">
                        <h2>{ not_yours(props.role).say(lang) }</h2>
                        <p>{ W::NotYoursHint.fill(lang, &[&role(&session.role, lang), &role(props.role, lang)]) }</p>
                    </div>
                }
            </div>
        </>
    }
}

fn not_yours(role: &str) -> W {
    match role {
        RESIDENT => W::NotYours,
        INSTITUTION => W::NotATill,
        DOCTOR => W::NotADoctor,
        _ => W::NotAnOffice,
    }
}

#[derive(Properties, PartialEq)]
struct BarProps {
    session: Session,
}

/// Who is logged in, and the way out.
#[component]
fn Bar(props: &BarProps) -> Html {
    let lang = use_lang();
    let trouble = use_state(|| None::<Trouble>);
    let standing = use_session();
    let onclick = {
        let (trouble, standing) = (trouble.clone(), standing.map(|s| s.dispatcher()));
        Callback::from(move |_: MouseEvent| {
            let (trouble, standing) = (trouble.clone(), standing.clone());
            yew::platform::spawn_local(async move {
                match (api::log_out(lang).await, standing) {
                    (Ok(()), Some(standing)) => standing.dispatch(Change::LoggedOut),
                    (Err(cause), _) => trouble.set(Some(cause)),
                    (Ok(()), None) => {}
                }
            });
        })
    };
    html! {
        <>
            <p class="session">
                <span data-testid="who">{ W::LoggedInAs.fill(lang, &[&props.session.name]) }</span>
                <span class="buttons">
                    if props.session.role == RESIDENT {
                        <Bell />
                    }
                    <button type="button" class="plain" data-testid="log-out" {onclick}>{ W::LogOut.say(lang) }</button>
                </span>
            </p>
            if let Some(trouble) = (*trouble).clone() {
                <TroubleView {trouble} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct LoginProps {
    #[prop_or_default]
    name: String,
}

#[component]
fn Login(props: &LoginProps) -> Html {
    let lang = use_lang();
    let standing = use_session();
    let name = use_state(|| props.name.clone());
    let password = use_state(String::new);
    let errand = use_errand();
    let trouble = use_state(|| None::<Trouble>);
    let onsubmit = {
        let (name, password, errand, trouble) = (name.clone(), password.clone(), errand.clone(), trouble.clone());
        let standing = standing.map(|s| s.dispatcher());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let credentials = Credentials { name: name.trim().to_owned(), password: (*password).clone() };
            let (password, trouble, standing) = (password.clone(), trouble.clone(), standing.clone());
            errand.run(async move {
                match (api::log_in(&credentials, lang).await, standing) {
                    (Ok(session), Some(standing)) => standing.dispatch(Change::Began(session)),
                    (Err(cause), _) => {
                        password.set(String::new());
                        trouble.set(Some(cause));
                    }
                    (Ok(_), None) => {}
                }
            });
        })
    };
    html! {
        <form class="login" {onsubmit} data-testid="login">
            <h2>{ W::LoginTitle.say(lang) }</h2>
            <p class="hint">{ W::LoginHint.say(lang) }</p>
            { entry("login-name", W::NameQ.say(lang), "text", "username", &name) }
            { entry("login-password", W::PasswordQ.say(lang), "password", "current-password", &password) }
            { refused(trouble.as_ref(), lang) }
            <button type="submit" data-testid="log-in" disabled={errand.is_busy()}>
                { if errand.is_busy() { W::LoggingIn } else { W::LogIn }.say(lang) }
            </button>
        </form>
    }
}

fn refused(trouble: Option<&Trouble>, lang: Lang) -> Html {
    match trouble {
        None => Html::default(),
        Some(Trouble::Refused(problem)) if matches!(problem.status, 404 | 503) => html! {
            <div class="notice failed" role="alert" data-testid="no-demo">
                <h2>{ W::NoDemo.say(lang) }</h2>
                <p>{ W::NoDemoHint.say(lang) }</p>
            </div>
        },
        Some(trouble) => html! { <TroubleView trouble={trouble.clone()} /> },
    }
}

pub fn entry(
    id: &'static str,
    label: &'static str,
    kind: &'static str,
    fill: &'static str,
    value: &UseStateHandle<String>,
) -> Html {
    let oninput = {
        let value = value.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) {
                value.set(input.value());
            }
        })
    };
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            <input {id} data-testid={id} type={kind} autocomplete={fill} required=true value={(**value).clone()} {oninput} />
        </div>
    }
}
