//! Stories of the demonstration: told on either database, told again from the beginning, and told nowhere else.

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::bank::{Bank, Base};
use crate::common::{Answered, ask};

async fn tell(bank: &Bank, story: &str) -> Answered {
    let request = TestRequest::post().uri("/api/v1/demo/stories").insert_header(("content-type", "application/json"));
    ask(&bank.service, request.set_payload(json!({ "story": story }).to_string())).await
}

/// A token out of a login, as the page gets one.
async fn token(bank: &Bank, name: &str) -> String {
    let request = TestRequest::post().uri("/api/v1/sessions").insert_header(("content-type", "application/json"));
    let login = json!({ "name": name, "password": "anxin-demo" });
    let session = ask(&bank.service, request.set_payload(login.to_string())).await.json();
    session["access_token"].as_str().unwrap_or_else(|| panic!("{session}")).to_owned()
}

async fn get(bank: &Bank, token: &str, path: &str) -> Value {
    let answered = bank.send(Some(token), TestRequest::get(), path, None, None).await;
    assert_eq!(answered.status, 200, "{path}");
    answered.json()
}

async fn post(bank: &Bank, token: &str, path: &str, key: &str, body: Value) -> Answered {
    bank.send(Some(token), TestRequest::post(), path, Some(key), Some(body)).await
}

/// His card at the till of the hospital, and the bill of the story.
async fn settled(bank: &Bank, till: &str, card: &Value, key: &str) -> Value {
    let reading = json!({ "cert": "03", "value": card, "business": "01301", "device": "till-1" });
    let read = post(bank, till, "pay/decode", &format!("{key}-read"), reading).await.json();
    assert_eq!(read["place"], json!({ "area": "in_province", "filing": "referred" }), "{read}");
    let bill = json!({ "split": { "total_fen": 3_860_000, "own_expense_fen": 260_000, "pre_self_pay_fen": 200_000 } });
    let stay = json!({ "level": "3_city", "discharged": "2026-11-02", "place": read["place"], "bill": bill });
    let mut asked = json!({
        "token": read["token"], "device": "till-1", "visit": { "inpatient": stay }, "use_accounts": true,
    });
    let pre = post(bank, till, "pay/presettle", &format!("{key}-pre"), asked.clone()).await.json();
    (asked["figures"], asked["cash"]) = (pre["figures"].clone(), json!({ "means": "cash" }));
    let order = post(bank, till, "pay/settle", &format!("{key}-settle"), asked).await.json();
    assert_eq!(order["state"], "settled", "{order}");
    pre
}

async fn he_settles_with_his_card_as_often_as_it_is_told(base: Base) {
    let bank = Bank::new(base).await;
    let mut before = None;
    for time in 0..3 {
        let told = tell(&bank, "stay").await;
        assert_eq!(told.status, 200, "{}", told.json());
        let story = told.json();
        let till = token(&bank, "hospital2").await;
        let pre = settled(&bank, &till, &story["card"], &format!("time-{time}")).await;
        let figures = &pre["figures"];
        assert_eq!(figures["medfee_sumamt_fen"], 3_860_000);
        assert_eq!(figures["acct_mulaid_pay_fen"], 200_000, "all that she shares: {figures}");
        assert!(pre["certainty"] == "uncertain", "nobody is told that it is certain: {pre}");
        // The year and the quota are as they were, or it would come to something else.
        assert_eq!(before.get_or_insert_with(|| figures.clone()), figures, "time {time}");
    }
}

#[actix_web::test]
async fn he_settles_with_his_card_on_sqlite() {
    he_settles_with_his_card_as_often_as_it_is_told(Base::Sqlite).await;
}

#[actix_web::test]
async fn he_settles_with_his_card_on_postgres() {
    he_settles_with_his_card_as_often_as_it_is_told(Base::Postgres).await;
}

async fn five_things_are_found(base: Base) {
    let bank = Bank::new(base).await;
    for time in 1..=2 {
        let told = tell(&bank, "day").await;
        assert_eq!(told.status, 200, "{}", told.json());
        let story = told.json();
        // Twenty working days after 24 September, which the holidays of the moon and of October interrupt.
        assert_eq!(story["due_on"], "2026-10-29", "{story}");
        let office = token(&bank, "area1").await;
        let batches = get(&bank, &office, "pay/clearing/batches").await;
        let batches = batches["batches"].as_array().unwrap();
        let of_story = |state: &str| batches.iter().filter(|batch| batch["state"] == state).count();
        let counted = ["paid", "withdrawn", "declared", "reviewed"].map(of_story);
        assert_eq!(counted, [time, time - 1, 1, 0], "what was told before waits for nobody: {batches:?}");
        // What was sold less what came back of the day before; what was reversed is not in it.
        let open = batches.iter().find(|batch| batch["state"] == "declared").unwrap();
        let sum = ["pooled_fen", "account_fen"].map(|part| open[part].as_i64().unwrap()).iter().sum::<i64>();
        assert_eq!((sum, open["late"] == true), (12_000 - 2_000, true), "{open}");
        let past = ["2026-09-25", "2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"];
        assert_eq!(open["holidays"], json!(past), "{open}");
        let differences = get(&bank, &office, "pay/differences").await;
        let differences = differences["differences"].as_array().unwrap();
        let waits = |found: &&Value| found["closed_at"].is_null();
        let [waiting] = differences.iter().filter(waits).collect::<Vec<_>>()[..] else { panic!("{differences:?}") };
        assert_eq!((differences.len(), &waiting["class"]), (time, &json!("only_institution")), "{differences:?}");
        begun_to_decide(&bank, &office, open, waiting).await;
        let standings = get(&bank, &office, "pay/clearing/standings").await;
        let suspended = &standings["standings"][0];
        assert_eq!((&suspended["kind"], &suspended["approved"]), (&json!("suspended"), &json!(true)), "{standings}");
        sold_before(&bank, &story).await;
        // 借贷两边相等: every fen that one account has, another owes.
        let accounts = get(&bank, &office, "wallet/accounts?most=500").await;
        let posted = accounts["accounts"].as_array().unwrap().iter().map(|account| account["posted_fen"].as_i64());
        assert_eq!(posted.sum::<Option<i64>>(), Some(0), "{accounts}");
        assert!((story["sum_fen"] == 0) && story["accounts"].as_u64().is_some_and(|all| all > 10), "{story}");
    }
}

/// An operator is in the middle of it when it is told again.
async fn begun_to_decide(bank: &Bank, office: &str, batch: &Value, difference: &Value) {
    let id = |of: &Value| of["id"].as_str().unwrap().to_owned();
    let (batch, difference) = (id(batch), id(difference));
    let path = format!("pay/clearing/batches/{batch}/steps");
    let reviewed = post(bank, office, &path, &batch, json!({ "step": "first_review" })).await;
    assert_eq!(reviewed.json()["state"], "reviewed", "{}", reviewed.json());
    let path = format!("pay/differences/{difference}/corrections");
    let asked = post(bank, office, &path, &difference, json!({ "kind": "leave", "reason": "机构未结算成功" })).await;
    assert!(asked.status < 300, "{}", asked.json());
}

/// The pack of the story at a till once more, and the pharmacy that may not settle.
async fn sold_before(bank: &Bank, story: &Value) {
    for (login, code, lines) in [
        ("hospital3", "AX9061", json!([{ "drug": "XDEMO00000000000000001", "codes": [story["pack"]], "count": 1 }])),
        ("pharmacy3", "AX9064", json!([])),
    ] {
        let till = token(bank, login).await;
        let key = format!("{login}-{}", story["pack"]);
        let reading = json!({ "cert": "03", "value": story["card"], "business": "01301", "device": "till-1" });
        let read = post(bank, &till, "pay/decode", &format!("{key}-read"), reading).await.json();
        let bill = json!({ "split": { "total_fen": 12_000, "own_expense_fen": 800, "pre_self_pay_fen": 600 } });
        let visit = json!({ "level": "3", "on": "2026-11-02", "place": read["place"], "bill": bill });
        let mut asked = json!({
            "token": read["token"], "device": "till-1", "visit": { "outpatient": visit }, "use_accounts": true,
            "lines": lines,
        });
        let pre = post(bank, &till, "pay/presettle", &format!("{key}-pre"), asked.clone()).await;
        let answer = if pre.status < 300 {
            (asked["figures"], asked["cash"]) = (pre.json()["figures"].clone(), json!({ "means": "cash" }));
            post(bank, &till, "pay/settle", &format!("{key}-settle"), asked).await
        } else {
            pre
        };
        assert_eq!(answer.json()["code"], code, "{login}: {}", answer.json());
    }
}

#[actix_web::test]
async fn five_things_are_found_on_sqlite() {
    five_things_are_found(Base::Sqlite).await;
}

#[actix_web::test]
async fn five_things_are_found_on_postgres() {
    five_things_are_found(Base::Postgres).await;
}

#[actix_web::test]
async fn where_people_are_real_there_are_no_stories() {
    let bank = Bank::with(Base::Sqlite, |settings| settings.demo = false).await;
    let told = tell(&bank, "stay").await;
    assert_eq!((told.status, &told.json()["code"]), (404, &json!("AX9001")));
}

#[actix_web::test]
async fn a_story_that_there_is_not_is_named() {
    let bank = Bank::new(Base::Sqlite).await;
    let told = tell(&bank, "night").await;
    assert_eq!((told.status, &told.json()["field"]), (400, &json!("story")), "{}", told.json());
}
