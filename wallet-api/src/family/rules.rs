//! The books' limits, as an area's rules have them from day to day.

use std::collections::BTreeSet;

use anxin_core::Day;
use anxin_core::family::{WalletAmount, WalletBook, WalletFound, WalletSlot};
use wallet_ledger::{DatedLimits, Limits};

const SLOTS: [WalletSlot; 6] = [
    WalletSlot::TransferMost,
    WalletSlot::TransfersADay,
    WalletSlot::ClosedFrom,
    WalletSlot::ClosedUntil,
    WalletSlot::ReturnedAt,
    WalletSlot::WaitingMost,
];

/// What an area allows, and since when.
pub fn limits(book: &WalletBook, area: u32) -> DatedLimits {
    let area = format!("{area:06}");
    let own = book.rules().iter().filter(|rule| SLOTS.contains(&rule.slot) && area.starts_with(&rule.area));
    // A rule begins on its first day, and gives way on the day after its last.
    let changes = own.flat_map(|rule| [rule.from, rule.to.and_then(Day::tomorrow)]);
    let days: BTreeSet<Day> = changes.flatten().chain(Day::new(1990, 1, 1)).collect();
    let mut first = true;
    let dated = days.into_iter().map(|day| {
        let since = if std::mem::take(&mut first) { i64::MIN } else { number(day) };
        (since, on(book, &area, day))
    });
    dated.collect()
}

/// Days since 1970, as the books count them.
fn number(day: Day) -> i64 {
    Day::new(1970, 1, 1).map_or(0, |epoch| i64::from(epoch.days_until(day)))
}

fn on(book: &WalletBook, area: &str, day: Day) -> Limits {
    let amount = |slot| match book.find(slot, area, day) {
        WalletFound::Known(rule) => Some(rule.amount),
        WalletFound::NotYet(_) | WalletFound::Unknown => None,
    };
    let count = |slot| match amount(slot) {
        Some(WalletAmount::Count(count)) => Some(count),
        _ => None,
    };
    let minute = |slot| match amount(slot) {
        Some(WalletAmount::Minute(minute)) => Some(i64::from(minute)),
        _ => None,
    };
    let per_transfer = match amount(WalletSlot::TransferMost) {
        Some(WalletAmount::Money(most)) => Some(most),
        _ => None,
    };
    Limits {
        per_transfer,
        per_day: count(WalletSlot::TransfersADay),
        closed: minute(WalletSlot::ClosedFrom).zip(minute(WalletSlot::ClosedUntil)),
        waiting: count(WalletSlot::WaitingMost),
        returned: minute(WalletSlot::ReturnedAt),
    }
}
