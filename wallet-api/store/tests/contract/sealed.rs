//! What is known of people is sealed, and sealed anew when keys change, whoever is stopped on the way.

use std::time::Duration;

use wallet_ledger::{Micros, OwnerId};
use wallet_store::{Desk, Filed, Filing, Message, Offer, Person, Rx, RxReview, SettlementList};

use crate::Any;
use crate::cluster::{run_postgres, run_sqlite};
use crate::town::Dial;

const OLD: &str = "old 000102030405060708090a0b0c0d0e0f";
const NEW: &str = "new f0e0d0c0b0a090807060504030201000";
const LATER: &str = "later 0f1e2d3c4b5a69788796a5b4c3d2e1f0";
/// More than a page.
const PEOPLE: u128 = 700;

fn person(n: u128) -> Person {
    let mut lookup = [0; 32];
    lookup[16..].copy_from_slice(&n.to_be_bytes());
    let born = (!n.is_multiple_of(7)).then(|| format!("19{:02}-03-01", n % 100));
    Person {
        owner: OwnerId(n),
        lookup,
        lookup_key: String::new(),
        area: "440100".into(),
        cover: "employee".into(),
        born,
        without_phone: false,
        died: None,
    }
}

fn message() -> Message {
    let (code, msgid, infno) = ("H44010000001".into(), "1".into(), "1101".into());
    Message { code, msgid, infno, digest: [1; 32], at: Micros(5) }
}

async fn plant(desk: &Desk) {
    for n in 0..PEOPLE {
        desk.put_person(&person(n)).await.unwrap();
    }
    desk.put_insured(OwnerId(3), "{\"retired\":true}").await.unwrap();
    desk.nhsa_take(&message(), "2").await.unwrap();
    desk.nhsa_answer(&message(), b"answer").await.unwrap();
    let (code, file_qury_no) = ("H44010000001".into(), "9".into());
    let filed = Filed { code, file_qury_no, filename: "a.zip".into(), body: vec![0, 255, 7], until: Micros(9) };
    desk.nhsa_file(&filed).await.unwrap();
    desk.nhsa_file_for(&filing()).await.unwrap();
    desk.nhsa_list(&list()).await.unwrap();
    desk.put_rx(&rx()).await.unwrap();
    let (rx, institution, asked_by, asked_at) = (5, OwnerId(9), 1, Micros(5));
    desk.ask_review(&RxReview { rx, institution, asked_by, asked_at, decided: None, reason: None }).await.unwrap();
    assert!(desk.decide_review((rx, institution), false, 2, Micros(6), "剂量").await.unwrap());
    desk.put_offer(&offer()).await.unwrap();
}

fn rx() -> Rx {
    let (patient, made_at, until) = (OwnerId(3), Micros(0), Micros(100));
    Rx { id: 5, patient, made_at, until, sale: None, body: "{\"diagnosis\":\"I10\"}".into() }
}

fn offer() -> Offer {
    let (made_at, until, body) = (Micros(0), Micros(100), "{\"total\":1}".to_owned());
    let institution = OwnerId(9);
    Offer { id: 7, digest: [7; 32], institution, counter: None, meant: None, made_at, until, opened: None, body }
}

fn filing() -> Filing {
    let [code, filing, kind] = ["H44010000001", "5", "referral"].map(str::to_owned);
    let [from, until, body] = ["2026-11-01", "2026-11-30", "{\"to\":\"H44010000002\"}"].map(str::to_owned);
    Filing { code, filing, owner: OwnerId(3), kind, from, until, body }
}

fn list() -> SettlementList {
    let [code, setl_id, list, body] = ["H44010000001", "6", "7", "{\"diag_code\":\"J18.900\"}"].map(str::to_owned);
    SettlementList { code, setl_id, list, at: Micros(5), body }
}

async fn look(desk: &Desk) {
    for n in 0..PEOPLE {
        assert_eq!(desk.person(OwnerId(n)).await.unwrap(), Some(person(n)));
    }
    assert_eq!(desk.insured(OwnerId(3)).await.unwrap().as_deref(), Some("{\"retired\":true}"));
    assert_eq!(desk.nhsa_answer(&message(), b"another").await.unwrap(), b"answer");
    let filed = desk.nhsa_filed("H44010000001", "9", Micros(5)).await.unwrap().unwrap();
    assert_eq!((filed.filename.as_str(), filed.body), ("a.zip", vec![0, 255, 7]));
    assert_eq!(desk.nhsa_filings(OwnerId(3), "referral", "2026-11-30").await.unwrap(), [filing()]);
    assert_eq!(desk.nhsa_filings(OwnerId(3), "referral", "2026-12-01").await.unwrap(), [], "it is over");
    assert_eq!(desk.nhsa_lists("H44010000001", "6").await.unwrap(), [list()]);
    assert_eq!(desk.rx(5).await.unwrap(), Some(rx()));
    let review = desk.rx_review(5, OwnerId(9)).await.unwrap().unwrap();
    assert_eq!((review.decided, review.reason.as_deref()), (Some((false, 2, Micros(6))), Some("剂量")));
    assert_eq!(desk.offer(7).await.unwrap(), Some(offer()));
}

/// The old key is taken away afterwards: whatever it still sealed would not open.
pub async fn keys_are_changed_whoever_is_stopped(store: Any, _: Dial) {
    let Some(old) = store.desk(OLD) else { return };
    plant(&old).await;
    let both = store.desk(&format!("{OLD}\n{NEW}")).unwrap();
    look(&both).await;
    let mut stopped = 0;
    for patience in (1..).map(|n| Duration::from_millis(n * n * 4)) {
        match tokio::time::timeout(patience, both.reseal(|_, _| {})).await {
            Ok(done) => {
                done.unwrap();
                break;
            }
            Err(_) => stopped += 1,
        }
    }
    assert!(stopped > 0, "nobody was stopped");
    let new = store.desk(NEW).unwrap();
    look(&new).await;
    assert_eq!(new.reseal(|_, _| {}).await.unwrap(), 0);
    assert!(old.person(OwnerId(1)).await.is_err(), "the old key opens nothing any more");
    // One that nobody stops goes to the end at once.
    store.desk(&format!("{NEW}\n{LATER}")).unwrap().reseal(|_, _| {}).await.unwrap();
    look(&store.desk(LATER).unwrap()).await;
}

/// By the key before, under the next one.
fn renewed(name: &str, digest: [u8; 32]) -> Option<[u8; 32]> {
    name.is_empty().then(|| digest.map(|byte| byte ^ 0x5a))
}

/// Each digest goes on once: one that went on twice would be nobody's.
pub async fn lookups_are_renewed_whoever_is_stopped(store: Any, _: Dial) {
    let Some(desk) = store.desk(OLD) else { return };
    for n in 0..PEOPLE {
        desk.put_person(&person(n)).await.unwrap();
    }
    let mut stopped = 0;
    for patience in (1..).map(|n| Duration::from_millis(n * n)) {
        match tokio::time::timeout(patience, desk.renew_lookups("next", renewed, |_, _| {})).await {
            Ok(done) => {
                done.unwrap();
                break;
            }
            Err(_) => stopped += 1,
        }
        let (was, is) = (person(PEOPLE - 1).lookup, renewed("", person(PEOPLE - 1).lookup).unwrap());
        assert_eq!(desk.person_with(&[was, is]).await.unwrap(), Some(OwnerId(PEOPLE - 1)), "found all the while");
    }
    assert!(stopped > 0, "nobody was stopped");
    for n in 0..PEOPLE {
        let is = renewed("", person(n).lookup).unwrap();
        let known = desk.person(OwnerId(n)).await.unwrap().unwrap();
        assert_eq!((known.lookup, known.lookup_key.as_str()), (is, "next"));
    }
    assert_eq!(desk.renew_lookups("next", renewed, |_, _| {}).await.unwrap(), 0);
    let missing = desk.renew_lookups("later", renewed, |_, _| {}).await.unwrap_err();
    assert!(missing.to_string().contains("next"), "{missing}");
}

/// A day of birth that is put into somebody else's row is damage.
pub async fn what_was_moved_does_not_open(store: Any, _: Dial) {
    let Some(desk) = store.desk(OLD) else { return };
    for n in 1..3 {
        desk.put_person(&person(n)).await.unwrap();
    }
    const MOVE: &str = "UPDATE person SET born = (SELECT p.born FROM person AS p ORDER BY p.lookup LIMIT 1)";
    if let Any::Sqlite(_, folder) = &store {
        run_sqlite(&folder.path().join("books.db"), MOVE).await.unwrap();
    }
    run_postgres(&store, MOVE).await.unwrap();
    assert_eq!(desk.person(OwnerId(1)).await.unwrap(), Some(person(1)));
    assert!(desk.person(OwnerId(2)).await.is_err());
}
