//! The few things asked of the browser. Each does without where the browser refuses.

use gloo::events::EventListener;
use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement, HtmlElement, Storage, Url};

use crate::model::{Inputs, from_fragment};

pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

pub fn store(key: &str, value: &str) {
    // Storage may be full: the setting then lasts as long as the page.
    let _ = storage().map(|s| s.set_item(key, value));
}

pub fn forget(key: &str) {
    let _ = storage().map(|s| s.remove_item(key));
}

/// `None` where the browser forbids storage.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

pub fn root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// This moment in UTC, as the server writes instants.
pub fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// Today by the device's calendar, `YYYY-MM-DD`.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

pub fn inputs_of_link() -> Option<Inputs> {
    from_fragment(&window().location().hash().ok()?)
}

/// Calls `changed` until the returned guard runs.
pub fn on_hash_change(changed: impl Fn() + 'static) -> impl FnOnce() {
    let listener = EventListener::new(&window(), "hashchange", move |_| changed());
    move || drop(listener)
}

/// The address of this view with another fragment.
pub fn link(fragment: &str) -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    format!("{origin}{path}#{fragment}")
}

/// Whether this window is in the background.
pub fn hidden() -> bool {
    document().hidden()
}

/// The whole address of a path of this server.
pub fn address(path: &str) -> String {
    format!("{}{path}", window().location().origin().unwrap_or_default())
}

/// What stands behind the `#` of this view's address.
pub fn fragment() -> Option<String> {
    let hash = window().location().hash().ok()?;
    hash.strip_prefix('#').map(str::to_owned)
}

/// Whether the text is on the clipboard now.
pub async fn copy(text: String) -> bool {
    let clipboard = window().navigator().clipboard();
    if clipboard.is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await.is_ok()
}

pub fn print() {
    let _ = window().print();
}

/// Gives a file to be kept under a name.
pub fn save(file: &Blob, name: &str) {
    let Ok(address) = Url::create_object_url_with_blob(file) else { return };
    if let Some(link) = document().create_element("a").ok().and_then(|e| e.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // The click has begun the download; a browser keeps what it needs of it.
    let _ = Url::revoke_object_url(&address);
}

/// Moves the keyboard to an element that is in view already.
pub fn focus_here(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves the keyboard to an element and brings it into view.
pub fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
        element.scroll_into_view();
    }
}

/// Bytes that nobody can guess; `None` where the browser has none to give.
pub fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
