//! The PostgreSQL of these tests.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use anxin_postgres::Cluster;

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of an empty database that no other test has.
pub async fn database() -> String {
    let made = actix_web::rt::task::spawn_blocking(|| {
        let cluster = CLUSTER.get_or_init(|| Cluster::start(&["max_connections=200"]).unwrap());
        let name = format!("books_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        cluster.create(&name).unwrap();
        cluster.url(&name)
    });
    made.await.unwrap()
}
