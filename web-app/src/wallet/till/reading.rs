use std::rc::Rc;

use wallet_types::{Business, CertKind, DecodeAsk, DecodeOut};
use yew::prelude::*;

use super::lasting::Lasting;
use super::{DEVICE, Desk, Stage};
use crate::components::{Kind, TextField};
use crate::wallet::api::{self, Trouble};
use crate::wallet::camera::Camera;
use crate::wallet::counter::C;
use crate::wallet::pending::new_key;
use crate::wallet::words::W;

/// As many digits as a payment code has; a number has fewer.
const CODE_DIGITS: usize = 28;

#[derive(Properties, PartialEq)]
pub struct ReadingProps {
    pub desk: Desk,
}

/// A hand scanner types like a keyboard and ends with the enter key; a person types a number.
#[component]
pub fn Reading(props: &ReadingProps) -> Html {
    let (desk, lang) = (props.desk.clone(), props.desk.lang);
    let typed = use_state(String::new);
    let onchange = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    let onsubmit = {
        let (desk, typed) = (desk.clone(), typed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let value = typed.trim().to_owned();
            typed.set(String::new());
            read(&desk, value);
        })
    };
    let seen = {
        let desk = desk.clone();
        Callback::from(move |value: String| read(&desk, value))
    };
    let offer = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.go(Stage::Basket(None)))
    };
    html! {
        <>
        <form {onsubmit} data-testid="reading">
            <h2>{ W::TillRead.say(lang) }</h2>
            <TextField id="scan" label={W::TillScan.say(lang)} told={Some(AttrValue::from(W::TillScanHint.say(lang)))} kind={Kind::Text}
                value={(*typed).clone()} {onchange} />
            <button type="submit" data-testid="read" disabled={desk.errand.is_busy()}>{ W::TillScanGo.say(lang) }</button>
            <Camera onread={seen} />
        </form>
        <section aria-labelledby="offer-start-title">
            <h2 id="offer-start-title">{ C::OfferStart.say(lang) }</h2>
            <p class="hint">{ C::OfferHint.say(lang) }</p>
            <button type="button" class="secondary" data-testid="offer-start" onclick={offer}>{ C::OfferBasket.say(lang) }</button>
        </section>
        <Lasting desk={desk.clone()} />
        </>
    }
}

fn read(desk: &Desk, value: String) {
    let cert = if value.len() == CODE_DIGITS { CertKind::Code } else { CertKind::IdCard };
    let (business, device) = (Business::Settle, DEVICE.to_owned());
    let ask = DecodeAsk { cert, value, business, device, ceiling_fen: None, agent_number: None };
    let lang = desk.lang;
    desk.work(async move {
        let key = new_key().ok_or(Trouble::NoChance)?;
        let patient: DecodeOut = api::post("/pay/decode", &ask, &key, lang).await?;
        Ok(Stage::Basket(Some(Rc::new(patient))))
    });
}
