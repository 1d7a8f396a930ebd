//! One state of a database, read in pages.

use std::future::Future;

use sqlx::{Postgres, Row as _, Sqlite, Transaction};
use wallet_ledger::{Account, AccountId, Fact, Head, Micros};

use super::Signers;
use super::audit::{AccountRow, Counts, Page};
use crate::batch::{End, mentioned};
use crate::error::{StoreError, of_sql};
use crate::heads::{KeyId, SignedHead};
use crate::journal::{LINES, StoredLine, line_row};
use crate::postgres::PostgresStore;
use crate::rows::{Column, from_body, id, signed, unsigned};
use crate::sqlite::{SqliteStore, json};

pub trait Shelf {
    fn end(&mut self) -> impl Future<Output = Result<End, StoreError>>;
    fn counts(&mut self) -> impl Future<Output = Result<Counts, StoreError>>;
    fn account_count(&mut self) -> impl Future<Output = Result<u64, StoreError>>;
    /// Lines whose numbers are above `after`, with what belongs to them; they should begin with line `from`.
    fn page(
        &mut self,
        after: i64,
        from: u64,
        most: u32,
        signers: &Signers,
    ) -> impl Future<Output = Result<Page, StoreError>>;
    fn accounts_after(
        &mut self,
        last: Option<AccountId>,
        most: u32,
    ) -> impl Future<Output = Result<Vec<AccountRow>, StoreError>>;
}

pub struct SqliteShelf<'s> {
    tx: Transaction<'s, Sqlite>,
    shard: i64,
}

pub struct PostgresShelf<'s> {
    tx: Transaction<'s, Postgres>,
    shard: i64,
}

impl SqliteStore {
    pub(super) async fn shelf(&self) -> Result<SqliteShelf<'_>, StoreError> {
        let tx = self.readers.begin().await.map_err(of_sql)?;
        Ok(SqliteShelf { tx, shard: self.shard })
    }
}

impl PostgresStore {
    pub(super) async fn shelf(&self) -> Result<PostgresShelf<'_>, StoreError> {
        let tx = self.pool.begin_with(crate::postgres::SNAPSHOT).await.map_err(of_sql)?;
        Ok(PostgresShelf { tx, shard: self.shard })
    }
}

/// The statements that find rows by lists of ids differ: SQLite takes lists as JSON, PostgreSQL as arrays.
struct Found {
    accounts: &'static str,
    holds: &'static str,
    transfers: &'static str,
    mentions: &'static str,
}

impl SqliteShelf<'_> {
    const FOUND: Found = Found {
        accounts: "SELECT body FROM account WHERE shard = $1 AND id IN (SELECT unhex(value ->> 0) FROM json_each($2))",
        holds: "SELECT body FROM hold WHERE shard = $1 AND id IN (SELECT unhex(value ->> 0) FROM json_each($2))",
        transfers: "SELECT body FROM transfer WHERE shard = $1
            AND id IN (SELECT unhex(value ->> 0) FROM json_each($2))",
        mentions: "SELECT m.account, m.number FROM json_each($2) AS k CROSS JOIN journal_mention AS m
            ON m.shard = $1 AND m.account = unhex(k.value ->> 0) AND m.number = k.value ->> 1",
    };

    async fn bodies(&mut self, sql: &'static str, ids: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, StoreError> {
        let rows = sqlx::query(sql).bind(self.shard).bind(json(&[Column::Bytes(ids)])).fetch_all(&mut *self.tx);
        rows.await.map_err(of_sql)?.iter().map(|row| row.try_get(0).map_err(of_sql)).collect()
    }

    async fn pairs(&mut self, ids: Vec<Vec<u8>>, numbers: Vec<i64>) -> Result<Vec<(Vec<u8>, i64)>, StoreError> {
        let pairs = json(&[Column::Bytes(ids), Column::Numbers(numbers)]);
        let rows = sqlx::query(Self::FOUND.mentions).bind(self.shard).bind(pairs).fetch_all(&mut *self.tx);
        let pair = |row: &sqlx::sqlite::SqliteRow| Ok((row.try_get(0)?, row.try_get(1)?));
        rows.await.map_err(of_sql)?.iter().map(|row| pair(row).map_err(of_sql)).collect()
    }
}

impl PostgresShelf<'_> {
    const FOUND: Found = Found {
        accounts: "SELECT body FROM account WHERE shard = $1 AND id = ANY($2)",
        holds: "SELECT body FROM hold WHERE shard = $1 AND id = ANY($2)",
        transfers: "SELECT body FROM transfer WHERE shard = $1 AND id = ANY($2)",
        mentions: "SELECT m.account, m.number FROM UNNEST($2::bytea[], $3::bigint[]) AS k (account, number)
            JOIN journal_mention AS m ON m.shard = $1 AND m.account = k.account AND m.number = k.number",
    };

    async fn bodies(&mut self, sql: &'static str, ids: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, StoreError> {
        let rows = sqlx::query(sql).bind(self.shard).bind(ids).fetch_all(&mut *self.tx);
        rows.await.map_err(of_sql)?.iter().map(|row| row.try_get(0).map_err(of_sql)).collect()
    }

    async fn pairs(&mut self, ids: Vec<Vec<u8>>, numbers: Vec<i64>) -> Result<Vec<(Vec<u8>, i64)>, StoreError> {
        let rows = sqlx::query(Self::FOUND.mentions).bind(self.shard).bind(ids).bind(numbers);
        let rows = rows.fetch_all(&mut *self.tx).await.map_err(of_sql)?;
        let pair = |row: &sqlx::postgres::PgRow| Ok((row.try_get(0)?, row.try_get(1)?));
        rows.iter().map(|row| pair(row).map_err(of_sql)).collect()
    }
}

const END: &str = "SELECT last_at, peaks FROM journal_end WHERE shard = $1";
/// A transfer is counted once, whether its own row says it, the line that made it, or both.
const COUNTS: &str = "SELECT (SELECT count(*) FROM hold WHERE shard = $1),
    (SELECT count(transfer) FROM journal WHERE shard = $1) + (SELECT count(*) FROM transfer AS t WHERE t.shard = $1
        AND NOT EXISTS (SELECT 1 FROM journal AS j WHERE j.shard = $1 AND j.transfer = t.id)),
    (SELECT count(first_account) + count(second_account) FROM journal WHERE shard = $1)
        + (SELECT count(*) FROM journal_mention WHERE shard = $1),
    (SELECT count(*) FROM account WHERE shard = $1)";
const HEADS: &str = "SELECT size, root, at, signer, signature FROM head
    WHERE shard = $1 AND size > $2 AND size <= $3 ORDER BY size";
const ACCOUNTS: &str = "SELECT posted, held, body, id, owner, kind FROM account WHERE shard = $1 AND id > $2
    ORDER BY id LIMIT $3";

/// What a page's lines name.
#[derive(Default)]
struct Named {
    accounts: Vec<Vec<u8>>,
    holds: Vec<Vec<u8>>,
    transfers: Vec<Vec<u8>>,
}

impl Named {
    fn by(lines: &[StoredLine]) -> Named {
        let mut named = Named::default();
        for line in lines {
            let Ok(entry) = line.entry() else { break };
            match &entry.fact {
                Fact::Opened(open) => named.accounts.push(id(open.id.0)),
                Fact::Held { hold, .. } | Fact::Released { hold, .. } => named.holds.push(id(hold.0)),
                Fact::Moved { transfer, hold, .. } => {
                    named.transfers.push(id(transfer.0));
                    named.holds.extend(hold.iter().map(|hold| id(hold.0)));
                }
                Fact::Closed { .. } => {}
            }
        }
        named
    }
}

/// Under which accounts lines should be found whose own rows do not say so.
fn mentions_of(page: &Page) -> (Vec<Vec<u8>>, Vec<i64>) {
    let readable = page.lines.iter().map_while(|line| Some((line.number, line.entry().ok()?)));
    let mentions = readable.flat_map(|(number, entry)| {
        let accounts = mentioned(&entry.fact, &page.holds);
        accounts.into_iter().map(move |account| (account, number))
    });
    let elsewhere = mentions.filter(|mention| !page.mentions.contains(mention));
    elsewhere.map(|(account, number)| (id(account.0), signed(number))).unzip()
}

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(what.into())
}

fn sized<const N: usize>(what: &str, bytes: &[u8]) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| damaged(what))
}

/// An account whose columns are its own; other columns give other balances, which the audit names.
fn account_row(body: &[u8], columns: (i64, i64), key: (Vec<u8>, Vec<u8>, i64)) -> Result<AccountRow, StoreError> {
    let account: Account = from_body("account", body)?;
    let (posted, held) = columns;
    let own = (id(account.id.0), id(account.owner.0), i64::from(account.kind.number()));
    // An amount that no account has stands for columns of another account.
    let posted = if own == key { posted } else { i64::MIN };
    Ok(AccountRow { account, posted, held })
}

macro_rules! shelf {
    ($shelf:ident) => {
        impl Shelf for $shelf<'_> {
            async fn end(&mut self) -> Result<End, StoreError> {
                let row = sqlx::query(END).bind(self.shard).fetch_optional(&mut *self.tx).await.map_err(of_sql)?;
                let Some(row) = row else { return Ok(End::default()) };
                let peaks: Vec<u8> = row.try_get(1).map_err(of_sql)?;
                Ok(End { last: Micros(row.try_get(0).map_err(of_sql)?), peaks: from_body("journal_end", &peaks)? })
            }

            async fn counts(&mut self) -> Result<Counts, StoreError> {
                let row = sqlx::query(COUNTS).bind(self.shard).fetch_one(&mut *self.tx).await.map_err(of_sql)?;
                let count = |at: usize| row.try_get::<i64, _>(at).map(unsigned).map_err(of_sql);
                Ok(Counts { holds: count(0)?, transfers: count(1)?, mentions: count(2)? })
            }

            async fn account_count(&mut self) -> Result<u64, StoreError> {
                let row = sqlx::query(COUNTS).bind(self.shard).fetch_one(&mut *self.tx).await.map_err(of_sql)?;
                row.try_get::<i64, _>(3).map(unsigned).map_err(of_sql)
            }

            async fn page(&mut self, after: i64, from: u64, most: u32, signers: &Signers) -> Result<Page, StoreError> {
                let mut page = Page::default();
                let rows = sqlx::query(LINES).bind(self.shard).bind(after).bind(i64::from(most));
                for row in rows.fetch_all(&mut *self.tx).await.map_err(of_sql)? {
                    let row = line_row(&row)?;
                    page.mentions.extend(row.mentions());
                    page.transfers.extend(row.made().map(|made| (made.id, made)));
                    page.lines.push(row.line);
                }
                let until = from.saturating_add(page.lines.len() as u64);
                let heads = sqlx::query(HEADS).bind(self.shard).bind(signed(from)).bind(signed(until));
                for row in heads.fetch_all(&mut *self.tx).await.map_err(of_sql)? {
                    let bytes = |at: usize| row.try_get::<Vec<u8>, _>(at).map_err(of_sql);
                    let number = |at: usize| row.try_get::<i64, _>(at).map_err(of_sql);
                    page.heads.push(signers.published(&SignedHead {
                        shard: unsigned(self.shard),
                        head: Head { size: unsigned(number(0)?), root: sized("head", &bytes(1)?)? },
                        at: Micros(number(2)?),
                        key: KeyId(sized("head", &bytes(3)?)?),
                        signature: sized("head", &bytes(4)?)?,
                    }));
                }
                let named = Named::by(&page.lines);
                for body in self.bodies(Self::FOUND.accounts, named.accounts).await? {
                    let account: Account = from_body("account", &body)?;
                    page.accounts.insert(account.id, account);
                }
                for body in self.bodies(Self::FOUND.holds, named.holds).await? {
                    let hold: wallet_ledger::Hold = from_body("hold", &body)?;
                    page.holds.insert(hold.id, hold);
                }
                for body in self.bodies(Self::FOUND.transfers, named.transfers).await? {
                    let transfer: wallet_ledger::Transfer = from_body("transfer", &body)?;
                    page.transfers.insert(transfer.id, transfer);
                }
                let (accounts, numbers) = mentions_of(&page);
                let pairs = self.pairs(accounts, numbers).await?;
                let account = |bytes: &[u8]| Ok(AccountId(u128::from_be_bytes(sized("journal_mention", bytes)?)));
                let pairs = pairs.iter().map(|(bytes, number)| Ok((account(bytes)?, unsigned(*number))));
                page.mentions.extend(pairs.collect::<Result<Vec<_>, StoreError>>()?);
                Ok(page)
            }

            async fn accounts_after(
                &mut self,
                last: Option<AccountId>,
                most: u32,
            ) -> Result<Vec<AccountRow>, StoreError> {
                let after = last.map(|account| id(account.0)).unwrap_or_default();
                let rows = sqlx::query(ACCOUNTS).bind(self.shard).bind(after).bind(i64::from(most));
                let rows = rows.fetch_all(&mut *self.tx).await.map_err(of_sql)?;
                let read = |row: &_| {
                    let row: &<<Self as Reads>::Db as sqlx::Database>::Row = row;
                    let number = |at: usize| row.try_get::<i64, _>(at).map_err(of_sql);
                    let bytes = |at: usize| row.try_get::<Vec<u8>, _>(at).map_err(of_sql);
                    account_row(&bytes(2)?, (number(0)?, number(1)?), (bytes(3)?, bytes(4)?, number(5)?))
                };
                rows.iter().map(read).collect()
            }
        }
    };
}

/// Which database a shelf is of.
trait Reads {
    type Db: sqlx::Database;
}

impl Reads for SqliteShelf<'_> {
    type Db = Sqlite;
}

impl Reads for PostgresShelf<'_> {
    type Db = Postgres;
}

shelf!(SqliteShelf);
shelf!(PostgresShelf);
