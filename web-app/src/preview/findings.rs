//! What the check of a record found, and what is worth another look.

use anxin_core::benefit::Severity;
use anxin_core::drg::Place;
use anxin_core::preview::{FindingOut, GroupAnswer, HintOut};
use yew::prelude::*;

use super::words::P;
use crate::i18n::{Lang, T};

/// Notes that belong beside one row.
pub fn beside(answer: &GroupAnswer, place: Place) -> Vec<Html> {
    let findings = answer.findings.iter().filter(|f| f.place == place).filter_map(|f| f.text.clone());
    let hints = answer.hints.iter().filter(|h| h.place == place).filter_map(|h| h.text.clone());
    findings.chain(hints).map(|text| html! { <p class="beside" key={text.clone()}>{ text }</p> }).collect()
}

/// All of them in one list.
pub fn list(answer: &GroupAnswer, lang: Lang) -> Html {
    if answer.findings.is_empty() && answer.hints.is_empty() {
        return Html::default();
    }
    html! {
        <section class="notes" aria-labelledby="findings-title">
            <h3 id="findings-title">{ P::FindingsTitle.say(lang) }</h3>
            <ul data-testid="findings">
                { for answer.findings.iter().map(|f| finding(f, lang)) }
                { for answer.hints.iter().map(|h| hint(h, lang)) }
            </ul>
        </section>
    }
}

fn finding(finding: &FindingOut, lang: Lang) -> Html {
    let (class, name) = match finding.severity {
        Severity::Info => ("info", T::SeverityInfo),
        Severity::Caution => ("caution", T::SeverityCaution),
        Severity::Warning => ("warning", T::SeverityWarning),
    };
    html! {
        <li data-code={word(&finding.code)}>
            <span class={classes!("tag", class)}>{ name.say(lang) }</span>{ finding.text.clone().unwrap_or_default() }
        </li>
    }
}

fn hint(hint: &HintOut, lang: Lang) -> Html {
    html! {
        <li data-code={word(&hint.code)}>
            <span class="tag caution">{ P::Hint.say(lang) }</span>{ hint.text.clone().unwrap_or_default() }
        </li>
    }
}

/// The code as the core's JSON writes it.
fn word(code: &impl serde::Serialize) -> Option<String> {
    serde_json::to_value(code).ok()?.as_str().map(str::to_owned)
}
