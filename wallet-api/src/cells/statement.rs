//! 对账单: what a window has in it, by day, area and hour.

use std::collections::BTreeMap;

use anxin_core::Fen;
use wallet_ledger::{CellId, DayKey, DaySums, Micros, Obligation, Tally, WindowId, statement};
use wallet_types::{CountedSum, CoursePoint, DayLine, TransportCode, WindowStatement};

use crate::family::day;
use crate::problem::ApiError;
use crate::wallet::{Wallet, instant};

const HOUR: i64 = 3_600_000_000;

impl Wallet {
    pub(crate) async fn window_statement(&self, window: u64) -> Result<WindowStatement, ApiError> {
        let not_there = ApiError::Transport(TransportCode::NotFound);
        let Some(cells) = &self.cells else { return Err(not_there) };
        let obligations = self.desk.obligations(WindowId(window)).await?.ok_or(not_there)?;
        let too_much = || ApiError::Transport(TransportCode::Internal);
        let days = statement(cells.id, &obligations).ok_or_else(too_much)?;
        let days = days.iter().map(|(key, sums)| line(key, sums).ok_or_else(too_much)).collect::<Result<_, _>>()?;
        Ok(WindowStatement { window, days, course: course(cells.id, &obligations).ok_or_else(too_much)? })
    }
}

fn line(key: &DayKey, sums: &DaySums) -> Option<DayLine> {
    let counted = |tally: Tally| CountedSum { count: tally.count, amount_fen: tally.amount };
    Some(DayLine {
        day: day(Micros::of_day(key.day, 0))?.to_string(),
        area: key.peer.to_string(),
        claimed: counted(sums.claimed),
        claims_refunded: counted(sums.claims_refunded),
        owed: counted(sums.owed),
        debts_refunded: counted(sums.debts_refunded),
    })
}

/// What was owed to each area by the end of each hour in which anything was.
fn course(here: CellId, obligations: &[Obligation]) -> Option<Vec<CoursePoint>> {
    let mut hours: BTreeMap<i64, BTreeMap<CellId, Fen>> = BTreeMap::new();
    for Obligation { key, amount, at, .. } in obligations {
        let (peer, more) = match key.creditor == here {
            true => (key.debtor, Fen::ZERO.checked_sub(*amount)?),
            false => (key.creditor, *amount),
        };
        let sum = hours.entry(at.0.div_euclid(HOUR)).or_default().entry(peer).or_default();
        *sum = sum.checked_add(more)?;
    }
    let (mut positions, mut course) = (BTreeMap::<CellId, Fen>::new(), Vec::new());
    for (hour, changed) in hours {
        for (peer, more) in changed {
            let position = positions.entry(peer).or_default();
            *position = position.checked_add(more)?;
        }
        let at = instant(Micros(hour.saturating_add(1).saturating_mul(HOUR)));
        let point = |(peer, position): (&CellId, &Fen)| CoursePoint {
            at: at.clone(),
            area: peer.to_string(),
            position_fen: *position,
        };
        course.extend(positions.iter().map(point));
    }
    Some(course)
}

#[cfg(test)]
mod tests {
    use wallet_ledger::{DrawId, Fund, ObligationKey, TransferId};

    use super::*;

    #[test]
    fn what_is_owed_is_followed_hour_by_hour() {
        let (here, a, b) = (CellId(440_100), CellId(450_100), CellId(450_800));
        let (window, first) = (WindowId(1), 490_000 * HOUR);
        let one = |n: u128, creditor, debtor, amount: i64, at| Obligation {
            key: ObligationKey { window, creditor, debtor, transfer: TransferId(n) },
            draw: DrawId(n),
            fund: Fund::Account,
            amount: Fen::new(amount).unwrap(),
            at: Micros(at),
        };
        let all = [
            one(1, a, here, 300, first),
            one(2, here, b, 50, first + HOUR - 1),
            one(3, a, here, -100, first + 3 * HOUR),
        ];
        let told: Vec<(String, String, i64)> =
            course(here, &all).unwrap().into_iter().map(|p| (p.at, p.area, p.position_fen.get())).collect();
        let (one, four) = (instant(Micros(first + HOUR)), instant(Micros(first + 4 * HOUR)));
        let expected = [(&one, "450100", 300), (&one, "450800", -50), (&four, "450100", 200), (&four, "450800", -50)];
        assert_eq!(told, expected.map(|(at, area, fen)| (at.clone(), area.to_owned(), fen)));
    }
}
