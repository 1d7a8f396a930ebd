//! What people are told: once, by whichever program, and nobody else.

use std::time::Duration;

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use wallet_ledger::Limits;
use wallet_store::{Database, Writer, sweep};

use crate::bank::{Bank, Base, Hands, MINUTE, MORNING, open_at};
use crate::common::{Answered, ask, post};
use crate::relatives::{accept, answer, code, give, ids, invite, part, pay, seeded, set};

const HOUR: i64 = 60 * MINUTE;
const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];

/// What somebody was told, the oldest first.
async fn told(bank: &Bank, who: &str) -> Vec<Value> {
    let mut notices = bank.get(who, "wallet/notices").await.json()["notices"].as_array().unwrap().clone();
    notices.reverse();
    notices
}

/// The same once there are so many: the journal is looked at every now and then.
async fn told_all(bank: &Bank, who: &str, count: usize) -> Vec<Value> {
    for _ in 0..600 {
        let notices = told(bank, who).await;
        if notices.len() >= count {
            return notices;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{who} is told {:?}", told(bank, who).await)
}

fn kinds(notices: &[Value]) -> Vec<&str> {
    notices.iter().map(|notice| notice["kind"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn each_change_is_told_to_the_other_once() {
    for base in BOTH {
        let (hands, mut url) = (Hands::at(MORNING), String::new());
        let bank = Bank::at(base, &hands, |s| url.clone_from(&s.database.url)).await;
        let relation = seeded(&bank, "daughter1").await;
        assert_eq!(kinds(&told_all(&bank, "father1", 2).await), ["invited", "quota_raised"]);
        assert_eq!(kinds(&told_all(&bank, "mother1", 1).await), ["invited"]);
        set(&bank, &relation, "less", 150_000).await;
        assert_eq!(pay(&bank, "father1", "pay", 12_800, None).await.status, 201);
        assert_eq!(pay(&bank, "father1", "pay", 12_800, None).await.status, 201, "again is the same");
        let accepted = give(&bank, &relation, "one", 100).await;
        answer(&bank, "father1", &accepted, "acceptance").await;
        let refused = give(&bank, &relation, "two", 200).await;
        answer(&bank, "father1", &refused, "refusal").await;
        hands.set(MORNING + HOUR);
        give(&bank, &relation, "three", 300).await;
        hands.set(MORNING + 21 * HOUR);
        match Database::open(&url, 440_100, Limits::default(), hands.clock()).await.unwrap() {
            Database::Sqlite(store) => sweep(&*store, &Writer::start(store.clone(), ids())).await.unwrap(),
            Database::Postgres(store) => sweep(&*store, &Writer::start(store.clone(), ids())).await.unwrap(),
        };
        part(&bank, "father1", &relation).await;
        let expected = ["accepted", "paid", "transfer_accepted", "transfer_refused", "transfer_returned", "ended"];
        let hers = told_all(&bank, "daughter1", expected.len()).await;
        assert_eq!(kinds(&hers), expected);
        let paid = &hers[1];
        assert_eq!(
            (&paid["amount_fen"], &paid["institution"], &paid["relation"]),
            (&json!(12_800), &json!("羊城示范医院（演示）"), &relation["id"])
        );
        assert_eq!((&paid["side"], &paid["kin"]), (&json!("giver"), &json!("parent")));
        // Amount, day and institution: nothing else of what was paid for, and no account.
        let said: Vec<&String> = paid.as_object().unwrap().keys().collect();
        assert_eq!(said, ["amount_fen", "at", "institution", "kin", "kind", "number", "relation", "side"]);
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        let his = told(&bank, "father1").await;
        let waiting = "transfer_waiting";
        assert_eq!(kinds(&his), ["invited", "quota_raised", "quota_lowered", waiting, waiting, waiting]);
        assert_eq!((his[1]["amount_fen"].clone(), his[2]["amount_fen"].clone()), (json!(200_000), json!(50_000)));
    }
}

/// Of a binding the journal does not say who asked: what was noted before does.
#[actix_web::test]
async fn a_draw_on_the_account_itself_is_told_too_and_ones_own_payment_is_not() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |_| {}).await;
    let code = code(&invite(&bank, "resident2", "resident1", "spouse", "spouse").await);
    accept(&bank, "resident1", &code).await;
    pay(&bank, "resident2", "own", 7_700, None).await;
    assert_eq!(pay(&bank, "resident1", "pay", 310_000, None).await.status, 201);
    let told = told_all(&bank, "resident2", 2).await;
    assert_eq!((kinds(&told), &told[1]["amount_fen"]), (vec!["accepted", "paid"], &json!(10_000)));
}

#[actix_web::test]
async fn an_invitation_that_is_asked_for_again_is_told_once() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |_| {}).await;
    for _ in 0..3 {
        assert_eq!(invite(&bank, "resident1", "mother1", "parent", "again").await.status, 201);
    }
    assert_eq!(kinds(&told(&bank, "mother1").await), ["invited", "invited"], "the demonstration's and this one");
}

#[actix_web::test]
async fn what_was_looked_at_is_not_new_and_never_becomes_so_again() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |_| {}).await;
    let his = told_all(&bank, "father1", 2).await;
    let unseen = async || bank.get("father1", "wallet/notices").await.json()["unseen"].clone();
    assert_eq!(unseen().await, json!(2));
    let look = async |number: &Value| {
        bank.post("father1", "wallet/notices/seen", "k", json!({ "number": number })).await.json()["unseen"].clone()
    };
    assert_eq!(look(&his[0]["number"]).await, json!(1));
    assert_eq!(look(&json!(i64::MAX)).await, json!(0));
    assert_eq!(look(&his[0]["number"]).await, json!(0));
    // Looking further than there is hides nothing that comes later.
    let relation = seeded(&bank, "daughter1").await;
    set(&bank, &relation, "more", 210_000).await;
    told_all(&bank, "father1", 3).await;
    assert_eq!(unseen().await, json!(1));
}

async fn stream(bank: &Bank, token: Option<&str>, headers: &[(&str, &str)]) -> Answered {
    let mut request = TestRequest::get();
    for (name, value) in headers {
        request = request.insert_header((*name, *value));
    }
    bank.send(token, request.insert_header(("accept", "text/event-stream")), "wallet/events", None, None).await
}

#[actix_web::test]
async fn a_stream_goes_on_where_it_was() {
    let bank = Bank::at(Base::Sqlite, &Hands::at(MORNING), |_| {}).await;
    let his = told_all(&bank, "father1", 2).await;
    let token = bank.token("father1");
    let read = async |after: &str| {
        let answered = stream(&bank, Some(&token), &[("last-event-id", after)]).await;
        assert_eq!((answered.status, answered.header("content-type")), (200, "text/event-stream; charset=utf-8"));
        String::from_utf8(answered.body.to_vec()).unwrap()
    };
    let both = read("0").await;
    let event = |notice: &Value| format!("id: {}\nevent: notice\ndata: {{", notice["number"]);
    assert!(both.contains(&event(&his[0])) && both.contains(&event(&his[1])), "{both}");
    let second = read(&his[0]["number"].to_string()).await;
    assert!(!second.contains(&event(&his[0])) && second.contains(&event(&his[1])), "{second}");
    assert!(!read(&his[1]["number"].to_string()).await.contains("notice"), "nothing is told twice");
    assert_eq!(stream(&bank, Some(&token), &[("last-event-id", "x")]).await.status, 400);
    // What comes while it is open arrives.
    let relation = seeded(&bank, "daughter1").await;
    let number = his[1]["number"].to_string();
    let later = read(&number);
    let (text, _) = futures_util::future::join(later, set(&bank, &relation, "more", 210_000)).await;
    assert!(text.contains("quota_raised"), "{text}");
}

/// A cookie alone opens no stream, and neither does a token in the address (SECURITY D10, E7).
#[actix_web::test]
async fn a_stream_is_for_the_own_page_only() {
    let bank = Bank::new(Base::Sqlite).await;
    let credentials = json!({ "name": "father1", "password": "anxin-demo" }).to_string();
    let session = ask(&bank.service, post("/api/v1/sessions", credentials)).await.json();
    let cookie = format!("anxin_access={}", session["access_token"].as_str().unwrap());
    let bare = stream(&bank, None, &[("cookie", &cookie)]).await;
    assert_eq!((bare.status, bare.json()["code"].clone()), (403, json!("AX9008")));
    let quiet = TestRequest::get().insert_header(("cookie", cookie.as_str()));
    let quiet = bank.send(None, quiet, "wallet/events", None, None).await;
    assert_eq!(quiet.status, 403, "without saying what it accepts");
    let csrf = session["csrf_token"].as_str().unwrap();
    assert_eq!(stream(&bank, None, &[("cookie", &cookie), ("x-csrf-token", csrf)]).await.status, 200);
    let address = format!("wallet/events?access_token={}", session["access_token"].as_str().unwrap());
    assert_eq!(bank.send(None, TestRequest::get(), &address, None, None).await.status, 401);
}

/// Two programs on one database tell everything once, and each shows what the other told; one that is killed before
/// it could tell loses nothing.
#[actix_web::test]
async fn two_programs_tell_everything_once() {
    for base in BOTH {
        let (hands, mut settings) = (Hands::at(MORNING), None);
        let mut bank = Bank::at(base, &hands, |s| settings = Some(s.clone())).await;
        let mut programs = vec![bank.service.clone(), open_at(&settings.unwrap(), hands.clock()).await];
        let relation = seeded(&bank, "daughter1").await;
        for n in 0..6 {
            bank.service = programs[n % 2].clone();
            let fen = 100_000 + i64::try_from(n).unwrap();
            assert_eq!(set(&bank, &relation, &format!("set-{n}"), fen).await.status, 200);
        }
        // The first is gone, whether or not it looked at the journal before.
        bank.service = programs.remove(1);
        drop(programs);
        let his = told_all(&bank, "father1", 8).await;
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        assert_eq!(told(&bank, "father1").await.len(), his.len(), "told twice");
    }
}
