//! Differences that 3202 found, and what two operators make of them: all of it is booked or nothing.

use serde_json::{Value, json};

use super::reconcile::{detail, line, put, zipped};
use super::settle::Counter;
use crate::bank::Base;
use crate::common::Answered;

struct Office {
    counter: Counter,
    paid: Value,
    before: i64,
}

fn code(answered: &Answered) -> String {
    answered.json()["code"].as_str().unwrap_or_default().to_owned()
}

impl Office {
    /// One settlement of 240.00 that the hospital does not know of.
    async fn new(base: Base) -> Office {
        let counter = Counter::new(base).await;
        let before = counter.money().await;
        let paid = counter.pay("240.00").await;
        assert_ne!(counter.money().await, before);
        let office = Office { counter, paid, before };
        office.compare("", "0.00", "0.00", 0).await;
        office
    }

    async fn compare(&self, text: &str, medfee: &str, funds: &str, count: usize) -> Value {
        let file = put(&self.counter.till, zipped(text)).await;
        self.counter.till.done("3202", detail(&file, medfee, funds, count)).await["stmtinfo"].clone()
    }

    async fn agree(&self) {
        let of = |field: &str| self.paid[field].clone();
        let (medfee, funds, acct) = (of("medfee_sumamt"), of("fund_pay_sumamt"), of("acct_pay"));
        let text = line(&self.counter, &self.paid["setl_id"], 0, [&medfee, &funds, &acct]);
        self.compare(&text, medfee.as_str().unwrap(), funds.as_str().unwrap(), 1).await;
    }

    async fn all(&self) -> Vec<Value> {
        let told = self.counter.till.bank.get("area1", "pay/differences").await.json();
        told["differences"].as_array().unwrap().clone()
    }

    async fn of_settlement(&self) -> Value {
        let all = self.all().await;
        all.into_iter().find(|difference| difference["setl_id"] == self.paid["setl_id"]).unwrap()
    }

    async fn ask(&self, who: &str, key: &str, kind: &str) -> Answered {
        let difference = self.of_settlement().await;
        let path = format!("pay/differences/{}/corrections", difference["id"].as_str().unwrap());
        self.counter.till.bank.post(who, &path, key, json!({ "kind": kind, "reason": "医院未收到结算结果" })).await
    }

    async fn decide(&self, who: &str, decision: &str) -> Answered {
        let difference = self.of_settlement().await;
        let last = difference["corrections"].as_array().unwrap().last().unwrap()["id"].clone();
        let path = format!("pay/differences/corrections/{}/{decision}", last.as_str().unwrap());
        self.counter.till.bank.post(who, &path, "", Value::Null).await
    }
}

#[actix_web::test]
async fn what_only_the_area_has_is_taken_back_by_two_operators_and_once() {
    for base in [Base::Sqlite, Base::Postgres] {
        let office = Office::new(base).await;
        let bank = &office.counter.till.bank;
        let found = office.of_settlement().await;
        assert_eq!((&found["class"], &found["ours"]["total_fen"]), (&json!("only_area"), &json!(24_000)), "{found}");
        assert_eq!((&found["booked"]["total_fen"], &found["theirs"]), (&json!(24_000), &Value::Null));
        let own = bank.get("hospital1", "pay/differences").await.json();
        assert_eq!(own["differences"].as_array().unwrap().len(), 1, "the hospital sees its own");
        assert_eq!(bank.get("resident1", "pay/differences").await.status, 403);

        let paid = office.counter.money().await;
        assert_eq!(office.ask("hospital1", "k", "take_back").await.status, 403);
        assert_eq!(office.ask("area1", "k", "take_back").await.status, 201);
        assert_eq!(office.ask("area1", "k", "take_back").await.status, 201, "once for a key");
        assert_eq!(code(&office.ask("area1", "k", "leave").await), "AX9014", "another under the same key");
        assert_eq!(code(&office.ask("area2", "k", "leave").await), "AX9016", "one correction at a time");
        assert_eq!(code(&office.decide("area1", "approval").await), "AX9015", "their own");
        assert_eq!(office.counter.money().await, paid, "nothing before it is approved");
        let done = office.decide("area2", "approval").await.json();
        assert_eq!((&done["corrections"][0]["state"], &done["booked"]["state"]), (&json!("done"), &json!("refunded")));
        assert!(done["closed_at"].is_string(), "{done}");
        assert_eq!(office.counter.money().await, office.before, "all of it is back where it came from");
        assert_eq!(office.decide("area2", "approval").await.status, 200, "approved again");
        assert_eq!(office.counter.money().await, office.before, "and booked once");
        assert_eq!(code(&office.ask("area1", "k2", "leave").await), "AX9032", "it is closed");

        // The list has it and what took it off; the hospital's own 2208 comes too late.
        let back = office.counter.back(&office.paid["setl_id"]);
        assert_eq!(office.counter.till.refused("2208", back).await.0, "AX5018");
        let told = office.compare("", "0.00", "0.00", 0).await;
        assert_eq!(told["only_area"], 2, "{told}");
        assert!(office.of_settlement().await["closed_at"].is_string(), "what was decided stays decided");
    }
}

#[actix_web::test]
async fn a_correction_that_is_refused_or_comes_too_late_books_nothing() {
    let office = Office::new(Base::Sqlite).await;
    assert_eq!(office.ask("area1", "k", "take_back").await.status, 201);
    let refused = office.decide("area2", "refusal").await.json();
    assert_eq!((&refused["corrections"][0]["state"], &refused["closed_at"]), (&json!("refused"), &Value::Null));
    assert_eq!(code(&office.decide("area2", "approval").await), "AX9016");
    assert_ne!(office.counter.money().await, office.before);

    // The hospital finds it and takes it back itself before the second operator approves.
    assert_eq!(office.ask("area1", "k2", "take_back").await.status, 201);
    office.counter.till.done("2208", office.counter.back(&office.paid["setl_id"])).await;
    assert_eq!(code(&office.decide("area2", "approval").await), "AX9032");
    assert_eq!(office.counter.money().await, office.before, "given back once");
    assert_eq!(office.of_settlement().await["corrections"][1]["state"], "asked");
    assert_eq!(code(&office.ask("area1", "k3", "take_back").await), "AX9032", "nothing is left of it");
}

#[actix_web::test]
async fn a_difference_is_open_until_both_agree_or_it_is_left() {
    let office = Office::new(Base::Sqlite).await;
    office.agree().await;
    assert!(office.of_settlement().await["closed_at"].is_string());
    office.compare("", "0.00", "0.00", 0).await;
    assert!(office.of_settlement().await["closed_at"].is_string(), "the same as was closed");
    let zero = json!("0.00");
    let other = line(&office.counter, &office.paid["setl_id"], 0, [&zero, &zero, &zero]);
    office.compare(&other, "0.00", "0.00", 1).await;
    let differs = office.of_settlement().await;
    assert_eq!((&differs["class"], &differs["closed_at"]), (&json!("differs"), &Value::Null), "something new");
    let paid = office.counter.money().await;
    assert_eq!(office.ask("area1", "k", "leave").await.status, 201);
    assert_eq!(office.decide("area2", "approval").await.json()["corrections"][0]["state"], "done");
    assert_eq!(office.counter.money().await, paid, "nothing is booked");
    office.compare(&other, "0.00", "0.00", 1).await;
    assert!(office.of_settlement().await["closed_at"].is_string());
}

/// Nobody books a correction alone, by whatever address.
#[actix_web::test]
async fn an_operator_alone_pays_no_institution() {
    let office = Office::new(Base::Sqlite).await;
    let bank = &office.counter.till.bank;
    let hospital = bank.account("hospital1", "institution").await;
    let cash = bank.account("area1", "cash").await;
    let legs = json!([{ "from": hospital, "to": cash, "amount_fen": 1 }]);
    let told = bank.post("area1", "wallet/transfers", "k", json!({ "purpose": "pay_out", "legs": legs })).await;
    assert_eq!((told.status, code(&told)), (403, "AX9007".into()), "{}", told.json());
}
