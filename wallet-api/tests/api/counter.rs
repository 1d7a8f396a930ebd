//! A code that an institution shows: scanned by one person, paid as the server has it, and of no use to anybody else.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::bank::{Bank, Base, Hands, MORNING};
use crate::common::Answered;

const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];
const SECOND: i64 = 1_000_000;

async fn bank(base: Base, hands: &Hands) -> Bank {
    Bank::at(base, hands, |s| (s.limits.per_subject, s.limits.per_address) = (1_000_000, 1_000_000)).await
}

/// The level is another than the hospital's: it is the area's records that count.
fn waiting(counter: Option<&str>) -> Value {
    let mut ask = json!({ "visit": { "outpatient": {
        "level": "1", "on": "2026-11-02",
        "bill": { "split": { "total_fen": 12_000, "own_expense_fen": 800, "pre_self_pay_fen": 600 } },
    } } });
    if let Some(counter) = counter {
        ask["counter"] = json!(counter);
    }
    ask
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("{key}: {value}")).to_owned()
}

async fn offer(bank: &Bank, key: &str, counter: Option<&str>) -> Value {
    let made = bank.post("hospital1", "pay/offers", key, waiting(counter)).await;
    assert_eq!(made.status, 201, "{}", made.json());
    made.json()
}

/// The same, all of it the person's own: for people of any area.
async fn own_offer(bank: &Bank, key: &str) -> Value {
    let mut ask = waiting(None);
    ask["visit"]["outpatient"]["bill"] = json!({ "split": { "total_fen": 12_000, "own_expense_fen": 12_000 } });
    let made = bank.post("hospital1", "pay/offers", key, ask).await;
    assert_eq!(made.status, 201, "{}", made.json());
    made.json()
}

async fn scan(bank: &Bank, who: &str, code: &str) -> Answered {
    bank.post(who, "wallet/scans", "scan", json!({ "code": code, "use_accounts": true })).await
}

async fn scanned(bank: &Bank, who: &str, code: &str) -> Value {
    let answered = scan(bank, who, code).await;
    assert_eq!(answered.status, 200, "{}", answered.json());
    answered.json()
}

async fn confirm(bank: &Bank, who: &str, key: &str, seen: &Value, means: &str) -> Answered {
    let path = format!("wallet/scans/{}/payment", text(seen, "offer"));
    let ask = json!({ "use_accounts": true, "figures": seen["figures"], "cash": { "means": means } });
    bank.post(who, &path, key, ask).await
}

fn told(answered: &Answered) -> (u16, Value) {
    let mut told = answered.json();
    told["request_id"] = Value::Null;
    (answered.status, told)
}

fn code(answered: &Answered) -> (u16, String) {
    (answered.status, text(&answered.json(), "code"))
}

#[actix_web::test]
async fn a_bill_is_scanned_by_one_person_and_paid_once() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = bank(base, &hands).await;
        let made = offer(&bank, "o1", None).await;
        assert_eq!((offer(&bank, "o1", None).await, made["opened"].as_bool()), (made.clone(), Some(false)));
        let other = bank.post("hospital1", "pay/offers", "o1", waiting(Some("A1"))).await;
        assert_eq!(code(&other), (409, "AX9014".into()), "the key was used for another bill");
        let seen = scanned(&bank, "worker1", &text(&made, "code")).await;
        assert_eq!(
            (text(&seen, "payee"), &seen["figures"]["hifp_pay_fen"]),
            ("羊城示范医院（演示）".into(), &json!(9_010))
        );
        let again = scanned(&bank, "worker1", &text(&made, "number")).await;
        assert_eq!(again, seen, "typed, it is the same bill");
        let path = format!("pay/offers/{}", text(&made, "id"));
        let at_till = bank.get("hospital1", &path).await.json();
        assert_eq!((at_till["opened"].as_bool(), text(&at_till, "name")), (Some(true), "何*".into()));
        let by_another = scan(&bank, "resident1", &text(&made, "code")).await;
        assert_eq!(code(&by_another), (422, "AX9033".into()), "it is somebody's now");
        assert_eq!(confirm(&bank, "resident1", "p", &seen, "wechat").await.status, 404);
        let mut more = seen.clone();
        more["figures"]["hifp_pay_fen"] = json!(9_011);
        assert_eq!(code(&confirm(&bank, "worker1", "p0", &more, "wechat").await), (409, "AX9031".into()));
        let paid = join_all((0..4).map(|_| confirm(&bank, "worker1", "p1", &seen, "wechat"))).await;
        let done: Vec<&Answered> = paid.iter().filter(|answered| answered.status == 201).collect();
        assert!(!done.is_empty() && done.iter().all(|a| text(&a.json(), "state") == "settled"), "{}", paid[0].json());
        let other_key = confirm(&bank, "worker1", "p2", &seen, "wechat").await;
        assert_eq!(other_key.json()["id"], done[0].json()["id"], "one bill, one order");
        assert_eq!(bank.posted("worker1", &bank.account("worker1", "personal").await).await, 250_000 - 2_990);
        let at_till = bank.get("hospital1", &path).await.json();
        assert_eq!(text(&at_till["order"], "state"), "settled");
        assert_eq!(bank.get("pharmacy1", &path).await.status, 404, "another institution's");
    }
}

async fn read_card(bank: &Bank, number: &str) -> String {
    let ask = json!({ "cert": "02", "value": number, "business": "01301", "device": "till-1" });
    let read = bank.post("hospital1", "pay/decode", &format!("read-{number}"), ask).await;
    assert_eq!(read.status, 200, "{}", read.json());
    text(&read.json(), "token")
}

/// Whoever scans a bill that is not theirs keeps nobody from paying theirs.
#[actix_web::test]
async fn a_bill_that_a_stranger_scanned_is_paid_by_whose_it_is() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = bank(base, &hands).await;
        let refused = (422, "AX9033".to_owned());

        let mut ask = waiting(None);
        ask["meant_for"] = json!({ "token": read_card(&bank, "000000199206180055").await, "device": "till-2" });
        let elsewhere = bank.post("hospital1", "pay/offers", "named", ask.clone()).await;
        assert_eq!(code(&elsewhere), (422, "AX9035".into()), "the token is another till's");
        ask["meant_for"]["device"] = json!("till-1");
        let named = bank.post("hospital1", "pay/offers", "named", ask).await.json();
        assert_eq!(code(&scan(&bank, "resident2", &text(&named, "code")).await), refused, "it is for somebody else");
        let path = format!("pay/offers/{}", text(&named, "id"));
        assert_eq!(bank.get("hospital1", &path).await.json()["opened"], false, "and is not kept from them");
        let seen = scanned(&bank, "worker1", &text(&named, "code")).await;
        assert_eq!(confirm(&bank, "worker1", "named", &seen, "wechat").await.status, 201);

        // Of nobody in particular: given back by who has it, or taken away by the till.
        let made = own_offer(&bank, "o1").await;
        let path = format!("pay/offers/{}", text(&made, "id"));
        let (release, back) = (format!("{path}/release"), format!("wallet/scans/{}/return", text(&made, "id")));
        scanned(&bank, "resident1", &text(&made, "code")).await;
        assert_eq!(bank.post("resident2", &back, "", json!({})).await.status, 404, "not theirs to give back");
        assert_eq!(bank.post("resident1", &back, "", json!({})).await.status, 204);
        let seen = scanned(&bank, "resident2", &text(&made, "code")).await;
        assert_eq!(bank.post("pharmacy1", &release, "", json!({})).await.status, 404, "another institution's");
        let waits = bank.post("hospital1", &release, "", json!({})).await;
        assert_eq!((waits.status, waits.json()["opened"].as_bool()), (200, Some(false)));
        assert_eq!(confirm(&bank, "resident2", "late", &seen, "wechat").await.status, 404, "it is not theirs any more");
        assert_eq!(code(&scan(&bank, "resident2", &text(&made, "code")).await), refused, "nor again");
        let seen = scanned(&bank, "worker1", &text(&made, "code")).await;
        let paid = confirm(&bank, "worker1", "paid", &seen, "wechat").await;
        assert_eq!((paid.status, text(&paid.json(), "state")), (201, "settled".into()), "{}", paid.json());
        for (who, path) in [("hospital1", &release), ("worker1", &back)] {
            assert_eq!(code(&bank.post(who, path, "", json!({})).await), (409, "AX9032".into()), "it is paid");
        }
        assert_eq!(text(&bank.get("hospital1", &path).await.json(), "name"), "何*");
    }
}

/// SECURITY C4: whatever of a code is changed, it is none; and with a code of one's own making nobody is paid. C5: all of
/// them get one answer, and whoever tries often waits.
#[actix_web::test]
async fn a_changed_code_a_used_one_and_an_expired_one_are_one_refusal() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = bank(base, &hands).await;
        let made = own_offer(&bank, "o1").await;
        let bytes = URL_SAFE_NO_PAD.decode(text(&made, "code")).unwrap();
        let refused = told(&scan(&bank, "worker1", "000000000000").await);
        assert_eq!((refused.0, text(&refused.1, "code")), (422, "AX9033".into()));
        // Version, payee, bill, amount, time and signature; every other byte is changed in `pay::counter`.
        for at in [0, 1, 2, 17, 18, 33, 41, 49, 50, 113] {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_eq!(told(&scan(&bank, "worker1", &URL_SAFE_NO_PAD.encode(other)).await), refused, "byte {at}");
        }
        scanned(&bank, "resident1", &text(&made, "code")).await;
        assert_eq!(told(&scan(&bank, "worker1", &text(&made, "code")).await), refused, "opened by another");
        let late = own_offer(&bank, "o2").await;
        hands.set(MORNING + 300 * SECOND);
        assert_eq!(told(&scan(&bank, "worker1", &text(&late, "code")).await), refused, "expired");
        assert_eq!(told(&scan(&bank, "worker1", "").await), refused, "nothing at all");
        let good = own_offer(&bank, "o3").await;
        for n in 0..20 {
            scan(&bank, "worker1", &format!("{n:012}")).await;
        }
        assert_eq!(scan(&bank, "worker1", &text(&good, "code")).await.status, 429);
        let seen = scanned(&bank, "resident1", &text(&good, "code")).await;
        hands.set(MORNING + 600 * SECOND);
        assert_eq!(told(&confirm(&bank, "resident1", "late", &seen, "wechat").await), refused, "confirmed too late");
    }
}

/// A picture that hangs at the counter pays nothing: it leads to the bill that waits there, and to no other.
#[actix_web::test]
async fn a_lasting_code_leads_to_the_bill_that_waits_at_its_counter() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = bank(base, &hands).await;
        let of = async |who: &str, counter: &str| {
            let made = bank.post(who, "pay/counters", "c", json!({ "counter": counter })).await;
            assert_eq!(made.status, 200, "{}", made.json());
            text(&made.json(), "code")
        };
        let (here, there) = (of("hospital1", "A1").await, of("hospital1", "A2").await);
        assert_eq!((of("hospital1", "A1").await, here == there), (here.clone(), false));
        assert_eq!(scan(&bank, "worker1", &here).await.status, 422, "nothing waits");
        offer(&bank, "alone", None).await;
        assert_eq!(scan(&bank, "worker1", &here).await.status, 422, "a bill of no counter is not found by one");
        let first = offer(&bank, "o1", Some("A1")).await;
        hands.set(MORNING + SECOND);
        let second = offer(&bank, "o2", Some("A1")).await;
        assert_eq!(scan(&bank, "worker1", &text(&first, "code")).await.status, 422, "the next bill ended it");
        assert_eq!(scan(&bank, "worker1", &there).await.status, 422, "another counter's");
        assert_eq!(scan(&bank, "worker1", &of("pharmacy1", "A1").await).await.status, 422, "another institution's");
        let seen = scanned(&bank, "worker1", &here).await;
        assert_eq!(seen["offer"], second["id"]);
        assert_eq!(scan(&bank, "resident1", &here).await.status, 422, "it is somebody's now");
        assert_eq!(scanned(&bank, "worker1", &here).await, seen);
        let paid = confirm(&bank, "worker1", "p", &seen, "wechat").await.json();
        assert_eq!(text(&paid, "state"), "settled");
        for bad in ["", "A 1", &"1".repeat(33)] {
            let refused = bank.post("hospital1", "pay/counters", "c", json!({ "counter": bad })).await;
            assert_eq!((refused.status, text(&refused.json(), "field")), (422, "counter".into()));
        }
    }
}

/// What is left is not said to lie on the counter, and is asked for where there is something left.
#[actix_web::test]
async fn the_rest_is_not_paid_in_coins_from_afar() {
    let bank = bank(Base::Sqlite, &Hands::at(MORNING)).await;
    let made = offer(&bank, "o1", None).await;
    let ask = json!({ "code": made["code"], "use_accounts": false });
    let seen = bank.post("worker1", "wallet/scans", "scan", ask).await.json();
    assert_eq!(seen["figures"]["psn_cash_pay_fen"], 2_990);
    let path = format!("wallet/scans/{}/payment", text(&seen, "offer"));
    let mut ask = json!({ "use_accounts": false, "figures": seen["figures"], "cash": { "means": "cash" } });
    let coins = bank.post("worker1", &path, "p", ask.clone()).await;
    assert_eq!((code(&coins), text(&coins.json(), "field")), ((422, "AX1014".into()), "cash.means".into()));
    ask["cash"] = json!({ "means": "one_code" });
    assert_eq!(text(&bank.post("worker1", &path, "p", ask).await.json(), "state"), "settled");
}

/// Above the limit nobody pays by somebody's session alone.
#[actix_web::test]
async fn a_large_bill_needs_a_second_factor() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |s| s.second_factor.above_fen = 2_989).await;
    let made = offer(&bank, "o1", None).await;
    let seen = scanned(&bank, "worker1", &text(&made, "code")).await;
    let refused = confirm(&bank, "worker1", "p", &seen, "wechat").await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("AX9027")), "{}", refused.json());
    let mut less = seen.clone();
    less["figures"]["acct_pay_fen"] = json!(0);
    assert_eq!(
        code(&confirm(&bank, "worker1", "q", &less, "wechat").await),
        (409, "AX9031".into()),
        "nor by saying less"
    );
}
