//! Which lines of a statement somebody wants to see.

use anxin_core::Fen;
use wallet_types::{Id, LineKind, LineOut, PurposeName};
use yew::prelude::*;

use super::moves::size;
use super::time;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    All,
    In,
    Out,
    Held,
}

/// Outlives the view, so that who comes back from a receipt finds what they looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub account: Option<Id>,
    /// Days in China, both included; empty for no end.
    pub from: String,
    pub to: String,
    pub purpose: Option<PurposeName>,
    pub direction: Direction,
    /// Page of what fits, from 0.
    pub page: usize,
}

pub type FilterHandle = UseStateHandle<Filter>;

impl Filter {
    pub fn crossed(&self) -> bool {
        !self.from.is_empty() && !self.to.is_empty() && self.to < self.from
    }

    pub fn fits(&self, line: &LineOut) -> bool {
        let day = time::day(&line.at);
        let change = line.posted_change_fen.get();
        let way = match self.direction {
            Direction::All => true,
            Direction::In => change > 0,
            Direction::Out => change < 0,
            Direction::Held => matches!(line.kind, LineKind::Held | LineKind::Released),
        };
        way && self.purpose.is_none_or(|purpose| line.purpose == Some(purpose))
            && (self.from.is_empty() || day >= self.from)
            && (self.to.is_empty() || day <= self.to)
    }
}

/// What came in and what went out, of lines that moved money.
pub fn sums(lines: &[LineOut]) -> (Fen, Fen) {
    let changes = || lines.iter().map(|line| line.posted_change_fen);
    let sum = |amounts: Vec<Fen>| Fen::checked_sum(amounts).unwrap_or_default();
    let into = sum(changes().filter(|fen| fen.get() > 0).collect());
    (into, sum(changes().filter(|fen| fen.is_negative()).map(size).collect()))
}

/// The purposes that occur, each once, in the order in which they are declared.
pub fn purposes(lines: &[LineOut]) -> Vec<PurposeName> {
    PurposeName::ALL.iter().copied().filter(|p| lines.iter().any(|line| line.purpose == Some(*p))).collect()
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn line(entry: u64, at: &str, kind: LineKind, purpose: Option<PurposeName>, change: i64) -> LineOut {
        LineOut {
            entry,
            at: at.into(),
            kind,
            purpose,
            transfer: None,
            hold: None,
            institution: None,
            posted_change_fen: Fen::new(change).unwrap(),
            held_change_fen: Fen::ZERO,
            posted_fen: Fen::ZERO,
            held_fen: Fen::ZERO,
        }
    }

    fn lines() -> Vec<LineOut> {
        vec![
            line(4, "2026-11-22T16:30:00.000000Z", LineKind::Moved, Some(PurposeName::WalletTransfer), -1_000),
            line(3, "2026-11-22T10:00:00.000000Z", LineKind::Held, Some(PurposeName::Settle), 0),
            line(2, "2026-11-21T10:00:00.000000Z", LineKind::Moved, Some(PurposeName::TopUp), 50_000),
            line(1, "2026-11-20T10:00:00.000000Z", LineKind::Opened, None, 0),
        ]
    }

    fn found(filter: &Filter) -> Vec<u64> {
        lines().iter().filter(|line| filter.fits(line)).map(|line| line.entry).collect()
    }

    #[test]
    fn each_condition_leaves_out_what_does_not_fit() {
        let all = Filter::default;
        assert_eq!(found(&all()), [4, 3, 2, 1]);
        assert_eq!(found(&Filter { direction: Direction::In, ..all() }), [2]);
        assert_eq!(found(&Filter { direction: Direction::Out, ..all() }), [4]);
        assert_eq!(found(&Filter { direction: Direction::Held, ..all() }), [3]);
        assert_eq!(found(&Filter { purpose: Some(PurposeName::TopUp), ..all() }), [2]);
        // Half past midnight here is still the day before in Greenwich.
        assert_eq!(found(&Filter { from: "2026-11-23".into(), ..all() }), [4]);
        assert_eq!(found(&Filter { from: "2026-11-21".into(), to: "2026-11-22".into(), ..all() }), [3, 2]);
        let crossed = Filter { from: "2026-11-22".into(), to: "2026-11-21".into(), ..all() };
        assert!(crossed.crossed() && found(&crossed).is_empty());
    }

    #[test]
    fn what_came_and_went_adds_up() {
        let (into, out) = sums(&lines());
        assert_eq!((into.get(), out.get()), (50_000, 1_000));
        assert_eq!(purposes(&lines()), [PurposeName::TopUp, PurposeName::WalletTransfer, PurposeName::Settle]);
    }
}
