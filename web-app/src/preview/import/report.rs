use anxin_import::Quality;
use yew::prelude::*;

use super::read::Read;
use super::words::I;
use crate::i18n::Lang;

/// Most remarks of a kind that are listed.
const LISTED: usize = 200;

/// What was read of a file, what was not and why, and what is doubtful.
pub fn report(read: &Read, millis: f64, lang: Lang) -> Html {
    let problems = read.problems.iter().take(LISTED).map(|problem| problem.told(lang)).collect();
    let doubts = read.doubts.iter().take(LISTED).map(|doubt| doubt.told(lang)).collect();
    html! {
        <>
            { quality(&read.quality, millis, lang) }
            { listed("import-problems", I::ProblemsTitle, problems, read.problems.len(), true, lang) }
            { listed("import-doubts", I::DoubtsTitle, doubts, read.doubts.len(), false, lang) }
        </>
    }
}

fn quality(quality: &Quality, millis: f64, lang: Lang) -> Html {
    let seconds = format!("{:.2}", millis / 1000.0);
    html! {
        <ul
            data-testid="import-quality" data-rows={quality.rows.to_string()} data-taken={quality.taken.to_string()}
            data-duplicates={quality.duplicates.to_string()} data-millis={format!("{millis:.0}")}
        >
            { for quality.told(lang).into_iter().map(|text| html! { <li>{ text }</li> }) }
            <li>{ I::ReadTime.fill(lang, &[&seconds]) }</li>
        </ul>
    }
}

fn listed(id: &'static str, title: I, texts: Vec<String>, all: usize, open: bool, lang: Lang) -> Html {
    if texts.is_empty() {
        return Html::default();
    }
    let more = all.saturating_sub(texts.len());
    html! {
        <details class="fold terms" data-testid={id} data-count={all.to_string()} {open}>
            <summary>{ title.fill(lang, &[&all.to_string()]) }</summary>
            <ul>{ for texts.into_iter().map(|text| html! { <li>{ text }</li> }) }</ul>
            if more > 0 {
                <p class="hint">{ I::AndMore.fill(lang, &[&more.to_string()]) }</p>
            }
        </details>
    }
}
