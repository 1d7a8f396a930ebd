//! Windows: each claim in one of them, the same on both sides, paid once.

use std::collections::BTreeMap;

use anxin_core::Fen;
use wallet_ledger::{
    AlarmKind, CellCommand, CellId, Command, Difference, DrawId, Fund, Message, Moved, NetError, Obligation, Outcome,
    PaidFrom, Pool, Purpose, Tally, Terms, TransferId, Window, WindowId, WindowState, decide, moved, multilateral,
    pairs, reconcile, statement,
};

use crate::world::{
    CASH, GUANGZHOU, GUIGANG, NANNING, PREPAID, Place, START, World, begin, clearing, fen, letter, order, terms,
    under_way,
};

const CELLS: [CellId; 3] = [GUANGZHOU, GUIGANG, NANNING];

/// 南宁 is owed 200 and 100, and owes 广州 50.
fn traded() -> World {
    let mut world = World::of(&CELLS);
    world.at(NANNING).done(begin(order(1, &[(GUANGZHOU, 200), (GUIGANG, 100)])));
    world.at(GUANGZHOU).done(begin(order(2, &[(NANNING, 50)])));
    world.carry(START);
    world
}

fn close(world: &mut World) {
    CELLS.iter().for_each(|id| world.at(*id).done(CellCommand::CloseWindow));
    world.carry(START);
}

fn state(place: &Place, window: u64) -> WindowState {
    place.books.pool.windows[&WindowId(window)].state
}

fn windows(world: &World, id: u64) -> BTreeMap<CellId, Window> {
    world.0.iter().map(|(cell, place)| (*cell, place.books.pool.windows[&WindowId(id)].clone())).collect()
}

fn settle(peer: CellId, id: u128, paid_from: PaidFrom) -> CellCommand {
    CellCommand::Settle { window: WindowId(1), peer, id: TransferId(id), paid_from, cash: CASH }
}

#[test]
fn a_window_is_closed_once_everybody_has_closed_it_and_heard_so() {
    let mut world = traded();
    let nanning = world.at(NANNING);
    nanning.done(CellCommand::CloseWindow);
    assert_eq!((state(nanning, 1), state(nanning, 2)), (WindowState::Closing, WindowState::Open));
    world.at(GUANGZHOU).done(CellCommand::CloseWindow);
    world.carry(START);
    assert_eq!(state(world.at(NANNING), 1), WindowState::Closing, "贵港 has not closed it");
    world.at(GUIGANG).done(CellCommand::CloseWindow);
    world.carry(START);
    assert!(world.0.values().all(|place| state(place, 1) == WindowState::Closed && place.alarms().is_empty()));
}

/// Who hears of a closing last writes of one area, however many had answered before.
#[test]
fn an_answer_to_a_closing_changes_the_link_that_it_came_by_and_no_other() {
    let mut world = traded();
    CELLS.iter().for_each(|id| world.at(*id).done(CellCommand::CloseWindow));
    let closed = [GUANGZHOU, GUIGANG].map(|from| under_way(&world.at(from).books));
    let to_nanning = closed.into_iter().flatten().filter(|letter| letter.to == NANNING);
    for letter in to_nanning.collect::<Vec<_>>() {
        let pool = planned(&mut world, CellCommand::Receive { letter: letter.clone(), denied: false });
        assert_eq!(pool.links.keys().collect::<Vec<_>>(), [&letter.from]);
        world.receive(&letter, START);
    }
    let received = world.at(NANNING).books.pool.links[&GUANGZHOU].sent;
    let pool = planned(&mut world, CellCommand::Acked { peer: GUANGZHOU, received });
    assert_eq!((pool.links.len(), pool.windows.len()), (1, 0), "贵港 has not said that it knows");
}

/// What a command would change in 南宁.
fn planned(world: &mut World, command: CellCommand) -> Pool {
    let books = &world.at(NANNING).books;
    decide(books, &Command::Cell(Box::new(command)), START.after(books.last)).plan.pool
}

/// What is under way when a window closes is in the next one, on both sides.
#[test]
fn a_draw_is_in_the_window_in_which_it_was_decided() {
    let mut world = World::of(&CELLS);
    world.at(NANNING).done(begin(order(1, &[(GUANGZHOU, 200)])));
    world.at(NANNING).done(CellCommand::CloseWindow);
    world.carry(START);
    for (cell, peer, net) in [(NANNING, GUANGZHOU, -200), (GUANGZHOU, NANNING, 200)] {
        let windows = &world.at(cell).books.pool.windows;
        assert_eq!(windows[&WindowId(2)].net(peer, Fund::Account), Some(fen(net)));
        let first = windows.get(&WindowId(1)).and_then(|window| window.net(peer, Fund::Account));
        assert!(first.is_none_or(Fen::is_zero));
    }
}

#[test]
fn a_late_refund_leaves_the_closed_window_alone() {
    let mut world = traded();
    close(&mut world);
    let before = windows(&world, 1);
    world.at(NANNING).done(CellCommand::Reverse { draw: DrawId(1), id: TransferId(500) });
    world.carry(START);
    assert_eq!(windows(&world, 1), before);
    let second = windows(&world, 2);
    assert_eq!(second[&NANNING].net(GUANGZHOU, Fund::Account), Some(fen(200)), "now 南宁 owes it back");
    assert_eq!(second[&GUANGZHOU].net(NANNING, Fund::Account), Some(fen(-200)));
}

#[test]
fn what_is_claimed_in_a_closed_window_is_told_and_entered_in_the_open_one() {
    let mut world = World::of(&CELLS);
    world.at(NANNING).done(begin(order(1, &[(GUANGZHOU, 200)])));
    let prepare = world.letter(NANNING, GUANGZHOU, 1);
    world.receive(&prepare, START);
    world
        .receive(&letter(NANNING, GUANGZHOU, 2, Message::Closed { window: WindowId(1), sums: BTreeMap::new() }), START);
    let commit = Message::Commit { draw: DrawId(1), window: WindowId(1) };
    world.at(GUANGZHOU).done(CellCommand::CloseWindow);
    world.receive(&letter(NANNING, GUANGZHOU, 3, commit), START);
    let guangzhou = world.at(GUANGZHOU);
    assert_eq!(guangzhou.alarms(), [AlarmKind::WindowDiffers(WindowId(1))]);
    let net = |window| guangzhou.books.pool.windows[&WindowId(window)].net(NANNING, Fund::Account);
    assert_eq!((net(1), net(2)), (Some(Fen::ZERO), Some(fen(200))));
}

#[test]
fn sums_that_are_not_what_was_received_are_told() {
    let mut world = traded();
    let number = world.at(GUANGZHOU).books.pool.links[&NANNING].received + 1;
    let sums = BTreeMap::from([(Fund::Account, Tally { count: 1, amount: fen(201) })]);
    world.receive(&letter(NANNING, GUANGZHOU, number, Message::Closed { window: WindowId(1), sums }), START);
    assert_eq!(world.at(GUANGZHOU).alarms(), [AlarmKind::WindowDiffers(WindowId(1))]);
}

#[test]
fn pairs_net_and_everybody_together_comes_to_nothing() {
    let world = traded();
    let nets = pairs(&windows(&world, 1), Fund::Account).unwrap();
    let told: Vec<_> = nets.iter().map(|net| (net.debtor, net.creditor, net.amount.get())).collect();
    assert_eq!(told, [(GUANGZHOU, NANNING, 150), (GUIGANG, NANNING, 100)]);
    let positions = multilateral(&nets).unwrap();
    assert_eq!(positions, BTreeMap::from([(GUANGZHOU, fen(150)), (GUIGANG, fen(100)), (NANNING, fen(-250))]));
    // Neither side is believed alone.
    let mut forged = windows(&world, 1);
    let claims = &mut forged.get_mut(&NANNING).unwrap().claims;
    claims.get_mut(&(GUIGANG, Fund::Account)).unwrap().amount = fen(101);
    assert_eq!(pairs(&forged, Fund::Account), Err(NetError::Differs(NANNING, GUIGANG)));
    forged.remove(&GUIGANG);
    assert!(pairs(&forged, Fund::Account).is_err(), "a claim on somebody who says nothing");
}

#[test]
fn a_window_is_paid_once_with_each_and_then_settled() {
    let mut world = traded();
    let paid = |world: &mut World, cell, peer, id| world.at(cell).cell(settle(peer, id, PaidFrom::Bank), START);
    assert_eq!(paid(&mut world, NANNING, GUANGZHOU, 900), Outcome::WindowNotClosed);
    close(&mut world);
    for (n, (cell, peer)) in
        [(NANNING, GUANGZHOU), (GUANGZHOU, NANNING), (NANNING, GUIGANG), (GUIGANG, NANNING)].into_iter().enumerate()
    {
        assert_eq!(paid(&mut world, cell, peer, 900 + n as u128), Outcome::Done);
        assert_eq!(world.at(cell).posted(clearing(peer)), 0);
        assert_eq!(paid(&mut world, cell, peer, 950), Outcome::WindowNotClosed, "paid before");
    }
    assert!(world.0.values().all(|place| state(place, 1) == WindowState::Settled));
    let between = |id: CellId| CELLS.iter().filter(move |peer| **peer != id).map(move |peer| (id, *peer));
    let left: i64 = CELLS.into_iter().flat_map(between).map(|(id, peer)| world.at(id).posted(clearing(peer))).sum();
    assert_eq!(left, 0);
    let cash: i64 = CELLS.iter().map(|id| world.at(*id).posted(CASH)).sum();
    assert_eq!(cash, 0, "what is paid in is paid out");
}

#[test]
fn a_window_is_paid_from_the_prepayment_where_that_was_agreed() {
    let mut world = traded();
    let nanning = world.at(NANNING);
    nanning.transfer(800, Purpose::Deposit, CASH, PREPAID, 400);
    close(&mut world);
    let nanning = world.at(NANNING);
    assert_eq!(nanning.cell(settle(GUANGZHOU, 900, PaidFrom::Prepayment), START), Outcome::RouteRefused);
    let prepaid = Some((PREPAID, fen(0)));
    nanning.done(CellCommand::Agree { peer: GUANGZHOU, terms: Terms { prepaid, ..terms(GUANGZHOU) } });
    nanning.done(settle(GUANGZHOU, 901, PaidFrom::Prepayment));
    assert_eq!((nanning.posted(PREPAID), nanning.posted(clearing(GUANGZHOU))), (250, 0));
}

#[test]
fn a_statement_has_each_side_of_each_day() {
    let mut world = traded();
    world.at(NANNING).done(CellCommand::Refund { draw: DrawId(1), id: TransferId(500), amount: fen(120) });
    world.carry(START);
    let nanning = &world.at(NANNING).books.pool.obligations;
    let days = statement(NANNING, nanning.values()).unwrap();
    let of = |peer: CellId| *days.iter().find(|(key, _)| key.peer == peer).unwrap().1;
    let tally = |count, amount| Tally { count, amount: fen(amount) };
    assert_eq!((of(GUANGZHOU).claimed, of(GUANGZHOU).claims_refunded), (tally(1, 200), tally(1, 20)));
    assert_eq!((of(GUIGANG).claims_refunded, of(GUANGZHOU).owed), (tally(1, 100), tally(1, 50)));
    assert!(days.keys().all(|key| key.day == START.business_day() && key.window == WindowId(1)));
}

fn sources(world: &mut World) -> (Moved, Moved, Vec<Obligation>) {
    let creditor = moved(&world.at(NANNING).journal, clearing(GUANGZHOU));
    let debtor = moved(&world.at(GUANGZHOU).journal, clearing(NANNING));
    let window = world.at(NANNING).books.pool.obligations.values();
    (creditor, debtor, window.filter(|o| [o.key.creditor, o.key.debtor].contains(&GUANGZHOU)).copied().collect())
}

/// The claims that 南宁 has on 广州, with a refund and a payment of the window among them.
fn claimed() -> (Moved, Moved, Vec<Obligation>) {
    let mut world = World::of(&CELLS);
    for draw in 1..=5 {
        world.at(NANNING).done(begin(order(draw, &[(GUANGZHOU, 100)])));
    }
    world.carry(START);
    world.at(NANNING).done(CellCommand::Refund { draw: DrawId(1), id: TransferId(500), amount: fen(30) });
    close(&mut world);
    world.at(NANNING).done(settle(GUANGZHOU, 900, PaidFrom::Bank));
    sources(&mut world)
}

#[test]
fn two_journals_and_a_window_that_agree_have_no_differences() {
    let (creditor, debtor, window) = claimed();
    assert_eq!((creditor.len(), debtor.len(), window.len()), (6, 6, 6));
    assert_eq!(reconcile(&creditor, &debtor, &window), []);
}

/// Each planted difference is found, as what it is, and nothing else is; those that cancel out in the totals too.
#[test]
fn every_planted_difference_is_found() {
    let (creditor, debtor, window) = claimed();
    let ids: Vec<TransferId> = debtor.keys().copied().collect();
    for (n, id) in ids.iter().enumerate() {
        let check = |(c, d, w): (&Moved, &Moved, &[Obligation]), kind| {
            let found = reconcile(c, d, w);
            assert_eq!(found.iter().map(|f| (f.transfer, f.difference())).collect::<Vec<_>>(), [(*id, kind)], "{n}");
        };
        let without = |moved: &Moved| moved.iter().filter(|(other, _)| *other != id).map(|(k, v)| (*k, *v)).collect();
        let fewer: Vec<Obligation> = window.iter().filter(|o| o.key.transfer != *id).copied().collect();
        check((&without(&creditor), &debtor, &window), Difference::NotWithCreditor);
        check((&creditor, &without(&debtor), &window), Difference::NotWithDebtor);
        check((&creditor, &debtor, &fewer), Difference::NotInWindow);
        let mut more = debtor.clone();
        *more.get_mut(id).unwrap() += 1;
        check((&creditor, &more, &window), Difference::Amount);
        let mut moved = more;
        let other = ids[(n + 1) % ids.len()];
        *moved.get_mut(&other).unwrap() -= 1;
        assert_eq!(reconcile(&creditor, &moved, &window).len(), 2, "differences that hide in the total");
    }
}
