use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::common::{ask, engine, get, post, service};

fn case() -> Value {
    serde_json::from_str(wallet_api::openapi::EXAMPLE_GROUPING).unwrap()
}

#[actix_web::test]
async fn one_grouping_is_the_bytes_of_the_core() {
    let answered =
        ask(&service(), post("/api/v1/groupings", json!({ "case": case(), "lang": "en" }).to_string())).await;
    let request = json!({ "call": { "group": case() }, "lang": "en" }).to_string();
    assert_eq!((answered.status, answered.header("content-language")), (200, "en"));
    assert_eq!(answered.body.to_vec(), engine().dispatch(request.as_bytes()));
    assert_eq!(answered.json()["group"]["drg"]["code"], "BR21");
}

#[actix_web::test]
async fn a_list_is_answered_case_by_case_and_none_is_lost() {
    let mut unknown = case();
    unknown["scheme"] = "drg-9".into();
    let body = json!({ "cases": [case(), unknown, case()] }).to_string();
    let answered = ask(&service(), post("/api/v1/groupings?lang=en", body)).await.json();
    let groups = answered["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 3);
    assert_eq!(groups[0], groups[2]);
    assert_eq!(groups[1]["refused"]["code"], "AX1019");
}

fn dip() -> Value {
    json!({
        "scheme": "mz-dip2-2024",
        "record": {
            "diagnoses": [{ "diag_code": "K61.000" }],
            "operations": [{ "oprn_oprt_code": "49.0400" }],
            "medfee_sumamt_fen": 980_000,
        },
        "payment": {
            "peer_average_fen": 790_000,
            "coefficient": "0.85",
            "own_point": { "yuan": "12.34", "kind": "forecast", "source": "演示", "date": "2026-01-01" },
        },
    })
}

#[actix_web::test]
async fn a_dip_case_is_told_by_its_catalogue_alone_and_in_a_list() {
    let answered = ask(&service(), post("/api/v1/groupings", json!({ "case": dip() }).to_string())).await;
    let request = json!({ "call": { "group_dip": dip() }, "lang": "zh" }).to_string();
    assert_eq!((answered.status, answered.body.to_vec()), (200, engine().dispatch(request.as_bytes())));
    let answer = &answered.json()["group_dip"];
    assert_eq!((&answer["notice"], &answer["score"]["band"]), (&"非本市，仅演示".into(), &"NORMAL".into()));
    let body = json!({ "cases": [case(), dip()] }).to_string();
    let groups = ask(&service(), post("/api/v1/groupings", body)).await.json()["groups"].take();
    assert!(groups[0]["group"].is_object() && groups[1]["group_dip"] == *answer);
    let schemes = get(&service(), "/api/v1/schemes").await.json();
    let kinds =
        schemes["schemes"].as_array().unwrap().iter().map(|s| (s["id"].as_str().unwrap(), s["kind"].as_str().unwrap()));
    assert!(
        kinds.clone().any(|kind| kind == ("mz-dip2-2024", "dip")) && kinds.clone().any(|k| k == ("chs-drg-1.1", "drg"))
    );
}

#[actix_web::test]
async fn what_cannot_be_grouped_is_a_problem_that_names_its_field() {
    let check = async |body: Value, status: u16, code: &str, field: &str| {
        let answered = ask(&service(), post("/api/v1/groupings?lang=en", body.to_string())).await;
        let problem = answered.json();
        assert_eq!(answered.header("content-type"), "application/problem+json", "{problem}");
        assert_eq!(
            (answered.status, problem["code"].as_str(), problem["field"].as_str()),
            (status, Some(code), Some(field))
        );
    };
    let with = |pointer: &str, value: Value| {
        let mut body = json!({ "case": case() });
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    check(json!({}), 400, "AX1001", "").await;
    check(json!({ "case": case(), "cases": [case()] }), 400, "AX1001", "").await;
    check(json!({ "cases": [] }), 422, "AX1014", "cases").await;
    check(with("/case/scheme", "x".into()), 422, "AX1019", "scheme").await;
    check(with("/case/payment/price", "x".into()), 422, "AX1021", "payment.price").await;
    check(with("/case/payment/region", "x".into()), 422, "AX1003", "payment.region").await;
    check(with("/case/payment/cost_fen", json!(-1)), 422, "AX1014", "payment.cost_fen").await;
    check(with("/case/record/age", json!(1000)), 422, "AX1014", "record.age").await;
    check(with("/case/record/age", json!("61")), 400, "AX1001", "case.record.age").await;
    let mut second = case();
    second["record"]["gend"] = json!(1);
    check(json!({ "cases": [dip(), second] }), 400, "AX1001", "cases[1].record.gend").await;
    let with_dip = |pointer: &str, value: Value| {
        let mut body = json!({ "case": dip() });
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    check(with_dip("/case/record", json!({ "gend": "1" })), 400, "AX1001", "case.record.gend").await;
    check(with_dip("/case/payment/coefficient", "0".into()), 422, "AX1014", "payment.coefficient").await;
    check(with_dip("/case/record/medfee_sumamt_fen", json!(-1)), 422, "AX1014", "record.medfee_sumamt_fen").await;
}

#[actix_web::test]
async fn a_forecast_is_the_bytes_of_the_core() {
    let case: Value = serde_json::from_str(wallet_api::openapi::EXAMPLE_FORECAST).unwrap();
    let answered = ask(&service(), post("/api/v1/forecasts", case.to_string())).await;
    let request = json!({ "call": { "forecast_dip": case }, "lang": "zh" }).to_string();
    assert_eq!((answered.status, answered.body.to_vec()), (200, engine().dispatch(request.as_bytes())));
    let mut wrong = case;
    wrong["month"]["prepay_ratio"]["value"] = "9".into();
    let problem = ask(&service(), post("/api/v1/forecasts", wrong.to_string())).await.json();
    assert_eq!((problem["code"].as_str(), problem["field"].as_str()), (Some("AX1009"), Some("month.prepay_ratio")));
}

#[actix_web::test]
async fn codes_are_found_and_questions_checked() {
    let found = get(&service(), "/api/v1/codes?system=diagnosis&q=I63.9&most=3").await.json();
    assert_eq!(found["search"][0]["code"], "I63.900");
    assert_eq!(found["search"].as_array().unwrap().len(), 3);
    for (query, status, field) in [
        ("q=I63", 400, "system"),
        ("system=diagnosis", 400, "q"),
        ("system=diagnosis&q=I63&most=0", 422, "most"),
        ("system=diagnosis&q=I63&x=1", 400, "x"),
    ] {
        let answered = ask(&service(), TestRequest::get().uri(&format!("/api/v1/codes?{query}"))).await;
        assert_eq!((answered.status, answered.json()["field"].as_str()), (status, Some(field)), "{query}");
    }
}

#[actix_web::test]
async fn grouping_packs_are_served_with_their_kind() {
    let index = get(&service(), "/packs/").await.json();
    let entry = |id: &str| index["packs"].as_array().unwrap().iter().find(|p| p["id"] == id).unwrap().clone();
    assert_eq!(entry("drg/chs-drg-1.1")["kind"], "drg");
    assert_eq!(entry("drg/names")["kind"], "drg-names");
    let pack = get(&service(), "/packs/drg/chs-drg-1.1").await;
    assert_eq!(pack.header("etag").trim_matches('"'), entry("drg/chs-drg-1.1")["digest"].as_str().unwrap());
}
