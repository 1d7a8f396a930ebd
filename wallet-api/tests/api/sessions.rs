//! The issuer of demonstrations, cookies, and what nobody may send too often (SECURITY C8, D10, E5, E7).

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::bank::{Bank, Base};
use crate::common::{Answered, ask};

async fn send(bank: &Bank, path: &str, body: Value, headers: &[(&str, &str)]) -> Answered {
    let mut request = TestRequest::post().uri(&format!("/api/v1/{path}")).set_payload(body.to_string());
    request = request.insert_header(("content-type", "application/json"));
    for (name, value) in headers {
        request = request.insert_header((*name, *value));
    }
    ask(&bank.service, request).await
}

async fn log_in(bank: &Bank, name: &str) -> Answered {
    send(bank, "sessions", json!({ "name": name, "password": "anxin-demo" }), &[]).await
}

async fn seen_with(bank: &Bank, token: &str) -> u16 {
    bank.send(Some(token), TestRequest::get(), "wallet/accounts", None, None).await.status
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key}: {value}"))
}

async fn renew(bank: &Bank, refresh: &str) -> Answered {
    send(bank, "sessions/refresh", json!({ "refresh_token": refresh }), &[]).await
}

#[actix_web::test]
async fn a_login_opens_a_session_and_a_wrong_one_does_not_say_what_was_wrong() {
    let bank = Bank::new(Base::Sqlite).await;
    let session = log_in(&bank, "resident1").await;
    assert_eq!(session.status, 200);
    assert_eq!(seen_with(&bank, text(&session.json(), "access_token")).await, 200);
    let mut answers = Vec::new();
    for (name, password) in
        [("resident1", "wrong"), ("nobody", "anxin-demo"), ("", ""), ("resident1' --", "anxin-demo")]
    {
        let refused = send(&bank, "sessions", json!({ "name": name, "password": password }), &[]).await;
        let mut body = refused.json();
        body.as_object_mut().unwrap().remove("request_id");
        answers.push((refused.status, body));
    }
    assert!(answers.iter().all(|a| *a == answers[0] && a.0 == 401), "{answers:?}");
}

async fn refresh_rotates(base: Base) {
    let bank = Bank::new(base).await;
    let first = log_in(&bank, "resident1").await.json();
    let second = renew(&bank, text(&first, "refresh_token")).await;
    assert_eq!(second.status, 200);
    let second = second.json();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    let third = renew(&bank, text(&second, "refresh_token")).await.json();
    assert_eq!(seen_with(&bank, text(&third, "access_token")).await, 200);
    // The first one again: it was stolen, or its successor was.
    assert_eq!(renew(&bank, text(&first, "refresh_token")).await.status, 401);
    assert_eq!(renew(&bank, text(&third, "refresh_token")).await.status, 401, "the family is over");
    for session in [&first, &second, &third] {
        assert_eq!(seen_with(&bank, text(session, "access_token")).await, 401, "its access tokens too");
    }
    let other = log_in(&bank, "resident1").await.json();
    assert_eq!(seen_with(&bank, text(&other, "access_token")).await, 200, "another session goes on");
    assert_eq!(renew(&bank, "never-issued").await.status, 401);
}

#[actix_web::test]
async fn a_refresh_token_is_good_once_and_its_reuse_ends_the_family() {
    refresh_rotates(Base::Sqlite).await;
    refresh_rotates(Base::Postgres).await;
}

#[actix_web::test]
async fn logging_out_ends_the_session() {
    let bank = Bank::new(Base::Sqlite).await;
    let session = log_in(&bank, "resident1").await.json();
    let token = text(&session, "access_token");
    let out = bank.send(Some(token), TestRequest::delete(), "sessions/current", None, None).await;
    assert_eq!(out.status, 204);
    assert!(out.headers.get_all("set-cookie").all(|c| c.to_str().unwrap().contains("Max-Age=0")));
    assert_eq!(seen_with(&bank, token).await, 401);
    assert_eq!(renew(&bank, text(&session, "refresh_token")).await.status, 401);
}

#[actix_web::test]
async fn a_cookie_needs_the_own_pages_header_for_whatever_changes_something_and_for_streams() {
    let bank = Bank::with(Base::Sqlite, |settings| settings.listen.host = "192.0.2.1".into()).await;
    let session = log_in(&bank, "resident1").await;
    for cookie in session.headers.get_all("set-cookie").map(|c| c.to_str().unwrap()) {
        for word in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/api/v1"] {
            assert!(cookie.contains(word), "{word}: {cookie}");
        }
    }
    let body = session.json();
    let cookie = format!("anxin_access={}", text(&body, "access_token"));
    let read = |accept: &'static str, csrf: Option<String>| {
        let mut request = TestRequest::get().uri("/api/v1/wallet/accounts");
        request = request.insert_header(("cookie", cookie.clone())).insert_header(("accept", accept));
        match csrf {
            Some(csrf) => request.insert_header(("x-csrf-token", csrf)),
            None => request,
        }
    };
    let good = text(&body, "csrf_token").to_owned();
    assert_eq!(ask(&bank.service, read("application/json", None)).await.status, 200);
    assert_eq!(ask(&bank.service, read("text/event-stream", None)).await.status, 403);
    assert_eq!(ask(&bank.service, read("text/event-stream", Some(good.clone()))).await.status, 200);
    let (from, to) = (bank.account("resident1", "wallet").await, bank.account("hospital1", "institution").await);
    let pay = crate::bank::settlement(&from, &to, 100);
    let post = async |headers: &[(&str, &str)]| {
        let all = [&[("cookie", cookie.as_str()), ("idempotency-key", "csrf")], headers].concat();
        send(&bank, "wallet/transfers", pay.clone(), &all).await.status
    };
    assert_eq!(post(&[]).await, 403);
    assert_eq!(post(&[("x-csrf-token", "")]).await, 403);
    assert_eq!(post(&[("x-csrf-token", &good[1..])]).await, 403);
    assert_eq!(post(&[("x-csrf-token", text(&body, "refresh_csrf_token"))]).await, 403, "another token's");
    assert_eq!(bank.posted("resident1", &from).await, 50_000);
    assert_eq!(post(&[("x-csrf-token", &good)]).await, 201);
    // The refresh cookie as well.
    let refresh = format!("anxin_refresh={}", text(&body, "refresh_token"));
    assert_eq!(send(&bank, "sessions/refresh", json!({}), &[("cookie", &refresh)]).await.status, 403);
    let csrf = ("x-csrf-token", text(&body, "refresh_csrf_token"));
    assert_eq!(send(&bank, "sessions/refresh", json!({}), &[("cookie", &refresh), csrf]).await.status, 200);
}

#[actix_web::test]
async fn another_site_cannot_make_a_browser_ask_and_an_address_carries_no_token() {
    let bank = Bank::new(Base::Sqlite).await;
    let token = bank.token("resident1");
    let bearer = format!("Bearer {token}");
    let (from, to) = (bank.account("resident1", "wallet").await, bank.account("hospital1", "institution").await);
    let pay = crate::bank::settlement(&from, &to, 100);
    let post = async |key: &str, headers: &[(&str, &str)]| {
        let own = [("authorization", bearer.as_str()), ("idempotency-key", key), ("host", "anxin.example")];
        let answered = send(&bank, "wallet/transfers", pay.clone(), &[&own, headers].concat()).await;
        assert_eq!(answered.header("access-control-allow-origin"), "");
        answered.status
    };
    for origin in ["https://evil.example", "null", "https://anxin.example.evil", "https://anxin.example:8443", ""] {
        assert_eq!(post("a", &[("origin", origin)]).await, 403, "{origin}");
    }
    assert_eq!(post("a", &[("sec-fetch-site", "cross-site")]).await, 403);
    assert_eq!(post("a", &[("origin", "https://anxin.example"), ("sec-fetch-site", "same-origin")]).await, 201);
    let login = json!({ "name": "resident1", "password": "anxin-demo" });
    let elsewhere = send(&bank, "sessions", login, &[("origin", "https://evil.example")]).await;
    assert_eq!(elsewhere.status, 403, "nobody is logged in as somebody else without knowing");
    for query in [format!("access_token={token}"), format!("token={token}"), format!("most={token}"), "jwt=x".into()] {
        let path = format!("wallet/accounts?{query}");
        assert_eq!(bank.get("resident1", &path).await.status, 401, "beside a good header");
        let alone = bank.send(None, TestRequest::get(), &path, None, None).await;
        assert_eq!(alone.status, 401, "{query}");
    }
}

#[actix_web::test]
async fn too_many_requests_wait_for_as_long_as_they_are_told() {
    let bank = Bank::with(Base::Sqlite, |s| (s.limits.per_subject, s.limits.logins_per_address) = (3, 2)).await;
    let resident = bank.token("resident1");
    for _ in 0..3 {
        assert_eq!(seen_with(&bank, &resident).await, 200);
    }
    let many = bank.send(Some(&resident), TestRequest::get(), "wallet/accounts", None, None).await;
    assert_eq!((many.status, many.json()["code"].as_str()), (429, Some("AX9009")));
    assert!((1..=60).contains(&many.header("retry-after").parse::<u64>().unwrap()));
    assert_eq!(bank.get("resident2", "wallet/accounts").await.status, 200, "another subject is not held up");
    let tries =
        [log_in(&bank, "a").await.status, log_in(&bank, "b").await.status, log_in(&bank, "resident1").await.status];
    assert_eq!(tries, [401, 401, 429]);
    let bank = Bank::with(Base::Sqlite, |s| s.limits.per_address = 2).await;
    let mut statuses = Vec::new();
    for name in ["resident1", "resident2", "auditor1"] {
        statuses.push(bank.get(name, "wallet/accounts").await.status);
    }
    assert_eq!(statuses, [200, 200, 429], "from one address");
}

#[actix_web::test]
async fn outside_a_demonstration_nobody_logs_in_here_even_where_the_logins_are() {
    let bank = Bank::new(Base::Sqlite).await;
    let session = log_in(&bank, "resident1").await.json();
    let mut settings = crate::bank::settings(Base::Sqlite, bank.folder.path(), &bank.key).await;
    settings.demo = false;
    let service = crate::bank::open(&settings).await;
    let bank = Bank { service, ..bank };
    assert_eq!(log_in(&bank, "resident1").await.status, 404);
    assert_eq!(renew(&bank, text(&session, "refresh_token")).await.status, 404);
    assert_eq!(seen_with(&bank, text(&session, "access_token")).await, 401, "nor is the demonstration's key taken");
    assert_eq!(bank.get("resident1", "wallet/accounts").await.status, 200, "the provider's is");
}
