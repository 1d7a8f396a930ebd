use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use actix_web::test::TestRequest;
use anxin_core::benefit::Case;
use anxin_core::dispatch::{Engine, parse};
use serde_json::Value;

use crate::common::{CASE, ask, engine, get, post, service};

fn doc(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name)
}

#[test]
fn the_description_of_the_interface_changes_only_on_purpose() {
    insta::assert_json_snapshot!(wallet_api::openapi::document(&Engine::new()));
}

#[test]
fn every_reference_in_the_description_leads_somewhere() {
    let description = wallet_api::openapi::document(&engine());
    let mut references = BTreeSet::new();
    gather(&description, &mut references);
    assert!(references.len() > 20, "{references:?}");
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(description.pointer(pointer).is_some(), "{reference}");
    }
}

fn gather(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                into.insert(reference.clone());
            }
            members.values().for_each(|v| gather(v, into));
        }
        Value::Array(items) => items.iter().for_each(|v| gather(v, into)),
        _ => {}
    }
}

#[actix_web::test]
async fn every_described_operation_exists_and_its_example_is_its_answer() {
    let service = service();
    let description = get(&service, "/api/openapi.json").await.json();
    let mut seen = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            // Those that need a token are asked by `matrix` and `sessions`, signed messages by `nhsa`.
            if ["wallet", "sessions", "nhsa", "callbacks"].iter().any(|tag| operation["tags"][0] == *tag) {
                continue;
            }
            let address = path.replace("{id}", "benefit/441800");
            let address = with_query(&address, operation);
            let example = &operation["requestBody"]["content"]["application/json"]["example"];
            let request = match method.as_str() {
                "post" => post(&address, example.to_string()),
                _ => TestRequest::get().uri(&address),
            };
            let answered = ask(&service, request).await;
            assert_eq!(answered.status, 200, "{method} {path}");
            let content = &operation["responses"]["200"]["content"];
            let kind = answered.header("content-type").split(';').next().unwrap();
            assert!(content.get(kind).is_some(), "{method} {path}");
            let expected = &content["application/json"]["example"];
            if !expected.is_null() {
                assert_eq!(*expected, answered.json(), "{method} {path}");
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 8);
}

#[test]
fn the_wallets_examples_are_of_the_shapes_that_are_read_and_written() {
    let description = wallet_api::openapi::document(&Engine::new());
    let mut seen = 0;
    for operation in description["paths"].as_object().unwrap().values().flat_map(|m| m.as_object().unwrap().values()) {
        let bodies = operation["responses"].as_object().unwrap().values().chain([&operation["requestBody"]]);
        for content in bodies.map(|body| &body["content"]["application/json"]) {
            let Some(name) = content["schema"]["$ref"].as_str().and_then(|r| r.rsplit('/').next()) else { continue };
            seen += usize::from(reads_as(name, &content["example"]));
        }
    }
    assert!(seen > 20, "{seen}");
}

/// Whether a shape is one of the wallet's; its example has to read as it.
fn reads_as(name: &str, example: &Value) -> bool {
    macro_rules! shapes {
        ($($shape:ident),* $(,)?) => {
            match name {
                $(stringify!($shape) => {
                    let read = serde_json::from_value::<wallet_types::$shape>(example.clone());
                    read.unwrap_or_else(|e| panic!("{name}: {e}: {example}"));
                    true
                })*
                _ => false,
            }
        };
    }
    shapes!(
        CodeAsk,
        CodeOut,
        DecodeAsk,
        DecodeOut,
        PresettleAsk,
        PresettleOut,
        SettleAsk,
        ReverseAsk,
        OrderRefundAsk,
        PackLook,
        OfferAsk,
        OfferOut,
        CounterAsk,
        CounterOut,
        ScanAsk,
        ScannedOut,
        ConfirmAsk,
        PractitionerAsk,
        RxAsk,
        RxOut,
        RxLook,
        RxList,
        ReviewAsk,
        DeclareAsk,
        BatchOfOrders,
        BatchesOfOrders,
        BatchStepAsk,
        StandingAsk,
        StandingOut,
        Standings,
        StoryAsk,
        StoryOut,
        PackOut,
        OrderOut,
        Orders,
        InvitationAsk,
        InvitationOut,
        Invitations,
        AcceptanceAsk,
        RelationOut,
        Relations,
        QuotaAsk,
        PaymentAsk,
        PaymentOut,
        GiftAsk,
        Gifts,
        Payees,
        PersonAsk,
        PersonOut,
        Accounts,
        AccountOut,
        Statement,
        TransferAsk,
        TransferOut,
        ReceiptOut,
        RefundAsk,
        CorrectionAsk,
        CorrectionOut,
        HoldAsk,
        HoldOut,
        PostAsk,
        Booked,
        BatchAsk,
        BatchOut,
        Credentials,
        Refresh,
        SessionOut,
    )
}

/// The address with the examples of what it takes behind its `?`.
fn with_query(address: &str, operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let given = parameters.filter(|p| p["in"] == "query" && p["example"].is_string());
    let pairs: Vec<String> =
        given.map(|p| format!("{}={}", p["name"].as_str().unwrap(), p["example"].as_str().unwrap())).collect();
    if pairs.is_empty() { address.to_owned() } else { format!("{address}?{}", pairs.join("&")) }
}

#[actix_web::test]
async fn the_page_for_people_names_every_operation_and_every_code() {
    let service = service();
    let page = get(&service, "/api/").await;
    let text = String::from_utf8(page.body.to_vec()).unwrap();
    for path in get(&service, "/api/openapi.json").await.json()["paths"].as_object().unwrap().keys() {
        assert!(text.contains(path.as_str()), "{path}");
    }
    for entry in wallet_api::errors::register() {
        assert!(text.contains(&format!("id=\"{}\"", entry.code)), "{}", entry.code);
    }
    for foreign in ["href=\"http", "src=", "<script", "style=\""] {
        assert!(!text.contains(foreign), "the page asks nothing of others: {foreign}");
    }
}

#[test]
fn the_register_of_errors_is_up_to_date() {
    let path = doc("ERRORS.md");
    let fresh = wallet_api::errors::markdown() + &package_codes();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap();
    assert_eq!(kept, fresh, "run the tests once with UPDATE_DOCS=1 to write docs/ERRORS.md anew");
}

/// What the codes of the package for mini-programs mean; its own words are Chinese.
const OF_THE_PACKAGE: [(&str, &str); 14] = [
    ("AX8001", "This platform cannot calculate on the device."),
    ("AX8002", "The module cannot be started."),
    ("AX8003", "The module took too long to start."),
    ("AX8004", "The module stopped; the next call starts it again."),
    ("AX8005", "No Worker can be used."),
    ("AX8006", "A rule pack cannot be read."),
    ("AX8007", "The person does not want it sent to a server; nothing was sent."),
    ("AX8008", "A server may not or cannot answer this in place of the device."),
    ("AX8009", "The request failed on the way."),
    ("AX8010", "The request took too long; its outcome may not be known."),
    ("AX8011", "There is no source of random bytes."),
    ("AX8012", "The server's answer cannot be read."),
    ("AX8013", "The amount cannot be read."),
    ("AX8014", "The module's answer is incomplete."),
];

/// The codes of the package, with what it says itself.
fn package_codes() -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mini-program-sdk/src/errors.ts");
    let source = fs::read_to_string(source).unwrap();
    let said = source.lines().filter_map(|line| line.trim().strip_prefix("AX80"));
    let said: Vec<(String, Vec<&str>)> =
        said.map(|rest| (format!("AX80{}", &rest[..2]), rest.split('"').skip(1).step_by(2).collect())).collect();
    let codes: Vec<&str> = said.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, OF_THE_PACKAGE.map(|(code, _)| code), "a code of the package without its meaning");
    let rows = said
        .iter()
        .zip(OF_THE_PACKAGE)
        .map(|((code, zh), (_, en))| format!("| {code} | {}。{} | {en} |\n", zh[0], zh[1]));
    let head = "\n## The package for mini-programs\n\n`AX80…` never travel over HTTP: the package says them itself.\n\n\
                | Code | 含义 | Meaning |\n|---|---|---|\n";
    head.to_owned() + &rows.collect::<String>()
}

#[actix_web::test]
async fn the_guide_shows_cases_that_are_answered() {
    let guide = fs::read_to_string(doc("API.md")).unwrap();
    let blocks: Vec<&str> = guide.split("```json\n").skip(1).map(|rest| rest.split_once("```").unwrap().0).collect();
    let cases: Vec<&&str> = blocks.iter().filter(|b| b.contains("\"scheme\"")).collect();
    assert!(cases.len() >= 2, "the guide shows too few cases");
    for case in cases {
        parse::<Case>(case.as_bytes()).unwrap_or_else(|e| panic!("{e}\n{case}"));
        let answered = ask(&service(), post("/api/v1/estimates", (*case).to_owned())).await;
        assert_eq!(answered.status, 200, "{:?}", answered.body);
    }
    assert!(guide.contains(CASE.trim()), "the guide and the description show the same example");
}
