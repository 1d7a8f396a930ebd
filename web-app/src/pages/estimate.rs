use std::rc::Rc;

use anxin_core::benefit::{Answer, Case};
use anxin_core::dispatch::RefusalOut;
use anxin_core::rules::Region;
use yew::prelude::*;

use super::use_title;
use crate::components::{
    AccountFields, AnswerView, FieldNote, FieldNotes, Sentence, ShareBox, SoFarFields, VisitFields, Waiting, WhoFields,
    notes_of,
};
use crate::hooks::{Edit, Editor, blank, use_inputs, use_lang, use_library, within};
use crate::i18n::{Lang, T};
use crate::model::{Form, Inputs, Reading, field_of, read};
use crate::services::browser;
use crate::services::words::burden;

type Outcome = Option<(Case, Result<Answer, RefusalOut>)>;

/// One visit: the questions on one side, the answer on the other.
#[component]
pub fn Estimate() -> Html {
    let lang = use_lang();
    use_title(T::EstimateTitle);
    let (inputs, editor) = use_inputs();
    let Some(handle) = use_library() else { return Html::default() };
    let form = &inputs.form;
    let reading = read(form);
    let loaded = handle.library.is_loaded(&form.who.region);
    let outcome: Outcome = reading.case.clone().filter(|_| loaded).map(|case| {
        let answer = handle.library.estimate(&case, lang);
        (case, answer)
    });
    let notes = FieldNotes(Rc::new(all_notes(&reading, outcome.as_ref(), lang)));
    let region = handle.library.region(&form.who.region).cloned();
    html! {
        <>
            <h1>{ T::EstimateTitle.say(lang) }</h1>
            <p class="lead">{ T::EstimateIntro.say(lang) }</p>
            <p class="estimate-only" data-testid="estimate-only">{ T::EstimateOnly.say(lang) }</p>
            <Waiting handle={handle.clone()} region={form.who.region.clone()} />
            <div class="columns">
                <ContextProvider<FieldNotes> context={notes.clone()}>
                    { questions(form, region.as_ref(), &editor, lang) }
                </ContextProvider<FieldNotes>>
                <section class="result" id="result" tabindex="-1" aria-labelledby="result-title">
                    <h2 id="result-title">{ T::ResultTitle.say(lang) }</h2>
                    <div aria-live="polite" aria-atomic="true">
                        { headline(&reading, outcome.as_ref(), lang) }
                    </div>
                    if let Some((case, Ok(answer))) = &outcome {
                        <AnswerView answer={answer.clone()} case={case.clone()} region={region.clone()} />
                        <ShareBox inputs={inputs.clone()} />
                    }
                </section>
            </div>
            { phone_bar(outcome.as_ref(), lang) }
        </>
    }
}

fn all_notes(reading: &Reading, outcome: Option<&(Case, Result<Answer, RefusalOut>)>, lang: Lang) -> Vec<FieldNote> {
    let mut notes = notes_of(reading, lang);
    if let Some((case, Err(refusal))) = outcome
        && let Some(field) = field_of(&refusal.field, case)
    {
        notes.push(FieldNote { field, code: refusal.code.code(), message: said(refusal) });
    }
    notes
}

/// A refusal in the words of the core.
pub fn said(refusal: &RefusalOut) -> String {
    refusal.message.clone().unwrap_or_else(|| refusal.accepted.clone())
}

fn questions(form: &Form, region: Option<&Region>, editor: &Editor<Inputs>, lang: Lang) -> Html {
    let caution = region.and_then(|r| if lang == Lang::Zh { r.caution_zh.clone() } else { r.caution_en.clone() });
    let afresh = editor.reform(|_: MouseEvent| Edit::new(|i: &mut Inputs| *i = blank()));
    html! {
        <form class="questions" onsubmit={Callback::from(|e: SubmitEvent| e.prevent_default())}>
            <section aria-labelledby="who-title">
                <h2 id="who-title">{ T::SectionWho.say(lang) }</h2>
                if let Some(caution) = caution {
                    <div class="notice caution" data-testid="region-caution">
                        <strong>{ T::RegionCaution.say(lang) }</strong><p>{ caution }</p>
                    </div>
                }
                <WhoFields who={form.who.clone()} editor={within(editor, |i: &mut Inputs| Some(&mut i.form.who))} />
            </section>
            <section aria-labelledby="visit-title">
                <h2 id="visit-title">{ T::SectionVisit.say(lang) }</h2>
                <VisitFields
                    region={form.who.region.clone()} visit={form.visit.clone()}
                    editor={within(editor, |i: &mut Inputs| Some(&mut i.form.visit))}
                />
            </section>
            <details class="fold" id="so-far" data-testid="so-far">
                <summary><h2>{ T::SectionSoFar.say(lang) }</h2></summary>
                <SoFarFields
                    so_far={form.so_far.clone()} kind={form.visit.kind}
                    editor={within(editor, |i: &mut Inputs| Some(&mut i.form.so_far))}
                />
            </details>
            <details class="fold" id="accounts" data-testid="accounts">
                <summary><h2>{ T::SectionAccounts.say(lang) }</h2></summary>
                <AccountFields
                    accounts={form.accounts.clone()}
                    editor={within(editor, |i: &mut Inputs| Some(&mut i.form.accounts))}
                />
            </details>
            <button type="button" class="plain" data-testid="afresh" onclick={afresh}>{ T::StartAfresh.say(lang) }</button>
        </form>
    }
}

fn headline(reading: &Reading, outcome: Option<&(Case, Result<Answer, RefusalOut>)>, lang: Lang) -> Html {
    match outcome {
        Some((_, Ok(answer))) => html! { <Sentence answer={answer.clone()} /> },
        Some((_, Err(refusal))) => html! {
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
                <p>{ T::ResultEmpty.say(lang) }</p>
                <ul class="todo">{ for reading.missing.iter().filter_map(|field| missing(field, lang)) }</ul>
            </div>
        },
        None => Html::default(),
    }
}

/// A field that a result still needs, as a way to it.
fn missing(field: &str, lang: Lang) -> Option<Html> {
    let name = match field {
        "region" => T::Region,
        "level" => T::LevelQ,
        "on" => T::DischargedQ,
        "bill-total" => T::TotalQ,
        "slip-total" => T::SlipTotal,
        "line-add" => T::AddLine,
        "disease" => T::DiseaseQ,
        "wage" => T::WageQ,
        "second-own" => T::SecondOwnQ,
        cell if cell.starts_with("cat-") || cell.starts_with("line-") => T::ColAmount,
        _ => return None,
    };
    let id = field.to_owned();
    let go = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        browser::focus(&id);
    });
    Some(html! { <li key={field.to_owned()}><a href={format!("#{field}")} onclick={go}>{ name.say(lang) }</a></li> })
}

/// On a phone the answer is below the questions: a line at the foot keeps it in sight.
fn phone_bar(outcome: Option<&(Case, Result<Answer, RefusalOut>)>, lang: Lang) -> Html {
    let Some((_, Ok(answer))) = outcome else { return Html::default() };
    let go = Callback::from(|_: MouseEvent| browser::focus("result"));
    html! {
        <div class="phone-bar">
            <span>{ T::RowPerson.say(lang) }{ " " }<strong>{ burden(answer) }</strong></span>
            <button type="button" onclick={go}>{ T::GoToResult.say(lang) }</button>
        </div>
    }
}
