//! A commit whose answer is lost, because a standby keeps it waiting, and that comes through later.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anxin_postgres::Cluster;
use wallet_ledger::{
    AccountId, AccountKind, CellCommand, CellId, Command, DrawId, DrawOrder, Fund, Limits, Micros, OpenAccount,
    Outcome, OwnerId, Part, Payer, Terms, Vote,
};
use wallet_store::{Answer, Asked, Clock, Database, Writer};

use crate::town::{HOSPITAL, asked, fen, founding, person};

const PEER: CellId = CellId(450_100);
const CLEARING: AccountId = AccountId(50);
/// Longer than a batch waits for its answer, shorter than the last of its tries.
const KEPT: Duration = Duration::from_secs(12);

fn cell(key: &str, command: CellCommand) -> Asked {
    asked(key, Command::Cell(Box::new(command)))
}

/// A cell that has written a letter to another.
fn begun() -> Vec<Asked> {
    let open =
        OpenAccount { id: CLEARING, kind: AccountKind::Clearing, fund: Fund::Account, owner: OwnerId(0), parent: None };
    let terms =
        Terms { open: true, account: CLEARING, pooled: None, cap: None, prepaid: None, over: Default::default() };
    let payers = vec![Payer { from: person(0), amount: fen(1) }];
    let part = Part { fund: Fund::Account, payers, to: HOSPITAL, vote: Vote::None };
    let (draw, until, parts) = (DrawId(1), Micros(i64::MAX - 1), BTreeMap::from([(PEER, part)]));
    let mut all = founding(1, 1_000);
    all.extend([
        asked("clearing", Command::Open(open)),
        cell("found", CellCommand::Found { id: CellId(440_100), suspense: BTreeMap::new() }),
        cell("agree", CellCommand::Agree { peer: PEER, terms }),
        cell("begin", CellCommand::Begin(DrawOrder { draw, until, patient: [7; 32], parts, own: Vec::new() })),
    ]);
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_comes_through_late_stops_nobody() {
    let cluster = Cluster::start(&[]).unwrap();
    let socket = cluster.socket().display().to_string();
    // Of several servers one is given up that does not answer.
    let url = format!("postgres:///postgres?host={socket},{socket}&user=postgres");
    let Ok(Database::Postgres(store)) = Database::open(&url, 7, Limits::default(), Clock::Own).await else {
        panic!("no PostgreSQL");
    };
    let mut ids = 1..;
    let writer = Writer::start(Arc::clone(&store), move || ids.next().unwrap());
    let done = |answers: &[Answer]| answers.iter().all(|answer| answer.outcome() == Some(Outcome::Done));
    assert!(done(&writer.ask(begun()).await.unwrap()));

    let standby = |names: &str| {
        cluster.psql("postgres", &format!("ALTER SYSTEM SET synchronous_standby_names = '{names}'")).unwrap();
        cluster.psql("postgres", "SELECT pg_reload_conf()").unwrap();
    };
    standby("nobody");
    let waiting = writer.clone();
    // It is known by no key: each try of it writes.
    let acked = cell("acked", CellCommand::Acked { peer: PEER, received: 1 });
    let acked = tokio::spawn(async move { waiting.ask(vec![acked]).await });
    tokio::time::sleep(KEPT).await;
    standby("");
    assert!(done(&acked.await.unwrap().unwrap()));
    assert!(writer.tally().unclear > 0, "{:?}", writer.tally());
    assert!(!writer.is_halted());
    assert!(store.letters_to(PEER, 0).await.unwrap().is_empty());
}
