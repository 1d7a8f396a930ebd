//! A PostgreSQL for one run, and `pgbench` on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use tempfile::TempDir;

use super::load::Measured;

/// The same for all: durable, and with room for a run between two checkpoints.
const SETTINGS: [&str; 7] = [
    "listen_addresses=",
    "max_connections=100",
    "shared_buffers=2GB",
    "max_wal_size=4GB",
    "checkpoint_timeout=30min",
    "fsync=on",
    "synchronous_commit=on",
];
const CLIENTS: &str = "32";

pub struct Server {
    child: Child,
    folder: TempDir,
    databases: AtomicU32,
}

/// A database of its own.
pub struct Database {
    folder: PathBuf,
    name: String,
}

impl Database {
    pub fn options(&self) -> Result<sqlx::postgres::PgConnectOptions> {
        let options = sqlx::postgres::PgConnectOptions::new_without_pgpass();
        Ok(options.socket(&self.folder).username("postgres").database(&self.name))
    }
}

impl Server {
    pub fn start() -> Result<Server> {
        let folder = tempfile::Builder::new().prefix("anxin-bench").tempdir()?;
        if is_root()? {
            told(Command::new("chown").arg("postgres").arg(folder.path()))?;
        }
        let data = folder.path().join("data");
        told(command("initdb")?.args(["--auth=trust", "--username=postgres", "-D"]).arg(&data))?;
        let mut server = command("postgres")?;
        server.arg("-D").arg(&data).arg("-k").arg(folder.path());
        server.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        let child = server.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let server = Server { child, folder, databases: AtomicU32::new(0) };
        let patience = Instant::now();
        while server.psql("postgres", "SELECT 1").is_err() {
            ensure!(patience.elapsed() < Duration::from_secs(60), "PostgreSQL does not start");
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }

    fn psql(&self, database: &str, sql: &str) -> Result<String> {
        psql(self.folder.path(), database, sql)
    }

    pub fn database(&self) -> Result<Database> {
        let name = format!("bench_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.psql("postgres", &format!("CREATE DATABASE {name}"))?;
        Ok(Database { folder: self.folder.path().to_owned(), name })
    }

    /// Two checkpoints, each so long after the other.
    pub fn checkpoints(&self, first: Duration, second: Duration) -> JoinHandle<Result<()>> {
        let folder = self.folder.path().to_owned();
        std::thread::spawn(move || {
            for wait in [first, second] {
                std::thread::sleep(wait);
                psql(&folder, "postgres", "CHECKPOINT")?;
            }
            Ok(())
        })
    }

    /// The same double entry, one transfer a transaction, by PostgreSQL's own program.
    pub fn pgbench(&self, accounts: u64, time: Duration) -> Result<Measured> {
        let database = self.database()?;
        self.psql(
            &database.name,
            &format!(
                "CREATE TABLE account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL);
                 CREATE TABLE entry (id BIGSERIAL PRIMARY KEY, account BIGINT NOT NULL, amount BIGINT NOT NULL,
                    at TIMESTAMPTZ NOT NULL DEFAULT now());
                 CREATE TABLE request (key BIGINT PRIMARY KEY, body BYTEA NOT NULL);
                 INSERT INTO account SELECT n, 1000000 FROM generate_series(1, {accounts}) AS n; ANALYZE"
            ),
        )?;
        let script = self.folder.path().join("transfer.sql");
        fs::write(&script, transfer_script(accounts))?;
        let log = self.folder.path().join("pgbench_log");
        let checkpoints = self.checkpoints(time / 3, time / 3);
        let mut bench = command("pgbench")?;
        bench.args(["-n", "-M", "prepared", "-c", CLIENTS, "-j", "2", "-U", "postgres", "-T"]);
        bench.arg(time.as_secs().max(1).to_string()).arg("-h").arg(self.folder.path()).arg("-f").arg(&script);
        bench.arg("-l").arg("--log-prefix").arg(&log).arg(&database.name);
        let started = Instant::now();
        told(&mut bench)?;
        let took = started.elapsed().min(time);
        checkpoints.join().map_err(|_| anyhow::anyhow!("no checkpoint was made"))??;
        let mut waits = Vec::new();
        for entry in fs::read_dir(self.folder.path())?.flatten() {
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

impl Drop for Server {
    fn drop(&mut self) {
        // It may have stopped already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn psql(folder: &Path, database: &str, sql: &str) -> Result<String> {
    let mut psql = command("psql")?;
    told(
        psql.args(["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-h"])
            .arg(folder)
            .args(["-c", sql, database]),
    )
}

/// A program of the newest PostgreSQL here as a user that it accepts, ended when this one ends.
fn command(program: &str) -> Result<Command> {
    let versions = Path::new("/usr/lib/postgresql").read_dir().context("`cargo xtask setup` installs PostgreSQL")?;
    let mut folders: Vec<PathBuf> = versions.flatten().map(|version| version.path().join("bin")).collect();
    folders.retain(|folder| folder.join(program).exists());
    folders.sort();
    let path = folders.pop().with_context(|| format!("no {program}"))?.join(program);
    let mut command = Command::new("setpriv");
    if is_root()? {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command.args(["--pdeathsig", "KILL"]).arg(path);
    Ok(command)
}

fn is_root() -> Result<bool> {
    Ok(Command::new("id").arg("-u").output()?.stdout == b"0\n")
}

fn told(command: &mut Command) -> Result<String> {
    let out = command.output()?;
    if !out.status.success() {
        bail!("{command:?}: {}", String::from_utf8_lossy(&out.stderr));
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}
