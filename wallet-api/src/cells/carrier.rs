//! How notes get to other areas, as the settings say.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use wallet_courier::{CourierError, DeskError, Http, Lost, Nats, Way};
use wallet_ledger::CellId;

use crate::settings::BadSetting;
use crate::wallet::Wallet;

pub(crate) enum Carrier {
    /// Straight to their servers.
    Http(Http),
    /// Through brokers, which keep a note while its receiver is away.
    Nats(Box<Nats>),
}

impl Carrier {
    /// # Errors
    /// When the setting is no address of brokers.
    pub(super) async fn new(brokers: &str, addresses: BTreeMap<CellId, String>) -> Result<Carrier, BadSetting> {
        if brokers.is_empty() {
            return Ok(Carrier::Http(Http::new(addresses)));
        }
        let nats = Nats::connect(brokers).await;
        nats.map(|nats| Carrier::Nats(Box::new(nats)))
            .map_err(|cause| BadSetting::new("cells.courier", cause.to_string()))
    }
}

impl Way for Carrier {
    async fn send(&self, to: CellId, note: Vec<u8>) -> Result<Vec<u8>, Lost> {
        match self {
            Carrier::Http(http) => http.send(to, note).await,
            Carrier::Nats(nats) => nats.send(to, note).await,
        }
    }
}

/// Takes notes from the brokers, if letters go by any, until the wallet is gone.
pub(crate) async fn keep_taking(wallet: Weak<Wallet>) {
    let Some((nats, cell)) = wallet.upgrade().and_then(|wallet| wallet.brokers()) else { return };
    let take = |note: Vec<u8>| {
        let wallet = wallet.upgrade();
        async move { taken(wallet, &note).await }
    };
    nats.serve(cell, take).await;
}

async fn taken(wallet: Option<Arc<Wallet>>, note: &[u8]) -> Result<Vec<u8>, CourierError> {
    let gone = || CourierError::Desk(DeskError("the server ends".into()));
    let wallet = wallet.ok_or_else(gone)?;
    let cells = wallet.cells.as_ref().ok_or_else(gone)?;
    let taken = cells.courier(&wallet).take(note).await;
    cells.wake();
    taken.inspect_err(|cause| tracing::warn!(%cause, "a note of another area was not taken"))
}

impl Wallet {
    fn brokers(&self) -> Option<(Nats, CellId)> {
        let cells = self.cells.as_ref()?;
        match &cells.carrier {
            Carrier::Nats(nats) => Some((Nats::clone(nats), cells.id)),
            Carrier::Http(_) => None,
        }
    }
}
