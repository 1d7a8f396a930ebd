use wallet_types::{RxAsk, RxLine, RxOut};
use yew::prelude::*;

use crate::components::{FieldNote, FieldNotes, Kind, TextField};
use crate::hooks::{editor, setter, use_lang};
use crate::i18n::Lang;
use crate::services::browser;
use crate::wallet::counter::C;
use crate::wallet::deed::use_deeds;
use crate::wallet::words::W;

/// As the server takes them.
const LINES_MAX: usize = 5;

#[derive(Clone, Default, PartialEq)]
struct Typed {
    patient: String,
    diagnosis: String,
    /// Drugs that are written down already; the fields below are of one more.
    lines: Vec<RxLine>,
    drug: String,
    count: String,
    days: String,
    usage: String,
}

/// What keeps a field from being taken.
type Wrong = (&'static str, C);

fn text(field: &'static str, text: &str) -> Result<String, Wrong> {
    match text.trim() {
        "" => Err((field, C::DoctorWrong)),
        text => Ok(text.to_owned()),
    }
}

impl Typed {
    fn line_is_empty(&self) -> bool {
        [&self.drug, &self.count, &self.days, &self.usage].iter().all(|text| text.trim().is_empty())
    }

    /// The drug of the fields.
    fn line(&self) -> Result<RxLine, Wrong> {
        let wrong = |field: &'static str| (field, C::DoctorWrong);
        let drug = text("rx-drug", &self.drug)?;
        if self.lines.iter().any(|line| line.drug == drug) {
            return Err(("rx-drug", C::DoctorTwice));
        }
        if self.lines.len() >= LINES_MAX {
            return Err(("rx-drug", C::DoctorMost));
        }
        let count = self.count.trim().parse().ok().filter(|count| *count > 0).ok_or(wrong("rx-count"))?;
        let days = self.days.trim().parse().ok().filter(|days| *days > 0).ok_or(wrong("rx-days"))?;
        Ok(RxLine { drug, count, days, usage: text("rx-usage", &self.usage)? })
    }

    /// With the drug of the fields written down, and room for another.
    fn added(&self) -> Result<Typed, Wrong> {
        let mut lines = self.lines.clone();
        lines.push(self.line()?);
        let (patient, diagnosis) = (self.patient.clone(), self.diagnosis.clone());
        Ok(Typed { patient, diagnosis, lines, ..Typed::default() })
    }

    /// The prescription, or the field that is not filled in as it has to be.
    fn read(&self) -> Result<RxAsk, Wrong> {
        let (id_number, diagnosis) = (text("rx-patient", &self.patient)?, text("rx-diagnosis", &self.diagnosis)?);
        let lines = match self.line_is_empty() && !self.lines.is_empty() {
            true => self.lines.clone(),
            false => self.added()?.lines,
        };
        Ok(RxAsk { id_number, diagnosis, lines, valid_days: 1 })
    }
}

fn written(line: &RxLine, lang: Lang) -> String {
    C::RxLine.fill(lang, &[&line.drug, &line.count.to_string(), &line.days.to_string(), &line.usage])
}

/// Writes what one patient takes, for today.
#[component]
pub fn Prescribing() -> Html {
    let lang = use_lang();
    let typed = use_state(Typed::default);
    let notes = use_state(Vec::<FieldNote>::new);
    // It has an identity number in it.
    let deeds = use_deeds::<RxOut>("rx", None, false);
    let change = |set: fn(&mut Typed, String)| setter(&editor(&typed), set);
    let wrong = {
        let notes = notes.clone();
        move |(field, why): Wrong| {
            browser::focus(field);
            let code = anxin_core::RefusalCode::OutOfRange.code();
            notes.set(vec![FieldNote { field: field.into(), code, message: why.say(lang).into() }]);
        }
    };
    let onsubmit = {
        let (deeds, typed, notes, wrong) = (deeds.clone(), typed.clone(), notes.clone(), wrong.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match typed.read() {
                Ok(ask) => {
                    notes.set(Vec::new());
                    let number: Vec<char> = ask.id_number.chars().collect();
                    let end: String = number.iter().skip(number.len().saturating_sub(4)).collect();
                    let say = C::DoctorSay.fill(lang, &[&end, &ask.lines.len().to_string()]);
                    let lines = ask.lines.iter().map(|line| written(line, lang)).collect();
                    deeds.check("/pay/prescriptions".into(), &ask, say, lines);
                }
                Err(why) => wrong(why),
            }
        })
    };
    let add = {
        let (typed, notes) = (typed.clone(), notes.clone());
        Callback::from(move |_: MouseEvent| match typed.added() {
            Ok(more) => {
                notes.set(Vec::new());
                typed.set(more);
                browser::focus("rx-drug");
            }
            Err(why) => wrong(why),
        })
    };
    let typing = || {
        html! {
            <ContextProvider<FieldNotes> context={FieldNotes(std::rc::Rc::new((*notes).clone()))}>
                <form {onsubmit} data-testid="rx-form">
                    <TextField id="rx-patient" label={C::DoctorPatient.say(lang)} kind={Kind::Text} value={typed.patient.clone()} onchange={change(|t, text| t.patient = text)} />
                    <TextField id="rx-diagnosis" label={C::DoctorDiagnosis.say(lang)} kind={Kind::Text} value={typed.diagnosis.clone()} onchange={change(|t, text| t.diagnosis = text)} />
                    { lines(&typed, lang) }
                    <TextField id="rx-drug" label={W::DrugCode.say(lang)} kind={Kind::Text} value={typed.drug.clone()} onchange={change(|t, text| t.drug = text)} />
                    <TextField id="rx-count" label={C::DoctorCount.say(lang)} kind={Kind::Text} value={typed.count.clone()} onchange={change(|t, text| t.count = text)} />
                    <TextField id="rx-days" label={C::DoctorDays.say(lang)} kind={Kind::Text} value={typed.days.clone()} onchange={change(|t, text| t.days = text)} />
                    <TextField id="rx-usage" label={C::DoctorUsage.say(lang)} kind={Kind::Text} value={typed.usage.clone()} onchange={change(|t, text| t.usage = text)} />
                    <div class="buttons">
                        <button type="submit" data-testid="rx-check">{ C::DoctorSend.say(lang) }</button>
                        <button type="button" class="secondary" data-testid="rx-add" onclick={add.clone()}>{ C::DoctorAdd.say(lang) }</button>
                    </div>
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

/// The drugs that are written down, each with a way to take it off again.
fn lines(typed: &UseStateHandle<Typed>, lang: Lang) -> Html {
    if typed.lines.is_empty() {
        return Html::default();
    }
    let line = |(n, line): (usize, &RxLine)| {
        let remove = {
            let typed = typed.clone();
            Callback::from(move |_: MouseEvent| {
                let mut less = (*typed).clone();
                less.lines.remove(n);
                typed.set(less);
            })
        };
        html! {
            <li key={line.drug.clone()}>
                { written(line, lang) }{ " " }
                <button type="button" class="secondary" onclick={remove}>{ C::DoctorRemove.fill(lang, &[&line.drug]) }</button>
            </li>
        }
    };
    html! { <ol data-testid="rx-lines">{ for typed.lines.iter().enumerate().map(line) }</ol> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            patient: " 000000199206180055 ".into(),
            diagnosis: "I10.x00".into(),
            drug: "X".into(),
            count: "2".into(),
            days: "14".into(),
            usage: "一日两次".into(),
            ..Typed::default()
        }
    }

    #[test]
    fn a_prescription_is_whole_or_its_field_is_named() {
        let typed = typed();
        let ask = typed.read().unwrap();
        assert_eq!((ask.id_number.as_str(), ask.lines[0].count, ask.valid_days), ("000000199206180055", 2, 1));
        let named = |typed: Typed| typed.read().unwrap_err().0;
        assert_eq!(named(Typed { patient: " ".into(), ..typed.clone() }), "rx-patient");
        assert_eq!(named(Typed { count: "0".into(), ..typed.clone() }), "rx-count");
        assert_eq!(named(Typed { days: "x".into(), ..typed.clone() }), "rx-days");
        assert_eq!(named(Typed { usage: String::new(), ..typed }), "rx-usage");
    }

    #[test]
    fn several_drugs_stand_on_one_prescription_each_once() {
        let one = typed().added().unwrap();
        assert_eq!((one.patient.as_str(), one.lines.len(), one.line_is_empty()), (" 000000199206180055 ", 1, true));
        assert_eq!(one.read().unwrap().lines.len(), 1, "the fields are empty: there is no other");
        let begun = Typed { usage: "一日一次".into(), ..one.clone() };
        assert_eq!(begun.read().unwrap_err().0, "rx-drug", "what was begun is not left out");
        let next = |before: &Typed, drug: &str| {
            let (count, days, usage) = ("1".into(), "7".into(), "一日一次".into());
            Typed { drug: drug.into(), count, days, usage, ..before.clone() }
        };
        assert!(matches!(next(&one, "X").added(), Err(("rx-drug", C::DoctorTwice))));
        assert_eq!(next(&one, "Y").read().unwrap().lines.len(), 2, "what stands in the fields belongs to it");
        let five = ["A", "B", "C", "D"].iter().fold(one, |all, drug| next(&all, drug).added().unwrap());
        assert!(matches!(next(&five, "E").added(), Err(("rx-drug", C::DoctorMost))));
        assert_eq!(five.read().unwrap().lines.len(), 5);
    }
}
