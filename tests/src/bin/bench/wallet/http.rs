//! The interface as its clients see it: people with tokens of their own, each on a connection that stays open.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anxin_core::Fen;
use anyhow::{Context as _, Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use wallet_ledger::{
    AccountId, AccountKind, Command as Booking, Fund, Leg, Limits, OpenAccount, Outcome, OwnerId, Purpose, TransferId,
};
use wallet_store::{Answer, Asked, Clock, PostgresStore, Writer, own};

use super::load::Measured;
use super::postgres::Database;

/// The area that the server is told it serves.
pub const AREA: u64 = 440_100;
const FUNDING: AccountId = AccountId(1);
const PEOPLE: u128 = 1_000_000;
const EACH: i64 = 1_000_000;
const ISSUER: &str = "https://idp.example";
const KID: &str = "bench";

/// `n` has a personal account and a wallet.
pub fn owner(n: u64) -> u128 {
    PEOPLE + 3 * u128::from(n)
}

pub fn personal(n: u64) -> u128 {
    owner(n) + 1
}

fn wallet(n: u64) -> u128 {
    owner(n) + 2
}

/// Opens two accounts for each of the people, and puts money into one.
pub async fn found(database: &Database, people: u64) -> Result<()> {
    let store = PostgresStore::open(database.options(), AREA, Limits::default(), Clock::Own).await?;
    let mut batch = 0;
    let writer = Writer::start(Arc::new(store), move || {
        batch += 1;
        batch
    });
    let open = |id, kind, owner| {
        let account = OpenAccount { id: AccountId(id), kind, fund: Fund::Account, owner: OwnerId(owner), parent: None };
        own(1, 1, id.to_string(), Booking::Open(account))
    };
    done(&writer, vec![open(FUNDING.0, AccountKind::Funding, 1)]).await?;
    let numbers: Vec<u64> = (0..people).collect();
    for some in numbers.chunks(600) {
        let asked = some.iter().flat_map(|n| {
            let legs =
                vec![Leg { from: FUNDING, to: AccountId(personal(*n)), amount: Fen::new(EACH).unwrap_or_default() }];
            let credit = Booking::Transfer { id: TransferId(owner(*n)), purpose: Purpose::Credit, legs };
            [
                open(personal(*n), AccountKind::Personal, owner(*n)),
                open(wallet(*n), AccountKind::Wallet, owner(*n)),
                own(1, 2, n.to_string(), credit),
            ]
        });
        done(&writer, asked.collect()).await?;
    }
    Ok(())
}

async fn done(writer: &Writer, asked: Vec<Asked>) -> Result<()> {
    let answers = writer.ask(asked).await.map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
    let bad = answers.iter().map(Answer::outcome).find(|outcome| *outcome != Some(Outcome::Done));
    ensure!(bad.is_none(), "{bad:?}");
    Ok(())
}

/// `anxin serve`, ended when it is dropped.
pub struct Server {
    child: Child,
    address: String,
    key: Ed25519KeyPair,
}

impl Server {
    /// Starts the program that `ANXIN_BIN` names.
    pub fn start(database: &Database, folder: &Path) -> Result<Server> {
        let anxin = std::env::var("ANXIN_BIN").context("ANXIN_BIN names the program; `cargo xtask bench` sets it")?;
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).ok().context("no randomness")?;
        let key = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).ok().context("no key")?;
        let x = URL_SAFE_NO_PAD.encode(key.public_key().as_ref());
        let jwks = json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": KID, "x": x }] });
        let file = folder.join("jwks.json");
        fs::write(&file, jwks.to_string())?;
        let fields = folder.join("fields");
        fs::write(&fields, format!("bench {:032x}\n", rand::rng().random::<u128>()))?;
        let mut server = Command::new(anxin);
        server.args(["serve", "--port", "0", "--log", "off"]).stdout(Stdio::piped());
        server.env("ANXIN_DATABASE_URL", &database.url).env("ANXIN_DATABASE_AREA", AREA.to_string());
        server.env("ANXIN_TOKENS_JWKS", &file).env("ANXIN_TOKENS_ISSUER", ISSUER);
        server.env("ANXIN_FIELDS_KEYS", &fields);
        for (name, setting) in [("pay", "ANXIN_PAY_KEY"), ("family", "ANXIN_FAMILY_KEY")] {
            let key = folder.join(name);
            fs::write(&key, format!("{:032x}{:032x}", rand::rng().random::<u128>(), rand::rng().random::<u128>()))?;
            server.env(setting, &key);
        }
        // All clients here are one address.
        server.env("ANXIN_LIMITS_PER_ADDRESS", "1000000").env("ANXIN_LIMITS_PER_SUBJECT", "1000000");
        server.env("ANXIN_NHSA_PER_INSTITUTION", "1000000");
        let mut child = server.spawn()?;
        let mut told = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut told)?;
        let address = told.split("http://").nth(1).and_then(|text| text.split_whitespace().next());
        let address = address.with_context(|| format!("the server says {told:?}"))?.trim_end_matches('/').to_owned();
        Ok(Server { child, address, key })
    }

    /// The most memory that it has had so far, in MB.
    pub fn memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
        let kilobytes: f64 = line.trim_end_matches("kB").trim().parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// A token of somebody who may be working for somebody else.
    pub fn token(&self, subject: u128, role: &str, acts_for: Option<u128>) -> Result<String> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let header = json!({ "alg": "EdDSA", "typ": "JWT", "kid": KID });
        let claims = json!({
            "iss": ISSUER, "aud": "anxin", "sub": format!("{subject:032x}"), "role": role,
            "nbf": now - 60, "exp": now + 86_400,
        });
        let mut claims = claims;
        if let Some(acts_for) = acts_for {
            claims["acts_for"] = format!("{acts_for:032x}").into();
        }
        let part = |json: serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let message = format!("{}.{}", part(header), part(claims));
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(self.key.sign(message.as_bytes()))))
    }

    /// A connection that stays open.
    pub async fn connect(&self) -> Result<Client> {
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        Ok(Client { stream, host: self.address.clone(), answer: Vec::new() })
    }

    /// So many connections send one transfer after another for some time, the first tenth of which is not counted.
    pub async fn run(&self, people: u64, connections: usize, time: Duration) -> Result<Measured> {
        let tokens = (0..people).map(|n| self.token(owner(n), "resident", None)).collect::<Result<Vec<String>>>()?;
        let (tokens, next) = (&tokens, &AtomicU64::new(0));
        let start = Instant::now();
        let warm = start + time / 10;
        let end = warm + time;
        let clients = (0..connections).map(|client| async move {
            let mut rng = ChaCha8Rng::seed_from_u64(client as u64);
            let mut connection = self.connect().await?;
            let mut waits = Vec::new();
            while Instant::now() < end {
                let n = rng.random_range(0..people);
                let token = tokens.get(usize::try_from(n)?).context("no token")?;
                let key = next.fetch_add(1, Ordering::Relaxed);
                let sent = Instant::now();
                connection.post("/api/v1/wallet/transfers", token, &format!("b{key}"), &transfer(n)).await?;
                if sent >= warm {
                    waits.push(sent.elapsed().as_secs_f64() * 1e3);
                }
            }
            anyhow::Ok(waits)
        });
        let all = futures_util::future::try_join_all(clients).await?;
        let time = warm.elapsed();
        let waits: Vec<f64> = all.into_iter().flatten().collect();
        let count = waits.len() as u64;
        Ok(Measured::of(waits, count, time))
    }
}

/// One fen from an account into the wallet of the same person.
fn transfer(n: u64) -> String {
    let (from, to) = (personal(n), wallet(n));
    format!("{{\"purpose\":\"top_up\",\"legs\":[{{\"from\":\"{from:032x}\",\"to\":\"{to:032x}\",\"amount_fen\":1}}]}}")
}

/// One request after another on one connection.
pub struct Client {
    stream: TcpStream,
    host: String,
    answer: Vec<u8>,
}

impl Client {
    /// Sends a body, and gives back that of the answer; anything but 200 and 201 is an error.
    pub async fn post(&mut self, path: &str, token: &str, key: &str, body: &str) -> Result<&[u8]> {
        let bearer = if token.is_empty() { String::new() } else { format!("authorization: Bearer {token}\r\n") };
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\n{bearer}idempotency-key: {key}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            self.host,
            body.len()
        );
        self.stream.write_all([head.as_bytes(), body.as_bytes()].concat().as_slice()).await?;
        let answer = &mut self.answer;
        answer.clear();
        loop {
            ensure!(self.stream.read_buf(answer).await? > 0, "the server hung up");
            let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(answer.get(..end).unwrap_or_default()).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.context("no content-length")?.trim().parse()?;
            if answer.len() < end + 4 + length {
                continue;
            }
            if !head.starts_with("http/1.1 20") {
                bail!("{path}: {}", String::from_utf8_lossy(answer));
            }
            return Ok(self.answer.get(end + 4..).unwrap_or_default());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have stopped already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
