//! Numbers, signatures, times and sign-in of messages (SECURITY B1, B2, B3, B9, B13, C9).

use serde_json::{Value, json};
use wallet_api::nhsa::DEMO_CODE;
use wallet_store::SEQUENCE_MAX;

use super::till::{OPERATOR, Till, told};
use crate::bank::{Base, number};

fn card() -> Value {
    json!({ "data": { "mdtrt_cert_type": "02", "mdtrt_cert_no": number("resident1") } })
}

fn code(answer: &Value) -> String {
    told(answer).0
}

async fn the_same_message_gets_the_same_bytes(base: Base) {
    let till = Till::open(base).await;
    let message = till.message("1101", card());
    let first = till.send(&message).await;
    assert_eq!(first.json()["infcode"], 0, "{}", first.json());
    till.later(1);
    assert_eq!(till.send(&message).await.body, first.body);
    // Long after any message of that time would be taken, and signed once more in another form.
    till.later(24 * 60);
    assert_eq!(till.send(&message).await.body, first.body, "what was answered is answered however late");
    let mut upper = message.clone();
    upper["cainfo"] = message["cainfo"].as_str().unwrap().to_uppercase().into();
    assert_eq!(till.send(&upper).await.body, first.body);
}

#[actix_web::test]
async fn the_same_message_again_gets_the_same_answer() {
    the_same_message_gets_the_same_bytes(Base::Sqlite).await;
}

#[actix_web::test]
async fn the_same_message_again_gets_the_same_answer_on_postgres() {
    the_same_message_gets_the_same_bytes(Base::Postgres).await;
}

#[actix_web::test]
async fn a_number_with_another_body_is_refused_and_told() {
    let till = Till::open(Base::Sqlite).await;
    let first = till.plain("1101", card());
    let mut other = first.clone();
    other["input"]["data"]["mdtrt_cert_no"] = number("resident2").into();
    assert_eq!(till.send(&till.key.signed(first).unwrap()).await.json()["infcode"], 0);
    let answer = till.send(&till.key.signed(other).unwrap()).await.json();
    assert_eq!(told(&answer), ("AX5005".into(), "msgid".into()));
    let metrics = crate::common::get(&till.bank.service, "/metrics").await;
    let metrics = String::from_utf8(metrics.body.to_vec()).unwrap();
    assert!(metrics.contains("anxin_alarms_total{what=\"msgid_reused\"} 1"), "{metrics}");
}

#[actix_web::test]
async fn a_signature_is_of_this_message_and_by_this_institution() {
    let till = Till::open(Base::Sqlite).await;
    let good = till.message("1101", card());
    let check = async |change: &dyn Fn(&mut Value)| {
        let mut message = good.clone();
        change(&mut message);
        assert_eq!(code(&till.send(&message).await.json()), "AX5003", "{message}");
    };
    check(&|m| m["opter_name"] = "别人".into()).await;
    check(&|m| m["input"]["data"]["mdtrt_cert_no"] = number("resident2").into()).await;
    check(&|m| m["input"]["data"]["psn_name"] = "".into()).await;
    check(&|m| m["cainfo"] = "0".repeat(128).into()).await;
    check(&|m| m["cainfo"] = "AAAA".into()).await;
    // Another institution's number, by our key.
    let mut spoofed = till.plain("1101", card());
    spoofed["fixmedins_code"] = "H00000000002".into();
    spoofed["msgid"] = spoofed["msgid"].as_str().unwrap().replace(DEMO_CODE, "H00000000002").into();
    assert_eq!(code(&till.send(&till.key.signed(spoofed).unwrap()).await.json()), "AX5003");
    assert_eq!(till.send(&good).await.json()["infcode"], 0, "none of these used the number up");
}

#[actix_web::test]
async fn a_message_of_another_time_is_refused() {
    let till = Till::open(Base::Sqlite).await;
    for (minutes, field) in [(6, "inf_time"), (-12, "inf_time")] {
        let message = till.message("1101", card());
        till.later(minutes);
        assert_eq!(told(&till.send(&message).await.json()), ("AX5004".into(), field.into()));
    }
    till.later(6);
    let message = till.message("1101", card());
    till.later(5);
    assert_eq!(till.send(&message).await.json()["infcode"], 0, "five minutes are taken");
    let mut dated = till.plain("1101", card());
    dated["msgid"] = format!("{DEMO_CODE}202611010900000001").into();
    let answer = till.send(&till.key.signed(dated).unwrap()).await.json();
    assert_eq!(told(&answer), ("AX5004".into(), "msgid".into()));
}

#[actix_web::test]
async fn what_is_wrong_with_an_envelope_is_named() {
    let till = Till::open(Base::Sqlite).await;
    let check = async |change: &dyn Fn(&mut Value), code: &str, field: &str| {
        let mut message = till.plain("1101", card());
        change(&mut message);
        let signed = till.key.signed(message).unwrap();
        let answer = till.send_to("/nhsa/1101", signed.to_string()).await.json();
        assert_eq!(told(&answer), (code.into(), field.into()), "{answer}");
    };
    check(&|m| m["infno"] = "1102".into(), "AX5007", "infno").await;
    check(&|m| m["more"] = 1.into(), "AX5002", "more").await;
    check(&|m| drop(m.as_object_mut().unwrap().remove("opter")), "AX5002", "opter").await;
    check(&|m| m["opter"] = "".into(), "AX5002", "opter").await;
    check(&|m| m["opter_name"] = "a\nb".into(), "AX5002", "opter_name").await;
    check(&|m| m["opter_type"] = "4".into(), "AX5002", "opter_type").await;
    check(&|m| m["signtype"] = "SM3".into(), "AX5002", "signtype").await;
    check(&|m| m["infver"] = "V2.0".into(), "AX5002", "infver").await;
    check(&|m| m["inf_time"] = "2026/11/02 09:00:00".into(), "AX5002", "inf_time").await;
    check(&|m| m["fixmedins_code"] = "H1".into(), "AX5002", "fixmedins_code").await;
    check(&|m| m["msgid"] = "1".into(), "AX5002", "msgid").await;
    check(&|m| m["mdtrtarea_admvs"] = "44".into(), "AX5002", "mdtrtarea_admvs").await;
    check(&|m| (m["insuplc_admdvs"], m["input"]) = ("".into(), json!({ "psn_no": 1 })), "AX5002", "insuplc_admdvs")
        .await;
    check(&|m| m["input"] = json!({ "data": { "mdtrt_cert_type": 2 } }), "AX5002", "input.data.mdtrt_cert_type").await;
    check(&|m| m["sign_no"] = "1".into(), "AX5006", "sign_no").await;
    for unreadable in ["", "[", "{\"a\":1,\"a\":1}", "{\"a\":1.5}", "\u{feff}{}"] {
        let answer = till.send_to("/nhsa/1101", unreadable.to_owned()).await;
        assert_eq!((answer.status, code(&answer.json())), (200, "AX5001".into()), "{unreadable}");
    }
    let large = till.send_to("/nhsa/1101", " ".repeat(2 << 20)).await;
    assert_eq!(large.status, 413);
    let unknown = till.message("9999", json!({}));
    assert_eq!(code(&till.send(&unknown).await.json()), "AX5007");
}

#[actix_web::test]
async fn an_operator_is_signed_in_for_a_day() {
    let till = Till::closed(Base::Sqlite).await;
    assert_eq!(till.refused("1101", card()).await, ("AX5006".into(), "sign_no".into()));
    till.sign_in().await;
    let first = till.sign_no.borrow().clone();
    till.sign_in().await;
    assert_eq!(*till.sign_no.borrow(), first, "one number a day");
    let mut other = till.plain("1101", card());
    other["opter"] = "op-2".into();
    let answer = till.send(&till.key.signed(other).unwrap()).await.json();
    assert_eq!(code(&answer), "AX5006", "another operator's");
    let someone = json!({ "signIn": { "opter_no": "op-2" } });
    assert_eq!(till.refused("9001", someone).await.1, "input.signIn.opter_no");
    let out = json!({ "signOut": { "sign_no": first, "opter_no": OPERATOR } });
    till.done("9002", out.clone()).await;
    assert_eq!(till.refused("1101", card()).await.0, "AX5006");
    till.sign_in().await;
    assert_ne!(*till.sign_no.borrow(), first);
    till.done("1101", card()).await;
    till.later(24 * 60);
    assert_eq!(till.refused("1101", card()).await.0, "AX5006", "yesterday's");
}

#[actix_web::test]
async fn answers_are_numbered_one_after_the_other() {
    let till = Till::open(Base::Sqlite).await;
    let mut last = String::new();
    for _ in 0..5 {
        let reply = till.answer("1101", card()).await["inf_refmsgid"].as_str().unwrap().to_owned();
        assert!(reply.len() == 30 && reply.starts_with("440100000000202611020900") && reply > last, "{reply}");
        last = reply;
    }
    assert!(last.ends_with("0005"), "the sign-in was the first: {last}");
    assert_eq!(SEQUENCE_MAX, 9_999);
}

/// Nobody who does not know the demonstration's secret by design is let in by it.
#[actix_web::test]
async fn the_key_that_everybody_knows_is_not_taken_outside_a_demonstration() {
    let till = Till::open(Base::Sqlite).await;
    let url = format!("sqlite:{}", till.bank.folder.path().join("books.db").display());
    let folder = tempfile::tempdir().unwrap();
    let mut settings = crate::bank::settings(Base::Sqlite, folder.path(), &till.bank.key).await;
    (settings.demo, settings.database.url) = (false, url);
    settings.family.key = folder.path().join("lookup.key");
    std::fs::write(&settings.family.key, "0f".repeat(32)).unwrap();
    let real = crate::bank::open_at(&settings, till.hands.clock()).await;
    let message = till.message("1101", card());
    let request = crate::common::post("/nhsa/1101", message.to_string());
    let answer = crate::common::ask(&real, request).await.json();
    assert_eq!(code(&answer), "AX5003");
}
