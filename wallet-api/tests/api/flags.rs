//! What an auditor is shown.

use serde_json::json;

use crate::bank::{Bank, Base};

#[actix_web::test]
async fn round_sums_at_one_hospital_are_shown_with_their_lines() {
    for base in [Base::Sqlite, Base::Postgres] {
        let bank = Bank::new(base).await;
        let mut entries = Vec::new();
        let none = async || bank.get("auditor1", "wallet/flags").await.json()["flags"] == json!([]);
        for n in 0..5 {
            assert!(none().await, "{n} are not too many");
            bank.settle("resident2", &format!("odd-{n}"), 9_900 + n).await;
            entries.push(bank.settle("resident1", &format!("round-{n}"), 10_000).await.json()["entry"].clone());
        }
        let seen = bank.get("auditor1", "wallet/flags?days=1").await.json();
        assert_eq!(seen["flags"].as_array().map(Vec::len), Some(1), "{seen}");
        let flag = &seen["flags"][0];
        assert_eq!((&flag["pattern"], &flag["amount_fen"]), (&json!("round_sums"), &json!(50_000)));
        assert_eq!(flag["entries"], json!(entries));
        assert_eq!(seen["cut"], json!(false));
    }
}

#[actix_web::test]
async fn days_are_read_strictly() {
    let bank = Bank::new(Base::Sqlite).await;
    for days in ["0", "367", "-1", "1.5", "x", ""] {
        let answer = bank.get("auditor1", &format!("wallet/flags?days={days}")).await;
        assert_eq!((answer.status / 100, answer.json()["field"].clone()), (4, json!("days")), "{days}");
    }
    assert_eq!(bank.get("auditor1", "wallet/flags?days=366").await.status, 200);
}
