//! The schema and its versions. A version is never changed once it was released: the next one is added.

use std::borrow::Cow;
use std::cmp::Ordering;

use sqlx::migrate::{Migrate, Migration, MigrationType, Migrator};
use sqlx::{Acquire, PgPool, Postgres, Row as _, SqlSafeStr as _, SqlitePool, Transaction};

use crate::error::{StoreError, of_sql};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    Sqlite,
    Postgres,
}

/// Number and name of each version, with its text in both dialects.
const VERSIONS: &[(i64, &str, &str, &str)] = &[
    (
        1,
        "books",
        include_str!("../migrations/sqlite/0001_books.sql"),
        include_str!("../migrations/postgres/0001_books.sql"),
    ),
    (
        2,
        "upkeep",
        include_str!("../migrations/sqlite/0002_upkeep.sql"),
        include_str!("../migrations/postgres/0002_upkeep.sql"),
    ),
    (
        10,
        "access",
        include_str!("../migrations/sqlite/0010_access.sql"),
        include_str!("../migrations/postgres/0010_access.sql"),
    ),
    (
        11,
        "family",
        include_str!("../migrations/sqlite/0011_family.sql"),
        include_str!("../migrations/postgres/0011_family.sql"),
    ),
    (12, "pay", include_str!("../migrations/sqlite/0012_pay.sql"), include_str!("../migrations/postgres/0012_pay.sql")),
    (
        13,
        "nhsa",
        include_str!("../migrations/sqlite/0013_nhsa.sql"),
        include_str!("../migrations/postgres/0013_nhsa.sql"),
    ),
    (
        14,
        "cells",
        include_str!("../migrations/sqlite/0014_cells.sql"),
        include_str!("../migrations/postgres/0014_cells.sql"),
    ),
    (
        15,
        "notices",
        include_str!("../migrations/sqlite/0015_notices.sql"),
        include_str!("../migrations/postgres/0015_notices.sql"),
    ),
    (17, "own", include_str!("../migrations/sqlite/0017_own.sql"), include_str!("../migrations/postgres/0017_own.sql")),
    (
        19,
        "packs",
        include_str!("../migrations/sqlite/0019_packs.sql"),
        include_str!("../migrations/postgres/0019_packs.sql"),
    ),
    (
        20,
        "clearing",
        include_str!("../migrations/sqlite/0020_clearing.sql"),
        include_str!("../migrations/postgres/0020_clearing.sql"),
    ),
    (
        22,
        "shares",
        include_str!("../migrations/sqlite/0022_shares.sql"),
        include_str!("../migrations/postgres/0022_shares.sql"),
    ),
    (
        23,
        "filed",
        include_str!("../migrations/sqlite/0023_filed.sql"),
        include_str!("../migrations/postgres/0023_filed.sql"),
    ),
    (
        25,
        "consents",
        include_str!("../migrations/sqlite/0025_consents.sql"),
        include_str!("../migrations/postgres/0025_consents.sql"),
    ),
    (
        26,
        "windows",
        include_str!("../migrations/sqlite/0026_windows.sql"),
        include_str!("../migrations/postgres/0026_windows.sql"),
    ),
    (
        27,
        "counter",
        include_str!("../migrations/sqlite/0027_counter.sql"),
        include_str!("../migrations/postgres/0027_counter.sql"),
    ),
    (
        28,
        "office",
        include_str!("../migrations/sqlite/0028_office.sql"),
        include_str!("../migrations/postgres/0028_office.sql"),
    ),
    (
        30,
        "room",
        include_str!("../migrations/sqlite/0030_room.sql"),
        include_str!("../migrations/postgres/0030_room.sql"),
    ),
    (
        31,
        "meant",
        include_str!("../migrations/sqlite/0031_meant.sql"),
        include_str!("../migrations/postgres/0031_meant.sql"),
    ),
    (
        32,
        "across",
        include_str!("../migrations/sqlite/0032_across.sql"),
        include_str!("../migrations/postgres/0032_across.sql"),
    ),
    (
        35,
        "lines",
        include_str!("../migrations/sqlite/0035_lines.sql"),
        include_str!("../migrations/postgres/0035_lines.sql"),
    ),
    (
        36,
        "sheets",
        include_str!("../migrations/sqlite/0036_sheets.sql"),
        include_str!("../migrations/postgres/0036_sheets.sql"),
    ),
    (
        37,
        "parts",
        include_str!("../migrations/sqlite/0037_parts.sql"),
        include_str!("../migrations/postgres/0037_parts.sql"),
    ),
];

fn migrator(dialect: Dialect) -> Migrator {
    let migration = |(number, name, sqlite, postgres): &(i64, &'static str, &'static str, &'static str)| {
        let sql = if dialect == Dialect::Sqlite { sqlite } else { postgres };
        Migration::new(*number, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
    };
    let mut migrator = Migrator::with_migrations(VERSIONS.iter().map(migration).collect());
    // It would take an advisory lock; see `turn`.
    migrator.set_locking(dialect == Dialect::Sqlite);
    migrator
}

/// One program at a time brings the schema up: the one that has this row. Not everything that speaks PostgreSQL's
/// language has advisory locks.
pub async fn turn(pool: &PgPool) -> Result<Transaction<'_, Postgres>, StoreError> {
    const MADE: [&str; 2] = [
        "CREATE TABLE IF NOT EXISTS upgrade_turn (shard BIGINT PRIMARY KEY)",
        "INSERT INTO upgrade_turn (shard) VALUES (0) ON CONFLICT (shard) DO NOTHING",
    ];
    for sql in MADE {
        match sqlx::query(sql).execute(pool).await {
            // Another made it in the same moment: its row, its relation, or the type of its rows was there first.
            Err(sqlx::Error::Database(error))
                if matches!(error.code().as_deref(), Some("23505" | "42P07" | "42710")) => {}
            made => made.map(drop).map_err(of_sql)?,
        }
    }
    let mut turn = pool.begin().await.map_err(of_sql)?;
    let row = sqlx::query("SELECT shard FROM upgrade_turn WHERE shard = 0 FOR UPDATE");
    row.fetch_one(&mut *turn).await.map_err(of_sql)?;
    Ok(turn)
}

/// Whether a version that was found can be read as it is.
pub fn readable(found: Option<i64>) -> Result<(), StoreError> {
    let (found, known) = (found.unwrap_or_default(), VERSIONS.last().map_or(0, |(number, ..)| *number));
    match found.cmp(&known) {
        Ordering::Less => Err(StoreError::TooOld { found, known }),
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(StoreError::TooNew { found, known }),
    }
}

pub const FOUND: &str = "SELECT max(version) FROM _sqlx_migrations WHERE success";

/// Brings a database to the last version. One that a later program wrote is left alone.
async fn bring_up<'a, A>(database: A, migrator: &Migrator) -> Result<(), StoreError>
where
    A: Acquire<'a>,
    <A::Connection as std::ops::Deref>::Target: Migrate,
{
    use sqlx::migrate::MigrateError;
    let known = VERSIONS.last().map_or(0, |(number, ..)| *number);
    migrator.run(database).await.map_err(|cause| match cause {
        MigrateError::VersionMissing(found) => StoreError::TooNew { found, known },
        MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) => of_sql(cause),
        other => StoreError::Damaged(other.to_string()),
    })
}

/// What a migration may not lose.
const COUNTS: [(&str, &str); 5] = [
    ("journal", "SELECT count(*) FROM journal"),
    ("account", "SELECT count(*) FROM account"),
    ("hold", "SELECT count(*) FROM hold"),
    ("transfer", "SELECT count(*) FROM transfer"),
    ("request", "SELECT count(*) FROM request"),
];

/// What never has a row, before a migration or after it.
const NEVER: [(&str, &str); 2] = [
    (
        "the journal has gaps",
        "SELECT count(*) FROM (SELECT shard FROM journal GROUP BY shard HAVING count(*) <> max(number) + 1) AS gaps",
    ),
    (
        "the accounts do not add up to zero",
        "SELECT count(*) FROM (SELECT shard FROM account GROUP BY shard HAVING sum(posted) <> 0) AS sums",
    ),
];

macro_rules! upgrade {
    ($name:ident, $pool:ty, $there:literal, $dialect:expr) => {
        /// Brings a database to the last version, and looks at its books before and after.
        pub async fn $name(pool: &$pool) -> Result<(), StoreError> {
            let count = async |what: &str, sql: &'static str| -> Result<i64, StoreError> {
                let row = sqlx::query(sql).fetch_one(pool).await;
                row.and_then(|row| row.try_get(0)).map_err(|cause| match of_sql(cause) {
                    StoreError::Halted(cause) => StoreError::Damaged(format!("{what}: {cause}")),
                    other => other,
                })
            };
            let sound = async || -> Result<Vec<i64>, StoreError> {
                for (what, sql) in NEVER {
                    if count(what, sql).await? != 0 {
                        return Err(StoreError::Damaged(what.into()));
                    }
                }
                let mut counts = Vec::new();
                for (table, sql) in COUNTS {
                    counts.push(count(table, sql).await?);
                }
                Ok(counts)
            };
            let known = VERSIONS.last().map_or(0, |(number, ..)| *number);
            let there = count("the schema", $there).await? > 0;
            let old = there && count("the schema", FOUND).await? < known;
            if !old {
                return bring_up(pool, &migrator($dialect)).await;
            }
            let before = sound().await?;
            bring_up(pool, &migrator($dialect)).await?;
            let after = sound().await?;
            // Others may have written meanwhile, and nothing is ever taken away.
            match COUNTS.iter().zip(before.iter().zip(&after)).find(|(_, (before, after))| after < before) {
                Some(((table, _), _)) => Err(StoreError::Damaged(format!("the upgrade lost rows of {table}"))),
                None => Ok(()),
            }
        }
    };
}

upgrade!(
    upgrade_sqlite,
    SqlitePool,
    "SELECT count(*) FROM sqlite_master WHERE name IN ('_sqlx_migrations', 'journal') HAVING count(*) = 2
        UNION ALL SELECT 0 LIMIT 1",
    Dialect::Sqlite
);
upgrade!(
    upgrade_postgres,
    PgPool,
    "SELECT count(*) FROM (SELECT 1 WHERE to_regclass('_sqlx_migrations') IS NOT NULL
        AND to_regclass('journal') IS NOT NULL) AS found",
    Dialect::Postgres
);
