//! Two provinces that a test can do anything to: where a son is insured, and where his father is treated.

mod client;
mod load;

use std::net::{Ipv4Addr, TcpListener};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use anxin_postgres::Cluster;
use serde_json::json;

use crate::common::{anxin, listening, serve};
use crate::link::Link;
pub use client::Client;
pub use load::{Bill, Load};

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
    /// The other province, by whichever of its servers is there.
    pub link: Link,
    /// Letters go by these instead.
    brokers: Option<String>,
}

impl Province {
    pub fn new(at: usize, ports: [[u16; 2]; 2], brokers: Option<String>) -> Province {
        let primary = Cluster::start(&["max_connections=60"]).unwrap();
        let standby = primary.standby().unwrap();
        let link = Link::to_any(ports[1 - at].to_vec());
        let servers = [None, None];
        let mut province = Province { area: AREAS[at], primary, standby, ports: ports[at], servers, link, brokers };
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
        command.args(["--peer", &format!("{other}=http://127.0.0.1:{}", self.link.port)]);
        command.env("ANXIN_CELLS_DRAW_SECONDS", "60");
        if let Some(brokers) = &self.brokers {
            command.env("ANXIN_CELLS_COURIER", brokers);
        }
        self.servers[server] = Some(listening(&mut command));
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
    let since = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(since.elapsed() < PATIENCE, "never: {what}");
        thread::sleep(Duration::from_millis(200));
    }
}

pub fn ports() -> [[u16; 2]; 2] {
    let free = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    // All at once, so that they differ.
    let listeners = [[free(), free()], [free(), free()]];
    listeners.each_ref().map(|two| two.each_ref().map(|one| one.local_addr().unwrap().port()))
}

/// What the son still has, once nothing of it is set aside.
pub fn sons(home: &mut Client) -> Option<i64> {
    let all = home.get("son1", "wallet/accounts");
    let account = all["accounts"].as_array()?.iter().find(|account| account["kind"] == "personal")?.clone();
    (account["posted_fen"] == account["available_fen"]).then(|| account["posted_fen"].as_i64())?
}

/// The first window of a province once nothing is added to it any more: what it owes and what it is owed.
fn closed(client: &mut Client) -> Option<[i64; 2]> {
    let told = client.get("area1", "wallet/cells");
    let first = told["windows"].as_array()?.iter().find(|window| window["id"] == 1)?.clone();
    assert_eq!(told["alarms"], json!([]));
    let sum = |side: &str| -> i64 {
        let sums = first["sums"].as_array().unwrap();
        sums.iter().map(|sum| sum[side].as_i64().unwrap()).sum()
    };
    (first["state"] == "closed").then(|| [sum("debts_fen"), sum("claims_fen")])
}

/// Waits until the provinces have told each other of their people; bills that were settled until then.
pub fn acquainted(hospital: &mut Client) -> Vec<Bill> {
    let mut bills: Vec<Bill> = Vec::new();
    until("the provinces know of each other", || {
        bills.extend(hospital.settle(&format!("hello-{}", bills.len())));
        bills.last().filter(|bill| bill.of_son > 0).map(drop)
    });
    bills
}

/// Whatever happened: each bill was paid or was not, the son paid for exactly those that were and did not come back, the
/// window comes to the same for both, and the journals are what the books say. Gives what the son paid.
pub fn agreed(provinces: &mut [Province; 2], clients: &mut [Client; 2], bills: &[Bill]) -> i64 {
    let mut paid = 0;
    for Bill { order, of_son } in bills {
        let state = until("an order ends", || {
            let state = clients[HOSPITAL].get("hospital1", &format!("pay/orders/{order}"))["state"].clone();
            matches!(state.as_str(), Some("settled" | "failed" | "refunded")).then_some(state)
        });
        paid += if state == "settled" { *of_son } else { 0 };
    }
    until("the son has paid that", || sons(&mut clients[HOME]).filter(|left| *left == SONS - paid));
    for client in clients.iter_mut() {
        client.post("area1", "wallet/cells/windows", "close", &json!({}));
    }
    let sums = [HOME, HOSPITAL].map(|at| until("the window is closed", || closed(&mut clients[at])));
    assert_eq!(sums, [[paid, 0], [0, paid]]);
    for (client, peer) in clients.iter_mut().zip([AREAS[HOSPITAL], AREAS[HOME]]) {
        let compared = client.get("area1", "wallet/cells/windows/1/differences");
        let of_peer = &compared["areas"][0];
        assert_eq!((&of_peer["area"], &of_peer["differences"]), (&json!(peer.to_string()), &json!([])), "{compared}");
        assert!(of_peer["compared"].as_u64().is_some_and(|count| count > 0), "{compared}");
    }
    provinces.iter_mut().for_each(Province::verify);
    paid
}
