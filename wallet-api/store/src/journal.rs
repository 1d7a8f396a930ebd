//! Reading the books: balances, statements, proofs, and everything at once for a check.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use wallet_ledger::{Account, AccountId, Books, DatedLimits, Entry, Hold, Micros, Transfer, TransferId};

use crate::batch::{End, Line};
use crate::error::{StoreError, of_sql};
use crate::memory::MemoryStore;
use crate::postgres::PostgresStore;
use crate::rows::{from_body, id, unsigned};
use crate::sqlite::SqliteStore;

/// All that a store holds, to be checked as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    pub books: Books,
    pub lines: Vec<StoredLine>,
    pub end: End,
    /// Balances that stand beside the accounts for people to query.
    pub columns: BTreeMap<AccountId, (i64, i64)>,
    pub mentions: BTreeSet<(AccountId, u64)>,
}

/// A line of the journal as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLine {
    pub number: u64,
    pub at: i64,
    pub bytes: Vec<u8>,
    pub leaf: Vec<u8>,
    /// The nodes of the log above the leaf that it completed, from level 1 up.
    pub above: Vec<u8>,
}

impl StoredLine {
    pub fn entry(&self) -> Result<Entry, StoreError> {
        from_body("journal", &self.bytes)
    }
}

/// Most lines of one page of a statement.
pub const PAGE_MAX: u32 = 500;

impl From<&Line> for StoredLine {
    fn from(line: &Line) -> Self {
        let (number, at) = (line.number, line.entry.at.0);
        StoredLine { number, at, bytes: line.bytes.clone(), leaf: line.leaf.to_vec(), above: line.above.concat() }
    }
}

/// A line with what it is found by.
#[derive(Clone, Debug)]
pub(crate) struct LineRow {
    pub line: StoredLine,
    transfer: Option<TransferId>,
    accounts: Vec<AccountId>,
}

impl LineRow {
    /// The transfer that it made and is found by, as it was then.
    pub fn made(&self) -> Option<Transfer> {
        let made = Transfer::of(&self.line.entry().ok()?.fact)?;
        (self.transfer == Some(made.id)).then_some(made)
    }

    pub fn mentions(&self) -> impl Iterator<Item = (AccountId, u64)> {
        self.accounts.iter().map(|account| (*account, self.line.number))
    }
}

/// A database's rows, whichever it is.
pub(crate) trait Cells {
    fn number(&self, at: usize) -> Result<i64, StoreError>;
    fn bytes(&self, at: usize) -> Result<Vec<u8>, StoreError>;
    fn maybe_bytes(&self, at: usize) -> Result<Option<Vec<u8>>, StoreError>;
}

impl Cells for SqliteRow {
    fn number(&self, at: usize) -> Result<i64, StoreError> {
        self.try_get(at).map_err(of_sql)
    }

    fn bytes(&self, at: usize) -> Result<Vec<u8>, StoreError> {
        self.try_get(at).map_err(of_sql)
    }

    fn maybe_bytes(&self, at: usize) -> Result<Option<Vec<u8>>, StoreError> {
        self.try_get(at).map_err(of_sql)
    }
}

impl Cells for PgRow {
    fn number(&self, at: usize) -> Result<i64, StoreError> {
        self.try_get(at).map_err(of_sql)
    }

    fn bytes(&self, at: usize) -> Result<Vec<u8>, StoreError> {
        self.try_get(at).map_err(of_sql)
    }

    fn maybe_bytes(&self, at: usize) -> Result<Option<Vec<u8>>, StoreError> {
        self.try_get(at).map_err(of_sql)
    }
}

fn line(row: &impl Cells) -> Result<StoredLine, StoreError> {
    let (bytes, leaf, above) = (row.bytes(2)?, row.bytes(3)?, row.bytes(4)?);
    Ok(StoredLine { number: unsigned(row.number(0)?), at: row.number(1)?, bytes, leaf, above })
}

pub(crate) fn line_row(row: &impl Cells) -> Result<LineRow, StoreError> {
    let name = |at| {
        let bytes = row.maybe_bytes(at)?.map(<[u8; 16]>::try_from).transpose();
        bytes.map(|bytes| bytes.map(u128::from_be_bytes)).map_err(|_| StoreError::Damaged("journal".into()))
    };
    let accounts = [name(6)?, name(7)?].into_iter().flatten().map(AccountId).collect();
    Ok(LineRow { line: line(row)?, transfer: name(5)?.map(TransferId), accounts })
}

fn mention(row: &impl Cells) -> Result<(AccountId, u64), StoreError> {
    let account = row.bytes(0)?.try_into().map_err(|_| StoreError::Damaged("journal_mention".into()))?;
    Ok((AccountId(u128::from_be_bytes(account)), unsigned(row.number(1)?)))
}

const MENTIONS: &str = "SELECT account, number FROM journal_mention WHERE shard = $1";
const ACCOUNTS: &str = "SELECT posted, held, body FROM account WHERE shard = $1";
const HOLDS: &str = "SELECT body FROM hold WHERE shard = $1";
const TRANSFERS: &str = "SELECT body FROM transfer WHERE shard = $1";
pub(crate) const LINES: &str = "SELECT number, at, body, leaf, above, transfer, first_account, second_account
    FROM journal WHERE shard = $1 AND number > $2 ORDER BY number LIMIT $3";
const END: &str = "SELECT last_at, peaks FROM journal_end WHERE shard = $1";
const ACCOUNT: &str = "SELECT posted, held, body FROM account WHERE shard = $1 AND id = $2";
/// Lines that speak of an account, the latest first: those whose own row says so, and those that speak of more accounts.
pub(crate) const STATEMENT: &str = "SELECT j.number, j.at, j.body, j.leaf, j.above FROM (
        SELECT * FROM (SELECT number FROM journal WHERE shard = $1 AND first_account = $2 AND number < $3
            ORDER BY number DESC LIMIT $4) AS a
        UNION ALL SELECT * FROM (SELECT number FROM journal WHERE shard = $1 AND second_account = $2 AND number < $3
            ORDER BY number DESC LIMIT $4) AS b
        UNION ALL SELECT * FROM (SELECT number FROM journal_mention WHERE shard = $1 AND account = $2 AND number < $3
            ORDER BY number DESC LIMIT $4) AS c
    ) AS m CROSS JOIN journal AS j WHERE j.shard = $1 AND j.number = m.number ORDER BY j.number DESC LIMIT $4";
const DUE: &str = "SELECT body FROM hold WHERE shard = $1 AND pending = 1 AND until <= $2 ORDER BY until LIMIT $3";

/// The same reading of two databases: what differs is only where the connections come from.
macro_rules! reading {
    ($store:ty, $pool:ident, $begin:expr) => {
        impl $store {
            /// Everything, in one snapshot.
            pub async fn whole(&self) -> Result<Whole, StoreError> {
                let mut tx = self.$pool.begin_with($begin).await.map_err(of_sql)?;
                let mut whole = Whole::default();
                if let Some(row) = sqlx::query(END).bind(self.shard).fetch_optional(&mut *tx).await.map_err(of_sql)? {
                    whole.end = End { last: Micros(row.number(0)?), peaks: from_body("journal_end", &row.bytes(1)?)? };
                }
                whole.books.last = whole.end.last;
                for row in sqlx::query(ACCOUNTS).bind(self.shard).fetch_all(&mut *tx).await.map_err(of_sql)? {
                    let account: Account = from_body("account", &row.bytes(2)?)?;
                    whole.columns.insert(account.id, (row.number(0)?, row.number(1)?));
                    whole.books.accounts.insert(account.id, account);
                }
                for row in sqlx::query(HOLDS).bind(self.shard).fetch_all(&mut *tx).await.map_err(of_sql)? {
                    let hold: Hold = from_body("hold", &row.bytes(0)?)?;
                    whole.books.holds.insert(hold.id, hold);
                }
                let lines = sqlx::query(LINES).bind(self.shard).bind(i64::MIN).bind(i64::MAX);
                for row in lines.fetch_all(&mut *tx).await.map_err(of_sql)? {
                    let row = line_row(&row)?;
                    whole.mentions.extend(row.mentions());
                    whole.books.transfers.extend(row.made().map(|made| (made.id, made)));
                    whole.lines.push(row.line);
                }
                for row in sqlx::query(TRANSFERS).bind(self.shard).fetch_all(&mut *tx).await.map_err(of_sql)? {
                    let transfer: Transfer = from_body("transfer", &row.bytes(0)?)?;
                    whole.books.transfers.insert(transfer.id, transfer);
                }
                for row in sqlx::query(MENTIONS).bind(self.shard).fetch_all(&mut *tx).await.map_err(of_sql)? {
                    whole.mentions.insert(mention(&row)?);
                }
                Ok(whole)
            }

            pub async fn account(&self, account: AccountId) -> Result<Option<Account>, StoreError> {
                let row = sqlx::query(ACCOUNT).bind(self.shard).bind(id(account.0)).fetch_optional(&self.$pool);
                let row = row.await.map_err(of_sql)?;
                row.map(|row| from_body("account", &row.bytes(2)?)).transpose()
            }

            /// Lines that speak of an account, the latest first, before a line of the journal.
            pub async fn statement(
                &self,
                account: AccountId,
                before: u64,
                most: u32,
            ) -> Result<Vec<StoredLine>, StoreError> {
                let rows = sqlx::query(STATEMENT)
                    .bind(self.shard)
                    .bind(id(account.0))
                    .bind(i64::try_from(before).unwrap_or(i64::MAX))
                    .bind(i64::from(most.min(PAGE_MAX)))
                    .fetch_all(&self.$pool);
                rows.await.map_err(of_sql)?.iter().map(line).collect()
            }

            /// Holds whose deadline has passed, the oldest first.
            pub async fn due(&self, now: Micros, most: u32) -> Result<Vec<Hold>, StoreError> {
                let rows = sqlx::query(DUE).bind(self.shard).bind(now.0).bind(i64::from(most)).fetch_all(&self.$pool);
                rows.await.map_err(of_sql)?.iter().map(|row| from_body("hold", &row.bytes(0)?)).collect()
            }
        }
    };
}

reading!(SqliteStore, readers, "BEGIN");
reading!(PostgresStore, pool, crate::postgres::SNAPSHOT);

impl MemoryStore {
    pub async fn whole(&self) -> Result<Whole, StoreError> {
        let tables = self.tables.lock().await;
        let books = Books { limits: DatedLimits::default(), ..tables.books.clone() };
        let columns = books.accounts.values().map(|a| (a.id, (a.posted.get(), a.held.get()))).collect();
        Ok(Whole {
            books,
            lines: tables.lines.iter().map(Into::into).collect(),
            end: tables.end.clone(),
            columns,
            mentions: tables.mentions.clone(),
        })
    }

    pub async fn account(&self, account: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(self.tables.lock().await.books.accounts.get(&account).cloned())
    }

    pub async fn statement(&self, account: AccountId, before: u64, most: u32) -> Result<Vec<StoredLine>, StoreError> {
        let tables = self.tables.lock().await;
        let numbers = tables.mentions.range((account, 0)..(account, before)).rev().map(|(_, number)| *number);
        let page = usize::try_from(most.min(PAGE_MAX)).unwrap_or_default();
        let line = |number| tables.lines.get(usize::try_from(number).ok()?).map(Into::into);
        Ok(numbers.take(page).filter_map(line).collect())
    }

    pub async fn due(&self, now: Micros, most: u32) -> Result<Vec<Hold>, StoreError> {
        let tables = self.tables.lock().await;
        let pending = |h: &&Hold| h.state == wallet_ledger::HoldState::Pending && h.until <= now;
        let mut due: Vec<Hold> = tables.books.holds.values().filter(pending).cloned().collect();
        due.sort_by_key(|h| h.until);
        due.truncate(usize::try_from(most).unwrap_or_default());
        Ok(due)
    }
}
