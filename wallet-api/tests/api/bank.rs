//! A server with a wallet, its made-up people, and tokens of an identity provider of the tests' own.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use actix_web::test::TestRequest;
use actix_web::web::Data;
use anxin_core::family::WalletBook;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use wallet_api::{Contents, Metrics, Role, Service, Settings, Wallet, seed_demo};
use wallet_ledger::Micros;
use wallet_store::Clock;

use crate::cluster;
use crate::common::{Answered, ask};

pub const ISSUER: &str = "https://idp.example";
pub const KID: &str = "test-1";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    Sqlite,
    Postgres,
}

pub struct Bank {
    pub service: Data<Service>,
    pub key: Ed25519KeyPair,
    pub folder: TempDir,
}

/// 2026-11-02 09:00 in China.
pub const MORNING: i64 = 1_793_581_200_000_000;
pub const MINUTE: i64 = 60_000_000;

/// A clock whose hands the test moves.
#[derive(Clone, Debug)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    pub fn at(micros: i64) -> Hands {
        Hands(Arc::new(AtomicI64::new(micros)))
    }

    pub fn set(&self, micros: i64) {
        self.0.store(micros, Ordering::SeqCst);
    }

    pub fn clock(&self) -> Clock {
        let hands = Arc::clone(&self.0);
        Clock::Given(Arc::new(move || Micros(hands.load(Ordering::SeqCst))))
    }
}

/// The made-up identity number of one of the made-up people.
pub fn number(name: &str) -> &'static str {
    wallet_api::DEMO_NUMBERS.iter().find(|(other, ..)| *other == name).unwrap().1
}

pub fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub fn key() -> Ed25519KeyPair {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap()
}

/// Settings of a demonstration that takes the tokens of `key` as well.
pub async fn settings(base: Base, folder: &Path, key: &Ed25519KeyPair) -> Settings {
    let file = folder.join("jwks.json");
    let x = b64(key.public_key().as_ref());
    let jwks =
        json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": KID, "x": x }] });
    std::fs::write(&file, jwks.to_string()).unwrap();
    let mut settings = Settings::read(None, []).unwrap();
    settings.demo = true;
    settings.notices.stream_seconds = 1;
    settings.fields.keys = folder.join("fields.keys");
    std::fs::write(&settings.fields.keys, "tests 000102030405060708090a0b0c0d0e0f").unwrap();
    // Tests of the second factor set a limit of their own.
    settings.second_factor.above_fen = 0;
    settings.second_factor.day_fen = 0;
    settings.tokens.issuer = ISSUER.into();
    settings.tokens.jwks = vec![file];
    settings.database.url = match base {
        Base::Sqlite => format!("sqlite:{}", folder.join("books.db").display()),
        Base::Postgres => cluster::database().await,
    };
    settings
}

pub async fn open(settings: &Settings) -> Data<Service> {
    open_at(settings, Clock::Own).await
}

/// The same by a clock of the test's.
pub async fn open_at(settings: &Settings, clock: Clock) -> Data<Service> {
    let metrics = Arc::<Metrics>::default();
    let wallet = Wallet::open_at(settings, rules(), Arc::clone(&metrics), clock).await.unwrap().unwrap();
    if settings.demo {
        seed_demo(&wallet).await.unwrap();
    }
    serving(wallet, metrics)
}

/// One more server on books that are there; it makes nobody up.
pub async fn open_beside(settings: &Settings, hands: &Hands) -> Data<Service> {
    let metrics = Arc::<Metrics>::default();
    let wallet = Wallet::open_at(settings, rules(), Arc::clone(&metrics), hands.clock()).await.unwrap().unwrap();
    serving(wallet, metrics)
}

fn serving(wallet: Arc<Wallet>, metrics: Arc<Metrics>) -> Data<Service> {
    let contents = Contents::of_packs(BENEFIT.clone()).unwrap();
    Data::new(Service::with_wallet(contents, Some(wallet), metrics).unwrap())
}

/// The areas' rules that come with the source, and those of family accounts.
static BENEFIT: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wasm-core/rules");
    let packs = anxin_packer::compile(&anxin_packer::read_tree(&rules).unwrap()).unwrap();
    packs.into_iter().map(|(_, bytes)| bytes).collect()
});

/// The rules of family accounts that come with the source.
pub fn rules() -> WalletBook {
    static BOOK: LazyLock<WalletBook> =
        LazyLock::new(|| BENEFIT.iter().find_map(|bytes| WalletBook::open(bytes).ok()).unwrap());
    BOOK.clone()
}

impl Bank {
    pub async fn new(base: Base) -> Bank {
        Bank::with(base, |_| {}).await
    }

    /// By a clock of the test's.
    pub async fn at(base: Base, hands: &Hands, change: impl FnOnce(&mut Settings)) -> Bank {
        let (folder, key) = (tempfile::tempdir().unwrap(), key());
        let mut settings = settings(base, folder.path(), &key).await;
        change(&mut settings);
        Bank { service: open_at(&settings, hands.clock()).await, key, folder }
    }

    pub async fn with(base: Base, change: impl FnOnce(&mut Settings)) -> Bank {
        let (folder, key) = (tempfile::tempdir().unwrap(), key());
        let mut settings = settings(base, folder.path(), &key).await;
        change(&mut settings);
        Bank { service: open(&settings).await, key, folder }
    }

    pub fn sign(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", b64(header), b64(claims));
        let signature = b64(self.key.sign(message.as_bytes()).as_ref());
        format!("{message}.{signature}")
    }

    /// A token of one of the made-up people.
    pub fn token(&self, name: &str) -> String {
        let people = wallet_api::people();
        let person = people.iter().find(|p| p.name == name).unwrap();
        self.token_of(person.role, person.subject, person.acts_for)
    }

    pub fn token_of(&self, role: &str, subject: u128, acts_for: Option<u128>) -> String {
        self.sign(&header().to_string(), &claims(role, subject, acts_for).to_string())
    }

    pub async fn get(&self, name: &str, path: &str) -> Answered {
        self.send(Some(&self.token(name)), TestRequest::get(), path, None, None).await
    }

    pub async fn post(&self, name: &str, path: &str, key: &str, body: Value) -> Answered {
        self.send(Some(&self.token(name)), TestRequest::post(), path, Some(key), Some(body)).await
    }

    pub async fn send(
        &self,
        token: Option<&str>,
        request: TestRequest,
        path: &str,
        key: Option<&str>,
        body: Option<Value>,
    ) -> Answered {
        let mut request = request.uri(&format!("/api/v1/{path}"));
        if let Some(token) = token {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        if let Some(key) = key {
            request = request.insert_header(("idempotency-key", key));
        }
        if let Some(body) = body {
            request = request.insert_header(("content-type", "application/json")).set_payload(body.to_string());
        }
        ask(&self.service, request).await
    }

    /// The account of a kind that somebody sees.
    pub async fn account(&self, name: &str, kind: &str) -> String {
        let accounts = self.get(name, "wallet/accounts").await.json();
        // What funds owe an institution stands on an account of its own.
        let of_people = |a: &&Value| a["kind"] == kind && (kind != "institution" || a["fund"] == "account");
        let found = accounts["accounts"].as_array().unwrap().iter().find(of_people);
        found.unwrap_or_else(|| panic!("{name} has no {kind}: {accounts}"))["id"].as_str().unwrap().to_owned()
    }

    pub async fn posted(&self, name: &str, account: &str) -> i64 {
        self.get(name, &format!("wallet/accounts/{account}")).await.json()["posted_fen"].as_i64().unwrap()
    }

    /// Pays the hospital out of somebody's wallet.
    pub async fn settle(&self, name: &str, key: &str, fen: i64) -> Answered {
        let body =
            settlement(&self.account(name, "wallet").await, &self.account("hospital1", "institution").await, fen);
        self.post(name, "wallet/transfers", key, body).await
    }

    /// A hold for the hospital out of somebody's wallet, for an hour.
    pub async fn hold(&self, name: &str, key: &str, fen: i64) -> Answered {
        let (from, to) = (self.account(name, "wallet").await, self.account("hospital1", "institution").await);
        let mut body = settlement(&from, &to, fen);
        body["until"] = json!(instant(3_600));
        self.post(name, "wallet/holds", key, body).await
    }
}

pub fn settlement(from: &str, to: &str, fen: i64) -> Value {
    json!({ "purpose": "settle", "legs": [{ "from": from, "to": to, "amount_fen": fen }] })
}

/// So many seconds from now.
pub fn instant(seconds: i64) -> String {
    jiff::Timestamp::from_second(now() + seconds).unwrap().to_string()
}

pub fn now() -> i64 {
    i64::try_from(jsonwebtoken::get_current_timestamp()).unwrap()
}

pub fn header() -> Value {
    json!({ "alg": "EdDSA", "typ": "JWT", "kid": KID })
}

pub fn claims(role: &str, subject: u128, acts_for: Option<u128>) -> Value {
    assert!(Role::named(role).is_some(), "{role}");
    let mut claims = json!({
        "iss": ISSUER, "aud": "anxin", "sub": format!("{subject:032x}"), "role": role,
        "nbf": now() - 60, "exp": now() + 300,
    });
    if let Some(acts_for) = acts_for {
        claims["acts_for"] = json!(format!("{acts_for:032x}"));
    }
    claims
}
