use anxin_core::Fen;
use wallet_ledger::{Command, HoldId, HoldState, Micros, Outcome, Purpose, TransferId};

use crate::town::{DAUGHTER, FATHER, HOSPITAL, Town, leg, yuan};

const HOLD: HoldId = HoldId(1);

fn held(town: &mut Town, fathers: i64, daughters: i64, until: Micros) {
    let legs = vec![leg(FATHER, HOSPITAL, yuan(fathers)), leg(DAUGHTER, HOSPITAL, yuan(daughters))];
    town.done(&Command::Hold { id: HOLD, purpose: Purpose::Settle, legs, until });
}

fn post(amounts: Option<Vec<Fen>>) -> Command {
    Command::Post { hold: HOLD, id: TransferId(77), amounts }
}

fn far(town: &Town) -> Micros {
    town.now.plus(60_000_000)
}

#[test]
fn what_is_held_cannot_be_spent_and_is_free_again_after() {
    let mut town = Town::new();
    let until = far(&town);
    held(&mut town, 700, 100, until);
    assert_eq!(town.account(FATHER).available(), yuan(300));
    let spend = |yuans| {
        let legs = vec![leg(FATHER, HOSPITAL, yuan(yuans))];
        Command::Transfer { id: TransferId(5), purpose: Purpose::Settle, legs }
    };
    town.refused(&spend(301), Outcome::InsufficientFunds);
    town.done(&spend(300));
    town.done(&Command::Void { hold: HOLD });
    assert_eq!(town.account(FATHER).available(), yuan(700));
    town.refused(&Command::Void { hold: HOLD }, Outcome::HoldVoided);
    town.refused(&post(None), Outcome::HoldVoided);
}

#[test]
fn a_part_may_be_posted_and_never_more() {
    let mut town = Town::new();
    let until = far(&town);
    held(&mut town, 700, 100, until);
    town.refused(&post(Some(vec![yuan(1)])), Outcome::AmountsDoNotMatch);
    town.refused(&post(Some(vec![yuan(0), yuan(0)])), Outcome::AmountNotPositive);
    town.refused(&post(Some(vec![yuan(-1), yuan(5)])), Outcome::AmountNotPositive);
    town.refused(&post(Some(vec![yuan(701), yuan(0)])), Outcome::PostExceedsHold);
    town.done(&post(Some(vec![yuan(650), yuan(0)])));
    assert_eq!((town.posted(FATHER), town.posted(DAUGHTER)), (yuan(350), yuan(1000)));
    assert_eq!((town.account(FATHER).held, town.account(DAUGHTER).held), (yuan(0), yuan(0)));
    town.refused(&Command::Post { hold: HOLD, id: TransferId(78), amounts: None }, Outcome::HoldPosted);
    town.refused(&Command::Void { hold: HOLD }, Outcome::HoldPosted);
    assert_eq!(town.books.holds[&HOLD].state, HoldState::Posted);
}

/// The deadline is the first instant at which a hold can no longer be posted, swept or not.
#[test]
fn the_deadline_counts_to_the_microsecond_before_and_after_the_sweep() {
    for (late, swept, outcome) in [
        (-1, false, Outcome::Done),
        (0, false, Outcome::HoldExpired),
        (1, false, Outcome::HoldExpired),
        (0, true, Outcome::HoldExpired),
        (1, true, Outcome::HoldExpired),
    ] {
        let mut town = Town::new();
        let until = far(&town);
        held(&mut town, 700, 100, until);
        town.now = until.plus(-2);
        town.refused(&Command::Expire { hold: HOLD }, Outcome::HoldNotDue);
        if swept {
            town.now = until;
            town.done(&Command::Expire { hold: HOLD });
            assert_eq!(town.account(FATHER).held, yuan(0));
        }
        town.now = until.plus(late);
        assert_eq!(town.ask(&post(None)), outcome, "{late} µs, swept: {swept}");
    }
}

#[test]
fn a_hold_needs_money_and_a_deadline_that_is_to_come() {
    let mut town = Town::new();
    let hold = |yuans, until| Command::Hold {
        id: HOLD,
        purpose: Purpose::Settle,
        legs: vec![leg(FATHER, HOSPITAL, yuan(yuans))],
        until,
    };
    let now = far(&town);
    town.now = now;
    town.refused(&hold(1, now), Outcome::DeadlinePassed);
    town.refused(&hold(1001, now.plus(1000)), Outcome::InsufficientFunds);
    town.done(&hold(1000, now.plus(1000)));
    town.refused(&hold(1, now.plus(1000)), Outcome::IdTaken);
    town.refused(&Command::Post { hold: HoldId(9), id: TransferId(1), amounts: None }, Outcome::HoldUnknown);
}
