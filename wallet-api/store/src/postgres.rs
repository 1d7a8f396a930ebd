//! Books in PostgreSQL, where several programs may write: the row at the end of the journal keeps them in
//! one order.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::postgres::{PgArguments, PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::query::Query;
use sqlx::{PgPool, Postgres, Row as _, Transaction};
use wallet_ledger::{
    Account, AccountId, CellNeeds, DatedLimits, Hold, HoldId, Micros, Pool, RequestKey, Stored, Transfer, TransferId,
};

use crate::batch::{Asked, Changes, End};
use crate::cells::{Find, Shelf, load};
use crate::clock::Clock;
use crate::error::{StoreError, of_sql};
use crate::rows::{Column, Rows, body, from_body, id, keys, request, signed};
use crate::schema;
use crate::work::{BatchId, Committed, Work, carry_out};

#[derive(Debug)]
pub struct PostgresStore {
    pub(crate) pool: PgPool,
    pub(crate) shard: i64,
    limits: DatedLimits,
    pub(crate) clock: Clock,
}

const CONNECTIONS: u32 = 8;
/// One state for many statements.
pub(crate) const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
pub(crate) const CLOCK: &str = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

impl PostgresStore {
    /// Connects, and brings the schema up to date.
    pub async fn open(
        options: PgConnectOptions,
        shard: u64,
        limits: impl Into<DatedLimits>,
        clock: Clock,
    ) -> Result<PostgresStore, StoreError> {
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect_with(options).await.map_err(of_sql)?;
        schema::upgrade_postgres(&pool).await?;
        let store = PostgresStore { pool, shard: signed(shard), limits: limits.into(), clock };
        store.begin_journal().await?;
        Ok(store)
    }

    /// Connects and changes nothing.
    pub async fn look(options: PgConnectOptions, shard: u64) -> Result<PostgresStore, StoreError> {
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect_with(options).await.map_err(of_sql)?;
        let found = sqlx::query_scalar(schema::FOUND).fetch_one(&pool).await.map_err(of_sql)?;
        schema::readable(found)?;
        Ok(PostgresStore { pool, shard: signed(shard), limits: DatedLimits::default(), clock: Clock::Own })
    }

    /// The row that batches lock has to be there before the first of them.
    async fn begin_journal(&self) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO journal_end (shard, last_at, peaks) VALUES ($1, $2, $3)
            ON CONFLICT (shard) DO NOTHING";
        let empty = End::default();
        let row = sqlx::query(SQL).bind(self.shard).bind(empty.last.0).bind(body(&empty.peaks));
        row.execute(&self.pool).await.map_err(of_sql)?;
        Ok(())
    }

    pub async fn commit(&self, batch: BatchId, asked: &[Asked]) -> Result<Committed, StoreError> {
        let transaction = self.pool.begin().await.map_err(of_sql)?;
        let work = PostgresWork { transaction, shard: self.shard, clock: self.clock.clone() };
        carry_out(work, batch, asked, &self.limits).await
    }

    /// Whether a batch was stored.
    pub async fn has(&self, batch: BatchId) -> Result<bool, StoreError> {
        let found = sqlx::query("SELECT 1 FROM batch WHERE shard = $1 AND id = $2")
            .bind(self.shard)
            .bind(id(batch.0))
            .fetch_optional(&self.pool);
        Ok(found.await.map_err(of_sql)?.is_some())
    }

    /// The connections, for what the books do not do themselves.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub async fn close(self) {
        self.pool.close().await;
    }
}

struct PostgresWork<'s> {
    transaction: Transaction<'s, Postgres>,
    shard: i64,
    clock: Clock,
}

impl PostgresWork<'_> {
    async fn bodies(&mut self, sql: &'static str, ids: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(sql).bind(self.shard).bind(ids).fetch_all(&mut *self.transaction);
        rows.await.map_err(of_sql)?.iter().map(|row| row.try_get(0).map_err(of_sql)).collect()
    }

    async fn put(&mut self, sql: &'static str, columns: Vec<Column>) -> Result<(), StoreError> {
        let empty = |column: &Column| match column {
            Column::Numbers(all) => all.is_empty(),
            Column::Bytes(all) => all.is_empty(),
            Column::Texts(all) => all.is_empty(),
        };
        if columns.iter().all(empty) {
            return Ok(());
        }
        let query = columns.into_iter().fold(sqlx::query(sql).bind(self.shard), bind);
        query.execute(&mut *self.transaction).await.map_err(of_sql)?;
        Ok(())
    }
}

fn bind<'q>(query: Query<'q, Postgres, PgArguments>, column: Column) -> Query<'q, Postgres, PgArguments> {
    match column {
        Column::Numbers(all) => query.bind(all),
        Column::Bytes(all) => query.bind(all),
        Column::Texts(all) => query.bind(all),
    }
}

impl Shelf for PostgresWork<'_> {
    async fn find(&mut self, which: Find, columns: Vec<Column>) -> Result<Vec<Vec<u8>>, StoreError> {
        let sql = columns.into_iter().fold(sqlx::query(which.postgres()).bind(self.shard), bind);
        let rows = sql.fetch_all(&mut *self.transaction).await.map_err(of_sql)?;
        rows.iter().map(|row| row.try_get(0).map_err(of_sql)).collect()
    }
}

impl Work for PostgresWork<'_> {
    async fn end(&mut self) -> Result<End, StoreError> {
        let row = sqlx::query("SELECT last_at, peaks FROM journal_end WHERE shard = $1 FOR UPDATE")
            .bind(self.shard)
            .fetch_one(&mut *self.transaction)
            .await
            .map_err(of_sql)?;
        let peaks: Vec<u8> = row.try_get(1).map_err(of_sql)?;
        Ok(End { last: Micros(row.try_get(0).map_err(of_sql)?), peaks: from_body("journal_end", &peaks)? })
    }

    async fn clock(&mut self) -> Result<Micros, StoreError> {
        if let Clock::Given(_) = &self.clock {
            return Ok(self.clock.here());
        }
        let row = sqlx::query(CLOCK).fetch_one(&mut *self.transaction).await.map_err(of_sql)?;
        Ok(Micros(row.try_get(0).map_err(of_sql)?))
    }

    async fn requests(&mut self, wanted: &BTreeSet<RequestKey>) -> Result<BTreeMap<RequestKey, Stored>, StoreError> {
        const SQL: &str = "SELECT r.tenant, r.operation, r.name, r.body, r.outcome
            FROM UNNEST($2::bigint[], $3::bigint[], $4::text[]) AS k (tenant, operation, name)
            JOIN request AS r ON r.shard = $1 AND r.tenant = k.tenant AND r.operation = k.operation
                AND r.name = k.name";
        let query = keys(wanted.iter()).into_iter().fold(sqlx::query(SQL).bind(self.shard), bind);
        let rows = query.fetch_all(&mut *self.transaction).await.map_err(of_sql)?;
        let read = |row: &PgRow| {
            let body: Vec<u8> = row.try_get(3).map_err(of_sql)?;
            let (tenant, operation) = (row.try_get(0).map_err(of_sql)?, row.try_get(1).map_err(of_sql)?);
            request(tenant, operation, row.try_get(2).map_err(of_sql)?, &body, row.try_get(4).map_err(of_sql)?)
        };
        rows.iter().map(read).collect()
    }

    async fn holds(&mut self, ids: &BTreeSet<HoldId>) -> Result<Vec<Hold>, StoreError> {
        const SQL: &str = "SELECT body FROM hold WHERE shard = $1 AND id = ANY($2)";
        let rows = self.bodies(SQL, ids.iter().map(|n| id(n.0)).collect()).await?;
        rows.iter().map(|row| from_body("hold", row)).collect()
    }

    async fn transfers(&mut self, ids: &BTreeSet<TransferId>) -> Result<Vec<Transfer>, StoreError> {
        const SQL: &str = "SELECT body FROM transfer WHERE shard = $1 AND id = ANY($2)";
        let rows = self.bodies(SQL, ids.iter().map(|n| id(n.0)).collect()).await?;
        rows.iter().map(|row| from_body("transfer", row)).collect()
    }

    /// In the order of their ids, so that whoever else locks accounts does it in the same order.
    async fn accounts(&mut self, ids: &BTreeSet<AccountId>) -> Result<Vec<Account>, StoreError> {
        const SQL: &str = "SELECT body FROM account WHERE shard = $1 AND id = ANY($2) ORDER BY id FOR UPDATE";
        let rows = self.bodies(SQL, ids.iter().map(|n| id(n.0)).collect()).await?;
        rows.iter().map(|row| from_body("account", row)).collect()
    }

    async fn pool(&mut self, needs: &CellNeeds) -> Result<Pool, StoreError> {
        load(self, needs).await
    }

    async fn write(&mut self, batch: BatchId, changes: &Changes) -> Result<(), StoreError> {
        let rows = Rows::of(changes);
        self.put(ACCOUNTS, rows.accounts).await?;
        self.put(HOLDS, rows.holds).await?;
        self.put(TRANSFERS, rows.transfers).await?;
        self.put(LINES, rows.lines).await?;
        self.put(NODES, rows.nodes).await?;
        self.put(MENTIONS, rows.mentions).await?;
        self.put(REQUESTS, rows.requests).await?;
        for (table, columns) in rows.cells.0 {
            self.put(table.postgres(), columns).await?;
        }
        // One way to the server for what is left.
        const END: &str = "WITH named AS (INSERT INTO batch (shard, id, lines) VALUES ($1, $4, $5))
            UPDATE journal_end SET last_at = $2, peaks = $3 WHERE shard = $1";
        let end = sqlx::query(END)
            .bind(self.shard)
            .bind(changes.end.last.0)
            .bind(body(&changes.end.peaks))
            .bind(id(batch.0))
            .bind(i64::try_from(changes.lines.len()).unwrap_or(i64::MAX));
        end.execute(&mut *self.transaction).await.map_err(of_sql)?;
        Ok(())
    }

    /// Once COMMIT was sent, a connection that breaks leaves it open whether it was carried out.
    async fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().await.map_err(|cause| match cause {
            sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => StoreError::Unclear(cause.to_string()),
            other => of_sql(other),
        })
    }
}

const ACCOUNTS: &str = "INSERT INTO account (shard, id, owner, kind, posted, held, body)
    SELECT $1, * FROM UNNEST($2::bytea[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bytea[])
    ON CONFLICT (shard, id) DO UPDATE SET posted = excluded.posted, held = excluded.held, body = excluded.body";
const HOLDS: &str = "INSERT INTO hold (shard, id, until, pending, body)
    SELECT $1, * FROM UNNEST($2::bytea[], $3::bigint[], $4::bigint[], $5::bytea[])
    ON CONFLICT (shard, id) DO UPDATE SET pending = excluded.pending, body = excluded.body";
const TRANSFERS: &str = "INSERT INTO transfer (shard, id, body)
    SELECT $1, * FROM UNNEST($2::bytea[], $3::bytea[])
    ON CONFLICT (shard, id) DO UPDATE SET body = excluded.body";
const LINES: &str = "INSERT INTO journal (shard, number, at, body, leaf)
    SELECT $1, * FROM UNNEST($2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[])";
const NODES: &str = "INSERT INTO journal_node (shard, level, place, hash)
    SELECT $1, * FROM UNNEST($2::bigint[], $3::bigint[], $4::bytea[])";
const MENTIONS: &str = "INSERT INTO journal_mention (shard, account, number)
    SELECT $1, * FROM UNNEST($2::bytea[], $3::bigint[])";
const REQUESTS: &str = "INSERT INTO request (shard, tenant, operation, name, body, outcome)
    SELECT $1, * FROM UNNEST($2::bigint[], $3::bigint[], $4::text[], $5::bytea[], $6::bigint[])";
