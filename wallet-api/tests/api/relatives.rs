//! A daughter and her father over HTTP: invited, agreed, set aside, paid, sent, ended.

use futures_util::future::join_all;
use serde_json::{Value, json};
use wallet_ledger::Limits;
use wallet_store::{Database, Writer, sweep};

use crate::bank::{Bank, Base, Hands, MINUTE, MORNING, number};
use crate::common::Answered;

const HOUR: i64 = 60 * MINUTE;
const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];

pub fn code(answered: &Answered) -> String {
    answered.json()["code"].as_str().unwrap_or_default().to_owned()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("{key}: {value}")).to_owned()
}

pub async fn invite(bank: &Bank, from: &str, to: &str, kin: &str, key: &str) -> Answered {
    let ask = json!({ "kind": "share", "kin": kin, "id_number": number(to), "consent": true });
    bank.post(from, "wallet/family/invitations", key, ask).await
}

pub async fn accept(bank: &Bank, who: &str, code: &str) -> Answered {
    bank.post(who, "wallet/family/acceptances", "accept", json!({ "code": code, "consent": true })).await
}

/// The relation of the demonstration, as somebody sees it.
pub async fn seeded(bank: &Bank, who: &str) -> Value {
    bank.get(who, "wallet/family/relations").await.json()["relations"][0].clone()
}

pub async fn set(bank: &Bank, relation: &Value, key: &str, fen: i64) -> Answered {
    let path = format!("wallet/family/relations/{}/quota", text(relation, "id"));
    bank.post("daughter1", &path, key, json!({ "usable_fen": fen })).await
}

pub async fn pay(bank: &Bank, who: &str, key: &str, fen: i64, until: Option<&str>) -> Answered {
    let mut ask =
        json!({ "to": bank.account("hospital1", "institution").await, "use": "institution", "amount_fen": fen });
    if let Some(until) = until {
        ask["until"] = json!(until);
    }
    bank.post(who, "wallet/family/payments", key, ask).await
}

pub async fn part(bank: &Bank, who: &str, relation: &Value) -> Answered {
    bank.post(who, &format!("wallet/family/relations/{}/dissolution", text(relation, "id")), "part", Value::Null).await
}

/// Only the person whom an invitation is for can accept it, in time; everybody else gets one and the same answer
/// (SECURITY D2, D3).
#[actix_web::test]
async fn an_invitation_is_for_one_person() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = Bank::at(base, &hands, |_| {}).await;
        let invited = invite(&bank, "resident1", "mother1", "parent", "mother").await;
        assert_eq!(invited.status, 201, "{}", invited.json());
        let code = code(&invited);
        assert_eq!(invite(&bank, "resident1", "mother1", "parent", "mother").await.json(), invited.json());
        let without_id = |answered: &Answered| {
            let mut told = answered.json();
            told["request_id"] = Value::Null;
            (answered.status, told)
        };
        let wrong = accept(&bank, "father1", "000000-000000-000000-000000").await;
        let hijacked = accept(&bank, "father1", &code).await;
        assert_eq!(without_id(&hijacked), without_id(&wrong));
        assert_eq!(hijacked.status, 404);
        let silent = json!({ "code": code, "consent": false });
        let silent = bank.post("mother1", "wallet/family/acceptances", "accept", silent).await;
        assert_eq!((silent.status, text(&silent.json(), "code")), (422, "AX9021".into()));
        let relation = accept(&bank, "mother1", &code).await;
        assert_eq!(relation.status, 201, "{}", relation.json());
        let told = relation.json();
        let sides: Vec<_> = told["consents"].as_array().unwrap().iter().map(|c| text(c, "side")).collect();
        assert_eq!(sides.len(), 2);
        assert!(told["consents"][0]["rules"] == told["consents"][1]["rules"] && told["account"].is_null(), "{told}");
        assert_eq!(accept(&bank, "mother1", &code).await.json()["id"], told["id"], "again is the same relation");
        // Too late is as good as never.
        let late = invite(&bank, "resident2", "mother1", "parent", "late").await;
        hands.set(MORNING + 72 * HOUR);
        assert_eq!(without_id(&accept(&bank, "mother1", &self::code(&late)).await), without_id(&wrong));
        hands.set(MORNING + 72 * HOUR - 1_000);
        assert_eq!(accept(&bank, "mother1", &self::code(&late)).await.status, 201);
    }
}

/// What the preview refuses the server refuses too, and names the condition.
#[actix_web::test]
async fn the_rules_decide_who_may_share() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |_| {}).await;
    let told = |answered: Answered| (answered.status, text(&answered.json(), "code"), text(&answered.json(), "field"));
    let stranger = invite(&bank, "resident1", "father1", "other", "other").await;
    assert_eq!(told(stranger), (422, "AX9019".into(), "kin".into()));
    let without_account = invite(&bank, "father1", "mother1", "spouse", "spouse").await;
    assert_eq!(told(without_account), (422, "AX9019".into(), "sharer_account".into()));
    // Of an area of which the rules know nothing, nothing is guessed.
    let mother = wallet_api::people().into_iter().find(|p| p.name == "mother1").unwrap().subject;
    let far = json!({ "person": format!("{mother:032x}"), "id_number": number("mother1"), "area": "710000",
        "cover": "resident" });
    assert_eq!(bank.post("area1", "wallet/people", "", far).await.status, 200);
    let code = code(&invite(&bank, "resident1", "mother1", "parent", "far").await);
    assert_eq!(told(accept(&bank, "mother1", &code).await), (422, "AX9020".into(), "cross_province".into()));
    let far = json!({ "person": format!("{:032x}", 7), "id_number": number("mother1"), "area": "710000",
        "cover": "resident" });
    let taken = bank.post("area1", "wallet/people", "", far).await;
    assert_eq!((taken.status, text(&taken.json(), "field")), (422, "id_number".into()), "it is somebody else's");
}

/// What is set aside is out of the sharer's reach and within the relative's, who learns nothing of the rest.
#[actix_web::test]
async fn a_quota_is_the_relatives_to_use() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let (hers, his) = (seeded(&bank, "daughter1").await, seeded(&bank, "father1").await);
        assert_eq!(
            (&hers["usable_fen"], &his["usable_fen"], &hers["model"]),
            (&json!(200_000), &json!(200_000), &json!("quota"))
        );
        assert!(his["account"].is_null() && his["used_fen"].is_null() && his["held_fen"].is_null(), "{his}");
        let personal = bank.account("daughter1", "personal").await;
        assert_eq!(bank.posted("daughter1", &personal).await, 50_000);
        let paid = pay(&bank, "father1", "pay", 12_800, None).await;
        assert_eq!(paid.status, 201, "{}", paid.json());
        let told = paid.json();
        let expected = json!([{ "from": "sharer", "relation": hers["id"], "amount_fen": 12_800 }]);
        assert_eq!((&told["draws"], &told["cash_fen"], &told["balances"]), (&expected, &json!(0), &json!([])));
        let again = pay(&bank, "father1", "pay", 12_800, None).await;
        assert_eq!(
            (again.header("idempotency-replayed"), again.json()["transfer"].clone()),
            ("true", told["transfer"].clone())
        );
        assert_eq!(pay(&bank, "father1", "pay", 12_801, None).await.status, 409);
        let (hers, his) = (seeded(&bank, "daughter1").await, seeded(&bank, "father1").await);
        assert_eq!((&hers["used_fen"], &his["usable_fen"]), (&json!(12_800), &json!(187_200)));
        // The sharer sees amount, date and institution.
        let path = format!("wallet/accounts/{}/statement", text(&hers, "account"));
        let line = bank.get("daughter1", &path).await.json()["lines"][0].clone();
        assert_eq!(
            (&line["posted_change_fen"], &line["institution"]),
            (&json!(-12_800), &json!("羊城示范医院（演示）"))
        );
        assert_eq!(bank.get("father1", &path).await.status, 404);
        // Not even by the way round can she spend it herself.
        let own = json!({ "purpose": "settle", "legs": [{ "from": hers["account"],
            "to": bank.account("hospital1", "institution").await, "amount_fen": 1 }] });
        assert_eq!(bank.post("daughter1", "wallet/transfers", "own", own).await.status, 403);
        // Lower, higher, too high.
        assert_eq!(set(&bank, &hers, "low", 100).await.status, 200);
        assert_eq!(bank.posted("daughter1", &personal).await, 237_100);
        assert_eq!(set(&bank, &hers, "high", 237_200).await.status, 200);
        let over = set(&bank, &hers, "over", 237_201).await;
        assert_eq!((over.status, text(&over.json(), "code")), (422, "AX3070".into()));
        // More than there is: the rest is cash.
        let much = pay(&bank, "father1", "much", 300_000, None).await.json();
        assert_eq!((&much["draws"][0]["amount_fen"], &much["cash_fen"]), (&json!(237_200), &json!(62_800)));
    }
}

/// Settlements under way end first, nothing new begins, and the rest is returned once (SECURITY A10).
#[actix_web::test]
async fn a_quota_that_ends_comes_back_once() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let relation = seeded(&bank, "daughter1").await;
        let personal = bank.account("daughter1", "personal").await;
        let held = pay(&bank, "father1", "hold", 30_000, Some("2026-11-02T02:00:00Z")).await;
        assert_eq!(held.status, 201, "{}", held.json());
        let all = join_all((0..8).map(|n| part(&bank, if n % 2 == 0 { "father1" } else { "daughter1" }, &relation)));
        assert!(all.await.iter().all(|answered| answered.status == 200));
        assert_eq!(bank.posted("daughter1", &personal).await, 220_000);
        assert_eq!(pay(&bank, "father1", "late", 1, None).await.status, 422, "nothing is left to draw on");
        assert_eq!(text(&set(&bank, &relation, "more", 1).await.json(), "code"), "AX9022");
        let post = format!("wallet/holds/{}/post", text(&held.json(), "hold"));
        let posted = bank.post("hospital1", &post, "post", json!({ "amounts_fen": [20_000] })).await;
        assert_eq!(posted.status, 200, "{}", posted.json());
        assert_eq!(bank.posted("daughter1", &personal).await, 230_000);
        // What is given back after the end goes to the account itself.
        let refund = format!("wallet/transfers/{}/refunds", text(&posted.json(), "transfer"));
        assert_eq!(bank.post("hospital1", &refund, "refund", json!({ "amount_fen": 5_000 })).await.status, 201);
        assert_eq!(bank.posted("daughter1", &personal).await, 235_000);
        let ended = seeded(&bank, "father1").await;
        assert_eq!(
            (&ended["why"], &ended["usable_fen"], ended["consents"][0]["withdrawn_at"].is_null()),
            (&json!("asked"), &Value::Null, false)
        );
    }
}

#[actix_web::test]
async fn who_is_insured_elsewhere_or_not_at_all_shares_no_more() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |_| {}).await;
    let father = wallet_api::people().into_iter().find(|p| p.name == "father1").unwrap().subject;
    let mut ask = json!({ "person": format!("{father:032x}"), "id_number": number("father1"), "area": "450800",
        "cover": "resident", "born": "1958-09-12" });
    let same = bank.post("area1", "wallet/people", "", ask.clone()).await.json();
    assert_eq!(same["ended"], json!([]));
    ask["area"] = json!("450100");
    let moved = bank.post("area1", "wallet/people", "", ask).await.json();
    let relation = seeded(&bank, "daughter1").await;
    assert_eq!((&moved["ended"], &relation["why"]), (&json!([relation["id"]]), &json!("moved")));
    let personal = bank.account("daughter1", "personal").await;
    assert_eq!(bank.posted("daughter1", &personal).await, 250_000);
}

/// The own account goes before the own wallet, and both before a relative; a premium is paid in full or not at all.
#[actix_web::test]
async fn the_own_money_goes_first() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        // In one province relatives draw on the account itself.
        let code = code(&invite(&bank, "resident2", "resident1", "spouse", "spouse").await);
        let relation = accept(&bank, "resident1", &code).await.json();
        assert_eq!((&relation["model"], &relation["usable_fen"]), (&json!("binding"), &Value::Null));
        let paid = pay(&bank, "resident1", "pay", 310_000, None).await;
        let expected = json!([
            { "from": "own", "amount_fen": 250_000 },
            { "from": "wallet", "amount_fen": 50_000 },
            { "from": "sharer", "relation": relation["id"], "amount_fen": 10_000 },
        ]);
        assert_eq!(paid.json()["draws"], expected, "{}", paid.json());
        let personal = bank.account("resident2", "personal").await;
        assert_eq!(bank.posted("resident2", &personal).await, 240_000);
        let payees = bank.get("father1", "wallet/payees").await.json();
        let premium = payees["payees"].as_array().unwrap().iter().find(|p| p["kind"] == "premium").unwrap().clone();
        let ask = |fen: i64| json!({ "to": premium["account"], "use": "resident_premium", "amount_fen": fen });
        let path = "wallet/family/payments";
        assert_eq!(bank.post("father1", path, "short", ask(200_001)).await.status, 422);
        assert_eq!(bank.post("father1", path, "premium", ask(40_000)).await.status, 201);
        let commercial = json!({ "to": premium["account"], "use": "commercial_cover", "amount_fen": 1 });
        let commercial = bank.post("father1", path, "commercial", commercial).await;
        assert!(text(&commercial.json(), "code").starts_with("AX90"), "{}", commercial.json());
        // Dissolved, the binding is nothing to draw on.
        part(&bank, "resident1", &relation).await;
        assert_eq!(pay(&bank, "resident1", "after", 1, None).await.status, 422);
    }
}

pub async fn give(bank: &Bank, relation: &Value, key: &str, fen: i64) -> Answered {
    let ask = json!({ "relation": relation["id"], "amount_fen": fen });
    bank.post("daughter1", "wallet/family/transfers", key, ask).await
}

pub async fn answer(bank: &Bank, who: &str, given: &Answered, how: &str) -> Answered {
    let path = format!("wallet/family/transfers/{}/{how}", text(&given.json(), "hold"));
    bank.post(who, &path, &path.replace('/', "-"), Value::Null).await
}

/// The area's own limits, by the books' clock (LEDGER row 16).
#[actix_web::test]
async fn transfers_keep_the_areas_limits() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = Bank::at(base, &hands, |_| {}).await;
        let relation = seeded(&bank, "daughter1").await;
        let ten_pm = MORNING + 13 * HOUR;
        for (n, (at, code)) in [(ten_pm, "AX3060"), (ten_pm + 8 * HOUR - 1_000, "AX3060")].into_iter().enumerate() {
            hands.set(at);
            let refused = give(&bank, &relation, &format!("closed-{n}"), 1).await;
            assert_eq!(text(&refused.json(), "code"), code, "{}", refused.json());
        }
        hands.set(ten_pm + 8 * HOUR);
        assert_eq!(text(&give(&bank, &relation, "much", 200_001).await.json(), "code"), "AX3061");
        let given = give(&bank, &relation, "first", 100).await;
        assert_eq!(given.status, 201, "at six: {}", given.json());
        assert_eq!(text(&give(&bank, &relation, "second", 100).await.json(), "code"), "AX3064");
        assert_eq!(answer(&bank, "daughter1", &given, "acceptance").await.status, 403);
        assert_eq!(answer(&bank, "mother1", &given, "acceptance").await.status, 404);
        assert_eq!(answer(&bank, "father1", &given, "acceptance").await.status, 200);
        let second = give(&bank, &relation, "third", 100).await;
        assert_eq!(answer(&bank, "father1", &second, "refusal").await.status, 200);
        hands.set(ten_pm + 24 * HOUR - 1_000);
        let third = give(&bank, &relation, "fourth", 100).await;
        assert_eq!(third.status, 201, "a millisecond before ten: {}", third.json());
        assert_eq!(answer(&bank, "father1", &third, "acceptance").await.status, 200);
        assert_eq!(text(&give(&bank, &relation, "fifth", 100).await.json(), "code"), "AX3062");
        let purse = bank.account("father1", "wallet").await;
        assert_eq!(bank.posted("father1", &purse).await, 200);
    }
}

/// Fifty at once are as many as may wait (SECURITY A9).
#[actix_web::test]
async fn many_at_once_are_no_more_than_are_allowed() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |_| {}).await;
    let relation = seeded(&bank, "daughter1").await;
    let keys: Vec<String> = (0..50).map(|n| format!("at once {n}").replace(' ', "-")).collect();
    let all = join_all(keys.iter().map(|key| give(&bank, &relation, key, 1))).await;
    assert_eq!(all.iter().filter(|answered| answered.status == 201).count(), 1);
}

/// What nobody accepted goes back at six, by the sweep that `anxin worker` makes; accepted before, it stays.
#[actix_web::test]
async fn what_nobody_accepted_goes_back_at_six() {
    for base in BOTH {
        let (hands, mut url) = (Hands::at(MORNING), String::new());
        let bank = Bank::at(base, &hands, |s| url.clone_from(&s.database.url)).await;
        let relation = seeded(&bank, "daughter1").await;
        let purse = bank.account("daughter1", "wallet").await;
        let given = give(&bank, &relation, "gift", 10_000).await;
        let swept = async || {
            let database = Database::open(&url, 440_100, Limits::default(), hands.clock()).await.unwrap();
            match database {
                Database::Sqlite(store) => sweep(&*store, &Writer::start(store.clone(), ids())).await.unwrap(),
                Database::Postgres(store) => sweep(&*store, &Writer::start(store.clone(), ids())).await.unwrap(),
            }
        };
        let six = MORNING + 21 * HOUR;
        hands.set(six - 1);
        assert_eq!(swept().await, 0);
        hands.set(six);
        let late = answer(&bank, "father1", &given, "acceptance").await;
        assert_eq!((late.status, text(&late.json(), "code")), (409, "AX3043".into()));
        assert_eq!(swept().await, 1);
        assert_eq!(bank.posted("daughter1", &purse).await, 50_000);
        let gift = bank.get("father1", "wallet/family/transfers").await.json()["transfers"][0].clone();
        assert_eq!(
            (&gift["state"], &gift["side"], &gift["amount_fen"]),
            (&json!("expired"), &json!("taker"), &json!(10_000))
        );
        // Nothing waits any more.
        assert_eq!(give(&bank, &relation, "next", 10_000).await.status, 201);
    }
}

/// Names of batches that nobody else makes.
pub fn ids() -> impl FnMut() -> u128 + Send + 'static {
    let from = jsonwebtoken::get_current_timestamp();
    let mut next = u128::from(from) << 64 | u128::from(std::process::id());
    move || {
        next += 1 << 100;
        next
    }
}

/// A helper shows a code and has no money of the other's (SECURITY D4).
#[actix_web::test]
async fn a_helpers_relation_moves_no_money() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |_| {}).await;
    let ask = json!({ "kind": "helper", "kin": "other", "id_number": number("resident2"), "consent": true });
    let invited = bank.post("resident1", "wallet/family/invitations", "helper", ask).await;
    let relation = accept(&bank, "resident2", &code(&invited)).await.json();
    assert_eq!(
        (&relation["kind"], &relation["usable_fen"], &relation["model"]),
        (&json!("helper"), &Value::Null, &Value::Null)
    );
    let path = format!("wallet/family/relations/{}/quota", text(&relation, "id"));
    assert_eq!(bank.post("resident1", &path, "quota", json!({ "usable_fen": 1 })).await.status, 403);
    let gift = json!({ "relation": relation["id"], "amount_fen": 1 });
    assert_eq!(bank.post("resident1", "wallet/family/transfers", "gift", gift).await.status, 403);
    let paid = pay(&bank, "resident2", "all", 300_001, None).await.json();
    assert_eq!(paid["cash_fen"], json!(1), "{paid}");
}
