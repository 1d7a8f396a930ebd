//! What institutions sent of somebody is theirs to have, and nobody else's.

use serde_json::{Value, json};
use wallet_store::{Held, TABLES};

use super::settle::Counter;
use crate::bank::Base;

#[actix_web::test]
async fn what_institutions_sent_is_in_ones_own_data() {
    for base in [Base::Sqlite, Base::Postgres] {
        let counter = Counter::new(base).await;
        let paid = counter.pay("240.00").await;
        counter.till.done("2208", counter.back(&paid["setl_id"])).await;
        let bank = &counter.till.bank;
        let own = bank.get("worker1", "wallet/export").await.json();
        let visit = &own["visits"][0];
        assert_eq!(visit["mdtrt_id"], json!(counter.mdtrt_id), "{own}");
        assert_eq!(visit["fees"].as_array().unwrap().len(), 2);
        let [settled, back] = visit["settlements"].as_array().unwrap().as_slice() else { panic!("{visit}") };
        assert_eq!((&settled["total_fen"], &back["total_fen"]), (&json!(24_000), &json!(-24_000)));
        assert_eq!(settled["told"]["medfee_sumamt"], "240.00", "what was answered");
        assert_eq!(back["refund_of"], paid["setl_id"]);
        for (table, held) in TABLES {
            let Held::Exported(member) = held else { continue };
            assert!(!own[*member].is_null(), "{table}: {member}");
        }
        let other = bank.get("resident1", "wallet/export").await.json();
        assert_eq!(other["visits"], json!([]));
        let told = bank.post("worker1", "wallet/deletion", "", json!({ "consent": true })).await.json();
        let kept = told["kept"].as_array().unwrap().iter().find(|kept| kept["what"] == "visits");
        assert_eq!(kept.unwrap_or(&Value::Null)["why"], "accounting", "it stays, and that is said: {told}");
    }
}
