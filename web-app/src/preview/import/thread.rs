//! The import in the second thread, so that a large workbook leaves the page alone.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

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
    /// To have these packs open when a file comes.
    Warm {
        packs: Vec<String>,
    },
    Guess,
    Read {
        what: What,
        guess: Guess,
        about: About,
        packs: Vec<String>,
    },
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

/// The page's end of the second thread. It is there before a file is, so that starting it and opening packs keeps
/// nobody waiting.
#[derive(Default)]
pub struct Importer {
    run: Option<Run>,
    /// Whether it has not done yet what it was asked for last.
    busy: Rc<Cell<bool>>,
}

impl Importer {
    /// Has a task done; `told` hears how far it has come and what comes of it. A thread that is at work on something
    /// else, or has failed, makes room for a new one.
    pub fn ask(&mut self, bytes: &[u8], task: &ImportTask, told: &Callback<ImportMessage>) {
        let task = serde_json::to_string(task).unwrap_or_default();
        let parts = [("import", task.into()), ("bytes", Uint8Array::from(bytes).into())];
        let asked = match &self.run {
            Some(run) if !self.busy.get() => run.ask(&parts),
            _ => self.start(&parts, told.clone()),
        };
        self.busy.set(true);
        if let Err(cause) = asked {
            told.emit(ImportMessage::Failed(format!("{cause:?}")));
        }
    }

    /// Starts a thread that opens packs, unless there is one. That it cannot be started is told when it is needed.
    pub fn warm(&mut self, packs: Vec<String>, told: Callback<ImportMessage>) {
        if self.run.is_none() {
            let task = serde_json::to_string(&ImportTask::Warm { packs }).unwrap_or_default();
            let _ = self.start(&[("import", task.into())], told);
        }
    }

    fn start(&mut self, parts: &[(&str, JsValue)], told: Callback<ImportMessage>) -> Result<(), JsValue> {
        self.busy = Rc::default();
        let busy = self.busy.clone();
        let heard = Callback::from(move |said: Result<JsValue, String>| match said.map(|data| heard(&data)) {
            Ok(Some(message)) => {
                busy.set(matches!(message, ImportMessage::Progress { .. }));
                told.emit(message);
            }
            Ok(None) => {}
            // It stays busy: what has failed is not asked again.
            Err(cause) => {
                busy.set(true);
                told.emit(ImportMessage::Failed(cause));
            }
        });
        self.run = Some(Run::with(parts, heard)?);
        Ok(())
    }
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
        Ok(ImportTask::Warm { packs }) => {
            // What cannot be had now is asked for again when it is needed, and told then.
            if let Ok(engine) = opened(&packs).await {
                keep(packs, engine);
            }
            return;
        }
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
    let kept = OPEN.with_borrow_mut(Option::take).filter(|(packs, _)| packs == wanted);
    let engine = match kept {
        Some((_, engine)) => engine,
        None => opened(wanted).await?,
    };
    let declared = |book: &Book<'_>| guess.tables.iter().filter_map(|t| book.declared_rows(t.sheet)).sum();
    let in_all = Book::open(bytes, &Limits::default()).map_or(0, |book| declared(&book));
    let progress = |rows| tell(scope, ImportMessage::Progress { rows, in_all });
    let read = read(what, bytes, guess, about, engine.shelf(), progress);
    keep(wanted.to_vec(), engine);
    Ok(match read {
        Ok(read) => ImportMessage::Read(Box::new(read)),
        Err(cause) => ImportMessage::Refused(cause.into()),
    })
}

thread_local! {
    /// In the second thread: the packs that are open, by their ids.
    static OPEN: RefCell<Option<(Vec<String>, Engine)>> = const { RefCell::new(None) };
}

fn keep(packs: Vec<String>, engine: Engine) {
    OPEN.set(Some((packs, engine)));
}

async fn opened(wanted: &[String]) -> Result<Engine, String> {
    let mut engine = Engine::new();
    for id in wanted {
        engine.load(&packs::pack(id).await?).map_err(|e| e.to_string())?;
    }
    Ok(engine)
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
