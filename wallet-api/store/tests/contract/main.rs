//! One contract for every store: the same requests, the same answers, the same books.

mod cluster;
mod rules;
mod town;

use std::path::Path;

use tempfile::TempDir;
use wallet_ledger::{Account, AccountId, Hold, Limits, Micros};
use wallet_store::{Asked, BatchId, Clock, Committed, MemoryStore, PostgresStore, SqliteStore, StoreError, Whole};

/// The stores behind one name, for the tests only.
pub enum Any {
    Memory(Box<MemoryStore>),
    Sqlite(SqliteStore, TempDir),
    Postgres(PostgresStore),
}

macro_rules! each {
    ($self:ident, $store:ident => $what:expr) => {
        match $self {
            Any::Memory($store) => $what,
            Any::Sqlite($store, _) => $what,
            Any::Postgres($store) => $what,
        }
    };
}

impl Any {
    pub async fn commit(&self, batch: u128, asked: &[Asked]) -> Result<Committed, StoreError> {
        each!(self, store => store.commit(BatchId(batch), asked).await)
    }

    pub async fn has(&self, batch: u128) -> bool {
        each!(self, store => store.has(BatchId(batch)).await.unwrap())
    }

    pub async fn whole(&self) -> Whole {
        each!(self, store => store.whole().await.unwrap())
    }

    pub async fn account(&self, id: AccountId) -> Option<Account> {
        each!(self, store => store.account(id).await.unwrap())
    }

    pub async fn statement(&self, id: AccountId, before: u64, most: u32) -> Vec<u64> {
        let lines = each!(self, store => store.statement(id, before, most).await.unwrap());
        lines.iter().map(|line| line.number).collect()
    }

    pub async fn due(&self, now: Micros) -> Vec<Hold> {
        each!(self, store => store.due(now, 100).await.unwrap())
    }
}

pub async fn sqlite_at(file: &Path, clock: Clock) -> SqliteStore {
    SqliteStore::open(file, 7, Limits::default(), clock).await.unwrap()
}

async fn memory(clock: Clock) -> Any {
    Any::Memory(Box::new(MemoryStore::new(Limits::default(), clock)))
}

async fn sqlite(clock: Clock) -> Any {
    let folder = tempfile::tempdir().unwrap();
    Any::Sqlite(sqlite_at(&folder.path().join("books.db"), clock).await, folder)
}

async fn postgres(clock: Clock) -> Any {
    let options = cluster::database().await;
    Any::Postgres(PostgresStore::open(options, 7, Limits::default(), clock).await.unwrap())
}

macro_rules! contract {
    ($($rule:ident),* $(,)?) => {
        mod on_memory {
            $(#[tokio::test] async fn $rule() { let dial = super::town::Dial::new(); super::rules::$rule(super::memory(dial.clock()).await, dial).await })*
        }
        mod on_sqlite {
            $(#[tokio::test] async fn $rule() { let dial = super::town::Dial::new(); super::rules::$rule(super::sqlite(dial.clock()).await, dial).await })*
        }
        mod on_postgres {
            $(#[tokio::test] async fn $rule() { let dial = super::town::Dial::new(); super::rules::$rule(super::postgres(dial.clock()).await, dial).await })*
        }
    };
}

contract!(
    a_request_is_done_once,
    each_request_sees_those_before_it,
    a_refusal_changes_nothing_and_is_kept,
    a_hold_is_posted_until_its_deadline_and_not_after,
    statements_page_backwards,
    batches_at_once_are_in_one_order,
    time_never_stands_still,
    a_batch_is_found_by_its_id,
    the_journal_is_not_changed,
);
