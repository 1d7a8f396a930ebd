use wallet_types::{Id, ReviewAsk, ReviewState, RxList, RxOut};
use yew::prelude::*;

use super::{told, word};
use crate::components::{FieldNote, FieldNotes, Kind, TextField};
use crate::hooks::use_lang;
use crate::services::browser;
use crate::wallet::api::{self, Trouble};
use crate::wallet::counter::C;
use crate::wallet::load::{Load, use_load};
use crate::wallet::session::{Change, use_session};
use crate::wallet::trouble::{TroubleView, waiting};

/// What waits for a pharmacist, and what was decided lately.
#[component]
pub fn Reviews() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<RxList>("/pay/reviews".into());
    html! {
        <>
            <p class="lead">{ C::ReviewIntro.say(lang) }</p>
            { waiting(&load, again.clone(), lang) }
            if let Load::Here(RxList { prescriptions }) = &load {
                if prescriptions.is_empty() {
                    <p data-testid="no-reviews">{ C::ReviewNone.say(lang) }</p>
                } else {
                    <ol class="moves lines" data-testid="reviews">
                        { for prescriptions.iter().map(|rx| html! { <One key={rx.id.to_string()} rx={rx.clone()} again={again.clone()} /> }) }
                    </ol>
                }
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    rx: RxOut,
    again: Callback<()>,
}

#[component]
fn One(props: &OneProps) -> Html {
    let lang = use_lang();
    let session = use_session().map(|session| session.dispatcher());
    let reason = use_state(String::new);
    let wrong = use_state(|| false);
    let trouble = use_state(|| None::<Trouble>);
    let field = format!("rx-reason-{}", props.rx.id);
    let decide = |pass: bool| {
        let (reason, wrong, trouble, session) = (reason.clone(), wrong.clone(), trouble.clone(), session.clone());
        let (rx, again, field): (Id, _, _) = (props.rx.id, props.again.clone(), field.clone());
        Callback::from(move |_: MouseEvent| {
            if !pass && reason.trim().is_empty() {
                wrong.set(true);
                return browser::focus(&field);
            }
            wrong.set(false);
            let ask = ReviewAsk { pass, reason: reason.trim().to_owned() };
            let (trouble, again, session) = (trouble.clone(), again.clone(), session.clone());
            yew::platform::spawn_local(async move {
                match api::post::<_, RxOut>(&format!("/pay/prescriptions/{rx}/review"), &ask, "review", lang).await {
                    Ok(_) => again.emit(()),
                    Err(Trouble::SignedOut) => session.iter().for_each(|s| s.dispatch(Change::Expired)),
                    Err(cause) => trouble.set(Some(cause)),
                }
            });
        })
    };
    let waits = props.rx.review.as_ref().is_some_and(|review| review.state == ReviewState::Asked);
    let message = C::ReviewReasonMissing.say(lang).to_owned();
    let note = FieldNote { field: field.clone(), code: anxin_core::RefusalCode::OutOfRange.code(), message };
    let notes = FieldNotes(std::rc::Rc::new(if *wrong { vec![note] } else { Vec::new() }));
    html! {
        <li data-rx={props.rx.id.to_string()} data-review={word(&props.rx)}>
            { told(&props.rx, lang) }
            if let Some(trouble) = (*trouble).clone() {
                <TroubleView {trouble} />
            }
            if waits {
                <ContextProvider<FieldNotes> context={notes}>
                    <TextField id={field.clone()} label={C::ReviewReason.say(lang)} kind={Kind::Text} value={(*reason).clone()}
                        onchange={let reason = reason.clone(); Callback::from(move |text| reason.set(text))} />
                </ContextProvider<FieldNotes>>
                <div class="buttons">
                    <button type="button" data-testid="rx-pass" onclick={decide(true)}>{ C::ReviewPass.say(lang) }</button>
                    <button type="button" class="secondary" data-testid="rx-refuse" onclick={decide(false)}>{ C::ReviewRefuse.say(lang) }</button>
                </div>
            }
        </li>
    }
}
