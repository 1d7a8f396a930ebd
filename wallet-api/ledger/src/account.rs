//! Accounts. A balance says what the cell holds for somebody: below zero, somebody owes it.

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, OwnerId};
use crate::time::Micros;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AccountKind {
    /// 个人账户
    Personal,
    /// 医保钱包
    Wallet,
    /// 共济额度: set aside within a sharer's account for one relative.
    Quota,
    /// What is owed to a hospital or pharmacy.
    Institution,
    /// 统筹基金: what the fund has yet to bring in.
    PooledFund,
    /// What this area and one other owe each other.
    Clearing,
    /// 预付金 that one other area has deposited here.
    Prepayment,
    /// Premiums collected and not yet handed on.
    Premium,
    /// 待查: money whose owner is not settled.
    Suspense,
    /// Where personal accounts are credited from: the monthly 个账 credit.
    Funding,
    /// Money at the bank.
    Cash,
    /// 预付金 that an institution was paid before it was owed it: below zero, so much of it is not made up for.
    Advance,
}

impl AccountKind {
    /// In the order of their numbers; a new kind goes to the end.
    pub const ALL: [AccountKind; 12] = [
        AccountKind::Personal,
        AccountKind::Wallet,
        AccountKind::Quota,
        AccountKind::Institution,
        AccountKind::PooledFund,
        AccountKind::Clearing,
        AccountKind::Prepayment,
        AccountKind::Premium,
        AccountKind::Suspense,
        AccountKind::Funding,
        AccountKind::Cash,
        AccountKind::Advance,
    ];

    /// The stable number, as stores write it.
    pub fn number(self) -> u8 {
        let at = AccountKind::ALL.iter().position(|kind| *kind == self).unwrap_or_default();
        u8::try_from(at + 1).unwrap_or_default()
    }

    /// Whether the balance may be below zero: accounts through which money comes in and goes out, and
    /// those of two areas with each other. Nobody else's may.
    pub fn may_owe(self) -> bool {
        matches!(
            self,
            AccountKind::PooledFund
                | AccountKind::Clearing
                | AccountKind::Funding
                | AccountKind::Cash
                | AccountKind::Advance
        )
    }
}

/// Whose money it is by law. Money of one fund never becomes money of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fund {
    /// 个人账户基金
    Account,
    /// 统筹基金
    Pooled,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub kind: AccountKind,
    pub fund: Fund,
    pub owner: OwnerId,
    /// Whose account a quota is set aside in: refunds go there once the quota is dissolved.
    pub parent: Option<AccountId>,
    pub posted: Fen,
    /// Held for settlements that are under way.
    pub held: Fen,
    /// Of a quota: what was set aside in all, less what was given back.
    pub granted: Fen,
    /// Of a quota: what was spent from it, less refunds.
    pub used: Fen,
    /// Transfers out that count toward a daily limit, and the day they were made on.
    pub day: i64,
    pub day_count: u32,
    pub opened: Micros,
    /// A quota that is closed still has what is held for settlements under way, and nothing else.
    pub closed: Option<Micros>,
    /// Transfers out that wait to be accepted.
    pub waiting: u32,
}

impl Account {
    /// What may be spent: never what is held already.
    pub fn available(&self) -> Fen {
        self.posted.above(self.held)
    }

    /// How many counted transfers it has made on a business day.
    pub fn count_on(&self, day: i64) -> u32 {
        if self.day == day { self.day_count } else { 0 }
    }
}
