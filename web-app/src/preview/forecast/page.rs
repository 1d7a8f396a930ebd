use std::rc::Rc;

use anxin_core::dip::PointKind;
use anxin_core::dispatch::{Call, Engine, RefusalOut, Reply};
use anxin_core::preview::{FigureOrigin, ForecastAnswer, ForecastLine};
use anxin_core::{RefusalCode, text};
use yew::prelude::*;

use super::form::{ELASTIC, Entry, Figure, ForecastForm, MONTH, POINT, POOL, SHARING, StepText, YEAR};
use super::read::{field_of, read};
use super::words::F;
use crate::components::{Check, Choice, FieldNote, FieldNotes, Kind, Pick, Radios, TextField};
use crate::hooks::{Edit, Editor, setter, use_lang, within};
use crate::i18n::{Lang, T};
use crate::preview::dip::point_kind_choices;
use crate::preview::form::Inputs;
use crate::preview::inputs::use_inputs;
use crate::preview::page::PreviewRooms;
use crate::preview::words;
use crate::services::browser;

/// A hospital's figures on one side, what comes of them on the other.
#[component]
pub fn Forecast() -> Html {
    let lang = use_lang();
    words::use_document_title(F::Title.say(lang));
    let (inputs, editor) = use_inputs();
    let editor = within(&editor, |i: &mut Inputs| Some(&mut i.forecast));
    let form = &inputs.forecast;
    let reading = read(form, lang);
    let outcome = reading.case.map(|case| ask(Call::ForecastDip(Box::new(case)), lang));
    let mut notes = reading.notes;
    if let Some(Err(refusal)) = &outcome
        && let Some(field) = field_of(&refusal.field)
    {
        notes.push(FieldNote { field: field.into(), code: refusal.code.code(), message: said(refusal) });
    }
    let example = editor.reform(|_: MouseEvent| Edit::new(ForecastForm::set_example));
    html! {
        <>
            <h1>{ F::Title.say(lang) }</h1>
            <p class="lead">{ F::Intro.say(lang) }</p>
            <p class="estimate-only" data-testid="stays-here">{ F::StaysHere.say(lang) }</p>
            <PreviewRooms />
            <div class="columns">
                <ContextProvider<FieldNotes> context={FieldNotes(Rc::new(notes))}>
                    <form class="questions" onsubmit={Callback::from(|e: SubmitEvent| e.prevent_default())}>
                        <div class="buttons">
                            <button type="button" class="secondary" data-testid="forecast-example" onclick={example}>{ F::Example.say(lang) }</button>
                        </div>
                        { point_fields(form, &editor, lang) }
                        { section("fc-month", F::MonthTitle, Some(F::MonthHint), figures(&MONTH, form, &editor), lang) }
                        { section("fc-year", F::YearTitle, Some(F::YearHint), year_fields(form, &editor, lang), lang) }
                    </form>
                </ContextProvider<FieldNotes>>
                <section class="result" id="result" tabindex="-1" aria-labelledby="result-title">
                    <h2 id="result-title">{ F::ResultTitle.say(lang) }</h2>
                    { result(outcome.as_ref(), lang) }
                </section>
            </div>
        </>
    }
}

/// A forecast needs no pack.
fn ask(call: Call, lang: Lang) -> Result<Box<ForecastAnswer>, RefusalOut> {
    match Engine::new().reply(call, Some(lang)) {
        Reply::ForecastDip(answer) => Ok(answer),
        Reply::Refused(refusal) => Err(refusal),
        // The reply to a call is of its kind where the program groups at all.
        _ => Err(RefusalOut {
            code: RefusalCode::NoGrouping,
            field: String::new(),
            accepted: String::new(),
            message: None,
        }),
    }
}

fn said(refusal: &RefusalOut) -> String {
    refusal.message.clone().unwrap_or_else(|| refusal.accepted.clone())
}

fn section(id: &'static str, title: F, hint: Option<F>, inner: Html, lang: Lang) -> Html {
    html! {
        <section aria-labelledby={format!("{id}-title")}>
            <h2 id={format!("{id}-title")}>{ title.say(lang) }</h2>
            if let Some(hint) = hint { <p class="hint">{ hint.say(lang) }</p> }
            { inner }
        </section>
    }
}

fn point_fields(form: &ForecastForm, editor: &Editor<ForecastForm>, lang: Lang) -> Html {
    let ways = [Choice::new(false, "said", F::PointSaid.say(lang)), Choice::new(true, "pool", F::PointPool.say(lang))];
    let inner = html! {
        <>
            <Radios<bool>
                id="fc-how" legend={F::PointHowQ.say(lang)} choices={ways.to_vec()} value={Some(form.pooled)}
                onchange={setter(editor, |f: &mut ForecastForm, pooled| f.pooled = pooled)}
            />
            if form.pooled {
                { figures(&POOL, form, editor) }
            } else {
                <Pick<PointKind>
                    id="fc-point-kind" legend={crate::preview::dip::D::PointKindQ.say(lang)} choices={point_kind_choices(lang)} value={Some(form.point_kind)}
                    onchange={setter(editor, |f: &mut ForecastForm, kind| f.point_kind = kind)}
                />
                { figures(&[POINT], form, editor) }
            }
        </>
    };
    section("fc-point-section", F::PointTitle, None, inner, lang)
}

fn year_fields(form: &ForecastForm, editor: &Editor<ForecastForm>, lang: Lang) -> Html {
    html! {
        <>
            { figures(&YEAR, form, editor) }
            <details class="fold" data-testid="fc-elastic">
                <summary><h2>{ F::ElasticTitle.say(lang) }</h2></summary>
                { figures(&ELASTIC, form, editor) }
            </details>
            <details class="fold" data-testid="fc-sharing-fields" open=true>
                <summary><h2>{ F::SharingTitle.say(lang) }</h2></summary>
                <p class="hint">{ F::SharingHint.say(lang) }</p>
                { steps("fc-surplus", F::Surplus, F::StepKept, &form.surplus, &within(editor, |f: &mut ForecastForm| Some(&mut f.surplus)), lang) }
                { steps("fc-overrun", F::Overrun, F::StepBorne, &form.overrun, &within(editor, |f: &mut ForecastForm| Some(&mut f.overrun)), lang) }
                <SourceFields id={SHARING} name={F::SharingSource.say(lang)} entry={form.entry(SHARING)} editor={entry(editor, SHARING)} />
            </details>
        </>
    }
}

fn steps(id: &'static str, name: F, share: F, all: &[StepText; 3], editor: &Editor<[StepText; 3]>, lang: Lang) -> Html {
    let step = |(n, text): (usize, &StepText)| {
        let one = within(editor, move |all: &mut [StepText; 3]| all.get_mut(n));
        html! {
            <fieldset class="field" key={n}>
                <legend>{ name.fill(lang, &[&(n + 1).to_string()]) }</legend>
                <div class="pair">
                    <TextField
                        id={format!("{id}-{n}-to")} kind={Kind::Percent} label={F::StepTo.say(lang)} value={text.up_to.clone()}
                        onchange={setter(&one, |s: &mut StepText, t| s.up_to = t)}
                    />
                    <TextField
                        id={format!("{id}-{n}-share")} kind={Kind::Percent} label={share.say(lang)} value={text.share.clone()}
                        onchange={setter(&one, |s: &mut StepText, t| s.share = t)}
                    />
                </div>
            </fieldset>
        }
    };
    all.iter().enumerate().map(step).collect()
}

fn entry(editor: &Editor<ForecastForm>, id: &'static str) -> Editor<Entry> {
    within(editor, move |f: &mut ForecastForm| Some(f.entries.entry(id).or_default()))
}

fn figures(all: &[Figure], form: &ForecastForm, editor: &Editor<ForecastForm>) -> Html {
    let one = |figure: &Figure| {
        html! { <FigureFields key={figure.id} figure={*figure} entry={form.entry(figure.id)} editor={entry(editor, figure.id)} /> }
    };
    all.iter().map(one).collect()
}

#[derive(Properties, PartialEq)]
struct FigureFieldsProps {
    figure: Figure,
    entry: Entry,
    editor: Editor<Entry>,
}

/// A figure, who says so and when, or that it is assumed.
#[component]
fn FigureFields(props: &FigureFieldsProps) -> Html {
    let lang = use_lang();
    let FigureFieldsProps { figure, entry, editor } = props;
    let title = text::forecast_title(figure.line, lang);
    let label = if figure.amount { F::YuanUnit.fill(lang, &[title]) } else { title.to_owned() };
    let kind = if figure.amount { Kind::Money } else { Kind::Percent };
    html! {
        <div class="figure-fields">
            <TextField
                id={figure.id} {kind} {label} value={entry.value.clone()}
                onchange={setter(editor, |e: &mut Entry, t| e.value = t)}
            />
            <SourceFields id={figure.id} name={title} entry={entry.clone()} editor={editor.clone()} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SourceFieldsProps {
    id: &'static str,
    name: &'static str,
    entry: Entry,
    editor: Editor<Entry>,
}

#[component]
fn SourceFields(props: &SourceFieldsProps) -> Html {
    let lang = use_lang();
    let SourceFieldsProps { id, entry, editor, .. } = props;
    // The group says whose source it is.
    html! {
        <div class="source-fields" role="group" aria-label={props.name}>
            <TextField
                id={format!("{id}-source")} kind={Kind::Text} label={F::SourceOf.say(lang)} value={entry.source.clone()}
                onchange={setter(editor, |e: &mut Entry, t| e.source = t)}
            />
            <TextField
                id={format!("{id}-date")} kind={Kind::Date} label={F::DateOf.say(lang)} value={entry.date.clone()}
                onchange={setter(editor, |e: &mut Entry, t| e.date = t)}
            />
            <Check
                id={format!("{id}-assumed")} label={F::AssumedOf.say(lang)} checked={entry.assumed}
                onchange={setter(editor, |e: &mut Entry, on| e.assumed = on)}
            />
        </div>
    }
}

fn result(outcome: Option<&Result<Box<ForecastAnswer>, RefusalOut>>, lang: Lang) -> Html {
    match outcome {
        None => html! { <p data-testid="forecast-empty">{ F::Empty.say(lang) }</p> },
        Some(Err(refusal)) => html! {
            <div class="notice failed" data-testid="refused" data-code={refusal.code.code()}>
                <strong>{ T::Refused.say(lang) }</strong>
                <p>{ said(refusal) }</p>
            </div>
        },
        Some(Ok(answer)) => told(answer, lang),
    }
}

fn told(answer: &ForecastAnswer, lang: Lang) -> Html {
    let sections = [
        ("point", F::PointTitle, &answer.point),
        ("month", F::MonthTitle, &answer.month),
        ("year", F::YearTitle, &answer.year),
    ];
    let notes = answer.notes.iter().filter_map(|note| note.text.clone());
    html! {
        <div data-testid="forecast">
            <p class="notice caution" data-testid="forecast-notice">{ answer.notice.clone() }</p>
            { for sections.into_iter().filter(|(.., lines)| !lines.is_empty()).map(|(id, title, lines)| table(id, title, lines, lang)) }
            <ul data-testid="forecast-notes">{ for notes.map(|text| html! { <li>{ text }</li> }) }</ul>
            <p class="buttons">
                <button type="button" class="secondary" data-testid="print" onclick={Callback::from(|_: MouseEvent| browser::print())}>
                    { words::P::Print.say(lang) }
                </button>
            </p>
        </div>
    }
}

fn table(id: &'static str, title: F, lines: &[ForecastLine], lang: Lang) -> Html {
    let heads = [F::ColFigure, F::ColValue, F::ColHow];
    html! {
        <section key={id}>
            <h3 id={format!("forecast-{id}-title")}>{ title.say(lang) }</h3>
            <div class="scroll" tabindex="0" role="group" aria-labelledby={format!("forecast-{id}-title")}>
                <table class="forecast" data-testid={format!("forecast-{id}")}>
                    <thead><tr>{ for heads.map(|head| html! { <th scope="col">{ head.say(lang) }</th> }) }</tr></thead>
                    <tbody>{ for lines.iter().map(|line| row(id, line, lang)) }</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(section: &str, line: &ForecastLine, lang: Lang) -> Html {
    let word = serde_json::to_string(&line.id).unwrap_or_default();
    let mark = match line.origin {
        FigureOrigin::Computed if line.rule_assumed => Some(F::MarkAssumed),
        FigureOrigin::Assumed => Some(F::MarkAssumed),
        FigureOrigin::LeftOut => Some(F::MarkLeftOut),
        FigureOrigin::Unknown => Some(F::MarkUnknown),
        FigureOrigin::Given | FigureOrigin::Computed => None,
    };
    let value = match (line.fen, line.rate) {
        (Some(fen), _) => F::Yuan.fill(lang, &[&fen.yuan_grouped().to_string()]),
        (_, Some(rate)) => rate.get().normalize().to_string(),
        _ => F::MarkUnknown.say(lang).to_owned(),
    };
    let computed = line.origin == FigureOrigin::Computed;
    html! {
        <tr
            class={computed.then_some("computed")} data-testid={format!("forecast-{section}-{}", word.trim_matches('"'))}
            data-fen={line.fen.map(|fen| fen.get().to_string())} data-rate={line.rate.map(|rate| rate.to_string())}
        >
            <th scope="row">
                { line.title.clone().unwrap_or_default() }
                if let Some(mark) = mark { { " " }<span class="tag caution">{ mark.say(lang) }</span> }
            </th>
            <td class="amount">{ value }</td>
            <td class="small">{ line.text.clone().unwrap_or_default() }</td>
        </tr>
    }
}
