//! Who lives in the area: people with a personal account, a wallet, and a quota for the next of them.

use anxin_core::Fen;
use wallet_ledger::{AccountId, AccountKind, Command, Fund, Leg, Limits, OpenAccount, OwnerId, Purpose, TransferId};

pub const PEOPLE: u64 = 6;
pub const HOSPITAL: AccountId = AccountId(3);
pub const FUNDING: AccountId = AccountId(1);
pub const CREDIT: i64 = 200_000;

/// Figures that a run of some days reaches often.
pub fn limits() -> Limits {
    Limits { per_transfer: Fen::new(30_000), per_day: Some(3), closed: Some((22 * 60, 6 * 60)), ..Limits::default() }
}

pub fn personal(n: u64) -> AccountId {
    AccountId(100 + u128::from(n))
}

pub fn wallet(n: u64) -> AccountId {
    AccountId(200 + u128::from(n))
}

/// What a person has set aside for the next one.
pub fn quota(n: u64) -> AccountId {
    AccountId(300 + u128::from(n))
}

pub fn fen(amount: i64) -> Fen {
    Fen::new(amount).unwrap_or_default()
}

pub fn leg(from: AccountId, to: AccountId, amount: i64) -> Leg {
    Leg { from, to, amount: fen(amount) }
}

/// Everything that has to be there before anybody asks for anything.
pub fn founding() -> Vec<Command> {
    let open = |id, kind, owner: u64, parent| {
        Command::Open(OpenAccount { id, kind, fund: Fund::Account, owner: OwnerId(owner.into()), parent })
    };
    let mut all =
        vec![open(FUNDING, AccountKind::Funding, 0, None), open(HOSPITAL, AccountKind::Institution, 99, None)];
    for n in 0..PEOPLE {
        all.push(open(personal(n), AccountKind::Personal, n + 1, None));
        all.push(open(wallet(n), AccountKind::Wallet, n + 1, None));
        all.push(open(quota(n), AccountKind::Quota, n + 1, Some(personal(n))));
        all.push(transfer(u128::from(n) + 1, Purpose::Credit, vec![leg(FUNDING, personal(n), CREDIT)]));
        all.push(transfer(u128::from(n) + 1001, Purpose::TopUp, vec![leg(personal(n), wallet(n), CREDIT / 4)]));
    }
    all
}

pub fn transfer(id: u128, purpose: Purpose, legs: Vec<Leg>) -> Command {
    Command::Transfer { id: TransferId(id), purpose, legs }
}
