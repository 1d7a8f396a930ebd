//! Letters: each once, in order, whatever the way does to them.

use wallet_ledger::{AlarmKind, CellCommand, DrawId, DrawState, Message, Outcome, Reply};

use crate::world::{DEADLINE, GUANGZHOU, GUIGANG, NANNING, QUOTA, START, World, begin, order};

/// Three questions on their way from 南宁 to 广州.
fn asked() -> World {
    let mut world = World::of(&[GUANGZHOU, NANNING]);
    for draw in [1, 2, 3] {
        world.at(NANNING).done(begin(order(draw, &[(GUANGZHOU, 100)])));
    }
    world
}

#[test]
fn a_letter_counts_once_however_often_it_comes() {
    let mut world = asked();
    let first = world.letter(NANNING, GUANGZHOU, 1);
    for _ in 0..5 {
        assert_eq!(world.receive(&first, START), Reply::Ack { received: 1 });
    }
    let guangzhou = world.at(GUANGZHOU);
    assert_eq!((guangzhou.held(QUOTA), guangzhou.books.pool.links[&NANNING].sent), (100, 1));
    assert!(guangzhou.alarms().is_empty());
}

#[test]
fn what_comes_too_early_waits_for_what_is_missing() {
    let mut world = asked();
    let [first, second, third] = [1, 2, 3].map(|number| world.letter(NANNING, GUANGZHOU, number));
    assert_eq!(world.receive(&third, START), Reply::Resync { received: 0 });
    assert_eq!(world.at(GUANGZHOU).held(QUOTA), 0);
    assert_eq!(world.receive(&first, START), Reply::Ack { received: 1 });
    assert_eq!(world.receive(&third, START), Reply::Resync { received: 1 });
    assert_eq!(world.receive(&second, START), Reply::Ack { received: 2 });
    assert_eq!(world.receive(&third, START), Reply::Ack { received: 3 });
    assert_eq!(world.at(GUANGZHOU).held(QUOTA), 300);
}

#[test]
fn the_same_number_with_another_letter_is_told_and_not_followed() {
    let mut world = asked();
    let first = world.letter(NANNING, GUANGZHOU, 1);
    world.receive(&first, START);
    let mut other = first.clone();
    other.message = Message::Abort { draw: DrawId(1) };
    for _ in 0..3 {
        assert_eq!(world.receive(&other, START), Reply::Ack { received: 1 });
    }
    let guangzhou = world.at(GUANGZHOU);
    assert_eq!((guangzhou.held(QUOTA), guangzhou.state(1)), (100, Some(DrawState::Prepared)));
    assert_eq!(guangzhou.alarms(), [AlarmKind::LetterChanged], "once");
}

#[test]
fn the_same_question_under_another_number_is_told_and_not_answered() {
    let mut world = asked();
    world.carry(START);
    let mut again = world.letter(NANNING, GUANGZHOU, 1);
    again.number = world.at(GUANGZHOU).books.pool.links[&NANNING].received + 1;
    let sent = world.at(GUANGZHOU).books.pool.links[&NANNING].sent;
    world.receive(&again, START);
    let guangzhou = world.at(GUANGZHOU);
    assert_eq!((guangzhou.posted(QUOTA), guangzhou.books.pool.links[&NANNING].sent), (300, sent));
    assert_eq!(guangzhou.alarms(), [AlarmKind::DrawRepeated(DrawId(1))]);
}

#[test]
fn a_letter_for_somebody_else_or_from_nobody_is_not_taken() {
    let mut world = asked();
    let letter = world.letter(NANNING, GUANGZHOU, 1);
    let mut misdirected = letter.clone();
    misdirected.to = GUIGANG;
    let mut unknown = letter;
    unknown.from = GUIGANG;
    for (letter, outcome) in [(misdirected, Outcome::LetterMisdirected), (unknown, Outcome::CellUnknown)] {
        let before = world.at(GUANGZHOU).books.clone();
        let asked = CellCommand::Receive { letter, denied: false };
        assert_eq!(world.at(GUANGZHOU).cell(asked, START), outcome);
        assert_eq!(world.at(GUANGZHOU).books, before);
    }
}

/// Only the receiver's own word ends a letter, and an old word takes nothing back.
#[test]
fn letters_are_under_way_until_they_are_acknowledged() {
    let mut world = asked();
    let nanning = world.at(NANNING);
    let left = |place: &crate::world::Place| place.books.pool.under_way(GUANGZHOU).count();
    assert_eq!(left(nanning), 3);
    for (received, count) in [(2, 1), (1, 1), (3, 0), (0, 0)] {
        nanning.done(CellCommand::Acked { peer: GUANGZHOU, received });
        assert_eq!(left(nanning), count);
    }
    let more = CellCommand::Acked { peer: GUANGZHOU, received: 4 };
    assert_eq!(nanning.cell(more, DEADLINE), Outcome::LetterUnknown);
}
