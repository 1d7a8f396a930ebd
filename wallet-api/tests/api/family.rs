use serde_json::Value;

use crate::common::{ask, engine, get, post, service};

const CASE: &str = wallet_api::openapi::EXAMPLE_FAMILY;

#[actix_web::test]
async fn a_preview_is_the_bytes_of_the_core() {
    let answered = ask(&service(), post("/api/v1/family/previews?lang=en", CASE.to_owned())).await;
    let request = format!(r#"{{"call":{{"family":{CASE}}},"lang":"en"}}"#);
    assert_eq!((answered.status, answered.header("content-language")), (200, "en"));
    assert_eq!(answered.body.to_vec(), engine().dispatch(request.as_bytes()));
    assert_eq!(answered.json()["family"]["verdict"], "yes");
}

#[actix_web::test]
async fn a_wrong_field_is_named_and_an_unknown_one_refused() {
    for (from, to, status, code, field) in [
        ("\"resident\"", "\"rich\"", 400, "AX1001", "ask.share.pair.recipient.cover"),
        ("\"amount_fen\": 200000", "\"amount_fen\": 0", 422, "AX1014", "ask.share.amount_fen"),
        ("\"amount_fen\": 200000", "\"amount_fen\": 1, \"amount_fen\": 2", 400, "AX1001", "ask.share.amount_fen"),
        ("\"on\"", "\"name\": \"x\", \"on\"", 400, "AX1001", "name"),
    ] {
        let answered = ask(&service(), post("/api/v1/family/previews", CASE.replacen(from, to, 1))).await;
        let problem = answered.json();
        assert_eq!(
            (answered.status, &problem["code"], &problem["field"]),
            (status, &code.into(), &field.into()),
            "{to}"
        );
    }
}

#[actix_web::test]
async fn the_five_regions_are_among_the_areas() {
    let areas = get(&service(), "/api/v1/family/areas").await.json()["family_areas"].take();
    let codes: Vec<&str> = areas.as_array().unwrap().iter().filter_map(|a| a["admdvs"].as_str()).collect();
    for region in ["441800", "440500", "442000", "441500", "450800"] {
        assert!(codes.contains(&region), "{region}");
    }
    assert_ne!(areas, Value::Null);
}
