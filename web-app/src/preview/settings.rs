//! Every reading of the scheme that the sources leave open, and the one in force.

use anxin_core::pack::PackRef;
use anxin_core::preview::{ChoiceOut, SchemeOut, SettingOut};
use yew::prelude::*;

use super::words::P;
use crate::i18n::Lang;
use crate::services::words::short_digest;

pub fn settings(choices: &[(String, String)], pack: &PackRef, scheme: &SchemeOut, lang: Lang) -> Html {
    let items = scheme.settings.iter().map(|setting| {
        let reason = chosen(choices, setting).map(|choice| lang.of(&choice.reason.zh, &choice.reason.en).clone());
        html! { <div><dt>{ lang.of(&setting.title.zh, &setting.title.en).clone() }</dt><dd>{ reason.unwrap_or_default() }</dd></div> }
    });
    html! {
        <details class="fold terms" data-testid="settings-in-force">
            <summary>{ P::SettingsTitle.say(lang) }</summary>
            <dl class="facts">{ for items }</dl>
            <p class="small">
                { scheme.scheme.title.clone() }{ lang.of("，", ", ") }{ pack.edition.to_string() }
                { " " }<code>{ short_digest(&pack.digest) }</code>
            </p>
        </details>
    }
}

fn chosen<'a>(choices: &[(String, String)], setting: &'a SettingOut) -> Option<&'a ChoiceOut> {
    let (_, name) = choices.iter().find(|(of, _)| *of == setting.name)?;
    setting.choices.iter().find(|choice| choice.name == *name)
}
