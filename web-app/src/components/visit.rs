use anxin_core::benefit::Birth;
use anxin_core::rules::{Area, Binding, Dim, Filing, Level, Ward};
use yew::prelude::*;

use super::who::optional;
use super::{BillFields, Check, Choice, Kind, Pick, Radios, TextField};
use crate::hooks::{Editor, setter, use_lang, use_library, within};
use crate::i18n::{self, Lang, T};
use crate::model::{VisitForm, VisitKind, areas, filings};

#[derive(Properties, PartialEq)]
pub struct VisitFieldsProps {
    /// Put before every id; empty on the first page.
    #[prop_or_default]
    pub prefix: AttrValue,
    pub region: AttrValue,
    pub visit: VisitForm,
    pub editor: Editor<VisitForm>,
}

impl VisitFieldsProps {
    fn id(&self, field: &str) -> String {
        format!("{}{field}", self.prefix)
    }
}

/// Everything about one visit: its kind, the institution, the days, the bill.
#[component]
pub fn VisitFields(props: &VisitFieldsProps) -> Html {
    let lang = use_lang();
    let VisitFieldsProps { visit, editor, .. } = props;
    let kinds: Vec<Choice<VisitKind>> =
        VisitKind::ALL.into_iter().map(|k| Choice::new(k, k.word(), i18n::kind(k).say(lang))).collect();
    html! {
        <>
            <Pick<VisitKind>
                id={props.id("kind")} legend={T::KindQ.say(lang)} choices={kinds} value={Some(visit.kind)}
                onchange={setter(editor, |v: &mut VisitForm, kind| v.kind = kind)}
            />
            if visit.kind == VisitKind::SpecialOutpatient {
                <DiseaseField prefix={props.prefix.clone()} region={props.region.clone()} visit={visit.clone()} editor={editor.clone()} />
            }
            if visit.kind.has_bill() {
                <LevelField prefix={props.prefix.clone()} region={props.region.clone()} visit={visit.clone()} editor={editor.clone()} />
            }
            if visit.kind != VisitKind::Maternity {
                { place_fields(props, lang) }
            }
            { day_fields(props, lang) }
            if visit.kind.is_stay() {
                { stay_fields(props, lang) }
            }
            if matches!(visit.kind, VisitKind::Outpatient | VisitKind::SpecialDrug) {
                { binding_field(props, lang) }
            }
            if visit.kind == VisitKind::Maternity {
                { maternity_fields(props, lang) }
            }
            if visit.kind == VisitKind::SecondPay {
                <TextField
                    id={props.id("second-own")} label={T::SecondOwnQ.say(lang)} hint={T::SecondOwnHint}
                    value={visit.second_own.clone()}
                    onchange={setter(editor, |v: &mut VisitForm, text| v.second_own = text)}
                />
            }
            if visit.kind.has_bill() {
                <BillFields
                    prefix={props.prefix.clone()} bill={visit.bill.clone()}
                    editor={within(editor, |v: &mut VisitForm| Some(&mut v.bill))}
                />
            }
        </>
    }
}

#[component]
fn LevelField(props: &VisitFieldsProps) -> Html {
    let lang = use_lang();
    let levels = use_library().and_then(|h| h.library.region(&props.region).map(|r| r.levels.clone()));
    let levels = levels.unwrap_or_default().into_iter();
    let levels: Vec<Choice<Level>> = levels.map(|l| Choice::new(l, l.word(), i18n::level(l).say(lang))).collect();
    let hint = if levels.is_empty() { T::LevelNeedsRegion } else { T::LevelHint };
    html! {
        <Radios<Level>
            id={props.id("level")} legend={T::LevelQ.say(lang)} {hint} choices={levels}
            value={props.visit.level}
            onchange={setter(&props.editor, |v: &mut VisitForm, level| v.level = Some(level))}
        />
    }
}

#[component]
fn DiseaseField(props: &VisitFieldsProps) -> Html {
    let lang = use_lang();
    let diseases = use_library().map(|h| h.library.diseases(&props.region)).unwrap_or_default();
    if diseases.is_empty() {
        return html! { <p class="notice" id={props.id("disease")}>{ T::DiseaseNone.say(lang) }</p> };
    }
    let diseases: Vec<Choice<String>> = diseases.into_iter().map(|d| Choice::new(d.clone(), d.clone(), d)).collect();
    html! {
        <Pick<String>
            id={props.id("disease")} legend={T::DiseaseQ.say(lang)} hint={T::DiseaseHint} choices={diseases}
            value={Some(props.visit.disease.clone())}
            onchange={setter(&props.editor, |v: &mut VisitForm, disease| v.disease = disease)}
        />
    }
}

fn place_fields(props: &VisitFieldsProps, lang: Lang) -> Html {
    let VisitFieldsProps { visit, editor, .. } = props;
    html! {
        <>
            <Radios<Area>
                id={props.id("area")} legend={T::AreaQ.say(lang)} choices={area_choices(lang)} value={Some(visit.area)}
                onchange={setter(editor, VisitForm::set_area)}
            />
            if visit.area != Area::Local {
                <Radios<Filing>
                    id={props.id("filing")} legend={T::FilingQ.say(lang)} choices={filing_choices(visit.area, lang)}
                    value={Some(visit.filing)} onchange={setter(editor, |v: &mut VisitForm, filing| v.filing = filing)}
                />
            }
        </>
    }
}

pub fn area_choices(lang: Lang) -> Vec<Choice<Area>> {
    areas().map(|a| Choice::new(a, a.word(), i18n::area(a).say(lang))).collect()
}

pub fn filing_choices(area: Area, lang: Lang) -> Vec<Choice<Filing>> {
    filings(area).map(|f| Choice::new(f, f.word(), i18n::filing(f).say(lang))).collect()
}

fn day_fields(props: &VisitFieldsProps, lang: Lang) -> Html {
    let VisitFieldsProps { visit, editor, .. } = props;
    let stay = visit.kind.is_stay();
    let label = if stay { T::DischargedQ } else { T::VisitDayQ };
    html! {
        <div class="pair">
            if stay {
                <TextField
                    id={props.id("admitted")} kind={Kind::Date} label={optional(T::AdmittedQ, lang)}
                    value={visit.admitted.clone()}
                    onchange={setter(editor, |v: &mut VisitForm, text| v.admitted = text)}
                />
            }
            <TextField
                id={props.id("on")} kind={Kind::Date} label={label.say(lang)} hint={stay.then_some(T::DischargedHint)}
                value={visit.on.clone()} onchange={setter(editor, |v: &mut VisitForm, text| v.on = text)}
            />
        </div>
    }
}

fn stay_fields(props: &VisitFieldsProps, lang: Lang) -> Html {
    let VisitFieldsProps { visit, editor, .. } = props;
    let wards: Vec<Choice<Ward>> =
        Ward::WORDS.iter().map(|(w, word)| Choice::new(*w, *word, i18n::ward(*w).say(lang))).collect();
    html! {
        <>
            <TextField
                id={props.id("nth")} kind={Kind::Count} label={optional(T::NthQ, lang)} hint={T::NthHint}
                value={visit.nth.clone()} onchange={setter(editor, |v: &mut VisitForm, text| v.nth = text)}
            />
            <Radios<Ward>
                id={props.id("ward")} legend={T::WardQ.say(lang)} choices={wards} value={Some(visit.ward)}
                onchange={setter(editor, |v: &mut VisitForm, ward| v.ward = ward)}
            />
            <Check
                id={props.id("transferred")} label={T::TransferCheck.say(lang)} hint={T::TransferHint}
                checked={visit.transferred} onchange={setter(editor, |v: &mut VisitForm, on| v.transferred = on)}
            />
            if visit.transferred {
                <TextField
                    id={props.id("transfer-paid")} label={T::TransferPaid.say(lang)} value={visit.transfer_paid.clone()}
                    onchange={setter(editor, |v: &mut VisitForm, text| v.transfer_paid = text)}
                />
            }
        </>
    }
}

fn binding_field(props: &VisitFieldsProps, lang: Lang) -> Html {
    let choices: Vec<Choice<Binding>> =
        Binding::WORDS.iter().map(|(b, word)| Choice::new(*b, *word, i18n::binding(*b).say(lang))).collect();
    html! {
        <Radios<Binding>
            id={props.id("binding")} legend={T::BindingQ.say(lang)} {choices} value={Some(props.visit.binding)}
            onchange={setter(&props.editor, |v: &mut VisitForm, binding| v.binding = binding)}
        />
    }
}

const BIRTHS: [(Birth, &str); 4] = [
    (Birth::Delivery, "delivery"),
    (Birth::MiscarriageUnderFourMonths, "miscarriage_under_four_months"),
    (Birth::MiscarriageFromFourMonths, "miscarriage_from_four_months"),
    (Birth::MiscarriageFromSevenMonths, "miscarriage_from_seven_months"),
];

fn maternity_fields(props: &VisitFieldsProps, lang: Lang) -> Html {
    let VisitFieldsProps { visit, editor, .. } = props;
    let births: Vec<Choice<Birth>> =
        BIRTHS.iter().map(|(b, word)| Choice::new(*b, *word, i18n::birth(*b).say(lang))).collect();
    html! {
        <>
            <TextField
                id={props.id("wage")} label={T::WageQ.say(lang)} hint={T::TotalHint} value={visit.maternity.wage.clone()}
                onchange={setter(editor, |v: &mut VisitForm, text| v.maternity.wage = text)}
            />
            <Radios<Birth>
                id={props.id("birth")} legend={T::BirthQ.say(lang)} choices={births} value={Some(visit.maternity.birth)}
                onchange={setter(editor, |v: &mut VisitForm, birth| v.maternity.birth = birth)}
            />
            if visit.maternity.birth == Birth::Delivery {
                <Check
                    id={props.id("dystocia")} label={T::DystociaCheck.say(lang)} checked={visit.maternity.dystocia}
                    onchange={setter(editor, |v: &mut VisitForm, on| v.maternity.dystocia = on)}
                />
                <TextField
                    id={props.id("children")} kind={Kind::Count} label={optional(T::ChildrenQ, lang)}
                    value={visit.maternity.children.clone()}
                    onchange={setter(editor, |v: &mut VisitForm, text| v.maternity.children = text)}
                />
            }
        </>
    }
}
