//! Looks after the wallet's books: ends holds that are due, signs the journal's head and exports it.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use uuid::Uuid;
use wallet_ledger::Limits;
use wallet_store::{
    Clock, Database, Export, HeadKey, KEEPER, Signed, StoreError, Unswept, Upkeep, Withheld, Writer, sign, sweep,
};

use crate::args::LogFormat;
use crate::books::{self, BooksArg};
use crate::failure::Failure;
use crate::serve;

#[derive(Debug, Args)]
pub struct WorkerArgs {
    #[command(flatten)]
    pub books: BooksArg,
    /// File that signed heads are added to; it belongs on another disk or machine than the database
    #[arg(long, value_name = "FILE", env = "ANXIN_HEADS_FILE")]
    pub heads: PathBuf,
    /// SM2 private key that signs them (PEM, PKCS#8)
    #[arg(long, value_name = "FILE", env = "ANXIN_HEADS_KEY", required_unless_present = "demo")]
    pub key: Option<PathBuf>,
    /// Sign with a key that everybody knows
    #[arg(long, conflicts_with = "key")]
    pub demo: bool,
    /// Do it once and end
    #[arg(long)]
    pub once: bool,
    /// Form of the log on standard error
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub log: LogFormat,
}

const EACH: Duration = Duration::from_secs(1);
/// Heads that are exported at a time.
const EXPORT_MAX: u32 = 1_000;

/// Why the worker stops.
enum Stop {
    /// What was signed before is not there any more.
    Withheld(Withheld),
    File(io::Error),
}

pub fn run(args: &WorkerArgs) -> Result<(), Failure> {
    serve::log(args.log);
    let key = match &args.key {
        Some(path) => books::key(path, HeadKey::from_pem)?,
        None => HeadKey::demo().map_err(|e| Failure::machine("key", &e))?,
    };
    if args.demo {
        tracing::warn!("heads are signed with the demonstration's key, which everybody knows");
    }
    let export = Export::open(&args.heads, args.books.area).map_err(|e| Failure::file(&args.heads, &e))?;
    books::runtime()?.block_on(async {
        let opened = Database::open(&args.books.database, args.books.area, Limits::default(), Clock::Own).await;
        match opened.map_err(|cause| books::failed(&cause))? {
            Database::Sqlite(store) => Keeper::new(store, key, export).run(args).await,
            Database::Postgres(store) => Keeper::new(store, key, export).run(args).await,
        }
    })
}

struct Keeper<U> {
    store: Arc<U>,
    writer: Writer,
    key: HeadKey,
    export: Export,
    me: u128,
}

impl<U: Upkeep> Keeper<U> {
    fn new(store: Arc<U>, key: HeadKey, export: Export) -> Keeper<U> {
        let writer = Writer::start(Arc::clone(&store), new_id);
        Keeper { store, writer, key, export, me: new_id() }
    }

    async fn run(mut self, args: &WorkerArgs) -> Result<(), Failure> {
        let mut stop = std::pin::pin!(stopped());
        loop {
            match self.tick().await {
                Ok(()) => {}
                Err(Stop::Withheld(cause)) => {
                    tracing::error!(%cause, "the journal is not what was signed; nothing is signed any more");
                    return Err(Failure::Books(cause.to_string()));
                }
                Err(Stop::File(cause)) => return Err(Failure::file(&args.heads, &cause)),
            }
            if args.once {
                return Ok(());
            }
            tokio::select! {
                () = &mut stop => return Ok(()),
                () = tokio::time::sleep(EACH) => {}
            }
        }
    }

    /// One round. A database that does not answer is asked again in the next.
    async fn tick(&mut self) -> Result<(), Stop> {
        match self.store.lease(KEEPER, self.me).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(cause) => {
                tracing::warn!(%cause, "no lease");
                return Ok(());
            }
        }
        match sweep(&*self.store, &self.writer).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "holds expired"),
            Err(Unswept::Store(cause)) => tracing::warn!(%cause, "no sweep"),
            Err(Unswept::Writer(cause)) => tracing::warn!(?cause, "no sweep"),
        }
        match sign(&*self.store, &self.key, self.export.last()).await {
            Ok(Signed::Already | Signed::Head(_)) => {}
            Err(Withheld::Store(cause)) => {
                tracing::warn!(%cause, "no head");
                return Ok(());
            }
            Err(cause) => return Err(Stop::Withheld(cause)),
        }
        match self.export().await {
            Ok(done) => done.map_err(Stop::File),
            Err(cause) => {
                tracing::warn!(%cause, "no export");
                Ok(())
            }
        }
    }

    /// What is in the store and not yet in the file.
    async fn export(&mut self) -> Result<io::Result<()>, StoreError> {
        loop {
            let after = self.export.last().map_or(0, |last| last.head.size);
            let heads = self.store.heads_after(after, EXPORT_MAX).await?;
            if heads.is_empty() {
                return Ok(Ok(()));
            }
            if let Err(cause) = self.export.append(&heads) {
                return Ok(Err(cause));
            }
        }
    }
}

/// Ids that nobody else has.
fn new_id() -> u128 {
    Uuid::now_v7().as_u128()
}

/// Resolves once the program is told to end.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
