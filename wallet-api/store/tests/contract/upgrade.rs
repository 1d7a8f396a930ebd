//! Every schema that was released is brought up to the last one with its books, and goes on from there.

use std::path::Path;

use sqlx::{Connection as _, Executor as _, PgConnection, SqliteConnection};
use wallet_ledger::{CellCommand, Command, DrawId, Letter, Limits, Message, Outcome, TransferId, leaf_hash};
use wallet_store::{Actor, Answer, Clock, Database, Desk, PostgresStore, Signers, SqliteStore, StoreError, Vault};

use crate::town::{HOSPITAL, asked, fen, person, settle};
use crate::{cells, cluster};

/// Schema, the books in both dialects, and how many lines their journal has.
const RELEASED: &[(u32, &str, &str, u64)] =
    &[(1, include_str!("../upgrade/schema-1.sqlite.sql"), include_str!("../upgrade/schema-1.postgres.sql"), 35)];

async fn into_sqlite(file: &Path, sql: &str) {
    let url = format!("sqlite:{}?mode=rwc", file.display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}

/// The books are sound, as many as they were, and take something in.
async fn goes_on(database: &Database, lines: u64) {
    let verify = async || database.verify(None, &Signers::default(), &mut |_, _| {}).await.unwrap().unwrap();
    assert_eq!(verify().await.lines, lines);
    let request = [settle("after the upgrade", 900, person(0), 5)];
    let batch = wallet_store::BatchId(900);
    let committed = match database {
        Database::Sqlite(store) => store.commit(batch, &request).await.unwrap(),
        Database::Postgres(store) => store.commit(batch, &request).await.unwrap(),
    };
    assert_eq!(committed.answers[0].outcome(), Some(Outcome::Done));
    assert_eq!(verify().await.lines, lines + 1);
    let desk = match database {
        Database::Sqlite(store) => store.desk(Vault::demo().into()),
        Database::Postgres(store) => store.desk(Vault::demo().into()),
    };
    what_was_booked_before_is_there(database, &desk, lines).await;
    assert_eq!(verify().await.lines, lines + 2);
}

/// Lines of before are in statements and have receipts, their transfers come back, and their requests are known.
async fn what_was_booked_before_is_there(database: &Database, desk: &Desk, lines: u64) {
    let statement = async |account| desk.statement(Actor::Area, account, u64::MAX, 500).await.unwrap().unwrap();
    let numbers: Vec<u64> = statement(person(0)).await.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [lines, 25, 23, 18, 13, 8, 3], "of before and since");
    for line in statement(HOSPITAL).await {
        let found = desk.line_where(HOSPITAL, |fact| *fact == line.entry.fact).await.unwrap().unwrap();
        let leaf = leaf_hash(&found.bytes);
        let receipt = desk.receipt(found).await.unwrap().unwrap();
        assert!(receipt.inclusion.holds(leaf, &receipt.head.root), "line {}", line.number);
    }
    let again = settle("pay-3", 13, person(3), 100);
    let back = asked("back", Command::Refund { id: TransferId(901), of: TransferId(14), amount: fen(30) });
    let batch = [again, back];
    let committed = match database {
        Database::Sqlite(store) => store.commit(wallet_store::BatchId(901), &batch).await.unwrap(),
        Database::Postgres(store) => store.commit(wallet_store::BatchId(901), &batch).await.unwrap(),
    };
    assert!(matches!(committed.answers[0], Answer::Decided { outcome: Outcome::Done, replayed: true, .. }));
    assert_eq!(committed.answers[1].outcome(), Some(Outcome::Done));
    let (paid, _) = desk.transfer(Actor::Area, TransferId(14)).await.unwrap().unwrap();
    assert_eq!(paid.refunded, [fen(30)]);
}

#[tokio::test]
async fn sqlite_is_brought_up_with_its_books() {
    for (schema, sql, _, lines) in RELEASED {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("books.db");
        into_sqlite(&file, sql).await;
        let looked = SqliteStore::look(&file, 7).await;
        assert!(matches!(looked, Err(StoreError::TooOld { .. })), "schema {schema}: {looked:?}");
        let store = SqliteStore::open(&file, 7, Limits::default(), Clock::Own).await.unwrap();
        goes_on(&Database::Sqlite(store.into()), *lines).await;
    }
}

#[tokio::test]
async fn postgres_is_brought_up_with_its_books() {
    for (schema, _, sql, lines) in RELEASED {
        let options = cluster::database().await;
        let mut connection = PgConnection::connect_with(&options).await.unwrap();
        connection.execute(sqlx::AssertSqlSafe((*sql).to_owned())).await.unwrap();
        let looked = PostgresStore::look(options.clone(), 7).await;
        assert!(matches!(looked, Err(StoreError::TooOld { .. })), "schema {schema}: {looked:?}");
        let store = PostgresStore::open(options, 7, Limits::default(), Clock::Own).await.unwrap();
        goes_on(&Database::Postgres(store.into()), *lines).await;
    }
}

/// What is unsound is not carried over as if it were not.
#[tokio::test]
async fn unsound_books_are_not_brought_up() {
    let damages = [
        ("UPDATE account SET posted = posted + 1 WHERE id = (SELECT min(id) FROM account)", "do not add up"),
        ("DROP TRIGGER journal_is_not_cut; DELETE FROM journal WHERE number = 4", "gaps"),
    ];
    for (damage, told) in damages {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("books.db");
        into_sqlite(&file, RELEASED[0].1).await;
        into_sqlite(&file, damage).await;
        let opened = SqliteStore::open(&file, 7, Limits::default(), Clock::Own).await;
        assert!(matches!(&opened, Err(StoreError::Damaged(cause)) if cause.contains(told)), "{opened:?}");
        let looked = SqliteStore::look(&file, 7).await;
        assert!(matches!(looked, Err(StoreError::TooOld { .. })), "nothing was changed: {looked:?}");
    }
}

/// Lines would have no receipts.
#[tokio::test]
async fn a_log_with_holes_is_not_brought_up() {
    const DAMAGES: [&str; 2] =
        ["DELETE FROM journal_node WHERE level = 1 AND place = 4", "DELETE FROM journal_node WHERE level = 5"];
    let told = |opened: &dyn std::fmt::Debug| assert!(format!("{opened:?}").contains("no_holes"), "{opened:?}");
    for damage in DAMAGES {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("books.db");
        into_sqlite(&file, RELEASED[0].1).await;
        into_sqlite(&file, damage).await;
        told(&SqliteStore::open(&file, 7, Limits::default(), Clock::Own).await.unwrap_err());
        let looked = SqliteStore::look(&file, 7).await;
        assert!(matches!(looked, Err(StoreError::TooOld { .. })), "nothing was changed: {looked:?}");
        let options = cluster::database().await;
        let mut connection = PgConnection::connect_with(&options).await.unwrap();
        connection.execute(sqlx::AssertSqlSafe(RELEASED[0].2.to_owned())).await.unwrap();
        // A dump leaves its session without a search path.
        connection.execute(sqlx::AssertSqlSafe(damage.replace("journal_node", "public.journal_node"))).await.unwrap();
        told(&PostgresStore::open(options, 7, Limits::default(), Clock::Own).await.unwrap_err());
    }
}

/// Letters that were written and taken in when each had a row of its own, as schema 35 had them.
#[tokio::test]
async fn letters_come_along() {
    const BACK: [&str; 2] = [
        "UPDATE letter_out SET body = unhex(substr(hex(body), 3));
        UPDATE letter_in SET body = unhex(hex(substr(body, 1, length(body) - 33)) || hex(substr(body, -32)));
        ALTER TABLE letter_out RENAME COLUMN last TO number;
        ALTER TABLE letter_in RENAME COLUMN last TO number;
        DELETE FROM _sqlx_migrations WHERE version = 36",
        "UPDATE letter_out SET body = substr(body, 2);
        UPDATE letter_in SET body = substr(body, 1, length(body) - 33) || substr(body, length(body) - 31);
        ALTER TABLE letter_out RENAME COLUMN last TO number;
        ALTER TABLE letter_in RENAME COLUMN last TO number;
        DELETE FROM _sqlx_migrations WHERE version = 36",
    ];
    macro_rules! brought_up {
        ($open:expr, $connection:expr, $back:expr) => {
            let store = $open;
            for (batch, asked) in (0..).zip(letters()) {
                store.commit(wallet_store::BatchId(batch), &asked).await.unwrap();
            }
            let before = store.pool_of_cells().await.unwrap();
            assert_eq!((before.outbox.len(), before.inbox.len()), (4, 2));
            store.close().await;
            let mut connection = $connection;
            connection.execute(sqlx::AssertSqlSafe($back)).await.unwrap();
            connection.close().await.unwrap();
            let store = $open;
            assert_eq!(store.pool_of_cells().await.unwrap(), before);
            assert_eq!(store.letters_to(cells::THERE, 1).await.unwrap().len(), 3);
        };
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("books.db");
    let open = || SqliteStore::open(&file, 7, Limits::default(), Clock::Own);
    let url = format!("sqlite:{}", file.display());
    brought_up!(open().await.unwrap(), SqliteConnection::connect(&url).await.unwrap(), BACK[0]);
    let options = cluster::database().await;
    let open = || PostgresStore::open(options.clone(), 7, Limits::default(), Clock::Own);
    brought_up!(open().await.unwrap(), PgConnection::connect_with(&options).await.unwrap(), BACK[1]);
}

/// What writes two letters and takes two in, in a batch for each, the answers included.
fn letters() -> Vec<Vec<wallet_store::Asked>> {
    let taken = |number| {
        let message = Message::Query { draw: cells::DRAW };
        let letter = Letter { from: cells::THERE, to: cells::HERE, number, message };
        vec![cells::cell(CellCommand::Receive { letter, denied: false })]
    };
    let begun = |draw| vec![cells::order(DrawId(draw), cells::THERE, 1)];
    vec![cells::founded(cells::HERE, cells::THERE), begun(1), begun(2), taken(1), taken(2)]
}

/// Nobody finds half a schema, and nobody waits for ever. Who is refused depends on moments, hence several times.
#[tokio::test]
async fn programs_that_start_at_once_bring_the_schema_up_once() {
    for _ in 0..3 {
        let options = cluster::database().await;
        let open = || PostgresStore::open(options.clone(), 7, Limits::default(), Clock::Own);
        let (a, b, c, d) = tokio::join!(open(), open(), open(), open());
        let stores = [a, b, c, d].map(|store| store.unwrap());
        let founding = crate::town::founding(1, 10);
        let committed = stores[3].commit(wallet_store::BatchId(1), &founding).await.unwrap();
        assert!(committed.answers.iter().all(|answer| answer.outcome() == Some(Outcome::Done)));
    }
}
