//! One round to a peer, and what is done with what a peer brings.

use std::future::Future;

use futures_util::future::join;
use wallet_ledger::{BodyHash, CellId, Letter, Reply, leaf_hash};

use crate::seal::{Content, KeyError, OpenError, Peers, Seal};

/// Most letters of one note. It is one transaction of the receiver, whose cost is shared by all of them.
pub const BATCH_MAX: usize = 256;

/// Notes to one peer in a round, so that one with much to take does not keep the others waiting.
pub const NOTES: usize = 16;

/// The books did not take it: it is tried again later.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DeskError(pub String);

/// Nobody knows whether it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the peer did not answer")]
pub struct Lost;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CourierError {
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error(transparent)]
    Lost(#[from] Lost),
    #[error(transparent)]
    Key(#[from] KeyError),
    /// What came back is not a reply of the peer's.
    #[error("the answer is {0}")]
    Answer(#[from] OpenError),
    #[error("a reply came where letters do, or the other way round")]
    OutOfPlace,
}

/// A cell's books, as far as letters go. What it answers is durable.
pub trait Desk: Send + Sync {
    /// The first letters to a peer after a number that it has not taken in, at most [`BATCH_MAX`], in their order.
    fn letters_to(&self, peer: CellId, after: u64) -> impl Future<Output = Result<Vec<Letter>, DeskError>> + Send;
    /// Takes letters of a peer in, and says how far it has them now.
    fn receive(&self, peer: CellId, letters: Vec<Letter>) -> impl Future<Output = Result<Reply, DeskError>> + Send;
    fn acked(&self, peer: CellId, received: u64) -> impl Future<Output = Result<(), DeskError>> + Send;
    /// Answers what a peer wants to know before it writes. It may be asked any number of times.
    fn answer(&self, peer: CellId, question: &[u8]) -> impl Future<Output = Result<Vec<u8>, DeskError>> + Send;
}

/// How notes get to a cell and its answer back.
pub trait Way: Send + Sync {
    fn send(&self, to: CellId, note: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, Lost>> + Send;
}

#[derive(Clone, Debug)]
pub struct Courier<D> {
    pub desk: D,
    seal: Seal,
    peers: Peers,
}

impl<D: Desk> Courier<D> {
    pub fn new(desk: D, seal: Seal, peers: Peers) -> Courier<D> {
        Courier { desk, seal, peers }
    }

    pub fn cell(&self) -> CellId {
        self.seal.cell
    }

    /// Takes what is under way to a peer there, in at most so many notes; gives how many letters that were. While a
    /// note is on its way, the answer to the one before is put in the books.
    pub async fn round<W: Way>(&self, way: &W, peer: CellId, notes: usize) -> Result<usize, CourierError> {
        let (mut count, mut received) = (0, None);
        for _ in 0..notes {
            let letters = self.desk.letters_to(peer, received.unwrap_or_default()).await?;
            if letters.is_empty() {
                break;
            }
            count += letters.len();
            let (answer, booked) = join(self.bring(way, peer, letters), self.book(peer, received)).await;
            booked?;
            received = Some(answer?.received());
        }
        self.book(peer, received).await?;
        Ok(count)
    }

    async fn bring<W: Way>(&self, way: &W, peer: CellId, letters: Vec<Letter>) -> Result<Reply, CourierError> {
        let note = self.seal.note(peer, Content::Letters(letters))?;
        let answer = self.peers.open(self.cell(), &way.send(peer, note).await?)?;
        match answer.content {
            // Another cell's word about its own letters does not count for this one's.
            Content::Reply(reply) if answer.from == peer => Ok(reply),
            _ => Err(CourierError::OutOfPlace),
        }
    }

    async fn book(&self, peer: CellId, received: Option<u64>) -> Result<(), CourierError> {
        match received {
            Some(received) => Ok(self.desk.acked(peer, received).await?),
            None => Ok(()),
        }
    }

    /// Takes in what somebody brought, and gives the answer to it.
    pub async fn take(&self, note: &[u8]) -> Result<Vec<u8>, CourierError> {
        let note = self.peers.open(self.cell(), note)?;
        let answer = match note.content {
            Content::Letters(letters) => Content::Reply(self.desk.receive(note.from, letters).await?),
            Content::Question(question) => {
                let body = self.desk.answer(note.from, &question).await?;
                Content::Answer { to: BodyHash(leaf_hash(&question)), body }
            }
            Content::Reply(_) | Content::Answer { .. } => return Err(CourierError::OutOfPlace),
        };
        Ok(self.seal.note(note.from, answer)?)
    }

    /// Asks a peer, and gives its own answer to this very question.
    pub async fn ask<W: Way>(&self, way: &W, peer: CellId, question: Vec<u8>) -> Result<Vec<u8>, CourierError> {
        let asked = BodyHash(leaf_hash(&question));
        let note = self.seal.note(peer, Content::Question(question))?;
        let answer = self.peers.open(self.cell(), &way.send(peer, note).await?)?;
        match answer.content {
            Content::Answer { to, body } if answer.from == peer && to == asked => Ok(body),
            _ => Err(CourierError::OutOfPlace),
        }
    }
}
