//! What the check of a record found, and what is worth another look.

use anxin_core::benefit::Severity;
use yew::prelude::*;

use super::answer::{Answer, Noted};
use super::words::P;
use crate::i18n::{Lang, T};

/// All of them in one list.
pub fn list(answer: &Answer, lang: Lang) -> Html {
    let noted = answer.noted();
    if noted.is_empty() {
        return Html::default();
    }
    html! {
        <section class="notes" aria-labelledby="findings-title">
            <h3 id="findings-title">{ P::FindingsTitle.say(lang) }</h3>
            <ul data-testid="findings">{ for noted.into_iter().map(|one| item(one, lang)) }</ul>
        </section>
    }
}

fn item(noted: Noted, lang: Lang) -> Html {
    let (class, name) = match noted.severity {
        Some(Severity::Info) => ("info", T::SeverityInfo.say(lang)),
        Some(Severity::Caution) => ("caution", T::SeverityCaution.say(lang)),
        Some(Severity::Warning) => ("warning", T::SeverityWarning.say(lang)),
        None => ("caution", P::Hint.say(lang)),
    };
    html! { <li data-code={noted.code}><span class={classes!("tag", class)}>{ name }</span>{ noted.text }</li> }
}
