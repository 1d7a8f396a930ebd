//! The bill as a till takes it: what is in the catalogue, what of it is paid first, and what is outside.

use std::rc::Rc;

use anxin_core::benefit::{Bill as CoreBill, Clinic, Split, Visit};
use anxin_core::rules::{Binding, Dim as _, Level, Place};
use anxin_core::{Day, Fen};
use wallet_types::{DecodeOut, DrugLine, RxOut};
use yew::prelude::*;

use super::drugs::{Drugs, Item, sum};
use super::prescriptions::Prescriptions;
use super::{Desk, Stage};
use crate::components::{Check, FieldNote, FieldNotes, Kind, TextField};
use crate::hooks::{editor, setter};
use crate::i18n::Lang;
use crate::model::amount::yuan;
use crate::services::browser;
use crate::wallet::counter::C;
use crate::wallet::words::W;

/// A bill that adds up.
#[derive(Clone, PartialEq)]
pub struct Bill {
    scope: Fen,
    first: Fen,
    own: Fen,
    pub use_accounts: bool,
    /// The drugs among it.
    pub lines: Vec<DrugLine>,
}

impl Bill {
    /// An outpatient visit today, where and at what level the server says that this is.
    pub fn visit(&self, patient: &DecodeOut) -> Option<Visit> {
        self.at(patient.level.as_deref()?, patient.place.unwrap_or(Place::LOCAL))
    }

    /// The same for whoever scans it: the server puts in where and at what level.
    pub fn offered(&self) -> Option<Visit> {
        self.at("1", Place::LOCAL)
    }

    fn at(&self, level: &str, place: Place) -> Option<Visit> {
        let split = Split {
            total_fen: self.scope.plus(self.own),
            own_expense_fen: self.own,
            over_limit_fen: Fen::ZERO,
            pre_self_pay_fen: self.first,
            official: None,
        };
        Some(Visit::Outpatient(Clinic {
            level: Level::from_word(level)?,
            place,
            on: Day::parse(&browser::today())?,
            binding: Binding::Chosen,
            bill: CoreBill::Split(split),
        }))
    }
}

#[derive(Clone, Default, PartialEq)]
struct Typed {
    scope: String,
    first: String,
    own: String,
    cash_only: bool,
    drugs: Vec<Item>,
}

impl Typed {
    fn read(&self, lang: Lang) -> Result<Bill, FieldNote> {
        let amount = |field: &str, text: &str| {
            let bad = |_| note(field, W::WrongAmount.say(lang));
            yuan(text).map(Option::unwrap_or_default).map_err(bad)
        };
        let (scope, own) = (amount("scope", &self.scope)?, amount("own", &self.own)?);
        let first = amount("first", &self.first)?;
        let (scope, own) = (scope.plus(sum(&self.drugs, false)), own.plus(sum(&self.drugs, true)));
        if first > scope {
            return Err(note("first", W::TillOver.say(lang)));
        }
        if scope.plus(own).is_zero() {
            return Err(note("scope", W::TillNothing.say(lang)));
        }
        let lines = self.drugs.iter().map(|item| item.line.clone()).collect();
        Ok(Bill { scope, first, own, use_accounts: !self.cash_only, lines })
    }
}

fn note(field: &str, message: &str) -> FieldNote {
    FieldNote { field: field.into(), code: anxin_core::RefusalCode::OutOfRange.code(), message: message.into() }
}

#[derive(Properties, PartialEq)]
pub struct BasketProps {
    pub desk: Desk,
    /// Without one it is for whoever scans it.
    pub patient: Option<Rc<DecodeOut>>,
}

#[component]
pub fn Basket(props: &BasketProps) -> Html {
    let (desk, patient, lang) = (props.desk.clone(), props.patient.clone(), props.desk.lang);
    let found = use_state(Vec::<RxOut>::new);
    let typed = use_state(Typed::default);
    let notes = use_state(Vec::<FieldNote>::new);
    let change = |set: fn(&mut Typed, String)| setter(&editor(&typed), set);
    let accounts = {
        let typed = typed.clone();
        Callback::from(move |use_them: bool| typed.set(Typed { cash_only: !use_them, ..(*typed).clone() }))
    };
    let onsubmit = {
        let (desk, patient, typed, notes) = (desk.clone(), patient.clone(), typed.clone(), notes.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match typed.read(lang) {
                Ok(bill) => {
                    notes.set(Vec::new());
                    match patient.clone() {
                        Some(patient) => desk.presettle(patient, bill),
                        None => desk.offer(None, &bill),
                    }
                }
                Err(note) => {
                    browser::focus(&note.field);
                    notes.set(vec![note]);
                }
            }
        })
    };
    let show_code = {
        let (desk, patient, typed, notes) = (desk.clone(), patient.clone(), typed.clone(), notes.clone());
        Callback::from(move |_: MouseEvent| match typed.read(lang) {
            Ok(bill) => desk.offer(patient.as_deref(), &bill),
            Err(note) => {
                browser::focus(&note.field);
                notes.set(vec![note]);
            }
        })
    };
    let drugs = {
        let (typed, notes) = (typed.clone(), notes.clone());
        Callback::from(move |drugs| {
            notes.set(Vec::new());
            typed.set(Typed { drugs, ..(*typed).clone() });
        })
    };
    let wrong = {
        let notes = notes.clone();
        Callback::from(move |note: FieldNote| {
            browser::focus(&note.field);
            notes.set(vec![note]);
        })
    };
    let other = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.go(Stage::Reading))
    };
    html! {
        <ContextProvider<FieldNotes> context={FieldNotes(Rc::new((*notes).clone()))}>
            if let Some(patient) = &patient {
                { who(patient, lang) }
            }
            <form {onsubmit} data-testid="basket">
                <h2>{ W::TillBasket.say(lang) }</h2>
                <TextField id="scope" label={W::TillScope.say(lang)} kind={Kind::Money} value={typed.scope.clone()} onchange={change(|t, text| t.scope = text)} />
                <TextField id="first" label={W::TillFirst.say(lang)} kind={Kind::Money} value={typed.first.clone()} onchange={change(|t, text| t.first = text)} />
                <TextField id="own" label={W::TillOwn.say(lang)} kind={Kind::Money} value={typed.own.clone()} onchange={change(|t, text| t.own = text)} />
                if let Some(patient) = patient.clone() {
                    <Prescriptions {patient} found={(*found).clone()} onfound={let found = found.clone(); Callback::from(move |all| found.set(all))} />
                }
                <Drugs items={typed.drugs.clone()} {lang} prescriptions={(*found).clone()} onchange={drugs} onwrong={wrong} />
                if patient.is_some() {
                    <Check id="use-accounts" label={W::TillAccounts.say(lang)} checked={!typed.cash_only} onchange={accounts} />
                }
                <div class="buttons">
                    <button type="submit" data-testid="presettle" disabled={desk.errand.is_busy()}>{ if patient.is_some() { W::TillPre.say(lang) } else { C::OfferMake.say(lang) } }</button>
                    if patient.is_some() {
                        <button type="button" class="secondary" data-testid="offer-make" disabled={desk.errand.is_busy()} onclick={show_code}>{ C::OfferMake.say(lang) }</button>
                    }
                    <button type="button" class="secondary" onclick={other}>{ W::TillOther.say(lang) }</button>
                </div>
            </form>
        </ContextProvider<FieldNotes>>
    }
}

pub fn who(patient: &DecodeOut, lang: Lang) -> Html {
    let name = patient.name.clone().unwrap_or_else(|| "—".into());
    let age = patient.age.map_or_else(|| "—".into(), |age| age.to_string());
    html! {
        <p class="sentence" data-testid="patient">
            { W::TillPatient.fill(lang, &[&name, &age, area(patient, lang)]) }
            if patient.by_agent {
                { " · " }{ W::TillAgent.say(lang) }
            }
        </p>
    }
}

/// What the area is called, or its code where nobody knows.
fn area(patient: &DecodeOut, lang: Lang) -> &str {
    match &patient.area_name {
        Some(area) => lang.of(&area.name_zh, &area.name_en),
        None => &patient.area,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(scope: &str, first: &str, own: &str) -> Result<(i64, i64, i64), String> {
        let typed = Typed { scope: scope.into(), first: first.into(), own: own.into(), ..Typed::default() };
        let bill = typed.read(Lang::Zh).map_err(|note| note.field.to_string())?;
        Ok((bill.scope.get(), bill.first.get(), bill.own.get()))
    }

    #[test]
    fn a_bill_adds_up_or_the_field_is_named() {
        assert_eq!(read("112", "6", "8.00"), Ok((11_200, 600, 800)));
        assert_eq!(read("", "", "8"), Ok((0, 0, 800)));
        assert_eq!(read("5", "6", ""), Err("first".into()));
        assert_eq!(read("", "", ""), Err("scope".into()));
        assert_eq!(read("-1", "", ""), Err("scope".into()));
        assert_eq!(read("1", "", "1.234"), Err("own".into()));
    }

    #[test]
    fn drugs_are_added_to_the_part_that_they_are_of() {
        let line = DrugLine {
            drug: "A".into(),
            codes: vec![],
            split: false,
            count: 1,
            days: None,
            old_stock: false,
            rx: None,
            amount_fen: None,
        };
        let item = |fen, own| Item { line: line.clone(), amount: Fen::new(fen).unwrap(), own };
        let typed = Typed { own: "1".into(), drugs: vec![item(3_000, false), item(500, true)], ..Typed::default() };
        let bill = typed.read(Lang::Zh).unwrap();
        assert_eq!((bill.scope.get(), bill.own.get(), bill.lines.len()), (3_000, 600, 2));
    }
}
