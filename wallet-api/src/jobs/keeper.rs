//! Looks after the books: ends holds that are due, signs the journal's head and exports it.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use wallet_store::{
    Database, Export, HeadKey, KEEPER, Signed, StoreError, Unswept, Upkeep, Withheld, Writer, sign, sweep,
};

/// Heads that are exported at a time.
const EXPORT_MAX: u32 = 1_000;

/// Why nothing is signed any more.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// What was signed before is not there any more.
    #[error("{0}")]
    Withheld(Withheld),
    #[error("{0}")]
    File(io::Error),
}

/// One of those who may look after some books; who has the lease does.
#[derive(Debug)]
pub struct Keeper {
    database: Database,
    writer: Writer,
    key: HeadKey,
    /// Where heads are kept beside the database. Without it nothing tells a rewritten database from the truth.
    export: Option<Export>,
    me: u128,
}

impl Keeper {
    pub const EACH: Duration = Duration::from_secs(1);

    /// `me` is an id that no other keeper has.
    pub fn new(database: Database, writer: Writer, key: HeadKey, export: Option<Export>, me: u128) -> Keeper {
        Keeper { database, writer, key, export, me }
    }

    /// One round. A database that does not answer is asked again in the next.
    ///
    /// # Errors
    /// Says why there must not be another.
    pub async fn tick(&mut self) -> Result<(), Stop> {
        match self.database.clone() {
            Database::Sqlite(store) => self.round(&store).await,
            Database::Postgres(store) => self.round(&store).await,
        }
    }

    async fn round<U: Upkeep>(&mut self, store: &Arc<U>) -> Result<(), Stop> {
        match store.lease(KEEPER, self.me).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(cause) => {
                tracing::warn!(%cause, "no lease");
                return Ok(());
            }
        }
        match sweep(&**store, &self.writer).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "holds expired"),
            Err(Unswept::Store(cause)) => tracing::warn!(%cause, "no sweep"),
            Err(Unswept::Writer(cause)) => tracing::warn!(?cause, "no sweep"),
        }
        match sign(&**store, &self.key, self.export.as_ref().and_then(Export::last)).await {
            Ok(Signed::Already | Signed::Head(_)) => {}
            Err(Withheld::Store(cause)) => {
                tracing::warn!(%cause, "no head");
                return Ok(());
            }
            Err(cause) => return Err(Stop::Withheld(cause)),
        }
        let Some(export) = &mut self.export else { return Ok(()) };
        match exported(&**store, export).await {
            Ok(done) => done.map_err(Stop::File),
            Err(cause) => {
                tracing::warn!(%cause, "no export");
                Ok(())
            }
        }
    }
}

/// Writes what is in the store and not yet in the file.
async fn exported<U: Upkeep>(store: &U, export: &mut Export) -> Result<io::Result<()>, StoreError> {
    loop {
        let after = export.last().map_or(0, |last| last.head.size);
        let heads = store.heads_after(after, EXPORT_MAX).await?;
        if heads.is_empty() {
            return Ok(Ok(()));
        }
        if let Err(cause) = export.append(&heads) {
            return Ok(Err(cause));
        }
    }
}
