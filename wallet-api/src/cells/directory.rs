//! Which accounts another area may name for a person, and which of its accounts that person may use here.

use std::collections::BTreeSet;

use anxin_core::Fen;
use anxin_core::family::Sharer;
use futures_util::future::join_all;
use serde::Serialize;
use wallet_ledger::{AccountId, AccountKind, CellId, OwnerId, WindowId};
use wallet_store::Person;
use wallet_types::{Id, TransportCode};

use super::Cells;
use super::ask::{FRESH, FarKind, FarMeans, MeansAnswer, NEWS_MAX, Question};
use crate::hex::{hex, unhex};
use crate::problem::ApiError;
use crate::wallet::Wallet;

/// An account of another area that may be drawn on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FarAccount {
    pub cell: CellId,
    pub account: AccountId,
    pub kind: FarKind,
    pub available: Fen,
    pub sharer: Option<Sharer>,
}

/// All that was found elsewhere for somebody.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Afar {
    pub accounts: Vec<FarAccount>,
    /// Areas that should have been asked and did not answer.
    pub silent: BTreeSet<CellId>,
}

impl FarMeans {
    pub fn relation(&self) -> Option<Id> {
        self.sharer.as_ref().and_then(|sharer| Id::parse(&sharer.name))
    }
}

fn digest(text: &str) -> Result<[u8; 32], ApiError> {
    unhex(text).ok_or(ApiError::Transport(TransportCode::NoteRefused))
}

impl Wallet {
    /// Accounts of this area that may be drawn on for a person: their own where they are insured here, and those of
    /// relatives who share with them, as long as both agree and the rules allow it.
    pub(super) async fn may_be_drawn(&self, person: [u8; 32]) -> Result<Vec<FarMeans>, ApiError> {
        let Some(owner) = self.desk.person_with(&[person]).await? else { return Ok(Vec::new()) };
        let Ok(known) = self.living(owner).await else { return Ok(Vec::new()) };
        let mut all = Vec::new();
        let here = self.cells.as_ref().map(|cells| cells.id.to_string());
        if Some(&known.area) == here.as_ref() {
            all.extend(self.own_means(owner).await?);
        }
        for (account, sharer) in self.sharers_in_force(&known).await? {
            let available_fen = sharer.available_fen;
            all.push(FarMeans { account, kind: FarKind::Relative, available_fen, sharer: Some(sharer) });
        }
        Ok(all)
    }

    async fn own_means(&self, owner: OwnerId) -> Result<Vec<FarMeans>, ApiError> {
        let mut own = Vec::new();
        for (of, kind) in [(AccountKind::Personal, FarKind::Own), (AccountKind::Wallet, FarKind::Wallet)] {
            let account = self.account_of(owner, of).await?;
            own.extend(account.map(|account| FarMeans {
                account: Id(account.id.0),
                kind,
                available_fen: account.available(),
                sharer: None,
            }));
        }
        Ok(own)
    }

    /// Answers another area's question.
    pub(super) async fn answer_peer(&self, peer: CellId, question: &[u8]) -> Result<Vec<u8>, ApiError> {
        let refused = |_| ApiError::Transport(TransportCode::NoteRefused);
        match serde_json::from_slice(question).map_err(refused)? {
            Question::Means { at, person } => {
                self.fresh(at)?;
                let person = digest(&person)?;
                let (accounts, elsewhere) = (self.may_be_drawn(person).await?, self.elsewhere(person).await?);
                written(&MeansAnswer { accounts, elsewhere })
            }
            Question::Shares { news } => {
                for share in news.into_iter().take(NEWS_MAX) {
                    self.desk.put_share(peer.0, digest(&share.person)?, share.relation.0, share.ended).await?;
                }
                written(&())
            }
            Question::Moved { at, window, after } => {
                self.fresh(at)?;
                written(&self.tell_moved(peer, WindowId(window), after).await?)
            }
            Question::Packs { sale, deed } => written(&self.packs_of_peer(peer, sale, deed).await?),
        }
    }

    fn fresh(&self, at: i64) -> Result<(), ApiError> {
        match self.now().0.saturating_sub(at).saturating_abs() > FRESH {
            true => Err(ApiError::Transport(TransportCode::NoteRefused)),
            false => Ok(()),
        }
    }

    /// Other areas from which somebody who is insured here is shared with.
    async fn elsewhere(&self, person: [u8; 32]) -> Result<Vec<u32>, ApiError> {
        Ok(self.desk.shared_from(person).await?)
    }

    /// What a patient may use in other areas: where they are insured, and where that area says that they are shared
    /// with from.
    pub(crate) async fn means_afar(&self, known: &Person) -> Result<Afar, ApiError> {
        let Some(cells) = &self.cells else { return Ok(Afar::default()) };
        let mut afar = Afar::default();
        let home = known.area.parse().map(CellId).unwrap_or(cells.id);
        let mut ask: BTreeSet<CellId> = BTreeSet::new();
        if home == cells.id {
            ask.extend(self.elsewhere(known.lookup).await?.into_iter().map(CellId));
        } else if cells.peers().any(|peer| peer == home) {
            match self.ask_means(cells, home, known.lookup).await {
                Some(answer) => {
                    ask.extend(answer.elsewhere.iter().copied().map(CellId));
                    afar.take(home, answer);
                }
                None => drop(afar.silent.insert(home)),
            }
        }
        ask.retain(|cell| *cell != cells.id && *cell != home);
        let answers = ask.iter().map(|cell| async { (*cell, self.ask_means(cells, *cell, known.lookup).await) });
        for (cell, answer) in join_all(answers).await {
            match answer {
                Some(mut answer) => {
                    // What somebody has of their own is where they are insured.
                    answer.accounts.retain(|means| means.kind == FarKind::Relative);
                    afar.take(cell, answer);
                }
                None => drop(afar.silent.insert(cell)),
            }
        }
        Ok(afar)
    }

    async fn ask_means(&self, cells: &Cells, peer: CellId, person: [u8; 32]) -> Option<MeansAnswer> {
        let question = Question::Means { at: self.now().0, person: hex(&person) };
        let question = serde_json::to_vec(&question).ok()?;
        match cells.courier(self).ask(&cells.carrier, peer, question).await {
            Ok(answer) => serde_json::from_slice(&answer).ok(),
            Err(cause) => {
                tracing::warn!(%peer, %cause, "another area did not say what may be drawn there");
                None
            }
        }
    }
}

impl Afar {
    fn take(&mut self, cell: CellId, answer: MeansAnswer) {
        let account = |means: FarMeans| FarAccount {
            cell,
            account: AccountId(means.account.0),
            kind: means.kind,
            available: means.available_fen,
            sharer: means.sharer,
        };
        let some = answer.accounts.into_iter().filter(|means| means.available_fen > Fen::ZERO);
        self.accounts.extend(some.map(account));
    }

    pub(crate) fn available(&self, kind: FarKind) -> Fen {
        let of = self.accounts.iter().filter(|account| account.kind == kind).map(|account| account.available);
        Fen::checked_sum(of).unwrap_or_default()
    }
}

fn written<T: Serialize>(answer: &T) -> Result<Vec<u8>, ApiError> {
    serde_json::to_vec(answer).map_err(|_| ApiError::Transport(TransportCode::Internal))
}
