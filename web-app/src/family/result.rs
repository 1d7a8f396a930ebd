use anxin_core::Fen;
use anxin_core::benefit::CiteOut;
use anxin_core::family::{Check, Draw, DrawFrom, FamilyAnswer, Verdict};
use anxin_core::rules::CiteKind;
use anxin_core::text;
use yew::prelude::*;

use super::words::F;
use crate::components::Badge;
use crate::hooks::use_lang;
use crate::i18n::{Lang, T};
use crate::services::words::{money, web_address};

#[derive(Properties, PartialEq)]
pub struct AnswerViewProps {
    pub answer: FamilyAnswer,
}

/// The verdict, each condition with its source, where money comes from, what follows, and what is left open.
#[component]
pub fn AnswerView(props: &AnswerViewProps) -> Html {
    let lang = use_lang();
    let answer = &props.answer;
    html! {
        <>
            <div aria-live="polite" aria-atomic="true">
                if !answer.checks.is_empty() {
                    <p class={classes!("verdict", word(answer.verdict))} data-testid="verdict" data-verdict={word(answer.verdict)}>
                        <span aria-hidden="true">{ mark(answer.verdict) }</span>{ " " }{ verdict(answer.verdict, lang) }
                        { " " }<Badge certainty={answer.certainty} />
                    </p>
                }
                <p class="first" data-testid="told">{ answer.text.clone().unwrap_or_default() }</p>
            </div>
            if let Some(model) = answer.model {
                <p data-testid="model">{ text::family_model(model, lang) }</p>
            }
            if let Some(most) = answer.most_fen {
                <dl class="figures">
                    <div>
                        <dt>{ F::Most.say(lang) }</dt>
                        <dd data-testid="most" data-fen={most.get().to_string()}>{ money(most) }</dd>
                    </div>
                </dl>
            }
            { drawn(answer, lang) }
            { conditions(answer, lang) }
            { list("then", F::ThenTitle, answer.then.iter().map(|then| then.text.as_deref()), lang) }
            { list("open", F::OpenTitle, answer.open.iter().map(|open| open.text.as_deref()), lang) }
            { cites(&answer.cites, lang) }
        </>
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "yes",
        Verdict::Unknown => "unknown",
        Verdict::No => "no",
    }
}

fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "✓",
        Verdict::Unknown => "?",
        Verdict::No => "✗",
    }
}

fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Yes => F::VerdictYes.say(lang),
        Verdict::Unknown => F::VerdictUnknown.say(lang),
        Verdict::No => F::VerdictNo.say(lang),
    }
}

/// Sources of money with bars as long as their parts.
fn drawn(answer: &FamilyAnswer, lang: Lang) -> Html {
    if answer.draws.is_empty() && answer.cash_fen.is_none() {
        return Html::default();
    }
    let cash =
        answer.cash_fen.map(|amount_fen| Draw { from: DrawFrom::Cash, name: None, amount_fen, passed_over: None });
    let draws: Vec<Draw> = answer.draws.iter().cloned().chain(cash).collect();
    let whole = Fen::checked_sum(draws.iter().map(|draw| draw.amount_fen)).unwrap_or_default();
    html! {
        <section aria-labelledby="drawn-title">
            <h3 id="drawn-title">{ F::DrawnTitle.say(lang) }</h3>
            <table data-testid="draws">
                <thead><tr>
                    { for [F::ColSource, F::ColAmount, F::ColWhy].map(|t| html! { <th scope="col">{ t.say(lang) }</th> }) }
                </tr></thead>
                <tbody>{ for draws.iter().enumerate().map(|(n, draw)| row(n, draw, whole, lang)) }</tbody>
            </table>
        </section>
    }
}

fn row(n: usize, draw: &Draw, whole: Fen, lang: Lang) -> Html {
    let name = draw.name.as_ref().map(|name| format!(" · {name}")).unwrap_or_default();
    let why = draw.passed_over.as_ref().and_then(|check| check.text.clone()).unwrap_or_default();
    let fen = draw.amount_fen.get();
    html! {
        <tr key={n}>
            <th scope="row">{ text::draw_source(draw.from, lang) }{ name }</th>
            <td class="amount" data-testid={format!("draw-{n}")} data-fen={fen.to_string()}>
                { money(draw.amount_fen) }
                <meter min="0" max={whole.get().max(1).to_string()} value={fen.to_string()} aria-hidden="true" />
            </td>
            <td>{ why }</td>
        </tr>
    }
}

fn conditions(answer: &FamilyAnswer, lang: Lang) -> Html {
    if answer.checks.is_empty() {
        return Html::default();
    }
    html! {
        <section class="notes" aria-labelledby="checks-title">
            <h3 id="checks-title">{ F::ConditionsTitle.say(lang) }</h3>
            <ul data-testid="checks">{ for answer.checks.iter().enumerate().map(|(n, check)| condition(n, check, answer, lang)) }</ul>
        </section>
    }
}

fn condition(n: usize, check: &Check, answer: &FamilyAnswer, lang: Lang) -> Html {
    let said = match check.verdict {
        Verdict::Yes => F::Met,
        Verdict::Unknown => F::NotFound,
        Verdict::No => F::NotMet,
    };
    let cite = check.rule.as_ref().and_then(|rule| answer.cites.iter().find(|out| *out.cite.key == *rule.cite));
    html! {
        <li key={n} data-verdict={word(check.verdict)}>
            <span class={classes!("tag", "verdict", word(check.verdict))}>{ mark(check.verdict) }{ " " }{ said.say(lang) }</span>
            { check.text.clone().unwrap_or_default() }
            if let Some(out) = cite {
                <span class="meta"><span lang="zh-CN">{ cited(out) }</span></span>
            }
        </li>
    }
}

/// A source in one line: its number where it has one, else its title.
fn cited(out: &CiteOut) -> String {
    out.cite.number.clone().unwrap_or_else(|| out.cite.title.clone())
}

fn list<'a>(id: &str, title: F, texts: impl Iterator<Item = Option<&'a str>>, lang: Lang) -> Html {
    let items: Vec<Html> =
        texts.flatten().map(|text| html! { <li key={text.to_owned()}>{ text.to_owned() }</li> }).collect();
    if items.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby={format!("{id}-title")}>
            <h3 id={format!("{id}-title")}>{ title.say(lang) }</h3>
            <ul data-testid={id.to_owned()}>{ items }</ul>
        </section>
    }
}

fn cites(cites: &[CiteOut], lang: Lang) -> Html {
    if cites.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="cites-title">
            <h3 id="cites-title">{ F::CitesTitle.say(lang) }</h3>
            <ul class="sources">{ for cites.iter().map(|out| source(out, lang)) }</ul>
        </section>
    }
}

fn source(out: &CiteOut, lang: Lang) -> Html {
    let kind = match out.kind {
        CiteKind::Clause => T::Clause,
        CiteKind::SecondarySource => T::Secondary,
    };
    let title = match out.cite.url.as_deref().and_then(web_address) {
        Some(href) => {
            html! { <a {href} target="_blank" rel="noopener noreferrer" lang="zh-CN">{ out.cite.title.clone() }</a> }
        }
        None => html! { <span lang="zh-CN">{ out.cite.title.clone() }</span> },
    };
    html! {
        <li key={out.cite.key.to_string()}>
            <span class="tag">{ kind.say(lang) }</span>{ title }
            <span class="meta">
                if let Some(number) = &out.cite.number {
                    <span>{ format!("{} {number}", T::CiteNumber.say(lang)) }</span>
                }
                if let Some(date) = &out.cite.date {
                    <span>{ format!("{} {date}", T::CiteDate.say(lang)) }</span>
                }
            </span>
        </li>
    }
}
