use anxin_core::dip::auxiliary::Type;
use anxin_core::dip::{CoefficientValue, PointKind, PointValue};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::words::{D, point_kind_name};
use crate::components::{Check, Choice, Kind, Pick, TextField};
use crate::hooks::{Edit, Editor, setter, use_lang, within};
use crate::i18n::Lang;
use crate::preview::form::{AuxiliaryText, OWN_POINT, PaymentForm, Point, Special};
use crate::preview::words::P;

#[derive(Properties, PartialEq)]
pub struct DipPaymentFieldsProps {
    pub form: PaymentForm,
    /// What the catalogue says of its points.
    pub points: Vec<PointValue>,
    pub hospitals: Vec<CoefficientValue>,
    pub editor: Editor<PaymentForm>,
}

/// What a stay cost, and what a score is worth.
#[component]
pub fn DipPaymentFields(props: &DipPaymentFieldsProps) -> Html {
    let lang = use_lang();
    let DipPaymentFieldsProps { form, editor, .. } = props;
    let field = |id: &'static str, label: AttrValue, kind, value: &String, set: fn(&mut PaymentForm, String)| {
        html! { <TextField {id} {kind} {label} value={value.clone()} onchange={setter(editor, set)} /> }
    };
    html! {
        <>
            <p class="hint">{ D::PaymentHint.say(lang) }</p>
            <div class="pair">
                { field("pay-cost", P::PayCost.say(lang).into(), Kind::Money, &form.cost, |f, t| f.cost = t) }
                { field("pay-peer", D::PeerQ.say(lang).into(), Kind::Money, &form.peer, |f, t| f.peer = t) }
                { field("pay-coefficient", D::CoefficientQ.say(lang).into(), Kind::Percent, &form.coefficient, |f, t| f.coefficient = t) }
                { field("pay-patient", P::PayPatient.say(lang).into(), Kind::Money, &form.patient, |f, t| f.patient = t) }
            </div>
            if !props.hospitals.is_empty() {
                { hospital(form, &props.hospitals, editor, lang) }
            }
            <PointFields
                form={form.point.clone()} points={props.points.clone()}
                editor={within(editor, |f: &mut PaymentForm| Some(&mut f.point))}
            />
            <fieldset class="field">
                <legend>{ D::AuxiliaryLegend.say(lang) }</legend>
                <p class="hint">{ D::AuxiliaryHint.say(lang) }</p>
                { for [0_usize, 1].map(|at| auxiliary(form, at, editor, lang)) }
            </fieldset>
            <SpecialFields form={form.special.clone()} editor={within(editor, |f: &mut PaymentForm| Some(&mut f.special))} />
        </>
    }
}

/// One of the catalogue's coefficients, which one that is typed goes before.
fn hospital(form: &PaymentForm, known: &[CoefficientValue], editor: &Editor<PaymentForm>, lang: Lang) -> Html {
    let said = known.iter().map(|c| {
        let date = c.date.map_or_else(|| D::NoDate.say(lang).to_owned(), |date| date.to_string());
        let name = D::HospitalChoice.fill(lang, &[&c.label, &c.coefficient.to_string(), &c.source, &date]);
        Choice::new(c.label.clone(), c.label.clone(), name)
    });
    let none = Choice::new(String::new(), "", D::HospitalNone.say(lang));
    let choices: Vec<Choice<String>> = std::iter::once(none).chain(said).collect();
    html! {
        <Pick<String>
            id="pay-hospital" legend={D::HospitalQ.say(lang)} {choices} value={Some(form.hospital.clone())}
            onchange={setter(editor, |f: &mut PaymentForm, label| f.hospital = label)}
        />
    }
}

/// One type of the auxiliary catalogue and its factor.
fn auxiliary(form: &PaymentForm, at: usize, editor: &Editor<PaymentForm>, lang: Lang) -> Html {
    let Some(text) = form.auxiliary.get(at) else { return Html::default() };
    let edit = move |set: fn(&mut AuxiliaryText, String)| {
        editor.reform(move |text: String| {
            Edit::new(move |f: &mut PaymentForm| {
                if let Some(one) = f.auxiliary.get_mut(at) {
                    set(one, text);
                }
            })
        })
    };
    let onchange = edit(|one, kind| one.kind = kind).reform(|event: Event| {
        let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
        select.map(|s| s.value()).unwrap_or_default()
    });
    let number = (at + 1).to_string();
    let id = format!("pay-aux-{number}");
    let options = Type::all().map(|kind| {
        let name = lang.of(kind.title(), kind.word());
        html! { <option value={kind.word()} selected={text.kind == kind.word()}>{ name }</option> }
    });
    html! {
        <div class="pair" key={at}>
            <div class="field">
                <label for={id.clone()}>{ D::AuxiliaryType.fill(lang, &[&number]) }</label>
                <select id={id.clone()} data-testid={id} {onchange}>
                    <option value="" selected={text.kind.is_empty()}>{ D::AuxiliaryNone.say(lang) }</option>
                    { for options }
                </select>
            </div>
            <TextField
                id={if at == 0 { "pay-aux-factor-1" } else { "pay-aux-factor-2" }} kind={Kind::Percent}
                label={D::AuxiliaryFactor.fill(lang, &[&number])} value={text.factor.clone()}
                onchange={edit(|one, factor| one.factor = factor)}
            />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PointFieldsProps {
    form: Point,
    points: Vec<PointValue>,
    editor: Editor<Point>,
}

/// One of the catalogue's point values, or one's own with who says so.
#[component]
fn PointFields(props: &PointFieldsProps) -> Html {
    let lang = use_lang();
    let PointFieldsProps { form, points, editor } = props;
    let field = |id: &'static str, label: D, kind, value: &String, set: fn(&mut Point, String)| {
        html! { <TextField {id} {kind} label={label.say(lang)} value={value.clone()} onchange={setter(editor, set)} /> }
    };
    html! {
        <>
            { point_choice(form, points, editor, lang) }
            if form.label == OWN_POINT {
                <div class="pair">
                    { field("pay-point-yuan", D::PointYuanQ, Kind::Percent, &form.yuan, |p, t| p.yuan = t) }
                    <Pick<PointKind>
                        id="pay-point-kind" legend={D::PointKindQ.say(lang)} choices={point_kind_choices(lang)} value={Some(form.kind)}
                        onchange={setter(editor, |p: &mut Point, kind| p.kind = kind)}
                    />
                    { field("pay-point-source", D::PointSourceQ, Kind::Text, &form.source, |p, t| p.source = t) }
                    { field("pay-point-date", D::PointDateQ, Kind::Date, &form.date, |p, t| p.date = t) }
                </div>
            }
        </>
    }
}

/// One of the catalogue's point values, one's own, or none.
fn point_choice(form: &Point, points: &[PointValue], editor: &Editor<Point>, lang: Lang) -> Html {
    let published = points.iter().map(|point| {
        let name = D::PointChoice.fill(lang, &[&point.label, &point.yuan.to_string()]);
        Choice::new(point.label.clone(), point.label.clone(), name)
    });
    let choices: Vec<Choice<String>> = std::iter::once(Choice::new(String::new(), "", D::PointNone.say(lang)))
        .chain(published)
        .chain(std::iter::once(Choice::new(OWN_POINT.to_owned(), OWN_POINT, D::PointOwn.say(lang))))
        .collect();
    html! {
        <Pick<String>
            id="pay-point" legend={D::PointQ.say(lang)} {choices} value={Some(form.label.clone())}
            onchange={setter(editor, |p: &mut Point, label| p.label = label)}
        />
    }
}

/// How firm a point value can be.
pub fn point_kind_choices(lang: Lang) -> Vec<Choice<PointKind>> {
    let kinds = [(PointKind::Budget, "budget"), (PointKind::Forecast, "forecast"), (PointKind::Settled, "settled")];
    kinds.map(|(kind, word)| Choice::new(kind, word, point_kind_name(kind).say(lang))).to_vec()
}

#[derive(Properties, PartialEq)]
struct SpecialFieldsProps {
    form: Special,
    editor: Editor<Special>,
}

#[component]
fn SpecialFields(props: &SpecialFieldsProps) -> Html {
    let lang = use_lang();
    let SpecialFieldsProps { form, editor } = props;
    html! {
        <fieldset class="field">
            <legend>{ D::SpecialLegend.say(lang) }</legend>
            <TextField
                id="special-long-days" kind={Kind::Count} label={D::LongDaysQ.say(lang)} value={form.long_days.clone()}
                onchange={setter(editor, |s: &mut Special, t| s.long_days = t)}
            />
            <Check
                id="special-intensive" label={D::IntensiveQ.say(lang)} checked={form.intensive}
                onchange={setter(editor, |s: &mut Special, on| s.intensive = on)}
            />
            <Check
                id="special-novel" label={D::NovelQ.say(lang)} checked={form.novel}
                onchange={setter(editor, |s: &mut Special, on| s.novel = on)}
            />
        </fieldset>
    }
}

#[derive(Properties, PartialEq)]
pub struct DipTableFieldsProps {
    pub form: PaymentForm,
    /// What the catalogue says of its points.
    pub points: Vec<PointValue>,
    pub hospitals: Vec<CoefficientValue>,
    pub editor: Editor<PaymentForm>,
}

/// What a table takes for rows that do not say it themselves.
#[component]
pub fn DipTableFields(props: &DipTableFieldsProps) -> Html {
    let lang = use_lang();
    let DipTableFieldsProps { form, points, hospitals, editor } = props;
    let label = within(editor, |f: &mut PaymentForm| Some(&mut f.point));
    html! {
        <>
            <p class="hint">{ D::TableHint.say(lang) }</p>
            if !hospitals.is_empty() { { hospital(form, hospitals, editor, lang) } }
            if !points.is_empty() { { point_choice(&form.point, points, &label, lang) } }
            <div class="pair">
                <TextField
                    id="pay-coefficient" kind={Kind::Percent} label={D::CoefficientQ.say(lang)} value={form.coefficient.clone()}
                    onchange={setter(editor, |f: &mut PaymentForm, t| f.coefficient = t)}
                />
                if form.point.is_own(points) {
                    <TextField
                        id="pay-point-yuan" kind={Kind::Percent} label={D::PointYuanQ.say(lang)} value={form.point.yuan.clone()}
                        onchange={setter(editor, |f: &mut PaymentForm, t| f.point.yuan = t)}
                    />
                }
            </div>
        </>
    }
}
