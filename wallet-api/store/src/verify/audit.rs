//! Holding a store against its own journal, page by page.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::iter::Peekable;

use anxin_core::proof::Hash;
use wallet_ledger::{
    Account, AccountId, Broken, Entry, Fact, Fund, Head, Hold, HoldId, HoldState, Peaks, Replayed, Tampered, Transfer,
    TransferId, bag, leaf_hash,
};

use super::fault::{Fault, Row};
use crate::batch::{End, mentioned};
use crate::journal::StoredLine;

/// Lines of the journal that follow upon each other, with the rows that they made.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub lines: Vec<StoredLine>,
    pub accounts: BTreeMap<AccountId, Account>,
    pub holds: BTreeMap<HoldId, Hold>,
    pub transfers: BTreeMap<TransferId, Transfer>,
    pub mentions: BTreeSet<(AccountId, u64)>,
    /// Heads over lines of this page that the store keeps.
    pub heads: Vec<Published>,
}

/// A head that was published, and whether somebody is known to have signed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    pub head: Head,
    pub signed: bool,
}

/// Heads in the order of their sizes.
pub type Heads<'h> = Box<dyn Iterator<Item = io::Result<Published>> + Send + 'h>;

/// An account as it is stored, with the columns beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    pub account: Account,
    pub posted: i64,
    pub held: i64,
}

/// How many rows of each table there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub holds: u64,
    pub transfers: u64,
    pub mentions: u64,
}

pub struct Audit<'h> {
    end: End,
    peaks: Peaks,
    replayed: Replayed,
    heads: Peekable<Heads<'h>>,
    /// The size of the last head that agreed.
    good: u64,
    pub heads_seen: u64,
    /// The size of the last head that was counted.
    counted: u64,
    /// What stored rows say that only later lines can show.
    holds: BTreeMap<HoldId, Hold>,
    back: BTreeMap<TransferId, i128>,
    corrected: BTreeSet<TransferId>,
    sums: BTreeMap<Fund, i128>,
    accounts_seen: u64,
    mentions_seen: u64,
}

impl<'h> Audit<'h> {
    pub fn new(end: End, heads: Heads<'h>) -> Audit<'h> {
        Audit {
            end,
            peaks: Peaks::default(),
            replayed: Replayed::default(),
            heads: heads.peekable(),
            good: 0,
            heads_seen: 0,
            counted: 0,
            holds: BTreeMap::new(),
            back: BTreeMap::new(),
            corrected: BTreeSet::new(),
            sums: BTreeMap::new(),
            accounts_seen: 0,
            mentions_seen: 0,
        }
    }

    /// Lines that were looked at.
    pub fn lines(&self) -> u64 {
        self.peaks.size()
    }

    pub fn accounts(&self) -> u64 {
        self.accounts_seen
    }

    pub fn page(&mut self, page: &Page) -> Result<(), Fault> {
        let mut kept = page.heads.iter().copied().peekable();
        for line in &page.lines {
            let number = self.peaks.size();
            let entry = self.readable(number, line)?;
            self.logged(number, line)?;
            self.agrees(|size| kept.next_if(|next| next.head.size <= size).map(Ok))?;
            self.published()?;
            self.replayed.take(&entry).map_err(|broken| Fault::Follows { line: number, broken })?;
            self.rows(number, &entry, page)?;
        }
        Ok(())
    }

    fn readable(&self, number: u64, line: &StoredLine) -> Result<Entry, Fault> {
        if number >= self.end.peaks.size() {
            return Err(Fault::Beyond { line: number });
        }
        if line.number != number {
            return Err(Fault::OutOfOrder { line: number });
        }
        let entry = line.entry().ok().filter(|entry| entry.at.0 == line.at);
        entry.ok_or(Fault::Unreadable { line: number })
    }

    /// The line is the one that was logged, and so is everything of the log that it completes.
    fn logged(&mut self, number: u64, line: &StoredLine) -> Result<(), Fault> {
        let leaf = leaf_hash(&line.bytes);
        let (mut wrong, mut complete) = (None, 0);
        self.peaks.append(leaf, |node| {
            complete += size_of::<Hash>();
            let same = crate::rows::node(node.level, &line.leaf, &line.above) == Some(node.hash);
            wrong = wrong.or((!same).then_some(node));
        });
        match wrong {
            // A line of another place completes fewer of the log's nodes, or more.
            _ if line.leaf != leaf || line.leaf.len() + line.above.len() != complete => {
                Err(Fault::Journal(Tampered::Entry(number)))
            }
            Some(node) => Err(Fault::Node { from: node.index << node.level, until: (node.index + 1) << node.level }),
            None => Ok(()),
        }
    }

    /// Heads up to here are over these lines; whether there were any.
    fn agrees(&mut self, mut next: impl FnMut(u64) -> Option<io::Result<Published>>) -> Result<bool, Fault> {
        let have = self.peaks.head();
        let mut any = false;
        while let Some(published) = next(have.size) {
            let Published { head, signed } = published.map_err(|cause| Fault::HeadFile(cause.to_string()))?;
            let same = match head.size {
                0 => head.root == bag(&[]),
                size if size < have.size => {
                    return Err(Fault::HeadFile(format!("the head over {size} lines comes late")));
                }
                _ => head.root == have.root,
            };
            if !same {
                return Err(Fault::Journal(Tampered::Between { from: self.good, until: head.size }));
            }
            if !signed {
                return Err(Fault::Signature { size: head.size });
            }
            any = true;
        }
        // One that is in the store and in the file is one head.
        if any && self.counted < have.size {
            self.counted = have.size;
            self.heads_seen += 1;
        }
        Ok(any)
    }

    fn published(&mut self) -> Result<(), Fault> {
        let mut heads = std::mem::replace(&mut self.heads, (Box::new(std::iter::empty()) as Heads<'h>).peekable());
        let agreed = self
            .agrees(|size| heads.next_if(|next| next.as_ref().map_or(true, |published| published.head.size <= size)));
        self.heads = heads;
        if agreed? {
            self.good = self.peaks.size();
        }
        Ok(())
    }

    /// What the line made is there, as it says.
    fn rows(&mut self, line: u64, entry: &Entry, page: &Page) -> Result<(), Fault> {
        let missing = |row| Fault::Row { line, row };
        for account in mentioned(&entry.fact, &page.holds) {
            self.mentions_seen += 1;
            if !page.mentions.contains(&(account, line)) {
                return Err(missing(Row::Mention(account)));
            }
        }
        match &entry.fact {
            Fact::Opened(open) => {
                let same = |a: &&Account| (a.owner, a.parent, a.opened) == (open.owner, open.parent, entry.at);
                page.accounts.get(&open.id).filter(same).ok_or(missing(Row::Account(open.id)))?;
            }
            Fact::Closed { .. } => {}
            Fact::Moved { transfer, purpose, legs, hold, .. } => {
                let same = |t: &&Transfer| (t.purpose, &t.legs) == (*purpose, legs);
                let row = page.transfers.get(transfer).filter(same).ok_or(missing(Row::Transfer(*transfer)))?;
                self.remember(row)?;
                if let Some(hold) = hold {
                    let posted: Vec<_> = legs.iter().map(|l| l.amount).collect();
                    self.ended(*hold, HoldState::Posted, |row| {
                        let parts = row.posted.iter().filter(|f| !f.is_zero()).copied();
                        row.transfer == Some(*transfer) && parts.eq(posted.iter().copied())
                    })?;
                }
            }
            Fact::Held { hold, purpose, legs, until } => {
                let same = |h: &&Hold| (h.purpose, &h.legs, h.until) == (*purpose, legs, *until);
                let row = page.holds.get(hold).filter(same).ok_or(missing(Row::Hold(*hold)))?;
                self.holds.insert(*hold, row.clone());
            }
            Fact::Released { hold, how } => self.ended(*hold, *how, |row| row.transfer.is_none())?,
        }
        Ok(())
    }

    fn ended(&mut self, hold: HoldId, how: HoldState, fits: impl FnOnce(&Hold) -> bool) -> Result<(), Fault> {
        let row = self.holds.remove(&hold).filter(|row| row.state == how && fits(row));
        row.map(drop).ok_or(Fault::HoldState(hold))
    }

    fn remember(&mut self, row: &Transfer) -> Result<(), Fault> {
        if row.refunded.iter().zip(&row.legs).any(|(back, leg)| *back > leg.amount) {
            return Err(Fault::Books(Broken::Overrefunded(row.id)));
        }
        let back: i128 = row.refunded.iter().map(|f| i128::from(f.get())).sum();
        if back != 0 {
            self.back.insert(row.id, back);
        }
        if row.corrected {
            self.corrected.insert(row.id);
        }
        Ok(())
    }

    /// The next of the accounts as they are stored.
    pub fn account(&mut self, row: &AccountRow) -> Result<(), Fault> {
        let AccountRow { account, posted, held } = row;
        let told = self.replayed.accounts.get(&account.id).ok_or(Fault::Extra("account"))?;
        if !told.is(account) {
            return Err(Fault::Balance(account.id));
        }
        if (*posted, *held) != (account.posted.get(), account.held.get()) {
            return Err(Fault::Column(account.id));
        }
        *self.sums.entry(account.fund).or_default() += i128::from(account.posted.get());
        self.accounts_seen += 1;
        Ok(())
    }

    /// What can be said once all lines were seen.
    pub fn journal_ended(&mut self) -> Result<(), Fault> {
        let have = self.peaks.size();
        if have < self.end.peaks.size() {
            return Err(Fault::OutOfOrder { line: have });
        }
        self.published()?;
        let mut beyond = None;
        for next in self.heads.by_ref() {
            beyond = Some(next.map_err(|cause| Fault::HeadFile(cause.to_string()))?.head.size);
        }
        if let Some(published) = beyond {
            return Err(Fault::Journal(Tampered::Cut { have, published }));
        }
        if (&self.end.peaks, self.end.last) != (&self.peaks, self.replayed.last) {
            return Err(Fault::End);
        }
        Ok(())
    }

    /// What can be said once everything was seen.
    pub fn finish(self, counts: Counts) -> Result<(), Fault> {
        if let Some((hold, _)) = self.holds.iter().find(|(_, row)| row.state != HoldState::Pending) {
            return Err(Fault::HoldState(*hold));
        }
        let corrected = self.replayed.corrected.keys().copied().collect();
        let back = first_difference(&self.back, &self.replayed.refunded);
        if let Some(transfer) = back.or_else(|| self.corrected.symmetric_difference(&corrected).next().copied()) {
            return Err(Fault::Refunded(transfer));
        }
        if let Some((fund, _)) = self.sums.iter().find(|(_, sum)| **sum != 0) {
            return Err(Fault::Sum(*fund));
        }
        self.counted(counts)
    }

    /// Each row that a line made was found: as many again were made by no line.
    fn counted(&self, counts: Counts) -> Result<(), Fault> {
        let tables = [
            ("hold", counts.holds, self.replayed.holds),
            ("transfer", counts.transfers, self.replayed.transfers),
            ("journal_mention", counts.mentions, self.mentions_seen),
        ];
        if let Some((table, ..)) = tables.into_iter().find(|(_, found, made)| found != made) {
            return Err(Fault::Extra(table));
        }
        let missing = self.replayed.accounts.len() as u64 != self.accounts_seen;
        if missing { Err(Fault::Extra("journal")) } else { Ok(()) }
    }
}

fn first_difference<K: Ord + Copy, V: PartialEq>(one: &BTreeMap<K, V>, other: &BTreeMap<K, V>) -> Option<K> {
    let differs = |a: &BTreeMap<K, V>, b: &BTreeMap<K, V>| {
        a.iter().find(|(key, value)| b.get(key) != Some(*value)).map(|(key, _)| *key)
    };
    differs(one, other).or_else(|| differs(other, one))
}
