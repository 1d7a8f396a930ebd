use wallet_ledger::{AccountId, AccountKind, Command, Leg, Outcome, Purpose, ROUTES, TransferId, allowed};

use crate::town::{CASH, DAUGHTER, FATHER, FUNDING, HOSPITAL, HOSPITAL_POOLED, POOLED, Town, leg, opening, yuan};

const PURPOSES: [Purpose; 19] = [
    Purpose::Credit,
    Purpose::TopUp,
    Purpose::WalletReturn,
    Purpose::WalletTransfer,
    Purpose::QuotaSet,
    Purpose::QuotaReturn,
    Purpose::Settle,
    Purpose::PayPremium,
    Purpose::Draw,
    Purpose::Deliver,
    Purpose::PayOut,
    Purpose::Deposit,
    Purpose::DepositReturn,
    Purpose::Net,
    Purpose::FundIn,
    Purpose::Late,
    Purpose::Resolve,
    Purpose::Refund,
    Purpose::Correction,
];

/// Every kind to every kind for everything: only what the table lists goes through.
#[test]
fn only_listed_routes_are_open() {
    let mut open = 0;
    for from in AccountKind::ALL {
        for to in AccountKind::ALL {
            for purpose in PURPOSES {
                open += usize::from(route_is_open(from, to, purpose));
            }
        }
    }
    // A quota's own two routes lead only to the account that it is set aside in, which no stranger is.
    assert_eq!(open, ROUTES.len() - 2);
}

fn route_is_open(from: AccountKind, to: AccountKind, purpose: Purpose) -> bool {
    let mut town = Town::new();
    let (a, b) = (AccountId(500), AccountId(501));
    town.done(&Command::Open(opening(a, from, 2)));
    town.done(&Command::Open(opening(b, to, 2)));
    // An account that can owe has no need of money; all others get some the only way there is.
    if !from.may_owe() {
        town.books.accounts.get_mut(&a).unwrap().posted = yuan(10);
        town.books.accounts.get_mut(&FUNDING).unwrap().posted = yuan(-2010);
        town.books.accounts.get_mut(&a).unwrap().granted = yuan(10);
    }
    let command = Command::Transfer { id: TransferId(1), purpose, legs: vec![leg(a, b, yuan(1))] };
    let outcome = wallet_ledger::decide(&town.books, &command, town.now).outcome;
    let listed = allowed(from, to, purpose);
    assert!(listed || outcome != Outcome::Done, "{from:?} → {to:?} for {purpose:?} is not listed");
    outcome == Outcome::Done
}

#[test]
fn what_is_wrong_is_said_by_the_lowest_number() {
    let mut town = Town::new();
    let mut check = |legs: &[Leg], outcome| {
        let id = TransferId(town.fresh());
        town.refused(&Command::Transfer { id, purpose: Purpose::Settle, legs: legs.to_vec() }, outcome);
    };
    let nobody = AccountId(999);
    check(&[], Outcome::NoLegs);
    check(&[leg(FATHER, HOSPITAL, yuan(1)); 33], Outcome::TooManyLegs);
    check(&[leg(FATHER, nobody, yuan(1)), leg(FATHER, HOSPITAL, yuan(0))], Outcome::AmountNotPositive);
    check(&[leg(FATHER, HOSPITAL, yuan(-1))], Outcome::AmountNotPositive);
    check(&[leg(FATHER, DAUGHTER, yuan(1)), leg(FATHER, FATHER, yuan(1))], Outcome::SameAccount);
    check(&[leg(FATHER, DAUGHTER, yuan(1)), leg(nobody, HOSPITAL, yuan(1))], Outcome::AccountUnknown);
    check(&[leg(FATHER, HOSPITAL_POOLED, yuan(1)), leg(FATHER, CASH, yuan(1))], Outcome::RouteRefused);
    check(&[leg(FATHER, HOSPITAL_POOLED, yuan(1))], Outcome::FundsMixed);
    check(&[leg(FATHER, HOSPITAL, yuan(1001))], Outcome::InsufficientFunds);
    let id = TransferId(town.fresh());
    let legs = vec![leg(FATHER, HOSPITAL, yuan(1))];
    town.refused(&Command::Transfer { id, purpose: Purpose::Refund, legs }, Outcome::PurposeReserved);
}

/// Own account, then the relative's, then the fund: if one leg cannot be paid, none is.
#[test]
fn a_settlement_of_many_legs_happens_whole_or_not_at_all() {
    let mut town = Town::new();
    let legs = |daughter| {
        vec![
            leg(POOLED, HOSPITAL_POOLED, yuan(5000)),
            leg(FATHER, HOSPITAL, yuan(1000)),
            leg(DAUGHTER, HOSPITAL, yuan(daughter)),
        ]
    };
    let settle = |id, legs| Command::Transfer { id: TransferId(id), purpose: Purpose::Settle, legs };
    town.refused(&settle(1, legs(1001)), Outcome::InsufficientFunds);
    town.done(&settle(1, legs(1000)));
    assert_eq!((town.posted(FATHER), town.posted(HOSPITAL)), (yuan(0), yuan(2000)));
    assert_eq!((town.posted(POOLED), town.posted(HOSPITAL_POOLED)), (yuan(-5000), yuan(5000)));
    town.refused(&settle(1, legs(1)), Outcome::IdTaken);
}
