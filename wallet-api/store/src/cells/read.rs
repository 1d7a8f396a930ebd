//! Reading for a courier, a timer and an operator. What is read here is durable.

use sqlx::Row as _;
use wallet_ledger::{Alarm, CellId, Draw, DrawId, Letter, Link, Micros, Obligation, Pool};

use crate::cells::load::put;
use crate::cells::sheet::{SHEET_MAX, TakenIn};
use crate::database::Database;
use crate::error::{StoreError, of_sql};
use crate::memory::MemoryStore;
use crate::postgres::PostgresStore;
use crate::rows::{from_body, id, signed};
use crate::sqlite::SqliteStore;
use crate::upkeep::Upkeep as _;

/// Most letters to one cell at a time.
pub const LETTERS_MAX: u64 = 256;

/// Sheets that have letters between two numbers on them. The limit leaves none out: it has PostgreSQL go by the key, also by
/// a plan that it made while there were few.
const SHEETS: &str =
    "SELECT body FROM letter_out WHERE shard = $1 AND peer = $2 AND last > $3 AND last < $4 ORDER BY last LIMIT $5";
const LINK: &str = "SELECT body FROM link WHERE shard = $1 AND peer = $2";
const DUE: &str = "SELECT body FROM draw WHERE shard = $1 AND pending = 1 AND until <= $2 ORDER BY until LIMIT $3";
const DRAW: &str = "SELECT body FROM draw WHERE shard = $1 AND id = $2";
const ALL: [&str; 8] = [
    "SELECT body FROM cell WHERE shard = $1",
    "SELECT body FROM link WHERE shard = $1",
    "SELECT body FROM draw WHERE shard = $1",
    "SELECT body FROM clearing_window WHERE shard = $1",
    "SELECT body FROM letter_out WHERE shard = $1",
    "SELECT body FROM letter_in WHERE shard = $1",
    "SELECT body FROM obligation WHERE shard = $1",
    "SELECT body FROM cell_alarm WHERE shard = $1",
];

/// Rows of all tables, put together. `rows` are in the order of [`ALL`].
fn together(rows: &[Vec<Vec<u8>>; 8]) -> Result<Pool, StoreError> {
    let [known @ .., outbox, inbox, obligations, alarms] = rows;
    let mut pool = Pool::default();
    for (kind, rows) in (0..).zip(known) {
        rows.iter().try_for_each(|row| put(&mut pool, kind, row))?;
    }
    for row in outbox {
        let letters: Vec<Letter> = from_body("letter_out", row)?;
        pool.outbox.extend(letters.into_iter().map(|letter| ((letter.to, letter.number), letter)));
    }
    for row in inbox {
        let sheet: TakenIn = from_body("letter_in", row)?;
        pool.inbox.extend(sheet.numbered());
    }
    for row in obligations {
        let obligation: Obligation = from_body("obligation", row)?;
        pool.obligations.insert(obligation.key, obligation);
    }
    for row in alarms {
        let alarm: Alarm = from_body("cell_alarm", row)?;
        pool.alarms.insert((alarm.peer, alarm.letter, alarm.kind), alarm);
    }
    Ok(pool)
}

macro_rules! reading {
    ($store:ty, $pool:ident, $begin:expr) => {
        impl $store {
            /// Everything that is known of other cells, in one snapshot.
            pub async fn pool_of_cells(&self) -> Result<Pool, StoreError> {
                let mut tx = self.$pool.begin_with($begin).await.map_err(of_sql)?;
                let mut tables: [Vec<Vec<u8>>; 8] = Default::default();
                for (sql, bodies) in ALL.into_iter().zip(&mut tables) {
                    for row in sqlx::query(sql).bind(self.shard).fetch_all(&mut *tx).await.map_err(of_sql)? {
                        bodies.push(row.try_get(0).map_err(of_sql)?);
                    }
                }
                together(&tables)
            }

            /// The first letters to a cell after a number that it has not taken in, in their order.
            pub async fn letters_to(&self, peer: CellId, after: u64) -> Result<Vec<Letter>, StoreError> {
                let Some(link) = self.link_to(peer).await? else { return Ok(Vec::new()) };
                let after = after.max(link.acked);
                if link.sent <= after {
                    return Ok(Vec::new());
                }
                let beyond = after.saturating_add(LETTERS_MAX + SHEET_MAX);
                let rows = sqlx::query(SHEETS).bind(self.shard).bind(i64::from(peer.0));
                let rows = rows.bind(signed(after)).bind(signed(beyond)).bind(signed(LETTERS_MAX + SHEET_MAX));
                let rows = rows.fetch_all(&self.$pool).await.map_err(of_sql)?;
                let mut letters: Vec<Letter> = Vec::new();
                for row in &rows {
                    let body: Vec<u8> = row.try_get(0).map_err(of_sql)?;
                    letters.extend(from_body::<Vec<Letter>>("letter_out", &body)?);
                }
                letters.retain(|letter| letter.number > after);
                letters.truncate(usize::try_from(LETTERS_MAX).unwrap_or_default());
                Ok(letters)
            }

            pub async fn link_to(&self, peer: CellId) -> Result<Option<Link>, StoreError> {
                let row = sqlx::query(LINK).bind(self.shard).bind(i64::from(peer.0)).fetch_optional(&self.$pool);
                let Some(row) = row.await.map_err(of_sql)? else { return Ok(None) };
                from_body("link", &row.try_get::<Vec<u8>, _>(0).map_err(of_sql)?).map(Some)
            }

            pub async fn draw(&self, draw: DrawId) -> Result<Option<Draw>, StoreError> {
                let row = sqlx::query(DRAW).bind(self.shard).bind(id(draw.0)).fetch_optional(&self.$pool);
                let Some(row) = row.await.map_err(of_sql)? else { return Ok(None) };
                from_body("draw", &row.try_get::<Vec<u8>, _>(0).map_err(of_sql)?).map(Some)
            }

            /// Draws whose deadline has passed and that have not ended, the oldest first.
            pub async fn draws_due(&self, now: Micros, most: u32) -> Result<Vec<DrawId>, StoreError> {
                let rows = sqlx::query(DUE).bind(self.shard).bind(now.0).bind(i64::from(most)).fetch_all(&self.$pool);
                let rows = rows.await.map_err(of_sql)?;
                let draw = |row: &_| {
                    let body = sqlx::Row::try_get::<Vec<u8>, _>(row, 0).map_err(of_sql)?;
                    from_body::<Draw>("draw", &body).map(|draw| draw.id)
                };
                rows.iter().map(draw).collect()
            }
        }
    };
}

reading!(SqliteStore, readers, "BEGIN");
reading!(PostgresStore, pool, crate::postgres::SNAPSHOT);

impl MemoryStore {
    pub async fn pool_of_cells(&self) -> Result<Pool, StoreError> {
        Ok(self.tables.lock().await.books.pool.clone())
    }

    pub async fn letters_to(&self, peer: CellId, after: u64) -> Result<Vec<Letter>, StoreError> {
        let tables = self.tables.lock().await;
        let most = usize::try_from(LETTERS_MAX).unwrap_or_default();
        let letters = tables.books.pool.under_way(peer).filter(|letter| letter.number > after);
        Ok(letters.take(most).cloned().collect())
    }

    pub async fn link_to(&self, peer: CellId) -> Result<Option<Link>, StoreError> {
        Ok(self.tables.lock().await.books.pool.links.get(&peer).cloned())
    }

    pub async fn draw(&self, draw: DrawId) -> Result<Option<Draw>, StoreError> {
        Ok(self.tables.lock().await.books.pool.draws.get(&draw).cloned())
    }

    pub async fn draws_due(&self, now: Micros, most: u32) -> Result<Vec<DrawId>, StoreError> {
        let tables = self.tables.lock().await;
        let mut due: Vec<&Draw> =
            tables.books.pool.draws.values().filter(|draw| draw.pending() && draw.until <= now).collect();
        due.sort_by_key(|draw| draw.until);
        Ok(due.into_iter().take(usize::try_from(most).unwrap_or_default()).map(|draw| draw.id).collect())
    }
}

macro_rules! either {
    ($self:ident, $store:ident => $asked:expr) => {
        match $self {
            Database::Sqlite($store) => $asked.await,
            Database::Postgres($store) => $asked.await,
        }
    };
}

impl Database {
    pub async fn pool_of_cells(&self) -> Result<Pool, StoreError> {
        either!(self, store => store.pool_of_cells())
    }

    /// The first letters to a cell after a number that it has not taken in, in their order.
    pub async fn letters_to(&self, peer: CellId, after: u64) -> Result<Vec<Letter>, StoreError> {
        either!(self, store => store.letters_to(peer, after))
    }

    pub async fn link_to(&self, peer: CellId) -> Result<Option<Link>, StoreError> {
        either!(self, store => store.link_to(peer))
    }

    pub async fn draw(&self, draw: DrawId) -> Result<Option<Draw>, StoreError> {
        either!(self, store => store.draw(draw))
    }

    /// Draws whose deadline has passed and that have not ended, the oldest first.
    pub async fn draws_due(&self, now: Micros, most: u32) -> Result<Vec<DrawId>, StoreError> {
        either!(self, store => store.draws_due(now, most))
    }

    /// Whether `holder` has the lease from now on: nobody else does, or not any more.
    pub async fn lease(&self, name: &str, holder: u128) -> Result<bool, StoreError> {
        either!(self, store => store.lease(name, holder))
    }
}
