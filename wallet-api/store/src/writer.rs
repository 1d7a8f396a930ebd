//! Group commit: requests that wait at the same time are one transaction.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::batch::{Answer, Asked};
use crate::error::StoreError;
use crate::memory::MemoryStore;
use crate::postgres::PostgresStore;
use crate::sqlite::SqliteStore;
use crate::work::{BatchId, Committed};

/// What a writer needs of a store.
pub trait Books: Send + Sync + 'static {
    fn commit(&self, batch: BatchId, asked: &[Asked]) -> impl Future<Output = Result<Committed, StoreError>> + Send;
    fn has(&self, batch: BatchId) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

macro_rules! books {
    ($($store:ty),*) => {$(
        impl Books for $store {
            async fn commit(&self, batch: BatchId, asked: &[Asked]) -> Result<Committed, StoreError> {
                <$store>::commit(self, batch, asked).await
            }

            async fn has(&self, batch: BatchId) -> Result<bool, StoreError> {
                <$store>::has(self, batch).await
            }
        }
    )*};
}

books!(MemoryStore, SqliteStore, PostgresStore);

/// Takes requests in from everywhere and stores them in batches, one after the other.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
    halted: Arc<AtomicBool>,
}

struct Waiting {
    asked: Vec<Asked>,
    reply: oneshot::Sender<Result<Vec<Answer>, Refused>>,
}

/// Why a writer took nothing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Too many wait already, or the store was busy for too long.
    Busy,
    /// It is not known whether the requests were stored. Asked again with the same keys, they are not done twice.
    Unclear,
    /// The store takes nothing in until somebody has looked at it.
    Halted(String),
}

/// Requests of one transaction at most.
const BATCH_MAX: usize = 2_000;
const QUEUE: usize = 8_192;
/// Tries before a busy store is given up, and the pause before the first of them.
const TRIES: u32 = 6;
const PAUSE: Duration = Duration::from_millis(5);

impl Writer {
    /// Starts the task that writes. It ends when the last clone of the writer is dropped.
    pub fn start<B: Books>(store: Arc<B>, new_id: impl FnMut() -> u128 + Send + 'static) -> Writer {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let halted = Arc::new(AtomicBool::new(false));
        tokio::spawn(write(store, waiting, new_id, Arc::clone(&halted)));
        Writer { queue, halted }
    }

    /// Whether it has stopped taking anything in.
    pub fn is_halted(&self) -> bool {
        self.halted.load(Ordering::Acquire)
    }

    /// Stores requests, in their order and in one transaction, and says what became of each once that is durable.
    pub async fn ask(&self, asked: Vec<Asked>) -> Result<Vec<Answer>, Refused> {
        let (reply, answer) = oneshot::channel();
        self.queue.try_send(Waiting { asked, reply }).map_err(|_| Refused::Busy)?;
        answer.await.unwrap_or(Err(Refused::Unclear))
    }
}

async fn write<B: Books>(
    store: Arc<B>,
    mut queue: mpsc::Receiver<Waiting>,
    mut new_id: impl FnMut() -> u128 + Send + 'static,
    halted: Arc<AtomicBool>,
) {
    let mut batch: Vec<Waiting> = Vec::new();
    while let Some(first) = queue.recv().await {
        let mut size = first.asked.len();
        batch.push(first);
        while size < BATCH_MAX
            && let Ok(next) = queue.try_recv()
        {
            size += next.asked.len();
            batch.push(next);
        }
        let asked: Vec<Asked> = batch.iter().flat_map(|w| w.asked.iter().cloned()).collect();
        let result = if halted.load(Ordering::Acquire) {
            Err(Refused::Halted("stopped earlier".into()))
        } else {
            commit(&*store, BatchId(new_id()), &asked).await
        };
        if let Err(Refused::Halted(cause)) = &result
            && !halted.swap(true, Ordering::AcqRel)
        {
            tracing::error!(cause, "the books take nothing in any more");
        }
        answer(&mut batch, result);
    }
}

fn answer(batch: &mut Vec<Waiting>, result: Result<Vec<Answer>, Refused>) {
    match result {
        Ok(answers) => {
            let mut answers = answers.into_iter();
            for waiting in batch.drain(..) {
                let own = answers.by_ref().take(waiting.asked.len()).collect();
                // Nobody to tell is nothing to undo: the request is stored under its key.
                let _ = waiting.reply.send(Ok(own));
            }
        }
        Err(refused) => batch.drain(..).for_each(|waiting| {
            let _ = waiting.reply.send(Err(refused.clone()));
        }),
    }
}

/// Commits a batch, again and again while the store is only busy. Where the answer to a COMMIT was lost, the
/// batch is looked for; if it is there, the requests' keys give the answers a second time.
async fn commit<B: Books>(store: &B, batch: BatchId, asked: &[Asked]) -> Result<Vec<Answer>, Refused> {
    let mut pause = PAUSE;
    for _ in 0..TRIES {
        match store.commit(batch, asked).await {
            Ok(committed) => return Ok(committed.answers),
            Err(StoreError::Again(cause)) => tracing::warn!(cause, "the books are busy"),
            Err(StoreError::Unclear(cause)) => {
                tracing::warn!(cause, "the answer to a commit was lost");
                if matches!(store.has(batch).await, Ok(true)) {
                    return replay(store, batch, asked).await;
                }
            }
            Err(other) => return Err(Refused::Halted(other.to_string())),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    Err(Refused::Busy)
}

async fn replay<B: Books>(store: &B, batch: BatchId, asked: &[Asked]) -> Result<Vec<Answer>, Refused> {
    let again = store.commit(batch, asked).await;
    again.map(|committed| committed.answers).map_err(|_| Refused::Unclear)
}
