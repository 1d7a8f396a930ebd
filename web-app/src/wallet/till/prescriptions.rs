//! What is prescribed to the patient who is there. A drug of the basket uses the prescription that was passed for it.

use std::rc::Rc;

use wallet_types::{DecodeOut, Id, ReviewState, RxList, RxLook, RxOut};
use yew::prelude::*;

use super::DEVICE;
use crate::hooks::use_lang;
use crate::wallet::api::{self, Trouble};
use crate::wallet::counter::C;
use crate::wallet::rx::{told, word};
use crate::wallet::session::{Change, use_session};
use crate::wallet::trouble::TroubleView;

/// The prescription that a drug can be dispensed on.
pub fn of_drug(prescriptions: &[RxOut], drug: &str) -> Option<Id> {
    let passed = |rx: &&RxOut| rx.review.as_ref().is_some_and(|review| review.state == ReviewState::Passed);
    let has = |rx: &&RxOut| rx.lines.iter().any(|line| line.drug == drug);
    prescriptions.iter().filter(passed).find(has).map(|rx| rx.id)
}

#[derive(Properties, PartialEq)]
pub struct PrescriptionsProps {
    pub patient: Rc<DecodeOut>,
    pub found: Vec<RxOut>,
    pub onfound: Callback<Vec<RxOut>>,
}

#[component]
pub fn Prescriptions(props: &PrescriptionsProps) -> Html {
    let lang = use_lang();
    let session = use_session().map(|session| session.dispatcher());
    let asked = use_state(|| false);
    let trouble = use_state(|| None::<Trouble>);
    let onclick = {
        let (asked, trouble, onfound) = (asked.clone(), trouble.clone(), props.onfound.clone());
        let patient = Rc::clone(&props.patient);
        Callback::from(move |_: MouseEvent| {
            let (asked, trouble, onfound) = (asked.clone(), trouble.clone(), onfound.clone());
            let (session, ask) = (session.clone(), RxLook { token: patient.token.clone(), device: DEVICE.into() });
            yew::platform::spawn_local(async move {
                match api::post::<_, RxList>("/pay/prescriptions/look", &ask, "look", lang).await {
                    Ok(list) => {
                        trouble.set(None);
                        asked.set(true);
                        onfound.emit(list.prescriptions);
                    }
                    Err(Trouble::SignedOut) => session.iter().for_each(|s| s.dispatch(Change::Expired)),
                    Err(cause) => trouble.set(Some(cause)),
                }
            });
        })
    };
    let row = |rx: &RxOut| html! { <li data-rx={rx.id.to_string()} data-review={word(rx)}>{ told(rx, lang) }</li> };
    html! {
        <fieldset class="drugs">
            <legend>{ C::RxTitle.say(lang) }</legend>
            if let Some(trouble) = (*trouble).clone() {
                <TroubleView {trouble} />
            }
            <div aria-live="polite">
                if !props.found.is_empty() {
                    <ol class="moves lines" data-testid="prescriptions">{ for props.found.iter().map(row) }</ol>
                    <p class="hint">{ C::RxLooked.say(lang) }</p>
                } else if *asked {
                    <p data-testid="no-prescriptions">{ C::RxNone.say(lang) }</p>
                }
            </div>
            <button type="button" class="secondary" data-testid="look-up" {onclick}>{ C::RxLook.say(lang) }</button>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use wallet_types::{ReviewOut, RxLine};

    use super::*;

    #[test]
    fn only_a_prescription_that_was_passed_is_used() {
        let rx = |id: u128, drug: &str, state: Option<ReviewState>| RxOut {
            id: Id(id),
            institution: None,
            doctor: "D".into(),
            name: None,
            diagnosis: "I10".into(),
            lines: vec![RxLine { drug: drug.into(), count: 1, days: 7, usage: "x".into() }],
            made_at: String::new(),
            until: String::new(),
            review: state.map(|state| ReviewOut { state, pharmacist: None, reason: None }),
        };
        let all = [
            rx(1, "A", None),
            rx(2, "A", Some(ReviewState::Asked)),
            rx(3, "A", Some(ReviewState::Refused)),
            rx(4, "B", Some(ReviewState::Passed)),
            rx(5, "A", Some(ReviewState::Passed)),
        ];
        assert_eq!((of_drug(&all, "A"), of_drug(&all, "B"), of_drug(&all, "C")), (Some(Id(5)), Some(Id(4)), None));
        assert_eq!(of_drug(&all[..3], "A"), None);
    }
}
