//! Telling people: what the store has for somebody, as a list and as a stream of events.

mod stream;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use tokio::sync::watch;
use wallet_ledger::OwnerId;
use wallet_store::Told;
use wallet_types::{Id, NoticeKindName, NoticeOut, Notices, OwnCover, SeenAsk, Side, TransportCode};

use crate::family::kin_of;
use crate::problem::ApiError;
use crate::wallet::{Wallet, instant};

pub use stream::events;

/// How often the journal is looked at for what people are to be told.
const LOOK: Duration = Duration::from_millis(500);
/// How long it is left alone when the store does not answer.
const AFTER_TROUBLE: Duration = Duration::from_secs(5);
/// Streams that one person may have open: as many windows.
const STREAMS_MAX: u32 = 12;

/// What all streams of this process share.
#[derive(Debug)]
pub struct Bell {
    /// Number of the last notice to anybody.
    last: watch::Sender<i64>,
    /// Streams that each person has open.
    open: Mutex<HashMap<u128, u32>>,
    /// How long a stream lasts before the client asks anew.
    lasting: Duration,
}

impl Bell {
    pub fn new(stream_seconds: u32) -> Arc<Bell> {
        let lasting = Duration::from_secs(stream_seconds.into());
        Arc::new(Bell { last: watch::Sender::new(0), open: Mutex::default(), lasting })
    }

    /// A place for one more stream of somebody; given back when it is dropped.
    fn place(self: &Arc<Bell>, person: u128) -> Result<Place, ApiError> {
        let mut open = self.open.lock().map_err(|_| ApiError::Transport(TransportCode::Internal))?;
        let count = open.entry(person).or_default();
        if *count >= STREAMS_MAX {
            return Err(ApiError::TooMany(self.lasting.as_secs()));
        }
        *count += 1;
        Ok(Place { bell: Arc::clone(self), person })
    }
}

struct Place {
    bell: Arc<Bell>,
    person: u128,
}

impl Drop for Place {
    fn drop(&mut self) {
        let Ok(mut open) = self.bell.open.lock() else { return };
        let left = open.get(&self.person).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            open.remove(&self.person);
        } else {
            open.insert(self.person, left);
        }
    }
}

/// Until the wallet is gone. Every process does so, and finds what the others told as well.
pub async fn look_out(wallet: Weak<Wallet>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let Some(wallet) = wallet.upgrade() else { return };
        match wallet.desk.tell().await {
            Ok(last) => {
                wallet.bell.last.send_if_modified(|known| std::mem::replace(known, last) != last);
            }
            Err(cause) => {
                tracing::warn!(%cause, "people are told later");
                drop(wallet);
                tokio::time::sleep(AFTER_TROUBLE).await;
            }
        }
    }
}

impl Wallet {
    pub(crate) async fn notices(&self, owner: OwnerId, before: i64, most: u32) -> Result<Notices, ApiError> {
        let told = self.desk.notices_before(owner, before, most).await?;
        let full = usize::try_from(most).is_ok_and(|most| told.len() == most);
        let next = told.last().filter(|_| full).map(|told| told.number);
        let names = self.desk.nicknames(owner).await?;
        let notices = told.into_iter().map(|told| notice_out(told, &names)).collect::<Result<_, _>>()?;
        Ok(Notices { notices, unseen: self.desk.unseen(owner).await?, next })
    }

    pub(crate) async fn seen(&self, owner: OwnerId, ask: &SeenAsk) -> Result<Notices, ApiError> {
        self.desk.seen(owner, ask.number).await?;
        self.notices(owner, i64::MAX, crate::wallet::PAGE).await
    }

    /// How somebody is insured, as the rules look at it today.
    pub(crate) async fn own_cover(&self, owner: OwnerId) -> Result<OwnCover, ApiError> {
        let party = self.party(&self.known(owner).await?)?;
        Ok(OwnCover { area: party.area, cover: party.cover, age: party.age, opened: self.family.opened().to_vec() })
    }
}

/// With the names that whoever is told gave their relatives.
fn notice_out(told: Told, names: &HashMap<u128, String>) -> Result<NoticeOut, ApiError> {
    let internal = || ApiError::Transport(TransportCode::Internal);
    let Told { number, notice, kin, gives } = told;
    Ok(NoticeOut {
        number,
        kind: NoticeKindName::of_word(notice.kind.word()).ok_or_else(internal)?,
        at: instant(notice.at),
        relation: Id(notice.relation),
        side: if gives { Side::Giver } else { Side::Taker },
        kin: kin_of(&kin)?,
        nickname: names.get(&notice.relation).cloned(),
        amount_fen: notice.amount,
        institution: notice.institution,
    })
}
