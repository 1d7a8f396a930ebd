//! A PostgreSQL of the tests' own: a cluster in a temporary folder, on a socket there, gone with the program that
//! started it. It can be killed and started again.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    settings: Vec<String>,
    environment: Vec<(OsString, OsString)>,
    server: Arc<Mutex<Option<Child>>>,
}

impl Cluster {
    /// Makes a cluster and starts it. `settings` are as `postgres -c` takes them; it listens on its socket only.
    ///
    /// # Errors
    /// When PostgreSQL is not installed, or does not start within a minute.
    pub fn start(settings: &[&str]) -> io::Result<Cluster> {
        let folder = folder()?;
        let data = folder.path().join("data");
        run(command("initdb")?.args(["--auth=trust", "--username=postgres", "--no-sync", "-D"]).arg(&data))?;
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let mut cluster = Cluster { folder, settings, environment: Vec::new(), server: Arc::default() };
        cluster.begin()?;
        Ok(cluster)
    }

    /// Another server that follows this one, and takes no writes until it is promoted.
    ///
    /// # Errors
    /// When this one does not run.
    pub fn standby(&self) -> io::Result<Cluster> {
        let (folder, settings) = (folder()?, self.settings.clone());
        let mut standby = Cluster { folder, settings, environment: Vec::new(), server: Arc::default() };
        standby.follow(self)?;
        Ok(standby)
    }

    /// Makes it follow another server; what it had itself is gone. For one that was killed.
    ///
    /// # Errors
    /// When it runs, or the other one does not.
    pub fn follow(&mut self, primary: &Cluster) -> io::Result<()> {
        let data = self.folder.path().join("data");
        if data.exists() {
            std::fs::remove_dir_all(&data)?;
        }
        let mut copy = command("pg_basebackup")?;
        copy.arg("-h").arg(primary.socket()).args(["-U", "postgres", "-X", "stream", "--checkpoint=fast"]);
        run(copy.args(["--no-sync", "--write-recovery-conf", "-D"]).arg(data))?;
        self.begin()
    }

    /// From now on nothing is committed that is not on the disk of a follower, too.
    ///
    /// # Errors
    /// When nobody follows within a minute.
    pub fn commit_with_standby(&self) -> io::Result<()> {
        self.psql("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'")?;
        self.psql("postgres", "SELECT pg_reload_conf()")?;
        let began = Instant::now();
        while self.psql("postgres", "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")? != "1\n" {
            if began.elapsed() > PATIENCE {
                return Err(io::Error::other("nobody follows"));
            }
            thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// Makes a follower the one that takes writes. That the one before takes none any more is up to whoever calls.
    ///
    /// # Errors
    /// When it follows nobody.
    pub fn promote(&self) -> io::Result<()> {
        // Nobody follows the new one yet.
        self.psql("postgres", "ALTER SYSTEM RESET synchronous_standby_names")?;
        self.psql("postgres", "SELECT pg_reload_conf()")?;
        self.psql("postgres", "SELECT pg_promote()").map(drop)
    }

    /// The folder with its socket.
    pub fn socket(&self) -> &Path {
        self.folder.path()
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&user=postgres", self.socket().display())
    }

    /// # Errors
    /// When there is one of this name already.
    pub fn create(&self, database: &str) -> io::Result<()> {
        run(command("createdb")?.arg("-h").arg(self.socket()).args(["-U", "postgres", database])).map(drop)
    }

    /// What a statement prints, without headings.
    ///
    /// # Errors
    /// When the statement fails.
    pub fn psql(&self, database: &str, sql: &str) -> io::Result<String> {
        psql(self.socket(), database, sql)
    }

    /// What it finds in its environment from its next start on.
    pub fn env(&mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) {
        self.environment.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
    }

    /// Starts it after it was killed, and waits until it takes connections. What the killed one left may be in the
    /// way at first.
    ///
    /// # Errors
    /// When it does not start within a minute.
    pub fn begin(&mut self) -> io::Result<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if !self.runs()? {
                self.spawn()?;
            }
            if command("pg_isready")?.arg("-q").arg("-h").arg(self.socket()).status()?.success() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(io::Error::other("PostgreSQL does not start"))
    }

    /// Whether its first process is there.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn runs(&self) -> io::Result<bool> {
        let mut server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        server.as_mut().map_or(Ok(false), |child| Ok(child.try_wait()?.is_none()))
    }

    /// The server dies with the thread that starts it, so that none is left when a program is killed. That thread
    /// waits for as long as the server runs.
    fn spawn(&mut self) -> io::Result<()> {
        let mut postgres = command("postgres")?;
        postgres.arg("-D").arg(self.folder.path().join("data")).arg("-k").arg(self.folder.path());
        postgres.args(["-c", "listen_addresses="]);
        postgres.args(self.settings.iter().flat_map(|setting| ["-c", setting]));
        postgres.envs(self.environment.iter().map(|(name, value)| (name, value)));
        postgres.stdout(Stdio::null()).stderr(Stdio::null());
        let server = Arc::clone(&self.server);
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let spawned = postgres.spawn().map(|child| {
                *server.lock().unwrap_or_else(PoisonError::into_inner) = Some(child);
            });
            let running = spawned.is_ok();
            // Whoever asked waits for it.
            let _ = tell.send(spawned);
            while running && still_runs(&server) {
                thread::sleep(Duration::from_millis(50));
            }
        });
        told.recv().map_err(io::Error::other)?
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        let child = self.server.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut child) = child {
            // It may have ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Before the number of the process that a folder belongs to.
const FOLDER: &str = "anxin-pg-";

/// PostgreSQL refuses to run as root: the folder is handed to its own user.
fn folder() -> io::Result<TempDir> {
    remove_those_of_the_dead();
    let prefix = format!("{FOLDER}{}-", std::process::id());
    let folder = tempfile::Builder::new().prefix(&prefix).tempdir()?;
    if is_root()? {
        run(Command::new("chown").arg("postgres").arg(folder.path()))?;
    }
    Ok(folder)
}

/// A program that is killed leaves its folders, and so does one that ends with a cluster for all of its tests.
fn remove_those_of_the_dead() {
    let Ok(entries) = std::env::temp_dir().read_dir() else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(FOLDER)?.split_once('-')?.0.parse::<u32>().ok());
        if owner.is_some_and(|pid| !Path::new("/proc").join(pid.to_string()).exists()) {
            // Another program may be at it as well.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn still_runs(server: &Mutex<Option<Child>>) -> bool {
    let mut server = server.lock().unwrap_or_else(PoisonError::into_inner);
    server.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
}

/// What a statement prints in the database of a cluster with this socket.
///
/// # Errors
/// When the statement fails.
pub fn psql(socket: &Path, database: &str, sql: &str) -> io::Result<String> {
    let mut psql = command("psql")?;
    psql.args(["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-h"]);
    run(psql.arg(socket).args(["-c", sql, database]))
}

/// A program of the newest PostgreSQL here as a user that it accepts, ended when the thread that starts it ends.
///
/// # Errors
/// When it is not installed.
pub fn command(program: &str) -> io::Result<Command> {
    let missing = || io::Error::other(format!("no {program}: `cargo xtask setup` installs PostgreSQL"));
    let versions = Path::new("/usr/lib/postgresql").read_dir().map_err(|_| missing())?;
    let mut folders: Vec<PathBuf> = versions.flatten().map(|version| version.path().join("bin")).collect();
    folders.retain(|folder| folder.join(program).exists());
    folders.sort();
    let path = folders.pop().ok_or_else(missing)?.join(program);
    let mut command = Command::new("setpriv");
    if is_root()? {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command.args(["--pdeathsig", "KILL"]).arg(path);
    Ok(command)
}

fn is_root() -> io::Result<bool> {
    Ok(Command::new("id").arg("-u").output()?.stdout == b"0\n")
}

/// What a program prints.
///
/// # Errors
/// When it fails, with what it says.
pub fn run(command: &mut Command) -> io::Result<String> {
    let out = command.output()?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    Err(io::Error::other(format!("{command:?}: {}", String::from_utf8_lossy(&out.stderr))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_the_dead_go_and_those_of_the_living_stay() {
        let mut ended = Command::new("true").spawn().unwrap();
        let dead = ended.id();
        ended.wait().unwrap();
        let of = |pid: u32| tempfile::Builder::new().prefix(&format!("{FOLDER}{pid}-")).tempdir().unwrap();
        let (dead, living) = (of(dead), of(std::process::id()));
        remove_those_of_the_dead();
        assert!(!dead.path().exists() && living.path().exists());
    }

    #[test]
    fn what_was_stored_is_there_after_it_was_killed() {
        let mut cluster = Cluster::start(&["max_connections=10"]).unwrap();
        cluster.create("books").unwrap();
        cluster.psql("books", "CREATE TABLE t (n INT); INSERT INTO t VALUES (7)").unwrap();
        cluster.kill();
        assert!(cluster.psql("books", "SELECT n FROM t").is_err());
        cluster.begin().unwrap();
        assert_eq!(cluster.psql("books", "SELECT n FROM t").unwrap(), "7\n");
        assert!(cluster.psql("books", "SELECT m FROM t").unwrap_err().to_string().contains("\"m\""));
    }

    #[test]
    fn what_was_committed_is_there_after_the_standby_was_promoted() {
        let mut primary = Cluster::start(&["max_connections=10"]).unwrap();
        let standby = primary.standby().unwrap();
        primary.commit_with_standby().unwrap();
        primary.psql("postgres", "CREATE TABLE t (n INT); INSERT INTO t VALUES (7)").unwrap();
        assert!(standby.psql("postgres", "INSERT INTO t VALUES (8)").is_err(), "it only follows");
        primary.kill();
        standby.promote().unwrap();
        standby.psql("postgres", "INSERT INTO t VALUES (8)").unwrap();
        primary.follow(&standby).unwrap();
        assert_eq!(standby.psql("postgres", "SELECT n FROM t").unwrap(), "7\n8\n");
    }
}
