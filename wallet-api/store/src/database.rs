//! A database by its address, whichever kind it is.

use std::path::Path;
use std::sync::Arc;

use wallet_ledger::DatedLimits;

use crate::clock::Clock;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::postgres::PostgresStore;
use crate::primary::Servers;
use crate::sqlite::SqliteStore;
use crate::vault::Vault;
use crate::verify::{Fault, Progress, Signers, Sound};
use crate::writer::Writer;

#[derive(Clone, Debug)]
pub enum Database {
    Sqlite(Arc<SqliteStore>),
    Postgres(Arc<PostgresStore>),
}

/// What an address looks like.
pub const ADDRESSES: &str = "sqlite:PATH, postgres://user@host/database, postgres://user@host,host/database";

enum Address<'a> {
    Sqlite(&'a Path),
    Postgres(Servers),
}

fn address(url: &str) -> Result<Address<'_>, StoreError> {
    if let Some(file) = url.strip_prefix("sqlite:") {
        return Ok(Address::Sqlite(Path::new(file.strip_prefix("//").unwrap_or(file))));
    }
    // The address may hold a password: it is not repeated.
    Servers::parse(url).map(Address::Postgres).ok_or(StoreError::NoAddress)
}

impl Database {
    /// Opens books to write them, and brings the schema up to date.
    pub async fn open(
        url: &str,
        shard: u64,
        limits: impl Into<DatedLimits>,
        clock: Clock,
    ) -> Result<Database, StoreError> {
        Ok(match address(url)? {
            Address::Sqlite(file) => Database::Sqlite(Arc::new(SqliteStore::open(file, shard, limits, clock).await?)),
            Address::Postgres(servers) => {
                Database::Postgres(Arc::new(PostgresStore::open(servers, shard, limits, clock).await?))
            }
        })
    }

    /// Opens books that are there, to look at them and change nothing.
    pub async fn look(url: &str, shard: u64) -> Result<Database, StoreError> {
        Ok(match address(url)? {
            Address::Sqlite(file) => Database::Sqlite(Arc::new(SqliteStore::look(file, shard).await?)),
            Address::Postgres(servers) => Database::Postgres(Arc::new(PostgresStore::look(servers, shard).await?)),
        })
    }

    /// Where people ask about the books; personal data is sealed with the keys of the vault.
    pub fn desk(&self, vault: Arc<Vault>) -> Desk {
        match self {
            Database::Sqlite(store) => store.desk(vault),
            Database::Postgres(store) => store.desk(vault),
        }
    }

    /// Starts what writes the books; `new_id` names its batches.
    pub fn writer(&self, new_id: impl FnMut() -> u128 + Send + 'static) -> Writer {
        match self {
            Database::Sqlite(store) => Writer::start(Arc::clone(store), new_id),
            Database::Postgres(store) => Writer::start(Arc::clone(store), new_id),
        }
    }

    pub async fn verify(
        &self,
        heads: Option<&Path>,
        signers: &Signers,
        progress: Progress<'_>,
    ) -> Result<Result<Sound, Fault>, StoreError> {
        match self {
            Database::Sqlite(store) => store.verify(heads, signers, progress).await,
            Database::Postgres(store) => store.verify(heads, signers, progress).await,
        }
    }
}
