//! Whole payments over HTTP: a till reads a code, asks what the bill comes to, and settles it. Beside them pgbench does
//! one transfer a transaction on the same PostgreSQL. Codes are made on the way and are not timed.
//!
//! `ANXIN_BENCH_SECONDS` and `ANXIN_BENCH_PATIENTS` make it longer and larger. The tokens of tills and patients (EdDSA)
//! are signed beforehand, and so are the messages of the national interface (SM2, `signed.rs`).

mod payments;
mod signed;

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};
use wallet_ledger::{Limits, OwnerId};
use wallet_store::{Clock, Desk, Person, PostgresStore, Provider, Vault};

use crate::wallet::http::{self, AREA, Client, owner};
use crate::wallet::load::Measured;
use crate::wallet::postgres::{Database, Server};
use crate::wallet::setting;
use crate::{Figure, Target};
use signed::{CODE, Hospital};

const SECONDS: u64 = 20;
/// Enough that nobody pays twice at once, and no account runs dry.
const PATIENTS: u64 = 3_200;
const CONNECTIONS: u64 = 32;
const PEERS_ACCOUNTS: u64 = 100_000;
/// The promised rates, of requests that are signed beforehand.
const PAYMENTS: f64 = 1_000.0;
const DECODES: f64 = 2_500.0;
const P99_MS: f64 = 50.0;
/// Codes that a connection reads in one turn; they are good for a minute.
const CODES: usize = 50;
const HOSPITAL: u128 = 7;
const CASHIER: u128 = 8;
/// Their area publishes all that decides this bill, so that it is settled outside a demonstration too.
const INSURED: &str = "441800";

pub fn figures() -> Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(measured())
}

async fn measured() -> Result<Vec<Figure>> {
    let time = Duration::from_secs(setting("ANXIN_BENCH_SECONDS", SECONDS)?);
    let patients = setting("ANXIN_BENCH_PATIENTS", PATIENTS)?.max(CONNECTIONS * CODES as u64);
    let postgres = Server::start()?;
    let peer = postgres.pgbench(PEERS_ACCOUNTS, time)?;
    let database = postgres.database()?;
    http::found(&database, patients).await?;
    let folder = tempfile::tempdir()?;
    let program = http::Server::start(&database, folder.path())?;
    let keys = std::fs::read_to_string(folder.path().join("fields"))?;
    let hospital = insure(&database, &keys, patients).await?;
    let town = Town::new(&program, patients)?;
    let full = town.run(time, None).await?;
    let half = town.run(time, Some(full.rate / 2.0)).await?;
    let decode = town.decodes(time, None).await?;
    let signed = town.decodes(time, Some(&hospital)).await?;
    let paid = town.signed_payments(&hospital, time, None).await?;
    let paid_half = town.signed_payments(&hospital, time, Some(paid.rate / 2.0)).await?;
    let none = Target::None;
    Ok(vec![
        Figure::new("pay_pgbench_one_a_transaction", peer.rate, "/s", none),
        Figure::new("pay_payments", full.rate, "/s", none),
        Figure::new("pay_payments_to_pgbench", full.rate / peer.rate, "times", none),
        Figure::new("pay_payment_p50", full.p50, "ms", none),
        Figure::new("pay_payment_p99", full.p99, "ms", none),
        Figure::new("pay_half_rate", half.rate, "/s", none),
        Figure::new("pay_half_rate_p50", half.p50, "ms", none),
        Figure::new("pay_half_rate_p99", half.p99, "ms", Target::AtMost(P99_MS)),
        Figure::new("pay_half_rate_max", half.max, "ms", none),
        Figure::new("pay_decodes", decode.rate, "/s", Target::AtLeast(DECODES)),
        Figure::new("pay_decode_p99", decode.p99, "ms", none),
        Figure::new("pay_signed_decodes", signed.rate, "/s", Target::AtLeast(DECODES)),
        Figure::new("pay_signed_decode_p99", signed.p99, "ms", none),
        Figure::new("pay_signed_payments", paid.rate, "/s", Target::AtLeast(PAYMENTS)),
        Figure::new("pay_signed_payment_p99", paid.p99, "ms", none),
        Figure::new("pay_signed_half_rate", paid_half.rate, "/s", none),
        Figure::new("pay_signed_half_rate_p50", paid_half.p50, "ms", none),
        Figure::new("pay_signed_half_rate_p99", paid_half.p99, "ms", Target::AtMost(P99_MS)),
        Figure::new("pay_server_memory", program.memory()?, "MB", none),
    ])
}

/// Writes down how everybody is insured, and the hospital's agreement.
pub async fn insure(database: &Database, keys: &str, patients: u64) -> Result<Hospital> {
    let store = PostgresStore::open(database.options(), AREA, Limits::default(), Clock::Own).await?;
    let vault = Vault::parse(keys).ok().context("no keys")?;
    let desk: Desk = store.desk(Arc::new(vault));
    let (area, level) = ("440100".to_owned(), "3".to_owned());
    let provider = Provider { owner: OwnerId(HOSPITAL), code: CODE.into(), area, level, kind: "hospital".into() };
    desk.put_provider(&provider).await?;
    let terms = json!({ "person": { "cover": "in_force" }, "filing": "long_term" }).to_string();
    for n in 0..patients {
        let person = owner(n);
        let mut lookup = [0; 32];
        lookup[..16].copy_from_slice(&person.to_be_bytes());
        desk.put_person(&Person {
            owner: OwnerId(person),
            lookup,
            lookup_key: String::new(),
            area: INSURED.into(),
            cover: "employee".into(),
            born: Some("1990-01-01".into()),
            without_phone: false,
            died: None,
        })
        .await?;
        desk.put_insured(OwnerId(person), &terms).await?;
    }
    Hospital::registered(&desk, OwnerId(HOSPITAL)).await
}

/// A request that is ready to be sent.
struct Reading<'a> {
    path: &'static str,
    token: &'a str,
    key: String,
    body: String,
}

/// Tills and patients with their tokens.
pub struct Town<'s> {
    program: &'s http::Server,
    till: String,
    people: Vec<String>,
    visit: Value,
}

impl Town<'_> {
    pub fn new(program: &http::Server, patients: u64) -> Result<Town<'_>> {
        let people = (0..patients).map(|n| program.token(owner(n), "resident", None)).collect::<Result<_>>()?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let today = signed::china(now)?.get(..10).context("no day")?.to_owned();
        let visit = json!({ "outpatient": {
            "level": "3", "on": today, "place": { "area": "in_province", "filing": "long_term" },
            "bill": { "split": { "total_fen": 12_000, "own_expense_fen": 800, "pre_self_pay_fen": 600 } },
        } });
        Ok(Town { program, till: program.token(CASHIER, "institution", Some(HOSPITAL))?, people, visit })
    }

    /// Every connection serves patients of its own for some time, the first tenth of which is not counted: one after
    /// another as fast as it goes, or so many a second in all. Then each wait begins when the patient was due.
    async fn run(&self, time: Duration, rate: Option<f64>) -> Result<Measured> {
        let start = Instant::now();
        let warm = start + time / 10;
        let end = warm + time;
        let run = rand::random::<u64>();
        let clients = (0..CONNECTIONS).map(|client| async move {
            let mut connection = self.program.connect().await?;
            let mut waits = Vec::new();
            let every = rate.map(|rate| Duration::from_secs_f64(CONNECTIONS as f64 / rate));
            let mut due = start + every.unwrap_or_default().mul_f64(client as f64 / CONNECTIONS as f64);
            for round in 0_u64.. {
                let n = usize::try_from(client + round * CONNECTIONS)? % self.people.len();
                let code = self.code(&mut connection, n).await?;
                if every.is_some() {
                    sleep_until(due).await;
                }
                let began = if every.is_some() { due } else { Instant::now() };
                if began >= end {
                    break;
                }
                self.serve(&mut connection, &code, &format!("{run}-{client}-{round}")).await?;
                if began >= warm {
                    waits.push(began.elapsed().as_secs_f64() * 1e3);
                }
                due += every.unwrap_or_default();
            }
            anyhow::Ok(waits)
        });
        let waits: Vec<f64> = futures_util::future::try_join_all(clients).await?.into_iter().flatten().collect();
        let count = waits.len() as u64;
        Ok(Measured::of(waits, count, warm.elapsed()))
    }

    async fn code(&self, connection: &mut Client, n: usize) -> Result<String> {
        let token = self.people.get(n).context("nobody")?;
        let made: Value = serde_json::from_slice(connection.post("/api/v1/wallet/codes", token, "", "{}").await?)?;
        Ok(made["code"].as_str().context("no code")?.to_owned())
    }

    /// Codes are made, and then read by all at once, in turns until it was long enough: only the reading is timed.
    async fn decodes(&self, time: Duration, hospital: Option<&Hospital>) -> Result<Measured> {
        let (run, mut turn, mut read, mut waits) = (rand::random::<u64>(), 0, Duration::ZERO, Vec::new());
        let connecting = (0..CONNECTIONS).map(|_| self.program.connect());
        let mut connections = futures_util::future::try_join_all(connecting).await?;
        if let Some(hospital) = hospital {
            hospital.sign_in(connections.first_mut().context("no connection")?).await?;
        }
        while read < time {
            let making = (0..).zip(&mut connections).map(|(client, connection)| async move {
                let mut asks = Vec::new();
                for n in 0..CODES {
                    // A new code would end the one before of the same person.
                    let n = client * CODES + n;
                    let code = self.code(connection, n % self.people.len()).await?;
                    asks.push(self.reading(hospital, &code, &format!("{run}-{turn}-{n}"))?);
                }
                anyhow::Ok((connection, asks))
            });
            let ready = futures_util::future::try_join_all(making).await?;
            let began = Instant::now();
            let reading = ready.into_iter().map(|(connection, asks)| async move {
                let mut waits = Vec::new();
                for ask in asks {
                    let sent = Instant::now();
                    let told = connection.post(ask.path, ask.token, &ask.key, &ask.body).await?;
                    waits.push(sent.elapsed().as_secs_f64() * 1e3);
                    anyhow::ensure!(hospital.is_none() || signed::done(told)?, "{}", String::from_utf8_lossy(told));
                }
                anyhow::Ok(waits)
            });
            waits.extend(futures_util::future::try_join_all(reading).await?.into_iter().flatten());
            read += began.elapsed();
            turn += 1;
        }
        let count = waits.len() as u64;
        Ok(Measured::of(waits, count, read))
    }

    /// The request that reads a code: a till's, or a message that is signed already.
    fn reading<'a>(&'a self, hospital: Option<&Hospital>, code: &str, key: &str) -> Result<Reading<'a>> {
        if let Some(hospital) = hospital {
            let input = json!({ "data": { "businessType": "01301", "ecQrCode": code, "outBizNo": "1" } });
            let body = hospital.message("1162", &input)?;
            return Ok(Reading { path: "/nhsa/1162", token: "", key: String::new(), body });
        }
        let body = json!({ "cert": "01", "value": code, "business": "01301", "device": "till-1" }).to_string();
        Ok(Reading { path: "/api/v1/pay/decode", token: &self.till, key: key.to_owned(), body })
    }

    /// A till's question what the bill of who shows a code comes to.
    async fn read(&self, connection: &mut Client, code: &str, key: &str) -> Result<Value> {
        let Reading { path, token, key, body } = self.reading(None, code, key)?;
        let read: Value = serde_json::from_slice(connection.post(path, token, &key, &body).await?)?;
        Ok(json!({ "token": read["token"], "device": "till-1", "use_accounts": true, "visit": self.visit }))
    }

    async fn serve(&self, connection: &mut Client, code: &str, key: &str) -> Result<()> {
        let mut ask = self.read(connection, code, key).await?;
        let told = connection.post("/api/v1/pay/presettle", &self.till, "", &ask.to_string()).await?;
        let told: Value = serde_json::from_slice(told)?;
        ask["figures"] = told["figures"].clone();
        ask["cash"] = json!({ "means": "cash" });
        let paid: Value =
            serde_json::from_slice(connection.post("/api/v1/pay/settle", &self.till, key, &ask.to_string()).await?)?;
        anyhow::ensure!(paid["state"] == "settled", "{paid}");
        Ok(())
    }

    /// How long it takes to say what a bill of somebody's would come to, in milliseconds; so many times, after a first.
    pub async fn presettles(&self, n: usize, times: usize) -> Result<Vec<f64>> {
        let mut connection = self.program.connect().await?;
        let code = self.code(&mut connection, n).await?;
        let ask = self.read(&mut connection, &code, &format!("look-{n}")).await?.to_string();
        let mut waits = Vec::new();
        for _ in 0..=times {
            let sent = Instant::now();
            connection.post("/api/v1/pay/presettle", &self.till, "", &ask).await?;
            waits.push(sent.elapsed().as_secs_f64() * 1e3);
        }
        Ok(waits.split_off(1))
    }
}
