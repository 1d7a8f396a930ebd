//! The wallet as a program that is started: what it refuses to start with, and what it leaves lying about.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::common::{anxin, done};
use crate::serve::Server;

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("books.db").display())
}

/// A request with a body of JSON: the status, the headers and the answer.
fn ask(server: &Server, line: &str, headers: &[(&str, &str)], body: &str) -> (u16, String, Value) {
    let mut head = format!("{line} HTTP/1.1\r\nContent-Type: application/json");
    for (name, value) in headers {
        head += &format!("\r\n{name}: {value}");
    }
    let (head, body) = server.ask(&head, body.as_bytes());
    let status = head.split_whitespace().nth(1).and_then(|s| s.parse().ok()).expect(&head);
    (status, head, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key}: {value}"))
}

/// All bytes of all files of a folder.
fn everything_in(folder: &Path) -> Vec<u8> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).flat_map(|path| fs::read(path).unwrap()).collect()
}

fn contains(bytes: &[u8], secret: &str) -> bool {
    bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
}

#[test]
fn what_is_secret_is_in_no_log_no_file_and_no_figure() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(folder.path());
    let mut server = Server::start(&["--log", "json", "--demo", "--database", &url]);
    let (wrong_password, person) = ("Planted-Passwort-7731", "440106199003071234");
    let refused = json!({ "name": person, "password": wrong_password }).to_string();
    assert_eq!(ask(&server, "POST /api/v1/sessions", &[], &refused).0, 401);
    let login = json!({ "name": "resident1", "password": "anxin-demo" }).to_string();
    let (status, _, session) = ask(&server, "POST /api/v1/sessions", &[], &login);
    assert_eq!(status, 200, "{session}");
    let refresh = json!({ "refresh_token": text(&session, "refresh_token") }).to_string();
    let (status, _, renewed) = ask(&server, "POST /api/v1/sessions/refresh", &[], &refresh);
    assert_eq!(status, 200, "{renewed}");
    let bearer = format!("Bearer {}", text(&renewed, "access_token"));
    let own = [("Authorization", bearer.as_str())];
    let (_, _, accounts) = ask(&server, "GET /api/v1/wallet/accounts", &own, "");
    let purse = accounts["accounts"].as_array().unwrap().iter().find(|a| a["kind"] == "wallet").unwrap();
    let keyed = [own[0], ("Idempotency-Key", "flow-1")];
    let (personal, purse) = (
        &accounts["accounts"].as_array().unwrap().iter().find(|a| a["kind"] == "personal").unwrap()["id"],
        &purse["id"],
    );
    let legs = json!([{ "from": personal, "to": purse, "amount_fen": 100 }]);
    let pay = json!({ "purpose": "top_up", "legs": legs }).to_string();
    let (status, _, booked) = ask(&server, "POST /api/v1/wallet/transfers", &keyed, &pay);
    assert_eq!(status, 201, "{booked}");
    // Somebody writes a person into a field that there is not, into an address, into a header.
    let odd = json!({ "purpose": "top_up", "legs": legs, "id_card": person }).to_string();
    assert_eq!(ask(&server, "POST /api/v1/wallet/transfers", &[own[0], ("Idempotency-Key", "flow-2")], &odd).0, 400);
    let in_address = format!("GET /api/v1/wallet/accounts?access_token={}", text(&renewed, "access_token"));
    assert_eq!(ask(&server, &in_address, &[], "").0, 401);
    let patient = format!("GET /api/v1/wallet/accounts/{person}?patient={person}");
    assert!(ask(&server, &patient, &[own[0], ("X-Person", person), ("User-Agent", person)], "").0 >= 400);
    ask(&server, &format!("POST /api/v1/estimates?{person}"), &[], person);
    let (_, figures) = server.ask("GET /metrics HTTP/1.1", b"");
    assert!(contains(&figures, "anxin_wallet_requests"));
    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("/api/v1/wallet/transfers"), "{log}");
    let files = everything_in(folder.path());
    assert!(contains(&files, "flow-1"), "the request is stored under its key");
    let (access, first) = (text(&renewed, "access_token"), text(&session, "access_token"));
    let signature = access.rsplit('.').next().unwrap();
    let secrets = [
        wrong_password,
        person,
        "anxin-demo\"",
        text(&session, "refresh_token"),
        text(&renewed, "refresh_token"),
        text(&renewed, "csrf_token"),
        access,
        first,
        signature,
    ];
    for secret in secrets {
        assert!(!contains(log.as_bytes(), secret), "in the log: {secret}");
        assert!(!contains(&files, secret), "in the files: {secret}");
        assert!(!contains(&figures, secret), "in the figures: {secret}");
    }
    assert!(!contains(log.as_bytes(), purse.as_str().unwrap()), "an account in the log");
}

#[test]
fn what_was_answered_is_there_after_a_stop() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(folder.path());
    let balance = |server: &Server| {
        let login = json!({ "name": "resident1", "password": "anxin-demo" }).to_string();
        let (_, _, session) = ask(server, "POST /api/v1/sessions", &[], &login);
        let bearer = format!("Bearer {}", text(&session, "access_token"));
        (bearer.clone(), ask(server, "GET /api/v1/wallet/accounts", &[("Authorization", &bearer)], "").2)
    };
    let mut server = Server::start(&["--log", "off", "--demo", "--database", &url]);
    let (bearer, before) = balance(&server);
    let of = |accounts: &Value, kind: &str, what: &str| {
        accounts["accounts"].as_array().unwrap().iter().find(|a| a["kind"] == kind).unwrap()[what].clone()
    };
    let legs = json!([{ "from": of(&before, "personal", "id"), "to": of(&before, "wallet", "id"), "amount_fen": 1 }]);
    for n in 0..20 {
        let body = json!({ "purpose": "top_up", "legs": legs }).to_string();
        let key = format!("stop-{n}");
        let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", key.as_str())];
        assert_eq!(ask(&server, "POST /api/v1/wallet/transfers", &headers, &body).0, 201);
    }
    assert_eq!(server.stop().0, Some(0));
    let server = Server::start(&["--log", "off", "--demo", "--database", &url]);
    assert!(ask(&server, "GET /api/v1/wallet/accounts", &[("Authorization", &bearer)], "").0 == 401, "of another key");
    assert_eq!(of(&balance(&server).1, "wallet", "posted_fen"), json!(50_020));
}

#[test]
fn a_key_that_everybody_has_is_taken_by_a_demonstration_only() {
    let folder = tempfile::tempdir().unwrap();
    let jwks = folder.path().join("jwks.json");
    let known = json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "a",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
    fs::write(&jwks, json!({ "keys": [known] }).to_string()).unwrap();
    let config = folder.path().join("anxin.toml");
    let text = format!(
        "[tokens]\nissuer = \"https://idp.example\"\njwks = [{:?}]\n[database]\nurl = {:?}\n",
        jwks,
        database(folder.path())
    );
    fs::write(&config, text).unwrap();
    let config = config.to_str().unwrap();
    let refused = anxin(&["serve", "--log", "off", "--port", "0", "--config", config]).assert().code(2);
    let told: Value = serde_json::from_slice(&refused.get_output().stderr).unwrap();
    assert_eq!(told["field"], "tokens.jwks");
    assert!(told["accepted"].as_str().unwrap().contains("public knowledge"), "{told}");
    let mut server = Server::start(&["--log", "off", "--config", config, "--demo"]);
    assert_eq!(ask(&server, "GET /readyz", &[], "").2["wallet"], "ok");
    assert_eq!(server.stop().0, Some(0));
    // Neither keys nor a demonstration: nobody could ever ask.
    let alone =
        anxin(&["serve", "--log", "off", "--port", "0", "--database", &database(folder.path())]).assert().code(2);
    assert!(String::from_utf8_lossy(&alone.get_output().stderr).contains("--demo"));
}

#[test]
fn settings_are_printed_read_and_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let printed = done(&["serve", "--print-config"], "");
    assert!(printed.contains("# Requests a minute") && printed.contains("per_subject = 600"), "{printed}");
    let file = folder.path().join("anxin.toml");
    fs::write(&file, &printed).unwrap();
    let mut server = Server::start(&["--log", "off", "--config", file.to_str().unwrap()]);
    assert_eq!(ask(&server, "GET /healthz", &[], "").0, 200, "what is printed is taken");
    assert_eq!(server.stop().0, Some(0));
    fs::write(&file, printed.replace("per_subject", "per_subjekt")).unwrap();
    let refused = anxin(&["serve", "--port", "0", "--config", file.to_str().unwrap()]).assert().code(2);
    let told: Value = serde_json::from_slice(&refused.get_output().stderr).unwrap();
    assert_eq!(told["field"], "limits.per_subjekt");
    let mut command = anxin(&["serve", "--port", "0"]);
    let refused = command.env("ANXIN_LIMITS_BATCH_ITEMS", "5000").assert().code(2);
    let told: Value = serde_json::from_slice(&refused.get_output().stderr).unwrap();
    assert_eq!((&told["field"], &told["accepted"]), (&json!("limits.batch_items"), &json!("1–1000")));
}

#[test]
fn a_story_begins_again_and_the_books_still_agree_with_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(folder.path());
    let told = ["seed", "--demo", "--story", "stay", "--story", "day", "--database", &url];
    let first = done(&told, "");
    assert!(first.contains("故事 stay") && first.contains("2026-10-29"), "{first}");
    let again = done(&told, "");
    assert!(again.contains("81000000000000000002"), "another pack each time: {again}");
    done(&["verify", "--database", &url], "");
    // Only for who says that it is a demonstration.
    anxin(&["seed", "--accounts", "1", "--story", "day", "--database", &url]).assert().code(2);
}

#[test]
fn seeding_twice_is_seeding_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(folder.path());
    let first = done(&["seed", "--demo", "--accounts", "1200", "--database", &url], "");
    assert!(first.contains("resident1") && first.contains("anxin-demo") && first.contains("1200 accounts"), "{first}");
    assert_eq!(done(&["seed", "--demo", "--accounts", "1200", "--database", &url], ""), first);
    let server = Server::start(&["--log", "off", "--demo", "--database", &url]);
    let login = json!({ "name": "auditor1", "password": "anxin-demo" }).to_string();
    let (_, _, session) = ask(&server, "POST /api/v1/sessions", &[], &login);
    let bearer = format!("Bearer {}", text(&session, "access_token"));
    let (mut all, mut after, mut sum) = (0, String::new(), 0);
    loop {
        let line = format!("GET /api/v1/wallet/accounts?most=500{after}");
        let (_, _, page) = ask(&server, &line, &[("Authorization", &bearer)], "");
        let accounts = page["accounts"].as_array().unwrap();
        all += accounts.len();
        sum += accounts.iter().map(|a| a["posted_fen"].as_i64().unwrap()).sum::<i64>();
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!((all, sum), (1_200 + 15, 0), "the books add up to nothing");
}

#[test]
fn keys_are_changed_and_once_more_changes_nothing() {
    const OLD: &str = "2026-01 000102030405060708090a0b0c0d0e0f";
    const NEW: &str = "2026-11 f0e0d0c0b0a090807060504030201000";
    let folder = tempfile::tempdir().unwrap();
    let [keys, people, config] = ["fields.keys", "family.key", "anxin.toml"].map(|name| folder.path().join(name));
    let url = database(folder.path());
    let settings = format!("[database]\nurl = {url:?}\n[fields]\nkeys = {keys:?}\n[family]\nkey = {people:?}\n");
    fs::write(&config, settings).unwrap();
    let config = config.to_str().unwrap();
    let (first, second) = ("0a".repeat(32), "0b".repeat(32));
    fs::write(&keys, OLD).unwrap();
    fs::write(&people, &first).unwrap();
    done(&["seed", "--demo", "--config", config], "");
    fs::write(&keys, format!("{OLD}\n{NEW}\n")).unwrap();
    fs::write(&people, format!("{first}\n2027 {second}\n")).unwrap();
    let rotate = ["keys", "rotate", "--config", config];
    let told = done(&rotate, "");
    assert!(told.contains("person.born") && !told.contains("\n0 values"), "{told}");
    assert!(told.contains("person.lookup") && !told.contains(" 0 digests"), "{told}");
    fs::write(&keys, NEW).unwrap();
    assert!(done(&rotate, "").trim_end().ends_with("\n0 values sealed anew, 0 digests renewed"));
    // With the old one alone nothing opens, and that is said by name.
    fs::write(&keys, OLD).unwrap();
    let refused = anxin(&rotate).assert().code(1);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("2026-11"));
}
