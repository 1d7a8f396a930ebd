//! A bill that the patient scans instead of being read: shown as a code, and looked after until it is paid.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use wallet_types::OfferOut;
use yew::prelude::*;

use super::{Desk, Stage};
use crate::services::words::money;
use crate::wallet::api;
use crate::wallet::counter::C;
use crate::wallet::qr::Qr;

const EVERY_MS: u32 = 1_000;

#[derive(Properties, PartialEq)]
pub struct WaitingProps {
    pub desk: Desk,
    pub offer: Rc<OfferOut>,
    /// For whom alone it is.
    pub only: Option<String>,
}

/// The code, until somebody paid by it or it is over.
#[component]
pub fn Waiting(props: &WaitingProps) -> Html {
    let (desk, lang) = (props.desk.clone(), props.desk.lang);
    let offer = use_state(|| (*props.offer).clone());
    let left = use_state(|| props.offer.seconds);
    {
        let (desk, offer, left) = (desk.clone(), offer.clone(), left.clone());
        // Made anew with every second, so that each looks from what is known by then.
        use_effect_with((*left, offer.opened), move |(seconds, _)| {
            let seconds = *seconds;
            let clock = Interval::new(EVERY_MS, move || {
                left.set(seconds.saturating_sub(1));
                let (desk, offer, path) = (desk.clone(), offer.clone(), format!("/pay/offers/{}", offer.id));
                yew::platform::spawn_local(async move {
                    // One look that fails is followed by the next.
                    if let Ok(now) = api::get::<OfferOut>(&path, desk.lang).await {
                        match now.order.clone() {
                            Some(order) => desk.go(Stage::Done(order.into())),
                            None => offer.set(now),
                        }
                    }
                });
            });
            move || drop(clock)
        });
    }
    let back = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.go(Stage::Reading))
    };
    let release = {
        let (desk, offer) = (desk.clone(), offer.clone());
        Callback::from(move |_: MouseEvent| {
            let (desk, offer, path) = (desk.clone(), offer.clone(), format!("/pay/offers/{}/release", offer.id));
            yew::platform::spawn_local(async move {
                match api::post::<_, OfferOut>(&path, &serde_json::json!({}), "release", desk.lang).await {
                    Ok(now) => offer.set(now),
                    Err(trouble) => desk.trouble.set(Some(trouble)),
                }
            });
        })
    };
    let state = match (&offer.name, offer.opened, *left) {
        (Some(name), true, _) => C::OfferOpened.fill(lang, &[name]),
        (None, true, _) => C::OfferOpenedBy.say(lang).to_owned(),
        (_, false, 0) => C::OfferOver.say(lang).to_owned(),
        (_, false, _) => C::OfferWaits.say(lang).to_owned(),
    };
    let grouped: Vec<String> =
        offer.number.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    html! {
        <section class="paycode" data-testid="offer" data-opened={offer.opened.to_string()} aria-labelledby="offer-title">
            <h2 id="offer-title">{ C::OfferTitle.say(lang) }</h2>
            if let Some(name) = &props.only {
                <p data-testid="offer-for">{ C::OfferFor.fill(lang, &[name]) }</p>
            }
            <p class="sentence">{ C::OfferTotal.fill(lang, &[&money(offer.total_fen)]) }</p>
            if !offer.opened && *left > 0 {
                <Qr text={offer.code.clone()} label={C::OfferImage.say(lang)} />
                <p data-testid="offer-number" data-number={offer.number.clone()}>{ C::OfferNumber.fill(lang, &[&grouped.join(" ")]) }</p>
            }
            <p role="status" data-testid="offer-state">{ state }</p>
            if offer.opened {
                <p class="hint">{ C::OfferReleaseHint.say(lang) }</p>
                <button type="button" class="secondary" data-testid="offer-release" onclick={release}>{ C::OfferRelease.say(lang) }</button>
            }
            <button type="button" class="secondary" onclick={back}>{ C::OfferCancel.say(lang) }</button>
        </section>
    }
}
