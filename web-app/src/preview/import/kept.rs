use std::rc::Rc;

use anxin_core::pack::PackKind;
use js_sys::{Array, Uint8Array};
use web_sys::Blob;
use yew::prelude::*;

use super::words::I;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::preview::library::{LibraryHandle, Own};
use crate::services::{browser, own_packs};

#[derive(Properties, PartialEq)]
pub struct KeptProps {
    pub handle: LibraryHandle,
    /// Told the id of a pack that is gone.
    pub onremove: Callback<String>,
}

/// What was imported on this device before.
#[component]
pub fn Kept(props: &KeptProps) -> Html {
    let lang = use_lang();
    let own = props.handle.library.own();
    let heads = [I::ColName, I::ColKind, I::ColEdition, I::ColDo];
    html! {
        <section data-testid="own">
            <h2 id="own-title">{ I::OwnTitle.say(lang) }</h2>
            if own.is_empty() {
                <p class="hint">{ I::OwnNone.say(lang) }</p>
            } else {
                <div class="scroll" tabindex="0" role="region" aria-labelledby="own-title">
                    <table>
                        <thead><tr>{ for heads.map(|head| html! { <th scope="col">{ head.say(lang) }</th> }) }</tr></thead>
                        <tbody>{ for own.iter().map(|own| row(own, &props.onremove, lang)) }</tbody>
                    </table>
                </div>
            }
        </section>
    }
}

fn row(own: &Rc<Own>, onremove: &Callback<String>, lang: Lang) -> Html {
    let (id, title) = (own.kept.id.clone(), own.kept.title.clone());
    let kind = match own.header.as_ref().map(|header| header.kind) {
        Some(PackKind::Dip) => I::KindDip,
        Some(PackKind::DrgWeights) => I::KindDrg,
        _ => I::KindUnread,
    };
    let edition = own.header.as_ref().map(|header| header.edition.clone()).unwrap_or_default();
    let export = {
        let own = own.clone();
        Callback::from(move |_: MouseEvent| save(&own.kept.id, &own.kept.bytes))
    };
    let remove = {
        let (id, onremove) = (id.clone(), onremove.clone());
        Callback::from(move |_: MouseEvent| {
            let (id, onremove) = (id.clone(), onremove.clone());
            yew::platform::spawn_local(async move {
                if own_packs::remove(&id).await.is_ok() {
                    onremove.emit(id);
                }
            });
        })
    };
    html! {
        <tr key={id.clone()} data-testid="own-pack" data-id={id}>
            <th scope="row">{ title.clone() }</th>
            <td>{ kind.say(lang) }</td>
            <td>{ edition }</td>
            <td>
                <button type="button" class="plain" data-testid="own-export" onclick={export} aria-label={I::ExportOf.fill(lang, &[&title])}>
                    { I::ExportShort.say(lang) }
                </button>
                <button type="button" class="plain" data-testid="own-remove" onclick={remove} aria-label={I::RemoveOf.fill(lang, &[&title])}>
                    { I::Remove.say(lang) }
                </button>
            </td>
        </tr>
    }
}

/// A pack as a file that the command line and the server read.
pub fn save(id: &str, bytes: &[u8]) {
    let parts = Array::of1(&Uint8Array::from(bytes).into());
    if let Ok(file) = Blob::new_with_u8_array_sequence(&parts) {
        browser::save(&file, &format!("{}.anxpack", id.replace('/', "-")));
    }
}
