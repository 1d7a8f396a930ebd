use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{AREAS, Bill, HOME, PATIENCE, Place, TOTAL};
use crate::cells::{of_area, today};
use crate::common::ask;

/// Asks the servers of a province one after the other until one answers.
#[derive(Default)]
pub struct Client {
    place: Place,
    ports: [u16; 2],
    bearers: HashMap<(u16, &'static str), String>,
    turn: usize,
}

impl Client {
    pub fn new(place: Place, ports: [u16; 2]) -> Client {
        Client { place, ports, ..Client::default() }
    }

    fn bearer(&mut self, port: u16, name: &'static str) -> Option<String> {
        if let Some(bearer) = self.bearers.get(&(port, name)) {
            return Some(bearer.clone());
        }
        let body = json!({ "name": name, "password": "anxin-demo" }).to_string();
        let told = self.place.within(|| ask(port, "POST /api/v1/sessions", &[], &body));
        let (_, session) = told.filter(|(status, _)| *status == 200)?;
        let bearer = format!("Bearer {}", session["access_token"].as_str()?);
        self.bearers.insert((port, name), bearer.clone());
        Some(bearer)
    }

    /// The same request under the same key for as long as it takes: nobody knows what became of one without an answer.
    /// What it says no to is not done.
    pub fn ask(&mut self, name: &'static str, line: &str, key: &str, body: &Value) -> Result<Value, Value> {
        let (since, body) = (Instant::now(), body.to_string());
        let mut last = None;
        while since.elapsed() < PATIENCE {
            self.turn += 1;
            let port = self.ports[self.turn % 2];
            let Some(bearer) = self.bearer(port, name) else { continue };
            let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", key)];
            let body = if line.starts_with("GET") { "" } else { &body };
            match self.place.within(|| ask(port, line, &headers, body)) {
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

    pub fn post(&mut self, name: &'static str, path: &str, key: &str, body: &Value) -> Value {
        self.ask(name, &format!("POST /api/v1/{path}"), key, body).unwrap_or_else(|refusal| panic!("{path}: {refusal}"))
    }

    pub fn get(&mut self, name: &'static str, path: &str) -> Value {
        let told = self.ask(name, &format!("GET /api/v1/{path}"), "", &Value::Null);
        told.unwrap_or_else(|refusal| panic!("{path}: {refusal}"))
    }

    /// One bill of the father's is settled; its order, and what the son pays of it once it is. `None` where another of
    /// his bills came between looking and settling.
    pub fn settle(&mut self, key: &str) -> Option<Bill> {
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
        Some(Bill { order: order["id"].as_str().unwrap().to_owned(), of_son: of_area(&pre, AREAS[HOME]) })
    }
}
