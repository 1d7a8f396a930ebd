//! The wallet among other cells: who they are, what is carried to and from them, and whose accounts they may name.
//! The protocol is the ledger's (`pooling/`), the signed notes are the courier's; here is what joins them to a server.

mod ask;
mod carrier;
mod clock;
mod compare;
mod desk;
mod directory;
mod draw;
mod office;
mod packs;
mod sender;
mod set_up;
mod statement;
mod terms;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use tokio::sync::Notify;
use wallet_courier::{Courier, CourierError, DeskError, Peers, Seal};
use wallet_ledger::CellId;
use wallet_types::TransportCode;

use crate::problem::ApiError;
use crate::settings::{BadSetting, Settings};
use crate::wallet::Wallet;

pub(crate) use ask::FarKind;
use carrier::Carrier;
pub(crate) use carrier::keep_taking;
pub(crate) use clock::TimeOfDay;
pub(crate) use desk::Books;
pub(crate) use directory::{Afar, FarAccount};
pub(crate) use draw::{FarLeg, FarOrder, sum};
pub(crate) use sender::keep_sending;

/// What a cell goes by beside its books.
pub(crate) struct Cells {
    pub(crate) id: CellId,
    seal: Seal,
    peers: Peers,
    /// Those whose keys are known.
    known: Vec<CellId>,
    carrier: Carrier,
    /// For how long other areas are asked before a settlement is called off.
    draw_seconds: u32,
    /// When windows close by themselves.
    close_at: Option<TimeOfDay>,
    /// Told when there may be something to carry.
    wake: Notify,
}

impl fmt::Debug for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cells").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Cells {
    /// `None` where no other area is known.
    ///
    /// # Errors
    /// Names the setting that is not taken.
    pub(crate) async fn new(settings: &Settings) -> Result<Option<Cells>, BadSetting> {
        let own = settings.database.area;
        let id = CellId(own);
        if settings.cells.peers.is_empty() {
            return Ok(None);
        }
        let unusable = |_| BadSetting::new("cells.key", "an SM2 private key (PEM, PKCS#8)");
        let file = &settings.cells.key;
        let seal = match (file.as_os_str().is_empty(), settings.demo) {
            (true, true) => Seal::demo(id).map_err(unusable)?,
            (true, false) => {
                return Err(BadSetting::new("cells.key", "a file with the SM2 key of this area, or --demo"));
            }
            (false, _) => {
                let bad = |e: std::io::Error| BadSetting::new("cells.key", format!("{}: {e}", file.display()));
                Seal::from_pem(id, &std::fs::read_to_string(file).map_err(bad)?).map_err(unusable)?
            }
        };
        let (mut peers, mut addresses) = (Peers::default(), BTreeMap::new());
        for (area, peer) in &settings.cells.peers {
            let key = format!("cells.peers.{area}");
            let code = area.parse().ok().filter(|code| area.len() == 6 && *code != own);
            let peer_id = CellId(code.ok_or_else(|| BadSetting::new(&key, "the six digits of another area"))?);
            let key = format!("{key}.key");
            let unusable = || BadSetting::new(&key, "a file with the area's SM2 public key (PEM)");
            let pem = match (peer.key.as_os_str().is_empty(), settings.demo) {
                (true, true) => Seal::demo(peer_id).and_then(|seal| seal.public_pem()).map_err(|_| unusable())?,
                (true, false) => return Err(unusable()),
                (false, _) => std::fs::read_to_string(&peer.key).map_err(|_| unusable())?,
            };
            peers.add(peer_id, &pem).map_err(|_| unusable())?;
            addresses.insert(peer_id, peer.url.clone());
        }
        let known = addresses.keys().copied().collect();
        let carrier = Carrier::new(&settings.cells.courier, addresses).await?;
        let (draw_seconds, close_at) = (settings.cells.draw_seconds, TimeOfDay::parse(&settings.cells.close_at));
        Ok(Some(Cells { id, seal, peers, known, carrier, draw_seconds, close_at, wake: Notify::new() }))
    }

    pub(crate) fn peers(&self) -> impl Iterator<Item = CellId> + '_ {
        self.known.iter().copied()
    }

    /// Something may wait to be carried.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    fn courier<'w>(&self, wallet: &'w Wallet) -> Courier<Books<'w>> {
        Courier::new(Books(wallet), self.seal.clone(), self.peers.clone())
    }
}

impl Wallet {
    /// Takes in what another area's server brought, and gives the answer to it.
    ///
    /// # Errors
    /// With one answer for every note that is not taken: the reason is for our own log.
    pub(crate) async fn take_note(&self, note: &[u8]) -> Result<Vec<u8>, ApiError> {
        let cells = self.cells.as_ref().ok_or(ApiError::Transport(TransportCode::NoteRefused))?;
        let taken = cells.courier(self).take(note).await;
        cells.wake();
        taken.map_err(|cause| {
            tracing::warn!(%cause, "a note of another area was not taken");
            ApiError::Transport(match cause {
                CourierError::Desk(_) => TransportCode::Busy,
                _ => TransportCode::NoteRefused,
            })
        })
    }
}

fn of_api(error: ApiError) -> DeskError {
    DeskError(error.to_string())
}

fn refused_by_books(outcome: wallet_ledger::Outcome) -> ApiError {
    match wallet_types::WalletCode::of_number(outcome.number()) {
        Some(code) => ApiError::Books { code, replayed: false },
        None => ApiError::Transport(TransportCode::Internal),
    }
}
