//! Two relatives of one sharer, and every interleaving of what may happen to both (SECURITY A8, A10). States that are
//! alike are gone on from once, so that all orders of twelve steps are looked at.

use std::collections::HashMap;

use anxin_core::Fen;
use wallet_ledger::{Account, AccountId, AccountKind, Command, HoldId, HoldState, Outcome, Purpose, TransferId};

use crate::town::{DAUGHTER, DAUGHTER_WALLET, FATHER_WALLET, HOSPITAL, QUOTA, Town, leg, opening, yuan};

/// What the daughter set aside for the mother.
const MOTHERS: AccountId = AccountId(15);
const HOUR: i64 = 3_600_000_000;
const GIFT: HoldId = HoldId(90);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Pay(usize),
    Post(usize),
    Expire(usize),
    Dissolve(usize),
    Refund(usize),
    Accept,
    Return,
}

const STEPS: [Step; 12] = [
    Step::Pay(0),
    Step::Post(0),
    Step::Expire(0),
    Step::Dissolve(0),
    Step::Refund(0),
    Step::Pay(1),
    Step::Post(1),
    Step::Expire(1),
    Step::Dissolve(1),
    Step::Refund(1),
    Step::Accept,
    Step::Return,
];

fn quota(who: usize) -> AccountId {
    if who == 0 { QUOTA } else { MOTHERS }
}

fn id(who: usize, what: u128) -> TransferId {
    TransferId(100 * (who as u128 + 1) + what)
}

fn hold(who: usize) -> HoldId {
    HoldId(who as u128 + 1)
}

/// Both have a quota of 300 yuan with 120 of it held, and 50 yuan wait for the father.
fn begin() -> Town {
    let mut town = Town::new();
    town.done(&Command::Open(opening(MOTHERS, AccountKind::Quota, 2)));
    town.transfer(Purpose::TopUp, &[leg(DAUGHTER, DAUGHTER_WALLET, yuan(100))]);
    let until = town.now.plus(HOUR);
    for who in [0, 1] {
        town.done(&Command::SetQuota { quota: quota(who), id: id(who, 1), usable: yuan(300) });
        let legs = vec![leg(quota(who), HOSPITAL, yuan(120))];
        town.done(&Command::Hold { id: hold(who), purpose: Purpose::Settle, legs, until });
    }
    let legs = vec![leg(DAUGHTER_WALLET, FATHER_WALLET, yuan(50))];
    town.done(&Command::Hold { id: GIFT, purpose: Purpose::WalletTransfer, legs, until });
    town
}

fn command(step: Step) -> Command {
    match step {
        Step::Pay(who) => {
            let legs = vec![leg(quota(who), HOSPITAL, yuan(70))];
            Command::Transfer { id: id(who, 2), purpose: Purpose::Settle, legs }
        }
        Step::Post(who) => Command::Post { hold: hold(who), id: id(who, 3), amounts: Some(vec![yuan(90)]) },
        Step::Expire(who) => Command::Expire { hold: hold(who) },
        Step::Dissolve(who) => Command::Dissolve { quota: quota(who), id: id(who, 4) },
        Step::Refund(who) => Command::Refund { id: id(who, 5), of: id(who, 3), amount: yuan(40) },
        Step::Accept => Command::Post { hold: GIFT, id: TransferId(900), amounts: None },
        Step::Return => Command::Expire { hold: GIFT },
    }
}

/// All that decides how it goes on, without instants. Time stands still until something expires.
type Key = (u16, bool, Vec<(i64, i64, bool)>, Vec<HoldState>, Vec<Vec<Fen>>);

fn key(done: u16, late: bool, town: &Town) -> Key {
    let of = |account: &Account| (account.posted.get(), account.held.get(), account.closed.is_some());
    let transfers = town.books.transfers.values().map(|transfer| transfer.refunded.clone());
    (
        done,
        late,
        town.books.accounts.values().map(of).collect(),
        town.books.holds.values().map(|hold| hold.state).collect(),
        transfers.collect(),
    )
}

/// What holds at every moment, whatever happened before.
fn sound(town: &Town, path: &[Step]) {
    for who in [0, 1] {
        let quota = town.account(quota(who));
        if quota.closed.is_some() {
            assert_eq!(quota.posted, quota.held, "nothing but what is held is left in it: {path:?}");
        }
    }
    let all = [DAUGHTER, QUOTA, MOTHERS, HOSPITAL].iter().fold(Fen::ZERO, |sum, a| sum.plus(town.posted(*a)));
    assert_eq!(all, yuan(900), "{path:?}");
    let gift = (town.posted(DAUGHTER_WALLET), town.posted(FATHER_WALLET), town.account(DAUGHTER_WALLET).held);
    let places = [(yuan(100), Fen::ZERO, yuan(50)), (yuan(50), yuan(50), Fen::ZERO), (yuan(100), Fen::ZERO, Fen::ZERO)];
    assert!(places.contains(&gift), "{gift:?}: {path:?}");
}

#[test]
fn every_interleaving_of_two_relatives_ends_well() {
    let mut layer = HashMap::new();
    layer.insert(key(0, false, &begin()), (begin(), Vec::new()));
    let (mut states, mut ends) = (0, Vec::new());
    while !layer.is_empty() {
        let mut next = HashMap::new();
        for ((done, late, ..), (town, path)) in layer {
            states += 1;
            if done == (1 << STEPS.len()) - 1 {
                ends.push((town.posted(DAUGHTER), town.posted(HOSPITAL)));
                for who in [0, 1] {
                    let quota = town.account(quota(who));
                    let left = (quota.posted, quota.held, quota.closed.is_some());
                    assert_eq!(left, (Fen::ZERO, Fen::ZERO, true), "{path:?}");
                }
                assert_eq!(town.account(DAUGHTER_WALLET).held, Fen::ZERO, "{path:?}");
                continue;
            }
            for (n, step) in STEPS.iter().enumerate().filter(|(n, _)| done & (1 << n) == 0) {
                let mut town = town.clone();
                let late = late || matches!(step, Step::Expire(_) | Step::Return);
                if late {
                    town.now = town.now.plus(2 * HOUR);
                }
                let outcome = town.ask(&command(*step));
                let mut path: Vec<Step> = path.clone();
                path.push(*step);
                if let Step::Dissolve(_) = step {
                    assert_eq!(outcome, Outcome::Done, "{path:?}");
                }
                sound(&town, &path);
                next.entry(key(done | (1 << n), late, &town)).or_insert((town, path));
            }
        }
        layer = next;
    }
    ends.sort();
    ends.dedup();
    assert!(states > 4_096 && ends.len() > 8, "{states} states, {} ends", ends.len());
}
