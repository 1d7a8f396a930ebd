//! A draw's life: what is asked, set aside, decided, and given back.

use wallet_ledger::{
    AlarmKind, CellCommand, Command, DrawId, DrawState, HoldId, Leg, Message, Micros, Outcome, Over, Purpose, Stand,
    Terms, TransferId, WindowId, draw_hold, draw_transfer,
};

use crate::world::{
    CASH, DEADLINE, GUANGZHOU, GUIGANG, HOSPITAL, NANNING, OTHER, PREPAID, QUOTA, SHARER, START, SUSPENSE, World,
    begin, clearing, fen, letter, order, part, terms,
};

const DRAW: u128 = 77;
const FIRST: DrawState = DrawState::Committed { window: WindowId(1) };

fn three() -> World {
    World::of(&[GUANGZHOU, GUIGANG, NANNING])
}

/// A draw of 200 from 广州 and 100 from 贵港 in 南宁, carried to its end.
fn paid() -> World {
    let mut world = three();
    let mut order = order(DRAW, &[(GUANGZHOU, 200), (GUIGANG, 100)]);
    order.own = vec![Leg { from: OTHER, to: HOSPITAL, amount: fen(50) }];
    world.at(NANNING).done(begin(order));
    world.carry(START);
    world
}

fn refund(id: u128, amount: i64) -> CellCommand {
    CellCommand::Refund { draw: DrawId(DRAW), id: TransferId(id), amount: fen(amount) }
}

#[test]
fn what_two_cells_pay_arrives_once_and_is_owed() {
    let mut world = paid();
    assert_eq!([GUANGZHOU, GUIGANG, NANNING].map(|id| world.at(id).state(DRAW)), [Some(FIRST); 3]);
    assert_eq!([GUANGZHOU, GUIGANG].map(|id| world.at(id).posted(QUOTA)), [400, 500]);
    assert_eq!([GUANGZHOU, GUIGANG].map(|id| world.at(id).posted(clearing(NANNING))), [200, 100]);
    let nanning = world.at(NANNING);
    assert_eq!((nanning.posted(HOSPITAL), nanning.posted(OTHER)), (350, 950));
    assert_eq!([GUANGZHOU, GUIGANG].map(|id| nanning.posted(clearing(id))), [-200, -100]);
}

#[test]
fn one_refusal_ends_it_for_everybody() {
    let mut world = three();
    let mut order = order(DRAW, &[(GUANGZHOU, 200), (GUIGANG, 601)]);
    order.own = vec![Leg { from: OTHER, to: HOSPITAL, amount: fen(50) }];
    world.at(NANNING).done(begin(order));
    assert_eq!(world.at(NANNING).held(OTHER), 50);
    world.carry(START);
    let refused = DrawState::Refused(Outcome::InsufficientFunds);
    let states = [GUANGZHOU, GUIGANG, NANNING].map(|id| world.at(id).state(DRAW));
    assert_eq!(states, [Some(DrawState::Aborted), Some(refused), Some(DrawState::Aborted)]);
    assert_eq!([GUANGZHOU, GUIGANG].map(|id| (world.at(id).posted(QUOTA), world.at(id).held(QUOTA))), [(600, 0); 2]);
    assert_eq!((world.at(NANNING).posted(HOSPITAL), world.at(NANNING).held(OTHER)), (0, 0));
}

/// Whoever said that the money is set aside keeps it so, however late it is and whoever asks otherwise.
#[test]
fn what_is_prepared_is_ended_by_the_decision_alone() {
    let mut world = three();
    world.at(NANNING).done(begin(order(DRAW, &[(GUANGZHOU, 200)])));
    let prepare = world.letter(NANNING, GUANGZHOU, 1);
    world.receive(&prepare, START);
    let hold = draw_hold(DrawId(DRAW));
    let year = Micros(START.0 + 400 * 86_400_000_000);
    world.receive(&letter(GUIGANG, GUANGZHOU, 1, Message::Abort { draw: DrawId(DRAW) }), START);
    let guangzhou = world.at(GUANGZHOU);
    assert_eq!(guangzhou.alarms(), [AlarmKind::DecisionContradicts(DrawId(DRAW))], "贵港 does not decide it");
    for command in
        [Command::Expire { hold }, Command::Void { hold }, Command::Post { hold, id: TransferId(9), amounts: None }]
    {
        assert_eq!(guangzhou.ask(&command, year), Outcome::HoldPrepared, "{command:?}");
    }
    assert_eq!(guangzhou.cell(CellCommand::Tick { draw: DrawId(DRAW) }, year), Outcome::Done);
    assert_eq!((guangzhou.state(DRAW), guangzhou.held(QUOTA)), (Some(DrawState::Prepared), 200));
    assert_eq!(world.letter(GUANGZHOU, NANNING, 2).message, Message::Query { draw: DrawId(DRAW) });
    // Asking again before the first question has arrived would only fill the outbox.
    assert_eq!(world.at(GUANGZHOU).cell(CellCommand::Tick { draw: DrawId(DRAW) }, year), Outcome::Done);
    assert_eq!(world.at(GUANGZHOU).books.pool.links[&NANNING].sent, 2);
    world.carry(year);
    assert_eq!(world.at(GUANGZHOU).state(DRAW), Some(DrawState::Aborted), "the vote came after the deadline");
    let never = Command::Hold {
        id: HoldId(5),
        purpose: Purpose::Settle,
        legs: vec![Leg { from: OTHER, to: HOSPITAL, amount: fen(1) }],
        until: Micros::NEVER,
    };
    assert_eq!(world.at(GUANGZHOU).ask(&never, START), Outcome::HoldPrepared, "only a draw has no deadline");
}

#[test]
fn who_has_not_answered_may_refuse_after_the_deadline() {
    let mut world = three();
    world.at(NANNING).done(begin(order(DRAW, &[(GUANGZHOU, 200)])));
    let prepare = world.letter(NANNING, GUANGZHOU, 1);
    world.receive(&prepare, DEADLINE);
    assert_eq!(world.at(GUANGZHOU).state(DRAW), Some(DrawState::Refused(Outcome::DeadlinePassed)));
    world.carry(DEADLINE);
    assert_eq!(world.at(NANNING).state(DRAW), Some(DrawState::Aborted));
}

#[test]
fn the_coordinator_decides_against_a_draw_once_the_deadline_has_passed_and_not_before() {
    let mut world = three();
    world.at(NANNING).done(begin(order(DRAW, &[(GUANGZHOU, 200)])));
    let tick = CellCommand::Tick { draw: DrawId(DRAW) };
    world.at(NANNING).done(tick.clone());
    assert_eq!(world.at(NANNING).state(DRAW), Some(DrawState::Asking));
    assert_eq!(world.at(NANNING).cell(tick, DEADLINE), Outcome::Done);
    assert_eq!(world.at(NANNING).state(DRAW), Some(DrawState::Aborted));
    world.carry(DEADLINE);
    assert_eq!((world.at(GUANGZHOU).posted(QUOTA), world.at(GUANGZHOU).held(QUOTA)), (600, 0));
}

#[test]
fn a_reversal_that_overtakes_what_it_undoes_is_remembered() {
    let mut world = three();
    world.at(NANNING).done(CellCommand::Reverse { draw: DrawId(DRAW), id: TransferId(500) });
    let late = begin(order(DRAW, &[(GUANGZHOU, 200)]));
    assert_eq!(world.at(NANNING).cell(late, START), Outcome::IdTaken);
    // The same between cells.
    let abort = letter(NANNING, GUANGZHOU, 1, Message::Abort { draw: DrawId(DRAW) });
    world.receive(&abort, START);
    let Message::Prepare { .. } = prepare_in(&mut three()) else { panic!("a question") };
    let prepare = letter(NANNING, GUANGZHOU, 2, prepare_in(&mut three()));
    world.receive(&prepare, START);
    let answer = Message::Refused { draw: DrawId(DRAW), outcome: Outcome::DrawAborted };
    assert_eq!(world.letter(GUANGZHOU, NANNING, 1).message, answer);
    assert_eq!(world.at(GUANGZHOU).held(QUOTA), 0);
}

fn prepare_in(world: &mut World) -> Message {
    world.at(NANNING).done(begin(order(DRAW, &[(GUANGZHOU, 200)])));
    world.letter(NANNING, GUANGZHOU, 1).message
}

#[test]
fn a_decision_that_contradicts_is_told_and_not_followed() {
    let mut world = paid();
    let before = world.at(GUANGZHOU).posted(QUOTA);
    let next = world.at(GUANGZHOU).books.pool.links[&NANNING].received + 1;
    let (draw, other) = (DrawId(DRAW), DrawId(78));
    let wrong = [
        (NANNING, next, Message::Abort { draw }, AlarmKind::DecisionContradicts(draw)),
        (NANNING, next + 1, Message::Commit { draw, window: WindowId(2) }, AlarmKind::DecisionContradicts(draw)),
        (
            NANNING,
            next + 2,
            Message::Commit { draw: other, window: WindowId(1) },
            AlarmKind::DecisionContradicts(other),
        ),
        (NANNING, next + 3, Message::State { draw, stand: Stand::Unknown }, AlarmKind::DecisionContradicts(draw)),
        // Another cell than the one that decides.
        (GUIGANG, 1, Message::Abort { draw }, AlarmKind::DecisionContradicts(draw)),
        (GUIGANG, 2, Message::Prepared { draw }, AlarmKind::DecisionContradicts(draw)),
    ];
    for (n, (from, number, message, alarm)) in wrong.into_iter().enumerate() {
        world.receive(&letter(from, GUANGZHOU, number, message), START);
        let alarms = world.at(GUANGZHOU).alarms();
        assert_eq!((alarms.len(), alarms.contains(&alarm)), (n + 1, true));
    }
    assert_eq!((world.at(GUANGZHOU).posted(QUOTA), world.at(GUANGZHOU).state(DRAW)), (before, Some(FIRST)));
    // Nor does the coordinator follow who takes a vote back.
    let next = world.at(NANNING).books.pool.links[&GUANGZHOU].received + 1;
    let refused = Message::Refused { draw, outcome: Outcome::InsufficientFunds };
    world.receive(&letter(GUANGZHOU, NANNING, next, refused), START);
    assert_eq!(world.at(NANNING).alarms(), [AlarmKind::DecisionContradicts(draw)]);
    assert_eq!((world.at(NANNING).state(DRAW), world.at(NANNING).posted(HOSPITAL)), (Some(FIRST), 350));
}

#[test]
fn a_refund_goes_back_the_way_it_came_and_never_more() {
    let mut world = paid();
    // 贵港 comes after 广州 and gets back first.
    world.at(NANNING).done(refund(501, 150));
    world.carry(START);
    assert_eq!([GUANGZHOU, GUIGANG].map(|id| world.at(id).posted(QUOTA)), [450, 600]);
    assert_eq!([GUANGZHOU, GUIGANG].map(|id| world.at(id).posted(clearing(NANNING))), [150, 0]);
    assert_eq!(world.at(NANNING).cell(refund(502, 151), START), Outcome::RefundExceedsPaid);
    world.at(NANNING).done(refund(503, 150));
    world.carry(START);
    assert_eq!([GUANGZHOU, GUIGANG].map(|id| world.at(id).posted(QUOTA)), [600, 600]);
    assert_eq!(world.at(NANNING).posted(HOSPITAL), 50, "what 南宁's own account paid is refunded by itself");
    assert!(world.0.values().all(|place| place.alarms().is_empty()));
}

#[test]
fn a_reversal_gives_everything_back_once() {
    let mut world = paid();
    world.at(NANNING).done(refund(501, 30));
    for id in [502, 503] {
        world.at(NANNING).done(CellCommand::Reverse { draw: DrawId(DRAW), id: TransferId(id) });
        world.carry(START);
    }
    assert_eq!([GUANGZHOU, GUIGANG].map(|id| world.at(id).posted(QUOTA)), [600, 600]);
    assert_eq!((world.at(NANNING).posted(HOSPITAL), world.at(NANNING).posted(OTHER)), (0, 1_000));
    assert!(world.0.values().all(|place| place.alarms().is_empty()));
}

#[test]
fn either_side_of_a_draw_is_refunded_by_the_draw_alone() {
    let mut world = paid();
    let of = draw_transfer(DrawId(DRAW));
    for place in [GUANGZHOU, NANNING] {
        let refund = Command::Refund { id: TransferId(600), of, amount: fen(1) };
        assert_eq!(world.at(place).ask(&refund, START), Outcome::NotRefundable);
        let correct = Command::Correct { id: TransferId(600), of, reason: 1 };
        assert_eq!(world.at(place).ask(&correct, START), Outcome::NotRefundable);
    }
    let again = begin(order(DRAW, &[(GUANGZHOU, 1)]));
    assert_eq!(world.at(NANNING).cell(again, START), Outcome::IdTaken);
}

#[test]
fn what_comes_back_to_nobody_waits_in_suspense() {
    let mut world = paid();
    let guangzhou = world.at(GUANGZHOU);
    assert_eq!(guangzhou.ask(&Command::Dissolve { quota: QUOTA, id: TransferId(700) }, START), Outcome::Done);
    guangzhou.transfer(701, Purpose::Settle, SHARER, HOSPITAL, 800);
    assert_eq!(guangzhou.ask(&Command::Close { account: SHARER }, START), Outcome::Done);
    world.at(NANNING).done(CellCommand::Reverse { draw: DrawId(DRAW), id: TransferId(502) });
    world.carry(START);
    assert_eq!((world.at(GUANGZHOU).posted(SUSPENSE), world.at(GUANGZHOU).posted(clearing(NANNING))), (200, 0));
}

#[test]
fn a_dissolved_quota_pays_for_what_it_was_asked_for() {
    let mut world = three();
    world.at(NANNING).done(begin(order(DRAW, &[(GUANGZHOU, 200)])));
    let prepare = world.letter(NANNING, GUANGZHOU, 1);
    world.receive(&prepare, START);
    let dissolve = Command::Dissolve { quota: QUOTA, id: TransferId(700) };
    assert_eq!(world.at(GUANGZHOU).ask(&dissolve, START), Outcome::Done);
    assert_eq!(world.at(GUANGZHOU).ask(&Command::Close { account: clearing(NANNING) }, START), Outcome::NotEmpty);
    world.carry(START);
    assert_eq!((world.at(GUANGZHOU).posted(SHARER), world.at(NANNING).posted(HOSPITAL)), (800, 200));
}

#[test]
fn nobody_draws_from_an_account_that_the_patient_has_no_right_to() {
    let mut world = three();
    world.at(NANNING).done(begin(order(DRAW, &[(GUANGZHOU, 200)])));
    let asked = CellCommand::Receive { letter: world.letter(NANNING, GUANGZHOU, 1), denied: true };
    world.at(GUANGZHOU).done(asked);
    let unknown = DrawState::Refused(Outcome::AccountUnknown);
    assert_eq!(world.at(GUANGZHOU).state(DRAW), Some(unknown), "as if it were not there");
}

#[test]
fn an_area_that_is_not_open_is_not_asked_and_does_not_give() {
    let mut world = three();
    let shut = |peer| CellCommand::Agree { peer, terms: Terms { open: false, ..terms(peer) } };
    world.at(NANNING).done(shut(GUIGANG));
    let ask = |cell| begin(order(DRAW, &[(cell, 200)]));
    assert_eq!(world.at(NANNING).cell(ask(GUIGANG), START), Outcome::CellClosed);
    world.at(GUANGZHOU).done(shut(NANNING));
    world.at(NANNING).done(ask(GUANGZHOU));
    world.carry(START);
    assert_eq!(world.at(GUANGZHOU).state(DRAW), Some(DrawState::Refused(Outcome::CellClosed)));
    assert_eq!(World::of(&[NANNING]).at(NANNING).cell(ask(GUANGZHOU), START), Outcome::CellUnknown);
}

/// 净借记限额 at the debtor: what is held counts as owed.
#[test]
fn more_than_the_agreed_debt_is_refused_or_told() {
    for (over, state, alarms) in [(Over::Refuse, DrawState::Refused(Outcome::OverNetDebit), 0), (Over::Alarm, FIRST, 1)]
    {
        let mut world = three();
        let terms = Terms { cap: Some(fen(300)), over, ..terms(NANNING) };
        world.at(GUANGZHOU).done(CellCommand::Agree { peer: NANNING, terms });
        for (draw, amount) in [(1, 200), (2, 100), (3, 1)] {
            world.at(NANNING).done(begin(order(draw, &[(GUANGZHOU, amount)])));
        }
        world.carry(START);
        let guangzhou = world.at(GUANGZHOU);
        assert_eq!([1, 2, 3].map(|draw| guangzhou.state(draw)), [Some(FIRST), Some(FIRST), Some(state)]);
        assert_eq!(guangzhou.alarms(), vec![AlarmKind::OverNetDebit; alarms]);
    }
}

/// 预付金 at the creditor: what is asked for counts as owed.
#[test]
fn a_prepayment_has_a_floor() {
    for (over, outcome, alarms) in [(Over::Refuse, Outcome::BelowFloor, 0), (Over::Alarm, Outcome::Done, 1)] {
        let mut world = three();
        let nanning = world.at(NANNING);
        nanning.transfer(800, Purpose::Deposit, CASH, PREPAID, 400);
        let terms = Terms { prepaid: Some((PREPAID, fen(100))), over, ..terms(GUANGZHOU) };
        nanning.done(CellCommand::Agree { peer: GUANGZHOU, terms });
        nanning.done(begin(order(1, &[(GUANGZHOU, 200)])));
        world.carry(START);
        let nanning = world.at(NANNING);
        nanning.done(begin(order(2, &[(GUANGZHOU, 100)])));
        assert_eq!(nanning.cell(begin(order(3, &[(GUANGZHOU, 1)])), START), outcome);
        assert_eq!(nanning.alarms(), vec![AlarmKind::BelowFloor; alarms]);
    }
}

#[test]
fn an_order_that_makes_no_sense_is_refused() {
    let mut world = three();
    let good = order(DRAW, &[(GUANGZHOU, 200)]);
    let mut late = good.clone();
    late.until = START;
    let mut free = good.clone();
    free.parts.insert(GUANGZHOU, part(&[(QUOTA, 0)]));
    let mut empty = good.clone();
    empty.parts.insert(GUANGZHOU, part(&[]));
    let mut elsewhere = good.clone();
    elsewhere.parts.get_mut(&GUANGZHOU).unwrap().to = OTHER;
    let mut short = good.clone();
    short.own = vec![Leg { from: OTHER, to: HOSPITAL, amount: fen(1_001) }];
    let orders = [
        (late, Outcome::DeadlinePassed),
        (free, Outcome::AmountNotPositive),
        (empty, Outcome::NoLegs),
        (order(DRAW, &[]), Outcome::NoLegs),
        (elsewhere, Outcome::RouteRefused),
        (short, Outcome::InsufficientFunds),
    ];
    for (order, outcome) in orders {
        let said = format!("{order:?}");
        assert_eq!(world.at(NANNING).cell(begin(order), START), outcome, "{said}");
    }
    assert!(world.at(NANNING).books.pool.draws.is_empty());
}
