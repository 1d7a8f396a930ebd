use std::rc::Rc;

use anxin_core::benefit::YearAnswer;
use anxin_core::{Fen, RefusalCode};
use yew::prelude::*;

use super::estimate::said;
use super::use_title;
use crate::charts::{StackBar, parts};
use crate::components::{Badge, FieldNotes, VisitFields, Waiting, in_words, notes_of};
use crate::hooks::{Edit, Editor, setter, use_inputs, use_lang, use_library, within};
use crate::i18n::{self, Lang, T};
use crate::model::{Inputs, Reading, VISITS_MAX, VisitForm, move_item, read_year};
use crate::services::words::money;

/// Several visits of one year, each settled on top of the ones before.
#[component]
pub fn Year() -> Html {
    let lang = use_lang();
    use_title(T::YearTitle);
    let (inputs, editor) = use_inputs();
    let Some(handle) = use_library() else { return Html::default() };
    let readings = read_year(&inputs.form, &inputs.visits);
    let notes = FieldNotes(Rc::new(readings.iter().flat_map(|r| notes_of(r, lang)).collect()));
    let visits = inputs.visits.iter().enumerate().map(|(i, visit)| visit_card(&inputs, i, visit, &editor, lang));
    let loaded = handle.library.is_loaded(&inputs.form.who.region);
    let cases: Option<Vec<_>> = readings.iter().map(|r| r.case.clone()).collect();
    let year = cases.filter(|cases| !cases.is_empty() && loaded).map(|cases| handle.library.year(cases, lang));
    html! {
        <>
            <h1>{ T::YearTitle.say(lang) }</h1>
            <p class="lead">{ T::YearIntro.say(lang) }</p>
            <p class="estimate-only">{ T::EstimateOnly.say(lang) }</p>
            <Waiting handle={handle.clone()} region={inputs.form.who.region.clone()} />
            if inputs.visits.is_empty() {
                <p>{ T::YearEmpty.say(lang) }</p>
            }
            <ContextProvider<FieldNotes> context={notes}>
                <ol class="visits">{ for visits }</ol>
            </ContextProvider<FieldNotes>>
            if inputs.visits.len() < VISITS_MAX {
                <button type="button" data-testid="visit-add" onclick={setter(&editor, |i: &mut Inputs, _: MouseEvent| {
                    let next = i.visits.last().unwrap_or(&i.form.visit).clone();
                    i.visits.push(next);
                })}>
                    { if inputs.visits.is_empty() { T::AddVisitFirst } else { T::AddVisit }.say(lang) }
                </button>
            }
            <div aria-live="polite">
                { match year {
                    Some(Ok(year)) => totals(&year, lang),
                    Some(Err(refusal)) => refused(&said(&refusal), refusal.code, lang),
                    None => incomplete(&readings, lang),
                } }
            </div>
        </>
    }
}

fn refused(message: &str, code: RefusalCode, lang: Lang) -> Html {
    html! {
        <div class="notice failed" data-testid="refused" data-code={code.code()}>
            <strong>{ T::Refused.say(lang) }</strong>
            <p>{ message }</p>
            <p class="small">{ T::ErrorCode.say(lang) }{ " " }<code>{ code.code() }</code></p>
        </div>
    }
}

fn incomplete(readings: &[Reading], lang: Lang) -> Html {
    let first = readings.iter().position(|r| r.case.is_none());
    first.map_or_else(Html::default, |i| {
        html! { <p class="notice" data-testid="year-incomplete">{ T::YearIncomplete.fill(lang, &[&(i + 1).to_string()]) }</p> }
    })
}

fn visit_card(inputs: &Inputs, index: usize, visit: &VisitForm, editor: &Editor<Inputs>, lang: Lang) -> Html {
    let number = (index + 1).to_string();
    let part = within(editor, move |i: &mut Inputs| i.visits.get_mut(index));
    let mut words = vec![i18n::kind(visit.kind).say(lang).to_owned()];
    words.extend(visit.level.filter(|_| visit.kind.has_bill()).map(|l| i18n::level(l).say(lang).to_owned()));
    words.extend((!visit.on.is_empty()).then(|| visit.on.clone()));
    html! {
        <li key={index} class="card">
            <h2>{ T::StayNumber.fill(lang, &[&number]) }<span class="small">{ words.join(" · ") }</span></h2>
            <div class="buttons">
                { shift(index, false, inputs.visits.len(), editor, lang) }
                { shift(index, true, inputs.visits.len(), editor, lang) }
                <button
                    type="button" class="plain" data-testid={format!("visit-remove-{index}")}
                    aria-label={T::RemoveVisit.fill(lang, &[&number])}
                    onclick={editor.reform(move |_: MouseEvent| Edit::new(move |i: &mut Inputs| {
                        if index < i.visits.len() {
                            i.visits.remove(index);
                        }
                    }))}
                >
                    { T::Remove.say(lang) }
                </button>
            </div>
            <details open={index > 0}>
                <summary>{ T::EditVisit.say(lang) }</summary>
                <VisitFields
                    prefix={format!("v{index}-")} region={inputs.form.who.region.clone()} visit={visit.clone()}
                    editor={part}
                />
            </details>
        </li>
    }
}

fn shift(index: usize, down: bool, len: usize, editor: &Editor<Inputs>, lang: Lang) -> Html {
    let (name, label) = if down { (T::MoveDown, T::MoveDownItem) } else { (T::MoveUp, T::MoveUpItem) };
    let at_end = if down { index + 1 >= len } else { index == 0 };
    let onclick =
        editor.reform(move |_: MouseEvent| Edit::new(move |i: &mut Inputs| move_item(&mut i.visits, index, down)));
    html! {
        <button type="button" class="plain" disabled={at_end} aria-label={label.fill(lang, &[&(index + 1).to_string()])} {onclick}>
            { name.say(lang) }
        </button>
    }
}

fn totals(year: &YearAnswer, lang: Lang) -> Html {
    let settlements = || year.answers.iter().map(|a| &a.settlement);
    let bills = settlements().fold(Fen::ZERO, |sum, s| sum.plus(s.medfee_sumamt));
    let most = settlements().map(|s| s.medfee_sumamt).max().unwrap_or_default();
    let bars = settlements().enumerate().map(|(i, s)| {
        let parts = parts(s);
        let label = in_words(&parts, s.medfee_sumamt, lang);
        html! {
            <div class="bar-row" key={i}>
                <span>{ T::StayNumber.fill(lang, &[&(i + 1).to_string()]) }</span><StackBar {parts} whole={most} {label} />
            </div>
        }
    });
    let mut running = Fen::ZERO;
    let rows = year.answers.iter().enumerate().map(|(i, answer)| {
        let s = &answer.settlement;
        running = running.plus(s.psn_part_amt);
        html! {
            <tr key={i} data-testid={format!("year-row-{i}")}>
                <th scope="row">{ (i + 1).to_string() }</th>
                <td>{ answer.rule_date.to_string() }</td>
                <td class="amount">{ money(s.medfee_sumamt) }</td>
                <td class="amount">{ money(s.fund_pay_sumamt) }</td>
                <td class="amount">{ money(s.psn_part_amt) }</td>
                <td class="amount">{ money(running) }</td>
                <td><Badge certainty={answer.certainty} /></td>
            </tr>
        }
    });
    let heads = [T::ColVisit, T::ColDay, T::ColTotal, T::ColFund, T::ColPerson, T::ColRunning, T::RowCertainty];
    html! {
        <section class="year" aria-labelledby="year-total">
            <h2 id="year-total">{ T::YearTotal.say(lang) }</h2>
            <p class="sentence" data-testid="year-sentence" data-person-fen={year.psn_part_fen.get().to_string()}>
                { T::YearSentence.fill(lang, &[&money(bills), &money(year.fund_pay_fen), &money(year.psn_part_fen)]) }
            </p>
            <h3>{ T::YearChart.say(lang) }</h3>
            <div class="bars">{ for bars }</div>
            <div class="scroll" tabindex="0" role="region" aria-label={T::YearCaption.say(lang)}>
                <table class="money">
                    <caption>{ T::YearCaption.say(lang) }</caption>
                    <thead><tr>{ for heads.map(|t| html! { <th scope="col">{ t.say(lang) }</th> }) }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}
