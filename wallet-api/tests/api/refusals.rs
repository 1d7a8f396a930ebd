use actix_web::test::TestRequest;
use serde_json::Value;

use crate::common::{Answered, CASE, ask, get, post, service};

/// What every problem must have, whatever it is about.
fn check_problem(answered: &Answered, status: u16, code: &str, field: &str) -> Value {
    let problem = answered.json();
    let context = format!("{problem}");
    assert_eq!(answered.header("content-type"), "application/problem+json", "{context}");
    assert_eq!((answered.status, problem["status"].as_u64()), (status, Some(u64::from(status))), "{context}");
    assert_eq!((problem["code"].as_str(), problem["field"].as_str()), (Some(code), Some(field)), "{context}");
    assert_eq!(problem["type"], format!("/api/#{code}"));
    assert_eq!(problem["request_id"].as_str(), Some(answered.header("x-request-id")));
    assert!(!answered.header("x-request-id").is_empty());
    for key in ["title", "detail"] {
        assert!(!problem[key].as_str().unwrap().is_empty(), "{key}: {context}");
    }
    problem
}

async fn refused(body: impl Into<actix_web::web::Bytes>, status: u16, code: &str, field: &str) -> Value {
    let answered = ask(&service(), post("/api/v1/estimates?lang=en", body)).await;
    check_problem(&answered, status, code, field)
}

/// The example with one text replaced; the text must be there.
fn with(from: &str, to: &str) -> String {
    assert!(CASE.contains(from), "{from}");
    CASE.replacen(from, to, 1)
}

const TOTAL: &str = "visit.inpatient.bill.split.total_fen";

#[actix_web::test]
async fn amounts_are_whole_fen_and_never_negative() {
    refused(with("1200000", "-1"), 422, "AX1006", TOTAL).await;
    for wrong in ["1200000.5", "1e3", "1.0", "\"1200000\"", "\"１２\"", "9007199254740992", "null"] {
        let problem = refused(with("1200000", wrong), 400, "AX1001", TOTAL).await;
        assert!(!problem["accepted"].as_str().unwrap().is_empty(), "{wrong}");
    }
    // What no JSON number looks like is found at the sign after it, or at once: the object is named.
    let near = TOTAL.rsplit_once('.').unwrap().0;
    for wrong in ["１２００", "01", "+1", "NaN", "0x10", "1_000"] {
        let answered = ask(&service(), post("/api/v1/estimates", with("1200000", wrong))).await;
        let problem = answered.json();
        assert_eq!((answered.status, problem["code"].as_str()), (400, Some("AX1001")), "{wrong}");
        assert!(problem["field"].as_str().unwrap().starts_with(near), "{wrong}: {problem}");
        assert!(problem["accepted"].as_str().unwrap().contains("line 11"), "{wrong}: {problem}");
    }
}

#[actix_web::test]
async fn a_visit_before_the_rules_exist_is_refused() {
    let body = with("2026-03-02", "1994-03-02").replace("2026-03-10", "1994-03-10");
    let problem = refused(body, 422, "AX1011", "visit.inpatient.discharged").await;
    assert!(problem["accepted"].as_str().unwrap().starts_with('≥'));
    let malformed = refused(with("2026-03-10", "2026-02-30"), 400, "AX1001", "visit.inpatient.discharged").await;
    assert!(malformed["accepted"].as_str().unwrap().contains("YYYY-MM-DD"));
    refused(with("2026-03-02", "2026-03-11"), 422, "AX1010", "visit.inpatient.discharged").await;
}

#[actix_web::test]
async fn words_that_are_not_known_are_answered_with_those_that_are() {
    let problem = refused(with("\"2\"", "\"3_region\""), 422, "AX1004", "visit.inpatient.level").await;
    assert_eq!(problem["accepted"], "1, 2, 3");
    let problem = refused(with("\"2\"", "\"7\""), 400, "AX1001", "visit.inpatient.level").await;
    assert!(problem["accepted"].as_str().unwrap().contains("grassroots"));
    let problem = refused(with("shanwei", "atlantis"), 422, "AX1003", "region").await;
    assert!(problem["accepted"].as_str().unwrap().contains("shanwei"));
    refused(with("resident", "tourist"), 400, "AX1001", "scheme").await;
    let away = with(r#""level": "2","#, r#""level": "2", "place": {"area": "local", "filing": "emergency"},"#);
    refused(away, 422, "AX1013", "visit.inpatient.place.filing").await;
}

#[actix_web::test]
async fn a_bill_is_something_and_no_less_than_its_parts() {
    refused(with("1200000", "139999"), 422, "AX1007", TOTAL).await;
    let empty = with("1200000", "0").replace("80000", "0").replace("60000", "0");
    refused(empty, 422, "AX1008", TOTAL).await;
}

#[actix_web::test]
async fn json_is_read_strictly() {
    refused(with("\"scheme\"", "\"sheme\": 1, \"scheme\""), 400, "AX1001", "sheme").await;
    let twice = refused(with("\"scheme\"", "\"scheme\": \"resident\", \"scheme\""), 400, "AX1001", "scheme").await;
    assert!(twice["accepted"].as_str().unwrap().contains("duplicate field"));
    refused(format!("{CASE} {CASE}"), 400, "AX1001", "").await;
    refused("", 400, "AX1001", "").await;
    refused("null", 400, "AX1001", "").await;
    refused("{}", 400, "AX1001", "region").await;
    refused(with("\"discharged\": \"2026-03-10\",", ""), 400, "AX1001", "visit.inpatient.discharged").await;
    refused(format!("[{CASE}]"), 400, "AX1001", "[0]").await;
    let deep = "[".repeat(100_000);
    refused(deep.clone(), 400, "AX1001", "[0]").await;
    refused(
        with("{\n        \"split\"", &format!("{{\"x\": {deep}, \"split\"")),
        400,
        "AX1001",
        "visit.inpatient.bill",
    )
    .await;
    let mut bad_utf8 = with("shanwei", "qing__").into_bytes();
    let at = bad_utf8.windows(2).position(|w| w == b"__").unwrap();
    bad_utf8[at] = 0xff;
    refused(bad_utf8, 400, "AX1001", "region").await;
}

#[actix_web::test]
async fn a_body_over_a_mebibyte_is_not_read() {
    for size in [(1 << 20) + 1, 10_000_000] {
        let problem = refused(" ".repeat(size), 413, "AX1002", "").await;
        assert_eq!(problem["accepted"], "1048576");
    }
    let padded = format!("{CASE}{}", " ".repeat((1 << 20) - CASE.len()));
    assert_eq!(ask(&service(), post("/api/v1/estimates", padded)).await.status, 200);
}

#[actix_web::test]
async fn only_plain_json_in_utf8_is_taken() {
    let service = service();
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", "multipart/form-data", ""]
    {
        let request =
            TestRequest::post().uri("/api/v1/estimates").insert_header(("content-type", kind)).set_payload(CASE);
        check_problem(&ask(&service, request).await, 415, "AX9003", "");
    }
    let packed = post("/api/v1/estimates", CASE).insert_header(("content-encoding", "gzip"));
    check_problem(&ask(&service, packed).await, 415, "AX9003", "");
    let spelled =
        TestRequest::post().uri("/api/v1/estimates").insert_header(("content-type", "application/JSON;charset=UTF-8"));
    assert_eq!(ask(&service, spelled.set_payload(CASE)).await.status, 200);
}

#[actix_web::test]
async fn lists_are_neither_empty_nor_too_long() {
    let service = service();
    for (address, most) in [("compare", 4), ("year", 366)] {
        let list = |n: usize| format!("[{}]", vec![CASE; n].join(","));
        for n in [0, most + 1] {
            let answered = ask(&service, post(&format!("/api/v1/estimates/{address}"), list(n))).await;
            let problem = check_problem(&answered, 422, "AX1014", "");
            assert_eq!(problem["accepted"], format!("1–{most}"));
        }
        let second_wrong = format!("[{CASE},{}]", with("1200000", "-1"));
        let answered = ask(&service, post(&format!("/api/v1/estimates/{address}"), second_wrong)).await;
        check_problem(&answered, 422, "AX1006", &format!("[1].{TOTAL}"));
    }
}

#[actix_web::test]
async fn wrong_addresses_and_methods_are_problems_too() {
    let service = service();
    for address in
        ["/api/v2/estimates", "/api/nothing", "/packs/benefit/000000", "/packs/../Cargo.toml", "/favicon.png"]
    {
        check_problem(&get(&service, address).await, 404, "AX9001", "");
    }
    for (address, allow) in
        [("/api/v1/estimates", "POST"), ("/packs/", "GET, HEAD"), ("/healthz", "GET, HEAD"), ("/", "GET, HEAD")]
    {
        let answered = ask(&service, TestRequest::delete().uri(address)).await;
        let problem = check_problem(&answered, 405, "AX9002", "");
        assert_eq!((answered.header("allow"), problem["accepted"].as_str()), (allow, Some(allow)), "{address}");
    }
}

#[actix_web::test]
async fn the_query_is_as_strict_as_the_body() {
    let service = service();
    let twice = ask(&service, post("/api/v1/estimates?lang=zh&lang=en", CASE)).await;
    check_problem(&twice, 400, "AX1001", "lang");
    let problem = check_problem(&ask(&service, post("/api/v1/estimates?lang=fr", CASE)).await, 400, "AX1001", "lang");
    assert_eq!(problem["accepted"], "zh, en");
    check_problem(&ask(&service, post("/api/v1/estimates?language=en", CASE)).await, 400, "AX1001", "language");
}

/// A list of a type's fields in their order is read by derived code as if it were the object.
#[actix_web::test]
async fn a_list_is_no_object() {
    let service = service();
    let split = "\"pre_self_pay_fen\": 60000";
    let case = |slip: &str| CASE.replace(split, &format!("{split}, \"official\": {slip}"));
    assert_eq!(ask(&service, post("/api/v1/estimates", case("{}"))).await.status, 200);
    let (list, field) = (case(&format!("[{}]", ["null"; 7].join(","))), "visit.inpatient.bill.split.official");
    check_problem(&ask(&service, post("/api/v1/estimates", list.clone())).await, 400, "AX1001", field);
    let cases = post("/api/v1/estimates/compare", format!("[{list}]"));
    check_problem(&ask(&service, cases).await, 400, "AX1001", &format!("[0].{field}"));
}

#[actix_web::test]
async fn problems_are_worded_in_the_asked_language() {
    let service = service();
    let detail = async |lang: &str| {
        let answered = ask(&service, post(&format!("/api/v1/estimates?lang={lang}"), with("1200000", "-1"))).await;
        (answered.header("content-language").to_owned(), answered.json()["detail"].as_str().unwrap().to_owned())
    };
    let (zh, en) = (detail("zh").await, detail("en").await);
    assert_eq!((zh.0.as_str(), en.0.as_str()), ("zh-CN", "en"));
    assert!(zh.1.contains("金额") && en.1.contains("amount"), "{zh:?} {en:?}");
}
