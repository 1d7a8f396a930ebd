//! Letters out and in: each is taken in once, in the order in which it was written.

use crate::decide::Work;
use crate::id::DrawId;
use crate::outcome::Outcome;
use crate::pooling::alarm::{Alarm, AlarmKind};
use crate::pooling::draw::{Draw, Vote};
use crate::pooling::link::Link;
use crate::pooling::message::{Letter, Message, Stand};
use crate::pooling::participate::Ask;
use crate::pooling::pool::{Cell, CellId};

/// What the sender of a letter is told once the receiver's books are durable. It is not a letter itself: it can be
/// lost, repeated and overtaken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Reply {
    /// Everything up to here is taken in.
    Ack { received: u64 },
    /// The same, and what came was further on: send again from the next.
    Resync { received: u64 },
}

impl Reply {
    pub fn received(self) -> u64 {
        let (Reply::Ack { received } | Reply::Resync { received }) = self;
        received
    }
}

/// The reply to a letter, by what the link says once it was received.
pub fn reply(number: u64, link: &Link) -> Reply {
    let received = link.received;
    if number > received { Reply::Resync { received } } else { Reply::Ack { received } }
}

impl Work<'_> {
    pub fn cell(&self) -> Result<&Cell, Outcome> {
        self.plan.pool.cell.as_ref().or(self.books.pool.cell.as_ref()).ok_or(Outcome::CellUnknown)
    }

    pub fn link(&mut self, peer: CellId) -> Result<&mut Link, Outcome> {
        if !self.plan.pool.links.contains_key(&peer) {
            let link = self.books.pool.links.get(&peer).ok_or(Outcome::CellUnknown)?;
            self.plan.pool.links.insert(peer, link.clone());
        }
        self.plan.pool.links.get_mut(&peer).ok_or(Outcome::CellUnknown)
    }

    /// The same, only to look at.
    pub fn linked(&self, peer: CellId) -> Option<&Link> {
        self.plan.pool.links.get(&peer).or_else(|| self.books.pool.links.get(&peer))
    }

    pub fn draw(&self, id: DrawId) -> Option<Draw> {
        self.plan.pool.draws.get(&id).or_else(|| self.books.pool.draws.get(&id)).cloned()
    }

    pub fn keep(&mut self, draw: Draw) {
        self.plan.pool.draws.insert(draw.id, draw);
    }

    /// Writes a letter, and gives its number.
    pub fn send(&mut self, to: CellId, message: Message) -> Result<u64, Outcome> {
        let from = self.cell()?.id;
        let link = self.link(to)?;
        link.sent = link.sent.checked_add(1).ok_or(Outcome::Overflow)?;
        let number = link.sent;
        self.plan.pool.outbox.insert((to, number), Letter { from, to, number, message });
        Ok(number)
    }

    pub fn alarm(&mut self, peer: CellId, kind: AlarmKind) {
        let alarm = Alarm { peer, letter: self.letter, kind, at: self.instant() };
        self.plan.pool.alarms.insert((peer, self.letter, kind), alarm);
    }

    pub fn receive(&mut self, letter: &Letter, denied: bool) -> Result<(), Outcome> {
        let Letter { from, to, number, .. } = *letter;
        if self.cell()?.id != to {
            return Err(Outcome::LetterMisdirected);
        }
        let received = self.link(from)?.received;
        self.letter = number;
        if number <= received {
            if self.books.pool.inbox.get(&(from, number)) != Some(&letter.hash()) {
                self.alarm(from, AlarmKind::LetterChanged);
            }
            return Ok(());
        }
        // What comes too early is not kept: the reply asks for what is missing, and it comes again after that.
        if number != received.saturating_add(1) {
            return Ok(());
        }
        self.take_in(letter, denied)?;
        self.link(from)?.received = number;
        self.plan.pool.inbox.insert((from, number), letter.hash());
        Ok(())
    }

    fn take_in(&mut self, letter: &Letter, denied: bool) -> Result<(), Outcome> {
        let from = letter.from;
        match &letter.message {
            Message::Prepare { draw, until, fund, payers, .. } => {
                let ask = Ask { draw: *draw, until: *until, fund: *fund, payers };
                self.prepare(from, &ask, denied)
            }
            Message::Prepared { draw } => self.voted(from, *draw, Vote::Prepared),
            Message::Refused { draw, outcome } => self.voted(from, *draw, Vote::Refused(*outcome)),
            Message::Commit { draw, window } => self.told_commit(from, *draw, *window),
            Message::Abort { draw } => self.told_abort(from, *draw),
            Message::Query { draw } => self.queried(from, *draw),
            Message::State { draw, stand } => match stand {
                Stand::Committed { window } => self.told_commit(from, *draw, *window),
                Stand::Aborted => self.told_abort(from, *draw),
                Stand::Undecided => self.told_undecided(from, *draw),
                Stand::Unknown => {
                    self.alarm(from, AlarmKind::DecisionContradicts(*draw));
                    Ok(())
                }
            },
            Message::Reverse { draw, id, amount, window } => self.given_back(from, *draw, *id, *amount, *window, true),
            Message::Refund { draw, id, amount, window } => self.given_back(from, *draw, *id, *amount, *window, false),
            Message::Closed { window, sums } => self.peer_closed(from, *window, sums),
        }
    }

    /// Letters up to here are done, and never fewer than before.
    pub fn acked(&mut self, peer: CellId, received: u64) -> Result<(), Outcome> {
        let link = self.link(peer)?;
        if received > link.sent {
            return Err(Outcome::LetterUnknown);
        }
        link.acked = link.acked.max(received);
        self.close_windows_that_can()
    }
}
