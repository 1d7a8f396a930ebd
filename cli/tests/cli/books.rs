use std::path::Path;

use anxin_core::Fen;
use serde_json::Value;
use wallet_ledger::{AccountId, AccountKind, Command, Fund, Leg, Limits, OpenAccount, OwnerId, Purpose, TransferId};
use wallet_store::{BatchId, Clock, HeadKey, SqliteStore, own};

use crate::common::{anxin, done};

/// Books with a fund, a person, and so many monthly credits.
fn books(file: &Path, credits: u128) {
    let (fund, person) = (AccountId(1), AccountId(2));
    let open = |id: AccountId, kind| {
        let owner = OwnerId(id.0);
        Command::Open(OpenAccount { id, kind, fund: Fund::Account, owner, parent: None })
    };
    let legs = || vec![Leg { from: fund, to: person, amount: Fen::new(5_000).unwrap() }];
    let credit = |n| Command::Transfer { id: TransferId(n), purpose: Purpose::Credit, legs: legs() };
    let commands = [open(fund, AccountKind::Funding), open(person, AccountKind::Personal)];
    let commands = commands.into_iter().chain((0..credits).map(credit));
    let asked: Vec<_> = commands.enumerate().map(|(n, command)| own(1, 1, n.to_string(), command)).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = SqliteStore::open(file, 7, Limits::default(), Clock::Own).await.unwrap();
        store.commit(BatchId(1), &asked).await.unwrap();
        store.close().await;
    });
}

#[test]
fn a_worker_signs_and_what_it_signed_is_verified() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (heads, key, public) = (path("heads.jsonl"), path("key.pem"), path("public.pem"));
    let (secret, pem) = HeadKey::generate().unwrap();
    std::fs::write(&key, pem).unwrap();
    std::fs::write(&public, secret.public().to_pem()).unwrap();
    books(&folder.path().join("books.db"), 9);
    let url = format!("sqlite:{}", path("books.db"));
    let area = ["--area", "7"];
    let work = ["worker", "--database", &url, "--heads", &heads, "--key", &key, "--once", "--log", "off"];
    done(&[&work[..], &area].concat(), "");
    assert_eq!(std::fs::read_to_string(&heads).unwrap().lines().count(), 1);
    let verify = ["verify", "--database", &url, "--heads", &heads, "--public-key", &public];
    let said = done(&[&verify[..], &area].concat(), "");
    assert!(said.contains("账目无误") && said.contains("分录 11 条") && said.contains("账首 1 个"), "{said}");

    // A copy from before: the file knows of more.
    books(&folder.path().join("old.db"), 4);
    let old = format!("sqlite:{}", path("old.db"));
    let again = ["verify", "--database", &old, "--heads", &heads, "--public-key", &public, "--format", "json"];
    let output = anxin(&[&again[..], &area].concat()).assert().code(3).get_output().stdout.clone();
    let told: Value = serde_json::from_slice(&output).unwrap();
    assert_eq!((&told["sound"], &told["line"]), (&Value::Bool(false), &Value::from(6)), "{told}");
    let work = ["worker", "--database", &old, "--heads", &heads, "--key", &key, "--once", "--log", "off"];
    anxin(&[&work[..], &area].concat()).assert().code(3);
    assert_eq!(std::fs::read_to_string(&heads).unwrap().lines().count(), 1, "nothing was signed");
}

#[test]
fn the_demonstration_key_is_refused_for_real_books() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("key.pem"), wallet_store::DEMO_KEY).unwrap();
    let (url, heads, key) = (format!("sqlite:{}", path("books.db")), path("heads.jsonl"), path("key.pem"));
    let work = ["worker", "--database", &url, "--heads", &heads, "--once", "--log", "off"];
    anxin(&[&work[..], &["--key", &key]].concat()).assert().code(1);
    anxin(&work).assert().code(2);
    anxin(&[&work[..], &["--demo"]].concat()).assert().success();
    // Nothing is made by looking.
    anxin(&["verify", "--database", &format!("sqlite:{}", path("none.db"))]).assert().code(1);
    assert!(!folder.path().join("none.db").exists());
}
