use wallet_types::{Credentials, OwnReset, ResetState, SecondFactorCode, SecondFactorOffer, SecondFactorOut};
use yew::prelude::*;

use super::SECOND_FACTOR;
use super::words::S;
use crate::components::{Kind, TextField};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::services::words::money;
use crate::wallet::api::{self, Trouble};
use crate::wallet::load::{Load, use_load};
use crate::wallet::login::entry;
use crate::wallet::office::use_office;
use crate::wallet::qr::Qr;
use crate::wallet::session::use_session;
use crate::wallet::time;
use crate::wallet::trouble::{CopyCode, TroubleView, waiting};

/// Whether large amounts are confirmed, and by what.
#[component]
pub fn Authenticator() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<SecondFactorOut>(SECOND_FACTOR.into());
    html! {
        <section aria-labelledby="second-factor-title">
            <h2 id="second-factor-title">{ S::SecondTitle.say(lang) }</h2>
            { waiting(&load, again.clone(), lang) }
            if let Load::Here(told) = &load {
                { standing(told, lang) }
                if let Some(reset) = told.reset.clone() {
                    <Asked {reset} again={again.clone()} />
                }
                if told.above_fen.is_some() {
                    <SetUp confirmed={told.confirmed} {again} />
                }
            }
        </section>
    }
}

fn standing(told: &SecondFactorOut, lang: Lang) -> Html {
    let Some(above) = told.above_fen else { return html! { <p>{ S::SecondNever.say(lang) }</p> } };
    let state = if told.confirmed { S::SecondThere } else { S::SecondNotYet };
    html! {
        <>
            <p>{ S::SecondAbove.fill(lang, &[&money(above)]) }</p>
            if let Some(day) = told.day_fen {
                <p>{ S::SecondDay.fill(lang, &[&money(day)]) }</p>
            }
            <p data-testid="second-state" data-confirmed={told.confirmed.to_string()}>{ state.say(lang) }</p>
            if let Some(code) = &told.demo_code {
                <p class="hint">{ S::DemoCode.fill(lang, &[code]) }</p>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AskedProps {
    reset: OwnReset,
    again: Callback<()>,
}

/// That another one was asked for at a window: who did not ask for it stops it here.
#[component]
fn Asked(props: &AskedProps) -> Html {
    let office = use_office(props.again.clone());
    let lang = office.lang;
    let onclick = {
        let office = office.clone();
        Callback::from(move |_: MouseEvent| office.post(format!("{SECOND_FACTOR}/objection"), ()))
    };
    let reset = &props.reset;
    let ready = reset.ready_at.as_deref().map(time::shown).unwrap_or_default();
    let state = match reset.state {
        ResetState::Waiting => S::ResetWaiting.fill(lang, &[&ready]),
        ResetState::Ready => S::ResetReady.fill(lang, &[&time::shown(&reset.until)]),
        _ => S::ResetAsked.fill(lang, &[&time::shown(&reset.asked_at)]),
    };
    html! {
        <div class="notice caution" data-testid="reset-open" data-state={reset.state.word()}>
            { office.trouble() }
            <p>{ state }</p>
            <p>{ S::ResetNotMe.say(lang) }</p>
            <button type="button" class="secondary" data-testid="reset-object" {onclick} disabled={office.is_busy()}>{ S::ResetObject.say(lang) }</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SetUpProps {
    confirmed: bool,
    again: Callback<()>,
}

/// The password, the secret, a code of it.
#[component]
fn SetUp(props: &SetUpProps) -> Html {
    let lang = use_lang();
    let name = use_session().and_then(|s| s.session.clone()).map(|s| s.name).unwrap_or_default();
    let (password, code) = (use_state(String::new), use_state(String::new));
    let offer = use_state(|| None::<SecondFactorOffer>);
    let trouble = use_state(|| None::<Trouble>);
    let begin = {
        let (password, offer, trouble) = (password.clone(), offer.clone(), trouble.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let ask = Credentials { name: name.clone(), password: (*password).clone() };
            let (password, offer, trouble) = (password.clone(), offer.clone(), trouble.clone());
            yew::platform::spawn_local(async move {
                password.set(String::new());
                match api::post::<_, SecondFactorOffer>(SECOND_FACTOR, &ask, "once", lang).await {
                    Ok(told) => {
                        trouble.set(None);
                        offer.set(Some(told));
                    }
                    Err(cause) => trouble.set(Some(cause)),
                }
            });
        })
    };
    let confirm = {
        let (code, offer, trouble, again) = (code.clone(), offer.clone(), trouble.clone(), props.again.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let ask = SecondFactorCode { code: code.trim().to_owned() };
            let (code, offer, trouble, again) = (code.clone(), offer.clone(), trouble.clone(), again.clone());
            yew::platform::spawn_local(async move {
                let path = format!("{SECOND_FACTOR}/confirmation");
                code.set(String::new());
                match api::post::<_, SecondFactorOut>(&path, &ask, "once", lang).await {
                    Ok(_) => {
                        trouble.set(None);
                        offer.set(None);
                        again.emit(());
                    }
                    Err(cause) => {
                        trouble.set(Some(cause));
                        browser::focus("offered-code");
                    }
                }
            });
        })
    };
    let shown = (*offer).clone();
    html! {
        <>
            if let Some(trouble) = (*trouble).clone() {
                <TroubleView {trouble} />
            }
            if let Some(offered) = shown {
                <form onsubmit={confirm} data-testid="second-offer">
                    <p>{ S::OfferHint.say(lang) }</p>
                    <Qr text={offered.uri.clone()} label={S::OfferQr.say(lang)} />
                    <p data-testid="offered-secret" data-secret={offered.secret.clone()}>
                        <CopyCode text={offered.secret.clone()} label={S::CopySecret.say(lang)} />
                    </p>
                    <TextField id="offered-code" kind={Kind::Count} label={S::CodeQ.say(lang)} value={(*code).clone()}
                        onchange={let code = code.clone(); Callback::from(move |text| code.set(text))} />
                    <button type="submit" data-testid="second-set">{ S::OfferConfirm.say(lang) }</button>
                </form>
            } else {
                <details class="fold">
                    <summary data-testid="second-begin">{ if props.confirmed { S::Replace } else { S::Begin }.say(lang) }</summary>
                    <form class="login" onsubmit={begin}>
                        { entry("second-password", S::PasswordQ.say(lang), "password", "current-password", &password) }
                        <button type="submit" data-testid="second-ask">{ S::BeginConfirm.say(lang) }</button>
                    </form>
                </details>
            }
        </>
    }
}
