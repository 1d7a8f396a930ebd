//! Disks that are full or fail. A small library that is laid over the C library says so once a file is there.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anxin_postgres::Cluster;

use crate::load::{self, Log};
use crate::{Program, found, nothing_is_lost_or_double, rounds, worked};

/// A disk that does as it is told.
struct Disk {
    folder: tempfile::TempDir,
    library: PathBuf,
    sign: PathBuf,
    variable: &'static str,
}

impl Disk {
    /// `variable` says what goes wrong once the sign is there.
    fn new(variable: &'static str) -> Disk {
        let folder = tempfile::tempdir().unwrap();
        // PostgreSQL runs as somebody else.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let (library, sign) = (folder.path().join("disk.so"), folder.path().join("sign"));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/disk.c");
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).arg("-ldl");
        assert!(cc.status().unwrap().success(), "no C compiler");
        Disk { folder, library, sign, variable }
    }

    fn breaks(&self) {
        File::create(&self.sign).unwrap();
    }

    fn is_mended(&self) {
        fs::remove_file(&self.sign).unwrap();
    }

    fn settings(&self) -> [(&str, &Path); 2] {
        [("LD_PRELOAD", &self.library), (self.variable, &self.sign)]
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A file that may not grow is a full disk to whoever writes it.
#[test]
fn a_full_disk_stops_the_writer_and_acknowledges_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (log, file) = (folder.path().join("log"), folder.path().join("books.db"));
    let url = format!("sqlite:{}", file.display());
    found(&url);
    let wrap = ["sh", "-c", "trap '' XFSZ; exec prlimit --fsize=2000000 \"$@\"", "full"];
    stops(Program::start(&url, &log, &wrap));
    goes_on(&url, &log);
}

#[test]
fn a_disk_that_does_not_sync_stops_the_writer_and_acknowledges_nothing() {
    let disk = Disk::new("ANXIN_DISK_FAILS");
    let (log, url) = (disk.path("log"), format!("sqlite:{}", disk.path("books.db").display()));
    found(&url);
    let settings = disk.settings().map(|(name, value)| format!("{name}={}", value.display()));
    let program = Program::start(&url, &log, &["env", &settings[0], &settings[1]]);
    worked(&log, 20);
    disk.breaks();
    stops(program);
    goes_on(&url, &log);
}

#[test]
fn a_full_disk_under_postgres_stops_the_writer_and_acknowledges_nothing() {
    let disk = Disk::new("ANXIN_DISK_FULL");
    let (log, mut server) = (disk.path("log"), on(&disk));
    let url = server.url("postgres");
    found(&url);
    let program = Program::start(&url, &log, &[]);
    worked(&log, 20);
    disk.breaks();
    stops(program);
    disk.is_mended();
    server.begin().unwrap();
    goes_on(&url, &log);
}

/// PostgreSQL ends itself rather than go on with a log that may not be on the disk. Whoever was told so by it stops, whoever
/// only lost the connection tries again; nobody is told that anything was done.
#[test]
fn a_disk_under_postgres_that_does_not_sync_acknowledges_nothing() {
    let disk = Disk::new("ANXIN_DISK_FAILS");
    let (log, mut server) = (disk.path("log"), on(&disk));
    let url = server.url("postgres");
    found(&url);
    let mut acknowledged = 0;
    for _ in 0..rounds().min(3) {
        let mut program = Program::start(&url, &log, &[]);
        acknowledged = worked(&log, acknowledged + 20);
        disk.breaks();
        ended(&mut server);
        let before = Log::read(&log).acknowledged.len();
        thread::sleep(Duration::from_secs(1));
        assert_eq!(Log::read(&log).acknowledged.len(), before, "acknowledged by nobody");
        if let Some(status) = program.0.try_wait().unwrap() {
            assert_eq!(status.code(), Some(load::HALTED));
        }
        drop(program);
        disk.is_mended();
        server.begin().unwrap();
        nothing_is_lost_or_double(&url, &log);
    }
    goes_on(&url, &log);
}

/// A PostgreSQL on that disk.
fn on(disk: &Disk) -> Cluster {
    let mut server = Cluster::start(&["max_connections=50"]).unwrap();
    server.kill();
    for (name, value) in disk.settings() {
        server.env(name, value);
    }
    server.begin().unwrap();
    server
}

fn ended(server: &mut Cluster) {
    let patience = Instant::now();
    while server.runs().unwrap() {
        assert!(patience.elapsed() < Duration::from_secs(60), "it goes on without a disk");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The program notices, says so and ends.
fn stops(mut program: Program) {
    let patience = Instant::now();
    let ended = loop {
        if let Some(status) = program.0.try_wait().unwrap() {
            break status;
        }
        assert!(patience.elapsed() < Duration::from_secs(60), "it does not notice what the disk says");
        thread::sleep(Duration::from_millis(10));
    };
    let mut told = String::new();
    std::io::Read::read_to_string(&mut program.0.stderr.take().unwrap(), &mut told).unwrap();
    assert_eq!(ended.code(), Some(load::HALTED), "{told}");
    assert!(told.contains("does not take anything in"), "{told}");
}

/// What was acknowledged is there; and once the disk takes something in again, another goes on.
fn goes_on(url: &str, log: &Path) {
    let before = nothing_is_lost_or_double(url, log);
    assert!(before > 0);
    let acknowledged = Log::read(log).acknowledged.len();
    let program = Program::start(url, log, &[]);
    worked(log, acknowledged + 20);
    drop(program);
    assert!(nothing_is_lost_or_double(url, log) > before);
}
