use wallet_types::{DeletionAsk, DeletionOut, ExportOut, KeptOut, KeptWhy, RecordKind};
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};
use yew::prelude::*;

use super::words::S;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::wallet::api::{self, Trouble};
use crate::wallet::deed::use_deeds;
use crate::wallet::trouble::TroubleView;
use crate::wallet::words::W;

const FILE: &str = "anxin-export.json";

/// All that is kept of oneself, as one file.
#[component]
pub fn Export() -> Html {
    let lang = use_lang();
    let trouble = use_state(|| None::<Trouble>);
    let saved = use_state(|| false);
    let onclick = {
        let (trouble, saved) = (trouble.clone(), saved.clone());
        Callback::from(move |_: MouseEvent| {
            let (trouble, saved) = (trouble.clone(), saved.clone());
            yew::platform::spawn_local(async move {
                match api::get::<ExportOut>("/wallet/export", lang).await {
                    Ok(export) => {
                        trouble.set(None);
                        saved.set(save(&export));
                    }
                    Err(cause) => trouble.set(Some(cause)),
                }
            });
        })
    };
    html! {
        <section aria-labelledby="export-title">
            <h2 id="export-title">{ S::ExportTitle.say(lang) }</h2>
            <p>{ S::ExportHint.say(lang) }</p>
            if let Some(trouble) = (*trouble).clone() {
                <TroubleView {trouble} />
            }
            <button type="button" class="secondary" data-testid="export" {onclick}>{ S::Export.say(lang) }</button>
            if *saved {
                <p role="status" data-testid="exported">{ S::Exported.fill(lang, &[FILE]) }</p>
            }
        </section>
    }
}

fn save(export: &ExportOut) -> bool {
    let text = serde_json::to_string_pretty(export).unwrap_or_default();
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let parts = js_sys::Array::of1(&JsValue::from(text));
    let file = Blob::new_with_str_sequence_and_options(&parts, &kind);
    file.inspect(|file| browser::save(file, FILE)).is_ok()
}

/// What need not stay goes, after it was said what follows.
#[component]
pub fn Deletion() -> Html {
    let lang = use_lang();
    let deeds = use_deeds::<DeletionOut>("delete", None, false);
    let ask = {
        let deeds = deeds.clone();
        Callback::from(move |_: MouseEvent| {
            let then = [S::DeleteThenRelations, S::DeleteThenGone, S::DeleteThenKept, S::DeleteThenFinal];
            let then = then.into_iter().map(|line| line.say(lang).to_owned()).collect();
            deeds.check("/wallet/deletion".into(), &DeletionAsk { consent: true }, S::DeleteSay.say(lang).into(), then);
        })
    };
    let typing = || {
        html! { <button type="button" class="secondary" data-testid="delete" onclick={ask}>{ S::Delete.say(lang) }</button> }
    };
    let done = |out: &DeletionOut| {
        let erased: Vec<&str> = out.erased.iter().map(|what| record(*what).say(lang)).collect();
        html! {
            <>
                <p role="status" data-testid="deleted">{ S::Deleted.fill(lang, &[&erased.join(lang.of("、", ", "))]) }</p>
                <h3>{ S::KeptTitle.say(lang) }</h3>
                <ul data-testid="kept">{ for out.kept.iter().map(|kept| html! { <li key={kept.what.word()}>{ why(kept, lang) }</li> }) }</ul>
            </>
        }
    };
    html! {
        <section aria-labelledby="own-delete-title">
            <h2 id="own-delete-title">{ S::DeleteTitle.say(lang) }</h2>
            <p>{ S::DeleteHint.say(lang) }</p>
            { deeds.view(W::Confirm.say(lang), typing, done) }
        </section>
    }
}

fn record(what: RecordKind) -> S {
    match what {
        RecordKind::Relations => S::Relations,
        RecordKind::Invitations => S::Invitations,
        RecordKind::Nicknames => S::Nicknames,
        RecordKind::Notices => S::Notices,
        RecordKind::SecondFactor => S::SecondTitle,
        RecordKind::Books => S::Books,
        RecordKind::Cover => S::Cover,
        RecordKind::Consents => S::Consents,
        RecordKind::Visits => S::Visits,
    }
}

fn why(kept: &KeptOut, lang: Lang) -> String {
    let why = match kept.why {
        KeptWhy::Accounting => S::WhyAccounting,
        KeptWhy::Insured => S::WhyInsured,
        KeptWhy::Proof => S::WhyProof,
    };
    let years = kept.years.map(|years| S::KeptYears.fill(lang, &[&years.to_string()])).unwrap_or_default();
    S::Kept.fill(lang, &[record(kept.what).say(lang), why.say(lang), &years])
}
