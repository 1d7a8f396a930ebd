//! What one operator asks for and another decides. Nobody decides what they asked for themselves, whatever the caller
//! looked at: the statement says so, and the table does.

use anxin_core::Fen;
use wallet_ledger::Micros;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::journal::PAGE_MAX;
use crate::rows::id;
use crate::sql::{Arg, Row};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalState {
    Asked,
    /// And not carried out yet.
    Approved,
    Refused,
    Done,
    /// Approved, and the books refused: nothing was booked.
    Failed,
}

impl ProposalState {
    const ALL: [ProposalState; 5] = [
        ProposalState::Asked,
        ProposalState::Approved,
        ProposalState::Refused,
        ProposalState::Done,
        ProposalState::Failed,
    ];

    fn number(self) -> i64 {
        match self {
            ProposalState::Asked => 0,
            ProposalState::Approved => 1,
            ProposalState::Refused => 2,
            ProposalState::Done => 3,
            ProposalState::Failed => 4,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub id: u128,
    pub kind: String,
    /// The institution of a 预付金, the difference of a correction.
    pub subject: u128,
    pub amount: Fen,
    pub reason: String,
    pub asked_by: u128,
    pub asked_at: Micros,
    pub state: ProposalState,
    pub decided_by: Option<u128>,
    pub decided_at: Option<Micros>,
}

const ONE: &str = "SELECT id, kind, subject, amount, reason, asked_by, asked_at, state, decided_by, decided_at
    FROM proposal WHERE shard = $1 AND id = $2";
const OF_SUBJECT: &str = "SELECT id, kind, subject, amount, reason, asked_by, asked_at, state, decided_by, decided_at
    FROM proposal WHERE shard = $1 AND subject = $2 ORDER BY asked_at, id";
const OF_KIND: &str = "SELECT id, kind, subject, amount, reason, asked_by, asked_at, state, decided_by, decided_at
    FROM proposal WHERE shard = $1 AND kind = $2 ORDER BY asked_at DESC, id LIMIT $3";

impl Desk {
    /// Keeps what was asked for, and gives back what is kept under its id: nothing where another correction of the same
    /// difference waits.
    pub async fn propose(&self, asked: &Proposal) -> Result<Option<Proposal>, StoreError> {
        const SQL: &str = "INSERT INTO proposal (shard, id, kind, subject, amount, reason, asked_by, asked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            Arg::Bytes(id(asked.id)),
            Arg::Text(asked.kind.clone()),
            Arg::Bytes(id(asked.subject)),
            Arg::Number(asked.amount.get()),
            Arg::Text(asked.reason.clone()),
            Arg::Bytes(id(asked.asked_by)),
            Arg::Number(asked.asked_at.0),
        ];
        self.once(SQL, args).await?;
        self.proposal(asked.id).await
    }

    pub async fn proposal(&self, proposal: u128) -> Result<Option<Proposal>, StoreError> {
        let rows = self.pools.rows(ONE, vec![self.here(), Arg::Bytes(id(proposal))]).await?;
        rows.first().map(read).transpose()
    }

    /// All about one institution or difference, the earliest first.
    pub async fn proposals_of(&self, subject: u128) -> Result<Vec<Proposal>, StoreError> {
        self.pools.rows(OF_SUBJECT, vec![self.here(), Arg::Bytes(id(subject))]).await?.iter().map(read).collect()
    }

    /// The latest first.
    pub async fn proposals(&self, kind: &str, most: u32) -> Result<Vec<Proposal>, StoreError> {
        let most = Arg::Number(most.min(PAGE_MAX).into());
        self.pools.rows(OF_KIND, vec![self.here(), Arg::Text(kind.into()), most]).await?.iter().map(read).collect()
    }

    /// Decides what nobody decided yet, never by who asked for it. Says whether this very person decided it so.
    pub async fn decide_proposal(
        &self,
        proposal: u128,
        by: u128,
        approve: bool,
        now: Micros,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE proposal SET state = $3, decided_by = $4, decided_at = $5
            WHERE shard = $1 AND id = $2 AND state = 0 AND asked_by <> $4";
        let state = if approve { ProposalState::Approved } else { ProposalState::Refused };
        let args = vec![
            self.here(),
            Arg::Bytes(id(proposal)),
            Arg::Number(state.number()),
            Arg::Bytes(id(by)),
            Arg::Number(now.0),
        ];
        self.once(SQL, args).await?;
        let kept = self.proposal(proposal).await?;
        Ok(kept.is_some_and(|kept| kept.decided_by == Some(by) && (kept.state == ProposalState::Refused) != approve))
    }

    /// Says how what was approved ended; once.
    pub async fn end_proposal(&self, proposal: u128, done: bool) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE proposal SET state = $3 WHERE shard = $1 AND id = $2 AND state = 1";
        let state = if done { ProposalState::Done } else { ProposalState::Failed };
        let args = vec![self.here(), Arg::Bytes(id(proposal)), Arg::Number(state.number())];
        self.once(SQL, args).await.map(drop)
    }
}

fn read(row: &Row) -> Result<Proposal, StoreError> {
    let damaged = || StoreError::Damaged("proposal".into());
    let number = row.number(7)?;
    Ok(Proposal {
        id: row.id(0)?,
        kind: row.text(1)?,
        subject: row.id(2)?,
        amount: Fen::new(row.number(3)?).ok_or_else(damaged)?,
        reason: row.text(4)?,
        asked_by: row.id(5)?,
        asked_at: Micros(row.number(6)?),
        state: ProposalState::ALL.into_iter().find(|state| state.number() == number).ok_or_else(damaged)?,
        decided_by: row.maybe_id(8)?,
        decided_at: row.maybe_number(9)?.map(Micros),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use wallet_ledger::{Command, Limits, TransferId};

    use super::*;
    use crate::{Actor, Clock, Correction, CorrectionState, SqliteStore, Vault};

    async fn desk(folder: &tempfile::TempDir) -> Desk {
        let file = folder.path().join("books.db");
        let store = SqliteStore::open(&file, 7, Limits::default(), Clock::Own).await.unwrap();
        store.desk(Arc::new(Vault::demo()))
    }

    fn proposal(id: u128, kind: &str, amount: i64) -> Proposal {
        Proposal {
            id,
            kind: kind.into(),
            subject: 9,
            amount: Fen::new(amount).unwrap(),
            reason: "x".into(),
            asked_by: 1,
            asked_at: Micros(5),
            state: ProposalState::Asked,
            decided_by: None,
            decided_at: None,
        }
    }

    #[tokio::test]
    async fn nobody_decides_what_they_asked_for_and_one_decides_it_once() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(&folder).await;
        let asked = proposal(3, "advance", 100);
        assert_eq!(desk.propose(&asked).await.unwrap(), Some(asked.clone()));
        assert!(!desk.decide_proposal(3, 1, true, Micros(6)).await.unwrap(), "their own");
        assert_eq!(desk.proposal(3).await.unwrap(), Some(asked));
        assert!(desk.decide_proposal(3, 2, true, Micros(6)).await.unwrap());
        assert!(desk.decide_proposal(3, 2, true, Micros(7)).await.unwrap(), "the same person so once more");
        assert!(!desk.decide_proposal(3, 4, true, Micros(7)).await.unwrap(), "another");
        assert!(!desk.decide_proposal(3, 2, false, Micros(7)).await.unwrap(), "otherwise");
        desk.end_proposal(3, true).await.unwrap();
        desk.end_proposal(3, false).await.unwrap();
        let ended = desk.proposal(3).await.unwrap().unwrap();
        assert_eq!((ended.state, ended.decided_at), (ProposalState::Done, Some(Micros(6))));
    }

    #[tokio::test]
    async fn one_correction_of_a_difference_waits_and_any_number_of_advances() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(&folder).await;
        assert!(desk.propose(&proposal(3, "leave", 0)).await.unwrap().is_some());
        assert_eq!(desk.propose(&proposal(4, "take_back", 0)).await.unwrap(), None);
        assert!(desk.propose(&proposal(5, "advance", 1)).await.unwrap().is_some());
        assert!(desk.propose(&proposal(6, "advance", 1)).await.unwrap().is_some());
        desk.decide_proposal(3, 2, false, Micros(6)).await.unwrap();
        assert!(desk.propose(&proposal(4, "take_back", 0)).await.unwrap().is_some());
    }

    /// By whatever address it is asked: what nobody else approved is not corrected.
    #[tokio::test]
    async fn a_transfer_is_corrected_only_if_another_approved_it() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(&folder).await;
        let (transfer, state) = (TransferId(8), CorrectionState::Asked);
        let correct = Command::Correct { id: TransferId(9), of: transfer, reason: 3 };
        let permitted = async || desk.permits(Actor::Area, &correct).await.unwrap().is_ok();
        assert!(!permitted().await);
        let asked = Correction {
            id: 3,
            transfer,
            reason: 3,
            asked_by: 1,
            asked_at: Micros(5),
            state,
            decided_by: None,
            decided_at: None,
        };
        desk.ask_correction(&asked).await.unwrap();
        desk.decide_correction(3, 1, CorrectionState::Approved, Micros(6)).await.unwrap();
        assert!(!permitted().await, "their own word");
        desk.decide_correction(3, 2, CorrectionState::Approved, Micros(6)).await.unwrap();
        assert!(permitted().await);
    }
}
