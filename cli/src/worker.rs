//! Looks after the wallet's books: ends holds that are due, signs the journal's head and exports it.

use std::path::PathBuf;

use clap::Args;
use uuid::Uuid;
use wallet_api::{Keeper, Stop};
use wallet_ledger::Limits;
use wallet_store::{Clock, Database, Export, HeadKey};

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
        let database = opened.map_err(|cause| books::failed(&cause))?;
        let writer = database.writer(new_id);
        keep(Keeper::new(database, writer, key, Some(export), new_id()), args).await
    })
}

async fn keep(mut keeper: Keeper, args: &WorkerArgs) -> Result<(), Failure> {
    let mut stop = std::pin::pin!(stopped());
    loop {
        match keeper.tick().await {
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
            () = tokio::time::sleep(Keeper::EACH) => {}
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
