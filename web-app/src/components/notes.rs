use anxin_core::benefit::{Answer, Bill, Case, Diagnostic, DiagnosticCode, Severity};
use anxin_core::rules::Certainty;
use yew::prelude::*;

use crate::hooks::use_lang;
use crate::i18n::{self, Lang, T};
use crate::services::words::money;

#[derive(Properties, PartialEq)]
pub struct BadgeProps {
    pub certainty: Certainty,
}

/// How far a figure can be relied on, as a word.
#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    let lang = use_lang();
    let class = match props.certainty {
        Certainty::Certain => "certain",
        Certainty::Derived => "derived",
        Certainty::Uncertain => "uncertain",
        Certainty::Unknown => "unknown",
    };
    html! { <span class={classes!("badge", class)}>{ i18n::certainty(props.certainty).say(lang) }</span> }
}

#[derive(Properties, PartialEq)]
pub struct NotesProps {
    pub answer: Answer,
}

/// What the reader of an answer should know, gravest first; what is unknown apart, with whom to ask.
#[component]
pub fn Notes(props: &NotesProps) -> Html {
    let lang = use_lang();
    let unknown = |d: &&Diagnostic| matches!(d.code, DiagnosticCode::FigureUnknown | DiagnosticCode::FigureBounded);
    let all = &props.answer.diagnostics;
    let missing: Vec<&Diagnostic> = all.iter().filter(unknown).collect();
    let mut others: Vec<&Diagnostic> = all.iter().filter(|d| !unknown(d)).collect();
    others.sort_by_key(|d| match d.severity {
        Severity::Warning => 0,
        Severity::Caution => 1,
        Severity::Info => 2,
    });
    html! {
        <>
            if !missing.is_empty() {
                <section class="notes unknown" aria-labelledby="unknown-title">
                    <h3 id="unknown-title">{ T::UnknownTitle.say(lang) }</h3>
                    <ul data-testid="unknown-list">{ for missing.iter().map(|d| note(d, lang)) }</ul>
                    <p>{ T::AboutAsk.say(lang) }</p>
                </section>
            }
            if !others.is_empty() {
                <section class="notes" aria-labelledby="notes-title">
                    <h3 id="notes-title">{ T::NotesTitle.say(lang) }</h3>
                    <ul data-testid="notes-list">{ for others.iter().map(|d| note(d, lang)) }</ul>
                </section>
            }
        </>
    }
}

fn note(diagnostic: &Diagnostic, lang: Lang) -> Html {
    let (class, name) = match diagnostic.severity {
        Severity::Info => ("info", T::SeverityInfo),
        Severity::Caution => ("caution", T::SeverityCaution),
        Severity::Warning => ("warning", T::SeverityWarning),
    };
    let message = diagnostic.message.clone().unwrap_or_else(|| diagnostic.code.word().to_owned());
    html! {
        <li {class} data-code={diagnostic.code.word()}>
            <span class={classes!("tag", class)}>{ name.say(lang) }</span>{ message }
        </li>
    }
}

#[derive(Properties, PartialEq)]
pub struct MismatchesProps {
    pub answer: Answer,
    pub case: Case,
}

/// The official figures that the rules do not give, or word that all that were given agree.
#[component]
pub fn Mismatches(props: &MismatchesProps) -> Html {
    let lang = use_lang();
    if props.answer.mismatches.is_empty() {
        let compared = has_official(&props.case);
        return if compared {
            html! { <p class="agree" data-testid="official-agree">{ T::MatchAll.say(lang) }</p> }
        } else {
            Html::default()
        };
    }
    let rows = props.answer.mismatches.iter().map(|m| {
        let name = i18n::fund_name(&m.field).map_or(m.field.clone(), |t| t.say(lang).to_owned());
        let difference = m.official_fen.checked_sub(m.ours_fen).map(money).unwrap_or_default();
        html! {
            <tr key={m.field.clone()} data-testid={format!("mismatch-{}", m.field)}>
                <th scope="row">{ name }</th>
                <td>{ money(m.official_fen) }</td><td>{ money(m.ours_fen) }</td><td>{ difference }</td>
            </tr>
        }
    });
    html! {
        <section class="notes" aria-labelledby="mismatch-title">
            <h3 id="mismatch-title">{ T::MismatchTitle.say(lang) }</h3>
            <p>{ T::MismatchIntro.say(lang) }</p>
            <div class="scroll" tabindex="0" role="group" aria-label={T::MismatchTitle.say(lang)}>
                <table class="money">
                    <thead><tr>
                        { for [T::ColFigure, T::ColOfficial, T::ColOurs, T::ColDifference].map(|t| html! { <th scope="col">{ t.say(lang) }</th> }) }
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}

fn has_official(case: &Case) -> bool {
    matches!(case.visit.bill(), Some(Bill::Split(split)) if split.official.is_some())
}
