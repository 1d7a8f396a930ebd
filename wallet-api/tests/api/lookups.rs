//! The key that people are found by changes while servers run (SECURITY E2).

use std::path::Path;
use std::sync::Arc;

use serde_json::json;
use wallet_api::{LookupKeys, Settings};
use wallet_ledger::Limits;
use wallet_store::{Database, Vault};

use crate::bank::{Bank, Base, Hands, MORNING, number, open_beside};
use crate::relatives::{accept, code, invite};

const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];
const NEW: &str = "000000199001010099";

fn keys(file: &Path, lines: &[&str]) {
    let text: Vec<String> = lines.iter().map(|line| line.replace('*', &"0a1b2c3d".repeat(8))).collect();
    std::fs::write(file, text.join("\n").replace("2027 0a", "2027 0b")).unwrap();
}

/// Whether a till finds somebody by their number.
async fn found(bank: &Bank, number: &str, key: &str) -> bool {
    let card = json!({ "cert": "02", "value": number, "business": "01301", "device": "till-1" });
    bank.post("hospital1", "pay/decode", key, card).await.status == 200
}

async fn registered(bank: &Bank, person: u128, number: &str) -> u16 {
    let body =
        json!({ "person": format!("{person:032x}"), "id_number": number, "area": "440100", "cover": "resident" });
    bank.post("area1", "wallet/people", "", body).await.status
}

async fn renew(settings: &Settings, hands: &Hands) -> u64 {
    let area = u64::from(settings.database.area);
    let database = Database::open(&settings.database.url, area, Limits::default(), hands.clock()).await.unwrap();
    let vault = Vault::parse(&std::fs::read_to_string(&settings.fields.keys).unwrap()).unwrap();
    let keys = LookupKeys::read(settings).unwrap().unwrap();
    let desk = database.desk(Arc::new(vault));
    desk.renew_lookups(keys.present(), |name, digest| keys.forward(name, digest), |_, _| {}).await.unwrap()
}

#[actix_web::test]
async fn people_are_found_while_the_key_changes_and_after() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let mut kept = None;
        let mut bank = Bank::at(base, &hands, |s| {
            s.family.key = s.fields.keys.with_file_name("family.key");
            keys(&s.family.key, &["*"]);
            kept = Some(s.clone());
        })
        .await;
        let settings = kept.unwrap();
        let file = settings.family.key.clone();
        let before = code(&invite(&bank, "resident1", "mother1", "parent", "before").await);

        keys(&file, &["*", "2027 * next"]);
        bank.service = open_beside(&settings, &hands).await;
        assert_eq!(registered(&bank, 90_001, NEW).await, 200);
        assert!(found(&bank, number("father1"), "1").await && found(&bank, NEW, "2").await);
        assert_eq!(renew(&settings, &hands).await, 0, "nothing is written by it yet");

        keys(&file, &["*", "2027 *"]);
        bank.service = open_beside(&settings, &hands).await;
        let after = code(&invite(&bank, "resident2", "mother1", "parent", "after").await);
        assert_eq!(registered(&bank, 90_002, NEW).await, 422, "the number is somebody's, by the key before");
        let looking = async {
            for n in 0..40 {
                assert!(found(&bank, number("father1"), &format!("while-{n}")).await, "{n}");
            }
        };
        let (renewed, ()) = tokio::join!(renew(&settings, &hands), looking);
        assert!(renewed > 10, "{renewed}");
        assert_eq!(renew(&settings, &hands).await, 0);
        assert!(found(&bank, number("father1"), "3").await && found(&bank, NEW, "4").await);
        assert_eq!(registered(&bank, 90_002, NEW).await, 422);
        let again = invite(&bank, "resident1", "mother1", "parent", "before").await;
        assert_eq!(code(&again), before, "the same request has the same code");
        let waiting = bank.get("mother1", "wallet/family/invitations").await.json();
        let for_her = waiting["invitations"].as_array().unwrap().iter().filter(|i| i["state"] == "waiting").count();
        assert_eq!(for_her, 3, "with that of the demonstration: {waiting}");
        for code in [&before, &after] {
            assert_eq!(accept(&bank, "mother1", code).await.status, 201, "{code}");
        }

        // One key without the other finds nobody: neither is of use to who has it alone.
        for alone in [&["*"], &["2027 *"]] {
            keys(&file, alone);
            bank.service = open_beside(&settings, &hands).await;
            assert!(!found(&bank, number("father1"), alone[0]).await, "{alone:?}");
        }
    }
}

/// Areas that ask each other about people have one key between them.
#[test]
fn a_key_that_areas_share_does_not_change_in_one_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::read(None, []).unwrap();
    settings.family.key = folder.path().join("family.key");
    let peer = wallet_api::settings::Peer { url: "https://cell.example/".into(), key: Default::default() };
    settings.cells.peers.insert("450100".into(), peer);
    keys(&settings.family.key, &["*"]);
    assert!(LookupKeys::read(&settings).is_ok());
    keys(&settings.family.key, &["*", "2027 * next"]);
    let refused = LookupKeys::read(&settings).err().unwrap();
    assert_eq!(refused.key, "family.key", "{refused}");
}
