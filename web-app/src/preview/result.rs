use anxin_core::drg::Status;
use anxin_core::preview::{CandidateFate, CandidateOut, GroupAnswer, MissOut, SchemeOut};
use yew::prelude::*;

use super::answer::Answer;
use super::findings;
use super::path::path;
use super::settings::settings;
use super::words::{self, P};
use crate::hooks::use_lang;
use crate::i18n::Lang;

#[derive(Properties, PartialEq)]
pub struct ResultProps {
    pub answer: GroupAnswer,
    pub scheme: Option<SchemeOut>,
}

/// The group and why: the way there, CC and MCC, what almost fits, what was found.
#[component]
pub fn ResultView(props: &ResultProps) -> Html {
    let lang = use_lang();
    let ResultProps { answer, scheme } = props;
    html! {
        <>
            { path(answer, lang) }
            { candidates(&answer.candidates, lang) }
            { findings::list(&Answer::Drg(Box::new(answer.clone())), lang) }
            { misses(&answer.misses, lang) }
            if let Some(scheme) = scheme { { settings(&answer.choices, &answer.pack, scheme, lang) } }
        </>
    }
}

/// The group in large type, then the sentence of the core.
pub fn headline(answer: &GroupAnswer) -> Html {
    let mdc = answer.mdc.as_ref().map(|mdc| mdc.code.clone()).unwrap_or_default();
    html! {
        <div
            class="group" data-testid="group" data-status={words::status(answer.status)} data-mdc={mdc}
            data-adrg={answer.adrg.code.clone()} data-drg={answer.drg.code.clone()}
        >
            if answer.status != Status::CheckFailed {
                <p class="code"><strong>{ answer.drg.code.clone() }</strong>{ " " }{ answer.drg.name.clone().unwrap_or_default() }</p>
            }
            <p class="sentence" data-testid="group-sentence">{ answer.text.clone().unwrap_or_default() }</p>
        </div>
    }
}

fn candidates(all: &[CandidateOut], lang: Lang) -> Html {
    if all.is_empty() {
        return Html::default();
    }
    let heads = [P::ColDiagnosis, P::ColLevel, P::ColFate];
    let rows = all.iter().map(|candidate| {
        let fate = match candidate.fate {
            CandidateFate::Counts => P::FateCounts,
            CandidateFate::Excluded => P::FateExcluded,
            CandidateFate::NotAsked => P::FateNotAsked,
        };
        html! {
            <tr data-fate={fate.en()}>
                <th scope="row"><code>{ candidate.code.clone().unwrap_or_default() }</code>{ " " }{ candidate.name.clone().unwrap_or_default() }</th>
                <td>{ candidate.level.word() }</td>
                <td><strong>{ fate.say(lang) }</strong><span class="formula">{ candidate.text.clone().unwrap_or_default() }</span></td>
            </tr>
        }
    });
    html! {
        <section>
            <h3 id="candidates-title">{ P::CandidatesTitle.say(lang) }</h3>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="candidates-title">
                <table data-testid="candidates">
                    <thead><tr>{ for heads.map(|head| html! { <th scope="col">{ head.say(lang) }</th> }) }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}

fn misses(all: &[MissOut], lang: Lang) -> Html {
    if all.is_empty() {
        return Html::default();
    }
    let items = all.iter().map(|miss| html! { <li>{ miss.text.clone().unwrap_or_default() }</li> });
    html! {
        <details class="fold terms" data-testid="misses">
            <summary>{ P::MissesTitle.say(lang) }</summary>
            <p class="hint">{ P::MissesHint.say(lang) }</p>
            <ul>{ for items }</ul>
        </details>
    }
}
