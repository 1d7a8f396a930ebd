//! Refusals as JavaScript errors.

use anxin_core::Refusal;
use anxin_core::pack::PackError;
use js_sys::{Error, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// An `AnxinError` for a pack that cannot be read.
pub fn pack(error: PackError) -> JsValue {
    refused(Refusal::from(error))
}

/// An `AnxinError` for what is refused before there is a reply.
pub fn refused(Refusal { code, field, accepted }: Refusal) -> JsValue {
    error_of(&code.code().into(), &field.into(), &accepted.into(), None)
}

/// An `AnxinError` from the `refused` part of a reply.
pub fn refusal(refused: &JsValue) -> JsValue {
    let of = |key: &str| Reflect::get(refused, &key.into()).unwrap_or(JsValue::UNDEFINED);
    error_of(&of("code"), &of("field"), &of("accepted"), of("message").as_string())
}

fn error_of(code: &JsValue, field: &JsValue, accepted: &JsValue, message: Option<String>) -> JsValue {
    let text = |value: &JsValue| value.as_string().unwrap_or_default();
    let message = message.unwrap_or_else(|| format!("{} {}: {}", text(code), text(field), text(accepted)));
    let error = Error::new(&message);
    error.set_name("AnxinError");
    for (key, value) in [("code", code), ("field", field), ("accepted", accepted)] {
        // A plain new object takes every property.
        let _ = Reflect::set(error.unchecked_ref(), &key.into(), value);
    }
    error.into()
}
