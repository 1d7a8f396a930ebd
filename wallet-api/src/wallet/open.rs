//! Opening the wallet that the settings name.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock, Weak};
use std::time::{Duration, Instant};

use anxin_core::family::WalletBook;
use ring::rand::{SecureRandom as _, SystemRandom};
use wallet_ledger::DatedLimits;
use wallet_store::{ADDRESSES, Clock, Database, HeadKey, HeadPublic, StoreError};

use super::Wallet;
use crate::auth::{self, Fetcher, Issuer, KeyRing, Keys};
use crate::cells::{Cells, keep_sending, keep_taking};
use crate::family::{Family, limits};
use crate::jobs::Keeper;
use crate::metrics::Metrics;
use crate::nhsa::{self, Nhsa};
use crate::notices::{Bell, look_out};
use crate::pay::Pay;
use crate::seed::stories::Stories;
use crate::settings::{BadSetting, Sessions, Settings};

/// How long another program may still take a token that was revoked elsewhere.
pub const REFRESH: Duration = Duration::from_secs(5);
/// How often messages and files are taken away whose time is over.
const SWEEP: Duration = Duration::from_secs(600);

/// Why there is no wallet.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    #[error("{0}")]
    Setting(#[from] BadSetting),
    #[error("the wallet's store: {0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Machine(String),
}

impl Wallet {
    /// Opens the store, reads the keys and starts the writer. `None` without a database.
    ///
    /// # Errors
    /// Names the setting that is not taken, or says what the store has.
    pub async fn open(
        settings: &Settings,
        rules: WalletBook,
        metrics: Arc<Metrics>,
    ) -> Result<Option<Arc<Wallet>>, WalletError> {
        Wallet::open_by(settings, rules, metrics, Clock::Own).await
    }

    /// The same by somebody else's clock, for tests. No setting leads here, and a request only where all is made up.
    ///
    /// # Errors
    /// As [`Wallet::open`].
    #[cfg(feature = "given-clock")]
    pub async fn open_at(
        settings: &Settings,
        rules: WalletBook,
        metrics: Arc<Metrics>,
        clock: Clock,
    ) -> Result<Option<Arc<Wallet>>, WalletError> {
        Wallet::open_by(settings, rules, metrics, clock).await
    }

    /// By a clock that may be somebody else's: a test's, or that of a day in a story of the demonstration.
    pub(crate) async fn open_by(
        settings: &Settings,
        rules: WalletBook,
        metrics: Arc<Metrics>,
        clock: Clock,
    ) -> Result<Option<Arc<Wallet>>, WalletError> {
        if settings.database.url.is_empty() {
            return Ok(None);
        }
        auth::install();
        let mut keys = Keys::read(&settings.tokens, settings.demo)?;
        let audience = settings.tokens.audience.clone();
        let issuer = settings
            .demo
            .then(|| Issuer::new(&mut keys, &audience, sessions(settings)).map_err(WalletError::Machine))
            .transpose()?;
        let addresses = settings.tokens.jwks_urls.len();
        if keys.is_empty() && addresses == 0 {
            return Err(BadSetting::new("tokens.jwks", "at least one key, an address in jwks_urls, or --demo").into());
        }
        let keys = Arc::new(KeyRing::new(keys, addresses));
        let limits = limits(&rules, settings.database.area);
        let family = Family::new(settings, rules, clock.clone())?;
        let signers = signers(settings)?;
        let cells = Cells::new(settings).await?;
        let vault = Arc::new(settings.fields.vault(settings.demo)?);
        let database = books(settings, limits, clock).await?;
        let (desk, writer) = (database.desk(vault), database.writer(new_id));
        nhsa::load(&desk, settings).await?;
        let pay = Pay::new(settings, &desk)?;
        let wallet = Arc::new(Wallet {
            database,
            desk,
            writer,
            keys,
            signers,
            audience,
            issuer,
            limits: auth::Limits::new(&settings.limits),
            second_factors: auth::SecondFactors::new(&settings.second_factor, settings.demo),
            keep_years: settings.privacy.keep_years,
            batch_items: usize::try_from(settings.limits.batch_items).unwrap_or(1),
            metrics,
            family,
            bell: Bell::new(settings.notices.stream_seconds),
            underway: Arc::default(),
            nhsa: Nhsa::new(settings),
            pay,
            cells,
            stories: Stories::of(settings),
            revoked: RwLock::new(HashSet::new()),
        });
        wallet.refresh_revoked().await?;
        if addresses > 0 {
            let fetcher = Fetcher::new(&settings.tokens, settings.demo, Arc::clone(&wallet.metrics));
            tokio::spawn(fetcher.run(Arc::downgrade(&wallet.keys)));
        }
        if wallet.cells.is_some() {
            let set_up = wallet.set_up_cells().await;
            set_up.map_err(|cause| WalletError::Machine(format!("cells: {cause}")))?;
            tokio::spawn(keep_sending(Arc::downgrade(&wallet), new_id()));
            tokio::spawn(keep_taking(Arc::downgrade(&wallet)));
        }
        tokio::spawn(look_after(Arc::downgrade(&wallet)));
        tokio::spawn(look_out(Arc::downgrade(&wallet)));
        Ok(Some(wallet))
    }
}

/// A browser on this very machine talks without TLS.
fn sessions(settings: &Settings) -> Sessions {
    let secure_cookies = settings.sessions.secure_cookies && !settings.on_loopback();
    Sessions { secure_cookies, ..settings.sessions.clone() }
}

/// Until the wallet is gone.
async fn look_after(wallet: Weak<Wallet>) {
    let me = new_id();
    let mut swept = Instant::now();
    loop {
        tokio::time::sleep(REFRESH).await;
        let Some(wallet) = wallet.upgrade() else { return };
        if let Err(cause) = wallet.refresh_revoked().await {
            tracing::warn!(%cause, "what was revoked elsewhere is not known");
        }
        wallet.limits.forget();
        if swept.elapsed() >= SWEEP {
            swept = Instant::now();
            if let Err(cause) = wallet.nhsa_sweep().await {
                tracing::warn!(%cause, "what is over was not taken away");
            }
            match wallet.sweep_kept(me).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "kept for as long as it had to be, and deleted"),
                Err(cause) => tracing::warn!(%cause, "what was kept long enough was not deleted"),
            }
        }
    }
}

async fn books(settings: &Settings, limits: DatedLimits, clock: Clock) -> Result<Database, WalletError> {
    let url = settings.database.url.as_str();
    let file = url.strip_prefix("sqlite:").map(|file| Path::new(file.strip_prefix("//").unwrap_or(file)));
    if let Some(folder) = file.and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty()) {
        let failed = |e| WalletError::Machine(format!("{}: {e}", folder.display()));
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let opened = Database::open(url, u64::from(settings.database.area), limits, clock).await;
    opened.map_err(|cause| match cause {
        StoreError::NoAddress => BadSetting::new("database.url", ADDRESSES).into(),
        cause => cause.into(),
    })
}

/// The public keys that receipts name.
fn signers(settings: &Settings) -> Result<Vec<HeadPublic>, WalletError> {
    let read = |(at, path): (usize, &PathBuf)| {
        let bad = |cause: String| BadSetting::new(format!("heads.public_keys[{at}]"), cause);
        let pem = std::fs::read_to_string(path).map_err(|e| bad(format!("{}: {e}", path.display())))?;
        HeadPublic::from_pem(&pem).map_err(|e| bad(format!("{}: {e}", path.display())))
    };
    let mut keys = settings.heads.public_keys.iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
    if settings.demo {
        keys.push(HeadKey::demo().map_err(|e| WalletError::Machine(e.to_string()))?.public());
    }
    Ok(keys)
}

/// Signs and sweeps books that nobody else looks after, until the wallet is gone. The key is one that everybody
/// knows: for a demonstration only.
pub(crate) async fn keep_demonstration(wallet: Weak<Wallet>) {
    let (Some(open), Ok(key)) = (wallet.upgrade(), HeadKey::demo()) else { return };
    let mut keeper = Keeper::new(open.database.clone(), open.writer.clone(), key, None, new_id());
    drop(open);
    while wallet.strong_count() > 0 {
        if let Err(cause) = keeper.tick().await {
            tracing::error!(%cause, "the journal is not what was signed; nothing is signed any more");
            return;
        }
        tokio::time::sleep(Keeper::EACH).await;
    }
}

/// Names a batch. Two that had the same would be refused by the store, not mixed up.
fn new_id() -> u128 {
    let mut bytes = [0; 16];
    if SystemRandom::new().fill(&mut bytes).is_err() {
        tracing::error!("no randomness");
    }
    u128::from_be_bytes(bytes)
}
