//! Every address of the wallet, asked by everybody about their own and about somebody else's (THREATS D1, D4). The
//! addresses come from the description: one that is not in the table below fails the test.

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::bank::{Bank, Base, instant, settlement};
use crate::common::get;

/// Who asks. The third is the person or institution that the token acts for.
const CALLERS: &[(&str, &str)] = &[
    ("owner", "resident"),
    ("stranger", "resident"),
    ("helper", "helper"),
    ("doctor", "doctor"),
    ("paid", "institution"),
    ("other institution", "institution"),
    ("area", "area"),
    ("asker", "area"),
    ("auditor", "auditor"),
    ("peer", "peer"),
    ("nobody", ""),
];

/// What each may do with what belongs to a resident and was paid to a hospital. `own` of a stranger is tried by
/// turning the residents round.
fn expected(operation: &str, caller: &str) -> u16 {
    match caller {
        "nobody" => return 401,
        "helper" | "doctor" | "peer" => return 403,
        _ => {}
    }
    let by = |owner: u16, stranger: u16, paid: u16, other: u16, area: u16, auditor: u16| match caller {
        "owner" => owner,
        "stranger" => stranger,
        "paid" => paid,
        "other institution" => other,
        "area" | "asker" => area,
        _ => auditor,
    };
    match operation {
        "accounts" => 200,
        "account" | "statement" | "statement_csv" => by(200, 404, 404, 404, 200, 200),
        "one_transfer" | "receipt" | "one_hold" => by(200, 404, 200, 404, 200, 200),
        "transfer" | "hold" => by(201, 404, 403, 403, 403, 403),
        "batch" => by(200, 404, 403, 403, 403, 403),
        "refund" => by(403, 403, 201, 404, 403, 403),
        "post_hold" => by(403, 403, 200, 404, 403, 403),
        "void_hold" => by(403, 403, 200, 404, 200, 403),
        "ask_correction" => by(403, 403, 403, 403, 201, 403),
        "one_correction" => by(403, 403, 403, 403, 200, 200),
        // Who asked for it does not decide it.
        "approve_correction" | "refuse_correction" if caller == "asker" => 403,
        "approve_correction" | "refuse_correction" => by(403, 403, 403, 403, 200, 403),
        other => panic!("nobody said who may do {other}"),
    }
}

struct Target {
    owner: &'static str,
    account: String,
    hospital: String,
}

/// The token of a caller when things of `owner` are asked for.
fn token(bank: &Bank, caller: &str, owner: &str) -> Option<String> {
    let other = if owner == "resident1" { "resident2" } else { "resident1" };
    let person = |name: &str| Some(bank.token(name));
    match caller {
        "owner" => person(owner),
        "stranger" => person(other),
        "helper" => {
            let dependant = wallet_api::people().into_iter().find(|p| p.name == owner).unwrap().subject;
            Some(bank.token_of("helper", 77, Some(dependant)))
        }
        "doctor" => person("doctor1"),
        "paid" => person("hospital1"),
        "other institution" => Some(bank.token_of("institution", 78, Some(79))),
        "area" => person("area2"),
        "asker" => person("area1"),
        "auditor" => person("auditor1"),
        "peer" => Some(bank.token_of("peer", 80, None)),
        "nobody" => None,
        _ => panic!("{caller}"),
    }
}

/// Things of the target's owner, made anew: an address with its ids, and a body.
async fn prepare(bank: &Bank, target: &Target, path: &str, operation: &str, n: usize) -> (String, Option<Value>) {
    let Target { owner, account, hospital } = target;
    let id = |answered: crate::common::Answered, name: &str| {
        assert_eq!(answered.status, 201, "{}", answered.json());
        answered.json()[name].as_str().unwrap().to_owned()
    };
    let pay = settlement(account, hospital, 2);
    let mut path = path.replace("{account}", account);
    if path.contains("{transfer}") || path.contains("{correction}") {
        let paid = id(bank.post(owner, "wallet/transfers", &format!("paid-{n}"), pay.clone()).await, "transfer");
        if path.contains("{correction}") {
            let ask = format!("wallet/transfers/{paid}/corrections");
            let asked = id(bank.post("area1", &ask, &format!("asked-{n}"), json!({ "reason": 3 })).await, "id");
            path = path.replace("{correction}", &asked);
        }
        path = path.replace("{transfer}", &paid);
    }
    let mut hold = pay.clone();
    hold["until"] = json!(instant(3_600));
    if path.contains("{hold}") {
        path = path
            .replace("{hold}", &id(bank.post(owner, "wallet/holds", &format!("held-{n}"), hold.clone()).await, "hold"));
    }
    let body = match operation {
        "transfer" => Some(pay),
        "hold" => Some(hold),
        "batch" => Some(json!({ "items": [{ "transfer": pay }] })),
        "refund" => Some(json!({ "amount_fen": 1 })),
        "post_hold" => Some(json!({})),
        "ask_correction" => Some(json!({ "reason": 3 })),
        _ => None,
    };
    (path.trim_start_matches("/api/v1/").to_owned(), body)
}

async fn everybody_asks_for_everything(base: Base) {
    let bank = Bank::with(base, |s| (s.limits.per_subject, s.limits.per_address) = (1_000_000, 1_000_000)).await;
    let description = get(&bank.service, "/api/openapi.json").await.json();
    let hospital = bank.account("hospital1", "institution").await;
    let mut asked = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if operation["tag"] == "wallet" || operation["tags"][0] != "wallet" {
                assert!(!path.contains("/wallet/"), "{path} has another tag");
                continue;
            }
            let name = operation["operationId"].as_str().unwrap();
            for owner in ["resident1", "resident2"] {
                let account = bank.account(owner, "wallet").await;
                let target = Target { owner, account, hospital: hospital.clone() };
                for (caller, _) in CALLERS {
                    asked += 1;
                    let (address, body) = prepare(&bank, &target, path, name, asked).await;
                    let request = if method == "get" { TestRequest::get() } else { TestRequest::post() };
                    let before = bank.posted(owner, &target.account).await;
                    let token = token(&bank, caller, owner);
                    let key = format!("ask-{asked}");
                    let answered = bank.send(token.as_deref(), request, &address, Some(&key), body).await;
                    let status = expected(name, caller);
                    let told = String::from_utf8_lossy(&answered.body).into_owned();
                    assert_eq!(answered.status, status, "{caller}: {method} {path} of {owner}: {told}");
                    if status >= 400 {
                        assert_eq!(bank.posted(owner, &target.account).await, before, "{caller}: {method} {path}");
                        assert!(!told.contains("posted_fen"), "{caller}: {method} {path}: {told}");
                    }
                }
            }
        }
    }
    assert!(asked >= 17 * CALLERS.len() * 2, "{asked}");
}

#[actix_web::test]
async fn everybody_gets_their_own_and_nobody_elses() {
    everybody_asks_for_everything(Base::Sqlite).await;
}

#[actix_web::test]
async fn everybody_gets_their_own_and_nobody_elses_on_postgres() {
    everybody_asks_for_everything(Base::Postgres).await;
}

#[actix_web::test]
async fn a_list_has_nobody_elses_accounts() {
    let bank = Bank::new(Base::Sqlite).await;
    let ids = async |name: &str| {
        let accounts = bank.get(name, "wallet/accounts").await.json();
        let ids = accounts["accounts"].as_array().unwrap().iter().map(|a| a["id"].as_str().unwrap().to_owned());
        ids.collect::<Vec<String>>()
    };
    let (first, second, hospital) = (ids("resident1").await, ids("resident2").await, ids("hospital1").await);
    assert_eq!((first.len(), second.len(), hospital.len()), (2, 2, 1));
    assert!(first.iter().all(|id| !second.contains(id)));
    assert_eq!(ids("area1").await.len(), 7, "all of them, and the area's own");
    assert_eq!(ids("auditor1").await, ids("area1").await);
}

#[actix_web::test]
async fn who_has_part_of_a_transfer_sees_that_part() {
    let bank = Bank::new(Base::Sqlite).await;
    let hospital = bank.account("hospital1", "institution").await;
    let (from, to) = (bank.account("resident1", "wallet").await, bank.account("resident2", "wallet").await);
    let body = json!({ "purpose": "wallet_transfer", "legs": [{ "from": from, "to": to, "amount_fen": 5 }] });
    let moved = bank.post("resident1", "wallet/transfers", "gift", body).await.json();
    let path = format!("wallet/transfers/{}", moved["transfer"].as_str().unwrap());
    for name in ["resident1", "resident2", "area1"] {
        assert_eq!(bank.get(name, &path).await.json()["legs"].as_array().unwrap().len(), 1, "{name}");
    }
    assert_eq!(bank.get("hospital1", &path).await.status, 404);
    let balances = moved["balances"].as_array().unwrap();
    assert!(balances.len() == 1 && balances[0]["account"] == json!(from), "not the other's balance: {moved}");
    let two = json!({ "purpose": "settle", "legs": [
        { "from": from, "to": hospital, "amount_fen": 5 },
        { "from": to, "to": hospital, "amount_fen": 5 },
    ] });
    assert_eq!(bank.post("resident1", "wallet/transfers", "two", two).await.status, 404, "not with another's money");
}
