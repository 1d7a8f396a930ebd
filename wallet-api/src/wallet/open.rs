//! Opening the wallet that the settings name.

use std::collections::HashSet;
use std::path::Path;
use std::str::FromStr as _;
use std::sync::{Arc, RwLock, Weak};
use std::time::{Duration, Instant};

use anxin_core::family::WalletBook;
use ring::rand::{SecureRandom as _, SystemRandom};
use wallet_ledger::DatedLimits;
use wallet_store::{Clock, Desk, PgConnectOptions, PostgresStore, SqliteStore, StoreError, Writer};

use super::Wallet;
use crate::auth::{self, Issuer, Keys};
use crate::family::{Family, limits};
use crate::metrics::Metrics;
use crate::nhsa::{self, Nhsa};
use crate::pay::Pay;
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

    /// The same by somebody else's clock. Only tests have one: no setting and no request leads here.
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

    async fn open_by(
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
        if keys.is_empty() {
            return Err(BadSetting::new("tokens.jwks", "at least one key, or --demo").into());
        }
        let limits = limits(&rules, settings.database.area);
        let family = Family::new(settings, rules, clock.clone())?;
        let (desk, writer) = books(settings, limits, clock).await?;
        nhsa::load(&desk, settings).await?;
        let wallet = Arc::new(Wallet {
            desk,
            writer,
            keys,
            audience,
            issuer,
            limits: auth::Limits::new(&settings.limits),
            batch_items: usize::try_from(settings.limits.batch_items).unwrap_or(1),
            metrics,
            family,
            nhsa: Nhsa::new(settings),
            pay: Pay::new(settings)?,
            revoked: RwLock::new(HashSet::new()),
        });
        wallet.refresh_revoked().await?;
        tokio::spawn(look_after(Arc::downgrade(&wallet)));
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
        }
    }
}

async fn books(settings: &Settings, limits: DatedLimits, clock: Clock) -> Result<(Desk, Writer), WalletError> {
    let shard = u64::from(settings.database.area);
    let url = settings.database.url.as_str();
    if let Some(file) = url.strip_prefix("sqlite:") {
        let file = Path::new(file);
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let failed = |e| WalletError::Machine(format!("{}: {e}", folder.display()));
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let store = Arc::new(SqliteStore::open(file, shard, limits, clock).await?);
        return Ok((Desk::from(&*store), Writer::start(store, new_id)));
    }
    let not_taken = |_| BadSetting::new("database.url", "postgres://user:password@host:port/database");
    let options = PgConnectOptions::from_str(url).map_err(not_taken)?;
    let store = Arc::new(PostgresStore::open(options, shard, limits, clock).await?);
    Ok((Desk::from(&*store), Writer::start(store, new_id)))
}

/// Names a batch. Two that had the same would be refused by the store, not mixed up.
fn new_id() -> u128 {
    let mut bytes = [0; 16];
    if SystemRandom::new().fill(&mut bytes).is_err() {
        tracing::error!("no randomness");
    }
    u128::from_be_bytes(bytes)
}
