//! Programs and databases that are killed in the midst of their work. Whatever was acknowledged is there once,
//! whatever was only asked at most once, and nothing else is.

#[path = "../contract/town.rs"]
mod town;

mod disk;
mod late;
mod load;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anxin_postgres::Cluster;
use load::Log;
use wallet_ledger::{Fact, Limits, Purpose};
use wallet_store::{BatchId, Clock, Database, Signers};

const URL: &str = "ANXIN_LOAD_URL";
const LOG: &str = "ANXIN_LOAD_LOG";

/// How often something is killed; more with this in the environment.
fn rounds() -> u32 {
    std::env::var("ANXIN_FAULT_ROUNDS").map_or(50, |text| text.parse().unwrap())
}

#[test]
#[ignore = "the program that the other tests kill"]
fn load() {
    let (Ok(url), Ok(log)) = (std::env::var(URL), std::env::var(LOG)) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(load::run(&url, log.as_ref()));
}

/// The program that loads the books, until it is dropped.
struct Program(Child);

impl Program {
    fn start(url: &str, log: &Path, wrap: &[&str]) -> Program {
        let this = std::env::current_exe().unwrap();
        let mut command = match wrap {
            [] => Command::new(this),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(this);
                command
            }
        };
        command.args(["--ignored", "--exact", "load", "--nocapture"]).env(URL, url).env(LOG, log);
        Program(command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
    }
}

impl Drop for Program {
    /// SIGKILL, if it has not ended by itself.
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn found(url: &str) {
    block_on(async {
        let founding = town::founding(load::PEOPLE, 1_000_000_000);
        match Database::open(url, 7, Limits::default(), Clock::Own).await.unwrap() {
            Database::Sqlite(store) => store.commit(BatchId(1), &founding).await.map(drop).unwrap(),
            Database::Postgres(store) => store.commit(BatchId(1), &founding).await.map(drop).unwrap(),
        }
    });
}

/// Waits for so many acknowledgements more than there were.
fn worked(log: &Path, before: usize) -> usize {
    let patience = Instant::now();
    loop {
        let now = Log::read(log).acknowledged.len();
        if now > before {
            return now;
        }
        assert!(patience.elapsed() < Duration::from_secs(60), "nothing is acknowledged any more");
        std::thread::sleep(Duration::from_millis(3));
    }
}

/// Some milliseconds, other ones in every round.
fn a_moment(round: u32) {
    std::thread::sleep(Duration::from_micros(u64::from(round * 7919 % 40_000)));
}

fn nothing_is_lost_or_double(url: &str, log: &Path) -> usize {
    let whole = block_on(async {
        let database = Database::look(url, 7).await.unwrap();
        database.verify(None, &Signers::default(), &mut |_, _| {}).await.unwrap().unwrap();
        match database {
            Database::Sqlite(store) => store.whole().await.unwrap(),
            Database::Postgres(store) => store.whole().await.unwrap(),
        }
    });
    let log = Log::read(log);
    let mut done = BTreeSet::new();
    for line in &whole.lines {
        if let Fact::Moved { transfer, purpose: Purpose::Settle, .. } = line.entry().unwrap().fact {
            assert!(done.insert(u64::try_from(transfer.0).unwrap()), "{transfer:?} was done twice");
        }
    }
    let lost: Vec<_> = log.acknowledged.difference(&done).collect();
    assert!(lost.is_empty(), "acknowledged and not there: {lost:?}");
    let foreign: Vec<_> = done.difference(&log.asked).collect();
    assert!(foreign.is_empty(), "there and asked by nobody: {foreign:?}");
    let paid = whole.books.accounts[&town::HOSPITAL].posted.get();
    assert_eq!(usize::try_from(paid).unwrap(), done.len());
    done.len()
}

/// The program is killed, and another goes on with what it left.
fn a_killed_program(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    found(url);
    let mut acknowledged = 0;
    for round in 0..rounds() {
        let program = Program::start(url, &log, &[]);
        acknowledged = worked(&log, acknowledged);
        a_moment(round);
        drop(program);
    }
    let done = nothing_is_lost_or_double(url, &log);
    assert!(done > rounds() as usize, "{done}");
}

#[test]
fn a_killed_program_loses_and_doubles_nothing_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    a_killed_program(&format!("sqlite:{}", folder.path().join("books.db").display()));
}

#[test]
fn a_killed_program_loses_and_doubles_nothing_on_postgres() {
    let server = Cluster::start(&["max_connections=50"]).unwrap();
    a_killed_program(&server.url("postgres"));
}

/// The primary is killed and what followed it takes its place, again and again. Nobody tells the program.
#[test]
fn a_promoted_standby_goes_on_with_everything_that_was_acknowledged() {
    const PROMOTIONS: u32 = 3;
    // It is held where nothing else runs: `cargo xtask test --faults`.
    const RESUMED: Duration = Duration::from_secs(10);
    let alone = std::env::var_os("ANXIN_FAULT_ROUNDS").is_some();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut primary = Cluster::start(&["max_connections=50"]).unwrap();
    let mut standby = primary.standby().unwrap();
    let hosts = [&primary, &standby].map(|server| server.socket().display().to_string()).join(",");
    let url = format!("postgres:///postgres?host={hosts}&user=postgres");
    found(&url);
    let program = Program::start(&url, &log, &[]);
    let mut acknowledged = worked(&log, 0);
    for round in 0..PROMOTIONS {
        primary.commit_with_standby().unwrap();
        worked(&log, acknowledged);
        a_moment(round);
        primary.kill();
        standby.promote().unwrap();
        let promoted = Instant::now();
        // What was acknowledged before it was killed may have been counted only now.
        let killed = Log::read(&log).acknowledged.len();
        acknowledged = worked(&log, killed);
        assert!(!alone || promoted.elapsed() < RESUMED, "{:?}", promoted.elapsed());
        primary.follow(&standby).unwrap();
        std::mem::swap(&mut primary, &mut standby);
    }
    worked(&log, acknowledged);
    drop(program);
    nothing_is_lost_or_double(&url, &log);
}

/// Nothing is acknowledged that one server alone has, and nobody waits for it for ever.
#[test]
fn a_standby_that_is_gone_stops_commits_until_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let primary = Cluster::start(&["max_connections=50"]).unwrap();
    let mut standby = primary.standby().unwrap();
    let hosts = [&primary, &standby].map(|server| server.socket().display().to_string()).join(",");
    let url = format!("postgres:///postgres?host={hosts}&user=postgres");
    found(&url);
    primary.commit_with_standby().unwrap();
    let program = Program::start(&url, &log, &[]);
    worked(&log, 0);
    standby.kill();
    std::thread::sleep(Duration::from_secs(1));
    let before = Log::read(&log).acknowledged.len();
    // Long enough for the connections of both writers to be given up.
    std::thread::sleep(Duration::from_secs(12));
    assert_eq!(Log::read(&log).acknowledged.len(), before);
    standby.begin().unwrap();
    worked(&log, before);
    drop(program);
    nothing_is_lost_or_double(&url, &log);
}

/// The first of the hosts takes writes, too, after another took its place.
#[test]
fn who_comes_back_and_knows_nothing_is_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut before = Cluster::start(&["max_connections=50"]).unwrap();
    let after = before.standby().unwrap();
    let hosts = [&before, &after].map(|server| server.socket().display().to_string()).join(",");
    let url = format!("postgres:///postgres?host={hosts}&user=postgres");
    found(&url);
    before.commit_with_standby().unwrap();
    before.kill();
    after.promote().unwrap();
    before.begin().unwrap();
    let lines = || before.psql("postgres", "SELECT count(*) FROM journal").unwrap();
    let founded = lines();
    let program = Program::start(&url, &log, &[]);
    worked(&log, 0);
    drop(program);
    nothing_is_lost_or_double(&url, &log);
    assert_eq!(lines(), founded);
}

#[test]
fn a_killed_postgres_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut server = Cluster::start(&["max_connections=50"]).unwrap();
    found(&server.url("postgres"));
    let program = Program::start(&server.url("postgres"), &log, &[]);
    let mut acknowledged = 0;
    for round in 0..rounds() {
        acknowledged = worked(&log, acknowledged);
        a_moment(round);
        server.kill();
        server.begin().unwrap();
    }
    worked(&log, acknowledged);
    drop(program);
    nothing_is_lost_or_double(&server.url("postgres"), &log);
}
