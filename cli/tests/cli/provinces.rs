//! Two provinces under load, each with a PostgreSQL that a second one follows, and two servers on it: where a son is
//! insured, and where his father is treated. Servers and primaries are killed and the way between the provinces is cut.
//! Afterwards everybody agrees on what was paid, to the fen.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anxin_postgres::Cluster;
use serde_json::{Value, json};

use crate::cells::{of_area, today};
use crate::common::{anxin, ask};
use crate::link::Link;

const AREAS: [u32; 2] = [450_800, 450_100];
const HOME: usize = 0;
const HOSPITAL: usize = 1;
const PATIENCE: Duration = Duration::from_secs(120);
/// Load goes on within this after a standby was promoted.
const RESUMED: Duration = Duration::from_secs(10);
/// What the son has at first, and what one bill comes to.
const SONS: i64 = 50_000;
const TOTAL: i64 = 200;
const CLIENTS: usize = 2;

struct Province {
    area: u32,
    primary: Cluster,
    standby: Cluster,
    ports: [u16; 2],
    servers: [Option<Child>; 2],
    /// The other province, by whichever of its servers is there.
    link: Link,
}

impl Province {
    fn new(at: usize, ports: [[u16; 2]; 2]) -> Province {
        let primary = Cluster::start(&["max_connections=60"]).unwrap();
        let standby = primary.standby().unwrap();
        let link = Link::to_any(ports[1 - at].to_vec());
        let mut province =
            Province { area: AREAS[at], primary, standby, ports: ports[at], servers: [None, None], link };
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

    fn start(&mut self, server: usize) {
        let other = AREAS.iter().find(|area| **area != self.area).unwrap();
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("anxin"));
        command.args(["serve", "--demo", "--log", "off", "--port", &self.ports[server].to_string()]);
        command.args(["--cell", &self.area.to_string(), "--database", &self.url()]);
        command.args(["--peer", &format!("{other}=http://127.0.0.1:{}", self.link.port)]);
        let mut child = command
            .env("ANXIN_CELLS_DRAW_SECONDS", "60")
            .env("ANXIN_LIMITS_LOGINS_PER_ADDRESS", "1000000")
            .env("ANXIN_LIMITS_PER_SUBJECT", "1000000")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut told).unwrap();
        assert!(told.contains("http://"), "{told}");
        self.servers[server] = Some(child);
    }

    fn kill(&mut self, server: usize) {
        if let Some(mut child) = self.servers[server].take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// The primary is killed, and what followed it takes its place; then it follows.
    fn promote(&mut self) -> Instant {
        self.primary.kill();
        self.standby.promote().unwrap();
        let promoted = Instant::now();
        std::mem::swap(&mut self.primary, &mut self.standby);
        self.standby.follow(&self.primary).unwrap();
        self.primary.commit_with_standby().unwrap();
        promoted
    }

    /// The journal is what the books say.
    fn verify(&mut self) {
        (0..2).for_each(|server| self.kill(server));
        anxin(&["verify", "--database", &self.url(), "--area", &self.area.to_string()]).assert().success();
    }
}

impl Drop for Province {
    fn drop(&mut self) {
        (0..2).for_each(|server| self.kill(server));
    }
}

/// Asks the servers of a province one after the other until one answers.
#[derive(Default)]
struct Client {
    ports: [u16; 2],
    bearers: HashMap<(u16, &'static str), String>,
    turn: usize,
}

impl Client {
    fn new(ports: [u16; 2]) -> Client {
        Client { ports, ..Client::default() }
    }

    fn bearer(&mut self, port: u16, name: &'static str) -> Option<String> {
        if let Some(bearer) = self.bearers.get(&(port, name)) {
            return Some(bearer.clone());
        }
        let body = json!({ "name": name, "password": "anxin-demo" }).to_string();
        let (_, session) = ask(port, "POST /api/v1/sessions", &[], &body).filter(|(status, _)| *status == 200)?;
        let bearer = format!("Bearer {}", session["access_token"].as_str()?);
        self.bearers.insert((port, name), bearer.clone());
        Some(bearer)
    }

    /// The same request under the same key for as long as it takes: nobody knows what became of one without an answer.
    /// What it says no to is not done.
    fn ask(&mut self, name: &'static str, line: &str, key: &str, body: &Value) -> Result<Value, Value> {
        let (since, body) = (Instant::now(), body.to_string());
        let mut last = None;
        while since.elapsed() < PATIENCE {
            self.turn += 1;
            let port = self.ports[self.turn % 2];
            let Some(bearer) = self.bearer(port, name) else { continue };
            let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", key)];
            match ask(port, line, &headers, if line.starts_with("GET") { "" } else { &body }) {
                Some((status, answer)) if status < 300 => return Ok(answer),
                // Of a server that was started again since.
                Some((401, _)) => drop(self.bearers.remove(&(port, name))),
                // Another of the patient's bills came between.
                Some((409, refusal)) if refusal["code"] == "AX9031" => return Err(refusal),
                Some((409 | 500.., answer)) => last = Some(answer),
                Some((_, refusal)) => return Err(refusal),
                None => {}
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("{line}: {last:?}")
    }

    fn post(&mut self, name: &'static str, path: &str, key: &str, body: &Value) -> Value {
        self.ask(name, &format!("POST /api/v1/{path}"), key, body).unwrap_or_else(|refusal| panic!("{path}: {refusal}"))
    }

    fn get(&mut self, name: &'static str, path: &str) -> Value {
        let told = self.ask(name, &format!("GET /api/v1/{path}"), "", &Value::Null);
        told.unwrap_or_else(|refusal| panic!("{path}: {refusal}"))
    }

    /// One bill of the father's is settled; its order, and what the son pays of it once it is. `None` where another of
    /// his bills came between looking and settling.
    fn settle(&mut self, key: &str) -> Option<(String, i64)> {
        let code = self.post("father1", "wallet/codes", key, &json!({}))["code"].clone();
        let reading = json!({ "cert": "01", "value": code, "business": "01301", "device": "till-1" });
        let read = self.post("hospital1", "pay/decode", key, &reading);
        let (place, bill) =
            (json!({ "area": "in_province", "filing": "long_term" }), json!({ "split": { "total_fen": TOTAL } }));
        let stay = json!({ "level": "3_city", "discharged": today(), "place": place, "bill": bill });
        let visit = json!({ "inpatient": stay });
        let mut ask = json!({ "token": read["token"], "device": "till-1", "visit": visit, "use_accounts": true });
        let pre = self.post("hospital1", "pay/presettle", key, &ask);
        (ask["figures"], ask["cash"]) = (pre["figures"].clone(), json!({ "means": "cash" }));
        let order = self.ask("hospital1", "POST /api/v1/pay/settle", key, &ask).ok()?;
        Some((order["id"].as_str().unwrap().to_owned(), of_area(&pre, AREAS[HOME])))
    }
}

/// Clients who settle one bill after the other until they are told to stop.
struct Load {
    stop: Arc<AtomicBool>,
    settled: Arc<AtomicUsize>,
    orders: Arc<Mutex<Vec<(String, i64)>>>,
    clients: Vec<thread::JoinHandle<()>>,
}

impl Load {
    fn start(ports: [u16; 2]) -> Load {
        let (stop, settled) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        let orders = Arc::<Mutex<Vec<(String, i64)>>>::default();
        let client = |client: usize| {
            let (stop, settled, orders) = (Arc::clone(&stop), Arc::clone(&settled), Arc::clone(&orders));
            thread::spawn(move || {
                let mut asks = Client::new(ports);
                for n in 0.. {
                    if stop.load(Ordering::SeqCst) {
                        return;
                    }
                    let Some(order) = asks.settle(&format!("bill-{client}-{n}")) else { continue };
                    orders.lock().unwrap().push(order);
                    settled.fetch_add(1, Ordering::SeqCst);
                }
            })
        };
        let clients = (0..CLIENTS).map(client).collect();
        Load { stop, settled, orders, clients }
    }

    /// Waits until so many more bills were answered.
    fn more(&self, count: usize) {
        let (before, since) = (self.settled.load(Ordering::SeqCst), Instant::now());
        while self.settled.load(Ordering::SeqCst) < before + count {
            assert!(since.elapsed() < PATIENCE, "nothing is settled any more");
            assert!(self.clients.iter().all(|client| !client.is_finished()), "a client gave up");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn end(self) -> Vec<(String, i64)> {
        self.stop.store(true, Ordering::SeqCst);
        self.clients.into_iter().for_each(|client| client.join().unwrap());
        std::mem::take(&mut *self.orders.lock().unwrap())
    }
}

fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(since.elapsed() < PATIENCE, "never: {what}");
        thread::sleep(Duration::from_millis(200));
    }
}

fn ports() -> [[u16; 2]; 2] {
    let free = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    // All at once, so that they differ.
    let listeners = [[free(), free()], [free(), free()]];
    listeners.each_ref().map(|two| two.each_ref().map(|one| one.local_addr().unwrap().port()))
}

/// What the son still has, once nothing of it is set aside.
fn sons(home: &mut Client) -> Option<i64> {
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

/// How often everything is killed once; more with this in the environment.
fn rounds() -> u32 {
    std::env::var("ANXIN_PROVINCE_ROUNDS").map_or(1, |text| text.parse().unwrap())
}

/// Each server and each primary of a province is killed; the longest that nothing was settled after a promotion.
fn everything_is_killed(province: &mut Province, load: &Load) -> Duration {
    for server in 0..2 {
        province.kill(server);
        load.more(2);
        province.start(server);
    }
    let promoted = province.promote();
    load.more(1);
    promoted.elapsed()
}

#[test]
#[expect(clippy::print_stderr, reason = "how long it took is what a longer run is for")]
fn whoever_is_killed_two_provinces_agree_to_the_fen() {
    let ports = ports();
    let mut provinces = [HOME, HOSPITAL].map(|at| Province::new(at, ports));
    let mut clients = ports.map(Client::new);
    let mut orders = Vec::new();
    until("the provinces know of each other", || {
        orders.extend(clients[HOSPITAL].settle(&format!("hello-{}", orders.len())));
        orders.last().filter(|(_, of_son)| *of_son > 0).map(drop)
    });
    let load = Load::start(ports[HOSPITAL]);
    load.more(2);
    let mut longest = Duration::ZERO;
    for _ in 0..rounds() {
        for province in &mut provinces {
            longest = longest.max(everything_is_killed(province, &load));
        }
        provinces.iter().for_each(|province| province.link.cut_after(0));
        thread::sleep(Duration::from_secs(2));
        provinces.iter().for_each(|province| province.link.mend());
    }
    let healed = Instant::now();
    load.more(1);
    orders.extend(load.end());
    let mut paid = 0;
    for (order, of_son) in &orders {
        let state = until("an order ends", || {
            let state = clients[HOSPITAL].get("hospital1", &format!("pay/orders/{order}"))["state"].clone();
            matches!(state.as_str(), Some("settled" | "failed")).then_some(state)
        });
        paid += if state == "settled" { *of_son } else { 0 };
    }
    until("the son has paid that", || sons(&mut clients[HOME]).filter(|left| *left == SONS - paid));
    eprintln!(
        "{} bills, {paid} fen; gone on within {longest:?} of a promotion, at rest {:?} after the last fault",
        orders.len(),
        healed.elapsed()
    );
    assert!(longest < RESUMED, "{longest:?}");
    for client in &mut clients {
        client.post("area1", "wallet/cells/windows", "close", &json!({}));
    }
    let sums = [HOME, HOSPITAL].map(|at| until("the window is closed", || closed(&mut clients[at])));
    assert_eq!(sums, [[paid, 0], [0, paid]]);
    provinces.iter_mut().for_each(Province::verify);
}
