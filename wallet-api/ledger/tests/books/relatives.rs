//! A quota's life and a transfer that waits, in every order of what may happen to them.

use anxin_core::Fen;
use wallet_ledger::{Command, HoldId, Limits, Micros, Outcome, Purpose, TransferId};

use crate::town::{DAUGHTER, DAUGHTER_WALLET, FATHER, FATHER_WALLET, HOSPITAL, QUOTA, Town, leg, yuan};

/// Midnight in China on 2027-02-01, in UTC.
const MIDNIGHT: i64 = 1_801_411_200_000_000;
const HOUR: i64 = 3_600_000_000;

fn set(id: u128, usable: Fen) -> Command {
    Command::SetQuota { quota: QUOTA, id: TransferId(id), usable }
}

fn dissolve(id: u128) -> Command {
    Command::Dissolve { quota: QUOTA, id: TransferId(id) }
}

fn hold(town: &Town, id: u128, amount: Fen) -> Command {
    let until = town.now.plus(HOUR);
    Command::Hold { id: HoldId(id), purpose: Purpose::Settle, legs: vec![leg(QUOTA, HOSPITAL, amount)], until }
}

#[test]
fn a_quota_is_what_was_asked_for_last() {
    let mut town = Town::new();
    for (id, usable, of_sharer) in [(1, 600, 400), (2, 200, 800), (3, 900, 100), (4, 0, 1_000)] {
        town.done(&set(id, yuan(usable)));
        assert_eq!((town.account(QUOTA).available(), town.posted(DAUGHTER)), (yuan(usable), yuan(of_sharer)));
    }
    town.refused(&set(5, Fen::ZERO), Outcome::QuotaUnchanged);
    town.refused(&set(5, yuan(-1)), Outcome::AmountNotPositive);
    town.refused(&set(5, yuan(1_001)), Outcome::InsufficientFunds);
    town.refused(&Command::SetQuota { quota: DAUGHTER, id: TransferId(5), usable: yuan(1) }, Outcome::ParentWrong);
}

/// What is held for a settlement is not touched by a lower quota.
#[test]
fn lowering_leaves_what_is_held() {
    let mut town = Town::new();
    town.done(&set(1, yuan(600)));
    let held = hold(&town, 9, yuan(250));
    town.done(&held);
    town.done(&set(2, Fen::ZERO));
    assert_eq!((town.posted(QUOTA), town.posted(DAUGHTER)), (yuan(250), yuan(750)));
    town.done(&Command::Post { hold: HoldId(9), id: TransferId(3), amounts: None });
    assert_eq!(town.posted(QUOTA), Fen::ZERO);
}

#[test]
fn a_command_that_needs_an_account_open_is_refused_once_it_is_closed() {
    let mut town = Town::new();
    let pay = |id| {
        let legs = vec![leg(DAUGHTER, HOSPITAL, yuan(1))];
        let then = Command::Transfer { id: TransferId(id), purpose: Purpose::Settle, legs };
        Command::While { open: vec![QUOTA], then: Box::new(then) }
    };
    town.done(&pay(1));
    town.done(&dissolve(2));
    town.refused(&pay(3), Outcome::AccountClosed);
    town.refused(&dissolve(4), Outcome::AccountClosed);
}

/// What may happen to a quota with a settlement under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Pay,
    PostPart,
    Void,
    Expire,
    Dissolve,
    Refund,
}

fn orders(steps: &[Step]) -> Vec<Vec<Step>> {
    if steps.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for n in 0..steps.len() {
        let mut rest = steps.to_vec();
        let first = rest.remove(n);
        all.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, first);
            order
        }));
    }
    all
}

/// In every order the sharer, the relative's settlements and the hospital have all the money between them, and
/// once the quota is dissolved and nothing is under way it has none (SECURITY A10).
#[test]
fn the_quota_comes_back_once_in_every_order() {
    let steps = [Step::Pay, Step::PostPart, Step::Void, Step::Expire, Step::Dissolve, Step::Refund];
    let mut seen = 0;
    for order in orders(&steps) {
        let mut town = Town::new();
        town.done(&set(1, yuan(600)));
        let held = hold(&town, 9, yuan(250));
        town.done(&held);
        let mut dissolved = false;
        for step in &order {
            let command = match step {
                Step::Pay => {
                    let legs = vec![leg(QUOTA, HOSPITAL, yuan(100))];
                    Command::Transfer { id: TransferId(20), purpose: Purpose::Settle, legs }
                }
                Step::PostPart => Command::Post { hold: HoldId(9), id: TransferId(21), amounts: Some(vec![yuan(200)]) },
                Step::Void => Command::Void { hold: HoldId(9) },
                Step::Expire => {
                    town.now = town.now.plus(2 * HOUR);
                    Command::Expire { hold: HoldId(9) }
                }
                Step::Dissolve => dissolve(22),
                Step::Refund => Command::Refund { id: TransferId(23), of: TransferId(21), amount: yuan(50) },
            };
            let outcome = town.ask(&command);
            match step {
                Step::Dissolve => {
                    assert_eq!(outcome, Outcome::Done, "{order:?}");
                    dissolved = true;
                }
                Step::Pay => assert_eq!(outcome == Outcome::Done, !dissolved, "{order:?}"),
                _ => {}
            }
            seen += 1;
        }
        let (quota, sharer, paid) = (town.account(QUOTA), town.posted(DAUGHTER), town.posted(HOSPITAL));
        assert_eq!((quota.posted, quota.held), (Fen::ZERO, Fen::ZERO), "{order:?}");
        assert!(quota.closed.is_some());
        assert_eq!(sharer.plus(paid), yuan(1_000), "{order:?}");
        town.refused(&dissolve(30), Outcome::AccountClosed);
    }
    assert_eq!(seen, 720 * 6);
}

fn with_limits() -> Town {
    let limits = Limits {
        per_transfer: Some(yuan(2_000)),
        per_day: Some(3),
        closed: Some((22 * 60, 6 * 60)),
        waiting: Some(1),
        returned: Some(6 * 60),
    };
    let mut town = Town::with_limits(limits);
    town.now = Micros(MIDNIGHT - 40 * HOUR);
    town.transfer(Purpose::TopUp, &[leg(FATHER, FATHER_WALLET, yuan(900))]);
    town.now = Micros(MIDNIGHT + 21 * HOUR);
    town
}

fn send(id: u128) -> Command {
    let legs = vec![leg(FATHER_WALLET, DAUGHTER_WALLET, yuan(100))];
    Command::Hold { id: HoldId(id), purpose: Purpose::WalletTransfer, legs, until: Micros(i64::MAX) }
}

fn accept(id: u128) -> Command {
    Command::Post { hold: HoldId(id), id: TransferId(id), amounts: None }
}

/// Accepting and the return at 06:00 stand in one order: the money is in exactly one place (SECURITY A8).
#[test]
fn what_is_accepted_before_six_is_not_returned() {
    let six = MIDNIGHT + 30 * HOUR;
    for (at, returned) in [(six - 1_000, false), (six - 1, false), (six, true), (six + 1_000, true)] {
        for accept_first in [true, false] {
            let mut town = with_limits();
            town.done(&send(1));
            let asked = [accept(1), Command::Expire { hold: HoldId(1) }];
            let order = if accept_first { [0, 1] } else { [1, 0] };
            for n in order {
                town.now = Micros(at);
                town.ask(&asked[n]);
            }
            let (from, to) = (town.account(FATHER_WALLET), town.account(DAUGHTER_WALLET));
            let expected = if returned { (yuan(900), Fen::ZERO) } else { (yuan(800), yuan(100)) };
            assert_eq!((from.posted, to.posted), expected, "{at} {accept_first}");
            assert_eq!((from.held, from.waiting), (Fen::ZERO, 0));
        }
    }
}

#[test]
fn one_transfer_waits_and_one_that_came_back_still_counts() {
    let mut town = with_limits();
    town.now = Micros(MIDNIGHT + 8 * HOUR);
    town.done(&send(1));
    town.refused(&send(2), Outcome::TransferWaiting);
    town.done(&Command::Void { hold: HoldId(1) });
    town.done(&send(2));
    town.done(&accept(2));
    town.done(&send(3));
    town.done(&Command::Void { hold: HoldId(3) });
    town.refused(&send(4), Outcome::OverLimitPerDay);
    town.now = Micros(MIDNIGHT + 22 * HOUR);
    town.refused(&send(4), Outcome::ClosedHours);
    town.now = Micros(MIDNIGHT + 30 * HOUR);
    town.done(&send(4));
}

#[test]
fn limits_are_those_of_the_day() {
    let before = Limits { per_transfer: Some(yuan(50)), ..Limits::default() };
    let day = Micros(MIDNIGHT).business_day();
    let mut town = with_limits();
    town.books.limits = [(i64::MIN, before), (day, Limits::default())].into_iter().collect();
    town.now = Micros(MIDNIGHT - 1);
    town.refused(&send(1), Outcome::OverLimitPerTransfer);
    town.now = Micros(MIDNIGHT);
    town.done(&send(1));
}
