//! SQLite by itself: the double entry of pgbench's script, without anything that makes it a ledger.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};

const ACCOUNTS: &str = "CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL)";
const ENTRIES: &str = "CREATE TABLE entry (id INTEGER PRIMARY KEY, account INTEGER NOT NULL, amount INTEGER NOT NULL, at INTEGER NOT NULL)";
const REQUESTS: &str = "CREATE TABLE request (key INTEGER PRIMARY KEY, body BLOB NOT NULL)";
const FILL: &str = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < $1)
    INSERT INTO account SELECT id, 1000000 FROM n";
const ASK: &str = "INSERT INTO request (key, body) VALUES ($1, x'00112233445566778899aabbccddeeff')";
const CHANGE: &str = "UPDATE account SET balance = balance + $2 WHERE id = $1 AND balance + $2 >= 0";
const WRITE: &str = "INSERT INTO entry (account, amount, at) VALUES ($1, -1, 0), ($2, 1, 0)";

/// Transfers a second with so many in a transaction, on one connection that commits as the ledger's does.
pub async fn transfers(folder: &Path, accounts: u64, batch: u64, time: Duration) -> Result<f64> {
    let file = folder.join(format!("raw-{batch}.db"));
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let mut connection = options.connect().await?;
    for table in [ACCOUNTS, ENTRIES, REQUESTS] {
        sqlx::query(table).execute(&mut connection).await?;
    }
    let accounts = i64::try_from(accounts)?;
    sqlx::query(FILL).bind(accounts).execute(&mut connection).await?;
    let (start, mut count) = (Instant::now(), 0_u64);
    while start.elapsed() < time {
        let mut transaction = connection.begin().await?;
        for _ in 0..batch {
            transfer(&mut transaction, accounts).await?;
        }
        transaction.commit().await?;
        count += batch;
    }
    let took = start.elapsed();
    connection.close().await?;
    Ok(count as f64 / took.as_secs_f64())
}

async fn transfer(connection: &mut SqliteConnection, accounts: i64) -> Result<()> {
    let any = || rand::random_range(1..=accounts);
    let (from, to) = (any(), any());
    sqlx::query(ASK).bind(rand::random::<i64>()).execute(&mut *connection).await?;
    for (account, change) in [(from, -1_i64), (to, 1)] {
        sqlx::query(CHANGE).bind(account).bind(change).execute(&mut *connection).await?;
    }
    sqlx::query(WRITE).bind(from).bind(to).execute(&mut *connection).await?;
    Ok(())
}
