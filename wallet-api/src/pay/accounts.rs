//! The accounts that a settlement is booked on, beside those of people.

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

use wallet_ledger::{Account, AccountId, AccountKind, Command, Fund, OpenAccount, Outcome, OwnerId};
use wallet_store::{Actor, Answer};
use wallet_types::{FundKind, Id, TransportCode};

use super::refused;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Order, Wallet, derived};

/// Accounts that are known to be there: every settlement needs those of the funds and of its institution.
#[derive(Default)]
pub(crate) struct Opened(RwLock<HashSet<AccountId>>);

impl Opened {
    fn has(&self, id: AccountId) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }

    fn add(&self, id: AccountId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(id);
    }
}

fn id(name: &str) -> u128 {
    derived(&Key { tenant: 0, operation: Operation::Open, key: format!("pay {name}") }, 0)
}

/// The account of one fund of an area. A fund's money never becomes another's, so each has its own.
pub(crate) fn fund(area: &str, kind: FundKind) -> OpenAccount {
    OpenAccount {
        id: AccountId(id(&format!("fund {area} {}", kind.word()))),
        kind: AccountKind::PooledFund,
        fund: Fund::Pooled,
        owner: OwnerId(id(&format!("funds {area}"))),
        parent: None,
    }
}

/// What funds owe an institution.
pub(crate) fn owed_by_funds(institution: OwnerId) -> OpenAccount {
    owed(institution, "pooled", Fund::Pooled)
}

/// What people's accounts owe an institution, where it has no account for it from before.
pub(crate) fn owed_by_accounts(institution: OwnerId) -> OpenAccount {
    owed(institution, "account", Fund::Account)
}

/// Where institutions are paid from: money of one fund leaves by an account of its own.
pub(crate) fn bank(area: &str, fund: Fund) -> OpenAccount {
    let name = if fund == Fund::Pooled { "pooled" } else { "account" };
    OpenAccount {
        id: AccountId(id(&format!("bank {name} {area}"))),
        kind: AccountKind::Cash,
        fund,
        owner: OwnerId(id(&format!("funds {area}"))),
        parent: None,
    }
}

/// What an institution was paid and has to bring back: below zero, it owes that.
pub(super) fn claims(institution: OwnerId, fund: Fund) -> OpenAccount {
    between(institution, "claims", AccountKind::Cash, fund)
}

/// 预付金 that an institution was paid: below zero, its batches have not made up for so much of it.
pub(crate) fn advanced(institution: OwnerId) -> OpenAccount {
    between(institution, "advanced", AccountKind::Advance, Fund::Pooled)
}

/// What was deducted of people's money, until somebody finds out whose it is.
pub(crate) fn deducted(institution: OwnerId) -> OpenAccount {
    between(institution, "deducted", AccountKind::Suspense, Fund::Account)
}

/// Where a claim becomes money of an institution again.
pub(super) fn late(institution: OwnerId, fund: Fund) -> OpenAccount {
    between(institution, "late", AccountKind::Suspense, fund)
}

/// An account of the area's own that is about one institution.
fn between(institution: OwnerId, name: &str, kind: AccountKind, fund: Fund) -> OpenAccount {
    let id = AccountId(id(&format!("{name} {fund:?} {:032x}", institution.0)));
    OpenAccount { id, kind, fund, owner: OwnerId(self::id(name)), parent: None }
}

fn owed(institution: OwnerId, name: &str, fund: Fund) -> OpenAccount {
    let id = AccountId(id(&format!("{name} {:032x}", institution.0)));
    OpenAccount { id, kind: AccountKind::Institution, fund, owner: institution, parent: None }
}

/// The account for what people's accounts owe an institution, among those that it has or one that it is going to have.
pub(super) fn owed_by_people(institution: OwnerId, has: &[Account]) -> OpenAccount {
    let own = |account: &&Account| {
        account.kind == AccountKind::Institution && account.fund == Fund::Account && account.closed.is_none()
    };
    let new = owed_by_accounts(institution);
    has.iter().find(own).map_or(new.clone(), |account| OpenAccount { id: account.id, ..new })
}

impl Wallet {
    /// What people's accounts owe an institution: its account, or the one that it is going to have.
    pub(crate) async fn owed_by_people(&self, institution: OwnerId) -> Result<OpenAccount, ApiError> {
        const MOST: u32 = 500;
        let all = self.desk.accounts(Actor::Institution(institution), AccountId(0), MOST).await?;
        Ok(owed_by_people(institution, &all))
    }

    /// Opens what is not there yet. An account that was there once is never gone.
    pub(crate) async fn open_missing(&self, wanted: &[OpenAccount]) -> Result<(), ApiError> {
        for open in wanted {
            if self.pay.opened.has(open.id) {
                continue;
            }
            if self.desk.account(Actor::Area, open.id).await?.is_some() {
                self.pay.opened.add(open.id);
                continue;
            }
            let key = Key { tenant: 0, operation: Operation::Open, key: format!("account {:032x}", open.id.0) };
            let order = Order { key, commands: vec![Command::Open(open.clone())], body: &Id(open.id.0) };
            match self.answers(&order).await?.first().and_then(Answer::outcome) {
                Some(Outcome::Done | Outcome::IdTaken) => self.pay.opened.add(open.id),
                _ => return Err(refused(TransportCode::Busy)),
            }
        }
        Ok(())
    }
}
