use anxin_core::rules::Certainty;
use wallet_types::PackEntry;
use yew::prelude::*;

use super::use_title;
use crate::components::{Badge, Waiting};
use crate::hooks::{use_inputs, use_lang, use_library};
use crate::i18n::{Lang, T};
use crate::services::words::short_digest;

/// What this is, how far it carries, and what is on file.
#[component]
pub fn About() -> Html {
    let lang = use_lang();
    use_title(T::AboutTitle);
    let (inputs, _) = use_inputs();
    let Some(handle) = use_library() else { return Html::default() };
    let badges = [
        (Certainty::Certain, T::AboutCertain),
        (Certainty::Derived, T::AboutDerived),
        (Certainty::Uncertain, T::AboutUncertain),
        (Certainty::Unknown, T::AboutUnknown),
    ];
    let badges = badges.map(|(certainty, text)| {
        html! { <li key={text.say(lang)}><Badge {certainty} />{ " " }{ text.say(lang) }</li> }
    });
    let rows: Vec<Html> = handle.library.entries.iter().filter_map(|entry| area(entry, lang)).collect();
    let heads = [T::ColArea, T::ColEdition, T::ColDigest, T::ColCaution];
    html! {
        <>
            <h1>{ T::AboutTitle.say(lang) }</h1>
            <p class="lead">{ T::AboutWhat.say(lang) }</p>
            <p>{ T::AboutLimits.say(lang) }</p>
            <p>{ T::AboutAsk.say(lang) }</p>
            <h2>{ T::AboutBadges.say(lang) }</h2>
            <ul class="badges">{ for badges }</ul>
            <h2>{ T::TermsTitle.say(lang) }</h2>
            <p>{ T::TermsBody.say(lang) }</p>
            <h2>{ T::AboutAreas.say(lang) }</h2>
            <Waiting {handle} region={inputs.form.who.region.clone()} />
            <div class="scroll" tabindex="0" role="region" aria-label={T::AboutAreasCaption.say(lang)}>
                <table data-testid="areas">
                    <caption class="sr">{ T::AboutAreasCaption.say(lang) }</caption>
                    <thead><tr>{ for heads.map(|t| html! { <th scope="col">{ t.say(lang) }</th> }) }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}

fn area(entry: &PackEntry, lang: Lang) -> Option<Html> {
    let region = entry.region.as_ref()?;
    let (name, caution) = match lang {
        Lang::Zh => (format!("{} {}", region.province_zh, region.name_zh), &region.caution_zh),
        Lang::En => (format!("{}, {}", region.name_en, region.province_en), &region.caution_en),
    };
    Some(html! {
        <tr key={entry.id.clone()}>
            <th scope="row">{ name }</th>
            <td>{ entry.edition.clone() }</td>
            <td><code>{ short_digest(&entry.digest) }</code></td>
            <td>{ caution.clone().unwrap_or_else(|| "—".into()) }</td>
        </tr>
    })
}
