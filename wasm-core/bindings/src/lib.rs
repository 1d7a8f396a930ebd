//! The core for browsers and Node. Nothing is decided here: values go in and out as JSON through
//! the core's one door, so that this build answers like every other.

mod failure;

use anxin_core::dispatch::{Engine, parse};
use anxin_core::preview::{BatchCase, group_table};
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../types.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const ERRORS: &str = include_str!("../error.d.ts");

/// The loaded rule packs, and what can be asked of them.
#[wasm_bindgen]
#[derive(Default)]
pub struct Anxin {
    engine: Engine,
}

#[wasm_bindgen]
impl Anxin {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Anxin {
        Anxin::default()
    }

    /// Adds a rule pack; one of the same id is replaced. Throws an `AnxinError`.
    #[wasm_bindgen(unchecked_return_type = "PackHeader")]
    pub fn load(&mut self, pack: &[u8]) -> Result<JsValue, JsValue> {
        let header = self.engine.load(pack).map_err(failure::pack)?;
        JSON::parse(&serde_json::to_string(&header).unwrap_or_default())
    }

    /// Answers a request in JSON with a reply in JSON. A refusal is a reply: this never throws.
    pub fn dispatch(&self, request: &str) -> String {
        String::from_utf8(self.engine.dispatch(request.as_bytes())).unwrap_or_default()
    }

    /// What one visit costs and who pays. Throws an `AnxinError` when the case is refused.
    #[wasm_bindgen(unchecked_return_type = "Answer")]
    pub fn estimate(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Case")] case: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Lang")] lang: Option<String>,
    ) -> Result<JsValue, JsValue> {
        self.ask("estimate", &case, lang)
    }

    /// Up to four cases beside each other. Throws an `AnxinError` when one is refused.
    #[wasm_bindgen(unchecked_return_type = "Compared")]
    pub fn compare(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Case[]")] cases: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Lang")] lang: Option<String>,
    ) -> Result<JsValue, JsValue> {
        self.ask("compare", &cases, lang)
    }

    /// The visits of one year, in order. Throws an `AnxinError` when one is refused.
    #[wasm_bindgen(unchecked_return_type = "YearAnswer")]
    pub fn year(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Case[]")] cases: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Lang")] lang: Option<String>,
    ) -> Result<JsValue, JsValue> {
        self.ask("year", &cases, lang)
    }

    /// The regions whose rules are loaded.
    #[wasm_bindgen(unchecked_return_type = "RegionOut[]")]
    pub fn regions(&self) -> Result<JsValue, JsValue> {
        self.ask("regions", &Object::new(), None)
    }

    /// Groups a table of discharges, a header and a line each, between tabs or commas: a line comes out
    /// for every line. `batch` says how, in JSON. Throws an `AnxinError` when that or the header is refused.
    #[wasm_bindgen(js_name = groupTable)]
    pub fn group_table(&self, batch: &str, table: &[u8]) -> Result<Vec<u8>, JsValue> {
        let case: BatchCase = parse(batch.as_bytes()).map_err(failure::refused)?;
        group_table(self.engine.shelf(), &case, table).map_err(failure::refused)
    }

    fn ask(&self, call: &str, input: &JsValue, lang: Option<String>) -> Result<JsValue, JsValue> {
        let calls = Object::new();
        set(&calls, call, input)?;
        let request = Object::new();
        set(&request, "call", &calls)?;
        if let Some(lang) = lang {
            set(&request, "lang", &lang.into())?;
        }
        let json = JSON::stringify(&request)?.as_string().unwrap_or_default();
        let reply = JSON::parse(&self.dispatch(&json))?;
        let refusal = Reflect::get(&reply, &"refused".into())?;
        if !refusal.is_undefined() {
            return Err(failure::refusal(&refusal));
        }
        Reflect::get(&reply, &call.into())
    }
}

fn set(object: &Object, key: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &key.into(), value).map(|_| ())
}
