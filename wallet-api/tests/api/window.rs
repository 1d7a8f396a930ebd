//! A lost authenticator: two operators, a paper, a waiting time, and the word of whom it is about.

use serde_json::{Value, json};

use crate::bank::{Bank, Base, Hands, MINUTE, MORNING, number, settlement};
use crate::common::Answered;
use crate::own::{demo_code, limited, problem, shown_by, with_code};
use crate::relatives::{pay, seeded};

const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];
const HOUR: i64 = 60 * MINUTE;
const WAIT: i64 = 72 * HOUR;
const COUNTS: i64 = 7 * 24 * HOUR;
const RESETS: &str = "wallet/window/authenticators";
const FACTOR: &str = "wallet/second-factor";

async fn asked(bank: &Bank, operator: &str, who: &str) -> Answered {
    let ask = json!({ "id_number": number(who), "document": "id_card", "paper": "2026-0118" });
    bank.post(operator, RESETS, "", ask).await
}

async fn granted(bank: &Bank, operator: &str, reset: &Value) -> Answered {
    let path = format!("{RESETS}/{}/approval", reset["id"].as_str().unwrap());
    bank.post(operator, &path, "", Value::Null).await
}

/// By who knows the password and has no code.
async fn another(bank: &Bank, who: &str) -> Answered {
    bank.post(who, FACTOR, "", json!({ "name": who, "password": "anxin-demo" })).await
}

async fn confirmed(bank: &Bank, who: &str, offer: &Value, at: i64) -> Answered {
    let code = shown_by(offer["secret"].as_str().unwrap(), at);
    bank.post(who, "wallet/second-factor/confirmation", "", json!({ "code": code })).await
}

async fn told(bank: &Bank, who: &str) -> Vec<String> {
    let notices = bank.get(who, "wallet/notices").await.json();
    let kinds = notices["notices"].as_array().unwrap().iter().map(|notice| notice["kind"].as_str().unwrap().to_owned());
    kinds.filter(|kind| kind.starts_with("reset")).collect()
}

#[actix_web::test]
async fn a_lost_authenticator_is_replaced_after_two_operators_and_a_wait() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = limited(base, &hands, 1).await;
        for who in ["hospital1", "auditor1", "daughter1"] {
            assert_eq!(asked(&bank, who, "daughter1").await.status, 403, "{who}");
        }
        let blank = json!({ "id_number": number("daughter1"), "document": "id_card", "paper": " " });
        assert_eq!(bank.post("area1", RESETS, "", blank).await.json()["field"], json!("paper"));
        assert_eq!(problem(&asked(&bank, "area1", "mother1").await).1, "AX9027", "she has none to lose");
        let reset = asked(&bank, "area1", "daughter1").await;
        assert_eq!(reset.status, 201, "{}", reset.json());
        let reset = reset.json();
        assert_eq!((&reset["state"], &reset["own"]), (&json!("asked"), &json!(true)));
        assert!(!reset.to_string().contains(number("daughter1")), "{reset}");
        assert_eq!(problem(&asked(&bank, "area2", "daughter1").await), (409, "AX9016".into()), "one at a time");
        assert_eq!(told(&bank, "daughter1").await, ["reset_asked"]);
        // One operator alone opens nothing, however long it is ago.
        assert_eq!(problem(&granted(&bank, "area1", &reset).await), (403, "AX9015".into()));
        hands.set(MORNING + WAIT);
        assert_eq!(problem(&another(&bank, "daughter1").await).1, "AX9025");
        let answer = granted(&bank, "area2", &reset).await.json();
        assert_eq!((&answer["state"], &answer["own"]), (&json!("waiting"), &json!(false)), "{answer}");
        assert_eq!(granted(&bank, "area2", &reset).await.json(), answer, "again is the same");
        assert_eq!(told(&bank, "daughter1").await, ["reset_granted", "reset_asked"]);
        hands.set(MORNING + 2 * WAIT - 1);
        assert_eq!(problem(&another(&bank, "daughter1").await).1, "AX9025");
        assert_eq!(bank.get("daughter1", FACTOR).await.json()["reset"]["state"], json!("waiting"));
        let ready = MORNING + 2 * WAIT;
        hands.set(ready);
        assert_eq!(bank.get("daughter1", FACTOR).await.json()["reset"]["state"], json!("ready"));
        let stranger = json!({ "name": "daughter1", "password": "wrong" });
        assert_eq!(problem(&bank.post("daughter1", FACTOR, "", stranger).await).1, "AX9017");
        let offer = another(&bank, "daughter1").await;
        assert_eq!(offer.status, 201, "{}", offer.json());
        // Until the new one has shown a code the old one holds.
        let (from, to) = (bank.account("daughter1", "wallet").await, bank.account("hospital1", "institution").await);
        let old = demo_code(&bank, "daughter1").await;
        let pay = async |key: &str, code: &str| {
            with_code(&bank, "daughter1", "wallet/transfers", key, settlement(&from, &to, 2), code).await
        };
        assert_eq!(pay("old", &old).await.status, 201);
        assert_eq!(confirmed(&bank, "daughter1", &offer.json(), ready).await.status, 200);
        hands.set(ready + 2 * MINUTE);
        let code = shown_by(offer.json()["secret"].as_str().unwrap(), ready + 2 * MINUTE);
        assert_eq!(pay("new", &code).await.status, 201);
        let standing = bank.get("daughter1", FACTOR).await.json();
        assert!(standing["reset"].is_null() && standing["demo_code"].is_null(), "{standing}");
        assert_eq!(problem(&another(&bank, "daughter1").await).1, "AX9025", "it was for one");
        let export = bank.get("daughter1", "wallet/export").await.json();
        let kept = &export["authenticator_resets"][0];
        assert_eq!((&kept["state"], &kept["paper"]), (&json!("used"), &json!("2026-0118")), "{kept}");
    }
}

/// Whoever learns the password and deceives a window is stopped by whom it is about.
#[actix_web::test]
async fn who_did_not_ask_for_another_authenticator_stops_it() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = limited(base, &hands, 1).await;
        let object = async || bank.post("daughter1", "wallet/second-factor/objection", "", Value::Null).await;
        assert_eq!(problem(&object().await), (409, "AX9016".into()), "nothing to object to");
        let reset = asked(&bank, "area1", "daughter1").await.json();
        assert_eq!(granted(&bank, "area2", &reset).await.status, 200);
        hands.set(MORNING + WAIT);
        let offer = another(&bank, "daughter1").await.json();
        assert_eq!(object().await.status, 200);
        assert_eq!(problem(&confirmed(&bank, "daughter1", &offer, MORNING + WAIT).await).1, "AX9027");
        assert_eq!(problem(&another(&bank, "daughter1").await).1, "AX9025");
        assert_eq!(problem(&granted(&bank, "area2", &reset).await).1, "", "it was granted by this very operator");
        let all = bank.get("auditor1", RESETS).await.json();
        assert_eq!(all["resets"][0]["state"], json!("objected"), "{all}");
        let standing = bank.get("daughter1", FACTOR).await.json();
        assert!(standing["demo_code"].is_string(), "the old one holds: {standing}");
    }
}

#[actix_web::test]
async fn what_nobody_grants_or_uses_in_time_is_over() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = limited(base, &hands, 1).await;
        let reset = asked(&bank, "area1", "daughter1").await.json();
        hands.set(MORNING + COUNTS);
        assert_eq!(problem(&granted(&bank, "area2", &reset).await).1, "AX9016");
        let reset = asked(&bank, "area2", "daughter1").await;
        assert_eq!(reset.status, 201, "the one before is over: {}", reset.json());
        assert_eq!(granted(&bank, "area1", &reset.json()).await.status, 200);
        let over = MORNING + COUNTS + WAIT + COUNTS;
        hands.set(over);
        assert_eq!(problem(&another(&bank, "daughter1").await).1, "AX9025");
        hands.set(over - 1);
        assert_eq!(another(&bank, "daughter1").await.status, 201);
    }
}

/// An operator knows a number and a paper, and nobody's id.
#[actix_web::test]
async fn a_death_is_noted_by_number_and_paper() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let note = async |who: &str, died: &str, paper: &str| {
            let ask = json!({ "id_number": number("father1"), "died": died, "paper": paper });
            bank.post(who, "wallet/window/deaths", "", ask).await
        };
        assert_eq!(note("hospital1", "2026-11-01", "7").await.status, 403);
        for bad in ["2026-11-03", "2026-13-01", "gestern"] {
            assert_eq!(note("area1", bad, "7").await.json()["field"], json!("died"), "{bad}");
        }
        assert_eq!(note("area1", "2026-11-01", "").await.json()["field"], json!("paper"));
        let noted = note("area1", "2026-11-02", "7").await;
        assert_eq!((noted.status, noted.json()), (201, json!({ "ended": 1 })));
        assert_eq!(seeded(&bank, "daughter1").await["why"], json!("died"));
        let personal = bank.account("daughter1", "personal").await;
        assert_eq!(bank.posted("daughter1", &personal).await, 250_000, "the quota came back");
        assert_eq!(problem(&pay(&bank, "father1", "late", 1, None).await), (409, "AX9028".into()));
        assert_eq!(problem(&note("area2", "2026-11-01", "8").await), (409, "AX9028".into()), "once");
    }
}
