//! What the database file has in it after a day at a hospital: nothing that says who or what (SECURITY E2).

use std::path::Path;

use serde_json::json;

use super::settle::Counter;
use crate::bank::{Base, number};

/// The file with what was written last.
fn bytes(folder: &Path) -> Vec<u8> {
    let files = ["books.db", "books.db-wal"].map(|name| std::fs::read(folder.join(name)).unwrap_or_default());
    files.concat()
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[actix_web::test]
async fn the_file_has_no_number_no_birthday_no_diagnosis_and_no_bill() {
    let counter = Counter::new(Base::Sqlite).await;
    let bank = &counter.till.bank;
    counter.pay("240.00").await;
    let relation = crate::relatives::seeded(bank, "daughter1").await;
    let path = format!("wallet/family/relations/{}/nickname", relation["id"].as_str().unwrap());
    assert_eq!(bank.post("daughter1", &path, "", json!({ "nickname": "老爸爸" })).await.status, 200);
    let invited = crate::relatives::invite(bank, "daughter1", "grandmother1", "paternal_grandparent", "window").await;
    let ask = json!({ "code": crate::relatives::code(&invited), "id_number": number("grandmother1"),
        "document": "id_card", "paper": "PAPER-2026-0117" });
    assert_eq!(bank.post("area1", "wallet/window/acceptances", "", ask).await.status, 201);
    let offer = json!({ "name": "resident1", "password": "anxin-demo" });
    assert_eq!(bank.post("resident1", "wallet/second-factor", "", offer).await.status, 201);

    let bytes = bytes(bank.folder.path());
    assert!(has(&bytes, "sm4:tests:") && has(&bytes, "440100"), "this is not the file");
    let mut planted = vec!["感冒", "J06.900", "老爸爸", "PAPER-2026-0117", "medfee_sumamt", "in_scope_fen", "MZ-1"];
    for (_, id_number, _, _, born) in wallet_api::DEMO_NUMBERS {
        planted.extend([*id_number, *born]);
    }
    let found: Vec<&str> = planted.into_iter().filter(|text| has(&bytes, text)).collect();
    assert!(found.is_empty(), "in the clear: {found:?}");
}
