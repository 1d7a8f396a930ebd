//! The second thread: reads a file piece by piece, groups its rows, and tells how far it has come.

use std::ops::ControlFlow;

use anxin_core::dispatch::Engine;
use anxin_core::preview::RepeatedFees;
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, File, MessageEvent};

use super::csv::Table;
use super::file::{Decoder, Format, bytes};
use super::job::Job;
use super::record::Record;
use super::task::{Message, Progress, Task};
use super::workbook::{self, Cells};
use crate::preview::import;
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
    if let Some(import) = part(data, "import")?.as_string() {
        import::run(scope, &import, data).await;
        return Ok(());
    }
    let file: File = part(data, "file")?.dyn_into().map_err(said)?;
    let task = part(data, "task")?.as_string().unwrap_or_default();
    let task: Task = serde_json::from_str(&task).map_err(|e| e.to_string())?;
    let mut engine = Engine::new();
    for id in &task.packs {
        engine.load(&packs::pack(id).await?).map_err(|e| e.to_string())?;
    }
    // Packs that are kept on this device come with the task.
    for own in Array::from(&part(data, "own")?) {
        let bytes = own.dyn_into::<Uint8Array>().map_err(said)?.to_vec();
        engine.load(&bytes).map_err(|e| e.to_string())?;
    }
    let fees = match (&task.fees, part(data, "fees")?.dyn_into::<File>()) {
        (Some(asked), Ok(file)) => asked.read(&file).await?,
        _ => RepeatedFees::default(),
    };
    let job = Job::new(engine.shelf(), &task, fees).ok_or("a pack that is needed is not there")?;
    read(scope, &file, &task, job).await
}

async fn read(scope: &DedicatedWorkerGlobalScope, file: &File, task: &Task, job: Job<'_>) -> Result<(), String> {
    let mut under_way = UnderWay { scope, task, job, pieces: Array::new(), start: js_sys::Date::now() };
    match &task.format {
        Format::Text { encoding, separator } => under_way.text(file, encoding, *separator).await?,
        Format::Workbook { sheet } => under_way.workbook(file, *sheet).await?,
    }
    under_way.end()
}

/// Rows between two messages of a workbook.
const ROWS_TOLD: u32 = 4096;

/// A table on its way through.
struct UnderWay<'t> {
    scope: &'t DedicatedWorkerGlobalScope,
    task: &'t Task,
    job: Job<'t>,
    /// What came out so far, in the browser's keeping.
    pieces: Array,
    start: f64,
}

impl UnderWay<'_> {
    async fn text(&mut self, file: &File, encoding: &str, separator: u8) -> Result<(), String> {
        let decoder = if encoding == "utf-8" { None } else { Some(Decoder::new(encoding).map_err(said)?) };
        let mut table = Table::new(separator);
        let (mut read, in_all) = (0.0, file.size());
        while read < in_all {
            let end = (read + PIECE_BYTES).min(in_all);
            let raw = bytes(file, read, end).await.map_err(said)?;
            let decoded = decoder.as_ref().map(|d| d.decode(&raw)).transpose().map_err(said)?;
            let piece = decoded.as_ref().map_or(raw.as_slice(), |text| text.as_bytes());
            let piece = piece.strip_prefix("\u{feff}".as_bytes()).filter(|_| read == 0.0).unwrap_or(piece);
            table.push(piece, |record| self.take(record));
            read = end;
            self.tell(read, in_all)?;
        }
        table.finish(|record| self.take(record));
        Ok(())
    }

    async fn workbook(&mut self, file: &File, sheet: usize) -> Result<(), String> {
        let raw = bytes(file, 0.0, file.size()).await.map_err(said)?;
        let book = workbook::open(&raw).map_err(|e| e.to_string())?;
        let in_all = book.declared_rows(sheet).map_or(0.0, f64::from);
        let (mut cells, mut failed) = (Cells::default(), None);
        let columns = &self.task.columns;
        let read = book.rows(sheet, |row| {
            self.take(&cells.record(&row, columns));
            if row.number % ROWS_TOLD == 0 {
                failed = self.tell(f64::from(row.number), in_all).err();
            }
            if failed.is_none() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        read.map_err(|e| e.to_string())?;
        failed.map_or(Ok(()), Err)
    }

    /// What stands above the rows, and the header itself, is no record.
    fn take(&mut self, record: &Record<'_>) {
        if record.number > self.task.header {
            self.job.take(record);
        }
    }

    fn tell(&mut self, read: f64, in_all: f64) -> Result<(), String> {
        self.pieces.push(&blob(&mut self.job.out)?.into());
        let progress = Progress { rows: self.job.summary.rows, read, in_all, millis: js_sys::Date::now() - self.start };
        tell(self.scope, &Message::Progress { progress, work: std::mem::take(&mut self.job.work) }, None);
        Ok(())
    }

    fn end(mut self) -> Result<(), String> {
        self.job.look_back();
        self.tell(1.0, 1.0)?;
        let millis = js_sys::Date::now() - self.start;
        let progress = Progress { rows: self.job.summary.rows, read: 1.0, in_all: 1.0, millis };
        let whole = Blob::new_with_blob_sequence_and_options(&self.pieces, &text_csv()).map_err(said)?;
        tell(self.scope, &Message::Done { progress, summary: Box::new(self.job.summary) }, Some(whole));
        Ok(())
    }
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
