use serde_json::{Value, json};

use crate::common::{CASE, ask, engine, get, post, service};

fn by_core(call: &str, input: &str, lang: &str) -> Vec<u8> {
    let request = format!(r#"{{"call":{{"{call}":{input}}},"lang":"{lang}"}}"#);
    engine().dispatch(request.as_bytes())
}

#[actix_web::test]
async fn answers_are_the_bytes_of_the_core() {
    let service = service();
    let several = format!("[{CASE},{CASE}]");
    for lang in ["zh", "en"] {
        let asked = [
            ("/api/v1/estimates", "estimate", CASE),
            ("/api/v1/estimates/compare", "compare", &several),
            ("/api/v1/estimates/year", "year", &several),
        ];
        for (address, call, input) in asked {
            let answered = ask(&service, post(&format!("{address}?lang={lang}"), input.to_owned())).await;
            assert_eq!(answered.status, 200, "{call}: {:?}", answered.body);
            assert!(answered.json().get(call).is_some());
            assert_eq!(answered.body, by_core(call, input, lang), "{call}");
            assert_eq!(answered.header("content-type"), "application/json");
        }
        let regions = get(&service, &format!("/api/v1/regions?lang={lang}")).await;
        assert_eq!(regions.body, by_core("regions", "{}", lang));
    }
}

#[actix_web::test]
async fn a_second_stay_of_the_year_starts_where_the_first_ended() {
    let answered = ask(&service(), post("/api/v1/estimates/year", format!("[{CASE},{CASE}]"))).await;
    let year = &answered.json()["year"];
    let admissions = |i: usize| year["answers"][i]["settlement"]["year_to_date"]["admissions"].as_u64();
    assert_eq!([admissions(0), admissions(1)], [Some(1), Some(2)]);
}

#[actix_web::test]
async fn the_language_is_asked_for_by_query_then_by_header_and_is_chinese_otherwise() {
    let service = service();
    let title = async |query: &str, header: Option<&str>| {
        let request = post(&format!("/api/v1/estimates{query}"), CASE);
        let request = match header {
            Some(value) => request.insert_header(("accept-language", value)),
            None => request,
        };
        let answered = ask(&service, request).await;
        let title = answered.json()["estimate"]["settlement"]["steps"][0]["texts"]["title"].clone();
        (answered.header("content-language").to_owned(), title)
    };
    let zh = title("", None).await;
    let en = title("?lang=en", None).await;
    assert_eq!((zh.0.as_str(), en.0.as_str()), ("zh-CN", "en"));
    assert_ne!(zh.1, en.1);
    assert_ne!(zh.1, Value::Null);
    assert_eq!(title("", Some("fr, en;q=0.8, zh;q=0.5")).await, en);
    assert_eq!(title("", Some("en;q=0.2, zh-Hans-CN")).await, zh);
    assert_eq!(title("?lang=zh", Some("en")).await, zh);
    assert_eq!(title("", Some("fr")).await, zh);
}

#[actix_web::test]
async fn every_loaded_region_is_named() {
    let regions = get(&service(), "/api/v1/regions").await.json();
    let slugs: Vec<&str> =
        regions["regions"].as_array().unwrap().iter().map(|r| r["region"]["slug"].as_str().unwrap()).collect();
    for slug in ["qingyuan", "zhongshan", "shanwei", "guigang", "shantou"] {
        assert!(slugs.contains(&slug), "{slug} is not among {slugs:?}");
    }
}

#[actix_web::test]
async fn health_says_whether_there_is_anything_to_estimate_with() {
    let (with, without) = (service(), crate::common::service_without_rules());
    assert_eq!(get(&without, "/healthz").await.json(), json!({ "status": "ok" }));
    let ready = get(&with, "/readyz").await;
    assert_eq!((ready.status, ready.json()["regions"].as_u64()), (200, Some(engine().books().len() as u64)));
    let not_ready = get(&without, "/readyz").await;
    assert_eq!((not_ready.status, not_ready.json()["code"].as_str()), (503, Some("AX9004")));
}
