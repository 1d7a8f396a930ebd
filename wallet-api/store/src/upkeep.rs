//! What a store offers to those who look after it: signing its heads, and sweeping holds that are due.

use std::future::Future;
use std::ops::Deref;

use anxin_core::proof::Hash;
use sqlx::{PgPool, Row as _, SqlitePool};
use wallet_ledger::{Head, Hold, Micros, Node};

use crate::batch::End;
use crate::clock::Clock;
use crate::error::{StoreError, of_sql};
use crate::heads::{KeyId, SignedHead};
use crate::journal::Cells as _;
use crate::memory::MemoryStore;
use crate::postgres::PostgresStore;
use crate::rows::{from_body, id, node, signed, unsigned};
use crate::sqlite::SqliteStore;
use crate::writer::Books;

/// For how long a lease is given. Who does not come back sooner has lost it.
pub const LEASE: i64 = 10_000_000;

pub trait Upkeep: Books {
    fn shard(&self) -> u64;
    /// The clock that batches are decided by.
    fn now(&self) -> impl Future<Output = Result<Micros, StoreError>> + Send;
    /// Where the journal ends.
    fn end(&self) -> impl Future<Output = Result<End, StoreError>> + Send;
    /// A node of the log, once it is complete.
    fn node(&self, level: u8, place: u64) -> impl Future<Output = Result<Option<Hash>, StoreError>> + Send;
    fn last_head(&self) -> impl Future<Output = Result<Option<SignedHead>, StoreError>> + Send;
    /// Heads over more lines than `size`, the smallest first.
    fn heads_after(&self, size: u64, most: u32) -> impl Future<Output = Result<Vec<SignedHead>, StoreError>> + Send;
    fn keep_head(&self, head: &SignedHead) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Whether `holder` has the lease from now on: nobody else does, or not any more.
    fn lease(&self, name: &str, holder: u128) -> impl Future<Output = Result<bool, StoreError>> + Send;
    /// Holds whose deadline has passed, the oldest first.
    fn due_holds(&self, now: Micros, most: u32) -> impl Future<Output = Result<Vec<Hold>, StoreError>> + Send;
}

const END: &str = "SELECT last_at, peaks FROM journal_end WHERE shard = $1";
/// What a line completed of the log.
pub(crate) const NODES: &str = "SELECT leaf, above FROM journal WHERE shard = $1 AND number = $2";
pub(crate) const LAST: &str =
    "SELECT size, root, at, signer, signature FROM head WHERE shard = $1 ORDER BY size DESC LIMIT 1";
const AFTER: &str = "SELECT size, root, at, signer, signature FROM head
    WHERE shard = $1 AND size > $2 ORDER BY size LIMIT $3";
const KEEP: &str = "INSERT INTO head (shard, size, root, at, signer, signature) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (shard, size) DO NOTHING";
const TAKE: &str = "INSERT INTO lease (shard, name, holder, until) VALUES ($1, $2, $3, $4)
    ON CONFLICT (shard, name) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE lease.holder = excluded.holder OR lease.until <= $5";

impl SqliteStore {
    async fn writing(&self) -> impl Deref<Target = SqlitePool> {
        self.writer.lock().await
    }

    fn reading(&self) -> &SqlitePool {
        &self.readers
    }

    async fn clock_shows(&self) -> Result<Micros, StoreError> {
        Ok(self.clock.here())
    }
}

impl PostgresStore {
    async fn writing(&self) -> impl Deref<Target = PgPool> {
        &self.pool
    }

    fn reading(&self) -> &PgPool {
        &self.pool
    }

    async fn clock_shows(&self) -> Result<Micros, StoreError> {
        if let Clock::Given(_) = &self.clock {
            return Ok(self.clock.here());
        }
        let row = sqlx::query(crate::postgres::CLOCK).fetch_one(&self.pool).await.map_err(of_sql)?;
        Ok(Micros(row.try_get(0).map_err(of_sql)?))
    }
}

/// A row of `head` in either database.
macro_rules! head_of {
    ($store:expr, $row:expr) => {{
        let bytes = |at: usize| $row.try_get::<Vec<u8>, _>(at).map_err(of_sql);
        let number = |at: usize| $row.try_get::<i64, _>(at).map_err(of_sql);
        Ok(SignedHead {
            shard: $store.shard(),
            head: Head { size: unsigned(number(0)?), root: sized(&bytes(1)?)? },
            at: Micros(number(2)?),
            key: KeyId(sized(&bytes(3)?)?),
            signature: sized(&bytes(4)?)?,
        })
    }};
}

pub(crate) fn sized<const N: usize>(bytes: &[u8]) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Damaged("head".into()))
}

macro_rules! upkeep {
    ($($store:ty),*) => {$(
        impl Upkeep for $store {
            fn shard(&self) -> u64 {
                unsigned(self.shard)
            }

            async fn now(&self) -> Result<Micros, StoreError> {
                self.clock_shows().await
            }

            async fn end(&self) -> Result<End, StoreError> {
                let row = sqlx::query(END).bind(self.shard).fetch_optional(self.reading()).await.map_err(of_sql)?;
                let Some(row) = row else { return Ok(End::default()) };
                let peaks: Vec<u8> = row.try_get(1).map_err(of_sql)?;
                Ok(End { last: Micros(row.try_get(0).map_err(of_sql)?), peaks: from_body("journal_end", &peaks)? })
            }

            async fn node(&self, level: u8, place: u64) -> Result<Option<Hash>, StoreError> {
                let Some(line) = Node::made_by(level, place) else { return Ok(None) };
                let row = sqlx::query(NODES).bind(self.shard).bind(signed(line));
                let row = row.fetch_optional(self.reading()).await.map_err(of_sql)?;
                let Some(row) = row else { return Ok(None) };
                Ok(node(level, &row.bytes(0)?, &row.bytes(1)?))
            }

            async fn last_head(&self) -> Result<Option<SignedHead>, StoreError> {
                let row = sqlx::query(LAST).bind(self.shard).fetch_optional(self.reading()).await.map_err(of_sql)?;
                row.map(|row| head_of!(self, row)).transpose()
            }

            async fn heads_after(&self, size: u64, most: u32) -> Result<Vec<SignedHead>, StoreError> {
                let rows = sqlx::query(AFTER).bind(self.shard).bind(signed(size)).bind(i64::from(most));
                let rows = rows.fetch_all(self.reading()).await.map_err(of_sql)?;
                rows.iter().map(|row| head_of!(self, row)).collect()
            }

            async fn keep_head(&self, head: &SignedHead) -> Result<(), StoreError> {
                let row = sqlx::query(KEEP).bind(self.shard).bind(signed(head.head.size)).bind(head.head.root.to_vec());
                let row = row.bind(head.at.0).bind(head.key.0.to_vec()).bind(head.signature.to_vec());
                row.execute(&*self.writing().await).await.map_err(of_sql)?;
                Ok(())
            }

            async fn lease(&self, name: &str, holder: u128) -> Result<bool, StoreError> {
                let now = self.clock_shows().await?;
                let row = sqlx::query(TAKE).bind(self.shard).bind(name.to_owned()).bind(id(holder));
                let row = row.bind(now.plus(LEASE).0).bind(now.0);
                let done = row.execute(&*self.writing().await).await.map_err(of_sql)?;
                Ok(done.rows_affected() == 1)
            }

            async fn due_holds(&self, now: Micros, most: u32) -> Result<Vec<Hold>, StoreError> {
                self.due(now, most).await
            }
        }
    )*};
}

upkeep!(SqliteStore, PostgresStore);

impl Upkeep for MemoryStore {
    fn shard(&self) -> u64 {
        0
    }

    async fn now(&self) -> Result<Micros, StoreError> {
        Ok(self.clock.here())
    }

    async fn end(&self) -> Result<End, StoreError> {
        Ok(self.tables.lock().await.end.clone())
    }

    async fn node(&self, level: u8, place: u64) -> Result<Option<Hash>, StoreError> {
        let tables = self.tables.lock().await;
        let line = Node::made_by(level, place).and_then(|line| tables.lines.get(usize::try_from(line).ok()?));
        Ok(line.and_then(|line| line.node(level)))
    }

    async fn last_head(&self) -> Result<Option<SignedHead>, StoreError> {
        Ok(self.tables.lock().await.heads.values().next_back().copied())
    }

    async fn heads_after(&self, size: u64, most: u32) -> Result<Vec<SignedHead>, StoreError> {
        let tables = self.tables.lock().await;
        let page = usize::try_from(most).unwrap_or_default();
        Ok(tables.heads.range(size.saturating_add(1)..).take(page).map(|(_, head)| *head).collect())
    }

    async fn keep_head(&self, head: &SignedHead) -> Result<(), StoreError> {
        self.tables.lock().await.heads.entry(head.head.size).or_insert(*head);
        Ok(())
    }

    async fn lease(&self, name: &str, holder: u128) -> Result<bool, StoreError> {
        let now = self.clock.here();
        let leases = &mut self.tables.lock().await.leases;
        if leases.get(name).is_some_and(|(other, until)| *other != holder && *until > now) {
            return Ok(false);
        }
        leases.insert(name.to_owned(), (holder, now.plus(LEASE)));
        Ok(true)
    }

    async fn due_holds(&self, now: Micros, most: u32) -> Result<Vec<Hold>, StoreError> {
        self.due(now, most).await
    }
}
