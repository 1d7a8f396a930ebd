//! What people decide for themselves: a second factor, names, an order, their data; and what is done at a window.

use actix_web::test::TestRequest;
use futures_util::future::join_all;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::bank::{Bank, Base, Hands, MINUTE, MORNING, number, settlement};
use crate::common::Answered;
use crate::relatives::{accept, code, give, invite, pay, seeded, set};

const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];
const HOUR: i64 = 60 * MINUTE;
/// Of a code, and a little more.
const NEXT_CODE: i64 = 31 * 1_000_000;

pub fn problem(answered: &Answered) -> (u16, String) {
    (answered.status, answered.json()["code"].as_str().unwrap_or_default().to_owned())
}

fn subject(name: &str) -> String {
    format!("{:032x}", wallet_api::people().into_iter().find(|p| p.name == name).unwrap().subject)
}

/// With so many fen as the limit above which a code is asked for.
pub async fn limited(base: Base, hands: &Hands, above: u32) -> Bank {
    Bank::at(base, hands, |s| s.second_factor.above_fen = above).await
}

pub async fn with_code(bank: &Bank, who: &str, path: &str, key: &str, body: Value, code: &str) -> Answered {
    let request = TestRequest::post().insert_header(("x-second-factor", code));
    bank.send(Some(&bank.token(who)), request, path, Some(key), Some(body)).await
}

pub async fn demo_code(bank: &Bank, who: &str) -> String {
    let told = bank.get(who, "wallet/second-factor").await.json();
    told["demo_code"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned()
}

/// A code is asked for above the limit, taken once, and good again for the same request only.
#[actix_web::test]
async fn a_large_amount_needs_a_code_that_is_taken_once() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = limited(base, &hands, 10_000).await;
        let relation = seeded(&bank, "daughter1").await;
        let gift = |fen: i64| json!({ "relation": relation["id"], "amount_fen": fen });
        let path = "wallet/family/transfers";
        assert_eq!(problem(&bank.post("daughter1", path, "a", gift(10_001)).await), (403, "AX9025".into()));
        let code = demo_code(&bank, "daughter1").await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert_eq!(problem(&with_code(&bank, "daughter1", path, "a", gift(10_001), wrong).await).1, "AX9026");
        let given = with_code(&bank, "daughter1", path, "a", gift(10_001), &code).await;
        assert_eq!(given.status, 201, "{}", given.json());
        let again = with_code(&bank, "daughter1", path, "a", gift(10_001), &code).await;
        assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
        // For anything else it is spent, also for another kind of request with the same key.
        let quota = format!("wallet/family/relations/{}/quota", relation["id"].as_str().unwrap());
        let raise = json!({ "usable_fen": 200_001 });
        assert_eq!(problem(&with_code(&bank, "daughter1", &quota, "a", raise.clone(), &code).await).1, "AX9026");
        hands.set(MORNING + 10 * MINUTE);
        let late = with_code(&bank, "daughter1", path, "a", gift(10_001), &code).await;
        assert_eq!(late.status, 201, "the answer was lost for ten minutes: {}", late.json());
        assert_eq!(problem(&with_code(&bank, "daughter1", path, "b", gift(10_002), &code).await).1, "AX9026");
        let code = demo_code(&bank, "daughter1").await;
        assert_eq!(with_code(&bank, "daughter1", &quota, "b", raise, &code).await.status, 200);
        // Taking back and small amounts ask nobody.
        assert_eq!(set(&bank, &relation, "back", 150_000).await.status, 200);
        let small = bank.account("daughter1", "wallet").await;
        let hospital = bank.account("hospital1", "institution").await;
        let two = settlement(&small, &hospital, 5_001);
        assert_eq!(bank.post("daughter1", "wallet/transfers", "small", two.clone()).await.status, 201);
        let both = json!({ "items": [{ "transfer": two }, { "transfer": two }] });
        assert_eq!(problem(&bank.post("daughter1", "wallet/batches", "both", both).await).1, "AX9025", "together");
        let hold = pay(&bank, "father1", "premium", 10_001, None).await;
        assert_eq!(problem(&hold), (403, "AX9025".into()));
    }
}

/// However many ask at once with one code, one is carried out.
#[actix_web::test]
async fn one_code_is_one_request_however_many_come_at_once() {
    for base in BOTH {
        let bank = limited(base, &Hands::at(MORNING), 1).await;
        let (from, to) = (bank.account("daughter1", "wallet").await, bank.account("hospital1", "institution").await);
        let code = demo_code(&bank, "daughter1").await;
        let keys: Vec<String> = (0..5).map(|n| format!("k{n}")).collect();
        let asks = keys
            .iter()
            .map(|key| with_code(&bank, "daughter1", "wallet/transfers", key, settlement(&from, &to, 2), &code));
        let done = join_all(asks).await.iter().filter(|answered| answered.status == 201).count();
        assert_eq!(done, 1);
        assert_eq!(bank.posted("daughter1", &from).await, 49_998);
    }
}

#[actix_web::test]
async fn who_guesses_codes_waits() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = limited(base, &hands, 1).await;
        let (from, to) = (bank.account("daughter1", "wallet").await, bank.account("hospital1", "institution").await);
        let right = demo_code(&bank, "daughter1").await;
        let wrong = if right == "000000" { "000001" } else { "000000" };
        let body = settlement(&from, &to, 2);
        for n in 0..5 {
            let told = with_code(&bank, "daughter1", "wallet/transfers", &format!("k{n}"), body.clone(), wrong).await;
            assert_eq!(problem(&told), (403, "AX9026".into()));
        }
        let told = with_code(&bank, "daughter1", "wallet/transfers", "k", body.clone(), &right).await;
        assert_eq!((problem(&told).1.as_str(), told.header("retry-after")), ("AX9009", "901"), "the right one too");
        hands.set(MORNING + 15 * MINUTE);
        let right = demo_code(&bank, "daughter1").await;
        assert_eq!(with_code(&bank, "daughter1", "wallet/transfers", "k", body, &right).await.status, 201);
    }
}

pub fn shown_by(secret: &str, micros: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build_noncompliant();
    totp.generate(u64::try_from(micros / 1_000_000).unwrap()).to_string()
}

#[actix_web::test]
async fn an_authenticator_is_set_up_by_who_knows_the_password() {
    let hands = Hands::at(MORNING);
    let bank = limited(Base::Sqlite, &hands, 1).await;
    let (from, to) = (bank.account("resident1", "wallet").await, bank.account("hospital1", "institution").await);
    let body = settlement(&from, &to, 2);
    assert_eq!(problem(&bank.post("resident1", "wallet/transfers", "a", body.clone()).await).1, "AX9027");
    let guessed = with_code(&bank, "resident1", "wallet/transfers", "a", body.clone(), "123456").await;
    assert_eq!(problem(&guessed).1, "AX9027");
    let path = "wallet/second-factor";
    let login = |name: &str, password: &str| json!({ "name": name, "password": password });
    for (name, password) in [("resident1", "wrong"), ("resident2", "anxin-demo"), ("nobody", "anxin-demo")] {
        assert_eq!(problem(&bank.post("resident1", path, "", login(name, password)).await).1, "AX9017", "{name}");
    }
    let offer = bank.post("resident1", path, "", login("resident1", "anxin-demo")).await.json();
    let secret = offer["secret"].as_str().unwrap();
    assert!(offer["uri"].as_str().unwrap().contains(secret), "{offer}");
    // What was offered holds nothing yet.
    let code = shown_by(secret, MORNING);
    assert_eq!(problem(&with_code(&bank, "resident1", "wallet/transfers", "a", body.clone(), &code).await).1, "AX9027");
    let confirm = "wallet/second-factor/confirmation";
    assert_eq!(problem(&bank.post("resident1", confirm, "", json!({ "code": "12345" })).await).1, "AX9026");
    let told = bank.post("resident1", confirm, "", json!({ "code": code })).await.json();
    assert_eq!((&told["confirmed"], &told["demo_code"]), (&json!(true), &Value::Null), "its secret is nobody else's");
    let used = with_code(&bank, "resident1", "wallet/transfers", "a", body.clone(), &code).await;
    assert_eq!(problem(&used).1, "AX9026", "the code that confirmed it is spent");
    hands.set(MORNING + NEXT_CODE);
    let code = shown_by(secret, MORNING + NEXT_CODE);
    assert_eq!(with_code(&bank, "resident1", "wallet/transfers", "a", body, &code).await.status, 201);
    // An open session and the password are not enough to put another in its place.
    assert_eq!(problem(&bank.post("resident1", path, "", login("resident1", "anxin-demo")).await).1, "AX9025");
    hands.set(MORNING + 2 * NEXT_CODE);
    let code = shown_by(secret, MORNING + 2 * NEXT_CODE);
    let next = with_code(&bank, "resident1", path, "", login("resident1", "anxin-demo"), &code).await;
    assert_eq!(next.status, 201, "{}", next.json());
}

pub async fn named(bank: &Bank, who: &str, relation: &Value, name: &str) -> Answered {
    let path = format!("wallet/family/relations/{}/nickname", relation["id"].as_str().unwrap());
    bank.post(who, &path, "", json!({ "nickname": name })).await
}

#[actix_web::test]
async fn a_name_is_seen_by_who_gave_it_alone() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let relation = seeded(&bank, "daughter1").await;
        assert_eq!(named(&bank, "daughter1", &relation, " 老爸 ").await.json()["nickname"], json!("老爸"));
        assert!(seeded(&bank, "father1").await["nickname"].is_null());
        assert_eq!(prioritised(&bank, "father1", &relation, 4).await.status, 200);
        let told = bank.get("daughter1", "wallet/notices").await.json();
        assert_eq!(told["notices"][0]["nickname"], json!("老爸"), "{told}");
        let told = bank.get("father1", "wallet/notices").await.json();
        assert!(told["notices"].as_array().is_some_and(|all| !all.is_empty()), "{told}");
        assert!(!told.to_string().contains("老爸"), "{told}");
        assert_eq!(named(&bank, "mother1", &relation, "x").await.status, 404);
        for bad in ["一二三四五六七八九十一二三四五六七八九十一", "a\nb"] {
            assert_eq!(named(&bank, "daughter1", &relation, bad).await.status, 422, "{bad}");
        }
        assert!(named(&bank, "daughter1", &relation, "").await.json()["nickname"].is_null());
    }
}

async fn prioritised(bank: &Bank, who: &str, relation: &Value, priority: u8) -> Answered {
    let path = format!("wallet/family/relations/{}/priority", relation["id"].as_str().unwrap());
    bank.post(who, &path, "", json!({ "priority": priority })).await
}

/// The order is decided by one side, told to the other, and changes where money is drawn (SECURITY A13).
#[actix_web::test]
async fn whose_money_goes_first_is_decided_by_one_and_told_to_the_other() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let first = seeded(&bank, "daughter1").await;
        let invited = code(&invite(&bank, "resident1", "father1", "parent", "second").await);
        let second = accept(&bank, "father1", &invited).await.json();
        let quota = format!("wallet/family/relations/{}/quota", second["id"].as_str().unwrap());
        assert_eq!(bank.post("resident1", &quota, "q", json!({ "usable_fen": 50_000 })).await.status, 200);
        let drawn =
            async |key: &str| pay(&bank, "father1", key, 1_000, None).await.json()["draws"][0]["relation"].clone();
        assert_eq!(drawn("older").await, first["id"], "of equal ones the older");
        assert_eq!(problem(&prioritised(&bank, "daughter1", &first, 9).await), (403, "AX9007".into()));
        assert_eq!(prioritised(&bank, "mother1", &first, 9).await.status, 404);
        assert_eq!(prioritised(&bank, "father1", &first, 9).await.json()["priority"], json!(9));
        assert_eq!(prioritised(&bank, "father1", &first, 9).await.status, 200, "again is the same");
        assert_eq!(drawn("later").await, second["id"]);
        let told = bank.get("daughter1", "wallet/notices").await.json();
        let changes = told["notices"].as_array().unwrap().iter().filter(|n| n["kind"] == "order_changed").count();
        assert_eq!(changes, 1, "{told}");
    }
    let by_giver = |s: &mut wallet_api::Settings| s.family.order_by = wallet_api::settings::OrderBy::Giver;
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), by_giver).await;
    let relation = seeded(&bank, "daughter1").await;
    assert_eq!((&relation["orders"], &seeded(&bank, "father1").await["orders"]), (&json!(true), &json!(false)));
    assert_eq!(prioritised(&bank, "father1", &relation, 3).await.status, 403);
    assert_eq!(prioritised(&bank, "daughter1", &relation, 3).await.status, 200);
}

/// Settles a stay of the father's, with a split pack of a drug, out of what the daughter shares.
async fn bought(bank: &Bank, key: &str, trace: &str) {
    let card = json!({
        "cert": "02", "value": crate::bank::number("father1"), "business": "01301", "device": "till-1",
    });
    let read = bank.post("hospital1", "pay/decode", key, card).await.json();
    let line = json!({ "name": "降压药", "category": "western_medicine", "amount_fen": 3_000, "class": "03" });
    let mut ask = json!({
        "token": read["token"], "device": "till-1", "use_accounts": true,
        "visit": { "inpatient": {
            "level": read["level"], "discharged": "2026-11-02", "place": read["place"], "bill": { "lines": [line] },
        } },
        "lines": [{ "drug": "XDEMO00000000000000001", "codes": [trace], "split": true, "count": 2 }],
    });
    let pre = bank.post("hospital1", "pay/presettle", key, ask.clone()).await;
    assert_eq!(pre.status, 200, "{}", pre.json());
    (ask["figures"], ask["cash"]) = (pre.json()["figures"].clone(), json!({ "means": "cash" }));
    let settled = bank.post("hospital1", "pay/settle", key, ask).await;
    assert_eq!(settled.status, 201, "{}", settled.json());
}

/// The area that insures the father cuts the third level finer than the institutions' own.
async fn cut_levels_finer(base: Base, url: &str) {
    const SQL: &str = "UPDATE provider SET level = '3_city'";
    use sqlx::{Connection as _, Executor as _};
    match base {
        Base::Sqlite => sqlx::SqliteConnection::connect(url).await.unwrap().execute(SQL).await.map(drop),
        Base::Postgres => sqlx::PgConnection::connect(url).await.unwrap().execute(SQL).await.map(drop),
    }
    .unwrap();
}

/// The sharer sees what is bought when who buys it agrees to that alone, from then on, and no longer than that.
#[actix_web::test]
async fn drugs_are_shown_to_the_sharer_by_who_buys_them() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let mut url = String::new();
        let bank = Bank::at(base, &hands, |settings| url.clone_from(&settings.database.url)).await;
        cut_levels_finer(base, &url).await;
        let relation = seeded(&bank, "daughter1").await;
        let path = format!("wallet/family/relations/{}/details", relation["id"].as_str().unwrap());
        let show = async |who: &str, shown: bool| bank.post(who, &path, "", json!({ "shown": shown })).await;
        for who in ["daughter1", "father1"] {
            assert_eq!(problem(&bank.get(who, &path).await), (422, "AX9021".into()), "{who}");
        }
        bought(&bank, "before", "81234567890123450001").await;
        assert_eq!(problem(&show("daughter1", true).await), (403, "AX9007".into()), "not hers to give");
        assert_eq!(show("mother1", true).await.status, 404);
        hands.set(MORNING + 1_000_000);
        let given = show("father1", true).await.json();
        assert_eq!(show("father1", true).await.json(), given, "again is the same");
        hands.set(MORNING + 2_000_000);
        bought(&bank, "after", "81234567890123450002").await;
        let seen = bank.get("daughter1", &path).await.json();
        let purchase = &seen["purchases"][0];
        assert_eq!(seen["purchases"].as_array().unwrap().len(), 1, "{seen}");
        assert_eq!((&purchase["amount_fen"], &purchase["items"]), (&json!(3_000), &json!(["降压药"])), "{seen}");
        assert_eq!(purchase["drugs"], json!([{ "drug": "XDEMO00000000000000001", "count": 2, "split": true }]));
        assert_eq!(bank.get("father1", &path).await.json(), seen);
        assert_eq!(bank.get("mother1", &path).await.status, 404);
        let taken = show("father1", false).await.json();
        let shown = |relation: &Value| {
            let consents = relation["consents"].as_array().unwrap().clone();
            consents.into_iter().filter(|consent| consent["purpose"] == "show_details").collect::<Vec<_>>()
        };
        assert!(shown(&taken).len() == 1 && !shown(&taken)[0]["withdrawn_at"].is_null(), "{taken}");
        assert_eq!(problem(&bank.get("daughter1", &path).await), (422, "AX9021".into()));
        hands.set(MORNING + 3_000_000);
        assert_eq!(shown(&show("father1", true).await.json()).len(), 2, "both times are on record");
        assert_eq!(bank.get("daughter1", &path).await.json()["purchases"], json!([]), "from now on");
    }
}

fn at_window(code: &str, name: &str, guardian: Option<&str>) -> Value {
    let mut ask = json!({ "code": code, "id_number": number(name), "document": "id_card", "paper": "2026-0117" });
    if let Some(guardian) = guardian {
        ask["guardian_id_number"] = json!(number(guardian));
    }
    ask
}

/// 代开通: only for who cannot do it by phone, by an operator, on paper; a child's guardian signs (SECURITY D2, E3).
#[actix_web::test]
async fn at_a_window_papers_and_a_guardian_take_the_place_of_a_phone() {
    const PATH: &str = "wallet/window/acceptances";
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let invited = code(&invite(&bank, "daughter1", "grandmother1", "paternal_grandparent", "grandmother").await);
        let mut ask = at_window(&invited, "grandmother1", None);
        ask["paper"] = json!(" ");
        assert_eq!(bank.post("area1", PATH, "", ask).await.json()["field"], json!("paper"));
        let hers = at_window(&invited, "mother1", None);
        assert_eq!(problem(&bank.post("area1", PATH, "", hers).await), (422, "AX9019".into()), "has a phone");
        let done = bank.post("area1", PATH, "", at_window(&invited, "grandmother1", None)).await;
        assert_eq!(done.status, 201, "{}", done.json());
        let keys: Vec<String> = done.json().as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, ["at", "relation"], "the operator learns nothing of the sharer");
        let again = bank.post("hospital1", PATH, "", at_window(&invited, "grandmother1", None)).await;
        assert_eq!(again.json(), done.json(), "once more is the same");
        // A child decides nothing alone, and the operator nothing without the guardian.
        let invited = code(&invite(&bank, "daughter1", "child1", "child", "child").await);
        let child = bank.token_of("resident", wallet_api::demo_id("child1"), None);
        let own = json!({ "code": invited, "consent": true });
        let path = "wallet/family/acceptances";
        let alone = bank.send(Some(&child), TestRequest::post(), path, None, Some(own.clone())).await;
        assert_eq!((problem(&alone).1, alone.json()["field"].clone()), ("AX9019".into(), json!("guardian")));
        let alone = bank.post("area1", PATH, "", at_window(&invited, "child1", None)).await;
        assert_eq!((problem(&alone).1, alone.json()["field"].clone()), ("AX9019".into(), json!("guardian")));
        let shown = json!({ "kind": "helper", "kin": "other", "id_number": number("child1"), "consent": true });
        let shown = bank.post("daughter1", "wallet/family/invitations", "shown", shown).await;
        let alone = bank.post("area1", PATH, "", at_window(&code(&shown), "child1", None)).await;
        assert_eq!((problem(&alone).1, alone.json()["field"].clone()), ("AX9019".into(), json!("guardian")));
        let herself = bank.post("area1", PATH, "", at_window(&invited, "child1", Some("child1"))).await;
        assert_eq!(herself.json()["field"], json!("guardian_id_number"));
        let done = bank.post("area1", PATH, "", at_window(&invited, "child1", Some("daughter1"))).await;
        assert_eq!(done.status, 201, "{}", done.json());
        let export = bank.send(Some(&child), TestRequest::get(), "wallet/export", None, None).await.json();
        let act = &export["window_acts"][0];
        assert_eq!((&act["paper"], &act["guardian"]), (&json!("2026-0117"), &json!(true)), "{act}");
        let consents = export["relations"]["relations"][0]["consents"].as_array().unwrap();
        assert!(consents.iter().any(|consent| consent["purpose"] == "guardian_consents"), "{consents:?}");
    }
}

/// Minors come of age by the calendar alone (SECURITY D5).
#[actix_web::test]
async fn on_the_fourteenth_birthday_a_child_decides() {
    /// 2032-04-01 00:00 in China.
    const BIRTHDAY: i64 = 1_964_361_600_000_000;
    let hands = Hands::at(BIRTHDAY - 1);
    let bank = Bank::at(Base::Sqlite, &hands, |_| {}).await;
    let invited = code(&invite(&bank, "daughter1", "child1", "child", "child").await);
    let child = bank.token_of("resident", wallet_api::demo_id("child1"), None);
    let ask = json!({ "code": invited, "consent": true });
    let accept = async || {
        bank.send(Some(&child), TestRequest::post(), "wallet/family/acceptances", None, Some(ask.clone())).await
    };
    assert_eq!(accept().await.json()["field"], json!("guardian"));
    hands.set(BIRTHDAY);
    assert_eq!(accept().await.status, 201);
}

async fn dies(bank: &Bank, name: &str, area: &str, cover: &str) -> Value {
    let body = json!({ "person": subject(name), "id_number": number(name), "area": area, "cover": cover,
        "died": "2026-11-01" });
    let told = bank.post("area1", "wallet/people", "", body).await;
    assert_eq!(told.status, 200, "{}", told.json());
    told.json()
}

/// Frozen at once; what was shared goes back to whose it was, and what waited as well.
#[actix_web::test]
async fn who_died_moves_nothing_and_what_waits_goes_back() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let relation = seeded(&bank, "daughter1").await;
        let (purse, personal) =
            (bank.account("daughter1", "wallet").await, bank.account("daughter1", "personal").await);
        assert_eq!(give(&bank, &relation, "waits", 10_000).await.status, 201);
        let told = dies(&bank, "father1", "450800", "resident").await;
        assert_eq!(told["ended"], json!([relation["id"]]));
        assert_eq!(seeded(&bank, "daughter1").await["why"], json!("died"));
        assert_eq!(bank.posted("daughter1", &personal).await, 250_000);
        let balance = bank.get("daughter1", &format!("wallet/accounts/{purse}")).await.json();
        assert_eq!((&balance["posted_fen"], &balance["held_fen"]), (&json!(50_000), &json!(0)));
        assert_eq!(problem(&pay(&bank, "father1", "late", 1, None).await), (409, "AX9028".into()));
        dies(&bank, "resident1", "440100", "employee").await;
        assert_eq!(problem(&bank.settle("resident1", "late", 1).await).1, "AX9028");
        let invited = invite(&bank, "resident1", "mother1", "parent", "late").await;
        assert_eq!(problem(&invited).1, "AX9028");
        assert_eq!(problem(&bank.post("resident1", "wallet/codes", "code", json!({})).await).1, "AX9028");
    }
}

#[actix_web::test]
async fn what_comes_back_to_a_quota_is_told() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let until = "2026-11-02T02:00:00Z";
        let held = pay(&bank, "father1", "hold", 3_000, Some(until)).await.json();
        let post = format!("wallet/holds/{}/post", held["hold"].as_str().unwrap());
        let posted = bank.post("hospital1", &post, "post", json!({})).await.json();
        let refund = format!("wallet/transfers/{}/refunds", posted["transfer"].as_str().unwrap());
        assert_eq!(bank.post("hospital1", &refund, "back", json!({ "amount_fen": 1_200 })).await.status, 201);
        for who in ["daughter1", "father1"] {
            let mut seen = Vec::new();
            for _ in 0..600 {
                let told = bank.get(who, "wallet/notices").await.json();
                seen = told["notices"].as_array().unwrap().clone();
                seen.retain(|notice| notice["kind"] == "refunded");
                if !seen.is_empty() {
                    break;
                }
                actix_web::rt::time::sleep(std::time::Duration::from_millis(100)).await;
            }
            assert_eq!(seen.len(), 1, "{who}");
            let told = (&seen[0]["amount_fen"], &seen[0]["institution"]);
            assert_eq!(told, (&json!(1_200), &json!("羊城示范医院（演示）")), "{who}");
        }
    }
}

/// Long-term care, where the area's rules allow it from relatives' money too.
#[actix_web::test]
async fn a_care_premium_is_paid_in_full_out_of_a_quota() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let payees = bank.get("father1", "wallet/payees").await.json();
        let premium = payees["payees"].as_array().unwrap().iter().find(|p| p["kind"] == "premium").unwrap().clone();
        let ask = |fen: i64| json!({ "to": premium["account"], "use": "care_premium", "amount_fen": fen });
        let path = "wallet/family/payments";
        assert_eq!(problem(&bank.post("father1", path, "much", ask(200_001)).await).1, "AX3070");
        let paid = bank.post("father1", path, "care", ask(12_000)).await;
        assert_eq!(paid.status, 201, "{}", paid.json());
        let told = paid.json();
        assert_eq!((&told["draws"][0]["from"], &told["cash_fen"]), (&json!("sharer"), &json!(0)));
        // Before the notice of January 2026 nobody could.
        let hands = Hands::at(MORNING - 365 * 24 * HOUR);
        let before = Bank::at(base, &hands, |_| {}).await;
        let refused = before.post("resident1", path, "early", {
            let payees = before.get("resident1", "wallet/payees").await.json();
            let all = payees["payees"].as_array().unwrap().clone();
            let premium = all.iter().find(|p| p["kind"] == "premium").unwrap().clone();
            json!({ "to": premium["account"], "use": "care_premium", "amount_fen": 100 })
        });
        assert_eq!(problem(&refused.await).1, "AX9019");
    }
}

#[actix_web::test]
async fn ones_own_data_is_one_file_and_has_nobody_elses() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let relation = seeded(&bank, "daughter1").await;
        named(&bank, "father1", &relation, "闺女").await;
        assert_eq!(pay(&bank, "father1", "pay", 12_800, None).await.status, 201);
        let answered = bank.get("father1", "wallet/export").await;
        assert!(answered.header("content-disposition").contains("anxin-export.json"));
        let his = answered.json();
        assert_eq!((&his["born"], &his["cover"]["area"]), (&json!("1958-09-12"), &json!("450800")));
        assert_eq!(his["accounts"].as_array().unwrap().len(), 1, "{his}");
        assert_eq!(his["relations"]["relations"][0]["nickname"], json!("闺女"));
        assert!(!his.to_string().contains("used_fen"), "what the sharer has is not his: {his}");
        let hers = bank.get("daughter1", "wallet/export").await.json();
        assert!(!hers.to_string().contains("闺女") && hers["relations"]["relations"][0]["used_fen"] == 12_800);
        let lines: usize =
            hers["accounts"].as_array().unwrap().iter().map(|a| a["lines"].as_array().unwrap().len()).sum();
        assert!(lines >= 4, "{hers}");
    }
}

#[actix_web::test]
async fn what_need_not_stay_goes_and_the_rest_says_why() {
    for base in BOTH {
        let bank = Bank::at(base, &Hands::at(MORNING), |_| {}).await;
        let relation = seeded(&bank, "daughter1").await;
        named(&bank, "daughter1", &relation, "老爸").await;
        let path = "wallet/deletion";
        let silent = bank.post("daughter1", path, "", json!({ "consent": false })).await;
        assert_eq!(problem(&silent), (422, "AX9021".into()));
        let told = bank.post("daughter1", path, "", json!({ "consent": true })).await.json();
        assert_eq!(told["kept"][0], json!({ "what": "books", "why": "accounting" }));
        let after = bank.get("daughter1", "wallet/export").await.json();
        assert_eq!((&after["notices"], &after["second_factor"]), (&json!([]), &json!(false)));
        assert_eq!(after["invitations"]["invitations"].as_array().unwrap().len(), 1, "the one that was accepted");
        let ended = &after["relations"]["relations"][0];
        assert!(ended["nickname"].is_null() && ended["why"] == "asked", "{ended}");
        let personal = bank.account("daughter1", "personal").await;
        assert_eq!(bank.posted("daughter1", &personal).await, 250_000, "the quota came back");
        assert_eq!(bank.post("daughter1", path, "", json!({ "consent": true })).await.json(), told, "again");
    }
}

/// Without one the password would be enough to set up another.
#[actix_web::test]
async fn an_authenticator_is_deleted_by_who_has_it() {
    for base in BOTH {
        let bank = limited(base, &Hands::at(MORNING), 1).await;
        let delete = json!({ "consent": true });
        assert_eq!(problem(&bank.post("daughter1", "wallet/deletion", "", delete.clone()).await).1, "AX9025");
        assert!(seeded(&bank, "daughter1").await["ended_at"].is_null(), "nothing was done");
        let standing = bank.get("daughter1", "wallet/second-factor").await.json();
        assert_eq!(standing["confirmed"], json!(true), "{standing}");
        let code = demo_code(&bank, "daughter1").await;
        assert_eq!(with_code(&bank, "daughter1", "wallet/deletion", "", delete.clone(), &code).await.status, 200);
        assert_eq!(bank.post("daughter1", "wallet/deletion", "", delete).await.status, 200, "there is none any more");
    }
}

/// Showing a child's code is agreed on by the guardian too.
#[actix_web::test]
async fn a_helper_of_a_child_is_not_the_childs_to_choose() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |_| {}).await;
    let child = bank.token_of("resident", wallet_api::demo_id("child1"), None);
    let ask = json!({ "kind": "helper", "kin": "other", "id_number": number("resident1"), "consent": true });
    let path = "wallet/family/invitations";
    let refused = bank.send(Some(&child), TestRequest::post(), path, Some("k"), Some(ask)).await;
    assert_eq!((problem(&refused).1, refused.json()["field"].clone()), ("AX9019".into(), json!("guardian")));
}
