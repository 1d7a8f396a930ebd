//! One contract for every store: the same requests, the same answers, the same books.

mod cells;
mod cluster;
mod notices;
mod packs;
mod rules;
mod rx;
mod sealed;
mod sharers;
mod statements;
mod tamper;
mod tills;
mod tokens;
mod town;
mod upgrade;
mod upkeep;

use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use wallet_ledger::{Account, AccountId, Hold, Limits, Micros};
use wallet_store::{
    Asked, BatchId, Clock, Committed, Desk, MemoryStore, PostgresStore, SqliteStore, StoreError, Vault, Whole,
};

/// The stores behind one name, for the tests only.
pub enum Any {
    Memory(Arc<MemoryStore>),
    Sqlite(Arc<SqliteStore>, TempDir),
    Postgres(Arc<PostgresStore>),
}

macro_rules! each {
    ($self:expr, $store:ident => $what:expr) => {
        match $self {
            $crate::Any::Memory($store) => $what,
            $crate::Any::Sqlite($store, _) => $what,
            $crate::Any::Postgres($store) => $what,
        }
    };
}
pub(crate) use each;

impl Any {
    pub async fn commit(&self, batch: u128, asked: &[Asked]) -> Result<Committed, StoreError> {
        each!(self, store => store.commit(BatchId(batch), asked).await)
    }

    /// Where people ask; a store in memory has none.
    pub fn desk(&self, keys: &str) -> Option<Desk> {
        let vault = Arc::new(Vault::parse(keys).unwrap());
        match self {
            Any::Memory(_) => None,
            Any::Sqlite(store, _) => Some(store.desk(vault)),
            Any::Postgres(store) => Some(store.desk(vault)),
        }
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
    Any::Memory(Arc::new(MemoryStore::new(Limits::default(), clock)))
}

async fn sqlite(clock: Clock) -> Any {
    let folder = tempfile::tempdir().unwrap();
    Any::Sqlite(Arc::new(sqlite_at(&folder.path().join("books.db"), clock).await), folder)
}

async fn postgres(clock: Clock) -> Any {
    let options = cluster::database().await;
    Any::Postgres(Arc::new(PostgresStore::open(options, 7, Limits::default(), clock).await.unwrap()))
}

macro_rules! contract {
    ($($room:ident :: $rule:ident),* $(,)?) => {
        mod on_memory {
            $(#[tokio::test] async fn $rule() { let dial = super::town::Dial::new(); super::$room::$rule(super::memory(dial.clock()).await, dial).await })*
        }
        mod on_sqlite {
            $(#[tokio::test] async fn $rule() { let dial = super::town::Dial::new(); super::$room::$rule(super::sqlite(dial.clock()).await, dial).await })*
        }
        mod on_postgres {
            $(#[tokio::test] async fn $rule() { let dial = super::town::Dial::new(); super::$room::$rule(super::postgres(dial.clock()).await, dial).await })*
        }
    };
}

contract!(
    rules::a_request_is_done_once,
    rules::who_asks_gives_what_is_their_own,
    rules::nobody_asks_in_the_name_of_the_dead,
    rules::each_request_sees_those_before_it,
    rules::a_refusal_changes_nothing_and_is_kept,
    rules::an_institution_is_paid_less_what_it_was_paid_before,
    rules::a_hold_is_posted_until_its_deadline_and_not_after,
    rules::statements_page_backwards,
    rules::a_line_stands_in_every_statement_that_it_speaks_of,
    rules::batches_at_once_are_in_one_order,
    rules::time_never_stands_still,
    rules::a_batch_is_found_by_its_id,
    rules::the_journal_is_not_changed,
    cells::a_draw_is_paid_between_stores,
    cells::a_batch_is_stored_once,
    cells::letters_are_found_by_their_numbers,
    cells::letters_are_taken_in_once_and_in_order,
    cells::who_is_killed_at_any_step_goes_on,
    cells::windows_close_and_are_paid_in_stores,
    cells::a_timer_finds_what_has_not_ended,
    notices::programs_that_tell_at_once_tell_once,
    packs::a_pack_is_taken_for_one_sale_of_any_area,
    packs::what_was_asked_for_is_sold_or_given_back,
    rx::a_prescription_is_dispensed_by_one_order,
    rx::a_bill_is_opened_by_one_person,
    rx::a_bill_that_the_wrong_person_opened_is_opened_by_the_right_one,
    tills::an_order_is_begun_with_its_token_and_its_year,
    tills::what_a_till_reads_at_once_is_what_is_on_record,
    tokens::a_token_is_spent_on_one_order,
    upkeep::a_hold_is_posted_or_swept_by_the_microsecond,
    upkeep::one_keeper_at_a_time,
    upkeep::a_head_is_signed_once_and_nothing_against_it,
    sharers::who_shares_now_is_read_with_what_may_be_drawn,
    sealed::keys_are_changed_whoever_is_stopped,
    sealed::lookups_are_renewed_whoever_is_stopped,
    sealed::what_was_moved_does_not_open,
);
