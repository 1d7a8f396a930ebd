//! A patient and a till over HTTP: shown, read, presettled, settled, refunded, and everything that is tried with codes
//! and tokens that are not for it.

use actix_web::test::TestRequest;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::bank::{Bank, Base, Hands, MORNING, number};
use crate::common::Answered;

const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];
const SECOND: i64 = 1_000_000;

fn visit() -> Value {
    json!({ "outpatient": {
        "level": "3", "on": "2026-11-02", "place": { "area": "in_province", "filing": "long_term" },
        "bill": { "split": { "total_fen": 12_000, "own_expense_fen": 800, "pre_self_pay_fen": 600 } },
    } })
}

async fn bank(base: Base, hands: &Hands) -> Bank {
    Bank::at(base, hands, |s| (s.limits.per_subject, s.limits.per_address) = (1_000_000, 1_000_000)).await
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("{key}: {value}")).to_owned()
}

async fn code(bank: &Bank, who: &str) -> String {
    text(&bank.post(who, "wallet/codes", "code", json!({})).await.json(), "code")
}

fn reading(value: &str) -> Value {
    json!({ "cert": "01", "value": value, "business": "01301", "device": "till-1" })
}

async fn read(bank: &Bank, key: &str, ask: Value) -> Answered {
    bank.post("hospital1", "pay/decode", key, ask).await
}

async fn token(bank: &Bank, who: &str, key: &str) -> String {
    let read = read(bank, key, reading(&code(bank, who).await)).await;
    assert_eq!(read.status, 200, "{}", read.json());
    text(&read.json(), "token")
}

fn presettling(token: &str) -> Value {
    json!({ "token": token, "device": "till-1", "visit": visit(), "use_accounts": true })
}

async fn settling(bank: &Bank, token: &str) -> Value {
    let mut ask = presettling(token);
    let pre = bank.post("hospital1", "pay/presettle", "pre", ask.clone()).await;
    assert_eq!(pre.status, 200, "{}", pre.json());
    (ask["figures"], ask["cash"]) = (pre.json()["figures"].clone(), json!({ "means": "cash" }));
    ask
}

/// Status and body of a refusal, without what is of the single request.
fn told(answered: &Answered) -> (u16, Value) {
    let mut told = answered.json();
    told["request_id"] = Value::Null;
    (answered.status, told)
}

#[actix_web::test]
async fn a_patient_shows_a_code_and_the_bill_is_paid() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = bank(base, &hands).await;
        let shown = code(&bank, "worker1").await;
        assert!(shown.len() == 28 && shown.starts_with("424") && shown.ends_with("000000"), "{shown}");
        let read = read(&bank, "read", reading(&shown)).await.json();
        assert_eq!(
            (text(&read, "name"), read["age"].as_i64(), text(&read, "area")),
            ("何*".into(), Some(34), "441800".into())
        );
        assert_eq!((&read["place"], text(&read, "level")), (&visit()["outpatient"]["place"], "3".into()));
        let ask = settling(&bank, &text(&read, "token")).await;
        assert_eq!(ask["figures"]["hifp_pay_fen"], 9_010);
        let settled = bank.post("hospital1", "pay/settle", "settle", ask.clone()).await;
        assert_eq!((settled.status, text(&settled.json(), "state")), (201, "settled".into()));
        let again = bank.post("hospital1", "pay/settle", "settle", ask).await;
        assert_eq!((again.status, again.header("idempotency-replayed"), &again.body), (201, "true", &settled.body));
        let orders = bank.get("worker1", "pay/orders").await.json();
        assert_eq!(orders["orders"].as_array().unwrap().len(), 1);
        assert_eq!(orders["orders"][0]["figures"]["acct_pay_fen"], 2_990);
        let path = format!("pay/orders/{}/refund", text(&settled.json(), "id"));
        let refunded = bank.post("hospital1", &path, "back", json!({ "amount_fen": 12_000 })).await.json();
        assert_eq!(text(&refunded, "state"), "refunded");
        assert_eq!(bank.posted("worker1", &bank.account("worker1", "personal").await).await, 250_000);
    }
}

/// Wrong, used and expired: one body (SECURITY C1, C5, C6). The same request again is not another reading.
#[actix_web::test]
async fn a_code_is_read_once_and_in_time_and_what_is_wrong_is_not_said() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = bank(base, &hands).await;
        let shown = code(&bank, "worker1").await;
        let first = read(&bank, "one", reading(&shown)).await;
        assert_eq!(first.status, 200, "{}", first.json());
        assert_eq!(read(&bank, "one", reading(&shown)).await.body, first.body, "the same request");
        let used = told(&read(&bank, "two", reading(&shown)).await);
        let wrong = told(&read(&bank, "three", reading("4240000000000000000000000000")).await);
        let late = code(&bank, "worker1").await;
        hands.set(MORNING + 60 * SECOND);
        let expired = told(&read(&bank, "four", reading(&late)).await);
        assert_eq!((used.0, used.1["code"].as_str()), (422, Some("AX9033")));
        assert_eq!((&wrong, &expired), (&used, &used));
        let nobody = json!({ "cert": "02", "value": "000000199001010099", "business": "01301", "device": "till-1" });
        assert_eq!(told(&read(&bank, "five", nobody).await), used, "nor whether somebody has a number");
        // A minute's code is good until its last microsecond, and no longer.
        let shown = code(&bank, "worker1").await;
        hands.set(MORNING + 120 * SECOND - 1);
        assert_eq!(read(&bank, "six", reading(&shown)).await.status, 200);
    }
}

/// R2: the one before is good for five seconds more.
#[actix_web::test]
async fn a_new_code_ends_the_one_before() {
    let hands = Hands::at(MORNING);
    let bank = bank(Base::Sqlite, &hands).await;
    let (early, held) = (code(&bank, "worker1").await, code(&bank, "resident1").await);
    code(&bank, "worker1").await;
    code(&bank, "resident1").await;
    hands.set(MORNING + 4 * SECOND);
    assert_eq!(read(&bank, "held", reading(&held)).await.status, 200, "under the scanner");
    hands.set(MORNING + 5 * SECOND);
    assert_eq!(read(&bank, "early", reading(&early)).await.status, 422);
}

/// SECURITY C3: a token is for one institution, operator, till and purpose, up to a ceiling, once.
#[actix_web::test]
async fn a_token_is_good_for_what_it_was_made_for() {
    let hands = Hands::at(MORNING);
    let bank = bank(Base::Sqlite, &hands).await;
    let refused = |answered: Answered| {
        assert_eq!((answered.status, text(&answered.json(), "code")), (422, "AX9035".into()));
    };
    let made = token(&bank, "worker1", "one").await;
    let people = wallet_api::people();
    let hospital = people.iter().find(|p| p.name == "hospital1").unwrap();
    let others =
        [bank.token_of("institution", hospital.subject, Some(79)), bank.token_of("institution", 78, hospital.acts_for)];
    for other in others {
        let body = Some(presettling(&made));
        refused(bank.send(Some(&other), TestRequest::post(), "pay/presettle", None, body).await);
    }
    let mut elsewhere = presettling(&made);
    elsewhere["device"] = json!("till-2");
    refused(bank.post("hospital1", "pay/presettle", "k", elsewhere).await);
    refused(bank.post("hospital1", "pay/presettle", "k", presettling(&"0".repeat(64))).await);
    let mut report = reading(&code(&bank, "worker1").await);
    report["business"] = json!("01303");
    let report = text(&read(&bank, "report", report).await.json(), "token");
    refused(bank.post("hospital1", "pay/presettle", "k", presettling(&report)).await);
    let mut low = reading(&code(&bank, "worker1").await);
    low["ceiling_fen"] = json!(11_999);
    let low = text(&read(&bank, "low", low).await.json(), "token");
    refused(bank.post("hospital1", "pay/presettle", "k", presettling(&low)).await);
    let mut moved = settling(&bank, &made).await;
    moved["figures"]["hifp_pay_fen"] = json!(1);
    let moved = bank.post("hospital1", "pay/settle", "moved", moved).await.json();
    assert_eq!(text(&moved, "code"), "AX9031", "and the token is still good");
    let ask = settling(&bank, &made).await;
    assert_eq!(bank.post("hospital1", "pay/settle", "a", ask.clone()).await.status, 201);
    refused(bank.post("hospital1", "pay/settle", "b", ask.clone()).await);
    let late = token(&bank, "worker1", "late").await;
    hands.set(MORNING + 300 * SECOND);
    refused(bank.post("hospital1", "pay/presettle", "k", presettling(&late)).await);
    assert_eq!(bank.post("hospital1", "pay/settle", "a", ask).await.status, 201, "the same request, however late");
}

/// A card and a face are equal to the code; who came instead of the patient is recorded.
#[actix_web::test]
async fn nobody_needs_a_phone() {
    let bank = bank(Base::Sqlite, &Hands::at(MORNING)).await;
    for cert in ["02", "03", "face"] {
        let mut ask = reading(number("worker1"));
        ask["cert"] = json!(cert);
        ask["agent_number"] = json!(number("daughter1"));
        let read = read(&bank, cert, ask).await;
        assert_eq!((read.status, &read.json()["by_agent"]), (200, &json!(true)), "{}", read.json());
        settling(&bank, &text(&read.json(), "token")).await;
    }
    let helper = bank.post("helper1", "wallet/codes", "code", json!({})).await.json();
    let read = read(&bank, "helper", reading(&text(&helper, "code"))).await.json();
    assert_eq!((&read["by_agent"], text(&read, "name")), (&json!(true), "李*".into()), "of who is helped");
}

/// SECURITY C2: whoever guesses is soon told to wait, also with a code that is good.
#[actix_web::test]
async fn who_guesses_codes_waits() {
    let bank = bank(Base::Sqlite, &Hands::at(MORNING)).await;
    for n in 0..20 {
        let guess = format!("424{n:019}000000");
        assert_eq!(read(&bank, &format!("guess {n}").replace(' ', "-"), reading(&guess)).await.status, 422);
    }
    let shown = code(&bank, "worker1").await;
    let told = read(&bank, "good", reading(&shown)).await;
    assert_eq!((told.status, told.header("retry-after")), (429, "61"));
}

/// SECURITY A4: refunds from many at once never exceed what was paid, and each goes the way it came.
#[actix_web::test]
async fn refunds_at_once_never_exceed() {
    for base in BOTH {
        let bank = bank(base, &Hands::at(MORNING)).await;
        let ask = settling(&bank, &token(&bank, "worker1", "one").await).await;
        let order = text(&bank.post("hospital1", "pay/settle", "a", ask).await.json(), "id");
        let path = format!("pay/orders/{order}/refund");
        let keys: Vec<String> = (0..16).map(|n| format!("r{n}")).collect();
        let all = keys.iter().map(|key| bank.post("hospital1", &path, key, json!({ "amount_fen": 1_000 })));
        let done = join_all(all).await.iter().filter(|answered| answered.status == 200).count();
        assert_eq!(done, 12, "12,000 in all");
        assert_eq!(text(&bank.get("worker1", &format!("pay/orders/{order}")).await.json(), "state"), "refunded");
        assert_eq!(bank.posted("worker1", &bank.account("worker1", "personal").await).await, 250_000);
    }
}

/// The same with amounts by chance, some under keys that came before: what came back is what was paid, and no more.
#[actix_web::test]
async fn refunds_by_chance_end_at_what_was_paid() {
    let bank = bank(Base::Postgres, &Hands::at(MORNING)).await;
    let mut seed = 7_u64;
    let mut chance = move |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    for round in 0..4 {
        let ask = settling(&bank, &token(&bank, "worker1", &format!("t{round}")).await).await;
        let order = text(&bank.post("hospital1", "pay/settle", &format!("s{round}"), ask).await.json(), "id");
        let path = format!("pay/orders/{order}/refund");
        let asked: Vec<(String, u64)> = (0..24).map(|n| (format!("{round}-{}", n % 20), chance(2_500) + 1)).collect();
        let all = asked.iter().map(|(key, fen)| bank.post("hospital1", &path, key, json!({ "amount_fen": fen })));
        join_all(all).await;
        let seen = bank.get("worker1", &format!("pay/orders/{order}")).await.json();
        let done = seen["refunds"].as_array().unwrap().iter().filter(|refund| refund["state"] == "done");
        let back: i64 = done.map(|refund| refund["amount_fen"].as_i64().unwrap()).sum();
        assert!(back <= 12_000, "{back}: {seen}");
        let rest = json!({ "amount_fen": 12_000 - back });
        let last = bank.post("hospital1", &path, &format!("{round}-rest"), rest).await.json();
        assert!(back == 12_000 || text(&last, "state") == "refunded", "{back}: {last}");
        assert_eq!(bank.posted("worker1", &bank.account("worker1", "personal").await).await, 250_000);
    }
}

/// SECURITY C8: neither a code nor a token is in the database's file.
#[actix_web::test]
async fn codes_and_tokens_are_kept_nowhere() {
    let bank = bank(Base::Sqlite, &Hands::at(MORNING)).await;
    let shown = code(&bank, "worker1").await;
    let made = text(&read(&bank, "one", reading(&shown)).await.json(), "token");
    let ask = settling(&bank, &made).await;
    bank.post("hospital1", "pay/settle", "a", ask).await;
    let mut looked = 0;
    for file in std::fs::read_dir(bank.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        looked += bytes.len();
        for secret in [&shown, &made] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
        }
    }
    assert!(looked > 100_000, "{looked}");
}

/// What is wrong with the address is found before anything is done.
#[actix_web::test]
async fn a_language_that_is_named_twice_makes_no_code() {
    let bank = bank(Base::Sqlite, &Hands::at(MORNING)).await;
    for (query, status) in [("?lang=zh&lang=en", 400), ("?lang=fr", 400), ("?lang=en", 201)] {
        let made = bank.post("resident1", &format!("wallet/codes{query}"), "code", json!({})).await;
        assert_eq!(made.status, status, "{query}");
    }
}
