//! Keys that an identity provider publishes at an address (SECURITY C7, D9).

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use actix_web::test::TestRequest;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};

use crate::bank::{Bank, Base, b64, claims, header, key};

/// A server that gives every request the same answer, until it is told another.
struct Provider {
    address: SocketAddr,
    answer: Arc<Mutex<String>>,
    asked: Arc<AtomicUsize>,
}

impl Provider {
    fn start() -> Provider {
        let door = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = door.local_addr().unwrap();
        let (answer, asked) = (Arc::<Mutex<String>>::default(), Arc::<AtomicUsize>::default());
        let (told, count) = (Arc::clone(&answer), Arc::clone(&asked));
        std::thread::spawn(move || {
            for guest in door.incoming() {
                let mut guest = guest.unwrap();
                let _ = guest.read(&mut [0; 4096]);
                count.fetch_add(1, Ordering::SeqCst);
                let answer = told.lock().unwrap().clone();
                if answer.is_empty() {
                    // Says nothing, and does not hang up either.
                    std::mem::forget(guest);
                } else {
                    let _ = guest.write_all(answer.as_bytes());
                }
            }
        });
        Provider { address, answer, asked }
    }

    fn says(&self, status: &str, headers: &str, body: &str) {
        let length = body.len();
        *self.answer.lock().unwrap() =
            format!("HTTP/1.1 {status}\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}");
    }

    fn publishes(&self, keys: &[(&str, &Ed25519KeyPair)]) {
        let keys: Vec<Value> = keys.iter().map(|(kid, key)| jwk(kid, key)).collect();
        // Providers publish keys for encryption, and of other kinds, beside them.
        let others = [json!({ "kty": "RSA", "use": "enc", "alg": "RSA-OAEP", "kid": "enc", "n": "AQAB", "e": "AQAB" })];
        let set = json!({ "keys": others.into_iter().chain(keys).collect::<Vec<_>>() });
        self.says("200 OK", "content-type: application/json\r\n", &set.to_string());
    }

    fn hangs(&self) {
        self.answer.lock().unwrap().clear();
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until it has been asked so many times more.
    async fn wait(&self, times: usize) {
        let enough = self.asked() + times;
        let patience = Instant::now();
        while self.asked() < enough {
            assert!(patience.elapsed() < Duration::from_secs(30), "nobody asks");
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn bank(&self) -> Bank {
        let url = format!("http://{}/jwks", self.address);
        Bank::with(Base::Sqlite, |settings| {
            settings.tokens.jwks_urls = vec![url];
            settings.tokens.jwks_seconds = 1;
        })
        .await
    }
}

fn jwk(kid: &str, key: &Ed25519KeyPair) -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": kid, "x": b64(key.public_key().as_ref()) })
}

fn token(kid: &str, key: &Ed25519KeyPair) -> String {
    let mut head = header();
    head["kid"] = json!(kid);
    let claims = claims("resident", wallet_api::people()[0].subject, None);
    let message = format!("{}.{}", b64(head.to_string()), b64(claims.to_string()));
    format!("{message}.{}", b64(key.sign(message.as_bytes()).as_ref()))
}

async fn status(bank: &Bank, token: &str) -> u16 {
    bank.send(Some(token), TestRequest::get(), "wallet/accounts", None, None).await.status
}

/// Asks until the answer is the one that is waited for.
async fn becomes(bank: &Bank, token: &str, wanted: u16) {
    let patience = Instant::now();
    loop {
        let have = status(bank, token).await;
        if have == wanted {
            return;
        }
        assert!(patience.elapsed() < Duration::from_secs(30), "{have} and not {wanted}");
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn counted(bank: &Bank, what: &str) -> u64 {
    let figures = crate::common::get(&bank.service, "/metrics").await;
    let text = String::from_utf8(figures.body.to_vec()).unwrap();
    let start = format!("anxin_provider_keys_total{{keys=\"{what}\"}} ");
    text.lines().find_map(|line| line.strip_prefix(&start)).map_or(0, |count| count.parse().unwrap())
}

#[actix_web::test]
async fn keys_are_fetched_and_those_that_are_withdrawn_count_no_more() {
    let (provider, first, second) = (Provider::start(), key(), key());
    provider.publishes(&[("first", &first)]);
    let bank = provider.bank().await;
    let of_first = token("first", &first);
    becomes(&bank, &of_first, 200).await;
    assert_eq!(status(&bank, &token("second", &second)).await, 401);
    assert_eq!(status(&bank, &token("first", &second)).await, 401, "signed by another");
    provider.publishes(&[("first", &first), ("second", &second)]);
    becomes(&bank, &token("second", &second), 200).await;
    provider.publishes(&[("second", &second)]);
    becomes(&bank, &of_first, 401).await;
    assert_eq!(status(&bank, &token("second", &second)).await, 200);
    assert!(counted(&bank, "taken").await >= 3);
}

#[actix_web::test]
async fn whatever_a_provider_answers_the_last_good_keys_stay() {
    let (provider, elsewhere, good, bad) = (Provider::start(), Provider::start(), key(), key());
    provider.publishes(&[("good", &good)]);
    elsewhere.publishes(&[("bad", &bad)]);
    let bank = provider.bank().await;
    let (good, bad) = (token("good", &good), token("bad", &bad));
    becomes(&bank, &good, 200).await;
    let away = format!("location: http://{}/jwks\r\n", elsewhere.address);
    let private = json!({ "keys": [{ "kty": "oct", "alg": "EdDSA", "kid": "k", "k": "c2VjcmV0" }] }).to_string();
    // Of the file of the settings: nobody else may publish a key under its name.
    let taken = json!({ "keys": [jwk(crate::bank::KID, &key())] }).to_string();
    let long = format!("{{\"keys\":[{}]}}", " ".repeat(100_000));
    for (answer, headers, body) in [
        ("500 Internal Server Error", "", "{\"keys\":[]}"),
        ("200 OK", "", "{\"keys\":[]}"),
        ("200 OK", "", "<html>"),
        ("200 OK", "", private.as_str()),
        ("200 OK", "", taken.as_str()),
        ("200 OK", "", long.as_str()),
        ("302 Found", away.as_str(), ""),
        ("307 Temporary Redirect", away.as_str(), ""),
    ] {
        let failed = counted(&bank, "failed").await;
        provider.says(answer, headers, body);
        provider.wait(2).await;
        let body: String = body.chars().take(40).collect();
        assert!(counted(&bank, "failed").await > failed, "{answer} {body}");
        assert_eq!((status(&bank, &good).await, status(&bank, &bad).await), (200, 401), "{answer} {body}");
    }
    assert_eq!(elsewhere.asked(), 0, "a redirect leads nowhere");
}

#[actix_web::test]
async fn nobody_waits_for_a_provider_that_does_not_answer() {
    let (provider, strange) = (Provider::start(), key());
    provider.hangs();
    let began = Instant::now();
    let bank = provider.bank().await;
    provider.wait(0).await;
    // Those of the settings' file count all along.
    assert_eq!(status(&bank, &bank.token("resident1")).await, 200);
    for _ in 0..5 {
        assert_eq!(status(&bank, &token("strange", &strange)).await, 401);
    }
    assert!(began.elapsed() < Duration::from_secs(9), "somebody waited: {:?}", began.elapsed());
}

#[actix_web::test]
async fn a_server_without_any_key_yet_is_not_ready() {
    let (provider, good) = (Provider::start(), key());
    provider.hangs();
    let url = format!("http://{}/jwks", provider.address);
    let folder = tempfile::tempdir().unwrap();
    let mut settings = crate::bank::settings(Base::Sqlite, folder.path(), &good).await;
    (settings.demo, settings.tokens.jwks, settings.tokens.jwks_urls) = (false, Vec::new(), vec![url]);
    settings.family.key = "".into();
    let service = crate::bank::open(&settings).await;
    assert_eq!(crate::common::get(&service, "/readyz").await.status, 503);
}

/// No request names an address that the server would then ask.
#[test]
fn no_request_has_a_field_for_an_address() {
    let description = wallet_api::openapi::document(&anxin_core::dispatch::Engine::new());
    let (mut fields, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let operations = description["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap());
    for (_, operation) in operations {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        fields.extend(parameters.map(|parameter| parameter["name"].as_str().unwrap().to_owned()));
        asked(&operation["requestBody"], &description, &mut seen, &mut fields);
    }
    assert!(fields.len() > 150, "{}", fields.len());
    let words = ["url", "uri", "href", "callback", "webhook", "endpoint", "redirect", "host", "jku"];
    let suspicious = |name: &&String| name.to_lowercase().split(['_', '-']).any(|part| words.contains(&part));
    let found: Vec<&String> = fields.iter().filter(suspicious).collect();
    assert!(found.is_empty(), "{found:?}: whoever adds one adds a list of what it may name");
}

/// The names of all that a body may have, and the formats of its texts.
fn asked(value: &Value, all: &Value, seen: &mut BTreeSet<String>, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref")
                && seen.insert(reference.clone())
            {
                asked(all.pointer(reference.trim_start_matches('#')).unwrap(), all, seen, into);
            }
            if let Some(Value::Object(properties)) = members.get("properties") {
                into.extend(properties.keys().cloned());
            }
            if let Some(Value::String(format)) = members.get("format") {
                into.insert(format.clone());
            }
            members.values().for_each(|value| asked(value, all, seen, into));
        }
        Value::Array(items) => items.iter().for_each(|value| asked(value, all, seen, into)),
        _ => {}
    }
}
