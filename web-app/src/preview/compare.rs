use anxin_core::preview::{CandidateFate, GroupAnswer, SchemeKind};
use yew::prelude::*;

use super::answer::Answer;
use super::codings::CodingFields;
use super::dip::dip_lines;
use super::form::{Coding, Inputs, List, Row};
use super::inputs::use_inputs;
use super::library::use_library;
use super::page::PreviewRooms;
use super::read::read;
use super::waiting::Waiting;
use super::words::{self, P};
use crate::app::Route;
use crate::components::Way;
use crate::hooks::{Edit, Editor, use_lang, within};
use crate::i18n::Lang;

/// Two codings of the same stay beside each other. What a group is paid is not shown here.
#[component]
pub fn Compare() -> Html {
    let lang = use_lang();
    words::use_title(P::CompareTitle);
    let (inputs, editor) = use_inputs();
    let Some(handle) = use_library() else { return Html::default() };
    let ready = handle.library.is_ready(&inputs.scheme);
    let kind = handle.library.kind(&inputs.scheme);
    let group = |coding: &Coding| {
        let case = read(&inputs, kind, coding, false).case.filter(|_| ready)?;
        handle.library.group(&case, lang).ok()
    };
    let body = match &inputs.other {
        _ if inputs.coding.diagnoses.is_empty() => html! {
            <p data-testid="compare-empty">{ P::CompareEmpty.say(lang) }{ " " }<Way to={Route::Preview}>{ P::RoomOne.say(lang) }</Way></p>
        },
        None => start(&editor, lang),
        Some(other) => {
            let answers = [group(&inputs.coding), group(other)];
            let notice = answers.iter().flatten().find_map(Answer::notice);
            html! {
                <>
                    if let Some(notice) = notice {
                        <p class="notice caution" data-testid="compare-notice">{ notice.to_owned() }</p>
                    }
                    { table(&inputs.coding, other, &answers, kind, lang) }
                    { editors(&inputs, other, (kind, answers), &editor, lang) }
                </>
            }
        }
    };
    html! {
        <>
            <h1>{ P::CompareTitle.say(lang) }</h1>
            <p class="lead">{ P::CompareIntro.say(lang) }</p>
            <p class="estimate-only">{ P::StaysHere.say(lang) }</p>
            <PreviewRooms />
            <Waiting handle={handle.clone()} scheme={inputs.scheme.clone()} />
            { body }
        </>
    }
}

fn start(editor: &Editor<Inputs>, lang: Lang) -> Html {
    let copy = editor.reform(|_: MouseEvent| Edit::new(|i: &mut Inputs| i.other = Some(i.coding.clone())));
    html! { <button type="button" data-testid="compare-copy" onclick={copy}>{ P::CompareCopy.say(lang) }</button> }
}

fn editors(
    inputs: &Inputs,
    other: &Coding,
    (kind, answers): (SchemeKind, [Option<Answer>; 2]),
    editor: &Editor<Inputs>,
    lang: Lang,
) -> Html {
    let [first, second] = answers;
    let end = editor.reform(|_: MouseEvent| Edit::new(|i: &mut Inputs| i.other = None));
    html! {
        <>
            <div class="cards pair-of-codings">
                <section class="card" aria-label={P::CodingA.say(lang)}>
                    <p class="name">{ P::CodingA.say(lang) }</p>
                    <CodingFields
                        prefix="a-" name={P::CodingA.fill(lang, &[]) + " "} coding={inputs.coding.clone()} {kind} answer={first}
                        editor={within(editor, |i: &mut Inputs| Some(&mut i.coding))}
                    />
                </section>
                <section class="card" aria-label={P::CodingB.say(lang)}>
                    <p class="name">{ P::CodingB.say(lang) }</p>
                    <CodingFields
                        prefix="b-" name={P::CodingB.fill(lang, &[]) + " "} coding={other.clone()} {kind} answer={second}
                        editor={within(editor, |i: &mut Inputs| i.other.as_mut())}
                    />
                </section>
            </div>
            <button type="button" class="plain" data-testid="compare-end" onclick={end}>{ P::CompareEnd.say(lang) }</button>
        </>
    }
}

/// One line of the comparison: its word, its name, and what an answer has there.
pub type Line = (&'static str, &'static str, String);

/// What is compared of an answer, with texts where there is one.
fn compared(answer: Option<&Answer>, kind: SchemeKind, lang: Lang) -> Vec<Line> {
    let mut lines = match (kind, answer) {
        (SchemeKind::Drg, Some(Answer::Drg(answer))) => drg_lines(Some(answer), lang),
        (SchemeKind::Drg, _) => drg_lines(None, lang),
        (SchemeKind::Dip, Some(Answer::Dip(answer))) => dip_lines(Some(answer), lang),
        (SchemeKind::Dip, _) => dip_lines(None, lang),
    };
    let found = answer.map_or_else(nothing, |answer| answer.noted().len().to_string());
    lines.push(("findings", P::RowFindings.say(lang), found));
    lines
}

pub fn nothing() -> String {
    "—".to_owned()
}

fn drg_lines(answer: Option<&GroupAnswer>, lang: Lang) -> Vec<Line> {
    let show = |text: fn(&GroupAnswer) -> String| answer.map_or_else(nothing, text);
    vec![
        ("drg", P::RowGroup.say(lang), show(|a| named(&a.drg.code, a.drg.name.as_deref()))),
        ("adrg", P::StepAdrg.say(lang), show(|a| named(&a.adrg.code, a.adrg.name.as_deref()))),
        (
            "mdc",
            P::StepMdc.say(lang),
            show(|a| a.mdc.as_ref().map(|m| named(&m.code, m.name.as_deref())).unwrap_or_default()),
        ),
        ("counting", P::RowCounting.say(lang), show(counting)),
    ]
}

pub fn named(code: &str, name: Option<&str>) -> String {
    name.map_or_else(|| code.to_owned(), |name| format!("{code} {name}"))
}

fn counting(answer: &GroupAnswer) -> String {
    let counts = answer.candidates.iter().filter(|c| c.fate == CandidateFate::Counts);
    let all: Vec<String> =
        counts.map(|c| format!("{} {}", c.code.as_deref().unwrap_or_default(), c.level.word())).collect();
    if all.is_empty() { nothing() } else { all.join(" · ") }
}

fn table(first: &Coding, second: &Coding, answers: &[Option<Answer>; 2], kind: SchemeKind, lang: Lang) -> Html {
    let [a, b] = answers.each_ref().map(|answer| compared(answer.as_ref(), kind, lang));
    let lines = a.into_iter().zip(b).map(|((key, name, left), (_, _, right))| {
        let differs = left != right;
        html! {
            <tr key={key} class={differs.then_some("differs")}>
                <th scope="row">{ name }</th>
                <td data-testid={format!("a-{key}")}>{ marked(&left, differs) }</td>
                <td data-testid={format!("b-{key}")}>{ marked(&right, differs) }</td>
            </tr>
        }
    });
    let lists = [(List::Diagnoses, P::SectionDiagnoses), (List::Operations, P::SectionOperations)];
    let lists = lists.map(|(list, name)| {
        html! {
            <tr key={name.en()}>
                <th scope="row">{ name.say(lang) }</th>
                <td>{ rows(first.rows(list), second.rows(list), lang) }</td>
                <td>{ rows(second.rows(list), first.rows(list), lang) }</td>
            </tr>
        }
    });
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={P::CompareTitle.say(lang)}>
            <table class="compared" data-testid="compared">
                <thead><tr><td></td><th scope="col">{ P::CodingA.say(lang) }</th><th scope="col">{ P::CodingB.say(lang) }</th></tr></thead>
                <tbody>{ for lines }{ for lists }</tbody>
            </table>
        </div>
    }
}

fn marked(text: &str, differs: bool) -> Html {
    if differs {
        html! { <mark>{ text }</mark> }
    } else {
        html! { text }
    }
}

/// How a row lies to the other coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lies {
    Same,
    Moved,
    OnlyHere,
}

fn lies(at: usize, row: &Row, others: &[Row]) -> Lies {
    match others.get(at) {
        Some(other) if other.code == row.code => Lies::Same,
        _ if others.iter().any(|other| other.code == row.code) => Lies::Moved,
        _ => Lies::OnlyHere,
    }
}

fn rows(these: &[Row], others: &[Row], lang: Lang) -> Html {
    let items = these.iter().enumerate().map(|(at, row)| {
        let tag = match lies(at, row, others) {
            Lies::Same => None,
            Lies::Moved => Some(P::Moved),
            Lies::OnlyHere => Some(P::OnlyHere),
        };
        html! {
            <li key={row.key}>
                { marked(&row.code, tag.is_some()) }
                if let Some(tag) = tag { <span class="small">{ " " }{ tag.say(lang) }</span> }
            </li>
        }
    });
    html! { <ol class="plain-rows">{ for items }</ol> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_difference_has_its_kind() {
        let row = |code: &str| Row { code: code.into(), ..Row::default() };
        let others = [row("A"), row("B")];
        assert_eq!(lies(0, &row("A"), &others), Lies::Same);
        assert_eq!(lies(0, &row("B"), &others), Lies::Moved);
        assert_eq!(lies(2, &row("A"), &others), Lies::Moved);
        assert_eq!(lies(1, &row("C"), &others), Lies::OnlyHere);
    }
}
