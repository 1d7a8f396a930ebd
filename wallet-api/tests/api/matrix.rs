//! Every address of the wallet, asked by everybody about their own and about somebody else's (SECURITY D1, D4). The
//! addresses come from the description: one that is not in the table below fails the test.

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::bank::{Bank, Base, Hands, MINUTE, MORNING, number, settlement};
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
        // Who helps shows the code, and nothing else.
        "helper" if operation == "make_code" => return 201,
        "doctor" if operation == "prescribe" => return 201,
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
        // Of a list everybody sees their own.
        "accounts" => 200,
        "relations" | "invitations" | "gifts" | "payees" => by(200, 200, 403, 403, 403, 403),
        "notices" | "seen_notices" | "events" | "own_cover" => by(200, 200, 403, 403, 403, 403),
        "invite" => by(201, 201, 403, 403, 403, 403),
        "withdraw_invitation" | "set_quota" | "relation" | "dissolve_relation" => by(200, 404, 403, 403, 403, 403),
        // What waits for one person is not there for another.
        "accept_invitation" => by(201, 404, 403, 403, 403, 403),
        // There is nobody else's to name: everybody pays out of their own.
        "pay" => by(201, 201, 403, 403, 403, 403),
        "give" => by(201, 404, 403, 403, 403, 403),
        "accept_gift" | "refuse_gift" => by(200, 404, 403, 403, 403, 403),
        "register_person" => by(403, 403, 403, 403, 200, 403),
        // Nobody asked for another authenticator in their name.
        "object_to_reset" => by(409, 409, 403, 403, 403, 403),
        "second_factor" | "export" | "erase" => by(200, 200, 403, 403, 403, 403),
        // Nobody's authenticator shows this code.
        "confirm_second_factor" => 403,
        // The password in it is the owner's.
        "offer_second_factor" => by(201, 401, 403, 403, 403, 403),
        "nickname" => by(200, 404, 403, 403, 403, 403),
        // By who is shared with, which the owner is not here.
        "prioritise" => by(403, 404, 403, 403, 403, 403),
        "show_details" => by(403, 404, 403, 403, 403, 403),
        // Nothing is shown to anybody without a consent of who bought it.
        "details" => by(422, 404, 403, 403, 403, 403),
        "accept_at_window" => by(403, 403, 201, 201, 201, 403),
        "note_death" => by(403, 403, 403, 403, 201, 403),
        "resets" => by(403, 403, 403, 403, 200, 200),
        "ask_reset" => by(403, 403, 403, 403, 201, 403),
        // Who asked for it does not grant it.
        "grant_reset" if caller == "asker" => 403,
        "grant_reset" => by(403, 403, 403, 403, 200, 403),
        "account" | "statement" | "statement_csv" => by(200, 404, 404, 404, 200, 200),
        "one_transfer" | "receipt" | "one_hold" => by(200, 404, 200, 404, 200, 200),
        "transfer" | "hold" => by(201, 404, 403, 403, 403, 403),
        "batch" => by(200, 404, 403, 403, 403, 403),
        "refund" => by(403, 403, 201, 404, 403, 403),
        "post_hold" => by(403, 403, 200, 404, 403, 403),
        "void_hold" => by(403, 403, 200, 404, 200, 403),
        "cells" => by(403, 403, 403, 403, 200, 200),
        // These books know no other area.
        "close_window" => by(403, 403, 403, 403, 422, 403),
        "window_statement" | "window_differences" => by(403, 403, 403, 403, 404, 404),
        "agree_terms" | "take_prepayment" | "settle_window" => by(403, 403, 403, 403, 404, 403),
        "flags" => by(403, 403, 403, 403, 403, 200),
        "ask_correction" => by(403, 403, 403, 403, 201, 403),
        "one_correction" => by(403, 403, 403, 403, 200, 200),
        "make_code" => by(201, 201, 403, 403, 403, 403),
        // Whoever is shown a code may read it; what comes of it is for that one till.
        "decode" => by(403, 403, 200, 200, 403, 403),
        "presettle" => by(403, 403, 200, 422, 403, 403),
        "settle" => by(403, 403, 201, 422, 403, 403),
        // Another's key is another's settlement.
        "reverse" => by(403, 403, 200, 200, 403, 403),
        "orders" => 200,
        "order" => by(200, 404, 200, 404, 200, 200),
        "refund_order" => by(403, 403, 200, 404, 403, 403),
        // The other institution is not registered for settlements.
        "make_offer" => by(403, 403, 201, 422, 403, 403),
        "offer" | "release_offer" => by(403, 403, 200, 404, 403, 403),
        "counter_code" => by(403, 403, 200, 200, 403, 403),
        // Whoever is shown a code opens the bill for themselves; then it is nobody else's.
        "scan" => by(200, 200, 403, 403, 403, 403),
        "pay_offer" => by(201, 404, 403, 403, 403, 403),
        "return_offer" => by(204, 404, 403, 403, 403, 403),
        "register_practitioner" => by(403, 403, 403, 403, 200, 403),
        "prescribe" => 403,
        "look_up_prescriptions" => by(403, 403, 200, 422, 403, 403),
        // None of them is a pharmacist.
        "reviews" | "review_prescription" => 403,
        "pack" => by(403, 403, 403, 403, 200, 200),
        "look_at_pack" => by(403, 403, 403, 403, 200, 403),
        "declare" => by(403, 403, 201, 422, 403, 403),
        "clearing_batches" => by(403, 403, 200, 200, 200, 200),
        "clearing_batch" | "clearing_csv" => by(403, 403, 200, 404, 200, 200),
        // The area reviews; an institution only withdraws.
        "clearing_step" => by(403, 403, 403, 403, 200, 403),
        "advances" | "differences" => by(403, 403, 200, 200, 200, 200),
        "ask_advance" => by(403, 403, 403, 403, 201, 403),
        "approve_advance" | "refuse_advance" if caller == "asker" => 403,
        "approve_advance" | "refuse_advance" => by(403, 403, 403, 403, 200, 403),
        // There is none to correct (`office.rs` tries it where there is).
        "ask_difference" | "approve_difference" | "refuse_difference" => by(403, 403, 403, 403, 404, 403),
        "ask_standing" => by(403, 403, 403, 403, 201, 403),
        "standings" => by(403, 403, 403, 403, 200, 200),
        "approve_standing" if caller == "asker" => 403,
        "approve_standing" => by(403, 403, 403, 403, 200, 403),
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
    let mut path = path.replace("{account}", account).replace("{area}", "450100").replace("{window}", "1");
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
    hold["until"] = json!("2099-01-01T00:00:00Z");
    if path.contains("{hold}") {
        path = path
            .replace("{hold}", &id(bank.post(owner, "wallet/holds", &format!("held-{n}"), hold.clone()).await, "hold"));
    }
    path = relatives(bank, owner, &path, operation, n).await;
    if path.contains("{order}") {
        let settled = bank.post("hospital1", "pay/settle", &format!("settled-{n}"), bill(bank, owner, n).await).await;
        path = path.replace("{order}", &id(settled, "id"));
    }
    if operation == "declare" || path.contains("{batch}") {
        // Of the day before: every caller leaves one to who comes next.
        let settled = bank.post("hospital1", "pay/settle", &format!("owed-{n}"), bill(bank, owner, n).await).await;
        assert_eq!(settled.status, 201, "{}", settled.json());
    }
    if path.contains("{batch}") {
        let declared = bank.post("hospital1", "pay/clearing/batches", &format!("declared-{n}"), yesterday(n)).await;
        path = path.replace("{batch}", &id(declared, "id"));
    }
    if path.contains("{reset}") {
        nobody_asked(bank).await;
        path = path.replace("{reset}", &id(bank.post("area1", RESETS, "", for_father()).await, "id"));
    }
    if path.contains("{standing}") {
        let asked = bank.post("area1", "pay/clearing/standings", &format!("standing-{n}"), standing(n)).await;
        path = path.replace("{standing}", &id(asked, "id"));
    }
    if path.contains("advances/{proposal}") {
        let asked = bank.post("area1", "pay/clearing/advances", &format!("advance-{n}"), advance()).await;
        path = path.replace("{proposal}", &id(asked, "id"));
    }
    path = path.replace("{proposal}", &"0".repeat(32)).replace("{difference}", &"0".repeat(32));
    if path.contains("{offer}") {
        let offer = offered(bank, n).await;
        if operation == "pay_offer" || operation == "return_offer" {
            scanned(bank, owner, &offer).await;
        }
        path = path.replace("{offer}", offer["id"].as_str().unwrap());
    }
    path = path.replace("{rx}", &format!("{n:032x}"));
    if path.contains("{pack}") {
        let code = format!("8{n:019}");
        let mut bill = bill(bank, owner, n).await;
        bill["lines"] = json!([{ "drug": "XDEMO00000000000000001", "codes": [code], "count": 1 }]);
        let settled = bank.post("hospital1", "pay/settle", &format!("sold-{n}"), bill).await;
        let order = id(settled, "id");
        let back = json!({ "amount_fen": 3 });
        bank.post("hospital1", &format!("pay/orders/{order}/refund"), &format!("back-{n}"), back).await;
        path = path.replace("{pack}", &code);
    }
    let body = match operation {
        "invite" => Some(json!({
            "kind": "share", "kin": "spouse", "id_number": "000000199001010099", "consent": true,
        })),
        "accept_invitation" => {
            let code = invitation(bank, owner, n).await["code"].clone();
            Some(json!({ "code": code, "consent": true }))
        }
        "set_quota" => Some(json!({ "usable_fen": n })),
        "make_code" => Some(json!({})),
        "decode" => Some(json!({
            "cert": "01", "value": shown(bank, owner).await, "business": "01301", "device": "till-1",
        })),
        "presettle" => {
            let mut ask = bill(bank, owner, n).await;
            ask.as_object_mut().unwrap().retain(|name, _| name != "figures" && name != "cash");
            Some(ask)
        }
        "settle" => Some(bill(bank, owner, n).await),
        "make_offer" => Some(waiting()),
        "counter_code" => Some(json!({ "counter": "A1" })),
        "scan" => Some(json!({ "code": offered(bank, n).await["code"], "use_accounts": true })),
        "pay_offer" => {
            let figures = scanned(bank, owner, &offered(bank, n).await).await["figures"].clone();
            Some(json!({ "use_accounts": true, "figures": figures, "cash": { "means": "wechat" } }))
        }
        "register_practitioner" => Some(json!({
            "person": format!("{:032x}", 70_000 + n), "kind": "doctor", "code": format!("D{n}"),
            "institution": "H00000000001",
        })),
        "prescribe" => Some(json!({
            "id_number": number(owner), "diagnosis": "I10.x00",
            "lines": [{ "drug": "XDEMO00000000000000003", "count": 1, "days": 7, "usage": "一日一次" }],
        })),
        "look_up_prescriptions" => {
            let token = bill(bank, owner, n).await["token"].clone();
            Some(json!({ "token": token, "device": "till-1" }))
        }
        "review_prescription" => Some(json!({ "pass": true })),
        "reverse" => Some(json!({ "key": format!("settled-{n}") })),
        "refund_order" => Some(json!({ "amount_fen": 1 })),
        "pay" => Some(json!({ "to": hospital, "use": "institution", "amount_fen": 3 })),
        "give" => Some(json!({ "relation": related(bank, owner, n).await, "amount_fen": 3 })),
        "register_person" => Some(json!({
            "person": format!("{:032x}", 90_000 + n), "id_number": format!("0000001990010{n:05}"), "area": "440100",
            "cover": "resident",
        })),
        "offer_second_factor" => Some(json!({ "name": owner, "password": "anxin-demo" })),
        "confirm_second_factor" => Some(json!({ "code": "x" })),
        "nickname" => Some(json!({ "nickname": "x" })),
        "prioritise" => Some(json!({ "priority": n % 200 })),
        "show_details" => Some(json!({ "shown": true })),
        "erase" => Some(json!({ "consent": true })),
        "accept_at_window" => Some(for_grandmother(bank, n).await),
        // Of somebody new each time: nobody dies twice.
        "note_death" => {
            let (person, number) = (format!("{:032x}", 95_000 + n), format!("0000001940010{n:05}"));
            let known = json!({ "person": person, "id_number": number, "area": "440100", "cover": "resident" });
            assert_eq!(bank.post("area1", "wallet/people", "", known).await.status, 200);
            Some(json!({ "id_number": number, "died": "2026-11-01", "paper": "9" }))
        }
        "ask_reset" => {
            nobody_asked(bank).await;
            Some(for_father())
        }
        "declare" => Some(yesterday(n)),
        "clearing_step" => Some(json!({ "step": "first_review" })),
        "ask_standing" => Some(standing(n)),
        "ask_advance" => Some(advance()),
        "ask_difference" => Some(json!({ "kind": "leave", "reason": "x" })),
        "look_at_pack" => Some(json!({ "sound": true })),
        "agree_terms" => Some(json!({ "open": true })),
        "take_prepayment" => Some(json!({ "amount_fen": 1 })),
        "settle_window" => Some(json!({ "area": "450100", "paid_from": "bank" })),
        "seen_notices" => Some(json!({ "number": 1 })),
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

/// What an operator asks for at a window, for two who are not related any more.
async fn for_grandmother(bank: &Bank, n: usize) -> Value {
    let (name, relations) = ("grandmother1", bank.get("daughter1", "wallet/family/relations").await.json());
    let helped = relations["relations"].as_array().unwrap().iter().filter(|r| r["kind"] == "helper");
    for relation in helped.filter(|r| r["ended_at"].is_null()) {
        let path = format!("wallet/family/relations/{}/dissolution", relation["id"].as_str().unwrap());
        assert_eq!(bank.post("daughter1", &path, "", Value::Null).await.status, 200);
    }
    let ask = json!({ "kind": "helper", "kin": "paternal_grandparent", "id_number": number(name), "consent": true });
    let invited = bank.post("daughter1", "wallet/family/invitations", &format!("window-{n}"), ask).await;
    json!({ "code": invited.json()["code"], "id_number": number(name), "document": "id_card", "paper": "7" })
}

const RESETS: &str = "wallet/window/authenticators";

/// Who lost their authenticator, and stands at a window.
fn for_father() -> Value {
    json!({ "id_number": number("father1"), "document": "id_card", "paper": "8" })
}

/// Of a person one is open at a time.
async fn nobody_asked(bank: &Bank) {
    bank.post("father1", "wallet/second-factor/objection", "", Value::Null).await;
}

/// The day before the one on which the n-th caller asks.
fn yesterday(n: usize) -> Value {
    let at = MORNING + i64::try_from(n).unwrap() * 24 * 60 * MINUTE - 24 * 60 * MINUTE;
    let day = jiff::Timestamp::from_microsecond(at).unwrap().to_zoned(jiff::tz::TimeZone::UTC).date();
    json!({ "period": "day", "from": day.to_string() })
}

/// Of a person whom nobody knows here.
fn standing(n: usize) -> Value {
    json!({ "kind": "unqualified", "code": format!("D{n:011}"), "from": "2026-11-01", "reason": "记分达到上限" })
}

fn advance() -> Value {
    json!({ "code": "H00000000001", "amount_fen": 100, "reason": "预付" })
}

/// A code that the owner shows.
async fn shown(bank: &Bank, owner: &str) -> String {
    let made = bank.post(owner, "wallet/codes", "code", json!({})).await;
    assert_eq!(made.status, 201, "{}", made.json());
    made.json()["code"].as_str().unwrap().to_owned()
}

/// A bill that is all the patient's own, as the till that read the code would settle it.
async fn bill(bank: &Bank, owner: &str, n: usize) -> Value {
    let ask = json!({
        "cert": "01", "value": shown(bank, owner).await, "business": "01301", "device": "till-1",
    });
    let read = bank.post("hospital1", "pay/decode", &format!("read-{n}"), ask).await.json();
    let visit = json!({ "outpatient": {
        "level": "3", "on": "2026-11-02", "bill": { "split": { "total_fen": 3, "own_expense_fen": 3 } },
    } });
    let mut ask = json!({ "token": read["token"], "device": "till-1", "visit": visit, "use_accounts": true });
    let pre = bank.post("hospital1", "pay/presettle", "presettle", ask.clone()).await;
    assert_eq!(pre.status, 200, "{}", pre.json());
    (ask["figures"], ask["cash"]) = (pre.json()["figures"].clone(), json!({ "means": "cash" }));
    ask
}

/// A bill that waits, all of it the person's own.
fn waiting() -> Value {
    json!({ "visit": { "outpatient": {
        "level": "3", "on": "2026-11-02", "bill": { "split": { "total_fen": 3, "own_expense_fen": 3 } },
    } } })
}

async fn offered(bank: &Bank, n: usize) -> Value {
    let made = bank.post("hospital1", "pay/offers", &format!("offered-{n}"), waiting()).await;
    assert_eq!(made.status, 201, "{}", made.json());
    made.json()
}

async fn scanned(bank: &Bank, owner: &str, offer: &Value) -> Value {
    let ask = json!({ "code": offer["code"], "use_accounts": true });
    let scanned = bank.post(owner, "wallet/scans", "scan", ask).await;
    assert_eq!(scanned.status, 200, "{}", scanned.json());
    scanned.json()
}

/// Who gives to or takes from the owner: somebody who is neither of the two residents that take turns.
const RELATIVE: &str = "father1";

/// An invitation that waits for `to`, from somebody who has no other business here.
async fn invitation(bank: &Bank, to: &str, n: usize) -> Value {
    let ask = json!({ "kind": "share", "kin": "child", "id_number": number(to), "consent": true });
    let invited = bank.post("daughter1", "wallet/family/invitations", &format!("invited-{n}"), ask).await;
    assert_eq!(invited.status, 201, "{}", invited.json());
    invited.json()
}

/// A relation in which `giver` shares with the relative, made if there is none.
async fn related(bank: &Bank, giver: &str, n: usize) -> String {
    let relations = bank.get(giver, "wallet/family/relations").await.json();
    let open = relations["relations"].as_array().unwrap().iter();
    let mut open = open.filter(|r| r["ended_at"].is_null() && r["side"] == "giver" && r["kind"] == "share");
    if let Some(relation) = open.next() {
        return relation["id"].as_str().unwrap().to_owned();
    }
    let ask = json!({ "kind": "share", "kin": "parent", "id_number": number(RELATIVE), "consent": true });
    let invited = bank.post(giver, "wallet/family/invitations", &format!("related-{n}"), ask).await.json();
    let ask = json!({ "code": invited["code"], "consent": true });
    let accepted = bank.post(RELATIVE, "wallet/family/acceptances", "accept", ask).await;
    assert_eq!(accepted.status, 201, "{}", accepted.json());
    accepted.json()["id"].as_str().unwrap().to_owned()
}

/// The address of something between relatives, made anew.
async fn relatives(bank: &Bank, owner: &str, path: &str, operation: &str, n: usize) -> String {
    let mut path = path.to_owned();
    if path.contains("{invitation}") {
        let ask = json!({ "kind": "helper", "kin": "parent", "id_number": number(RELATIVE), "consent": true });
        let invited = bank.post(owner, "wallet/family/invitations", &format!("waits-{n}"), ask).await.json();
        path = path.replace("{invitation}", invited["id"].as_str().unwrap());
    }
    if path.contains("{relation}") || operation == "give" {
        path = path.replace("{relation}", &related(bank, owner, n).await);
    }
    if path.contains("{gift}") {
        // What waits still is refused, for only one may wait.
        for name in ["resident1", "resident2"] {
            let transfers = bank.get(name, "wallet/family/transfers").await.json();
            let waiting = transfers["transfers"].as_array().unwrap().iter();
            for gift in waiting.filter(|t| t["state"] == "pending" && t["side"] == "taker") {
                let path = format!("wallet/family/transfers/{}/refusal", gift["id"].as_str().unwrap());
                bank.post(name, &path, &format!("refused-{n}"), Value::Null).await;
            }
        }
        // The owner is whom it is for.
        let from = "daughter1";
        let code = invitation(bank, owner, n).await["code"].clone();
        let ask = json!({ "code": code, "consent": true });
        let accepted = bank.post(owner, "wallet/family/acceptances", "accept", ask).await.json();
        // As of the second time the two are related already.
        let relation = match accepted["id"].as_str() {
            Some(id) => id.to_owned(),
            None => between(bank, from, owner).await,
        };
        let gift = json!({ "relation": relation, "amount_fen": 3 });
        let given = bank.post(from, "wallet/family/transfers", &format!("given-{n}"), gift).await;
        assert_eq!(given.status, 201, "{}", given.json());
        path = path.replace("{gift}", given.json()["hold"].as_str().unwrap());
    }
    path
}

async fn between(bank: &Bank, giver: &str, taker: &str) -> String {
    let of = async |name: &str| bank.get(name, "wallet/family/relations").await.json()["relations"].clone();
    let (given, taken) = (of(giver).await, of(taker).await);
    let taken = taken.as_array().unwrap();
    let open = given.as_array().unwrap().iter().filter(|r| r["ended_at"].is_null());
    let mut both = open.filter(|r| taken.iter().any(|other| other["id"] == r["id"]));
    both.next().unwrap()["id"].as_str().unwrap().to_owned()
}

async fn everybody_asks_for_everything(base: Base) {
    let hands = Hands::at(MORNING);
    let bank = Bank::at(base, &hands, |s| {
        (s.limits.per_subject, s.limits.per_address, s.limits.logins_per_address) = (1_000_000, 1_000_000, 1_000_000);
    });
    let bank = bank.await;
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
                    // No day's limit is reached.
                    hands.set(MORNING + i64::try_from(asked).unwrap() * 24 * 60 * MINUTE);
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
    assert!(asked >= 32 * CALLERS.len() * 2, "{asked}");
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
    assert_eq!(ids("area1").await.len(), 15, "all of them, and the area's own");
    assert_eq!(ids("auditor1").await, ids("area1").await);
}

#[actix_web::test]
async fn who_has_part_of_a_transfer_sees_that_part() {
    let bank = Bank::new(Base::Sqlite).await;
    let hospital = bank.account("hospital1", "institution").await;
    let (from, to) = (bank.account("resident1", "wallet").await, bank.account("resident2", "wallet").await);
    let body = json!({ "purpose": "settle", "legs": [{ "from": from, "to": hospital, "amount_fen": 5 }] });
    let moved = bank.post("resident1", "wallet/transfers", "gift", body).await.json();
    let path = format!("wallet/transfers/{}", moved["transfer"].as_str().unwrap());
    for name in ["resident1", "hospital1", "area1"] {
        assert_eq!(bank.get(name, &path).await.json()["legs"].as_array().unwrap().len(), 1, "{name}");
    }
    assert_eq!(bank.get("resident2", &path).await.status, 404);
    let balances = moved["balances"].as_array().unwrap();
    assert!(balances.len() == 1 && balances[0]["account"] == json!(from), "not the other's balance: {moved}");
    let two = json!({ "purpose": "settle", "legs": [
        { "from": from, "to": hospital, "amount_fen": 5 },
        { "from": to, "to": hospital, "amount_fen": 5 },
    ] });
    assert_eq!(bank.post("resident1", "wallet/transfers", "two", two).await.status, 404, "not with another's money");
}
