//! Statements that both databases understand, for all that is not the writing of the books.

use sqlx::error::ErrorKind;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{PgPool, Postgres, Row as _, Sqlite, SqlitePool, Transaction};

use crate::error::{StoreError, of_sql};

/// Where connections come from.
#[derive(Clone, Debug)]
pub enum Pools {
    Sqlite { readers: SqlitePool, writer: SqlitePool },
    Postgres(PgPool),
}

/// What a statement is given.
#[derive(Clone, Debug)]
pub enum Arg {
    Number(i64),
    MaybeNumber(Option<i64>),
    Bytes(Vec<u8>),
    Text(String),
    MaybeText(Option<String>),
    NoBytes,
}

/// A row of either database.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

macro_rules! cell {
    ($($name:ident: $type:ty),* $(,)?) => {$(
        pub fn $name(&self, at: usize) -> Result<$type, StoreError> {
            match self {
                Row::Sqlite(row) => row.try_get(at).map_err(of_sql),
                Row::Postgres(row) => row.try_get(at).map_err(of_sql),
            }
        }
    )*};
}

impl Row {
    cell!(number: i64, bytes: Vec<u8>, text: String, maybe_number: Option<i64>, maybe_bytes: Option<Vec<u8>>, maybe_text: Option<String>);

    pub fn id(&self, at: usize) -> Result<u128, StoreError> {
        of_id(&self.bytes(at)?)
    }

    pub fn maybe_id(&self, at: usize) -> Result<Option<u128>, StoreError> {
        self.maybe_bytes(at)?.map(|bytes| of_id(&bytes)).transpose()
    }
}

fn of_id(bytes: &[u8]) -> Result<u128, StoreError> {
    bytes.try_into().map(u128::from_be_bytes).map_err(|_| StoreError::Damaged("id".into()))
}

fn sqlite(sql: &'static str, args: Vec<Arg>) -> Query<'static, Sqlite, SqliteArguments> {
    args.into_iter().fold(sqlx::query(sql), |query, arg| match arg {
        Arg::Number(n) => query.bind(n),
        Arg::MaybeNumber(n) => query.bind(n),
        Arg::Bytes(b) => query.bind(b),
        Arg::Text(t) => query.bind(t),
        Arg::MaybeText(t) => query.bind(t),
        Arg::NoBytes => query.bind(None::<Vec<u8>>),
    })
}

fn postgres(sql: &'static str, args: Vec<Arg>) -> Query<'static, Postgres, PgArguments> {
    args.into_iter().fold(sqlx::query(sql), |query, arg| match arg {
        Arg::Number(n) => query.bind(n),
        Arg::MaybeNumber(n) => query.bind(n),
        Arg::Bytes(b) => query.bind(b),
        Arg::Text(t) => query.bind(t),
        Arg::MaybeText(t) => query.bind(t),
        Arg::NoBytes => query.bind(None::<Vec<u8>>),
    })
}

/// A transaction of either database. Dropping it undoes it.
pub enum Open<'p> {
    Sqlite(Transaction<'p, Sqlite>),
    Postgres(Transaction<'p, Postgres>),
}

impl Pools {
    /// Rows of one statement.
    pub async fn rows(&self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        match self {
            Pools::Sqlite { readers, .. } => {
                let rows = sqlite(sql, args).fetch_all(readers).await.map_err(of_sql)?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Pools::Postgres(pool) => {
                let rows = postgres(sql, args).fetch_all(pool).await.map_err(of_sql)?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// How many rows one statement changed. By itself it is a transaction of its own: one way to the database and back.
    pub async fn run(&self, sql: &'static str, args: Vec<Arg>) -> Result<u64, StoreError> {
        match self {
            Pools::Sqlite { writer, .. } => {
                let done = sqlite(sql, args).execute(writer).await.map_err(of_sql)?;
                Ok(done.rows_affected())
            }
            Pools::Postgres(pool) => {
                let done = postgres(sql, args).execute(pool).await.map_err(of_sql)?;
                Ok(done.rows_affected())
            }
        }
    }

    /// Carries out one statement that a rule of its tables keeps from doing anything at all, and says whether it did all of
    /// it. Several changes in one statement are PostgreSQL's own; `None` where they are asked one by one.
    pub async fn run_whole(&self, sql: &'static str, args: Vec<Arg>) -> Result<Option<bool>, StoreError> {
        let Pools::Postgres(pool) = self else { return Ok(None) };
        match postgres(sql, args).execute(pool).await {
            Ok(_) => Ok(Some(true)),
            Err(sqlx::Error::Database(rule))
                if matches!(rule.kind(), ErrorKind::UniqueViolation | ErrorKind::NotNullViolation) =>
            {
                Ok(Some(false))
            }
            Err(other) => Err(of_sql(other)),
        }
    }

    /// The same of a statement that gives back what it changed.
    pub async fn run_returning(&self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        match self {
            Pools::Sqlite { writer, .. } => {
                let rows = sqlite(sql, args).fetch_all(writer).await.map_err(of_sql)?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Pools::Postgres(_) => self.rows(sql, args).await,
        }
    }

    /// Whether a statement that reads may change rows on its way.
    pub(crate) fn reads_and_writes_at_once(&self) -> bool {
        matches!(self, Pools::Postgres(_))
    }

    /// Everything that is read in it is of one moment.
    pub async fn snapshot(&self) -> Result<Open<'_>, StoreError> {
        const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        match self {
            Pools::Sqlite { readers, .. } => readers.begin().await.map(Open::Sqlite).map_err(of_sql),
            Pools::Postgres(pool) => pool.begin_with(ONE_MOMENT).await.map(Open::Postgres).map_err(of_sql),
        }
    }

    pub async fn change(&self) -> Result<Open<'_>, StoreError> {
        match self {
            Pools::Sqlite { writer, .. } => {
                writer.begin_with("BEGIN IMMEDIATE").await.map(Open::Sqlite).map_err(of_sql)
            }
            Pools::Postgres(pool) => pool.begin().await.map(Open::Postgres).map_err(of_sql),
        }
    }
}

impl Open<'_> {
    pub async fn rows(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        match self {
            Open::Sqlite(open) => {
                let rows = sqlite(sql, args).fetch_all(&mut **open).await.map_err(of_sql)?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Open::Postgres(open) => {
                let rows = postgres(sql, args).fetch_all(&mut **open).await.map_err(of_sql)?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// How many rows a statement changed.
    pub async fn run(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<u64, StoreError> {
        match self {
            Open::Sqlite(open) => {
                let done = sqlite(sql, args).execute(&mut **open).await.map_err(of_sql)?;
                Ok(done.rows_affected())
            }
            Open::Postgres(open) => {
                let done = postgres(sql, args).execute(&mut **open).await.map_err(of_sql)?;
                Ok(done.rows_affected())
            }
        }
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Open::Sqlite(open) => open.commit().await.map_err(of_sql),
            Open::Postgres(open) => open.commit().await.map_err(of_sql),
        }
    }
}
