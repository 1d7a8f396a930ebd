//! The wallet's books: transfers a second, beside what the databases do without them.
//!
//! Everything in one run on one machine, with fsync on. `ANXIN_BENCH_SECONDS`, `ANXIN_BENCH_ACCOUNTS` and
//! `ANXIN_BENCH_MANY` make it longer and larger.

mod disk;
pub mod http;
pub mod load;
mod peer;
pub mod postgres;
mod raw;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use wallet_ledger::Limits;
use wallet_store::{Clock, PostgresStore, SqliteStore};

use crate::{Figure, Target};
use load::{Access, Load, Measured, SHARD, Town};
use postgres::Server;

/// Accounts of the runs beside pgbench, and what "few" and "many" are.
const ACCOUNTS: u64 = 100_000;
const FEW: u64 = 10_000;
/// What is promised is promised of so many; a run of less says so.
const MANY: u64 = 10_000_000;
const SECONDS: u64 = 20;
/// Who asks at the same time, and for how many transfers at once.
const CLIENTS: usize = 8;
const CONNECTIONS: usize = 32;
/// Accounts of somebody who uses the interface: a personal one and a wallet.
const OF_EACH: u64 = 2;
const BATCH: usize = 500;

pub fn setting(name: &str, otherwise: u64) -> Result<u64> {
    std::env::var(name).map_or(Ok(otherwise), |text| text.parse().with_context(|| name.to_owned()))
}

pub fn figures() -> Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    Ok([peer::figures()?, runtime.block_on(on_postgres())?, runtime.block_on(on_sqlite())?].concat())
}

async fn on_postgres() -> Result<Vec<Figure>> {
    let time = Duration::from_secs(setting("ANXIN_BENCH_SECONDS", SECONDS)?);
    let (accounts, many) = (setting("ANXIN_BENCH_ACCOUNTS", ACCOUNTS)?, setting("ANXIN_BENCH_MANY", MANY)?);
    let server = Server::start()?;
    let peer = server.pgbench(accounts, time)?;
    let found = async |accounts: u64| -> Result<Town> {
        let database = server.database()?;
        let store = Arc::new(PostgresStore::open(database.options(), SHARD, Limits::default(), Clock::Own).await?);
        let mut town = Town::found(Arc::clone(&store), accounts.min(ACCOUNTS)).await?;
        if accounts > ACCOUNTS {
            town.crowd(&store, accounts).await?;
        }
        Ok(town)
    };
    let batched = async |town: &Town, access: Access| -> Result<Measured> {
        let load = Load { clients: CLIENTS, batch: BATCH, time, access };
        let checkpoints = server.checkpoints(time / 3, time / 3);
        let measured = town.run(&load).await?;
        checkpoints.join().map_err(|_| anyhow::anyhow!("no checkpoint was made"))??;
        Ok(measured)
    };
    let http = over_http(&server, accounts, time).await?;
    let uniform = batched(&found(accounts).await?, Access::Uniform).await?;
    let hot = batched(&found(accounts).await?, Access::Hot).await?;
    let town = found(FEW).await?;
    let (few, few_zipf) = (batched(&town, Access::Uniform).await?, batched(&town, Access::Zipf).await?);
    let town = found(many).await?;
    let (large, zipf) = (batched(&town, Access::Uniform).await?, batched(&town, Access::Zipf).await?);
    let none = Target::None;
    let interface = [
        Figure::new("http_postgres", http.measured.rate, "/s", none),
        Figure::new("http_postgres_to_pgbench", http.measured.rate / peer.rate, "times", Target::AtLeast(2.0)),
        Figure::new("http_postgres_p50", http.measured.p50, "ms", none),
        Figure::new("http_postgres_p99", http.measured.p99, "ms", none),
        Figure::new("http_postgres_max", http.measured.max, "ms", none),
        Figure::new("http_postgres_checkpoints", http.checkpoints, "", Target::AtLeast(2.0)),
        Figure::new("http_server_memory", http.memory, "MB", Target::AtMost(150.0)),
    ];
    let books = vec![
        Figure::new("pgbench_one_a_transaction", peer.rate, "/s", none),
        Figure::new("pgbench_p50", peer.p50, "ms", none),
        Figure::new("pgbench_p99", peer.p99, "ms", none),
        Figure::new("pgbench_max", peer.max, "ms", none),
        Figure::new("ledger_postgres_batches", uniform.rate, "/s", none),
        Figure::new("ledger_postgres_to_pgbench", uniform.rate / peer.rate, "times", Target::AtLeast(5.0)),
        Figure::new("ledger_postgres_p50", uniform.p50, "ms", none),
        Figure::new("ledger_postgres_p99", uniform.p99, "ms", none),
        Figure::new("ledger_postgres_max", uniform.max, "ms", none),
        Figure::new("ledger_postgres_many", many as f64, "accounts", Target::AtLeast(MANY as f64)),
        Figure::new("ledger_postgres_hot_account", hot.rate / uniform.rate, "share", Target::AtLeast(0.5)),
        Figure::new("ledger_postgres_many_accounts", large.rate / few.rate, "share", Target::AtLeast(0.4)),
        Figure::new("ledger_postgres_many_accounts_zipf", zipf.rate / few_zipf.rate, "share", Target::AtLeast(0.75)),
    ];
    Ok(books.into_iter().chain(interface).collect())
}

struct Interface {
    measured: Measured,
    checkpoints: f64,
    memory: f64,
}

async fn over_http(server: &Server, accounts: u64, time: Duration) -> Result<Interface> {
    let (database, people) = (server.database()?, accounts / OF_EACH);
    http::found(&database, people).await?;
    let folder = tempfile::tempdir()?;
    let program = http::Server::start(&database, folder.path())?;
    let before = server.checkpoints_done()?;
    let checkpoints = server.checkpoints(time / 3, time / 3);
    let measured = program.run(people, CONNECTIONS, time).await?;
    checkpoints.join().map_err(|_| anyhow::anyhow!("no checkpoint was made"))??;
    let checkpoints = (server.checkpoints_done()? - before) as f64;
    Ok(Interface { measured, checkpoints, memory: program.memory()? })
}

async fn on_sqlite() -> Result<Vec<Figure>> {
    let time = Duration::from_secs(setting("ANXIN_BENCH_SECONDS", SECONDS)? / 2);
    let folder = tempfile::tempdir()?;
    let store = SqliteStore::open(&folder.path().join("books.db"), SHARD, Limits::default(), Clock::Own).await?;
    let town = Town::found(Arc::new(store), setting("ANXIN_BENCH_ACCOUNTS", ACCOUNTS)?).await?;
    let load = |clients, batch| Load { clients, batch, time, access: Access::Uniform };
    // Before and after: a disk that others use too is not as fast all the time.
    let before = disk::syncs(folder.path(), time / 4)?;
    let single = town.run(&load(1, 1)).await?;
    let syncs = f64::midpoint(before, disk::syncs(folder.path(), time / 4)?);
    let batches = town.run(&load(4, BATCH)).await?;
    let accounts = setting("ANXIN_BENCH_ACCOUNTS", ACCOUNTS)?;
    let alone = raw::transfers(folder.path(), accounts, 1, time / 2).await?;
    let together = raw::transfers(folder.path(), accounts, BATCH as u64, time / 2).await?;
    let none = Target::None;
    Ok(vec![
        Figure::new("sqlite_alone_one_a_transaction", alone, "/s", none),
        Figure::new("sqlite_alone_batches", together, "/s", none),
        Figure::new("ledger_sqlite_to_sqlite", single.rate / alone, "times", none),
        Figure::new("ledger_sqlite_batches_to_sqlite", batches.rate / together, "times", none),
        Figure::new("disk_fdatasync", syncs, "/s", none),
        Figure::new("ledger_sqlite_single_client", single.rate, "/s", none),
        Figure::new("ledger_sqlite_to_fdatasync", single.rate / syncs, "share", Target::AtLeast(0.7)),
        Figure::new("ledger_sqlite_single_p50", single.p50, "ms", none),
        Figure::new("ledger_sqlite_single_p99", single.p99, "ms", none),
        Figure::new("ledger_sqlite_single_max", single.max, "ms", none),
        Figure::new("ledger_sqlite_batches", batches.rate, "/s", Target::AtLeast(50_000.0)),
        Figure::new("ledger_sqlite_batches_p99", batches.p99, "ms", none),
    ])
}
