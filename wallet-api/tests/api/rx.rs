//! 电子处方 and 审方: who may write, see, pass and dispense one, and how often.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::bank::{Bank, Base, Hands, MORNING, number};
use crate::common::Answered;

const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];
const DRUG: &str = "XDEMO00000000000000003";
const DAY: i64 = 86_400_000_000;

async fn bank(base: Base, hands: &Hands) -> Bank {
    Bank::at(base, hands, |s| (s.limits.per_subject, s.limits.per_address) = (1_000_000, 1_000_000)).await
}

async fn prescribe(bank: &Bank, key: &str, packs: u32) -> Answered {
    let line = json!({ "drug": DRUG, "count": packs, "days": 14, "usage": "口服，一次1片，一日2次" });
    let ask = json!({ "id_number": number("worker1"), "diagnosis": "I10.x00", "lines": [line] });
    bank.post("doctor1", "pay/prescriptions", key, ask).await
}

async fn prescribed(bank: &Bank, key: &str, packs: u32) -> String {
    let made = prescribe(bank, key, packs).await;
    assert_eq!(made.status, 201, "{}", made.json());
    made.json()["id"].as_str().unwrap().to_owned()
}

/// A token of who is at the pharmacy, for one of its people.
async fn token(bank: &Bank, seller: &str, patient: &str, key: &str) -> Value {
    let card = json!({ "cert": "02", "value": number(patient), "business": "02121", "device": "till-1" });
    bank.post(seller, "pay/decode", key, card).await.json()["token"].clone()
}

async fn look_up(bank: &Bank, patient: &str, key: &str) -> Value {
    let token = token(bank, "pharmacy1", patient, key).await;
    let found =
        bank.post("pharmacy1", "pay/prescriptions/look", key, json!({ "token": token, "device": "till-1" })).await;
    assert_eq!(found.status, 200, "{}", found.json());
    found.json()["prescriptions"].clone()
}

async fn review(bank: &Bank, who: &str, rx: &str, pass: bool, reason: &str) -> Answered {
    let path = format!("pay/prescriptions/{rx}/review");
    bank.post(who, &path, "review", json!({ "pass": pass, "reason": reason })).await
}

/// The bill of so many packs, and what presettling says of it.
async fn bill(
    bank: &Bank,
    seller: &str,
    patient: &str,
    key: &str,
    rx: Option<&str>,
    codes: &[String],
) -> (Value, Answered) {
    let mut visit = json!({ "outpatient": {
        "level": "3", "on": "2026-11-02", "bill": { "split": { "total_fen": 3_000, "own_expense_fen": 3_000 } },
    } });
    if patient == "worker1" {
        visit["outpatient"]["place"] = json!({ "area": "in_province", "filing": "long_term" });
    }
    let mut line = json!({ "drug": DRUG, "codes": codes, "count": codes.len() });
    if let Some(rx) = rx {
        line["rx"] = json!(rx);
    }
    let token = token(bank, seller, patient, key).await;
    let mut ask = json!({ "token": token, "device": "till-1", "visit": visit, "use_accounts": true, "lines": [line] });
    let pre = bank.post(seller, "pay/presettle", key, ask.clone()).await;
    (ask["figures"], ask["cash"]) = (pre.json()["figures"].clone(), json!({ "means": "cash" }));
    (ask, pre)
}

fn packs(from: u64, count: u64) -> Vec<String> {
    (0..count).map(|n| format!("8{:019}", from + n)).collect()
}

fn refused(answered: &Answered) -> (String, String) {
    let told = answered.json();
    let text = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
    (text("code"), text("field"))
}

fn missing() -> (String, String) {
    ("AX9067".into(), "lines[0].rx".into())
}

fn not_reviewed() -> (String, String) {
    ("AX9068".into(), "lines[0].rx".into())
}

#[actix_web::test]
async fn a_prescription_is_looked_up_reviewed_and_dispensed_once() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = bank(base, &hands).await;
        let rx = prescribed(&bank, "rx1", 2).await;
        assert_eq!(prescribed(&bank, "rx1", 2).await, rx, "the same request again");
        assert_eq!(refused(&prescribe(&bank, "rx1", 3).await).0, "AX9014");
        let own = bank.get("worker1", "wallet/export").await.json();
        assert_eq!(own["prescriptions"][0]["id"], json!(rx), "one's own to take along");
        let other = bank.get("resident1", "wallet/export").await.json();
        assert_eq!(other["prescriptions"], json!([]), "and nobody else's");
        let none = bill(&bank, "pharmacy1", "worker1", "none", None, &packs(1, 2)).await.1;
        assert_eq!(refused(&none), missing(), "not without one");
        assert_eq!(look_up(&bank, "resident1", "l0").await, json!([]), "another's are not there");
        let early = bill(&bank, "pharmacy1", "worker1", "early", Some(&rx), &packs(1, 2)).await.1;
        assert_eq!(refused(&early), not_reviewed(), "nobody passed it yet");
        let found = look_up(&bank, "worker1", "l1").await;
        assert_eq!((&found[0]["id"], &found[0]["review"]["state"]), (&json!(rx), &json!("asked")));
        let waiting = bank.get("pharmacist1", "pay/reviews").await.json();
        assert_eq!(waiting["prescriptions"][0]["id"], json!(rx), "{waiting}");
        assert_eq!(refused(&review(&bank, "pharmacist1", &rx, false, "").await).1, "reason");
        let passed = review(&bank, "pharmacist1", &rx, true, "").await;
        assert_eq!((passed.status, &passed.json()["review"]["pharmacist"]), (200, &json!("DEMOPHARMA01")));
        assert_eq!(review(&bank, "pharmacist1", &rx, true, "").await.status, 200, "the same again");
        assert_eq!(refused(&review(&bank, "pharmacist1", &rx, false, "剂量").await).0, "AX9016", "decided is decided");
        let other = bill(&bank, "pharmacy1", "resident1", "other", Some(&rx), &packs(1, 2)).await.1;
        assert_eq!(refused(&other), missing(), "for nobody else");
        let much = bill(&bank, "pharmacy1", "worker1", "much", Some(&rx), &packs(1, 3)).await.1;
        assert_eq!((refused(&much), &much.json()["accepted"]), (missing(), &json!("≤ 28")), "no more than it says");
        let own = bill(&bank, "pharmacist1", "worker1", "own", Some(&rx), &packs(1, 2)).await.1;
        assert_eq!(refused(&own), not_reviewed(), "who passed it does not sell it");
        // Of many tills that have it at once, one dispenses it.
        let tills = join_all((0..4).map(|n| {
            let (bank, rx) = (&bank, &rx);
            async move {
                let key = format!("sale{n}");
                let (ask, pre) = bill(bank, "pharmacy1", "worker1", &key, Some(rx), &packs(100 * (n + 1), 2)).await;
                assert_eq!(pre.status, 200, "{}", pre.json());
                (key, ask)
            }
        }));
        let tills = tills.await;
        let sold = join_all(tills.into_iter().map(|(key, ask)| {
            let bank = &bank;
            async move { bank.post("pharmacy1", "pay/settle", &key, ask).await }
        }));
        let sold = sold.await;
        let settled = sold.iter().filter(|answered| answered.json()["state"] == "settled").count();
        assert_eq!(settled, 1, "{:?}", sold.iter().map(Answered::json).collect::<Vec<_>>());
        assert_eq!(look_up(&bank, "worker1", "l2").await, json!([]), "nothing is left of it");
    }
}

/// SECURITY D1: nobody writes, sees or passes one who is not known to practise here.
#[actix_web::test]
async fn only_who_practises_writes_and_reviews() {
    let hands = Hands::at(MORNING);
    let bank = bank(Base::Sqlite, &hands).await;
    let ask = json!({
        "id_number": number("worker1"), "diagnosis": "I10.x00",
        "lines": [{ "drug": DRUG, "count": 1, "days": 7, "usage": "一日一次" }],
    });
    let stranger = bank.token_of("doctor", 77, None);
    let post = actix_web::test::TestRequest::post;
    let answered = bank.send(Some(&stranger), post(), "pay/prescriptions", Some("k"), Some(ask.clone())).await;
    assert_eq!(refused(&answered).0, "AX9007", "a doctor whom the area does not know");
    for who in ["pharmacist1", "hospital1", "worker1", "area1"] {
        assert_eq!(bank.post(who, "pay/prescriptions", "k", ask.clone()).await.status, 403, "{who}");
    }
    let rx = prescribed(&bank, "rx1", 1).await;
    assert_eq!(review(&bank, "pharmacist1", &rx, true, "").await.status, 404, "before its patient came here");
    look_up(&bank, "worker1", "l1").await;
    for who in ["pharmacy1", "hospital1", "doctor1", "worker1"] {
        assert_eq!(review(&bank, who, &rx, true, "").await.status, 403, "{who}");
        assert_eq!(bank.get(who, "pay/reviews").await.status, 403, "{who}");
    }
    // A pharmacist of another pharmacy, registered by the area.
    let elsewhere = json!({
        "person": format!("{:032x}", 78), "kind": "pharmacist", "code": "X1", "institution": "H00000000001",
    });
    assert_eq!(bank.post("area1", "pay/practitioners", "k", elsewhere).await.status, 200);
    let people = wallet_api::people();
    let pharmacy = people.iter().find(|p| p.name == "pharmacy1").unwrap().acts_for;
    let token = bank.token_of("institution", 78, pharmacy);
    let path = format!("pay/prescriptions/{rx}/review");
    let answered = bank.send(Some(&token), post(), &path, None, Some(json!({ "pass": true }))).await;
    assert_eq!(answered.status, 403);
    // Who asked for a review does not decide it.
    let seller = people.iter().find(|p| p.name == "pharmacy1").unwrap().subject;
    let same = json!({
        "person": format!("{seller:032x}"), "kind": "pharmacist", "code": "X2", "institution": "P00000000001",
    });
    assert_eq!(bank.post("area1", "pay/practitioners", "k", same).await.status, 200);
    assert_eq!(refused(&review(&bank, "pharmacy1", &rx, true, "").await).0, "AX9015");
}

/// A refused one stays refused, and one that is over is not there.
#[actix_web::test]
async fn what_is_refused_or_over_is_not_dispensed() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = bank(base, &hands).await;
        let (no, late) = (prescribed(&bank, "rx1", 2).await, prescribed(&bank, "rx2", 2).await);
        look_up(&bank, "worker1", "l1").await;
        assert_eq!(review(&bank, "pharmacist1", &no, false, "剂量超过说明书").await.status, 200);
        assert_eq!(review(&bank, "pharmacist1", &late, true, "").await.status, 200);
        let sold = bill(&bank, "pharmacy1", "worker1", "no", Some(&no), &packs(1, 1)).await.1;
        assert_eq!(refused(&sold), not_reviewed());
        let (ask, pre) = bill(&bank, "pharmacy1", "worker1", "late", Some(&late), &packs(1, 1)).await;
        assert_eq!(pre.status, 200, "{}", pre.json());
        hands.set(MORNING + DAY);
        let over = bill(&bank, "pharmacy1", "worker1", "over", Some(&late), &packs(1, 1)).await.1;
        assert_eq!(refused(&over), missing(), "the next day");
        assert_ne!(bank.post("pharmacy1", "pay/settle", "late", ask).await.status, 201);
        let unknown = bill(&bank, "pharmacy1", "worker1", "unknown", Some(&"0".repeat(32)), &packs(1, 1)).await.1;
        assert_eq!(refused(&unknown), missing());
    }
}

/// An order that came to nothing gives its prescription back; one that was handed over does not.
#[actix_web::test]
async fn a_sale_that_came_to_nothing_leaves_the_prescription() {
    let bank = bank(Base::Sqlite, &Hands::at(MORNING)).await;
    let rx = prescribed(&bank, "rx1", 1).await;
    look_up(&bank, "worker1", "l1").await;
    review(&bank, "pharmacist1", &rx, true, "").await;
    let (mut ask, _) = bill(&bank, "pharmacy1", "worker1", "s0", Some(&rx), &packs(1, 1)).await;
    ask["use_accounts"] = json!(false);
    let mut pre = ask.clone();
    pre.as_object_mut().unwrap().retain(|name, _| name != "figures" && name != "cash");
    ask["figures"] = bank.post("pharmacy1", "pay/presettle", "p", pre).await.json()["figures"].clone();
    ask["cash"] = json!({ "means": "wechat", "auth": "13500000000000000-" });
    let failed = bank.post("pharmacy1", "pay/settle", "s0", ask).await.json();
    assert_eq!(failed["state"], "failed", "{failed}");
    let (ask, pre) = bill(&bank, "pharmacy1", "worker1", "s1", Some(&rx), &packs(1, 1)).await;
    assert_eq!(pre.status, 200, "{}", pre.json());
    let sold = bank.post("pharmacy1", "pay/settle", "s1", ask).await.json();
    assert_eq!(sold["state"], "settled", "{sold}");
    let path = format!("pay/orders/{}/refund", sold["id"].as_str().unwrap());
    bank.post("pharmacy1", &path, "back", json!({ "amount_fen": 3_000 })).await;
    assert_eq!(refused(&bill(&bank, "pharmacy1", "worker1", "s2", Some(&rx), &packs(9, 1)).await.1), missing());
}

#[actix_web::test]
async fn a_prescription_that_cannot_be_is_refused_by_its_field() {
    let bank = bank(Base::Sqlite, &Hands::at(MORNING)).await;
    let line = json!({ "drug": DRUG, "count": 1, "days": 7, "usage": "一日一次" });
    let good = json!({ "id_number": number("worker1"), "diagnosis": "I10.x00", "lines": [line] });
    let with = |path: &str, value: Value| {
        let mut ask = good.clone();
        *ask.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value;
        ask
    };
    let mut long = good.clone();
    long["valid_days"] = json!(4);
    for (ask, field) in [
        (with("/diagnosis", json!("")), "diagnosis"),
        (with("/lines", json!([])), "lines"),
        (with("/lines", json!(vec![line.clone(); 2])), "lines[1].drug"),
        (with("/lines/0/count", json!(0)), "lines[0].count"),
        (with("/lines/0/days", json!(0)), "lines[0].days"),
        (with("/lines/0/usage", json!("")), "lines[0].usage"),
        (long, "valid_days"),
    ] {
        let answered = bank.post("doctor1", "pay/prescriptions", "k", ask).await;
        assert_eq!((answered.status, refused(&answered).1), (422, field.into()), "{}", answered.json());
    }
    let nobody = with("/id_number", json!("000000199001010099"));
    assert_eq!(refused(&bank.post("doctor1", "pay/prescriptions", "k", nobody).await).0, "AX9018");
}
