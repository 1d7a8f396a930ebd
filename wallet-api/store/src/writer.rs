//! Group commit: requests that wait at the same time are one transaction.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
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
    /// Why it stopped, once it has.
    halted: Arc<OnceLock<String>>,
    counters: Arc<Counters>,
}

#[derive(Debug, Default)]
struct Counters {
    batches: AtomicU64,
    requests: AtomicU64,
    retries: AtomicU64,
    unclear: AtomicU64,
    given_up: AtomicU64,
}

/// What a writer has done so far, for whoever watches it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Transactions that were stored, and the requests in them.
    pub batches: u64,
    pub requests: u64,
    /// Tries that met a busy store: a serialisation failure, a lock, a connection that broke.
    pub retries: u64,
    /// Commits whose answer was lost.
    pub unclear: u64,
    /// Batches that were given up after the last try.
    pub given_up: u64,
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
const BATCH_MAX: usize = 4_000;
const QUEUE: usize = 8_192;
/// Tries before a busy store is given up, and the pause before the first of them.
const TRIES: u32 = 6;
const PAUSE: Duration = Duration::from_millis(5);

impl Writer {
    /// Starts the task that writes. It ends when the last clone of the writer is dropped.
    pub fn start<B: Books>(store: Arc<B>, new_id: impl FnMut() -> u128 + Send + 'static) -> Writer {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let halted = Arc::new(OnceLock::new());
        let counters = Arc::new(Counters::default());
        tokio::spawn(write(store, waiting, new_id, Arc::clone(&halted), Arc::clone(&counters)));
        Writer { queue, halted, counters }
    }

    pub fn tally(&self) -> Tally {
        let Counters { batches, requests, retries, unclear, given_up } = &*self.counters;
        let [batches, requests, retries, unclear, given_up] =
            [batches, requests, retries, unclear, given_up].map(|counter| counter.load(Ordering::Relaxed));
        Tally { batches, requests, retries, unclear, given_up }
    }

    /// Whether it has stopped taking anything in.
    pub fn is_halted(&self) -> bool {
        self.halted.get().is_some()
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
    halted: Arc<OnceLock<String>>,
    counters: Arc<Counters>,
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
        let result = match halted.get() {
            Some(cause) => Err(Refused::Halted(cause.clone())),
            None => commit(&*store, &mut new_id, &asked, &counters).await,
        };
        if result.is_ok() {
            counters.batches.fetch_add(1, Ordering::Relaxed);
            counters.requests.fetch_add(asked.len() as u64, Ordering::Relaxed);
        }
        if let Err(Refused::Halted(cause)) = &result
            && halted.set(cause.clone()).is_ok()
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
/// batch is looked for; if it is there, now or by the time of another try, the requests' keys give the answers a second
/// time.
async fn commit<B: Books>(
    store: &B,
    new_id: &mut impl FnMut() -> u128,
    asked: &[Asked],
    counters: &Counters,
) -> Result<Vec<Answer>, Refused> {
    let batch = BatchId(new_id());
    let (mut pause, mut lost) = (PAUSE, false);
    for _ in 0..TRIES {
        match store.commit(batch, asked).await {
            Ok(committed) => return Ok(committed.answers),
            Err(StoreError::Again(cause)) => {
                counters.retries.fetch_add(1, Ordering::Relaxed);
                tracing::warn!(cause, "the books are busy");
            }
            Err(StoreError::Unclear(cause)) => {
                lost = true;
                counters.unclear.fetch_add(1, Ordering::Relaxed);
                tracing::warn!(cause, "the answer to a commit was lost");
                if matches!(store.has(batch).await, Ok(true)) {
                    return replay(store, BatchId(new_id()), asked).await;
                }
            }
            Err(StoreError::Stored) => return replay(store, BatchId(new_id()), asked).await,
            Err(other) => return Err(Refused::Halted(other.to_string())),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    counters.given_up.fetch_add(1, Ordering::Relaxed);
    // A try whose answer was lost may still be carried out.
    Err(if lost { Refused::Unclear } else { Refused::Busy })
}

/// A batch of its own: what is not known by a key, because it may be asked any number of times, is done once more.
async fn replay<B: Books>(store: &B, batch: BatchId, asked: &[Asked]) -> Result<Vec<Answer>, Refused> {
    let again = store.commit(batch, asked).await;
    again.map(|committed| committed.answers).map_err(|_| Refused::Unclear)
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::Mutex;

    use wallet_ledger::{Command, Head, HoldId, Outcome};

    use super::*;
    use crate::batch::own;

    /// What the store does with each try, in turn; then it stores.
    #[derive(Clone, Copy)]
    enum Try {
        Busy,
        /// The answer to COMMIT is lost, and it was carried out, or not.
        Lost(bool),
        /// What was lost before is carried out, and then the batch comes again.
        Late,
        Full,
    }

    struct Script {
        tries: Mutex<VecDeque<Try>>,
        stored: Mutex<Vec<BatchId>>,
    }

    impl Books for Script {
        async fn commit(&self, batch: BatchId, asked: &[Asked]) -> Result<Committed, StoreError> {
            match self.tries.lock().unwrap().pop_front() {
                Some(Try::Busy) => return Err(StoreError::Again("40001".into())),
                Some(Try::Full) => return Err(StoreError::Halted("no space".into())),
                Some(Try::Lost(carried_out)) => {
                    if carried_out {
                        self.stored.lock().unwrap().push(batch);
                    }
                    return Err(StoreError::Unclear("gone".into()));
                }
                Some(Try::Late) => {
                    self.stored.lock().unwrap().push(batch);
                    return Err(StoreError::Stored);
                }
                None => {}
            }
            let replayed = !self.stored.lock().unwrap().is_empty();
            assert!(!self.stored.lock().unwrap().contains(&batch), "a batch is stored once");
            self.stored.lock().unwrap().push(batch);
            let answer = |_: &Asked| {
                let (entries, accounts) = (Vec::new(), Vec::new());
                Answer::Decided { outcome: Outcome::Done, replayed, entries, accounts }
            };
            Ok(Committed { answers: asked.iter().map(answer).collect(), head: Head { size: 0, root: [0; 32] } })
        }

        async fn has(&self, batch: BatchId) -> Result<bool, StoreError> {
            Ok(self.stored.lock().unwrap().contains(&batch))
        }
    }

    async fn asked(tries: &[Try]) -> (Result<Vec<Answer>, Refused>, Tally, bool) {
        let tries = Mutex::new(tries.iter().copied().collect());
        let mut ids = 9..;
        let writer = Writer::start(Arc::new(Script { tries, stored: Mutex::default() }), move || ids.next().unwrap());
        let request = own(1, 1, "void".into(), Command::Void { hold: HoldId(1) });
        let answer = writer.ask(vec![request]).await;
        (answer, writer.tally(), writer.is_halted())
    }

    #[tokio::test(start_paused = true)]
    async fn a_busy_store_is_tried_again_so_often_and_no_more() {
        let (answer, tally, _) = asked(&[Try::Busy; 5]).await;
        assert!(answer.is_ok());
        assert_eq!(tally, Tally { batches: 1, requests: 1, retries: 5, ..Tally::default() });
        let (answer, tally, halted) = asked(&[Try::Busy; 6]).await;
        assert_eq!((answer, halted), (Err(Refused::Busy), false));
        assert_eq!(tally, Tally { retries: 6, given_up: 1, ..Tally::default() });
    }

    #[tokio::test(start_paused = true)]
    async fn a_lost_answer_is_looked_up_by_its_batch() {
        for (carried_out, tries) in [(true, 1), (false, 1)] {
            let (answer, tally, _) = asked(&[Try::Lost(carried_out)]).await;
            let Ok([Answer::Decided { replayed, .. }]) = answer.as_deref() else { panic!("{answer:?}") };
            assert_eq!((*replayed, tally.unclear, tally.retries), (carried_out, tries, 0));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_lost_and_comes_through_later_stops_nobody() {
        let (answer, tally, halted) = asked(&[Try::Lost(false), Try::Late]).await;
        let Ok([Answer::Decided { replayed: true, .. }]) = answer.as_deref() else { panic!("{answer:?}") };
        assert_eq!((tally.batches, tally.unclear, halted), (1, 1, false));
        let tries: Vec<Try> = [Try::Lost(false)].into_iter().chain([Try::Busy; 5]).collect();
        assert_eq!(asked(&tries).await.0, Err(Refused::Unclear), "it may come through still");
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_disk_halts_and_is_not_tried_again() {
        let (answer, tally, halted) = asked(&[Try::Full]).await;
        assert_eq!((answer.is_ok(), tally, halted), (false, Tally::default(), true));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_asks_later_is_told_why_the_writer_stopped() {
        let tries = Mutex::new(VecDeque::from([Try::Full]));
        let writer = Writer::start(Arc::new(Script { tries, stored: Mutex::default() }), || 9);
        let request = own(1, 1, "void".into(), Command::Void { hold: HoldId(1) });
        let first = writer.ask(vec![request.clone()]).await;
        assert!(matches!(&first, Err(Refused::Halted(cause)) if cause.contains("no space")), "{first:?}");
        assert_eq!(writer.ask(vec![request]).await, first);
    }
}
