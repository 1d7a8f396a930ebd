//! The servers of one PostgreSQL, of which one at a time takes writes: which one that is, and going over to it once it
//! is another. Nothing here decides who becomes it.

use std::str::FromStr as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _, PgPool};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{sleep, timeout};

use crate::error::StoreError;

/// How often the servers are asked which of them takes writes, and how long one may take to say so.
const EACH: Duration = Duration::from_secs(1);
/// For how long a program that starts waits for one that does.
const PATIENCE: Duration = Duration::from_secs(30);
/// The number of its line of history, and nothing where it only follows another. Whoever was made the primary last has
/// the highest: one that comes back and knows nothing of it is not taken for it.
const HISTORY: &str =
    "SELECT CASE WHEN NOT pg_is_in_recovery() THEN substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END";

/// Addresses of one database.
#[derive(Clone, Debug)]
pub struct Servers(Vec<PgConnectOptions>);

impl From<PgConnectOptions> for Servers {
    fn from(one: PgConnectOptions) -> Servers {
        Servers(vec![one])
    }
}

impl Servers {
    /// `postgres://user@a:5432,b:5432/database`, or with sockets `postgres:///database?host=/a,/b`.
    pub(crate) fn parse(url: &str) -> Option<Servers> {
        let each = addresses(url)?.into_iter().map(|url| PgConnectOptions::from_str(&url).ok());
        Some(Servers(each.collect::<Option<_>>()?))
    }

    pub(crate) fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// The one that takes writes. Where there is only one, nobody is asked.
    pub(crate) async fn primary(&self) -> Result<PgConnectOptions, StoreError> {
        if let [only] = self.0.as_slice() {
            return Ok(only.clone());
        }
        let since = Instant::now();
        loop {
            match self.latest().await {
                Some(at) => return self.at(at),
                None if since.elapsed() > PATIENCE => {
                    return Err(StoreError::Again("none of the servers takes writes".into()));
                }
                None => sleep(EACH).await,
            }
        }
    }

    fn at(&self, at: usize) -> Result<PgConnectOptions, StoreError> {
        self.0.get(at).cloned().ok_or(StoreError::NoAddress)
    }

    /// Asks all of them at the same time.
    async fn latest(&self) -> Option<usize> {
        let mut asked = JoinSet::new();
        for (at, server) in self.0.iter().cloned().enumerate() {
            asked.spawn(async move { Some((timeout(EACH, history(server)).await.ok()?.ok()??, at)) });
        }
        asked.join_all().await.into_iter().flatten().max_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, at)| at)
    }
}

async fn history(server: PgConnectOptions) -> Result<Option<String>, sqlx::Error> {
    let mut connection = server.disable_statement_logging().connect().await?;
    let found = sqlx::query_scalar(HISTORY).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(found)
}

/// An address for each of the hosts.
fn addresses(url: &str) -> Option<Vec<String>> {
    let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| matches!(*scheme, "postgres" | "postgresql"))?;
    let (authority, tail) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (user, hosts) = authority.split_at(authority.rfind('@').map_or(0, |at| at + 1));
    if !hosts.is_empty() {
        return Some(hosts.split(',').map(|host| format!("{scheme}://{user}{host}{tail}")).collect());
    }
    let Some((before, after)) = tail.split_once("host=") else { return Some(vec![url.to_owned()]) };
    let (hosts, after) = after.split_at(after.find('&').unwrap_or(after.len()));
    Some(hosts.split(',').map(|host| format!("{scheme}://{user}{before}host={host}{after}")).collect())
}

/// When the pools last went over to another server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moved(Arc<Mutex<Option<Instant>>>);

impl Moved {
    /// Whether a connection of this age is to the server before.
    pub(crate) fn after(&self, age: Duration) -> bool {
        let moved = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        moved.is_some_and(|moved| age >= moved.elapsed())
    }

    fn now(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}

/// Refuses a server that only follows another: what it is asked to write it could not, and what it shows may be old.
pub(crate) async fn takes_writes(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let history: Option<String> = sqlx::query_scalar(HISTORY).fetch_one(connection).await?;
    history.map(drop).ok_or_else(|| sqlx::Error::Configuration("the server only follows another".into()))
}

/// Ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Watch(AbortHandle);

impl Watch {
    /// Sends new connections of the pools to whichever server takes writes.
    pub(crate) fn start(servers: Servers, pools: Vec<PgPool>, moved: Moved) -> Watch {
        let task = tokio::spawn(async move {
            loop {
                sleep(EACH).await;
                let Some(primary) = servers.latest().await.and_then(|at| servers.at(at).ok()) else { continue };
                for pool in &pools {
                    if same(&pool.connect_options(), &primary) {
                        continue;
                    }
                    tracing::warn!("another server of the database takes writes now");
                    pool.set_connect_options(primary.clone());
                    moved.now();
                }
            }
        });
        Watch(task.abort_handle())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn same(a: &PgConnectOptions, b: &PgConnectOptions) -> bool {
    (a.get_socket(), a.get_host(), a.get_port()) == (b.get_socket(), b.get_host(), b.get_port())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expect: &[(&str, u16)]) {
        let servers = Servers::parse(url).unwrap();
        let found: Vec<(String, u16)> = servers
            .0
            .iter()
            .map(|one| {
                assert_eq!((one.get_username(), one.get_database()), ("anxin", Some("books")), "{url}");
                let socket = one.get_socket().map(|path| path.display().to_string());
                (socket.unwrap_or_else(|| one.get_host().to_owned()), one.get_port())
            })
            .collect();
        let found: Vec<(&str, u16)> = found.iter().map(|(host, port)| (host.as_str(), *port)).collect();
        assert_eq!(found, expect, "{url}");
    }

    #[test]
    fn an_address_names_one_server_or_several() {
        check("postgres://anxin@a/books", &[("a", 5432)]);
        check(
            "postgres://anxin:p%40s@a:1,b:2,10.0.0.3/books?sslmode=disable",
            &[("a", 1), ("b", 2), ("10.0.0.3", 5432)],
        );
        check("postgres:///books?host=/run/a,/run/b&user=anxin", &[("/run/a", 5432), ("/run/b", 5432)]);
        check("postgresql:///books?user=anxin&host=/run/a", &[("/run/a", 5432)]);
        for url in ["mysql://a/books", "sqlite:a", "postgres://anxin@a:port/books", "postgres"] {
            assert!(Servers::parse(url).is_none(), "{url}");
        }
    }

    #[test]
    fn a_connection_from_before_is_given_up() {
        let moved = Moved::default();
        assert!(!moved.after(Duration::from_secs(9)));
        moved.now();
        assert!(moved.after(Duration::from_secs(9)));
        assert!(!moved.after(Duration::ZERO));
    }
}
