//! What a cell keeps of one other: where letters stand, what was agreed, what is under way.

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::account::Fund;
use crate::id::AccountId;
use crate::pooling::pool::CellId;

/// What becomes of a draw that exceeds what two areas agreed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Over {
    #[default]
    Refuse,
    Alarm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Terms {
    /// Whether new draws are made with this cell. Those that were begun are always brought to an end.
    pub open: bool,
    /// The clearing account for personal-account money, and the one for pooled money.
    pub account: AccountId,
    pub pooled: Option<AccountId>,
    /// Most that this cell may come to owe the other.
    pub cap: Option<Fen>,
    /// 预付金 of the other cell here, and what has to be left of it.
    pub prepaid: Option<(AccountId, Fen)>,
    pub over: Over,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    pub peer: CellId,
    pub terms: Terms,
    /// The number of the last letter written to it.
    pub sent: u64,
    /// The last of those that it has taken in: letters up to here are done.
    pub acked: u64,
    /// The last letter of its own that was taken in here.
    pub received: u64,
    /// What it was asked for, and has not been decided.
    pub asking: Fen,
    /// What is set aside here for settlements there.
    pub held: Fen,
}

impl Link {
    pub fn new(peer: CellId, terms: Terms) -> Link {
        Link { peer, terms, sent: 0, acked: 0, received: 0, asking: Fen::ZERO, held: Fen::ZERO }
    }

    pub fn clearing(&self, fund: Fund) -> Option<AccountId> {
        match fund {
            Fund::Account => Some(self.terms.account),
            Fund::Pooled => self.terms.pooled,
        }
    }

    pub fn accounts(&self) -> impl Iterator<Item = AccountId> + use<> {
        let Terms { account, pooled, prepaid, .. } = self.terms;
        [Some(account), pooled, prepaid.map(|(account, _)| account)].into_iter().flatten()
    }
}
