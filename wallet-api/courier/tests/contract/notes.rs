//! What is not from whom it says it is, or not for whom it comes to, changes nothing.

use std::sync::Mutex;

use wallet_courier::{BATCH_MAX, Content, CourierError, Desk as _, Local, Lost, NOTE_MAX, OpenError, Peers, Seal, Way};
use wallet_ledger::{BodyHash, CellId, Letter, Reply, leaf_hash};

use crate::town::{HERE, Memory, THERE, cells};

const STRANGER: CellId = CellId(450_800);

fn seals() -> (Seal, Seal, Peers) {
    let [here, there] = [HERE, THERE].map(|cell| Seal::generate(cell).unwrap().0);
    let mut peers = Peers::default();
    peers.add(THERE, &there.public_pem().unwrap()).unwrap();
    peers.add(HERE, &here.public_pem().unwrap()).unwrap();
    (here, there, peers)
}

async fn letters(count: u128) -> Vec<Letter> {
    let cells = cells();
    let desk = &cells.0[&THERE].desk;
    (0..count).for_each(|draw| desk.begin(draw, HERE, 1));
    desk.letters_to(HERE, 0).await.unwrap()
}

#[tokio::test]
async fn a_note_is_opened_by_whom_it_is_for() {
    let (_, there, peers) = seals();
    let letters = letters(3).await;
    let note = there.note(HERE, Content::Letters(letters.clone())).unwrap();
    let opened = peers.open(HERE, &note).unwrap();
    assert_eq!((opened.from, opened.content), (THERE, Content::Letters(letters)));
    assert_eq!(peers.open(STRANGER, &note), Err(OpenError::Misdirected));
    assert_eq!(Peers::default().open(HERE, &note), Err(OpenError::PeerUnknown));
}

/// Every bit counts: of the signature and of what it is over.
#[tokio::test]
async fn whatever_is_changed_is_found() {
    let (_, there, peers) = seals();
    let note = there.note(HERE, Content::Letters(letters(1).await)).unwrap();
    for at in 0..note.len() {
        let mut changed = note.clone();
        changed[at] ^= 1;
        assert!(peers.open(HERE, &changed).is_err(), "byte {at}");
    }
    for length in [0, 10, 64, note.len() - 1] {
        assert!(peers.open(HERE, &note[..length]).is_err(), "{length} bytes");
    }
    assert_eq!(peers.open(HERE, &vec![0; NOTE_MAX + 1]), Err(OpenError::TooLong));
}

/// A key speaks for its own area: 广西's for nobody in 广东.
#[tokio::test]
async fn a_cell_speaks_for_itself_alone() {
    let (here, there, peers) = seals();
    let letters = letters(1).await;
    // Signed with another's key, though in the right name.
    let (stranger, pem) = Seal::generate(STRANGER).unwrap();
    let forged = Seal::from_pem(THERE, &pem).unwrap().note(HERE, Content::Letters(letters.clone())).unwrap();
    assert_eq!(peers.open(HERE, &forged), Err(OpenError::SignatureWrong));
    let unknown = stranger.note(HERE, Content::Letters(letters.clone())).unwrap();
    assert_eq!(peers.open(HERE, &unknown), Err(OpenError::PeerUnknown));
    // Letters of another cell under one's own name, or to another.
    let foreign = here.note(HERE, Content::Letters(letters.clone())).unwrap();
    assert_eq!(peers.open(HERE, &foreign), Err(OpenError::Foreign));
    let mut elsewhere = letters;
    elsewhere[0].to = STRANGER;
    let elsewhere = there.note(HERE, Content::Letters(elsewhere)).unwrap();
    assert_eq!(peers.open(HERE, &elsewhere), Err(OpenError::Foreign));
}

#[tokio::test]
async fn a_batch_has_so_many_letters_and_no_more() {
    let (_, there, peers) = seals();
    let mut letters = letters(BATCH_MAX as u128).await;
    let full = there.note(HERE, Content::Letters(letters.clone())).unwrap();
    assert!(peers.open(HERE, &full).is_ok());
    letters.push(letters[0].clone());
    let more = there.note(HERE, Content::Letters(letters)).unwrap();
    assert_eq!(peers.open(HERE, &more), Err(OpenError::TooMany));
}

/// Keeps what goes by.
pub struct Tape<'w>(&'w Local<Memory>, Mutex<Vec<Vec<u8>>>);

impl<'w> Tape<'w> {
    pub fn of(cells: &'w Local<Memory>) -> Tape<'w> {
        Tape(cells, Mutex::default())
    }

    pub fn into_notes(self) -> Vec<Vec<u8>> {
        self.1.into_inner().unwrap()
    }
}

impl Way for Tape<'_> {
    async fn send(&self, to: CellId, note: Vec<u8>) -> Result<Vec<u8>, Lost> {
        self.1.lock().unwrap().push(note.clone());
        self.0.send(to, note).await
    }
}

/// Always answers the same.
struct Says(Vec<u8>);

impl Way for Says {
    async fn send(&self, _: CellId, _: Vec<u8>) -> Result<Vec<u8>, Lost> {
        Ok(self.0.clone())
    }
}

#[tokio::test]
async fn who_brings_a_note_again_changes_nothing() {
    let all = cells();
    let (here, there) = (&all.0[&HERE], &all.0[&THERE]);
    there.desk.begin(1, HERE, 10);
    let tape = Tape::of(&all);
    there.round(&tape, HERE, 1).await.unwrap();
    let before = here.desk.books();
    for note in tape.into_notes() {
        all.send(HERE, note).await.unwrap();
    }
    assert_eq!(here.desk.books().pool, before.pool);
}

/// Only the receiver's own word ends a letter.
#[tokio::test]
async fn a_forged_answer_ends_no_letter() {
    let all = cells();
    let there = &all.0[&THERE];
    there.desk.begin(1, HERE, 10);
    let (forger, _) = Seal::generate(HERE).unwrap();
    let forged = forger.note(THERE, Content::Reply(Reply::Ack { received: 1 })).unwrap();
    let answer = there.round(&Says(forged), HERE, 1).await;
    assert_eq!(answer, Err(CourierError::Answer(OpenError::SignatureWrong)));
    assert_eq!(there.desk.letters_to(HERE, 0).await.unwrap().len(), 1, "still under way");
}

/// Only the one who was asked answers, and to what was asked.
#[tokio::test]
async fn an_answer_is_to_the_question_and_of_whom_it_was_asked() {
    let all = cells();
    let there = &all.0[&THERE];
    let question = b"whose?".to_vec();
    let answer = there.ask(&all, HERE, question.clone()).await;
    assert_eq!(answer, Ok(b"450100whose?".to_vec()));
    let earlier = {
        let tape = Tape::of(&all);
        there.ask(&tape, HERE, b"another".to_vec()).await.unwrap();
        let note = tape.into_notes().remove(0);
        all.send(HERE, note).await.unwrap()
    };
    assert_eq!(there.ask(&Says(earlier), HERE, question.clone()).await, Err(CourierError::OutOfPlace));
    let (forger, _) = Seal::generate(HERE).unwrap();
    let to = BodyHash(leaf_hash(&question));
    let forged = forger.note(THERE, Content::Answer { to, body: Vec::new() }).unwrap();
    assert_eq!(there.ask(&Says(forged), HERE, question).await, Err(CourierError::Answer(OpenError::SignatureWrong)));
}

/// Known to everybody, and still each cell's own.
#[test]
fn each_cell_of_a_demonstration_has_its_own_key() {
    let here = Seal::demo(HERE).unwrap();
    assert_eq!(here.public_pem(), Seal::demo(HERE).unwrap().public_pem());
    assert_ne!(here.public_pem(), Seal::demo(THERE).unwrap().public_pem());
}
