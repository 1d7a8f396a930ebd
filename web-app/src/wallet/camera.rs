//! Scanning with the device's own camera, where the browser reads codes by itself. A picture is looked at where it is,
//! and goes nowhere.

use std::cell::Cell;
use std::rc::Rc;

use gloo::utils::window;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::counter::C;
use crate::hooks::use_lang;

const LOOK_MS: u32 = 150;

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// What a method answers, and what it promised.
fn call(of: &JsValue, name: &str, args: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(of, name).ok_or(JsValue::NULL)?.dyn_into()?;
    Reflect::apply(&method, of, &args.iter().collect())
}

async fn promised(of: &JsValue, name: &str, args: &[JsValue]) -> Result<JsValue, JsValue> {
    JsFuture::from(call(of, name, args)?.dyn_into::<Promise>()?).await
}

fn devices() -> Option<JsValue> {
    get(&get(&window(), "navigator")?, "mediaDevices")
}

fn detector() -> Option<Function> {
    get(&window(), "BarcodeDetector")?.dyn_into().ok()
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A new object takes every field.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// An open camera. Dropping it closes it.
struct Lens(JsValue);

impl Lens {
    async fn open() -> Result<Lens, JsValue> {
        let facing = object(&[("facingMode", "environment".into())]);
        let wanted = object(&[("video", facing), ("audio", false.into())]);
        promised(&devices().ok_or(JsValue::NULL)?, "getUserMedia", &[wanted]).await.map(Lens)
    }
}

impl Drop for Lens {
    fn drop(&mut self) {
        if let Ok(tracks) = call(&self.0, "getTracks", &[]) {
            Array::from(&tracks).iter().for_each(|track| drop(call(&track, "stop", &[])));
        }
    }
}

/// Looks until a code is seen, or nobody wants one any more.
async fn watch(video: NodeRef, wanted: Rc<Cell<bool>>) -> Result<Option<String>, JsValue> {
    let lens = Lens::open().await?;
    let (Some(video), true) = (video.cast::<HtmlElement>(), wanted.get()) else { return Ok(None) };
    let video: JsValue = video.into();
    Reflect::set(&video, &"srcObject".into(), &lens.0)?;
    promised(&video, "play", &[]).await?;
    let formats = object(&[("formats", Array::of1(&"qr_code".into()).into())]);
    let detector = Reflect::construct(&detector().ok_or(JsValue::NULL)?, &Array::of1(&formats))?;
    while wanted.get() {
        // A picture that is not there yet is no picture without a code.
        if let Ok(found) = promised(&detector, "detect", std::slice::from_ref(&video)).await
            && let Some(text) = get(&Array::from(&found).get(0), "rawValue").and_then(|text| text.as_string())
            && !text.is_empty()
        {
            return Ok(Some(text));
        }
        TimeoutFuture::new(LOOK_MS).await;
    }
    Ok(None)
}

#[derive(Properties, PartialEq)]
pub struct CameraProps {
    pub onread: Callback<String>,
}

/// A button that opens the camera until it has read one code.
#[component]
pub fn Camera(props: &CameraProps) -> Html {
    let lang = use_lang();
    let open = use_state(|| false);
    let failed = use_state(|| false);
    let video = use_node_ref();
    {
        let (open, failed, video, onread) = (open.clone(), failed.clone(), video.clone(), props.onread.clone());
        use_effect_with(*open, move |is_open| {
            let wanted = Rc::new(Cell::new(*is_open));
            if *is_open {
                let wanted = Rc::clone(&wanted);
                yew::platform::spawn_local(async move {
                    let seen = watch(video, Rc::clone(&wanted)).await;
                    if !wanted.get() {
                        return;
                    }
                    failed.set(seen.is_err());
                    open.set(false);
                    if let Ok(Some(text)) = seen {
                        onread.emit(text);
                    }
                });
            }
            move || wanted.set(false)
        });
    }
    if devices().is_none() || detector().is_none() {
        return html! { <p class="hint" data-testid="camera-none">{ C::CameraNone.say(lang) }</p> };
    }
    let onclick = {
        let (open, failed) = (open.clone(), failed.clone());
        Callback::from(move |_: MouseEvent| {
            failed.set(false);
            open.set(!*open);
        })
    };
    html! {
        <div class="camera">
            if *failed {
                <p class="error" role="alert" data-testid="camera-failed">{ C::CameraFailed.say(lang) }</p>
            }
            if *open {
                <video ref={video} class="lens" data-testid="lens" playsinline=true muted=true aria-label={C::CameraPicture.say(lang)} />
            }
            <button type="button" class="secondary" data-testid="camera" {onclick}>
                { if *open { C::CameraClose } else { C::CameraOpen }.say(lang) }
            </button>
            <p class="hint">{ C::CameraHint.say(lang) }</p>
        </div>
    }
}
