//! Books in one file. One connection writes, others read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous};
use sqlx::{Row as _, Sqlite, SqlitePool, Transaction};
use tokio::sync::{Mutex, MutexGuard};
use wallet_ledger::{
    Account, AccountId, CellNeeds, DatedLimits, Hold, HoldId, Micros, OwnerId, Pool, RequestKey, Stored, Transfer,
    TransferId,
};

use crate::batch::{Asked, Changes, End, Wanted};
use crate::cells::{Find, Shelf, load};
use crate::clock::Clock;
use crate::error::{StoreError, of_sql};
use crate::rows::{Column, Rows, body, from_body, id, keys, owner, request, signed, transfer};
use crate::schema;
use crate::work::{BatchId, Committed, KnownRows, Work, carry_out};

#[derive(Debug)]
pub struct SqliteStore {
    /// SQLite has one writer: whoever holds this.
    pub(crate) writer: Mutex<SqlitePool>,
    /// The one connection that writes, for what is not the books: who waits for it waits in the pool.
    pub(crate) side: SqlitePool,
    pub(crate) readers: SqlitePool,
    pub(crate) shard: i64,
    limits: DatedLimits,
    pub(crate) clock: Clock,
}

const READERS: u32 = 4;
/// In KiB, as SQLite takes it, and in pages. A batch of transfers touches thousands of pages: where they do not fit, they
/// are written and read again in the midst of it, and each batch would be followed by a checkpoint.
const WRITER_CACHE: &str = "-65536";
const CHECKPOINT: &str = "16384";

impl SqliteStore {
    /// Opens a file, makes it where there is none, and brings its schema up to date.
    pub async fn open(
        file: &Path,
        shard: u64,
        limits: impl Into<DatedLimits>,
        clock: Clock,
    ) -> Result<SqliteStore, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5));
        let writing = options.clone().pragma("cache_size", WRITER_CACHE).pragma("wal_autocheckpoint", CHECKPOINT);
        let writer = SqlitePoolOptions::new().max_connections(1).test_before_acquire(false);
        let writer = writer.connect_with(writing).await.map_err(of_sql)?;
        schema::upgrade_sqlite(&writer).await?;
        let readers = SqlitePoolOptions::new().max_connections(READERS).connect_with(options.read_only(true)).await;
        let (shard, side) = (signed(shard), writer.clone());
        let readers = readers.map_err(of_sql)?;
        Ok(SqliteStore { writer: Mutex::new(writer), side, readers, shard, limits: limits.into(), clock })
    }

    /// Opens a file that is there and changes nothing in it.
    pub async fn look(file: &Path, shard: u64) -> Result<SqliteStore, StoreError> {
        let options = SqliteConnectOptions::new().filename(file).read_only(true);
        let readers = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await.map_err(of_sql)?;
        let found = sqlx::query_scalar(schema::FOUND).fetch_one(&readers).await.map_err(of_sql)?;
        schema::readable(found)?;
        let (writer, shard) = (Mutex::new(readers.clone()), signed(shard));
        let side = readers.clone();
        Ok(SqliteStore { writer, side, readers, shard, limits: DatedLimits::default(), clock: Clock::Own })
    }

    pub async fn commit(&self, batch: BatchId, asked: &[Asked]) -> Result<Committed, StoreError> {
        let pool = self.writer.lock().await;
        let transaction = pool.begin_with("BEGIN IMMEDIATE").await.map_err(of_sql)?;
        let work = SqliteWork { transaction, shard: self.shard, clock: self.clock.clone(), _pool: pool };
        carry_out(work, batch, asked, &self.limits).await
    }

    /// Whether a batch was stored.
    pub async fn has(&self, batch: BatchId) -> Result<bool, StoreError> {
        let found = sqlx::query("SELECT 1 FROM batch WHERE shard = ?1 AND id = ?2")
            .bind(self.shard)
            .bind(id(batch.0))
            .fetch_optional(&self.readers);
        Ok(found.await.map_err(of_sql)?.is_some())
    }

    pub async fn close(self) {
        self.readers.close().await;
        self.writer.into_inner().close().await;
    }
}

struct SqliteWork<'s> {
    transaction: Transaction<'s, Sqlite>,
    shard: i64,
    clock: Clock,
    _pool: MutexGuard<'s, SqlitePool>,
}

impl SqliteWork<'_> {
    /// The bodies of rows whose ids are asked for.
    async fn bodies(&mut self, sql: &'static str, ids: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = json(&[Column::Bytes(ids)]);
        let rows = sqlx::query(sql).bind(self.shard).bind(ids).fetch_all(&mut *self.transaction);
        rows.await.map_err(of_sql)?.iter().map(|row| row.try_get(0).map_err(of_sql)).collect()
    }

    async fn put(&mut self, sql: &'static str, columns: &[Column]) -> Result<(), StoreError> {
        let rows = json(columns);
        if rows == "[]" {
            return Ok(());
        }
        sqlx::query(sql).bind(self.shard).bind(rows).execute(&mut *self.transaction).await.map_err(of_sql)?;
        Ok(())
    }
}

/// Rows as a list of lists, which SQLite takes apart itself. Bytes are written in hex.
pub(crate) fn json(columns: &[Column]) -> String {
    let length = columns.first().map_or(0, |column| match column {
        Column::Numbers(all) => all.len(),
        Column::Bytes(all) => all.len(),
        Column::MaybeBytes(all) => all.len(),
        Column::Texts(all) => all.len(),
    });
    let mut json = String::from("[");
    for row in 0..length {
        json.push_str(if row == 0 { "[" } else { ",[" });
        for (place, column) in columns.iter().enumerate() {
            if place > 0 {
                json.push(',');
            }
            cell(&mut json, column, row);
        }
        json.push(']');
    }
    json.push(']');
    json
}

fn cell(json: &mut String, column: &Column, row: usize) {
    match column {
        Column::Numbers(all) => json.extend(all.get(row).map(ToString::to_string)),
        Column::Bytes(all) => hex(json, all.get(row)),
        Column::MaybeBytes(all) => match all.get(row) {
            Some(None) => json.push_str("null"),
            known => hex(json, known.and_then(Option::as_ref)),
        },
        Column::Texts(all) => json.extend(all.get(row).map(|text| json!(text).to_string())),
    }
}

fn hex(json: &mut String, bytes: Option<&Vec<u8>>) {
    let hex = bytes.map(|bytes| base16ct::lower::encode_string(bytes));
    json.extend([r#"""#, &hex.unwrap_or_default(), r#"""#]);
}

impl Shelf for SqliteWork<'_> {
    async fn find(&mut self, which: Find, tables: Vec<Vec<Column>>) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        let sql = tables.iter().fold(sqlx::query(which.sqlite()).bind(self.shard), |sql, table| sql.bind(json(table)));
        let rows = sql.fetch_all(&mut *self.transaction).await.map_err(of_sql)?;
        rows.iter().map(|row| Ok((row.try_get(0).map_err(of_sql)?, row.try_get(1).map_err(of_sql)?))).collect()
    }
}

impl SqliteWork<'_> {
    async fn requests(&mut self, wanted: &BTreeSet<RequestKey>) -> Result<BTreeMap<RequestKey, Stored>, StoreError> {
        // CROSS: left to itself, SQLite goes through all requests ever made and looks each up in the list.
        const SQL: &str = "SELECT r.tenant, r.operation, r.name, r.body, r.outcome FROM json_each(?2) AS k
            CROSS JOIN request AS r ON r.shard = ?1 AND r.tenant = k.value ->> 0 AND r.operation = k.value ->> 1
                AND r.name = k.value ->> 2";
        let rows = sqlx::query(SQL).bind(self.shard).bind(json(&keys(wanted.iter())));
        let rows = rows.fetch_all(&mut *self.transaction).await.map_err(of_sql)?;
        let read = |row: &SqliteRow| {
            let body: Vec<u8> = row.try_get(3).map_err(of_sql)?;
            let (tenant, operation) = (row.try_get(0).map_err(of_sql)?, row.try_get(1).map_err(of_sql)?);
            request(tenant, operation, row.try_get(2).map_err(of_sql)?, &body, row.try_get(4).map_err(of_sql)?)
        };
        rows.iter().map(read).collect()
    }

    async fn holds(&mut self, ids: &BTreeSet<HoldId>) -> Result<Vec<Hold>, StoreError> {
        const SQL: &str = "SELECT body FROM hold WHERE shard = ?1
            AND id IN (SELECT unhex(value ->> 0) FROM json_each(?2))";
        let rows = self.bodies(SQL, ids.iter().map(|n| id(n.0)).collect()).await?;
        rows.iter().map(|row| from_body("hold", row)).collect()
    }

    async fn transfers(&mut self, ids: &BTreeSet<TransferId>) -> Result<Vec<Transfer>, StoreError> {
        const SQL: &str = "SELECT t.body, j.body FROM json_each(?2) AS k
            LEFT JOIN transfer AS t ON t.shard = ?1 AND t.id = unhex(k.value ->> 0)
            LEFT JOIN journal AS j ON j.shard = ?1 AND j.transfer = unhex(k.value ->> 0)
            WHERE t.body IS NOT NULL OR j.body IS NOT NULL";
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = json(&[Column::Bytes(ids.iter().map(|n| id(n.0)).collect())]);
        let rows = sqlx::query(SQL).bind(self.shard).bind(ids).fetch_all(&mut *self.transaction);
        let read = |row: &SqliteRow| transfer(row.try_get(0).map_err(of_sql)?, row.try_get(1).map_err(of_sql)?);
        rows.await.map_err(of_sql)?.iter().filter_map(|row| read(row).transpose()).collect()
    }

    async fn died(&mut self, people: &BTreeSet<OwnerId>) -> Result<BTreeSet<OwnerId>, StoreError> {
        const SQL: &str = "SELECT owner FROM person WHERE shard = ?1 AND died IS NOT NULL
            AND owner IN (SELECT unhex(value ->> 0) FROM json_each(?2))";
        let rows = self.bodies(SQL, people.iter().map(|n| id(n.0)).collect()).await?;
        rows.into_iter().map(owner).collect()
    }
}

impl Work for SqliteWork<'_> {
    async fn end(&mut self) -> Result<End, StoreError> {
        let row = sqlx::query("SELECT last_at, peaks FROM journal_end WHERE shard = ?1")
            .bind(self.shard)
            .fetch_optional(&mut *self.transaction)
            .await
            .map_err(of_sql)?;
        let Some(row) = row else { return Ok(End::default()) };
        let peaks: Vec<u8> = row.try_get(1).map_err(of_sql)?;
        Ok(End { last: Micros(row.try_get(0).map_err(of_sql)?), peaks: from_body("journal_end", &peaks)? })
    }

    async fn clock(&mut self) -> Result<Micros, StoreError> {
        Ok(self.clock.here())
    }

    async fn known(&mut self, wanted: &Wanted) -> Result<KnownRows, StoreError> {
        Ok(KnownRows {
            requests: self.requests(&wanted.keys).await?,
            died: self.died(&wanted.people).await?,
            holds: self.holds(&wanted.holds).await?,
            transfers: self.transfers(&wanted.transfers).await?,
        })
    }

    async fn accounts(&mut self, ids: &BTreeSet<AccountId>) -> Result<Vec<Account>, StoreError> {
        const SQL: &str = "SELECT body FROM account WHERE shard = ?1
            AND id IN (SELECT unhex(value ->> 0) FROM json_each(?2))";
        let rows = self.bodies(SQL, ids.iter().map(|n| id(n.0)).collect()).await?;
        rows.iter().map(|row| from_body("account", row)).collect()
    }

    async fn pool(&mut self, needs: &CellNeeds) -> Result<Pool, StoreError> {
        load(self, needs).await
    }

    async fn write(&mut self, batch: BatchId, changes: &Changes) -> Result<(), StoreError> {
        let rows = Rows::of(changes);
        for (table, columns) in &rows.cells.0 {
            self.put(table.sqlite(), columns).await?;
        }
        let books = [rows.accounts, rows.holds, rows.transfers, rows.lines, rows.mentions, rows.requests];
        let query = books.iter().fold(sqlx::query(WRITE), |query, columns| query.bind(self.shard).bind(json(columns)));
        let query = query.bind(self.shard).bind(changes.end.last.0).bind(body(&changes.end.peaks));
        let lines = i64::try_from(changes.lines.len()).unwrap_or(i64::MAX);
        let query = query.bind(self.shard).bind(id(batch.0)).bind(lines);
        query.execute(&mut *self.transaction).await.map_err(of_sql)?;
        Ok(())
    }

    async fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().await.map_err(of_sql)
    }
}

/// All of a batch's rows at once: each statement by itself would be a way to the thread that writes and back. They take
/// what they are given one after the other.
const WRITE: &str = "INSERT INTO account (shard, id, owner, kind, posted, held, body)
    SELECT ?, unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4, unhex(value ->> 5)
    FROM json_each(?) WHERE true
    ON CONFLICT (shard, id) DO UPDATE SET posted = excluded.posted, held = excluded.held, body = excluded.body;
INSERT INTO hold (shard, id, until, pending, body)
    SELECT ?, unhex(value ->> 0), value ->> 1, value ->> 2, unhex(value ->> 3) FROM json_each(?) WHERE true
    ON CONFLICT (shard, id) DO UPDATE SET pending = excluded.pending, body = excluded.body;
INSERT INTO transfer (shard, id, body)
    SELECT ?, unhex(value ->> 0), unhex(value ->> 1) FROM json_each(?) WHERE true
    ON CONFLICT (shard, id) DO UPDATE SET body = excluded.body;
INSERT INTO journal (shard, number, at, body, leaf, above, transfer, first_account, second_account)
    SELECT ?, value ->> 0, value ->> 1, unhex(value ->> 2), unhex(value ->> 3), unhex(value ->> 4), unhex(value ->> 5),
        unhex(value ->> 6), unhex(value ->> 7) FROM json_each(?);
INSERT INTO journal_mention (shard, account, number)
    SELECT ?, unhex(value ->> 0), value ->> 1 FROM json_each(?);
INSERT INTO request (shard, tenant, operation, name, body, outcome)
    SELECT ?, value ->> 0, value ->> 1, value ->> 2, unhex(value ->> 3), value ->> 4 FROM json_each(?);
INSERT INTO journal_end (shard, last_at, peaks) VALUES (?, ?, ?)
    ON CONFLICT (shard) DO UPDATE SET last_at = excluded.last_at, peaks = excluded.peaks;
INSERT INTO batch (shard, id, lines) VALUES (?, ?, ?)";
