//! Three areas as three programs: a daughter in 广州 shares with her father in 贵港, whom a son there shares with, too,
//! and who pays at a hospital in 南宁. Whatever is cut or killed, all of it is paid or nothing.

use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anxin_brokers::ports;
use serde_json::{Value, json};
use wallet_ledger::{CellId, home_of};

use crate::common::{ask, listening, serve};
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
/// A drug that has a code on each pack.
const DRUG: &str = "XDEMO00000000000000001";

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
        let mut command = serve(AREAS[self.at], self.port, &format!("sqlite:{}", self.books.display()));
        for (area, port) in &self.links {
            command.args(["--peer", &format!("{area}=http://127.0.0.1:{port}")]);
        }
        self.child = Some(listening(command.env("ANXIN_CELLS_DRAW_SECONDS", "40")));
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
        let ports: [u16; 3] = ports().unwrap();
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

/// A window is closed everywhere, compared with both neighbours, and paid by the bank, once.
#[test]
fn a_window_is_compared_and_paid() {
    const PAYMENTS: &str = "wallet/cells/windows/1/payments";
    let country = Country::start();
    let (ask, pre) = country.bill("window");
    let owed = [DAUGHTERS, FATHERS].map(|at| of_area(&pre, AREAS[at]));
    let settled = country.hospital().post("hospital1", "pay/settle", "window", &ask);
    country.until("it is settled", || country.order(&settled["id"])["state"] == "settled");
    country.until("both have paid", || country.quotas() == [DAUGHTERS_QUOTA - owed[0], SONS - owed[1]]);
    let paid_with = |area: u32| json!({ "area": area.to_string(), "paid_from": "bank" });
    let early = country.hospital().try_post("area1", PAYMENTS, "early", &paid_with(AREAS[DAUGHTERS])).unwrap();
    assert_eq!((early.0, &early.1["code"]), (409, &json!("AX3059")), "the window is open");
    for area in &country.areas {
        area.post("area1", "wallet/cells/windows", "close", &json!({}));
    }
    let first = |at: usize| {
        let told = country.areas[at].get("area1", "wallet/cells");
        told["windows"].as_array().unwrap().iter().find(|window| window["id"] == 1).cloned().unwrap()
    };
    country.until("it is closed everywhere", || (0..3).all(|at| first(at)["state"] == "closed"));
    let compared = |at: usize, with: u32| {
        let (with, told) = (with.to_string(), country.areas[at].get("area1", "wallet/cells/windows/1/differences"));
        assert_eq!(told["state"], "closed");
        let of = told["areas"].as_array().unwrap().iter().find(|area| area["area"] == with).cloned();
        of.unwrap()
    };
    for (at, with, count) in
        [(HOSPITALS, DAUGHTERS, 1), (HOSPITALS, FATHERS, 1), (FATHERS, HOSPITALS, 1), (FATHERS, DAUGHTERS, 0)]
    {
        let of = compared(at, AREAS[with]);
        assert_eq!((&of["compared"], &of["differences"]), (&json!(count), &json!([])), "{at} {with}");
    }
    // Who does not answer was not compared: that is not the same as agreeing.
    let link = country.links[HOSPITALS][DAUGHTERS].clone().unwrap();
    link.cut_after(0);
    assert_eq!(compared(HOSPITALS, AREAS[DAUGHTERS])["compared"], Value::Null);
    link.mend();
    for at in [DAUGHTERS, FATHERS] {
        for (area, other) in [(HOSPITALS, at), (at, HOSPITALS)] {
            let key = format!("paid-{at}");
            for _ in 0..2 {
                let told = country.areas[area].post("area1", PAYMENTS, &key, &paid_with(AREAS[other]));
                let named = AREAS[other].to_string();
                let peers = told["peers"].as_array().unwrap();
                let peer = peers.iter().find(|peer| peer["area"] == named).unwrap();
                assert_eq!(peer["position_fen"], 0, "nothing is owed any more");
            }
            let again = country.areas[area]
                .try_post("area1", PAYMENTS, &format!("again-{at}"), &paid_with(AREAS[other]))
                .unwrap();
            assert_eq!(again.1["code"], "AX3059", "it was paid");
        }
    }
    assert!((0..3).all(|at| first(at)["state"] == "settled"));
    country.sound();
}

impl Area {
    /// A pack that somebody buys with a stay at the area's hospital, for cash; how that ends.
    fn sell(&self, key: &str, pack: &str) -> (u16, Value) {
        let (patient, level, place) = match AREAS[self.at] {
            450_100 => ("father1", "3_city", json!({ "area": "in_province", "filing": "long_term" })),
            _ => ("resident1", "3", json!({ "area": "local", "filing": "not_needed" })),
        };
        let code = self.post(patient, "wallet/codes", key, &json!({}))["code"].clone();
        let reading = json!({ "cert": "01", "value": code, "business": "01301", "device": "till-1" });
        let read = self.post("hospital1", "pay/decode", key, &reading);
        let bill = json!({ "split": { "total_fen": 3_000, "own_expense_fen": 3_000 } });
        let visit = json!({ "inpatient": { "level": level, "discharged": today(), "place": place, "bill": bill } });
        let mut ask = json!({ "token": read["token"], "device": "till-1", "visit": visit, "use_accounts": false });
        ask["lines"] = json!([{ "drug": DRUG, "codes": [pack], "count": 1 }]);
        let pre = match self.try_post("hospital1", "pay/presettle", key, &ask).expect("an answer") {
            (200, pre) => pre,
            refused => return refused,
        };
        (ask["figures"], ask["cash"]) = (pre["figures"].clone(), json!({ "means": "cash" }));
        self.try_post("hospital1", "pay/settle", key, &ask).expect("an answer")
    }
}

/// A bill of packs that each of the areas looks after, which relatives in two of them pay. Nobody sells them again in any
/// area, not even once they came back: not before somebody has looked at them.
#[test]
fn packs_of_three_areas_on_one_bill_are_sold_once_in_all_of_them() {
    /// The father's area has no hospital of its own here.
    const SELLERS: [usize; 2] = [DAUGHTERS, HOSPITALS];
    let country = Country::start();
    let cells = AREAS.map(CellId);
    let pack = |home: usize, n: usize| {
        let mut codes = (0..).map(|more: u64| format!("8123456{n:03}{more:010}"));
        codes.find(|code| home_of(code, cells) == Some(cells[home])).unwrap()
    };
    let packs = [DAUGHTERS, FATHERS, HOSPITALS].map(|home| pack(home, 1));
    let with_packs = |key: &str| {
        let (mut ask, pre) = country.bill(key);
        ask["lines"] = json!([{ "drug": DRUG, "codes": packs, "count": packs.len() }]);
        (ask, pre)
    };
    // Nobody here knows whether a pack was sold whose area does not answer: what may be drawn is asked there first.
    let link = country.links[HOSPITALS][DAUGHTERS].clone().unwrap();
    let (ask, _) = with_packs("silent");
    link.cut_after(1);
    let refused = country.hospital().try_post("hospital1", "pay/settle", "silent", &ask).unwrap();
    assert_eq!(refused.0, 503, "{}", refused.1);
    link.mend();
    let mended = Instant::now();
    assert_eq!(country.quotas(), SHARED);
    // What the others had set aside for it is free a moment later.
    country.until("all three can be sold", || {
        let key = format!("free-{}", mended.elapsed().as_millis());
        let (ask, _) = with_packs(&key);
        let (status, order) = country.hospital().try_post("hospital1", "pay/settle", &key, &ask).unwrap();
        status == 201 && matches!(order["state"].as_str(), Some("settled" | "authorised"))
    });
    let order = country.hospital().get("hospital1", "pay/orders")["orders"][0].clone();
    country.until("it is settled", || country.order(&order["id"])["state"] == "settled");
    assert!(country.quotas().iter().zip(SHARED).all(|(left, shared)| *left < shared), "both relatives have paid");
    let again = |what: &str| {
        for at in SELLERS {
            for (n, pack) in packs.iter().enumerate() {
                let (status, refused) = country.areas[at].sell(&format!("{what}-{at}-{n}"), pack);
                assert_eq!((status, &refused["code"]), (409, &json!("AX9061")), "{what}: {refused}");
            }
        }
    };
    again("sold");
    // Others are to be had, of whichever area's.
    for (n, at) in SELLERS.into_iter().enumerate() {
        let (status, sold) = country.areas[at].sell(&format!("other-{at}"), &pack((at + 1) % 3, 2 + n));
        assert_eq!(status, 201, "{sold}");
    }
    country.give_back(&country.order(&order["id"]));
    let held =
        |home: usize| country.areas[home].get("area1", &format!("pay/packs/{}", packs[home]))["held_back"].clone();
    country.until("every area knows that they came back", || (0..3).all(|home| held(home) == true));
    again("back");
    // The area that looks after it lets it go; where it was sold somebody has to look at it, too.
    let pack = &packs[FATHERS];
    country.areas[FATHERS].post("area1", &format!("pay/packs/{pack}/look"), "look", &json!({ "sound": true }));
    assert_eq!(country.areas[HOSPITALS].sell("not-yet", pack).1["code"], "AX9061");
    let (status, sold) = country.areas[DAUGHTERS].sell("sound", pack);
    assert_eq!(status, 201, "{sold}");
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
