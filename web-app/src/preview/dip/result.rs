use anxin_core::preview::{DipAnswer, DipCandidateOut, DipGroupOut, DipHintOut, SchemeOut};
use yew::prelude::*;

use super::words::{D, fate_name, kind_name, path_name};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::preview::answer::{Answer, word};
use crate::preview::compare::{Line, named, nothing};
use crate::preview::findings;
use crate::preview::settings::settings;
use crate::preview::words::P;

#[derive(Properties, PartialEq)]
pub struct DipResultProps {
    pub answer: DipAnswer,
    pub scheme: Option<SchemeOut>,
}

/// Why: the layer, what was found, every group that the diagnosis leads to. Nothing here has a score or money.
#[component]
pub fn DipResultView(props: &DipResultProps) -> Html {
    let lang = use_lang();
    let DipResultProps { answer, scheme } = props;
    html! {
        <>
            <p class="layer" data-testid="path" data-path={answer.path.code()}>
                { D::LayerTitle.say(lang) }{ lang.of("：", ": ") }<strong>{ path_name(answer.path).say(lang) }</strong>
            </p>
            { findings::list(&Answer::Dip(Box::new(answer.clone())), lang) }
            { candidates(&answer.candidates, lang) }
            { hints(&answer.hints, lang) }
            if let Some(scheme) = scheme { { settings(&answer.choices, &answer.pack, scheme, lang) } }
        </>
    }
}

/// The group in large type, then the sentence of the core.
pub fn dip_headline(answer: &DipAnswer) -> Html {
    let group = answer.group.as_ref();
    html! {
        <div
            class="group" data-testid="group" data-status={answer.path.status()} data-path={answer.path.code()}
            data-group={group.map(|g| g.code.clone()).unwrap_or_default()}
        >
            if let Some(group) = group { <GroupLine group={group.clone()} /> }
            <p class="sentence" data-testid="group-sentence">{ answer.text.clone().unwrap_or_default() }</p>
            if let Some(notice) = &answer.notice {
                <p class="notice caution" data-testid="group-notice">{ notice.clone() }</p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct GroupLineProps {
    group: DipGroupOut,
}

#[component]
fn GroupLine(props: &GroupLineProps) -> Html {
    let lang = use_lang();
    let DipGroupOut { code, name, kind, base_level } = &props.group;
    html! {
        <>
            <p class="code"><strong class="dip">{ code.clone() }</strong>{ " " }{ name.clone().unwrap_or_default() }</p>
            <p>
                <span class="tag good" data-testid="group-kind" data-kind={word(kind)}>{ kind_name(*kind).say(lang) }</span>
                if *base_level { <span class="tag" data-testid="group-base-level">{ D::BaseLevel.say(lang) }</span> }
            </p>
        </>
    }
}

fn candidates(all: &[DipCandidateOut], lang: Lang) -> Html {
    if all.is_empty() {
        return Html::default();
    }
    let rows = all.iter().map(|candidate| {
        let DipGroupOut { code, name, .. } = &candidate.group;
        html! {
            <tr data-fate={word(&candidate.fate)}>
                <th scope="row"><code class="wraps">{ code.clone() }</code>{ " " }{ name.clone().unwrap_or_default() }</th>
                <td><strong>{ fate_name(candidate.fate).say(lang) }</strong><span class="formula">{ candidate.text.clone().unwrap_or_default() }</span></td>
            </tr>
        }
    });
    html! {
        <section>
            <h3 id="candidates-title">{ D::CandidatesTitle.say(lang) }</h3>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="candidates-title">
                <table class="dip-candidates" data-testid="candidates">
                    <thead><tr><th scope="col">{ D::ColGroup.say(lang) }</th><th scope="col">{ D::ColFate.say(lang) }</th></tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}

fn hints(all: &[DipHintOut], lang: Lang) -> Html {
    if all.is_empty() {
        return Html::default();
    }
    let items = all
        .iter()
        .map(|hint| html! { <li data-code={word(&hint.code)}>{ hint.text.clone().unwrap_or_default() }</li> });
    html! {
        <details class="fold terms" data-testid="hints">
            <summary>{ D::HintsTitle.say(lang) }</summary>
            <p class="hint">{ D::HintsHint.say(lang) }</p>
            <ul>{ for items }</ul>
        </details>
    }
}

/// What is compared of two codings.
pub fn dip_lines(answer: Option<&DipAnswer>, lang: Lang) -> Vec<Line> {
    let of_group = |text: &dyn Fn(&DipGroupOut) -> String| {
        answer.map_or_else(nothing, |a| a.group.as_ref().map_or_else(nothing, text))
    };
    vec![
        ("group", P::RowGroup.say(lang), of_group(&|g| named(&g.code, g.name.as_deref()))),
        ("layer", D::RowLayer.say(lang), answer.map_or_else(nothing, |a| path_name(a.path).say(lang).to_owned())),
        ("kind", D::RowKind.say(lang), of_group(&|g| kind_name(g.kind).say(lang).to_owned())),
    ]
}
