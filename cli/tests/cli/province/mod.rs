//! Two provinces that a test can do anything to: where a son is insured, and where his father is treated.

mod client;
mod ground;
mod load;
mod network;
mod pair;

use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use anxin_postgres::Cluster;

use crate::common::{anxin, listening, serve};
pub use client::Client;
pub use ground::Ground;
pub use load::{Bill, Load};
pub use network::Place;
pub use pair::Pair;

pub const AREAS: [u32; 2] = [450_800, 450_100];
pub const HOME: usize = 0;
pub const HOSPITAL: usize = 1;
pub const PATIENCE: Duration = Duration::from_secs(120);
/// What the son has at first, and what one bill comes to.
pub const SONS: i64 = 50_000;
pub const TOTAL: i64 = 200;

/// One of two, with a PostgreSQL that a second one follows, and two servers on it.
pub struct Province {
    area: u32,
    primary: Cluster,
    standby: Cluster,
    ports: [u16; 2],
    servers: [Option<Child>; 2],
    place: Place,
    /// The other province, as its servers find it.
    way: u16,
    /// Letters go by these instead.
    brokers: Option<String>,
}

impl Province {
    pub fn new(at: usize, ground: &Ground, brokers: Option<String>) -> Province {
        let primary = Cluster::start(&["max_connections=60"]).unwrap();
        let standby = primary.standby().unwrap();
        let (ports, place, way, servers) = (ground.ports(at), ground.place(at), ground.way(at), [None, None]);
        let mut province = Province { area: AREAS[at], primary, standby, ports, servers, place, way, brokers };
        (0..2).for_each(|server| province.start(server));
        province.primary.commit_with_standby().unwrap();
        province
    }

    fn url(&self) -> String {
        let mut hosts = [&self.primary, &self.standby].map(|server| server.socket().display().to_string());
        // A program does not learn by their order which of them it is.
        hosts.sort();
        format!("postgres:///postgres?host={}&user=postgres", hosts.join(","))
    }

    pub fn start(&mut self, server: usize) {
        let other = AREAS.iter().find(|area| **area != self.area).unwrap();
        let mut command = serve(self.area, self.ports[server], &self.url());
        command.args(["--host", &self.place.host().to_string()]);
        command.args(["--peer", &format!("{other}=http://127.0.0.1:{}", self.way)]);
        command.env("ANXIN_CELLS_DRAW_SECONDS", "60");
        if let Some(brokers) = &self.brokers {
            command.env("ANXIN_CELLS_COURIER", brokers);
        }
        self.servers[server] = Some(self.place.within(|| listening(&mut command)));
    }

    pub fn kill(&mut self, server: usize) {
        if let Some(mut child) = self.servers[server].take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// The primary is killed, and what followed it takes its place; then it follows.
    pub fn promote(&mut self) -> Instant {
        self.primary.kill();
        self.standby.promote().unwrap();
        let promoted = Instant::now();
        std::mem::swap(&mut self.primary, &mut self.standby);
        self.standby.follow(&self.primary).unwrap();
        self.primary.commit_with_standby().unwrap();
        promoted
    }

    /// The process of a server that runs.
    pub fn pid(&self, server: usize) -> u32 {
        self.servers[server].as_ref().unwrap().id()
    }

    /// The journal is what the books say.
    pub fn verify(&mut self) {
        (0..2).for_each(|server| self.kill(server));
        anxin(&["verify", "--database", &self.url(), "--area", &self.area.to_string()]).assert().success();
    }
}

impl Drop for Province {
    fn drop(&mut self) {
        (0..2).for_each(|server| self.kill(server));
    }
}

pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    until_told(what, || look().ok_or_else(String::new))
}

/// The same, with what was seen instead.
pub fn until_told<T>(what: &str, mut look: impl FnMut() -> Result<T, String>) -> T {
    let since = Instant::now();
    loop {
        let seen = match look() {
            Ok(found) => return found,
            Err(seen) => seen,
        };
        assert!(since.elapsed() < PATIENCE, "never: {what}: {seen}");
        thread::sleep(Duration::from_millis(200));
    }
}
