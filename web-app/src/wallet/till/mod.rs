//! 收费窗口: reads who it is, takes the bill, shows what it comes to, and settles.

mod basket;
mod day;
mod drugs;
mod lasting;
mod offer;
mod packs_back;
mod prescriptions;
mod reading;
mod receipt;
mod refund;
mod table;

use std::rc::Rc;

use wallet_types::{
    CashAsk, CashMeans, DecodeOut, MeantFor, OfferAsk, OfferOut, OrderOut, PresettleAsk, PresettleOut, SettleAsk,
};
use yew::prelude::*;

use super::api::{self, Trouble};
use super::errand::{Errand, use_errand};
use super::pending::new_key;
use super::session::{Change, SessionHandle, use_session};
use super::trouble::TroubleView;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use basket::{Basket, Bill};
pub use day::DayEnd;
use offer::Waiting;
use reading::Reading;

/// How this till is named to the server.
const DEVICE: &str = "web-till";

/// How far a visit has come.
#[derive(Clone, PartialEq)]
enum Stage {
    Reading,
    /// Without a patient it is for whoever scans its code.
    Basket(Option<Rc<DecodeOut>>),
    /// For the one who is named, if anybody is.
    Waiting(Rc<OfferOut>, Option<String>),
    Checking(Rc<Checked>),
    Done(Rc<OrderOut>),
}

/// A bill that was presettled, with a key of its own for the settlement.
#[derive(Clone, PartialEq)]
struct Checked {
    patient: Rc<DecodeOut>,
    bill: Bill,
    pre: PresettleOut,
    key: String,
}

/// What the steps share.
#[derive(Clone, PartialEq)]
pub struct Desk {
    stage: UseStateHandle<Stage>,
    trouble: UseStateHandle<Option<Trouble>>,
    errand: Errand,
    /// The counter at which this till stands, where it has a lasting code.
    counter: UseStateHandle<String>,
    session: Option<SessionHandle>,
    lang: Lang,
}

impl Desk {
    fn go(&self, stage: Stage) {
        self.trouble.set(None);
        self.stage.set(stage);
    }

    /// Does something with the server, one thing at a time.
    fn work(&self, work: impl Future<Output = Result<Stage, Trouble>> + 'static) {
        let desk = self.clone();
        self.errand.run(async move {
            match work.await {
                Ok(stage) => desk.go(stage),
                Err(Trouble::SignedOut) => desk.session.iter().for_each(|s| s.dispatch(Change::Expired)),
                Err(trouble) => desk.trouble.set(Some(trouble)),
            }
        });
    }

    /// A bill that waits to be scanned: by this patient, or by whoever is there.
    fn offer(&self, patient: Option<&DecodeOut>, bill: &Bill) {
        let (lang, visit, lines) = (self.lang, bill.offered(), bill.lines.clone());
        let meant_for = patient.map(|patient| MeantFor { token: patient.token.clone(), device: DEVICE.into() });
        let only = patient.map(|patient| patient.name.clone().unwrap_or_else(|| "—".into()));
        let counter = Some((*self.counter).clone()).filter(|name| !name.is_empty());
        self.work(async move {
            let key = new_key().ok_or(Trouble::NoChance)?;
            let ask = OfferAsk { visit: visit.ok_or(Trouble::NoAnswer)?, lines, counter, meant_for };
            let offer: OfferOut = api::post("/pay/offers", &ask, &key, lang).await?;
            Ok(Stage::Waiting(Rc::new(offer), only))
        });
    }

    fn presettle(&self, patient: Rc<DecodeOut>, bill: Bill) {
        let lang = self.lang;
        self.work(async move {
            let key = new_key().ok_or(Trouble::NoChance)?;
            let (token, visit) = (patient.token.clone(), bill.visit(&patient).ok_or(Trouble::NoAnswer)?);
            let ask = PresettleAsk {
                token,
                device: DEVICE.into(),
                visit,
                use_accounts: bill.use_accounts,
                lines: bill.lines.clone(),
            };
            let pre = api::post("/pay/presettle", &ask, "presettle", lang).await?;
            Ok(Stage::Checking(Rc::new(Checked { patient, bill, pre, key })))
        });
    }

    /// However often it is tried after an answer was lost, the key is the same, and it is settled once.
    fn settle(&self, checked: Rc<Checked>) {
        let lang = self.lang;
        self.work(async move {
            let visit = checked.bill.visit(&checked.patient).ok_or(Trouble::NoAnswer)?;
            let ask = SettleAsk {
                token: checked.patient.token.clone(),
                device: DEVICE.into(),
                visit,
                use_accounts: checked.bill.use_accounts,
                lines: checked.bill.lines.clone(),
                figures: checked.pre.figures.clone(),
                cash: CashAsk { means: CashMeans::Cash, auth: None },
            };
            let order: OrderOut = api::post("/pay/settle", &ask, &checked.key, lang).await?;
            Ok(Stage::Done(Rc::new(order)))
        });
    }
}

#[component]
pub fn Till() -> Html {
    let lang = use_lang();
    let session = use_session();
    let desk = Desk {
        stage: use_state(|| Stage::Reading),
        trouble: use_state(|| None),
        errand: use_errand(),
        counter: use_state(String::new),
        session,
        lang,
    };
    let step = match &*desk.stage {
        Stage::Reading => html! { <Reading desk={desk.clone()} /> },
        Stage::Basket(patient) => html! { <Basket desk={desk.clone()} patient={patient.clone()} /> },
        Stage::Waiting(offer, only) => {
            let (id, only) = (offer.id.to_string(), only.clone());
            html! { <Waiting key={id} desk={desk.clone()} offer={Rc::clone(offer)} {only} /> }
        }
        Stage::Checking(checked) => table::checking(&desk, checked),
        Stage::Done(order) => receipt::done(&desk, order),
    };
    html! {
        <div class="till" data-testid="till">
            if let Some(trouble) = (*desk.trouble).clone() {
                <TroubleView {trouble} />
            }
            { step }
        </div>
    }
}
