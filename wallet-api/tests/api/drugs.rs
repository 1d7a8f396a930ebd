//! 依码结算: packs of drugs, sold once, split up to what is in them, and looked at when they come back.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::bank::{Bank, Base, Hands, MORNING};
use crate::common::Answered;

const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];
const DRUG: &str = "XDEMO00000000000000001";
const PACK: &str = "81234567890123456789";

async fn bank(base: Base) -> Bank {
    Bank::at(base, &Hands::at(MORNING), |s| (s.limits.per_subject, s.limits.per_address) = (1_000_000, 1_000_000)).await
}

fn whole(codes: &[&str]) -> Value {
    json!([{ "drug": DRUG, "codes": codes, "count": codes.len() }])
}

fn split(code: &str, count: u32) -> Value {
    json!([{ "drug": DRUG, "codes": [code], "split": true, "count": count }])
}

/// A bill with these lines, as the till that saw the patient's card has it.
async fn ask(bank: &Bank, key: &str, lines: Value) -> Value {
    let card = json!({
        "cert": "02", "value": crate::bank::number("worker1"), "business": "02121", "device": "till-1",
    });
    let read = bank.post("pharmacy1", "pay/decode", key, card).await.json();
    let visit = json!({ "outpatient": {
        "level": "3", "on": "2026-11-02", "place": { "area": "in_province", "filing": "long_term" },
        "bill": { "split": { "total_fen": 3_000, "own_expense_fen": 3_000 } },
    } });
    json!({ "token": read["token"], "device": "till-1", "visit": visit, "use_accounts": true, "lines": lines })
}

async fn presettle(bank: &Bank, key: &str, lines: Value) -> Answered {
    bank.post("pharmacy1", "pay/presettle", key, ask(bank, key, lines).await).await
}

async fn sell(bank: &Bank, key: &str, lines: Value) -> Answered {
    let mut ask = ask(bank, key, lines).await;
    let pre = bank.post("pharmacy1", "pay/presettle", key, ask.clone()).await;
    if pre.status != 200 {
        return pre;
    }
    (ask["figures"], ask["cash"]) = (pre.json()["figures"].clone(), json!({ "means": "cash" }));
    bank.post("pharmacy1", "pay/settle", key, ask).await
}

fn refused(answered: &Answered) -> (String, String) {
    let told = answered.json();
    (told["code"].as_str().unwrap_or_default().into(), told["field"].as_str().unwrap_or_default().into())
}

fn taken(line: usize) -> (String, String) {
    ("AX9061".into(), format!("lines[{line}].codes"))
}

#[actix_web::test]
async fn a_pack_is_sold_once_and_only_an_auditor_learns_where() {
    for base in BOTH {
        let bank = bank(base).await;
        assert_eq!(refused(&presettle(&bank, "none", json!([{ "drug": DRUG, "count": 1 }])).await).0, "AX9060");
        let sold = sell(&bank, "one", whole(&[PACK])).await;
        assert_eq!(sold.status, 201, "{}", sold.json());
        let again = presettle(&bank, "two", whole(&["81234567890123456780", PACK])).await;
        assert_eq!(refused(&again), taken(0));
        let told = String::from_utf8_lossy(&again.body).into_owned();
        for secret in [sold.json()["id"].as_str().unwrap(), "药店（演示）", "09:00"] {
            assert!(!told.contains(secret), "{told}");
        }
        assert_eq!(refused(&presettle(&bank, "three", split(PACK, 1)).await), taken(0));
        let path = format!("pay/packs/{PACK}");
        for name in ["pharmacy1", "hospital1", "worker1"] {
            assert_eq!(bank.get(name, &path).await.status, 403, "{name}");
        }
        let seen = bank.get("auditor1", &path).await.json();
        assert_eq!((&seen["uses"][0]["order"], &seen["sold"]), (&sold.json()["id"], &json!(24)), "{seen}");
        assert_eq!(seen["uses"][0]["institution"], "羊城示范药店（演示）");
    }
}

#[actix_web::test]
async fn a_split_pack_is_sold_up_to_what_is_in_it() {
    for base in BOTH {
        let bank = bank(base).await;
        assert_eq!(sell(&bank, "one", split(PACK, 10)).await.status, 201);
        let other = json!([{ "drug": "X", "codes": [PACK], "count": 1 }]);
        assert_eq!(refused(&sell(&bank, "seven", other).await), taken(0), "not as another drug");
        assert_eq!(sell(&bank, "two", split(PACK, 10)).await.status, 201);
        assert_eq!(refused(&sell(&bank, "three", split(PACK, 5)).await), taken(0));
        assert_eq!(refused(&sell(&bank, "four", whole(&[PACK])).await), taken(0), "whole no more");
        let mut both = split(PACK, 2).as_array().unwrap().clone();
        both.extend(split(PACK, 3).as_array().unwrap().clone());
        assert_eq!(refused(&sell(&bank, "five", json!(both)).await), taken(0), "lines of one bill add up");
        assert_eq!(sell(&bank, "six", split(PACK, 4)).await.status, 201);
    }
}

#[actix_web::test]
async fn a_pack_that_came_back_is_looked_at_before_it_is_sold_again() {
    for base in BOTH {
        let bank = bank(base).await;
        let (kept, back) = (PACK, "81234567890123456780");
        let sold = sell(&bank, "one", whole(&[kept, back])).await.json();
        let refund = format!("pay/orders/{}/refund", sold["id"].as_str().unwrap());
        let pack = |code: &str, back: bool| json!({ "drug": DRUG, "code": code, "back": back });
        assert_eq!(sold["packs"], json!([pack(kept, false), pack(back, false)]));
        let wrong = [(json!(["81234567890123456700"]), "packs[0]"), (json!([back, back]), "packs[1]")];
        for (packs, field) in wrong {
            let ask = json!({ "amount_fen": 1_500, "packs": packs });
            assert_eq!(refused(&bank.post("pharmacy1", &refund, "r0", ask).await), ("AX1014".into(), field.into()));
        }
        let part = json!({ "amount_fen": 1_500, "packs": [back] });
        let after = bank.post("pharmacy1", &refund, "r1", part.clone()).await;
        assert_eq!((after.status, &after.json()["packs"]), (200, &json!([pack(kept, false), pack(back, true)])));
        assert_eq!(bank.post("pharmacy1", &refund, "r1", part.clone()).await.status, 200, "the same again");
        assert_eq!(refused(&bank.post("pharmacy1", &refund, "r9", part).await).1, "packs[0]", "it came back before");
        let theirs = bank.get("worker1", "wallet/orders").await.json();
        assert_eq!(theirs["orders"][0].get("packs"), None, "{theirs}");
        let path = format!("pay/packs/{back}");
        assert_eq!(bank.get("area1", &path).await.json()["held_back"], true);
        assert_eq!(bank.get("area1", &format!("pay/packs/{kept}")).await.json()["held_back"], false);
        assert_eq!(refused(&sell(&bank, "two", whole(&[back])).await), taken(0), "待核");
        let look = async |sound: bool| {
            let body = json!({ "sound": sound });
            bank.post("area1", &format!("{path}/look"), "look", body).await
        };
        assert_eq!(look(true).await.json()["sold"], 0);
        assert_eq!(refused(&look(true).await).0, "AX9032", "it waits no more");
        let again = sell(&bank, "three", whole(&[back])).await;
        assert_eq!(again.status, 201, "{}", again.json());
        // All of an order comes back with all of its packs, also by a reversal.
        bank.post("pharmacy1", "pay/reverse", "k", json!({ "key": "three" })).await;
        assert_eq!(refused(&sell(&bank, "four", whole(&[back])).await), taken(0));
        assert_eq!(look(false).await.json()["held_back"], false);
        assert_eq!(refused(&sell(&bank, "five", whole(&[back])).await), taken(0), "done with");
        assert_eq!(
            bank.post("pharmacy1", &refund, "r2", json!({ "amount_fen": 1_500 })).await.json()["state"],
            "refunded"
        );
        assert_eq!(bank.get("area1", &format!("pay/packs/{kept}")).await.json()["held_back"], true);
    }
}

/// A settlement that came to nothing leaves the pack on the shelf.
#[actix_web::test]
async fn a_pack_of_a_bill_that_was_not_paid_is_free() {
    let bank = bank(Base::Sqlite).await;
    let mut bill = ask(&bank, "one", whole(&[PACK])).await;
    bill["use_accounts"] = json!(false);
    let pre = bank.post("pharmacy1", "pay/presettle", "pre", bill.clone()).await.json();
    bill["figures"] = pre["figures"].clone();
    bill["cash"] = json!({ "means": "wechat", "auth": "x-" });
    let failed = bank.post("pharmacy1", "pay/settle", "one", bill).await;
    assert_eq!(failed.json()["state"], "failed", "{}", failed.json());
    assert_eq!(sell(&bank, "two", whole(&[PACK])).await.status, 201);
}

#[actix_web::test]
async fn of_many_tills_one_sells_a_pack() {
    let bank = bank(Base::Postgres).await;
    let mut bills = Vec::new();
    for n in 0..8 {
        let mut bill = ask(&bank, &format!("k{n}"), whole(&[PACK])).await;
        bill["use_accounts"] = json!(false);
        let pre = bank.post("pharmacy1", "pay/presettle", "pre", bill.clone()).await.json();
        (bill["figures"], bill["cash"]) = (pre["figures"].clone(), json!({ "means": "cash" }));
        bills.push((format!("k{n}"), bill));
    }
    let all = bills.iter().map(|(key, bill)| bank.post("pharmacy1", "pay/settle", key, bill.clone()));
    let answers = join_all(all).await;
    let told: Vec<(u16, String)> = answers.iter().map(|a| (a.status, refused(a).0)).collect();
    assert_eq!(told.iter().filter(|(status, _)| *status == 201).count(), 1, "{told:?}");
    assert!(told.iter().all(|(status, code)| *status == 201 || code == "AX9061" || code == "AX9031"), "{told:?}");
}

/// The monitor tells before settling and refuses during it, with rule, figures and source.
#[actix_web::test]
async fn what_a_rule_blocks_is_told_before_and_refused_then() {
    let bank = bank(Base::Sqlite).await;
    let long = json!([{ "drug": DRUG, "codes": [PACK], "count": 1, "days": 85 }]);
    let mut bill = ask(&bank, "one", long).await;
    let pre = bank.post("pharmacy1", "pay/presettle", "pre", bill.clone()).await.json();
    assert_eq!((&pre["findings"][0]["rule"], &pre["findings"][0]["blocks"]), (&json!("supply_too_long"), &json!(true)));
    (bill["figures"], bill["cash"]) = (pre["figures"].clone(), json!({ "means": "cash" }));
    let told = bank.post("pharmacy1", "pay/settle", "one", bill.clone()).await.json();
    assert_eq!(told["code"], "AX9062", "{told}");
    assert!(told["accepted"].as_str().unwrap().contains("12周"), "{told}");
    bill["lines"][0]["days"] = json!(28);
    assert_eq!(bank.post("pharmacy1", "pay/settle", "two", bill).await.status, 201, "the token is still good");
    let more = json!([{ "drug": DRUG, "codes": ["81234567890123456780"], "count": 1, "days": 28 }]);
    let warned = presettle(&bank, "three", more).await.json();
    assert_eq!(
        (&warned["findings"][0]["rule"], &warned["findings"][0]["blocks"]),
        (&json!("supply_not_used"), &json!(false))
    );
}
