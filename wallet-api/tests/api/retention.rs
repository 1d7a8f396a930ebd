//! What has to be kept is kept to the last day of its years, and no longer.

use std::sync::Arc;

use serde_json::{Value, json};
use wallet_api::Wallet;

use crate::bank::{Bank, Base, Hands, MORNING, number, rules};
use crate::own::named;
use crate::relatives::{accept, code, invite, part, pay, seeded};

const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];
/// 2057-01-01 00:00 in China: thirty years after the end of the year of the morning.
const OVER: i64 = 2_745_504_000_000_000;
const SECOND: i64 = 1_000_000;

async fn ids(bank: &Bank, who: &str) -> Vec<Value> {
    let relations = bank.get(who, "wallet/family/relations").await.json();
    relations["relations"].as_array().unwrap().iter().map(|relation| relation["id"].clone()).collect()
}

#[actix_web::test]
async fn what_was_kept_for_its_years_goes_the_day_after_and_nothing_with_money_on_it() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let mut settings = None;
        let bank = Bank::at(base, &hands, |s| settings = Some(s.clone())).await;
        let first = seeded(&bank, "daughter1").await;
        named(&bank, "daughter1", &first, "老爸").await;
        assert_eq!(pay(&bank, "father1", "paid", 12_800, None).await.status, 201);
        assert_eq!(part(&bank, "daughter1", &first).await.status, 200);
        // Of one that ended something is held still, and one goes on.
        let invited = code(&invite(&bank, "resident1", "father1", "parent", "second").await);
        let held = accept(&bank, "father1", &invited).await.json();
        let quota = format!("wallet/family/relations/{}/quota", held["id"].as_str().unwrap());
        assert_eq!(bank.post("resident1", &quota, "q", json!({ "usable_fen": 50_000 })).await.status, 200);
        assert_eq!(pay(&bank, "father1", "held", 3_000, Some("2060-01-01T00:00:00Z")).await.status, 201);
        assert_eq!(part(&bank, "resident1", &held).await.status, 200);
        let invited = code(&invite(&bank, "resident2", "father1", "parent", "third").await);
        let open = accept(&bank, "father1", &invited).await.json();
        let withdrawn = invite(&bank, "resident2", "mother1", "parent", "fourth").await.json();
        let path = format!("wallet/family/invitations/{}/withdrawal", withdrawn["id"].as_str().unwrap());
        assert_eq!(bank.post("resident2", &path, "", Value::Null).await.status, 200);
        let lost = json!({ "id_number": number("daughter1"), "document": "id_card", "paper": "7" });
        assert_eq!(bank.post("area1", "wallet/window/authenticators", "", lost).await.status, 201);

        let wallet =
            Wallet::open_at(&settings.unwrap(), rules(), Arc::default(), hands.clock()).await.unwrap().unwrap();
        let personal = bank.account("daughter1", "personal").await;
        let before = bank.posted("daughter1", &personal).await;
        hands.set(OVER - SECOND);
        assert_eq!(wallet.sweep_kept(1).await.unwrap(), 0, "the last day");
        assert_eq!(ids(&bank, "father1").await, [first["id"].clone(), held["id"].clone(), open["id"].clone()]);
        hands.set(OVER);
        assert_eq!(wallet.sweep_kept(2).await.unwrap(), 0, "another has the lease");
        let gone = wallet.sweep_kept(1).await.unwrap();
        assert_eq!(gone, 4, "a relation, two invitations that came to nothing, and what was asked for at a window");
        assert_eq!(ids(&bank, "father1").await, [held["id"].clone(), open["id"].clone()]);
        let kept = bank.get("daughter1", "wallet/export").await.json();
        assert_eq!((&kept["relations"]["relations"], &kept["invitations"]["invitations"]), (&json!([]), &json!([])));
        assert_eq!(kept["authenticator_resets"], json!([]));
        assert!(!kept["notices"].to_string().contains("reset_asked"), "{kept}");
        assert!(!kept["notices"].to_string().contains(first["id"].as_str().unwrap()), "{kept}");
        // The books are as they were.
        assert_eq!(bank.posted("daughter1", &personal).await, before);
        assert!(kept["accounts"][0]["lines"].as_array().is_some_and(|lines| !lines.is_empty()), "{kept}");
        assert_eq!(wallet.sweep_kept(1).await.unwrap(), 0);
    }
}
