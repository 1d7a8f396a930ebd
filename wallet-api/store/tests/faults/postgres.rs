//! A PostgreSQL that can be killed and started again.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub struct Server {
    child: Option<Child>,
    folder: TempDir,
}

impl Server {
    pub fn start() -> Server {
        let folder = tempfile::Builder::new().prefix("anxin-pg").tempdir().unwrap();
        // PostgreSQL refuses to run as root: the folder is handed to its own user.
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let data = folder.path().join("data");
        run(command("initdb").args(["--auth=trust", "--username=postgres", "--no-sync", "-D"]).arg(&data));
        let mut server = Server { child: None, folder };
        server.begin();
        server
    }

    pub fn url(&self) -> String {
        let host = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://postgres@{host}/postgres")
    }

    /// Starts it, and waits until it takes connections. What a killed one left may be in the way at first.
    pub fn begin(&mut self) {
        let patience = Instant::now();
        loop {
            assert!(patience.elapsed() < Duration::from_secs(60), "PostgreSQL does not start");
            let ended = self.child.as_mut().is_none_or(|child| child.try_wait().unwrap().is_some());
            if ended {
                let mut server = command("postgres");
                server.arg("-D").arg(self.folder.path().join("data")).arg("-k").arg(self.folder.path());
                server.args(["-c", "listen_addresses=", "-c", "max_connections=50"]);
                self.child = Some(server.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
            }
            let ready = command("pg_isready").arg("-q").arg("-h").arg(self.folder.path()).status();
            if ready.is_ok_and(|status| status.success()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
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
