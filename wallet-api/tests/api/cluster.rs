//! A PostgreSQL of the tests' own: a cluster in a temporary folder, on a socket there, gone with the tests.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;

struct Cluster {
    socket: PathBuf,
    _folder: TempDir,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of an empty database that no other test has.
pub async fn database() -> String {
    let made = actix_web::rt::task::spawn_blocking(|| {
        let cluster = CLUSTER.get_or_init(Cluster::start);
        let name = format!("books_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        run(command("createdb").arg("-h").arg(&cluster.socket).args(["-U", "postgres", &name]));
        format!("postgres:///{name}?host={}&user=postgres", cluster.socket.display())
    });
    made.await.unwrap()
}

impl Cluster {
    fn start() -> Cluster {
        let folder = tempfile::Builder::new().prefix("anxin-pg").tempdir().unwrap();
        // PostgreSQL refuses to run as root: the folder is handed to its own user.
        let data = folder.path().join("data");
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        run(command("initdb").args(["--auth=trust", "--username=postgres", "--no-sync", "-D"]).arg(&data));
        let mut server = command("postgres");
        server.arg("-D").arg(&data).arg("-k").arg(folder.path());
        server.args(["-c", "listen_addresses=", "-c", "max_connections=200"]);
        server.stdout(Stdio::null()).stderr(Stdio::null());
        // It is told to die with the thread that started it: that one waits as long as the program runs.
        std::thread::spawn(move || server.status().unwrap());
        let socket = folder.path().to_owned();
        let patience = Instant::now();
        let ready = || command("pg_isready").arg("-q").arg("-h").arg(&socket).status().is_ok_and(|s| s.success());
        while !ready() {
            assert!(patience.elapsed() < Duration::from_secs(60), "PostgreSQL does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        Cluster { socket, _folder: folder }
    }
}

/// A program of the newest PostgreSQL here as a user that it accepts, ended when the thread that starts it ends.
fn command(program: &str) -> Command {
    let versions = Path::new("/usr/lib/postgresql").read_dir().expect("`cargo xtask setup` installs PostgreSQL");
    let mut folders: Vec<PathBuf> = versions.flatten().map(|version| version.path().join("bin")).collect();
    folders.retain(|folder| folder.join(program).exists());
    folders.sort();
    let path = folders.pop().expect("`cargo xtask setup` installs PostgreSQL").join(program);
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command.args(["--pdeathsig", "KILL"]).arg(path);
    command
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

fn run(command: &mut Command) {
    let out = command.output().unwrap();
    assert!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
}
