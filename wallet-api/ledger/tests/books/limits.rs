use anxin_core::Fen;
use wallet_ledger::{Command, Limits, Micros, Outcome, Purpose, TransferId};

use crate::town::{DAUGHTER_WALLET, FATHER, FATHER_WALLET, Town, leg, yuan};

/// Midnight in China on 2027-02-01, in UTC.
const MIDNIGHT: i64 = 1_801_411_200_000_000;
const HOUR: i64 = 3_600_000_000;

fn town() -> Town {
    let limits = Limits {
        per_transfer: Some(yuan(100)),
        per_day: Some(2),
        closed: Some((22 * 60, 6 * 60)),
        ..Limits::default()
    };
    let mut town = Town::with_limits(limits);
    town.now = Micros(MIDNIGHT - 40 * HOUR);
    town.transfer(Purpose::TopUp, &[leg(FATHER, FATHER_WALLET, yuan(900))]);
    town
}

fn send(id: u128, amount: Fen) -> Command {
    let legs = vec![leg(FATHER_WALLET, DAUGHTER_WALLET, amount)];
    Command::Transfer { id: TransferId(id), purpose: Purpose::WalletTransfer, legs }
}

#[test]
fn midnight_is_where_it_is_in_china() {
    assert_eq!(Micros(MIDNIGHT).minute_of_day(), 0);
    assert_eq!(Micros(MIDNIGHT - 1).minute_of_day(), 24 * 60 - 1);
    assert_eq!(Micros(MIDNIGHT).business_day(), Micros(MIDNIGHT - 1).business_day() + 1);
}

/// Closed from 22:00 until before 06:00.
#[test]
fn the_closed_hours_begin_and_end_on_the_microsecond() {
    for (at, outcome) in [
        (MIDNIGHT - 2 * HOUR - 1, Outcome::Done),
        (MIDNIGHT - 2 * HOUR, Outcome::ClosedHours),
        (MIDNIGHT - 1, Outcome::ClosedHours),
        (MIDNIGHT, Outcome::ClosedHours),
        (MIDNIGHT + 6 * HOUR - 1, Outcome::ClosedHours),
        (MIDNIGHT + 6 * HOUR, Outcome::Done),
    ] {
        let mut town = town();
        town.now = Micros(at);
        assert_eq!(town.ask(&send(1, yuan(1))), outcome, "{} µs from midnight", at - MIDNIGHT);
    }
}

#[test]
fn a_transfer_may_be_as_large_as_the_limit_and_no_fen_more() {
    let mut town = town();
    town.now = Micros(MIDNIGHT + 12 * HOUR);
    town.refused(&send(1, Fen::new(10_001).unwrap()), Outcome::OverLimitPerTransfer);
    town.done(&send(1, yuan(100)));
}

/// The day's count is that of the civil day in China; what was refused does not count.
#[test]
fn the_count_begins_anew_with_the_day() {
    let mut town = town();
    town.now = Micros(MIDNIGHT + 20 * HOUR);
    town.refused(&send(1, yuan(101)), Outcome::OverLimitPerTransfer);
    town.done(&send(1, yuan(1)));
    town.done(&send(2, yuan(1)));
    town.refused(&send(3, yuan(1)), Outcome::OverLimitPerDay);
    town.now = Micros(MIDNIGHT + 24 * HOUR + 6 * HOUR);
    town.done(&send(3, yuan(1)));
}
