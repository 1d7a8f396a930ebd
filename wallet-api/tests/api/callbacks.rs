//! SECURITY B12: what a payment provider calls is signed over its very bytes, and even then only a reason to ask.

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use wallet_api::nhsa::MessageKey;

use crate::bank::{Bank, Base, Hands, MORNING, number};
use crate::common::{Answered, ask};

const SECOND: i64 = 1_000_000;

/// An order whose cash is in doubt. The last letter says what became of it: `?` was paid, `!` was not.
async fn in_doubt(bank: &Bank, key: &str, auth: &str) -> String {
    let card = json!({ "cert": "02", "value": number("worker1"), "business": "01301", "device": "till-1" });
    let token = bank.post("hospital1", "pay/decode", key, card).await.json()["token"].clone();
    let visit = json!({ "outpatient": {
        "level": "3", "on": "2026-11-02", "place": { "area": "in_province", "filing": "long_term" },
        "bill": { "split": { "total_fen": 12_000, "own_expense_fen": 800, "pre_self_pay_fen": 600 } },
    } });
    let mut bill = json!({ "token": token, "device": "till-1", "visit": visit, "use_accounts": false });
    let pre = bank.post("hospital1", "pay/presettle", key, bill.clone()).await.json();
    (bill["figures"], bill["cash"]) = (pre["figures"].clone(), json!({ "means": "wechat", "auth": auth }));
    let order = bank.post("hospital1", "pay/settle", key, bill).await.json();
    assert_eq!(order["state"], "unknown", "{order}");
    order["id"].as_str().unwrap().to_owned()
}

/// As the patient sees it: their look does not go on with an order.
async fn state(bank: &Bank, order: &str) -> String {
    bank.get("worker1", &format!("pay/orders/{order}")).await.json()["state"].as_str().unwrap().to_owned()
}

struct Call {
    timestamp: String,
    nonce: String,
    signature: String,
    body: String,
}

impl Call {
    fn of(order: &str, outcome: &str, at: i64) -> Call {
        let body = json!({ "id": "e-1", "order": order, "outcome": outcome }).to_string();
        let (timestamp, nonce) = ((at / SECOND).to_string(), "8f3a".to_owned());
        let mut call = Call { timestamp, nonce, signature: String::new(), body };
        call.signature = MessageKey::demo().unwrap().signature(&call.text()).unwrap();
        call
    }

    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.timestamp, self.nonce, self.body)
    }

    async fn send(&self, bank: &Bank, leave_out: &str) -> Answered {
        let mut request = TestRequest::post().uri("/api/v1/pay/callbacks/cash");
        let headers =
            [("x-pay-timestamp", &self.timestamp), ("x-pay-nonce", &self.nonce), ("x-pay-signature", &self.signature)];
        for (name, value) in headers.into_iter().filter(|(name, _)| *name != leave_out) {
            request = request.insert_header((name, value.as_str()));
        }
        request = request.insert_header(("content-type", "application/json")).set_payload(self.body.clone());
        ask(&bank.service, request).await
    }
}

fn told(answered: &Answered) -> (u16, Value) {
    let mut told = answered.json();
    told["request_id"] = Value::Null;
    (answered.status, told)
}

#[actix_web::test]
async fn a_forged_call_changes_nothing_and_a_true_one_makes_the_server_ask() {
    for base in [Base::Sqlite, Base::Postgres] {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let order = in_doubt(&bank, "one", "13500000000000000?").await;
        let good = Call::of(&order, "paid", MORNING);
        let refused =
            told(&Call { signature: "00".repeat(64), ..Call::of(&order, "paid", MORNING) }.send(&bank, "").await);
        assert_eq!((refused.0, refused.1["code"].as_str()), (403, Some("AX9070")));
        // Every byte of the body counts, also where it means the same.
        for (was, is) in [("paid", "pa1d"), ("\"id\"", " \"id\""), (":", ": ")] {
            let mut flipped = Call::of(&order, "paid", MORNING);
            flipped.body = flipped.body.replacen(was, is, 1);
            assert_eq!(told(&flipped.send(&bank, "").await), refused, "{was}");
        }
        for at in [MORNING - 301 * SECOND, MORNING + 301 * SECOND] {
            assert_eq!(told(&Call::of(&order, "paid", at).send(&bank, "").await), refused, "not of now");
        }
        let mut moved = Call::of(&order, "paid", MORNING - 301 * SECOND);
        moved.timestamp = good.timestamp.clone();
        assert_eq!(told(&moved.send(&bank, "").await), refused, "the time is signed");
        let mut renamed = Call::of(&order, "paid", MORNING);
        renamed.nonce = "8f3b".into();
        assert_eq!(told(&renamed.send(&bank, "").await), refused, "so is the nonce");
        for header in ["x-pay-timestamp", "x-pay-nonce", "x-pay-signature"] {
            assert_eq!(told(&good.send(&bank, header).await), refused, "without {header}");
        }
        assert_eq!(state(&bank, &order).await, "unknown", "none of it moved anything");
        assert_eq!(good.send(&bank, "").await.status, 200);
        assert_eq!(state(&bank, &order).await, "settled");
        assert_eq!(good.send(&bank, "").await.status, 200, "the same call again");
        let lie = Call::of(&order, "refused", MORNING);
        assert_eq!((lie.send(&bank, "").await.status, state(&bank, &order).await), (200, "settled".into()));
        assert_eq!(Call::of(&"0".repeat(32), "paid", MORNING).send(&bank, "").await.status, 200, "nobody's order");
    }
}

/// Even who holds the key does not make an unpaid order a paid one; and a call that is lost is missed by nobody.
#[actix_web::test]
async fn what_a_call_says_of_the_outcome_is_not_believed() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |_| {}).await;
    let unpaid = in_doubt(&bank, "one", "13500000000000000!").await;
    assert_eq!(Call::of(&unpaid, "paid", MORNING).send(&bank, "").await.status, 200);
    assert_eq!(state(&bank, &unpaid).await, "failed", "the provider knows of no payment");
    let lost = in_doubt(&bank, "two", "13500000000000000?").await;
    let looked = bank.get("hospital1", &format!("pay/orders/{lost}")).await.json();
    assert_eq!(looked["state"], "settled", "asked for without any call");
}
