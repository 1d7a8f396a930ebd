use anxin_core::Fen;
use wallet_ledger::{Command, Outcome, Purpose, TransferId};

use crate::town::{CASH, DAUGHTER, FATHER, FUNDING, HOSPITAL, QUOTA, Town, leg, yuan};

fn refund(id: u128, of: TransferId, yuans: i64) -> Command {
    Command::Refund { id: TransferId(id), of, amount: yuan(yuans) }
}

/// Father first, then what the daughter set aside for him.
fn settled() -> (Town, TransferId) {
    let mut town = Town::new();
    town.transfer(Purpose::QuotaSet, &[leg(DAUGHTER, QUOTA, yuan(600))]);
    let legs = [leg(FATHER, HOSPITAL, yuan(1000)), leg(QUOTA, HOSPITAL, yuan(300))];
    let paid = town.transfer(Purpose::Settle, &legs);
    (town, paid)
}

#[test]
fn what_was_drawn_last_comes_back_first_and_never_more_than_was_paid() {
    let (mut town, paid) = settled();
    town.done(&refund(1, paid, 200));
    assert_eq!((town.posted(QUOTA), town.posted(FATHER)), (yuan(500), yuan(0)));
    assert_eq!(town.account(QUOTA).used, yuan(100));
    town.refused(&refund(1, paid, 1), Outcome::IdTaken);
    town.done(&refund(2, paid, 150));
    assert_eq!((town.posted(QUOTA), town.posted(FATHER)), (yuan(600), yuan(50)));
    town.refused(&refund(3, paid, 951), Outcome::RefundExceedsPaid);
    town.refused(&refund(3, paid, 0), Outcome::AmountNotPositive);
    town.done(&refund(3, paid, 950));
    town.refused(
        &Command::Refund { id: TransferId(4), of: paid, amount: Fen::new(1).unwrap() },
        Outcome::RefundExceedsPaid,
    );
    assert_eq!(town.posted(HOSPITAL), yuan(0));
}

#[test]
fn after_a_quota_is_dissolved_its_share_goes_to_whoever_set_it_aside() {
    let (mut town, paid) = settled();
    town.transfer(Purpose::QuotaReturn, &[leg(QUOTA, DAUGHTER, yuan(300))]);
    town.done(&Command::Close { account: QUOTA });
    town.done(&refund(1, paid, 400));
    assert_eq!((town.posted(DAUGHTER), town.posted(FATHER), town.posted(QUOTA)), (yuan(1000), yuan(100), yuan(0)));
}

#[test]
fn what_is_no_settlement_is_not_refunded() {
    let (mut town, paid) = settled();
    let credit = town.transfer(Purpose::Credit, &[leg(FUNDING, FATHER, yuan(5))]);
    town.refused(&refund(1, credit, 1), Outcome::NotRefundable);
    town.refused(&refund(1, TransferId(31337), 1), Outcome::TransferUnknown);
    town.done(&refund(1, paid, 1));
    town.refused(&refund(2, TransferId(1), 1), Outcome::NotRefundable);
    town.transfer(Purpose::PayOut, &[leg(HOSPITAL, CASH, yuan(1299))]);
    town.refused(&refund(3, paid, 1), Outcome::InsufficientFunds);
}

#[test]
fn a_mistake_is_corrected_by_its_opposite_once() {
    let mut town = Town::new();
    let wrong = town.transfer(Purpose::QuotaSet, &[leg(DAUGHTER, QUOTA, yuan(600))]);
    let correct = |id, of| Command::Correct { id: TransferId(id), of, reason: 3 };
    town.done(&correct(1, wrong));
    assert_eq!((town.posted(DAUGHTER), town.account(QUOTA).granted), (yuan(1000), yuan(0)));
    town.refused(&correct(2, wrong), Outcome::AlreadyCorrected);
    town.refused(&correct(2, TransferId(1)), Outcome::NotRefundable);
    let paid = town.transfer(Purpose::Settle, &[leg(FATHER, HOSPITAL, yuan(10))]);
    town.done(&refund(5, paid, 1));
    town.refused(&correct(6, paid), Outcome::NotRefundable);
}
