//! The schema and its versions. A version is never changed once it was released: the next one is added.

use std::borrow::Cow;

use sqlx::migrate::{Migrate, Migration, MigrationType, Migrator};
use sqlx::{Acquire, SqlSafeStr as _};

use crate::error::{StoreError, of_sql};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
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
        10,
        "access",
        include_str!("../migrations/sqlite/0010_access.sql"),
        include_str!("../migrations/postgres/0010_access.sql"),
    ),
];

pub fn migrator(dialect: Dialect) -> Migrator {
    let migration = |(number, name, sqlite, postgres): &(i64, &'static str, &'static str, &'static str)| {
        let sql = if dialect == Dialect::Sqlite { sqlite } else { postgres };
        Migration::new(*number, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(VERSIONS.iter().map(migration).collect())
}

/// Brings a database to the last version. One that a later program wrote is left alone.
pub async fn bring_up<'a, A>(database: A, migrator: &Migrator) -> Result<(), StoreError>
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
