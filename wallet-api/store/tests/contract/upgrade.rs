//! Every schema that was released is brought up to the last one with its books, and goes on from there.

use std::path::Path;

use sqlx::{Connection as _, Executor as _, PgConnection, SqliteConnection};
use wallet_ledger::{Limits, Outcome};
use wallet_store::{Clock, Database, PostgresStore, Signers, SqliteStore, StoreError};

use crate::cluster;
use crate::town::{person, settle};

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
