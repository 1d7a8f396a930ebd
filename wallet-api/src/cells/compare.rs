//! 三方对账: a window by the journal of this area, by that of another, and by the letters between them.

use std::collections::BTreeSet;
use std::ops::Bound;

use anxin_core::Fen;
use futures_util::future::join_all;
use wallet_ledger::{CellId, Difference, Found, Moved, Obligation, TransferId, WindowId, reconcile};
use wallet_types::{AreaCompared, DifferenceName, Id, TransportCode, WindowDifference, WindowDifferences};

use super::Cells;
use super::ask::{MOVED_MAX, MovedAnswer, MovedFar, Question};
use super::office::state_name;
use crate::problem::ApiError;
use crate::wallet::Wallet;

/// Pages of one area's answer. A window with more than that is not compared.
const PAGES_MAX: usize = 1_024;

fn too_much() -> ApiError {
    ApiError::Transport(TransportCode::Internal)
}

impl Wallet {
    pub(crate) async fn window_differences(&self, window: u64) -> Result<WindowDifferences, ApiError> {
        let not_there = || ApiError::Transport(TransportCode::NotFound);
        let cells = self.cells.as_ref().ok_or_else(not_there)?;
        let id = WindowId(window);
        let state = state_name(self.desk.window(id).await?.ok_or_else(not_there)?.state);
        let areas = join_all(cells.peers().map(|peer| self.compared_with(cells, peer, id))).await;
        Ok(WindowDifferences { window, state, areas: areas.into_iter().collect::<Result<_, _>>()? })
    }

    async fn compared_with(&self, cells: &Cells, peer: CellId, window: WindowId) -> Result<AreaCompared, ApiError> {
        match self.ask_moved(cells, peer, window).await {
            Some(theirs) => self.compared(cells.id, peer, window, &theirs).await,
            None => Ok(AreaCompared { area: peer.to_string(), compared: None, differences: Vec::new() }),
        }
    }

    /// A window with another area beside what that area's journal says.
    pub(super) async fn compared(
        &self,
        here: CellId,
        peer: CellId,
        window: WindowId,
        theirs: &Moved,
    ) -> Result<AreaCompared, ApiError> {
        let ours = self.moved_with(peer, window).await?;
        let letters = self.desk.obligations(window).await?.unwrap_or_default();
        let letters = owed_by(here, peer, letters).ok_or_else(too_much)?;
        let transfers: BTreeSet<TransferId> = letters.iter().map(|o| o.key.transfer).collect();
        let all: BTreeSet<TransferId> = transfers.iter().chain(ours.keys()).chain(theirs.keys()).copied().collect();
        let found = reconcile(theirs, &ours, &letters);
        Ok(AreaCompared {
            area: peer.to_string(),
            compared: Some(u64::try_from(all.len()).unwrap_or(u64::MAX)),
            differences: found.iter().map(|found| shown(found).ok_or_else(too_much)).collect::<Result<_, _>>()?,
        })
    }

    /// What the journal says of a window with another area.
    async fn moved_with(&self, peer: CellId, window: WindowId) -> Result<Moved, ApiError> {
        let Some(link) = self.database.link_to(peer).await? else { return Ok(Moved::new()) };
        let accounts: Vec<_> = [Some(link.terms.account), link.terms.pooled].into_iter().flatten().collect();
        Ok(self.desk.moved_in_window(window, &accounts).await?)
    }

    /// A page of that, for the other area itself.
    pub(super) async fn tell_moved(
        &self,
        peer: CellId,
        window: WindowId,
        after: Option<Id>,
    ) -> Result<MovedAnswer, ApiError> {
        let all = self.moved_with(peer, window).await?;
        let from = after.map_or(Bound::Unbounded, |Id(id)| Bound::Excluded(TransferId(id)));
        let mut rest = all.range((from, Bound::Unbounded));
        let far = |(transfer, amount): (&TransferId, &i128)| {
            let fen = i64::try_from(*amount).map_err(|_| too_much())?;
            Ok(MovedFar { transfer: Id(transfer.0), fen })
        };
        let moved = rest.by_ref().take(MOVED_MAX).map(far).collect::<Result<_, ApiError>>()?;
        Ok(MovedAnswer { moved, more: rest.next().is_some() })
    }

    /// All that another area's journal says; `None` where it did not say all of it.
    async fn ask_moved(&self, cells: &Cells, peer: CellId, window: WindowId) -> Option<Moved> {
        let (mut all, mut after) = (Moved::new(), None);
        for _ in 0..PAGES_MAX {
            let question = Question::Moved { at: self.now().0, window: window.0, after };
            let question = serde_json::to_vec(&question).ok()?;
            let asked = cells.courier(self).ask(&cells.carrier, peer, question).await;
            let answer =
                asked.inspect_err(|cause| tracing::warn!(%peer, %cause, "another area's journal is not known"));
            let MovedAnswer { moved, more } = serde_json::from_slice(&answer.ok()?).ok()?;
            after = moved.last().map(|last| last.transfer);
            all.extend(moved.into_iter().map(|far| (TransferId(far.transfer.0), i128::from(far.fen))));
            if !more || after.is_none() {
                return Some(all);
            }
        }
        None
    }
}

/// What letters say that one of two owes the other, below zero where it is owed that.
fn owed_by(here: CellId, peer: CellId, obligations: Vec<Obligation>) -> Option<Vec<Obligation>> {
    let mut owed = Vec::new();
    for obligation in obligations {
        let amount = match (obligation.key.debtor, obligation.key.creditor) {
            pair if pair == (here, peer) => obligation.amount,
            pair if pair == (peer, here) => Fen::ZERO.checked_sub(obligation.amount)?,
            _ => continue,
        };
        owed.push(Obligation { amount, ..obligation });
    }
    Some(owed)
}

/// Here the other area stands where the creditor is, and this one where the debtor is.
fn shown(found: &Found) -> Option<WindowDifference> {
    let fen = |amount: Option<i128>| match amount {
        Some(amount) => i64::try_from(amount).ok().and_then(Fen::new).map(Some),
        None => Some(None),
    };
    Some(WindowDifference {
        transfer: Id(found.transfer.0),
        kind: match found.difference() {
            Difference::NotWithCreditor => DifferenceName::NotThere,
            Difference::NotWithDebtor => DifferenceName::NotHere,
            Difference::NotInWindow => DifferenceName::NotInLetters,
            Difference::Amount => DifferenceName::Amount,
        },
        ours_fen: fen(found.debtor)?,
        theirs_fen: fen(found.creditor)?,
        letters_fen: fen(found.window)?,
    })
}
