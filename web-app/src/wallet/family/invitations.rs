use wallet_types::{InvitationOut, InvitationStateName, Invitations, Side};
use yew::prelude::*;

use super::INVITATIONS;
use super::kin::relative;
use super::words::G;
use crate::app::Route;
use crate::components::Way;
use crate::hooks::use_lang;
use crate::services::browser;
use crate::wallet::deed::use_deeds;
use crate::wallet::load::{Load, use_load};
use crate::wallet::notices::use_news;
use crate::wallet::qr::Qr;
use crate::wallet::time;
use crate::wallet::trouble::{CopyCode, waiting};

/// Invitations that nobody has accepted yet, one's own and those for oneself.
#[component]
pub fn Waiting() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<Invitations>(INVITATIONS.into());
    use_news(&again);
    let Load::Here(all) = &load else { return waiting(&load, again, lang) };
    let waits = |one: &&InvitationOut| one.state == InvitationStateName::Waiting;
    let all: Vec<&InvitationOut> = all.invitations.iter().filter(waits).collect();
    if all.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="waiting-title">
            <h2 id="waiting-title">{ G::WaitingTitle.say(lang) }</h2>
            <ul class="cards plain" data-testid="invitations">
                { for all.into_iter().map(|one| html! { <One key={one.id.to_string()} invitation={one.clone()} again={again.clone()} /> }) }
            </ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    invitation: InvitationOut,
    again: Callback<()>,
}

#[component]
fn One(props: &OneProps) -> Html {
    let lang = use_lang();
    let one = &props.invitation;
    let who = relative(one.side, one.kin, lang);
    let until = time::shown(&one.until);
    if one.side == Side::Taker {
        return html! {
            <li class="card" data-testid="invited">
                <h3>{ G::InvitedBy.fill(lang, &[&who]) }</h3>
                <p>{ G::InvitedHint.fill(lang, &[&until]) }</p>
                <p><Way to={Route::WalletAccept}>{ G::AcceptTitle.say(lang) }</Way></p>
            </li>
        };
    }
    html! {
        <li class="card" data-testid="inviting">
            <h3>{ G::InvitingTo.fill(lang, &[&who]) }</h3>
            if let Some(code) = &one.code {
                <Code code={code.clone()} until={until} />
            }
            <Withdraw invitation={one.clone()} again={props.again.clone()} />
        </li>
    }
}

#[derive(Properties, PartialEq)]
pub struct CodeProps {
    pub code: String,
    /// Time at which it runs out, as people read it.
    pub until: String,
}

/// The code to be passed on, to be typed or to be looked at by a camera. In the address it stands behind the `#`, which
/// no browser sends to a server.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let lang = use_lang();
    let address = browser::address(&format!("/wallet/family/accept#{}", props.code));
    html! {
        <>
            <p data-testid="code" data-code={props.code.clone()}>
                <CopyCode text={props.code.clone()} label={G::CopyCode.say(lang)} />
            </p>
            <Qr text={address} label={G::QrLabel.say(lang)} />
            <p class="small">{ G::CodeHint.fill(lang, &[&props.until]) }</p>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WithdrawProps {
    invitation: InvitationOut,
    again: Callback<()>,
}

#[component]
fn Withdraw(props: &WithdrawProps) -> Html {
    let lang = use_lang();
    let (one, again) = (&props.invitation, props.again.clone());
    let deeds = use_deeds::<InvitationOut>("withdraw", Some(one.id), false);
    let ask = {
        let (deeds, path) = (deeds.clone(), format!("{INVITATIONS}/{}/withdrawal", one.id));
        Callback::from(move |_: MouseEvent| {
            deeds.check(path.clone(), &(), G::WithdrawSay.say(lang).into(), Vec::new());
        })
    };
    let typing = || {
        html! {
            <button type="button" class="secondary" data-testid="withdraw" onclick={ask}>{ G::Withdraw.say(lang) }</button>
        }
    };
    let done = |_: &InvitationOut| {
        html! {
            <Once told={again.clone()}><p role="status">{ G::Withdrawn.say(lang) }</p></Once>
        }
    };
    deeds.view(G::Withdraw.say(lang), typing, done)
}

#[derive(Properties, PartialEq)]
pub struct OnceProps {
    pub told: Callback<()>,
    pub children: Html,
}

/// Says once that something was done, so that what is shown elsewhere is read anew.
#[component]
pub fn Once(props: &OnceProps) -> Html {
    let told = props.told.clone();
    use_effect_with((), move |()| told.emit(()));
    props.children.clone()
}
