use wallet_types::{RxAsk, RxLine, RxOut};
use yew::prelude::*;

use crate::components::{FieldNote, FieldNotes, Kind, TextField};
use crate::hooks::{editor, setter, use_lang};
use crate::services::browser;
use crate::wallet::counter::C;
use crate::wallet::deed::use_deeds;
use crate::wallet::words::W;

#[derive(Clone, Default, PartialEq)]
struct Typed {
    patient: String,
    diagnosis: String,
    drug: String,
    count: String,
    days: String,
    usage: String,
}

impl Typed {
    /// The prescription, or the field that is not filled in as it has to be.
    fn read(&self) -> Result<RxAsk, &'static str> {
        let text = |field: &'static str, text: &str| match text.trim() {
            "" => Err(field),
            text => Ok(text.to_owned()),
        };
        let count = self.count.trim().parse().ok().filter(|count| *count > 0).ok_or("rx-count");
        let days = self.days.trim().parse().ok().filter(|days| *days > 0).ok_or("rx-days");
        let (id_number, diagnosis) = (text("rx-patient", &self.patient)?, text("rx-diagnosis", &self.diagnosis)?);
        let drug = text("rx-drug", &self.drug)?;
        let (count, days) = (count?, days?);
        let line = RxLine { drug, count, days, usage: text("rx-usage", &self.usage)? };
        Ok(RxAsk { id_number, diagnosis, lines: vec![line], valid_days: 1 })
    }
}

/// Writes one drug for one patient, for today.
#[component]
pub fn Prescribing() -> Html {
    let lang = use_lang();
    let typed = use_state(Typed::default);
    let notes = use_state(Vec::<FieldNote>::new);
    // It has an identity number in it.
    let deeds = use_deeds::<RxOut>("rx", None, false);
    let change = |set: fn(&mut Typed, String)| setter(&editor(&typed), set);
    let onsubmit = {
        let (deeds, typed, notes) = (deeds.clone(), typed.clone(), notes.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match typed.read() {
                Ok(ask) => {
                    notes.set(Vec::new());
                    let end: String =
                        ask.id_number.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
                    let line = ask.lines.first().cloned();
                    let (drug, count, days) = line.map_or_else(Default::default, |line| {
                        (line.drug, line.count.to_string(), line.days.to_string())
                    });
                    let say = C::DoctorSay.fill(lang, &[&end, &drug, &count, &days]);
                    deeds.check("/pay/prescriptions".into(), &ask, say, Vec::new());
                }
                Err(field) => {
                    browser::focus(field);
                    let code = anxin_core::RefusalCode::OutOfRange.code();
                    notes.set(vec![FieldNote { field: field.into(), code, message: C::DoctorWrong.say(lang).into() }]);
                }
            }
        })
    };
    let typing = || {
        html! {
            <ContextProvider<FieldNotes> context={FieldNotes(std::rc::Rc::new((*notes).clone()))}>
                <form {onsubmit} data-testid="rx-form">
                    <TextField id="rx-patient" label={C::DoctorPatient.say(lang)} kind={Kind::Text} value={typed.patient.clone()} onchange={change(|t, text| t.patient = text)} />
                    <TextField id="rx-diagnosis" label={C::DoctorDiagnosis.say(lang)} kind={Kind::Text} value={typed.diagnosis.clone()} onchange={change(|t, text| t.diagnosis = text)} />
                    <TextField id="rx-drug" label={W::DrugCode.say(lang)} kind={Kind::Text} value={typed.drug.clone()} onchange={change(|t, text| t.drug = text)} />
                    <TextField id="rx-count" label={C::DoctorCount.say(lang)} kind={Kind::Text} value={typed.count.clone()} onchange={change(|t, text| t.count = text)} />
                    <TextField id="rx-days" label={C::DoctorDays.say(lang)} kind={Kind::Text} value={typed.days.clone()} onchange={change(|t, text| t.days = text)} />
                    <TextField id="rx-usage" label={C::DoctorUsage.say(lang)} kind={Kind::Text} value={typed.usage.clone()} onchange={change(|t, text| t.usage = text)} />
                    <button type="submit" data-testid="rx-check">{ C::DoctorSend.say(lang) }</button>
                </form>
            </ContextProvider<FieldNotes>>
        }
    };
    let next = {
        let (deeds, typed) = (deeds.clone(), typed.clone());
        Callback::from(move |_: MouseEvent| {
            typed.set(Typed::default());
            deeds.again();
        })
    };
    let done = |rx: &RxOut| {
        html! {
            <section data-testid="rx-done">
                <p class="sentence wrap" role="status">{ C::DoctorDone.fill(lang, &[&rx.id.to_string()]) }</p>
                <button type="button" onclick={next.clone()}>{ C::DoctorNext.say(lang) }</button>
            </section>
        }
    };
    deeds.view(C::DoctorConfirm.say(lang), typing, done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prescription_is_whole_or_its_field_is_named() {
        let typed = Typed {
            patient: " 000000199206180055 ".into(),
            diagnosis: "I10.x00".into(),
            drug: "X".into(),
            count: "2".into(),
            days: "14".into(),
            usage: "一日两次".into(),
        };
        let ask = typed.read().unwrap();
        assert_eq!((ask.id_number.as_str(), ask.lines[0].count, ask.valid_days), ("000000199206180055", 2, 1));
        let named = |typed: Typed| typed.read().unwrap_err();
        assert_eq!(named(Typed { patient: " ".into(), ..typed.clone() }), "rx-patient");
        assert_eq!(named(Typed { count: "0".into(), ..typed.clone() }), "rx-count");
        assert_eq!(named(Typed { days: "x".into(), ..typed.clone() }), "rx-days");
        assert_eq!(named(Typed { usage: String::new(), ..typed }), "rx-usage");
    }
}
