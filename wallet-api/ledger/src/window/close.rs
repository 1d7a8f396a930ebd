//! A window's life in the books of one cell.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::Fen;

use crate::account::{Account, AccountKind, Fund};
use crate::command::Leg;
use crate::decide::Work;
use crate::id::{AccountId, TransferId};
use crate::outcome::Outcome;
use crate::pooling::{AlarmKind, Cell, CellId, Message};
use crate::route::Purpose;
use crate::window::{Claim, Obligation, ObligationKey, PaidFrom, Tally, Window, WindowId, WindowState};

impl Tally {
    fn add(&mut self, amount: Fen) -> Result<(), Outcome> {
        self.count = self.count.saturating_add(1);
        self.amount = self.amount.checked_add(amount).ok_or(Outcome::Overflow)?;
        Ok(())
    }
}

impl Window {
    fn new(id: WindowId) -> Window {
        Window { id, ..Window::default() }
    }

    /// What the cell owes another in it; below zero, the other owes the cell.
    pub fn net(&self, peer: CellId, fund: Fund) -> Option<Fen> {
        let sum = |side: &BTreeMap<(CellId, Fund), Tally>| side.get(&(peer, fund)).map_or(Fen::ZERO, |t| t.amount);
        sum(&self.debts).checked_sub(sum(&self.claims))
    }

    /// With whom there is anything in it.
    pub fn peers(&self) -> BTreeSet<(CellId, Fund)> {
        self.claims.keys().chain(self.debts.keys()).copied().collect()
    }
}

impl Work<'_> {
    fn window(&mut self, id: WindowId) -> &mut Window {
        let known = self.books.pool.windows.get(&id);
        self.plan.pool.windows.entry(id).or_insert_with(|| known.cloned().unwrap_or_else(|| Window::new(id)))
    }

    /// Enters a claim in a window. Where the creditor has closed that window, it is told and entered in the open one.
    pub fn owe(&mut self, id: WindowId, transfer: TransferId, claim: Claim, amount: Fen) -> Result<(), Outcome> {
        let Cell { id: here, window: open, .. } = *self.cell()?;
        let Claim { creditor, debtor, draw, fund } = claim;
        let shut = creditor != here && self.window(id).heard.contains(&creditor);
        if shut {
            self.alarm(creditor, AlarmKind::WindowDiffers(id));
        }
        let id = if shut { open } else { id };
        let window = self.window(id);
        let (side, peer) = if creditor == here { (&mut window.claims, debtor) } else { (&mut window.debts, creditor) };
        side.entry((peer, fund)).or_default().add(amount)?;
        let key = ObligationKey { window: id, creditor, debtor, transfer };
        let at = self.now;
        self.plan.pool.obligations.insert(key, Obligation { key, draw, fund, amount, at });
        Ok(())
    }

    pub fn owe_less(&mut self, id: WindowId, transfer: TransferId, claim: Claim, amount: Fen) -> Result<(), Outcome> {
        let less = Fen::ZERO.checked_sub(amount).ok_or(Outcome::Overflow)?;
        self.owe(id, transfer, claim, less)
    }

    /// Claims go to the next window; every other cell is told what it owes in this one.
    pub fn close_window(&mut self) -> Result<(), Outcome> {
        let cell = self.cell()?.clone();
        let mut sums: BTreeMap<CellId, BTreeMap<Fund, Tally>> = BTreeMap::new();
        for ((debtor, fund), tally) in &self.window(cell.window).claims {
            sums.entry(*debtor).or_default().insert(*fund, *tally);
        }
        let peers: Vec<CellId> = self.books.pool.links.keys().copied().collect();
        for peer in peers {
            let sums = sums.remove(&peer).unwrap_or_default();
            let number = self.send(peer, Message::Closed { window: cell.window, sums })?;
            self.window(cell.window).told.insert(peer, number);
        }
        self.window(cell.window).state = WindowState::Closing;
        let next = WindowId(cell.window.0.saturating_add(1));
        self.window(next);
        self.plan.pool.cell = Some(Cell { window: next, ..cell });
        self.close_windows_that_can()
    }

    /// Another cell has closed a window: what it says it is owed is held against what was received.
    pub fn peer_closed(&mut self, peer: CellId, id: WindowId, sums: &BTreeMap<Fund, Tally>) -> Result<(), Outcome> {
        let window = self.window(id);
        let own = window.debts.iter().filter(|((creditor, _), _)| *creditor == peer);
        let own: BTreeMap<Fund, Tally> = own.map(|((_, fund), tally)| (*fund, *tally)).collect();
        window.heard.insert(peer);
        if own != *sums {
            self.alarm(peer, AlarmKind::WindowDiffers(id));
        }
        self.close_windows_that_can()
    }

    /// A closing window is closed once everybody has heard so and said so.
    pub fn close_windows_that_can(&mut self) -> Result<(), Outcome> {
        let (before, now) = (self.books.pool.windows.keys(), self.plan.pool.windows.keys());
        let ids: BTreeSet<WindowId> = before.chain(now).copied().collect();
        for id in ids {
            if self.everybody_agrees(id) {
                self.window(id).state = WindowState::Closed;
            }
        }
        Ok(())
    }

    /// Of a window that is closing. It and all links are looked at where they are: what is taken into the plan is written.
    fn everybody_agrees(&self, id: WindowId) -> bool {
        let window = self.plan.pool.windows.get(&id).or_else(|| self.books.pool.windows.get(&id));
        window.filter(|window| window.state == WindowState::Closing).is_some_and(|window| {
            window.told.iter().all(|(peer, letter)| {
                window.heard.contains(peer) && self.linked(*peer).is_some_and(|link| link.acked >= *letter)
            })
        })
    }

    /// Books that the net amounts of a closed window with one cell were paid.
    pub fn settle_window(
        &mut self,
        id: WindowId,
        peer: CellId,
        transfer: TransferId,
        paid_from: PaidFrom,
        cash: AccountId,
    ) -> Result<(), Outcome> {
        let window = self.books.pool.windows.get(&id).ok_or(Outcome::WindowUnknown)?.clone();
        let Account { kind, fund, .. } = *self.account(cash)?;
        if kind != AccountKind::Cash {
            return Err(Outcome::RouteRefused);
        }
        if window.state != WindowState::Closed || window.paid.contains(&(peer, fund)) {
            return Err(Outcome::WindowNotClosed);
        }
        let link = self.link(peer)?.clone();
        let net = window.net(peer, fund).ok_or(Outcome::Overflow)?;
        let clearing = link.clearing(fund).ok_or(Outcome::CellClosed)?;
        let payer = match (paid_from, link.terms.prepaid) {
            (PaidFrom::Prepayment, Some((prepaid, _))) => prepaid,
            (PaidFrom::Prepayment, None) => return Err(Outcome::RouteRefused),
            (PaidFrom::Bank, _) => cash,
        };
        let owed = net.above(Fen::ZERO);
        let claimed = Fen::ZERO.above(net);
        let leg = match (owed.is_zero(), claimed.is_zero()) {
            (false, _) => Some(Leg { from: clearing, to: cash, amount: owed }),
            (_, false) => Some(Leg { from: payer, to: clearing, amount: claimed }),
            (true, true) => None,
        };
        if let Some(leg) = leg {
            self.transfer(transfer, Purpose::Net, &[leg])?;
        }
        let window = self.window(id);
        window.paid.insert((peer, fund));
        if window.peers().is_subset(&window.paid) {
            window.state = WindowState::Settled;
        }
        Ok(())
    }
}
