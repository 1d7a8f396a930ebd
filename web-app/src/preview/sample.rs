//! Tables that a story begins with, fetched where the address asks for them.

use gloo::net::http::Request;
use js_sys::{Array, Uint8Array};
use web_sys::File;
use yew::prelude::*;

use crate::services::browser;

const ASKED: &str = "story";

/// Chooses the sample of this name as if somebody had, once, when the address ends in `#story`.
#[hook]
pub fn use_sample(name: &'static str, onfile: &Callback<File>) {
    let onfile = onfile.clone();
    use_effect_with((), move |()| {
        if browser::fragment().as_deref() == Some(ASKED) {
            yew::platform::spawn_local(async move {
                if let Some(file) = fetched(name).await {
                    onfile.emit(file);
                }
            });
        }
    });
}

/// `None` where the server has no such file: the page is as without a story.
async fn fetched(name: &str) -> Option<File> {
    let response = Request::get(&format!("/samples/{name}")).send().await.ok()?;
    let bytes = if response.ok() { response.binary().await.ok()? } else { return None };
    let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
    File::new_with_u8_array_sequence(&parts, name).ok()
}
