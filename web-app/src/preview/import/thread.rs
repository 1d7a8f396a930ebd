//! The import in the second thread, so that a large workbook leaves the page alone.

use anxin_core::dispatch::Engine;
use anxin_import::Guess;
use anxin_sheets::{Book, Limits};
use js_sys::{Array, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DedicatedWorkerGlobalScope;
use yew::Callback;

use super::file::{Refused, guessed};
use super::read::{About, Read, What, read};
use crate::preview::batch::Run;
use crate::services::packs;

/// What the second thread is to do with the bytes that come with it.
#[derive(Serialize, Deserialize)]
pub enum ImportTask {
    Guess,
    Read { what: What, guess: Guess, about: About, packs: Vec<String> },
}

/// What the second thread says; packs come beside it.
#[derive(Serialize, Deserialize)]
pub enum ImportMessage {
    Guessed(Guess),
    /// Rows so far, and in all where the file says so.
    Progress {
        rows: u32,
        in_all: u32,
    },
    Read(Box<Read>),
    Refused(Refused),
    Failed(String),
}

/// Starts a task; `told` hears how far it has come and what comes of it.
pub fn start(bytes: &[u8], task: &ImportTask, told: Callback<ImportMessage>) -> Option<Run> {
    let parts =
        [("import", serde_json::to_string(task).unwrap_or_default().into()), ("bytes", Uint8Array::from(bytes).into())];
    let failed = told.clone();
    let heard = Callback::from(move |said: Result<JsValue, String>| match said.map(|data| heard(&data)) {
        Ok(Some(message)) => told.emit(message),
        Ok(None) => {}
        Err(cause) => told.emit(ImportMessage::Failed(cause)),
    });
    let started = Run::with(&parts, heard);
    started.map_err(|cause| failed.emit(ImportMessage::Failed(format!("{cause:?}")))).ok()
}

fn heard(data: &JsValue) -> Option<ImportMessage> {
    let parts: &Array = data.dyn_ref()?;
    let mut message: ImportMessage = serde_json::from_str(&parts.get(0).as_string()?).ok()?;
    if let ImportMessage::Read(read) = &mut message {
        let bytes = |at| parts.get(at).dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
        (read.pack, read.scheme_pack) = (bytes(1), bytes(2));
    }
    Some(message)
}

/// In the second thread: does what an import asks for.
pub async fn run(scope: &DedicatedWorkerGlobalScope, task: &str, data: &JsValue) {
    let bytes = Reflect::get(data, &"bytes".into()).ok().and_then(|b| b.dyn_into::<Uint8Array>().ok());
    let bytes = bytes.map(|b| b.to_vec()).unwrap_or_default();
    let message = match serde_json::from_str(task) {
        Ok(ImportTask::Guess) => guessed(&bytes).map_or_else(ImportMessage::Refused, ImportMessage::Guessed),
        Ok(ImportTask::Read { what, guess, about, packs }) => {
            taken(scope, &bytes, (what, &guess, &about), &packs).await.unwrap_or_else(ImportMessage::Failed)
        }
        Err(cause) => ImportMessage::Failed(cause.to_string()),
    };
    tell(scope, message);
}

async fn taken(
    scope: &DedicatedWorkerGlobalScope,
    bytes: &[u8],
    (what, guess, about): (What, &Guess, &About),
    wanted: &[String],
) -> Result<ImportMessage, String> {
    let mut engine = Engine::new();
    for id in wanted {
        engine.load(&packs::pack(id).await?).map_err(|e| e.to_string())?;
    }
    let declared = |book: &Book<'_>| guess.tables.iter().filter_map(|t| book.declared_rows(t.sheet)).sum();
    let in_all = Book::open(bytes, &Limits::default()).map_or(0, |book| declared(&book));
    let progress = |rows| tell(scope, ImportMessage::Progress { rows, in_all });
    Ok(match read(what, bytes, guess, about, engine.shelf(), progress) {
        Ok(read) => ImportMessage::Read(Box::new(read)),
        Err(cause) => ImportMessage::Refused(cause.into()),
    })
}

fn tell(scope: &DedicatedWorkerGlobalScope, mut message: ImportMessage) {
    let packs = match &mut message {
        ImportMessage::Read(read) => [read.pack.take(), read.scheme_pack.take()],
        _ => [None, None],
    };
    let [pack, scheme] =
        packs.map(|pack| pack.map_or(JsValue::NULL, |bytes| Uint8Array::from(bytes.as_slice()).into()));
    let both = Array::of3(&serde_json::to_string(&message).unwrap_or_default().into(), &pack, &scheme);
    // There is nobody to tell when telling fails.
    let _ = scope.post_message(&both);
}
