//! The PostgreSQL of these tests, and statements past the store.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use anxin_postgres::Cluster;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, Executor as _, SqliteConnection};

use crate::Any;

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// An empty database that no other test has.
pub async fn database() -> PgConnectOptions {
    let made = tokio::task::spawn_blocking(|| {
        let cluster = CLUSTER.get_or_init(|| Cluster::start(&["max_connections=200"]).unwrap());
        let name = format!("books_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        cluster.create(&name).unwrap();
        PgConnectOptions::new_without_pgpass().socket(cluster.socket()).username("postgres").database(&name)
    });
    made.await.unwrap()
}

pub async fn run_postgres(store: &Any, sql: &str) -> Result<(), sqlx::Error> {
    let Any::Postgres(store) = store else { return Ok(()) };
    store.pool().execute(sqlx::AssertSqlSafe(sql.to_owned())).await.map(drop)
}

pub async fn run_sqlite(file: &Path, sql: &str) -> Result<(), sqlx::Error> {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await?;
    connection.execute(sqlx::AssertSqlSafe(sql.to_owned())).await.map(drop)
}
