//! Paying institutions: declared once, reviewed by two, paid to the fen, and kept out by date.

use serde_json::{Value, json};

use crate::bank::{Bank, Base, Hands, MINUTE, MORNING, number};
use crate::common::Answered;

const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];
const DAY: i64 = 24 * 60 * MINUTE;

struct Office {
    bank: Bank,
    hands: Hands,
}

impl Office {
    async fn new(base: Base) -> Office {
        let hands = Hands::at(MORNING);
        let bank = Bank::at(base, &hands, |s| (s.limits.per_subject, s.limits.per_address) = (1_000_000, 1_000_000));
        Office { bank: bank.await, hands }
    }

    fn day(&self, days: i64) {
        self.hands.set(MORNING + days * DAY);
    }

    async fn post(&self, who: &str, path: &str, key: &str, body: Value) -> Answered {
        self.bank.post(who, &format!("pay/{path}"), key, body).await
    }

    /// What a bill of 120.00 is settled as: 90.10 by the fund and 29.90 out of the own account.
    async fn settle(&self, key: &str) -> Answered {
        self.settle_visit(
            key,
            "worker1",
            json!({ "outpatient": {
            "level": "3", "on": "2026-11-02", "place": { "area": "in_province", "filing": "long_term" },
            "bill": { "split": { "total_fen": 12_000, "own_expense_fen": 800, "pre_self_pay_fen": 600 } },
        } }),
        )
        .await
    }

    async fn settle_visit(&self, key: &str, patient: &str, visit: Value) -> Answered {
        let card = json!({ "cert": "02", "value": number(patient), "business": "01301", "device": "till-1" });
        let read = self.post("hospital1", "decode", key, card).await.json();
        let mut ask = json!({ "token": read["token"], "device": "till-1", "visit": visit, "use_accounts": true });
        let pre = self.post("hospital1", "presettle", key, ask.clone()).await;
        assert_eq!(pre.status, 200, "{}", pre.json());
        (ask["figures"], ask["cash"]) = (pre.json()["figures"].clone(), json!({ "means": "cash" }));
        self.post("hospital1", "settle", key, ask).await
    }

    async fn declare(&self, key: &str, period: &str, from: &str) -> Answered {
        self.post("hospital1", "clearing/batches", key, json!({ "period": period, "from": from })).await
    }

    async fn step(&self, who: &str, batch: &Value, ask: Value) -> Answered {
        let path = format!("clearing/batches/{}/steps", batch["id"].as_str().unwrap());
        self.post(who, &path, "step", ask).await
    }

    /// What the area's accounts of a kind hold.
    async fn standing_of(&self, kind: &str) -> i64 {
        let accounts = self.bank.get("area1", "wallet/accounts?most=500").await.json();
        let of_kind = accounts["accounts"].as_array().unwrap().iter().filter(|a| a["kind"] == kind);
        of_kind.map(|a| a["posted_fen"].as_i64().unwrap()).sum()
    }

    async fn advance(&self, key: &str, fen: i64) -> Answered {
        let ask = json!({ "code": "H00000000001", "amount_fen": fen, "reason": "2026年11月预付" });
        self.post("area1", "clearing/advances", key, ask).await
    }

    async fn decide(&self, who: &str, advance: &Value, decision: &str) -> Answered {
        let path = format!("clearing/advances/{}/{decision}", advance["id"].as_str().unwrap());
        self.post(who, &path, "", Value::Null).await
    }

    /// Settles a bill and has it paid.
    async fn paid(&self, key: &str, day: i64, from: &str) -> Value {
        assert_eq!(self.settle(key).await.status, 201);
        self.day(day);
        let batch = self.declare(key, "day", from).await.json();
        for (who, step) in [("area1", "first_review"), ("area2", "second_review")] {
            assert_eq!(self.step(who, &batch, json!({ "step": step })).await.status, 200);
        }
        self.step("area1", &batch, json!({ "step": "pay" })).await.json()
    }

    async fn owed(&self) -> i64 {
        let accounts = self.bank.get("hospital1", "wallet/accounts").await.json();
        accounts["accounts"].as_array().unwrap().iter().map(|a| a["posted_fen"].as_i64().unwrap()).sum()
    }
}

fn code(answered: &Answered) -> String {
    answered.json()["code"].as_str().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn what_was_settled_is_declared_once_reviewed_by_two_and_paid() {
    for base in BOTH {
        let office = Office::new(base).await;
        assert_eq!(office.settle("one").await.status, 201);
        assert_eq!(office.settle("two").await.status, 201);
        assert_eq!(office.declare("early", "day", "2026-11-02").await.status, 422, "the day is not over");
        office.day(1);
        let declared = office.declare("d1", "day", "2026-11-02").await;
        let batch = declared.json();
        assert_eq!(
            (declared.status, &batch["pooled_fen"], &batch["account_fen"]),
            (201, &json!(18_020), &json!(5_980))
        );
        assert_eq!((&batch["due_on"], &batch["late"]), (&json!("2026-12-01"), &json!(false)), "20 working days");
        assert_eq!(office.declare("d1", "day", "2026-11-02").await.json()["id"], batch["id"], "once for a key");
        assert_eq!(code(&office.declare("d1", "day", "2026-11-01").await), "AX9014");
        assert_eq!(code(&office.declare("d2", "day", "2026-11-02").await), "AX9063", "it was declared");

        let deducted = json!({ "step": "first_review", "deductions": [
            { "fund": "pooled", "amount_fen": 1_020, "reason": "超限定支付范围" },
        ] });
        let over = json!({ "step": "first_review", "deductions": [
            { "fund": "account", "amount_fen": 5_981, "reason": "x" },
        ] });
        assert_eq!(office.step("area1", &batch, over).await.status, 422, "more than is owed");
        assert_eq!(office.step("area1", &batch, deducted.clone()).await.status, 200);
        let second = json!({ "step": "second_review" });
        assert_eq!(code(&office.step("area1", &batch, second.clone()).await), "AX9015", "their own review");
        let back = office.step("area2", &batch, json!({ "step": "send_back" })).await.json();
        assert_eq!((&back["state"], &back["deductions"]), (&json!("declared"), &json!([])));
        assert_eq!(office.step("area1", &batch, deducted).await.status, 200);
        assert_eq!(code(&office.step("area2", &batch, json!({ "step": "pay" })).await), "AX9032");
        assert_eq!(office.step("area2", &batch, second).await.json()["state"], "approved");
        assert_eq!(code(&office.step("area2", &batch, json!({ "step": "pay" })).await), "AX9015");
        assert_eq!(code(&office.step("hospital1", &batch, json!({ "step": "withdraw" })).await), "AX9032");
        let before = office.owed().await;
        let paid = office.step("area1", &batch, json!({ "step": "pay" })).await.json();
        assert_eq!((&paid["state"], &paid["payable_pooled_fen"]), (&json!("paid"), &json!(17_000)), "{paid}");
        assert_eq!(office.step("area1", &batch, json!({ "step": "pay" })).await.status, 200, "once more");
        assert_eq!(before - office.owed().await, 18_020 + 5_980, "to the fen, once, and what is deducted too");
        assert_eq!(office.standing_of("pooled_fund").await, -18_020 + 1_020, "back to the fund");
        let path = format!("pay/clearing/batches/{}", batch["id"].as_str().unwrap());
        assert_eq!(office.bank.get("hospital1", &path).await.json()["lines"].as_array().unwrap().len(), 2);
    }
}

/// B7: what comes back after its period was declared is taken off a later one.
#[actix_web::test]
async fn a_late_refund_is_taken_off_the_next_batch() {
    let office = Office::new(Base::Sqlite).await;
    let order = office.settle("one").await.json();
    office.day(1);
    let first = office.declare("d1", "day", "2026-11-02").await.json();
    let path = format!("orders/{}/refund", order["id"].as_str().unwrap());
    assert_eq!(office.post("hospital1", &path, "r", json!({ "amount_fen": 3_990 })).await.status, 200);
    office.day(2);
    assert_eq!(code(&office.declare("d2", "day", "2026-11-03").await), "AX9063", "more came back than was settled");
    office.day(1);
    office.settle("two").await;
    office.day(40);
    let next = office.declare("d3", "month", "2026-11-01").await.json();
    assert_eq!(
        (&next["pooled_fen"], &next["account_fen"], &next["items"]),
        (&json!(9_010 - 1_000), &json!(0), &json!(2))
    );
    let kept = office.bank.get("hospital1", &format!("pay/clearing/batches/{}", first["id"].as_str().unwrap())).await;
    assert_eq!(kept.json()["pooled_fen"], 9_010, "a batch does not change");
    assert_eq!(kept.json()["late"], true, "nobody paid it in time");
}

#[actix_web::test]
async fn what_is_withdrawn_is_declared_again() {
    let office = Office::new(Base::Sqlite).await;
    office.settle("one").await;
    office.day(1);
    let batch = office.declare("d1", "day", "2026-11-02").await.json();
    let withdraw = json!({ "step": "withdraw" });
    assert_eq!(office.step("area1", &batch, withdraw.clone()).await.status, 403);
    assert_eq!(office.step("hospital1", &batch, withdraw).await.json()["state"], "withdrawn");
    let again = office.declare("d2", "day", "2026-11-02").await;
    assert_eq!((again.status, &again.json()["pooled_fen"]), (201, &json!(9_010)));
}

/// 暂停协议: nothing new, while who lies there already is discharged and what was settled is refunded.
#[actix_web::test]
async fn a_suspended_agreement_keeps_new_settlements_out_and_no_discharge() {
    let office = Office::new(Base::Sqlite).await;
    let order = office.settle("one").await.json();
    let ask = json!({ "kind": "suspended", "code": "H00000000001", "from": "2026-11-03", "reason": "违反服务协议" });
    let asked = office.post("area1", "clearing/standings", "s", ask).await.json();
    let approve = format!("clearing/standings/{}/approval", asked["id"].as_str().unwrap());
    office.day(1);
    assert_eq!(office.settle("two").await.status, 201, "nobody approved it");
    assert_eq!(code(&office.post("area1", &approve, "k", Value::Null).await), "AX9015");
    assert_eq!(office.post("area2", &approve, "k", Value::Null).await.json()["approved"], true);
    let refused = office.settle("three").await;
    assert_eq!((refused.status, code(&refused)), (403, "AX9064".into()));
    let stay = |admitted: &str| {
        json!({ "inpatient": {
        "level": "3_city", "admitted": admitted, "discharged": "2026-11-03",
        "place": { "area": "out_of_province", "filing": "long_term" }, "bill": { "split": { "total_fen": 3_000_000 } },
    } })
    };
    assert_eq!(code(&office.settle_visit("four", "father1", stay("2026-11-03")).await), "AX9064", "admitted since");
    assert_eq!(office.settle_visit("five", "father1", stay("2026-11-02")).await.status, 201, "a discharge");
    let path = format!("orders/{}/refund", order["id"].as_str().unwrap());
    assert_eq!(office.post("hospital1", &path, "r", json!({ "amount_fen": 12_000 })).await.json()["state"], "refunded");
}

/// What was paid out is refunded all the same: the patient has it at once, and a later batch pays that much less. So is
/// what was declared and not paid yet, and the batch is paid as it was approved.
#[actix_web::test]
async fn a_refund_waits_for_no_batch_and_a_later_batch_settles_it() {
    for base in BOTH {
        let office = Office::new(base).await;
        let order = office.settle("one").await.json();
        let declare = async |key: &str, from: &str| office.declare(key, "day", from).await.json();
        let pay = async |batch: &Value| {
            for (who, step) in [("area1", "first_review"), ("area2", "second_review"), ("area1", "pay")] {
                let taken = office.step(who, batch, json!({ "step": step })).await;
                assert_eq!(taken.status, 200, "{step}: {}", taken.json());
            }
            assert_eq!(office.owed().await, 0);
        };
        let refund = async |order: &Value, key: &str, amount: i64| {
            let path = format!("orders/{}/refund", order["id"].as_str().unwrap());
            let refunded = office.post("hospital1", &path, key, json!({ "amount_fen": amount })).await.json();
            assert_eq!(refunded["refunds"].as_array().unwrap().last().unwrap()["state"], "done", "{refunded}");
        };
        let account = office.bank.account("worker1", "personal").await;
        let before = office.bank.posted("worker1", &account).await;
        office.day(1);
        let first = declare("d1", "2026-11-02").await;
        refund(&order, "r1", 1_000).await;
        pay(&first).await;
        refund(&order, "r2", 11_000).await;
        assert_eq!(office.bank.posted("worker1", &account).await - before, 2_990, "the patient has it");
        assert_eq!(office.owed().await, 0);
        office.settle("two").await;
        office.settle("three").await;
        office.day(2);
        let next = declare("d2", "2026-11-03").await;
        assert_eq!((&next["pooled_fen"], &next["account_fen"]), (&json!(9_010), &json!(2_990)), "of two, less one");
        pay(&next).await;
        office.settle("four").await;
        office.day(3);
        let last = declare("d3", "2026-11-04").await;
        assert_eq!((&last["pooled_fen"], &last["account_fen"]), (&json!(9_010), &json!(2_990)), "all was settled");
        pay(&last).await;
    }
}

/// 预付金 is paid by two, made up for by half of what later batches pay, the earliest first, and no fen is lost.
#[actix_web::test]
async fn what_is_paid_in_advance_is_made_up_for_by_later_batches() {
    for base in BOTH {
        let office = Office::new(base).await;
        let code_of = |answered: Answered| code(&answered);
        assert_eq!(office.advance("zero", 0).await.status, 422);
        let first = office.advance("a", 3_000).await.json();
        assert_eq!(first["state"], "asked");
        assert_eq!(code_of(office.decide("area1", &first, "approval").await), "AX9015", "their own");
        assert_eq!(office.standing_of("advance").await, 0, "nothing is paid yet");
        assert_eq!(office.decide("hospital1", &first, "approval").await.status, 403);
        assert_eq!(office.decide("area2", &first, "approval").await.json()["state"], "done");
        assert_eq!(office.decide("area2", &first, "approval").await.status, 200, "once more");
        assert_eq!(
            (office.standing_of("advance").await, office.standing_of("cash").await),
            (-3_000, 3_000),
            "paid once"
        );
        let refused = office.advance("b", 7).await.json();
        assert_eq!(office.decide("area2", &refused, "refusal").await.json()["state"], "refused");
        assert_eq!(code_of(office.decide("area2", &refused, "approval").await), "AX9016");
        let second = office.advance("c", 3_000).await.json();
        office.decide("area2", &second, "approval").await;

        let batch = office.paid("one", 1, "2026-11-02").await;
        assert_eq!((&batch["payable_pooled_fen"], &batch["recovered_fen"]), (&json!(9_010), &json!(4_505)), "{batch}");
        assert_eq!((office.owed().await, office.standing_of("advance").await), (0, -1_495));
        let seen = office.bank.get("hospital1", "pay/clearing/advances").await.json();
        let made_up: Vec<&Value> = seen["advances"].as_array().unwrap().iter().map(|a| &a["recovered_fen"]).collect();
        assert_eq!(
            made_up,
            [&json!(1_505), &json!(3_000)],
            "the earliest first, and nothing of what was refused: {seen}"
        );
        let next = office.paid("two", 2, "2026-11-03").await;
        assert_eq!(next["recovered_fen"], 1_495, "no more than was paid in advance");
        let last = office.paid("three", 3, "2026-11-04").await;
        assert_eq!((&last["recovered_fen"], office.standing_of("advance").await), (&json!(0), 0));
        let every = office.bank.get("area1", "wallet/accounts?most=500").await.json();
        let whole: i64 = every["accounts"].as_array().unwrap().iter().map(|a| a["posted_fen"].as_i64().unwrap()).sum();
        assert_eq!(whole, 0, "the books add up");

        let path = format!("pay/clearing/batches/{}/statement.csv", batch["id"].as_str().unwrap());
        let table = office.bank.get("hospital1", &path).await;
        let text = String::from_utf8(table.body.to_vec()).unwrap();
        assert!(text.contains("抵扣预付金,,,-45.05,0.00,") && text.ends_with("实际拨付,,,45.05,29.90,\r\n"), "{text}");
    }
}
