//! SECURITY C5: whatever is wrong with a code, the same statements are put to the database, so that the time that a refusal
//! takes says no more than its words. In a program of its own: what is counted is all that this program asks.

#[allow(dead_code, reason = "shared with the tests of the interface")]
#[path = "../api/bank.rs"]
mod bank;
#[path = "../api/cluster.rs"]
mod cluster;
#[allow(dead_code, reason = "shared with the tests of the interface")]
#[path = "../api/common.rs"]
mod common;
#[allow(dead_code, reason = "shared with the tests of the interface")]
#[path = "../api/nhsa/till.rs"]
mod till;

use std::fmt::Debug;
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use bank::{Bank, Base, Hands, MORNING};

const SECOND: i64 = 1_000_000;
/// After this, what followed from the step before is done.
const QUIET: Duration = Duration::from_millis(100);

/// The head of every statement, as the library that sends them tells of it, and whether it is about codes: other
/// programs of the server look after other things whenever it is time.
static SENT: LazyLock<Mutex<Vec<(String, bool)>>> = LazyLock::new(Mutex::default);

struct Statements;

#[derive(Default)]
struct Head {
    summary: String,
    statement: String,
}

impl Visit for Head {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => self.summary = value.to_owned(),
            "db.statement" => self.statement = value.to_owned(),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

impl Subscriber for Statements {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        of.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        let mut head = Head::default();
        event.record(&mut head);
        // Who tells people of what was booked looks at the journal whenever it is time; no code is looked up there.
        let of_journal = head.statement.contains("journal") && !head.statement.contains("FROM transfer");
        if !of_journal && !head.statement.contains("notice") {
            let of_codes = [&head.summary, &head.statement].iter().any(|text| text.contains(" pay_"));
            SENT.lock().unwrap().push((head.summary, of_codes));
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("{key}: {value}")).to_owned()
}

/// What is sent to the database while a code is refused.
async fn refused(bank: &Bank, who: &str, path: &str, key: &str, ask: Value) -> Vec<String> {
    SENT.lock().unwrap().clear();
    let answered = bank.post(who, path, key, ask).await;
    let sent = SENT.lock().unwrap().iter().filter(|(_, of_codes)| *of_codes).map(|(head, _)| head.clone()).collect();
    assert_eq!((answered.status, answered.json()["code"].as_str()), (422, Some("AX9033")), "{}", answered.json());
    sent
}

async fn a_till_reads(base: Base) {
    let hands = Hands::at(MORNING);
    let bank = Bank::at(base, &hands, |_| {}).await;
    let ask = |code: &str| json!({ "cert": "01", "value": code, "business": "01301", "device": "till-1" });
    let shown = async |who: &str| text(&bank.post(who, "wallet/codes", "code", json!({})).await.json(), "code");
    let (used, late) = (shown("worker1").await, shown("resident1").await);
    assert_eq!(bank.post("hospital1", "pay/decode", "first", ask(&used)).await.status, 200);
    let path = "pay/decode";
    let of_used = refused(&bank, "hospital1", path, "used", ask(&used)).await;
    let of_wrong = refused(&bank, "hospital1", path, "wrong", ask("4240000000000000000000000000")).await;
    hands.set(MORNING + 60 * SECOND);
    let of_late = refused(&bank, "hospital1", path, "late", ask(&late)).await;
    assert!(of_used.len() >= 3, "{of_used:?}");
    assert_eq!((&of_wrong, &of_late), (&of_used, &of_used), "{base:?}");
}

async fn a_resident_scans(base: Base) {
    let hands = Hands::at(MORNING);
    let bank = Bank::at(base, &hands, |_| {}).await;
    let bill = json!({ "visit": { "outpatient": {
        "level": "3", "on": "2026-11-02", "bill": { "split": { "total_fen": 3, "own_expense_fen": 3 } },
    } } });
    let offer = async |key: &str| bank.post("hospital1", "pay/offers", key, bill.clone()).await.json();
    let ask = |code: &str| json!({ "code": code, "use_accounts": true });
    let (used, late) = (offer("one").await, offer("two").await);
    assert_eq!(bank.post("resident1", "wallet/scans", "scan", ask(&text(&used, "code"))).await.status, 200);
    let path = "wallet/scans";
    let of_used = refused(&bank, "worker1", path, "scan", ask(&text(&used, "code"))).await;
    let changed = format!("{}A", text(&used, "code"));
    let of_wrong = refused(&bank, "worker1", path, "scan", ask(&changed)).await;
    let typed_used = refused(&bank, "worker1", path, "scan", ask(&text(&used, "number"))).await;
    let typed_wrong = refused(&bank, "worker1", path, "scan", ask("000000000000")).await;
    hands.set(MORNING + 300 * SECOND);
    let of_late = refused(&bank, "worker1", path, "scan", ask(&text(&late, "code"))).await;
    let typed_late = refused(&bank, "worker1", path, "scan", ask(&text(&late, "number"))).await;
    assert!(of_used.len() >= 3, "{of_used:?}");
    assert_eq!((&of_wrong, &of_late), (&of_used, &of_used), "{base:?}");
    assert_eq!((&typed_wrong, &typed_late), (&typed_used, &typed_used), "{base:?}");
}

/// What is sent to the database by one step.
async fn sent(bank: &Bank, path: &str, key: &str, ask: Value) -> (Value, Vec<String>) {
    tokio::time::sleep(QUIET).await;
    SENT.lock().unwrap().clear();
    let answered = bank.post("hospital1", path, key, ask).await;
    let sent = SENT.lock().unwrap().iter().map(|(head, _)| head.clone()).collect();
    assert!([200, 201].contains(&answered.status), "{}", answered.json());
    (answered.json(), sent)
}

/// Reading a code, presettling and settling: how often the database is asked decides how many payments a second there are.
async fn a_payment_is_made(base: Base, most: [usize; 3]) {
    let hands = Hands::at(MORNING);
    let bank = Bank::at(base, &hands, |_| {}).await;
    let mut ways: Vec<Vec<String>> = Vec::new();
    // The first payment opens the accounts that all of them need. Whoever else asks in the meantime only adds to what is
    // counted: the fewest of several are the payment's own.
    for n in ["first", "second", "third", "fourth", "fifth"] {
        let code = text(&bank.post("worker1", "wallet/codes", n, json!({})).await.json(), "code");
        let ask = json!({ "cert": "01", "value": code, "business": "01301", "device": "till-1" });
        let (read, of_reading) = sent(&bank, "pay/decode", n, ask).await;
        let mut bill = json!({ "token": read["token"], "device": "till-1", "use_accounts": true, "visit": { "outpatient": {
            "level": read["level"], "on": "2026-11-02", "place": read["place"],
            "bill": { "split": { "total_fen": 12_000, "own_expense_fen": 800, "pre_self_pay_fen": 600 } },
        } } });
        let (pre, of_presettling) = sent(&bank, "pay/presettle", n, bill.clone()).await;
        bill["figures"] = pre["figures"].clone();
        bill["cash"] = json!({ "means": "cash" });
        let (order, of_settling) = sent(&bank, "pay/settle", n, bill).await;
        assert_eq!(order["state"], "settled", "{order}");
        ways = fewest(ways, vec![of_reading, of_presettling, of_settling]);
    }
    within(base, &ways, most);
}

/// The same three steps in signed messages: 1162, 2206 and 2207.
async fn a_signed_payment_is_made(base: Base, most: [usize; 3]) {
    let till = till::Till::open(base).await;
    let psn_no = till.identify("worker1").await;
    let mut ways: Vec<Vec<String>> = Vec::new();
    for n in 0..5 {
        let mdtrt_id = till.register(&psn_no).await;
        let consultation = json!({
            "mdtrtinfo": { "mdtrt_id": mdtrt_id, "psn_no": psn_no, "med_type": "11", "begntime": till.written() },
            "diseinfo": [{ "diag_type": "1", "diag_srt_no": "1", "diag_code": "J06.900", "diag_name": "感冒" }],
        });
        till.done("2203", consultation).await;
        till.done("2204", json!({ "feedetail": [till::line("1", &mdtrt_id, &psn_no, "120.00")] })).await;
        let code = text(&till.bank.post("worker1", "wallet/codes", &format!("c{n}"), json!({})).await.json(), "code");
        let reading = json!({ "data": { "businessType": "01301", "ecQrCode": code, "outBizNo": "1" } });
        let bill = json!({ "data": {
            "psn_no": psn_no, "med_type": "11", "medfee_sumamt": "120.00", "mdtrt_id": mdtrt_id, "acct_used_flag": "1",
            "insutype": "310",
        } });
        let mut now = Vec::new();
        for (infno, input) in [("1162", reading), ("2206", bill.clone()), ("2207", bill)] {
            tokio::time::sleep(QUIET).await;
            SENT.lock().unwrap().clear();
            till.done(infno, input).await;
            now.push(SENT.lock().unwrap().iter().map(|(head, _)| head.clone()).collect());
        }
        ways = fewest(ways, now);
    }
    within(base, &ways, most);
}

/// Of each step the fewer statements.
fn fewest(before: Vec<Vec<String>>, now: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let fewer = |(now, before): (Vec<String>, Vec<String>)| if now.len() < before.len() { now } else { before };
    if before.is_empty() { now } else { now.into_iter().zip(before).map(fewer).collect() }
}

fn within(base: Base, ways: &[Vec<String>], most: [usize; 3]) {
    let counts: Vec<usize> = ways.iter().map(Vec::len).collect();
    assert!(counts.iter().zip(most).all(|(count, most)| *count <= most), "{base:?} {counts:?}: {ways:#?}");
}

#[actix_web::test]
async fn whatever_is_wrong_with_a_code_takes_the_same_statements() {
    tracing::subscriber::set_global_default(Statements).unwrap();
    for base in [Base::Sqlite, Base::Postgres] {
        a_till_reads(base).await;
        a_resident_scans(base).await;
    }
    a_payment_is_made(Base::Sqlite, [3, 2, 11]).await;
    a_payment_is_made(Base::Postgres, [2, 2, 8]).await;
    a_signed_payment_is_made(Base::Sqlite, [5, 9, 21]).await;
    a_signed_payment_is_made(Base::Postgres, [4, 9, 19]).await;
}
