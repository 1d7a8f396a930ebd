//! Books in PostgreSQL, where several programs may write: the row at the end of the journal keeps them in
//! one order.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgPoolOptions};
use sqlx::query::Query;
use sqlx::{Connection as _, Executor as _, PgPool, Postgres, Row as _, Transaction};
use tokio::time::timeout;
use wallet_ledger::{Account, AccountId, CellNeeds, DatedLimits, Micros, Pool};

use crate::batch::{Asked, Changes, End, Wanted};
use crate::cells::{Find, Shelf, load};
use crate::clock::Clock;
use crate::error::{StoreError, of_sql};
use crate::primary::{Moved, Servers, Watch, takes_writes};
use crate::rows::{Column, Rows, body, from_body, id, keys, owner, request, signed, transfer};
use crate::schema;
use crate::work::{BatchId, Committed, KnownRows, Work, carry_out};

#[derive(Debug)]
pub struct PostgresStore {
    pub(crate) pool: PgPool,
    /// The connections of batches: no reader keeps one waiting.
    writer: PgPool,
    pub(crate) shard: i64,
    limits: DatedLimits,
    pub(crate) clock: Clock,
    /// Where there are several servers.
    watch: Option<Watch>,
}

const CONNECTIONS: u32 = 8;
const WRITERS: u32 = 2;
/// A connection that rested for longer is asked whether it is still there before it is used.
const RESTED: Duration = Duration::from_secs(1);
/// A server that is cut off does not say so. After this it counts as one that broke.
const SILENCE: Duration = Duration::from_secs(5);
/// Batches find their rows by keys and by nothing else, one after the other (LATERAL with LIMIT says so). A plan that
/// was made while a table was small would otherwise go through all of it for ever after.
const BY_KEYS: &str = "SET enable_seqscan = off; SET jit = off; SET plan_cache_mode = force_generic_plan";
/// One state for many statements.
pub(crate) const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
pub(crate) const CLOCK: &str = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

impl PostgresStore {
    /// Connects, and brings the schema up to date.
    pub async fn open(
        servers: impl Into<Servers>,
        shard: u64,
        limits: impl Into<DatedLimits>,
        clock: Clock,
    ) -> Result<PostgresStore, StoreError> {
        let servers = servers.into();
        let (primary, moved) = (servers.primary().await?, Moved::default());
        let pool = connections(CONNECTIONS, &servers, &moved).connect_with(primary.clone()).await.map_err(of_sql)?;
        let turn = schema::turn(&pool).await?;
        schema::upgrade_postgres(&pool).await?;
        turn.commit().await.map_err(of_sql)?;
        let writer = writers(&servers, &moved).connect_with(primary).await.map_err(of_sql)?;
        let pools = vec![pool.clone(), writer.clone()];
        let watch = servers.are_several().then(|| Watch::start(servers, pools, moved));
        let store = PostgresStore { pool, writer, shard: signed(shard), limits: limits.into(), clock, watch };
        store.begin_journal().await?;
        Ok(store)
    }

    /// Connects and changes nothing.
    pub async fn look(servers: impl Into<Servers>, shard: u64) -> Result<PostgresStore, StoreError> {
        let (servers, moved) = (servers.into(), Moved::default());
        let pool = connections(CONNECTIONS, &servers, &moved).connect_with(servers.primary().await?);
        let pool = pool.await.map_err(of_sql)?;
        let found = sqlx::query_scalar(schema::FOUND).fetch_one(&pool).await.map_err(of_sql)?;
        schema::readable(found)?;
        let (writer, shard) = (pool.clone(), signed(shard));
        Ok(PostgresStore { pool, writer, shard, limits: DatedLimits::default(), clock: Clock::Own, watch: None })
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
        let mut connection = self.writer.acquire().await.map_err(of_sql)?;
        let carried_out = async {
            let transaction = connection.begin().await.map_err(of_sql)?;
            let (shard, clock) = (self.shard, self.clock.clone());
            let work = PostgresWork { transaction, shard, clock, began: Micros::default() };
            carry_out(work, batch, asked, &self.limits).await
        };
        // Only where another server may have taken over is there a point in not waiting.
        if self.watch.is_none() {
            return carried_out.await;
        }
        let done = timeout(SILENCE, carried_out).await;
        done.unwrap_or_else(|_| {
            connection.close_on_drop();
            Err(StoreError::Unclear("the server did not answer".into()))
        })
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
        self.writer.close().await;
        self.pool.close().await;
    }
}

fn connections(most: u32, servers: &Servers, moved: &Moved) -> PgPoolOptions {
    let (pool, moved) = (PgPoolOptions::new().max_connections(most).test_before_acquire(false), moved.clone());
    let pool = pool.before_acquire(move |connection, meta| {
        let of_before = moved.after(meta.age);
        Box::pin(async move {
            if of_before {
                return Ok(false);
            }
            if meta.idle_for > RESTED {
                timeout(SILENCE, connection.ping()).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
            }
            Ok(true)
        })
    });
    if !servers.are_several() {
        return pool;
    }
    pool.acquire_timeout(SILENCE).after_connect(|connection, _| Box::pin(takes_writes(connection)))
}

fn writers(servers: &Servers, moved: &Moved) -> PgPoolOptions {
    let several = servers.are_several();
    connections(WRITERS, servers, moved).after_connect(move |connection, _| {
        Box::pin(async move {
            if several {
                takes_writes(connection).await?;
            }
            connection.execute(BY_KEYS).await?;
            Ok(())
        })
    })
}

struct PostgresWork<'s> {
    transaction: Transaction<'s, Postgres>,
    shard: i64,
    clock: Clock,
    /// The database's clock once the end of the journal was locked.
    began: Micros,
}

impl PostgresWork<'_> {
    async fn bodies(&mut self, sql: &'static str, ids: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(sql).bind(self.shard).bind(ids).fetch_all(&mut *self.transaction);
        rows.await.map_err(of_sql)?.iter().map(|row| row.try_get(0).map_err(of_sql)).collect()
    }
}

fn bind<'q>(query: Query<'q, Postgres, PgArguments>, column: Column) -> Query<'q, Postgres, PgArguments> {
    match column {
        Column::Numbers(all) => query.bind(all),
        Column::Bytes(all) => query.bind(all),
        Column::MaybeBytes(all) => query.bind(all),
        Column::Texts(all) => query.bind(all),
    }
}

impl Shelf for PostgresWork<'_> {
    async fn find(&mut self, which: Find, tables: Vec<Vec<Column>>) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        let sql = tables.into_iter().flatten().fold(sqlx::query(which.postgres()).bind(self.shard), bind);
        let rows = sql.fetch_all(&mut *self.transaction).await.map_err(of_sql)?;
        rows.iter().map(|row| Ok((row.try_get(0).map_err(of_sql)?, row.try_get(1).map_err(of_sql)?))).collect()
    }
}

impl Work for PostgresWork<'_> {
    async fn end(&mut self) -> Result<End, StoreError> {
        // The clock stands outside, so that it is read once the row is locked.
        const SQL: &str = "SELECT last_at, peaks, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
            FROM (SELECT last_at, peaks FROM journal_end WHERE shard = $1 FOR UPDATE) AS locked";
        let row = sqlx::query(SQL).bind(self.shard).fetch_one(&mut *self.transaction).await.map_err(of_sql)?;
        self.began = Micros(row.try_get(2).map_err(of_sql)?);
        let peaks: Vec<u8> = row.try_get(1).map_err(of_sql)?;
        Ok(End { last: Micros(row.try_get(0).map_err(of_sql)?), peaks: from_body("journal_end", &peaks)? })
    }

    async fn clock(&mut self) -> Result<Micros, StoreError> {
        Ok(if let Clock::Given(_) = &self.clock { self.clock.here() } else { self.began })
    }

    /// One way to the server and back for all of them.
    async fn known(&mut self, wanted: &Wanted) -> Result<KnownRows, StoreError> {
        let ids = |ids: Vec<u128>| Column::Bytes(ids.into_iter().map(id).collect());
        let mut columns = keys(wanted.keys.iter());
        columns.push(ids(wanted.holds.iter().map(|hold| hold.0).collect()));
        columns.push(ids(wanted.transfers.iter().map(|transfer| transfer.0).collect()));
        columns.push(ids(wanted.people.iter().map(|person| person.0).collect()));
        let query = columns.into_iter().fold(sqlx::query(KNOWN).bind(self.shard), bind);
        let mut known = KnownRows::default();
        for row in &query.fetch_all(&mut *self.transaction).await.map_err(of_sql)? {
            let body: Vec<u8> = row.try_get(4).map_err(of_sql)?;
            match row.try_get::<i64, _>(0).map_err(of_sql)? {
                0 => {
                    let (tenant, operation) = (row.try_get(1).map_err(of_sql)?, row.try_get(2).map_err(of_sql)?);
                    let (name, outcome) = (row.try_get(3).map_err(of_sql)?, row.try_get(5).map_err(of_sql)?);
                    known.requests.extend([request(tenant, operation, name, &body, outcome)?]);
                }
                1 => known.holds.push(from_body("hold", &body)?),
                2 => known.transfers.extend(transfer(Some(body), None)?),
                3 => known.transfers.extend(transfer(None, Some(body))?),
                _ => drop(known.died.insert(owner(body)?)),
            }
        }
        Ok(known)
    }

    /// In the order of their ids, so that whoever else locks accounts does it in the same order.
    async fn accounts(&mut self, ids: &BTreeSet<AccountId>) -> Result<Vec<Account>, StoreError> {
        const SQL: &str = "SELECT r.body FROM UNNEST($2::bytea[]) AS k (id)
            CROSS JOIN LATERAL (SELECT body FROM account WHERE shard = $1 AND id = k.id LIMIT 1 FOR UPDATE) AS r";
        let rows = self.bodies(SQL, ids.iter().map(|n| id(n.0)).collect()).await?;
        rows.iter().map(|row| from_body("account", row)).collect()
    }

    async fn pool(&mut self, needs: &CellNeeds) -> Result<Pool, StoreError> {
        load(self, needs).await
    }

    async fn write(&mut self, batch: BatchId, changes: &Changes) -> Result<(), StoreError> {
        let rows = Rows::of(changes);
        if !changes.pool.is_empty() {
            let columns = rows.cells.0.into_iter().flat_map(|(_, columns)| columns);
            let cells = columns.fold(sqlx::query(POOL).bind(self.shard), bind);
            cells.execute(&mut *self.transaction).await.map_err(of_sql)?;
        }
        let books = [rows.accounts, rows.holds, rows.transfers, rows.lines, rows.mentions, rows.requests];
        let query = books.into_iter().flatten().fold(sqlx::query(WRITE).bind(self.shard), bind);
        let end = query
            .bind(id(batch.0))
            .bind(i64::try_from(changes.lines.len()).unwrap_or(i64::MAX))
            .bind(changes.end.last.0)
            .bind(body(&changes.end.peaks));
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

/// What a batch names: requests, holds, transfers (those that something became of, then those as their lines made them),
/// and who has died.
const KNOWN: &str = "SELECT 0::bigint, k.tenant, k.operation, k.name, r.body, r.outcome
    FROM UNNEST($2::bigint[], $3::bigint[], $4::text[]) AS k (tenant, operation, name)
    CROSS JOIN LATERAL (SELECT body, outcome FROM request WHERE shard = $1 AND tenant = k.tenant
        AND operation = k.operation AND name = k.name LIMIT 1) AS r
    UNION ALL SELECT 1, NULL, NULL, NULL, r.body, NULL FROM UNNEST($5::bytea[]) AS k (id)
    CROSS JOIN LATERAL (SELECT body FROM hold WHERE shard = $1 AND id = k.id LIMIT 1) AS r
    UNION ALL SELECT 2, NULL, NULL, NULL, r.body, NULL FROM UNNEST($6::bytea[]) AS k (id)
    CROSS JOIN LATERAL (SELECT body FROM transfer WHERE shard = $1 AND id = k.id LIMIT 1) AS r
    UNION ALL SELECT 3, NULL, NULL, NULL, r.body, NULL FROM UNNEST($6::bytea[]) AS k (id)
    CROSS JOIN LATERAL (SELECT body FROM journal WHERE shard = $1 AND transfer = k.id LIMIT 1) AS r
    WHERE NOT EXISTS (SELECT FROM transfer WHERE shard = $1 AND id = k.id)
    UNION ALL SELECT 4, NULL, NULL, NULL, r.owner, NULL FROM UNNEST($7::bytea[]) AS k (id)
    CROSS JOIN LATERAL (SELECT owner FROM person WHERE shard = $1 AND owner = k.id AND died IS NOT NULL LIMIT 1) AS r";

/// All of a batch's rows at once: each statement is a way to the server and back.
const WRITE: &str = "WITH accounts AS (
        INSERT INTO account (shard, id, owner, kind, posted, held, body)
        SELECT $1, * FROM UNNEST($2::bytea[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bytea[])
        ON CONFLICT (shard, id) DO UPDATE SET posted = excluded.posted, held = excluded.held, body = excluded.body
    ), holds AS (
        INSERT INTO hold (shard, id, until, pending, body)
        SELECT $1, * FROM UNNEST($8::bytea[], $9::bigint[], $10::bigint[], $11::bytea[])
        ON CONFLICT (shard, id) DO UPDATE SET pending = excluded.pending, body = excluded.body
    ), transfers AS (
        INSERT INTO transfer (shard, id, body)
        SELECT $1, * FROM UNNEST($12::bytea[], $13::bytea[])
        ON CONFLICT (shard, id) DO UPDATE SET body = excluded.body
    ), lines AS (
        INSERT INTO journal (shard, number, at, body, leaf, above, transfer, first_account, second_account)
        SELECT $1, * FROM UNNEST($14::bigint[], $15::bigint[], $16::bytea[], $17::bytea[], $18::bytea[], $19::bytea[],
            $20::bytea[], $21::bytea[])
    ), mentions AS (
        INSERT INTO journal_mention (shard, account, number)
        SELECT $1, * FROM UNNEST($22::bytea[], $23::bigint[])
    ), requests AS (
        INSERT INTO request (shard, tenant, operation, name, body, outcome)
        SELECT $1, * FROM UNNEST($24::bigint[], $25::bigint[], $26::text[], $27::bytea[], $28::bigint[])
    ), named AS (
        INSERT INTO batch (shard, id, lines) VALUES ($1, $29, $30)
    )
    UPDATE journal_end SET last_at = $31, peaks = $32 WHERE shard = $1";

/// The same of what a batch changes on other cells, table by table in their order.
const POOL: &str = "WITH cells AS (
        INSERT INTO cell (shard, body)
        SELECT $1, * FROM UNNEST($2::bytea[])
        ON CONFLICT (shard) DO UPDATE SET body = excluded.body
    ), links AS (
        INSERT INTO link (shard, peer, acked, body)
        SELECT $1, * FROM UNNEST($3::bigint[], $4::bigint[], $5::bytea[])
        ON CONFLICT (shard, peer) DO UPDATE SET acked = excluded.acked, body = excluded.body
    ), draws AS (
        INSERT INTO draw (shard, id, until, pending, body)
        SELECT $1, * FROM UNNEST($6::bytea[], $7::bigint[], $8::bigint[], $9::bytea[])
        ON CONFLICT (shard, id) DO UPDATE SET pending = excluded.pending, body = excluded.body
    ), windows AS (
        INSERT INTO clearing_window (shard, id, agreed, body)
        SELECT $1, * FROM UNNEST($10::bigint[], $11::bigint[], $12::bytea[])
        ON CONFLICT (shard, id) DO UPDATE SET agreed = excluded.agreed, body = excluded.body
    ), written AS (
        INSERT INTO letter_out (shard, peer, last, body)
        SELECT $1, * FROM UNNEST($13::bigint[], $14::bigint[], $15::bytea[])
    ), taken AS (
        INSERT INTO letter_in (shard, peer, last, body)
        SELECT $1, * FROM UNNEST($16::bigint[], $17::bigint[], $18::bytea[])
    ), owed AS (
        INSERT INTO obligation (shard, clearing_window, creditor, debtor, transfer, amount, body)
        SELECT $1, * FROM UNNEST($19::bigint[], $20::bigint[], $21::bigint[], $22::bytea[], $23::bigint[], $24::bytea[])
    )
    INSERT INTO cell_alarm (shard, peer, letter, kind, at, body)
    SELECT $1, * FROM UNNEST($25::bigint[], $26::bigint[], $27::bytea[], $28::bigint[], $29::bytea[])
    ON CONFLICT (shard, peer, letter, kind) DO UPDATE SET at = excluded.at, body = excluded.body";
