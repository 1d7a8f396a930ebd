//! Packs that somebody imported, kept in the browser's database. They never leave the device unless exported.

use js_sys::{Reflect, Uint8Array};
use rexie::{ObjectStore, Rexie, Store, Transaction, TransactionMode};
use wasm_bindgen::{JsCast, JsValue};

const DATABASE: &str = "anxin";
const PACKS: &str = "packs";

/// A pack and what its owner calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPack {
    /// `dip/own-…`, as the pack says.
    pub id: String,
    pub title: String,
    pub bytes: Vec<u8>,
}

pub async fn all() -> Result<Vec<OwnPack>, String> {
    let (_, store) = open(TransactionMode::ReadOnly).await?;
    let kept = store.get_all(None, None).await.map_err(said)?;
    Ok(kept.iter().filter_map(read).collect())
}

/// Keeps a pack, in place of one of the same id.
pub async fn keep(pack: &OwnPack) -> Result<(), String> {
    let (transaction, store) = open(TransactionMode::ReadWrite).await?;
    store.put(&written(pack).map_err(|e| format!("{e:?}"))?, None).await.map_err(said)?;
    done(transaction).await
}

pub async fn remove(id: &str) -> Result<(), String> {
    let (transaction, store) = open(TransactionMode::ReadWrite).await?;
    store.delete(id.into()).await.map_err(said)?;
    done(transaction).await
}

async fn open(mode: TransactionMode) -> Result<(Transaction, Store), String> {
    let database = Rexie::builder(DATABASE).version(1).add_object_store(ObjectStore::new(PACKS).key_path("id"));
    let database = database.build().await.map_err(said)?;
    let transaction = database.transaction(&[PACKS], mode).map_err(said)?;
    let store = transaction.store(PACKS).map_err(said)?;
    Ok((transaction, store))
}

/// What is written is there only when the transaction has ended.
async fn done(transaction: Transaction) -> Result<(), String> {
    transaction.done().await.map(|_| ()).map_err(said)
}

fn written(pack: &OwnPack) -> Result<JsValue, JsValue> {
    let row = js_sys::Object::new();
    Reflect::set(&row, &"id".into(), &pack.id.as_str().into())?;
    Reflect::set(&row, &"title".into(), &pack.title.as_str().into())?;
    Reflect::set(&row, &"bytes".into(), &Uint8Array::from(pack.bytes.as_slice()))?;
    Ok(row.into())
}

fn read(row: &JsValue) -> Option<OwnPack> {
    let part = |name: &str| Reflect::get(row, &name.into()).ok();
    Some(OwnPack {
        id: part("id")?.as_string()?,
        title: part("title")?.as_string()?,
        bytes: part("bytes")?.dyn_into::<Uint8Array>().ok()?.to_vec(),
    })
}

fn said(cause: rexie::Error) -> String {
    cause.to_string()
}
