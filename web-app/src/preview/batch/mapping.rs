use anxin_core::preview::SchemeKind;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::columns::{Column, Field, doubled, is_for, is_personal, lacking};
use super::file::{Format, Opened};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::preview::words::P;

#[derive(Properties, PartialEq)]
pub struct MappingProps {
    pub opened: Opened,
    pub kind: SchemeKind,
    pub within: u16,
    pub ready: bool,
    pub onsheet: Callback<usize>,
    pub onwithin: Callback<u16>,
    pub onchange: Callback<Vec<Column>>,
    pub onstart: Callback<MouseEvent>,
}

/// Which column is what, guessed and put right.
#[component]
pub fn Mapping(props: &MappingProps) -> Html {
    let lang = use_lang();
    let columns = &props.opened.columns;
    let rows = columns.iter().enumerate().map(|(at, column)| row(props, at, column, lang));
    let (lacking, doubled) = (lacking(columns, props.kind), doubled(columns));
    let names = |fields: &[Field]| {
        let names: Vec<&str> = fields.iter().map(|f| name(*f).say(lang)).collect();
        names.join(lang.of("、", ", "))
    };
    let absent: Vec<Field> = Field::all()
        .filter(|f| is_worth_having(*f, props.kind) && !columns.iter().any(|c| c.field == Some(*f)))
        .collect();
    let blocked = !props.ready || !lacking.is_empty() || !doubled.is_empty();
    let heads = [P::ColHeader, P::ColSample, P::ColField, P::ColKeep];
    html! {
        <section data-testid="mapping">
            <h2 id="mapping-title">{ P::MappingTitle.say(lang) }</h2>
            <p>{ P::MappingHint.say(lang) }</p>
            { source(props, lang) }
            <div class="scroll" tabindex="0" role="region" aria-labelledby="mapping-title">
                <table class="mapping">
                    <thead><tr>{ for heads.map(|head| html! { <th scope="col">{ head.say(lang) }</th> }) }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            if !lacking.is_empty() {
                <p class="error" data-testid="mapping-lacking">{ P::MappingLacking.fill(lang, &[&names(&lacking)]) }</p>
            }
            if !doubled.is_empty() {
                <p class="error" data-testid="mapping-doubled">{ P::MappingDoubled.fill(lang, &[&names(&doubled)]) }</p>
            }
            if !absent.is_empty() {
                <p class="notice caution" data-testid="mapping-absent">{ P::MappingAbsent.fill(lang, &[&names(&absent)]) }</p>
            }
            if can_look_back(columns) { { within(props, lang) } }
            <button type="button" data-testid="batch-start" disabled={blocked} onclick={props.onstart.clone()}>{ P::Start.say(lang) }</button>
        </section>
    }
}

/// What was opened and how it is read; of a workbook, which sheet.
fn source(props: &MappingProps, lang: Lang) -> Html {
    let opened = &props.opened;
    let file = opened.file.name();
    let about = match &opened.format {
        Format::Text { encoding, .. } => P::Encoding.fill(lang, &[&file, encoding]),
        Format::Workbook { .. } => P::FileOf.fill(lang, &[&file, &opened.header.to_string()]),
    };
    let onsheet = props.onsheet.clone();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
        if let Some(sheet) = select.and_then(|s| s.value().parse().ok()) {
            onsheet.emit(sheet);
        }
    });
    let options = opened.sheets.iter().map(|(at, name)| {
        let selected = opened.format == Format::Workbook { sheet: *at };
        html! { <option value={at.to_string()} {selected}>{ name.clone() }</option> }
    });
    html! {
        <>
            <p class="small" data-testid="encoding">{ about }</p>
            if opened.sheets.len() > 1 {
                <p>
                    <label for="batch-sheet">{ P::SheetQ.say(lang) }</label>{ " " }
                    <select id="batch-sheet" data-testid="batch-sheet" {onchange}>{ for options }</select>
                </p>
            }
        </>
    }
}

/// Whether the table tells one person's stays apart.
fn can_look_back(columns: &[Column]) -> bool {
    let has = |field| columns.iter().any(|c| c.field == Some(field));
    has(Field::Person) && has(Field::Admitted) && has(Field::Discharged)
}

fn within(props: &MappingProps, lang: Lang) -> Html {
    let onwithin = props.onwithin.clone();
    let onchange = Callback::from(move |event: Event| {
        let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        if let Some(days) = input.and_then(|i| i.value().parse().ok()).filter(|days| *days <= WITHIN_MAX) {
            onwithin.emit(days);
        }
    });
    html! {
        <p>
            <label for="batch-within">{ P::WithinQ.say(lang) }</label>
            <span class="hint" id="batch-within-hint">{ P::WithinHint.say(lang) }</span>
            <input
                type="number" id="batch-within" data-testid="batch-within" min="0" max={WITHIN_MAX.to_string()} step="1"
                value={props.within.to_string()} aria-describedby="batch-within-hint" {onchange}
            />
        </p>
    }
}

const WITHIN_MAX: u16 = 365;

/// Columns whose absence keeps something from being checked or shown.
fn is_worth_having(field: Field, kind: SchemeKind) -> bool {
    let by_points =
        matches!(field, Field::Stay | Field::PeerAverage | Field::Coefficient | Field::PointValue | Field::Auxiliary);
    let worth = matches!(
        field,
        Field::Id
            | Field::Department
            | Field::Age
            | Field::AgeDays
            | Field::BirthWeight
            | Field::Ventilation
            | Field::Cost
            | Field::Operations
            | Field::Person
            | Field::Admitted
            | Field::Discharged
            | Field::OperationDays
            | Field::FeePart
            | Field::FundPaid
            | Field::PersonPaid
    );
    is_for(field, kind) && (worth || kind == SchemeKind::Dip && by_points)
}

fn row(props: &MappingProps, at: usize, column: &Column, lang: Lang) -> Html {
    let change = |set: fn(&mut Column, Event)| {
        let (columns, onchange) = (props.opened.columns.clone(), props.onchange.clone());
        Callback::from(move |event: Event| {
            let mut columns = columns.clone();
            if let Some(column) = columns.get_mut(at) {
                set(column, event);
            }
            onchange.emit(columns);
        })
    };
    let choose = change(|column, event| {
        let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
        let word = select.map(|s| s.value()).unwrap_or_default();
        column.field = Field::all().find(|f| f.word() == word);
    });
    let keep = change(|column, event| {
        let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        column.keep = input.is_some_and(|i| i.checked());
    });
    let personal = is_personal(&column.header);
    let sample = props.opened.samples.get(at).cloned().unwrap_or_default();
    let options = Field::all().filter(|field| is_for(*field, props.kind) || column.field == Some(*field)).map(|field| {
        html! { <option value={field.word()} selected={column.field == Some(field)}>{ name(field).say(lang) }</option> }
    });
    html! {
        <tr key={at}>
            <th scope="row">{ column.header.clone() }</th>
            <td class="small">{ if personal { P::SampleHidden.say(lang).to_owned() } else { sample } }</td>
            <td>
                <select id={format!("map-{at}")} data-testid={format!("map-{at}")} onchange={choose} aria-label={P::FieldOf.fill(lang, &[&column.header])}>
                    <option value="" selected={column.field.is_none()}>{ P::NotUsed.say(lang) }</option>
                    { for options }
                </select>
            </td>
            <td>
                <input
                    type="checkbox" id={format!("keep-{at}")} data-testid={format!("keep-{at}")} checked={column.keep} onchange={keep}
                    aria-label={P::KeepOf.fill(lang, &[&column.header])}
                />
            </td>
        </tr>
    }
}

fn name(field: Field) -> P {
    match field {
        Field::Id => P::FieldId,
        Field::Department => P::FieldDepartment,
        Field::Sex => P::SexQ,
        Field::Age => P::AgeQ,
        Field::AgeDays => P::AgeDaysQ,
        Field::BirthWeight => P::BirthWeightQ,
        Field::Stay => P::DaysQ,
        Field::Leaving => P::LeavingQ,
        Field::Ventilation => P::VentilationQ,
        Field::Cost => P::PayCost,
        Field::Principal => P::FieldPrincipal,
        Field::Diagnoses => P::FieldDiagnoses,
        Field::MainOperation => P::FieldMainOperation,
        Field::Operations => P::FieldOperations,
        Field::Person => P::FieldPerson,
        Field::Admitted => P::FieldAdmitted,
        Field::Discharged => P::FieldDischarged,
        Field::OperationDays => P::FieldOperationDays,
        Field::FeePart => P::FieldFeePart,
        Field::FundPaid => P::FieldFundPaid,
        Field::PersonPaid => P::PayPatient,
        Field::HospitalPaid => P::FieldHospitalPaid,
        Field::AccountPaid => P::FieldAccountPaid,
        Field::CashPaid => P::FieldCashPaid,
        Field::OperationClasses => P::FieldOperationClasses,
        Field::Track => P::TrackQ,
        Field::PeerAverage => P::FieldPeerAverage,
        Field::Coefficient => P::FieldCoefficient,
        Field::PointValue => P::FieldPointValue,
        Field::Auxiliary => P::FieldAuxiliary,
    }
}
