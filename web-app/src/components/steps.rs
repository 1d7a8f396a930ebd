use anxin_core::benefit::{Answer, CiteOut, Cited, Role, Settlement, Step, StepId};
use anxin_core::rules::{Basis, Certainty, CiteKind};
use yew::prelude::*;

use super::Badge;
use crate::hooks::use_lang;
use crate::i18n::{Lang, T};
use crate::services::words::{money, web_address};

#[derive(Properties, PartialEq)]
pub struct StepsProps {
    pub answer: Answer,
}

/// The calculation line by line, each with its formula and the sources one tap away.
#[component]
pub fn Steps(props: &StepsProps) -> Html {
    let lang = use_lang();
    let Settlement { steps, .. } = &props.answer.settlement;
    if steps.is_empty() {
        return Html::default();
    }
    let rows = steps.iter().enumerate().map(|(i, step)| row(i, step, &props.answer.cites, lang));
    html! {
        <section class="steps" aria-labelledby="steps-title">
            <h3 id="steps-title">{ T::StepsTitle.say(lang) }</h3>
            <table data-testid="steps">
                <caption class="sr">{ T::StepsCaption.say(lang) }</caption>
                <thead><tr>
                    { for [T::ColStep, T::ColResult, T::ColBasis].map(|t| html! { <th scope="col">{ t.say(lang) }</th> }) }
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </section>
    }
}

fn row(index: usize, step: &Step, cites: &[CiteOut], lang: Lang) -> Html {
    let title = step.texts.as_ref().map_or(step.id.word().to_owned(), |t| t.title.clone());
    let formula = step.texts.as_ref().map(|t| t.formula.clone()).unwrap_or_default();
    let fen = step.result_fen.get();
    let result = match step.id {
        StepId::MaternityDays => T::DaysUnit.fill(lang, &[&fen.to_string()]),
        _ => money(step.result_fen),
    };
    html! {
        <tr key={index} data-testid={format!("step-{}", step.id.word())} data-fen={fen.to_string()}>
            <th scope="row">
                <span class="title">{ title }</span>
                <span class="formula">{ formula }</span>
                { sources(step, cites, lang) }
            </th>
            <td class="amount">{ result }</td>
            <td><Badge certainty={step.certainty} /></td>
        </tr>
    }
}

fn sources(step: &Step, cites: &[CiteOut], lang: Lang) -> Html {
    if step.params.is_empty() {
        return Html::default();
    }
    let count = step.params.len().to_string();
    let items = step.params.iter().map(|cited| source(cited, cites, lang));
    html! {
        <details>
            <summary>{ T::SourcesOf.fill(lang, &[&count]) }</summary>
            <ul class="sources">{ for items }</ul>
        </details>
    }
}

fn source(cited: &Cited, cites: &[CiteOut], lang: Lang) -> Html {
    let Some(out) = cites.iter().find(|c| c.cite.key == cited.cite) else {
        return html! { <li key={cited.id.to_string()}><code>{ cited.id.to_string() }</code></li> };
    };
    let kind = match out.kind {
        CiteKind::Clause => T::Clause,
        CiteKind::SecondarySource => T::Secondary,
    };
    let basis = match cited.basis {
        Basis::Quoted => T::BasisQuoted,
        Basis::Derived => T::BasisDerived,
        Basis::Assumed => T::BasisAssumed,
    };
    let cite = &out.cite;
    let title = match cite.url.as_deref().and_then(web_address) {
        Some(href) => html! {
            <a {href} target="_blank" rel="noopener noreferrer" lang="zh-CN">{ cite.title.clone() }</a>
        },
        None => html! { <span lang="zh-CN">{ cite.title.clone() }</span> },
    };
    html! {
        <li key={cited.id.to_string()} data-param={cited.id.to_string()}>
            <span class="tag">{ kind.say(lang) }</span>{ title }
            <span class="meta">
                if let Some(number) = &cite.number {
                    <span>{ format!("{} {number}", T::CiteNumber.say(lang)) }</span>
                }
                if let Some(date) = &cite.date {
                    <span>{ format!("{} {date}", T::CiteDate.say(lang)) }</span>
                }
                <span><Badge certainty={Certainty::from(cited.basis)} />{ " " }{ basis.say(lang) }</span>
                if cited.role == Role::Checked {
                    <span>{ T::RoleChecked.say(lang) }</span>
                }
                <code>{ cited.id.to_string() }</code>
            </span>
        </li>
    }
}
