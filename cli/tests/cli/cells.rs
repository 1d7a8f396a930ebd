//! Three areas as three programs: a daughter in 广州 shares with her father in 贵港, whom a son there shares with, too,
//! and who pays at a hospital in 南宁. Whatever is cut or killed, all of it is paid or nothing.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::common::ask;
use crate::link::Link;

const AREAS: [u32; 3] = [440_100, 450_800, 450_100];
const DAUGHTERS: usize = 0;
const FATHERS: usize = 1;
const HOSPITALS: usize = 2;
const PATIENCE: Duration = Duration::from_secs(60);
/// What the son has: within a province the whole account is shared. The daughter has set 2,000 yuan aside.
const SONS: i64 = 50_000;
const DAUGHTERS_QUOTA: i64 = 200_000;
const SHARED: [i64; 2] = [DAUGHTERS_QUOTA, SONS];
/// A stay of which people pay more than both share: the rest is paid in cash.
const TOTAL: i64 = 600_000;

/// One area's server.
struct Area {
    at: usize,
    port: u16,
    links: Vec<(u32, u16)>,
    books: PathBuf,
    child: Option<Child>,
}

impl Area {
    fn start(&mut self) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("anxin"));
        command.args(["serve", "--demo", "--log", "off", "--port", &self.port.to_string()]);
        command.args(["--cell", &AREAS[self.at].to_string(), "--database"]);
        command.arg(format!("sqlite:{}", self.books.display()));
        for (area, port) in &self.links {
            command.args(["--peer", &format!("{area}=http://127.0.0.1:{port}")]);
        }
        let mut child = command
            .env("ANXIN_CELLS_DRAW_SECONDS", "40")
            .env("ANXIN_LIMITS_LOGINS_PER_ADDRESS", "1000000")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut told).unwrap();
        assert!(told.contains("http://"), "{told}");
        self.child = Some(child);
    }

    /// As the system would, without a word.
    fn kill(&mut self) {
        let mut child = self.child.take().unwrap();
        // It may have been killed before.
        let _ = child.kill();
        child.wait().unwrap();
    }

    fn ask(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Option<(u16, Value)> {
        ask(self.port, line, headers, body)
    }

    fn login(&self, name: &str) -> String {
        let body = json!({ "name": name, "password": "anxin-demo" }).to_string();
        let (status, session) = self.ask("POST /api/v1/sessions", &[], &body).unwrap();
        assert_eq!(status, 200, "{session}");
        format!("Bearer {}", session["access_token"].as_str().unwrap())
    }

    fn get(&self, name: &str, path: &str) -> Value {
        let bearer = self.login(name);
        let (status, body) = self.ask(&format!("GET /api/v1/{path}"), &[("Authorization", &bearer)], "").unwrap();
        assert_eq!(status, 200, "{body}");
        body
    }

    fn try_post(&self, name: &str, path: &str, key: &str, body: &Value) -> Option<(u16, Value)> {
        let bearer = self.login(name);
        let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", key)];
        self.ask(&format!("POST /api/v1/{path}"), &headers, &body.to_string())
    }

    fn post(&self, name: &str, path: &str, key: &str, body: &Value) -> Value {
        let (status, body) = self.try_post(name, path, key, body).expect("an answer");
        assert!(status < 300, "{path}: {body}");
        body
    }

    /// What is left of the quota that somebody shares.
    fn quota(&self, sharer: &str) -> i64 {
        let relations = self.get(sharer, "wallet/family/relations");
        relations["relations"][0]["usable_fen"].as_i64().unwrap_or_else(|| panic!("{relations}"))
    }
}

impl Area {
    /// What somebody may use of their personal account.
    fn personal(&self, name: &str) -> i64 {
        let all = self.get(name, "wallet/accounts");
        let personal = all["accounts"].as_array().unwrap().iter().find(|account| account["kind"] == "personal");
        personal.unwrap()["available_fen"].as_i64().unwrap()
    }
}

impl Drop for Area {
    fn drop(&mut self) {
        if self.child.is_some() {
            self.kill();
        }
    }
}

/// The three of them, with a link from each to each other one.
struct Country {
    areas: Vec<Area>,
    /// By who sends and who is sent to.
    links: Vec<Vec<Option<Link>>>,
    folder: tempfile::TempDir,
}

impl Country {
    fn start() -> Country {
        let folder = tempfile::tempdir().unwrap();
        let free = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        // All at once, so that they differ.
        let listeners = [free(), free(), free()];
        let ports = listeners.each_ref().map(|listener| listener.local_addr().unwrap().port());
        drop(listeners);
        let link = |from: usize, to: usize| (from != to).then(|| Link::to(ports[to]));
        let links: Vec<Vec<_>> = (0..3).map(|from| (0..3).map(|to| link(from, to)).collect()).collect();
        let area = |at: usize| {
            let to = |(to, link): (usize, &Option<Link>)| link.as_ref().map(|link| (AREAS[to], link.port));
            let links = links[at].iter().enumerate().filter_map(to).collect();
            let books = folder.path().join(format!("{}.db", AREAS[at]));
            let mut area = Area { at, port: ports[at], links, books, child: None };
            area.start();
            area
        };
        let country = Country { areas: (0..3).map(area).collect(), links, folder };
        // 广州 tells 贵港 whom it shares with, once both are there.
        country.until("the areas know of each other", || {
            let (_, pre) = country.bill("hello");
            pre["parts"].as_array().unwrap().iter().filter(|part| part["area"].is_string()).count() == 2
        });
        country
    }

    fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let since = Instant::now();
        while !holds() {
            assert!(since.elapsed() < PATIENCE, "never: {what}");
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    fn hospital(&self) -> &Area {
        &self.areas[HOSPITALS]
    }

    /// A bill of the father's as the hospital would settle it, and what it comes to.
    fn bill(&self, key: &str) -> (Value, Value) {
        let at = self.hospital();
        let code = at.post("father1", "wallet/codes", key, &json!({}))["code"].clone();
        let reading = json!({ "cert": "01", "value": code, "business": "01301", "device": "till-1" });
        let read = at.post("hospital1", "pay/decode", &format!("{key}-{code}"), &reading);
        let place = json!({ "area": "in_province", "filing": "long_term" });
        let bill = json!({ "split": { "total_fen": TOTAL } });
        let stay = json!({ "level": "3_city", "discharged": today(), "place": place, "bill": bill });
        let visit = json!({ "inpatient": stay });
        let mut ask = json!({ "token": read["token"], "device": "till-1", "visit": visit, "use_accounts": true });
        let pre = at.post("hospital1", "pay/presettle", key, &ask);
        (ask["figures"], ask["cash"]) = (pre["figures"].clone(), json!({ "means": "cash" }));
        (ask, pre)
    }

    fn order(&self, id: &Value) -> Value {
        self.hospital().get("hospital1", &format!("pay/orders/{}", id.as_str().unwrap()))
    }

    /// Gives back all of an order that was settled.
    fn give_back(&self, order: &Value) {
        let path = format!("pay/orders/{}/refund", order["id"].as_str().unwrap());
        let key = order["id"].as_str().unwrap();
        let back = self.hospital().post("hospital1", &path, key, &json!({ "amount_fen": TOTAL }));
        assert_eq!(back["state"], "refunded", "{back}");
        self.until("all is back", || self.quotas() == SHARED);
    }

    fn quotas(&self) -> [i64; 2] {
        [self.areas[DAUGHTERS].quota("daughter1"), self.areas[FATHERS].personal("son1")]
    }

    /// Every area's journal is what its books say.
    fn sound(mut self) {
        for area in &mut self.areas {
            area.kill();
            let books = format!("sqlite:{}", area.books.display());
            let area = AREAS[area.at].to_string();
            let verify = ["verify", "--database", &books, "--area", &area];
            let told = Command::new(assert_cmd::cargo::cargo_bin("anxin")).args(verify).output().unwrap();
            assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        }
        assert!(self.folder.path().exists());
    }
}

/// The day it is where bills are settled.
pub fn today() -> String {
    let told = Command::new("date").env("TZ", "Asia/Shanghai").arg("+%F").output().unwrap();
    String::from_utf8(told.stdout).unwrap().trim().to_owned()
}

/// How much of a bill relatives of an area pay.
pub fn of_area(told: &Value, area: u32) -> i64 {
    let (parts, area) = (told["parts"].as_array().unwrap(), area.to_string());
    let of = parts.iter().filter(|part| part["area"].as_str() == Some(&area));
    of.map(|part| part["amount_fen"].as_i64().unwrap()).sum()
}

#[test]
fn relatives_of_two_other_areas_pay_and_get_it_back() {
    let country = Country::start();
    let (ask, pre) = country.bill("first");
    let (daughter, son) = (of_area(&pre, AREAS[DAUGHTERS]), of_area(&pre, AREAS[FATHERS]));
    assert!(daughter > 0 && son > 0 && son <= SONS, "{pre}");
    let settled = country.hospital().post("hospital1", "pay/settle", "settle", &ask);
    assert_eq!(settled["state"], "settled", "{settled}");
    country.until("both relatives have paid", || country.quotas() == [DAUGHTERS_QUOTA - daughter, SONS - son]);
    // It is worked out from the journal, a moment later.
    country.until("the daughter is told", || {
        country.areas[DAUGHTERS].get("daughter1", "wallet/notices").to_string().contains("\"paid\"")
    });
    // The same request again pays nothing again.
    let again = country.hospital().post("hospital1", "pay/settle", "settle", &ask);
    assert_eq!((&again["id"], &again["state"]), (&settled["id"], &settled["state"]));
    // A part comes back, and then the rest.
    let back = format!("pay/orders/{}/refund", settled["id"].as_str().unwrap());
    let cash = settled["cash"]["amount_fen"].as_i64().unwrap();
    let part = country.hospital().post("hospital1", &back, "part", &json!({ "amount_fen": cash + 100 }));
    assert_eq!(part["state"], "part_refunded");
    country.until("100 fen are back", || {
        country.quotas().iter().sum::<i64>() == DAUGHTERS_QUOTA + SONS - daughter - son + 100
    });
    let rest = country.hospital().post("hospital1", &back, "rest", &json!({ "amount_fen": TOTAL - cash - 100 }));
    assert_eq!(rest["state"], "refunded");
    country.until("all is back", || country.quotas() == SHARED);
    country.sound();
}

/// The order says whom it waits for, and goes on by itself.
#[test]
fn an_order_waits_for_an_area_that_is_cut_off() {
    let country = Country::start();
    let link = country.links[HOSPITALS][DAUGHTERS].clone().unwrap();
    let (ask, pre) = country.bill("cut");
    // What may be drawn is asked once more; the letter does not arrive.
    link.cut_after(1);
    let waiting = country.hospital().post("hospital1", "pay/settle", "cut", &ask);
    assert_eq!((&waiting["state"], &waiting["waits_for"]), (&json!("authorised"), &json!(["440100"])), "{waiting}");
    assert_eq!(country.quotas()[0], DAUGHTERS_QUOTA);
    link.mend();
    country.until("it is settled", || country.order(&waiting["id"])["state"] == "settled");
    let paid = [AREAS[DAUGHTERS], AREAS[FATHERS]].map(|area| of_area(&pre, area));
    country.until("both have paid", || country.quotas() == [DAUGHTERS_QUOTA - paid[0], SONS - paid[1]]);
    country.give_back(&waiting);
    // Cut off for longer than the others wait: nobody pays, and what the son had set aside is free.
    let (ask, _) = country.bill("long");
    link.cut_after(1);
    let waiting = country.hospital().post("hospital1", "pay/settle", "long", &ask);
    country.until("it is called off", || country.order(&waiting["id"])["state"] == "failed");
    let failed = country.order(&waiting["id"]);
    assert_eq!((&failed["why"], &failed["cash"]["state"]), (&json!("AX3057"), &json!("returned")), "{failed}");
    link.mend();
    country.until("all is free", || country.quotas() == SHARED);
    country.sound();
}

/// Each of the three is killed while letters go to and fro, before whoever sent one has its answer.
#[test]
fn whoever_is_killed_all_is_paid_or_nothing() {
    let mut country = Country::start();
    for at in [DAUGHTERS, FATHERS, HOSPITALS] {
        for requests in [2, 3] {
            let key = format!("kill-{at}-{requests}");
            let (ask, pre) = country.bill(&key);
            let pid = country.areas[at].child.as_ref().unwrap().id().to_string();
            let (from, to) = if at == FATHERS { (HOSPITALS, FATHERS) } else { (HOSPITALS, DAUGHTERS) };
            country.links[from][to].as_ref().unwrap().then(requests, move || {
                Command::new("kill").args(["-KILL", &pid]).status().unwrap();
            });
            // Whoever asked may never hear of it.
            drop(country.hospital().try_post("hospital1", "pay/settle", &key, &ask));
            std::thread::sleep(Duration::from_millis(300));
            country.areas[at].kill();
            country.areas[at].start();
            let all = || country.hospital().get("hospital1", "pay/orders")["orders"][0].clone();
            country.until("it has ended", || matches!(all()["state"].as_str(), Some("settled" | "failed")));
            let ended = all();
            let paid = match ended["state"].as_str() {
                Some("settled") => [AREAS[DAUGHTERS], AREAS[FATHERS]].map(|area| of_area(&pre, area)),
                _ => [0, 0],
            };
            country.until("everybody has heard", || country.quotas() == [SHARED[0] - paid[0], SHARED[1] - paid[1]]);
            if ended["state"] == "settled" {
                country.give_back(&ended);
            }
        }
    }
    country.sound();
}
