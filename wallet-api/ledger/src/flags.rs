//! What an auditor should look at: money that went round, and settlements that look like a way to cash.
//!
//! A flag proves nothing and stops nothing. No thresholds are published: those of [`Patterns::default`] are this
//! project's own, and an area is expected to set its own.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::account::AccountKind;
use crate::command::Leg;
use crate::id::{AccountId, OwnerId, TransferId};
use crate::route::Purpose;
use crate::time::Micros;

/// What stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// Money passed from wallet to wallet until it was back where it came from.
    Ring,
    /// Money passed on from wallet to wallet more often than families have reason to.
    Chain,
    /// One person's settlements at one institution, each of them a round sum.
    RoundSums,
    /// One person's settlements at one institution that were taken back.
    TakenBack,
    /// Many relatives' money at one institution within one day, for one person.
    ManySharers,
}

/// From when on something stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patterns {
    /// Wallets that money is passed on by, its first owner not counted.
    pub chain: usize,
    /// A sum is round if it is so many fen, some times over.
    pub round: i64,
    pub round_sums: usize,
    pub taken_back: usize,
    pub sharers: usize,
}

impl Default for Patterns {
    fn default() -> Self {
        Patterns { chain: 4, round: 10_000, round_sums: 5, taken_back: 3, sharers: 4 }
    }
}

/// A line of the journal that moved money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    pub line: u64,
    pub at: Micros,
    pub transfer: TransferId,
    pub purpose: Purpose,
    pub legs: Vec<Leg>,
    /// The transfer that this one gives back or corrects.
    pub of: Option<TransferId>,
}

/// Whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub kind: AccountKind,
    pub owner: OwnerId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    pub pattern: Pattern,
    /// Whom it is about: those who passed money on in their order, or the payer and then the institution.
    pub owners: Vec<OwnerId>,
    /// The lines of the journal that show it, in their order.
    pub lines: Vec<u64>,
    pub amount: Fen,
}

/// Looks through movements, which come in the order of the journal. Legs of accounts that are not among
/// `holders` are passed over.
pub fn flags(movements: &[Movement], holders: &BTreeMap<AccountId, Holder>, patterns: &Patterns) -> Vec<Flag> {
    let mut found = passed_on(movements, holders, patterns);
    found.extend(at_institutions(movements, holders, patterns));
    found
}

/// One way that money took, from its first owner on.
#[derive(Clone)]
struct Way {
    owners: Vec<OwnerId>,
    lines: Vec<u64>,
    amount: Fen,
}

impl Way {
    fn on(&self, to: OwnerId, line: u64, amount: Fen) -> Way {
        let mut way = self.clone();
        way.owners.push(to);
        way.lines.push(line);
        way.amount = way.amount.min(amount);
        way
    }
}

/// Of the ways that end with somebody the longest is followed on, so that looking stays linear.
fn passed_on(movements: &[Movement], holders: &BTreeMap<AccountId, Holder>, patterns: &Patterns) -> Vec<Flag> {
    let mut ways: BTreeMap<OwnerId, Way> = BTreeMap::new();
    let mut found = Vec::new();
    for movement in movements.iter().filter(|m| m.purpose == Purpose::WalletTransfer) {
        for leg in &movement.legs {
            let (Some(from), Some(to)) = (holders.get(&leg.from), holders.get(&leg.to)) else { continue };
            let begin = Way { owners: vec![from.owner], lines: Vec::new(), amount: leg.amount };
            let way = ways.get(&from.owner).unwrap_or(&begin).on(to.owner, movement.line, leg.amount);
            if let Some(first) = way.owners.iter().rev().skip(1).position(|owner| *owner == to.owner) {
                // Two who send to each other are a family; three in a circle are looked at.
                if first >= 2 {
                    found.push(last(&way, first + 2, Pattern::Ring));
                }
                continue;
            }
            if way.lines.len() == patterns.chain {
                found.push(last(&way, way.owners.len(), Pattern::Chain));
            }
            let longer = ways.get(&to.owner).is_none_or(|known| known.lines.len() < way.lines.len());
            if longer {
                ways.insert(to.owner, way);
            }
        }
    }
    found
}

/// A flag for the last so many owners of a way.
fn last(way: &Way, owners: usize, pattern: Pattern) -> Flag {
    let skip = way.owners.len().saturating_sub(owners);
    Flag {
        pattern,
        owners: way.owners.iter().skip(skip).copied().collect(),
        lines: way.lines.iter().skip(skip).copied().collect(),
        amount: way.amount,
    }
}

/// Lines and what they moved.
type Seen = Vec<(u64, Fen)>;

/// What was drawn from relatives on one day.
#[derive(Default)]
struct Drawn {
    quotas: BTreeSet<AccountId>,
    seen: Seen,
}

/// What one person paid at one institution.
#[derive(Default)]
struct Dealings {
    round: Seen,
    taken_back: Seen,
    by_day: BTreeMap<i64, Drawn>,
}

fn at_institutions(movements: &[Movement], holders: &BTreeMap<AccountId, Holder>, patterns: &Patterns) -> Vec<Flag> {
    let mut all: BTreeMap<(OwnerId, OwnerId), Dealings> = BTreeMap::new();
    let mut settled: BTreeMap<TransferId, (OwnerId, OwnerId)> = BTreeMap::new();
    for movement in movements {
        match (movement.purpose, movement.of) {
            (Purpose::Settle, _) => {
                let Some(between) = between(movement, holders) else { continue };
                settled.insert(movement.transfer, between);
                all.entry(between).or_default().settled(movement, holders, patterns);
            }
            (Purpose::Refund | Purpose::Correction, Some(of)) => {
                let dealings = settled.get(&of).and_then(|between| all.get_mut(between));
                dealings.into_iter().for_each(|d| d.taken_back.push((movement.line, sum(movement))));
            }
            _ => {}
        }
    }
    all.into_iter().flat_map(|(between, dealings)| dealings.flags(between, patterns)).collect()
}

/// Who pays whom: the first payer who is a person, and the institution.
fn between(movement: &Movement, holders: &BTreeMap<AccountId, Holder>) -> Option<(OwnerId, OwnerId)> {
    let holder = |id: &AccountId| holders.get(id);
    let people = [AccountKind::Personal, AccountKind::Wallet, AccountKind::Quota];
    let payer = movement.legs.iter().filter_map(|leg| holder(&leg.from)).find(|h| people.contains(&h.kind))?;
    let payee = movement.legs.iter().filter_map(|leg| holder(&leg.to)).find(|h| h.kind == AccountKind::Institution)?;
    Some((payer.owner, payee.owner))
}

fn sum(movement: &Movement) -> Fen {
    Fen::checked_sum(movement.legs.iter().map(|leg| leg.amount)).unwrap_or(Fen::MAX)
}

impl Dealings {
    fn settled(&mut self, movement: &Movement, holders: &BTreeMap<AccountId, Holder>, patterns: &Patterns) {
        let amount = sum(movement);
        if amount.get() > 0 && amount.get().checked_rem(patterns.round) == Some(0) {
            self.round.push((movement.line, amount));
        }
        let of_quota = |leg: &&Leg| holders.get(&leg.from).is_some_and(|h| h.kind == AccountKind::Quota);
        let drawn: Vec<_> = movement.legs.iter().filter(of_quota).map(|leg| leg.from).collect();
        if !drawn.is_empty() {
            let day = self.by_day.entry(movement.at.business_day()).or_default();
            day.quotas.extend(drawn);
            day.seen.push((movement.line, amount));
        }
    }

    fn flags(self, (payer, payee): (OwnerId, OwnerId), patterns: &Patterns) -> Vec<Flag> {
        let flag = |pattern: Pattern, seen: Seen| Flag {
            pattern,
            owners: vec![payer, payee],
            amount: Fen::checked_sum(seen.iter().map(|(_, amount)| *amount)).unwrap_or(Fen::MAX),
            lines: seen.into_iter().map(|(line, _)| line).collect(),
        };
        let mut found = Vec::new();
        if self.round.len() >= patterns.round_sums {
            found.push(flag(Pattern::RoundSums, self.round));
        }
        if self.taken_back.len() >= patterns.taken_back {
            found.push(flag(Pattern::TakenBack, self.taken_back));
        }
        let many = self.by_day.into_values().filter(|day| day.quotas.len() >= patterns.sharers);
        found.extend(many.map(|day| flag(Pattern::ManySharers, day.seen)));
        found
    }
}
