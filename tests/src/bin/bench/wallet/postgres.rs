//! A PostgreSQL for one run, and `pgbench` on it.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anxin_postgres::{Cluster, command, psql, run};
use anyhow::{Context as _, Result, ensure};

use super::load::Measured;

/// The same for all: durable, and with room for a run between two checkpoints.
const SETTINGS: [&str; 6] = [
    "max_connections=100",
    "shared_buffers=2GB",
    "max_wal_size=4GB",
    "checkpoint_timeout=30min",
    "fsync=on",
    "synchronous_commit=on",
];
const CLIENTS: &str = "32";

pub struct Server {
    cluster: Cluster,
    databases: AtomicU32,
}

/// A database of its own.
pub struct Database {
    socket: PathBuf,
    name: String,
    pub url: String,
}

impl Database {
    pub fn options(&self) -> sqlx::postgres::PgConnectOptions {
        let options = sqlx::postgres::PgConnectOptions::new_without_pgpass();
        options.socket(&self.socket).username("postgres").database(&self.name)
    }
}

impl Server {
    pub fn start() -> Result<Server> {
        Ok(Server { cluster: Cluster::start(&SETTINGS)?, databases: AtomicU32::new(0) })
    }

    pub fn database(&self) -> Result<Database> {
        let name = format!("bench_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.cluster.create(&name)?;
        let (socket, url) = (self.cluster.socket().to_owned(), self.cluster.url(&name));
        Ok(Database { socket, name, url })
    }

    /// How many checkpoints there were since it was started.
    pub fn checkpoints_done(&self) -> Result<u64> {
        // Since version 17 they are counted in a view of their own.
        let sql = "SELECT checkpoints_timed + checkpoints_req FROM pg_stat_bgwriter";
        let newer = "SELECT num_timed + num_requested FROM pg_stat_checkpointer";
        let psql = |sql| self.cluster.psql("postgres", sql);
        psql(sql).or_else(|_| psql(newer))?.trim().parse().context("checkpoints")
    }

    /// Two checkpoints, each so long after the other.
    pub fn checkpoints(&self, first: Duration, second: Duration) -> JoinHandle<Result<()>> {
        let socket = self.cluster.socket().to_owned();
        std::thread::spawn(move || {
            for wait in [first, second] {
                std::thread::sleep(wait);
                psql(&socket, "postgres", "CHECKPOINT")?;
            }
            Ok(())
        })
    }

    /// The same double entry, one transfer a transaction, by PostgreSQL's own program.
    pub fn pgbench(&self, accounts: u64, time: Duration) -> Result<Measured> {
        let database = self.database()?;
        self.cluster.psql(
            &database.name,
            &format!(
                "CREATE TABLE account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL);
                 CREATE TABLE entry (id BIGSERIAL PRIMARY KEY, account BIGINT NOT NULL, amount BIGINT NOT NULL,
                    at TIMESTAMPTZ NOT NULL DEFAULT now());
                 CREATE TABLE request (key BIGINT PRIMARY KEY, body BYTEA NOT NULL);
                 INSERT INTO account SELECT n, 1000000 FROM generate_series(1, {accounts}) AS n; ANALYZE"
            ),
        )?;
        let script = self.cluster.socket().join("transfer.sql");
        fs::write(&script, transfer_script(accounts))?;
        let log = self.cluster.socket().join("pgbench_log");
        let checkpoints = self.checkpoints(time / 3, time / 3);
        let mut bench = command("pgbench")?;
        bench.args(["-n", "-M", "prepared", "-c", CLIENTS, "-j", "2", "-U", "postgres", "-T"]);
        bench.arg(time.as_secs().max(1).to_string()).arg("-h").arg(self.cluster.socket()).arg("-f").arg(&script);
        bench.arg("-l").arg("--log-prefix").arg(&log).arg(&database.name);
        let started = Instant::now();
        run(&mut bench)?;
        let took = started.elapsed().min(time);
        checkpoints.join().map_err(|_| anyhow::anyhow!("no checkpoint was made"))??;
        let mut waits = Vec::new();
        for entry in fs::read_dir(self.cluster.socket())?.flatten() {
            if entry.file_name().to_string_lossy().starts_with("pgbench_log") {
                let text = fs::read_to_string(entry.path())?;
                let micros = text.lines().filter_map(|line| line.split(' ').nth(2)?.parse::<f64>().ok());
                waits.extend(micros.map(|micros| micros / 1e3));
            }
        }
        ensure!(!waits.is_empty(), "pgbench did nothing");
        let count = waits.len() as u64;
        Ok(Measured::of(waits, count, took))
    }
}

/// Locks accounts in their order, so that nobody waits for each other.
fn transfer_script(accounts: u64) -> String {
    format!(
        "\\set a random(1, {accounts})
\\set b random(1, {accounts})
\\set key random(1, 9000000000000000)
\\set lower least(:a, :b)
\\set upper greatest(:a, :b)
\\set lower_change case when :a < :b then -1 else 1 end
\\set upper_change 0 - :lower_change
BEGIN;
INSERT INTO request (key, body) VALUES (:key, decode('00112233445566778899aabbccddeeff', 'hex')) ON CONFLICT DO NOTHING;
UPDATE account SET balance = balance + :lower_change WHERE id = :lower AND balance + :lower_change >= 0;
UPDATE account SET balance = balance + :upper_change WHERE id = :upper AND balance + :upper_change >= 0;
INSERT INTO entry (account, amount) VALUES (:a, -1), (:b, 1);
COMMIT;
"
    )
}
