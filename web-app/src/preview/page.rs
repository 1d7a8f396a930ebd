use std::rc::Rc;

use anxin_core::dispatch::RefusalOut;
use anxin_core::preview::{CodeOut, PricedRegionOut, RecordSource, SchemeKind, SchemeOut};
use yew::prelude::*;

use super::answer::{Answer, Case};
use super::codings::CodingFields;
use super::dip::{DipPaymentFields, DipResultView, dip_headline, dip_payment};
use super::fields::{SchemeFields, StayFields};
use super::form::Inputs;
use super::inputs::use_inputs;
use super::library::{Library, use_library};
use super::payment::{PaymentFields, Region, payment};
use super::read::{Reading, field_of, read};
use super::result::{ResultView, headline};
use super::waiting::Waiting;
use super::words::{self, P};
use crate::app::Route;
use crate::components::{FieldNote, FieldNotes, Rooms};
use crate::hooks::{Edit, Editor, use_lang, within};
use crate::i18n::{Lang, T};
use crate::model::Problem;
use crate::services::browser;

pub type Outcome = Option<Result<Answer, RefusalOut>>;

/// One record: what is known of the stay on one side, its group and why on the other.
#[component]
pub fn Preview() -> Html {
    let lang = use_lang();
    words::use_title(P::PreviewTitle);
    let (inputs, editor) = use_inputs();
    let Some(handle) = use_library() else { return Html::default() };
    let library = &handle.library;
    let kind = library.kind(&inputs.scheme);
    let reading = read(&inputs, kind, &inputs.coding, true);
    let ready = library.is_ready(&inputs.scheme);
    let outcome: Outcome = reading.case.as_ref().filter(|_| ready).map(|case| library.group(case, lang));
    let answer = outcome.as_ref().and_then(|o| o.as_ref().ok());
    let notes = FieldNotes(Rc::new(notes_of(&reading, outcome.as_ref(), lang)));
    let scheme = library.scheme(&inputs.scheme);
    html! {
        <>
            <h1>{ P::PreviewTitle.say(lang) }</h1>
            <p class="lead">{ P::PreviewIntro.say(lang) }</p>
            <p class="estimate-only" data-testid="stays-here">{ P::StaysHere.say(lang) }</p>
            <PreviewRooms />
            <Waiting handle={handle.clone()} scheme={inputs.scheme.clone()} />
            <div class="columns">
                <ContextProvider<FieldNotes> context={notes}>
                    <form class="questions" onsubmit={Callback::from(|e: SubmitEvent| e.prevent_default())}>
                        { buttons(&editor, kind, lang) }
                        <section aria-labelledby="scheme-title">
                            <h2 id="scheme-title">{ P::SectionScheme.say(lang) }</h2>
                            <SchemeFields
                                inputs={(*inputs).clone()} schemes={library.schemes(lang)} left_out={library.left_out(&inputs.scheme, lang)} scheme={scheme.clone()}
                                editor={editor.clone()}
                            />
                        </section>
                        <section aria-labelledby="stay-title">
                            <h2 id="stay-title">{ P::SectionStay.say(lang) }</h2>
                            <StayFields
                                stay={inputs.stay.clone()} {kind} wards={scheme.as_ref().map(|s| s.wards.clone()).unwrap_or_default()}
                                editor={editor.clone()}
                            />
                        </section>
                        <CodingFields
                            coding={inputs.coding.clone()} {kind} answer={answer.cloned()}
                            editor={within(&editor, |i: &mut Inputs| Some(&mut i.coding))}
                        />
                        <details class="fold" id="payment-fields" data-testid="payment-fields">
                            <summary><h2>{ P::SectionPayment.say(lang) }</h2></summary>
                            { payment_fields(&inputs, kind, library, &editor, lang) }
                        </details>
                    </form>
                </ContextProvider<FieldNotes>>
                <section class="result" id="result" tabindex="-1" aria-labelledby="result-title">
                    <h2 id="result-title">{ P::ResultTitle.say(lang) }</h2>
                    <div aria-live="polite" aria-atomic="true">{ first_word(&reading, outcome.as_ref(), lang) }</div>
                    if let Some(answer) = answer {
                        if inputs.source == RecordSource::FrontPage { { principals(answer.principal(), lang) } }
                        { told(answer, reading.case.as_ref(), scheme, library, lang) }
                        <p class="buttons">
                            <button type="button" class="secondary" data-testid="print" onclick={Callback::from(|_: MouseEvent| browser::print())}>
                                { P::Print.say(lang) }
                            </button>
                        </p>
                    }
                </section>
            </div>
        </>
    }
}

/// The views of the room.
#[component]
pub fn PreviewRooms() -> Html {
    let lang = use_lang();
    let ways = [
        (Route::Preview, P::RoomOne),
        (Route::PreviewCompare, P::RoomCompare),
        (Route::PreviewBatch, P::RoomBatch),
        (Route::PreviewForecast, P::RoomForecast),
        (Route::PreviewImport, P::RoomImport),
    ];
    let ways: Vec<_> = ways.into_iter().map(|(route, name)| (route, name.say(lang))).collect();
    html! { <Rooms label={P::RoomsLabel.say(lang)} {ways} /> }
}

/// By what the group is paid: a region's weights, or a catalogue's points.
fn payment_fields(inputs: &Inputs, kind: SchemeKind, library: &Library, editor: &Editor<Inputs>, lang: Lang) -> Html {
    let (form, editor) = (inputs.payment.clone(), within(editor, |i: &mut Inputs| Some(&mut i.payment)));
    match kind {
        SchemeKind::Drg => html! {
            <>
                <p class="hint">{ P::PaymentHint.say(lang) }</p>
                <PaymentFields {form} regions={named_regions(library, &inputs.scheme, lang)} {editor} />
            </>
        },
        SchemeKind::Dip => {
            let (points, hospitals) = (library.points(&inputs.scheme), library.hospitals(&inputs.scheme));
            html! { <DipPaymentFields {form} {points} {hospitals} {editor} /> }
        }
    }
}

/// Tables of weights of a scheme, with what each is called.
pub fn named_regions(library: &Library, scheme: &str, lang: Lang) -> Vec<Region> {
    let named = |region: PricedRegionOut| Region { name: region.name.of(lang).to_owned(), region };
    library.prices(scheme).into_iter().map(named).collect()
}

/// Why, and what that is paid.
fn told(answer: &Answer, case: Option<&Case>, scheme: Option<SchemeOut>, library: &Library, lang: Lang) -> Html {
    match answer {
        Answer::Drg(answer) => html! {
            <>
                <ResultView answer={(**answer).clone()} {scheme} />
                if let Some(paid) = &answer.payment { { payment(paid, lang) } }
            </>
        },
        Answer::Dip(answer) => {
            let score = answer.score.as_ref();
            let payment = case.and_then(|case| match case {
                Case::Dip(case) => case.payment.as_ref(),
                Case::Drg(_) => None,
            });
            let patient = payment.and_then(|p| p.patient_paid_fen);
            let lines = score.and_then(|s| library.lines(&answer.scheme.id, s.group_score.unwrap_or_default()));
            html! {
                <>
                    <DipResultView answer={(**answer).clone()} {scheme} />
                    if let Some(score) = score { { dip_payment(score, patient, lines, answer.notice.as_deref(), lang) } }
                </>
            }
        }
    }
}

fn buttons(editor: &Editor<Inputs>, kind: SchemeKind, lang: Lang) -> Html {
    let example = editor.reform(move |_: MouseEvent| Edit::new(move |i: &mut Inputs| i.set_example(kind)));
    let afresh = editor.reform(|_: MouseEvent| Edit::new(Inputs::clear));
    html! {
        <div class="buttons">
            <button type="button" class="secondary" data-testid="example" onclick={example}>{ P::Example.say(lang) }</button>
            <button type="button" class="plain" data-testid="afresh" onclick={afresh}>{ P::Afresh.say(lang) }</button>
        </div>
    }
}

/// What is wrong with fields, by the reading and by the core.
pub fn notes_of(reading: &Reading, outcome: Option<&Result<Answer, RefusalOut>>, lang: Lang) -> Vec<FieldNote> {
    let note =
        |p: &Problem| FieldNote { field: p.field.clone(), code: p.code.code(), message: p.text.say(lang).to_owned() };
    let mut notes: Vec<FieldNote> = reading.problems.iter().map(note).collect();
    if let Some(Err(refusal)) = outcome
        && let Some(field) = field_of(&refusal.field)
    {
        notes.push(FieldNote { field: field.into(), code: refusal.code.code(), message: said(refusal) });
    }
    notes
}

fn said(refusal: &RefusalOut) -> String {
    refusal.message.clone().unwrap_or_else(|| refusal.accepted.clone())
}

fn first_word(reading: &Reading, outcome: Option<&Result<Answer, RefusalOut>>, lang: Lang) -> Html {
    match outcome {
        Some(Ok(Answer::Drg(answer))) => headline(answer),
        Some(Ok(Answer::Dip(answer))) => dip_headline(answer),
        Some(Err(refusal)) => html! {
            <div class="notice failed" data-testid="refused" data-code={refusal.code.code()}>
                <strong>{ T::Refused.say(lang) }</strong>
                <p>{ said(refusal) }</p>
                <p class="small">{ T::ErrorCode.say(lang) }{ " " }<code>{ refusal.code.code() }</code></p>
            </div>
        },
        None if !reading.problems.is_empty() => html! {
            <p data-testid="result-fix">{ T::ResultFix.fill(lang, &[&reading.problems.len().to_string()]) }</p>
        },
        None if !reading.missing.is_empty() => html! {
            <div data-testid="result-empty">
                <p>{ P::Empty.say(lang) }</p>
                <ul class="todo">{ for reading.missing.iter().map(|field| missing(field, lang)) }</ul>
            </div>
        },
        None => Html::default(),
    }
}

fn missing(field: &'static str, lang: Lang) -> Html {
    let name = if field == "gend" { P::SexQ } else { P::SearchDiagnosis };
    let go = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        browser::focus(field);
    });
    html! { <li key={field}><a href={format!("#{field}")} onclick={go}>{ name.say(lang) }</a></li> }
}

/// 病案首页 and 结算清单 write the principal in two editions.
fn principals(principal: Option<&CodeOut>, lang: Lang) -> Html {
    let Some(principal) = principal else { return Html::default() };
    let read = principal.code.clone().unwrap_or_else(|| P::NoName.say(lang).into());
    html! {
        <dl class="figures principals" data-testid="principals">
            <div><dt>{ P::PrincipalFront.say(lang) }</dt><dd>{ principal.recorded.clone() }</dd></div>
            <div><dt>{ P::PrincipalList.say(lang) }</dt><dd>{ read }{ " " }{ principal.name.clone().unwrap_or_default() }</dd></div>
        </dl>
    }
}
