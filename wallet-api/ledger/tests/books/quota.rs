use wallet_ledger::{AccountId, AccountKind, Command, Fund, OpenAccount, Outcome, OwnerId, Purpose, TransferId};

use crate::town::{DAUGHTER, FATHER, HOSPITAL, QUOTA, Town, leg, yuan};

fn transfer(id: u128, purpose: Purpose, from: AccountId, to: AccountId, yuans: i64) -> Command {
    Command::Transfer { id: TransferId(id), purpose, legs: vec![leg(from, to, yuan(yuans))] }
}

/// What was set aside for a relative is out of the owner's reach, and comes back once.
#[test]
fn a_quota_blocks_its_owner_and_is_given_back_once() {
    let mut town = Town::new();
    town.done(&transfer(1, Purpose::QuotaSet, DAUGHTER, QUOTA, 600));
    town.refused(&transfer(2, Purpose::Settle, DAUGHTER, HOSPITAL, 401), Outcome::InsufficientFunds);
    town.refused(&transfer(2, Purpose::QuotaSet, FATHER, QUOTA, 1), Outcome::RouteRefused);
    town.refused(&transfer(2, Purpose::QuotaReturn, QUOTA, FATHER, 1), Outcome::RouteRefused);
    town.done(&transfer(2, Purpose::Settle, QUOTA, HOSPITAL, 250));
    let quota = town.account(QUOTA);
    assert_eq!((quota.granted, quota.used, quota.posted), (yuan(600), yuan(250), yuan(350)));
    town.refused(&Command::Close { account: QUOTA }, Outcome::NotEmpty);
    town.refused(&transfer(3, Purpose::QuotaReturn, QUOTA, DAUGHTER, 351), Outcome::InsufficientFunds);
    town.done(&transfer(3, Purpose::QuotaReturn, QUOTA, DAUGHTER, 350));
    town.done(&Command::Close { account: QUOTA });
    town.refused(&Command::Close { account: QUOTA }, Outcome::AccountClosed);
    town.refused(&transfer(4, Purpose::QuotaSet, DAUGHTER, QUOTA, 1), Outcome::AccountClosed);
    assert_eq!(town.posted(DAUGHTER), yuan(750));
}

#[test]
fn a_quota_belongs_to_a_personal_account_of_the_same_owner() {
    let mut town = Town::new();
    let quota = |kind, owner, fund, parent| {
        Command::Open(OpenAccount { id: AccountId(600), kind, fund, owner: OwnerId(owner), parent })
    };
    town.refused(&quota(AccountKind::Quota, 2, Fund::Account, None), Outcome::ParentWrong);
    town.refused(&quota(AccountKind::Quota, 1, Fund::Account, Some(DAUGHTER)), Outcome::ParentWrong);
    town.refused(&quota(AccountKind::Quota, 2, Fund::Pooled, Some(DAUGHTER)), Outcome::ParentWrong);
    town.refused(&quota(AccountKind::Wallet, 2, Fund::Account, Some(DAUGHTER)), Outcome::ParentWrong);
    town.refused(&quota(AccountKind::Quota, 2, Fund::Account, Some(AccountId(999))), Outcome::AccountUnknown);
    town.done(&quota(AccountKind::Quota, 2, Fund::Account, Some(DAUGHTER)));
    town.refused(&quota(AccountKind::Quota, 2, Fund::Account, Some(DAUGHTER)), Outcome::IdTaken);
}
