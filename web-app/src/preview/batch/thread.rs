//! The second thread: reads a file piece by piece, groups its rows, and tells how far it has come.

use std::collections::BTreeMap;

use anxin_core::dispatch::Engine;
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, File, MessageEvent};

use super::csv::Table;
use super::file::{Decoder, bytes};
use super::job::Job;
use super::task::{Message, Progress, Task};
use crate::services::packs;

/// A piece is small enough that the page hears often, and large enough to be fast.
const PIECE_BYTES: f64 = 524_288.0;

/// In a worker, takes the message that follows as its task. Elsewhere does nothing.
pub fn wait_for_task() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let post = scope.clone();
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let post = post.clone();
        yew::platform::spawn_local(async move {
            if let Err(cause) = run(&post, &event.data()).await {
                tell(&post, &Message::Failed(cause), None);
            }
        });
    });
    scope.set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    handler.forget();
}

fn tell(scope: &DedicatedWorkerGlobalScope, message: &Message, file: Option<Blob>) {
    let json = serde_json::to_string(message).unwrap_or_default();
    let both = Array::of2(&json.into(), &file.map_or(JsValue::NULL, Into::into));
    // There is nobody to tell when telling fails.
    let _ = scope.post_message(&both);
}

async fn run(scope: &DedicatedWorkerGlobalScope, data: &JsValue) -> Result<(), String> {
    let file: File = part(data, "file")?.dyn_into().map_err(said)?;
    let task = part(data, "task")?.as_string().unwrap_or_default();
    let task: Task = serde_json::from_str(&task).map_err(|e| e.to_string())?;
    let mut engine = Engine::new();
    for id in &task.packs {
        engine.load(&packs::pack(id).await?).map_err(|e| e.to_string())?;
    }
    let scheme = engine.shelf().scheme(&task.scheme, None, &BTreeMap::new());
    let scheme = scheme.map_err(|refusal| refusal.accepted)?;
    let job = Job::new(engine.shelf(), &scheme, &task).ok_or("a pack that is needed is not there")?;
    read(scope, &file, &task, job).await
}

async fn read(scope: &DedicatedWorkerGlobalScope, file: &File, task: &Task, mut job: Job<'_>) -> Result<(), String> {
    let decoder = if task.encoding == "utf-8" { None } else { Some(Decoder::new(&task.encoding).map_err(said)?) };
    let mut table = Table::new(task.separator);
    let mut header = true;
    let pieces = Array::new();
    let start = js_sys::Date::now();
    let mut progress = Progress { bytes_in_all: file.size(), ..Progress::default() };
    while progress.bytes < progress.bytes_in_all {
        let end = (progress.bytes + PIECE_BYTES).min(progress.bytes_in_all);
        let raw = bytes(file, progress.bytes, end).await.map_err(said)?;
        let decoded = decoder.as_ref().map(|d| d.decode(&raw)).transpose().map_err(said)?;
        let piece = decoded.as_ref().map_or(raw.as_slice(), |text| text.as_bytes());
        let first = progress.bytes == 0.0;
        let piece = piece.strip_prefix("\u{feff}".as_bytes()).filter(|_| first).unwrap_or(piece);
        table.push(piece, |record| {
            if !std::mem::take(&mut header) {
                job.take(record)
            }
        });
        progress = Progress { rows: job.summary.rows, bytes: end, millis: js_sys::Date::now() - start, ..progress };
        pieces.push(&blob(&mut job.out)?.into());
        tell(scope, &Message::Progress { progress, work: std::mem::take(&mut job.work) }, None);
    }
    table.finish(|record| {
        if !std::mem::take(&mut header) {
            job.take(record)
        }
    });
    pieces.push(&blob(&mut job.out)?.into());
    progress = Progress { rows: job.summary.rows, millis: js_sys::Date::now() - start, ..progress };
    tell(scope, &Message::Progress { progress, work: std::mem::take(&mut job.work) }, None);
    let whole = Blob::new_with_blob_sequence_and_options(&pieces, &text_csv()).map_err(said)?;
    tell(scope, &Message::Done { progress, summary: Box::new(job.summary) }, Some(whole));
    Ok(())
}

/// Hands lines over to the browser, which may keep them outside the program's memory.
fn blob(lines: &mut Vec<u8>) -> Result<Blob, String> {
    let parts = Array::of1(&Uint8Array::from(lines.as_slice()).into());
    lines.clear();
    Blob::new_with_u8_array_sequence_and_options(&parts, &text_csv()).map_err(said)
}

fn text_csv() -> BlobPropertyBag {
    let options = BlobPropertyBag::new();
    options.set_type("text/csv;charset=utf-8");
    options
}

fn part(data: &JsValue, name: &str) -> Result<JsValue, String> {
    Reflect::get(data, &name.into()).map_err(said)
}

fn said(cause: JsValue) -> String {
    let message = Reflect::get(&cause, &"message".into()).ok().and_then(|m| m.as_string());
    message.unwrap_or_else(|| format!("{cause:?}"))
}
