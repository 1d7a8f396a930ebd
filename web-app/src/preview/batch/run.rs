//! The page's end of the second thread.

use std::rc::Rc;

use gloo::utils::document;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

use super::task::{Message, Task};
use crate::preview::library::Own;

/// A thread at work; it ends with this.
pub struct Run {
    worker: Worker,
    _handlers: [Closure<dyn FnMut(MessageEvent)>; 2],
}

impl Drop for Run {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// What a table is grouped with beside its task.
pub struct Files<'f> {
    pub table: &'f File,
    /// 费用明细
    pub fees: Option<&'f File>,
    /// Packs that the thread cannot fetch.
    pub own: &'f [Rc<Own>],
}

impl Run {
    /// Groups a table.
    pub fn start(files: &Files<'_>, task: &Task, told: Callback<(Message, Option<Blob>)>) -> Result<Run, JsValue> {
        let own: Array = files.own.iter().map(|own| Uint8Array::from(own.kept.bytes.as_slice())).collect();
        let parts = [
            ("file", files.table.into()),
            ("fees", files.fees.map_or(JsValue::NULL, Into::into)),
            ("own", own.into()),
            ("task", serde_json::to_string(task).unwrap_or_default().into()),
        ];
        let heard = Callback::from(move |said: Result<JsValue, String>| match said {
            Ok(data) => read(&data).into_iter().for_each(|heard| told.emit(heard)),
            Err(cause) => told.emit((Message::Failed(cause), None)),
        });
        Run::with(&parts, heard)
    }

    /// A thread that is handed these parts.
    pub fn with(parts: &[(&str, JsValue)], heard: Callback<Result<JsValue, String>>) -> Result<Run, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options("/worker.js", &options)?;
        let failed = heard.clone();
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| heard.emit(Ok(event.data())));
        let fail = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let cause = Reflect::get(&event, &"message".into()).ok().and_then(|m| m.as_string());
            failed.emit(Err(cause.unwrap_or_else(|| "worker".into())));
        });
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        let run = Run { worker, _handlers: [hear, fail] };
        let program = [("js", program()), ("module", wasm_bindgen::module())];
        run.ask(&[program.as_slice(), parts].concat())?;
        Ok(run)
    }

    /// Hands more to a thread that is there.
    pub fn ask(&self, parts: &[(&str, JsValue)]) -> Result<(), JsValue> {
        let data = Object::new();
        for (name, value) in parts {
            Reflect::set(&data, &(*name).into(), value)?;
        }
        self.worker.post_message(&data)
    }
}

/// The address of this program, which the build writes into the document.
fn program() -> JsValue {
    let script = document().query_selector("script[data-preview-js]").ok().flatten();
    script.and_then(|script| script.get_attribute("data-preview-js")).unwrap_or_default().into()
}

fn read(data: &JsValue) -> Option<(Message, Option<Blob>)> {
    let parts: &Array = data.dyn_ref()?;
    let message = serde_json::from_str(&parts.get(0).as_string()?).ok()?;
    Some((message, parts.get(1).dyn_into().ok()))
}
