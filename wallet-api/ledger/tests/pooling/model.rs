//! Every order of what may happen to draws between cells.
//!
//! What is explored are the books of each cell, changed by [`decide`] and nothing else. Every letter that was ever
//! written may arrive at any time, again and again, before or after any other, or never; so may every reply that was
//! ever given. Time passes the deadline at any moment.
//!
//! A step is one transaction: a program that is killed has done it or not. What a courier remembers of what it sent is
//! not in the state, because any letter may arrive whether or not it does. That nothing hangs on such memory is
//! checked at every state that is reached: all that is on its way is lost, every program is killed and started again
//! with its books alone, and from there, once letters arrive, each draw has to end.

use std::time::Instant;

use stateright::{Checker as _, Model, Property};
use wallet_ledger::{
    AccountId, Books, CellCommand, CellId, Command, Draw, DrawId, DrawOrder, DrawState, Letter, Micros, Outcome, Role,
    TransferId, check, check_positions, decide, draw_transfer,
};

use crate::world::{DEADLINE, GUANGZHOU, GUIGANG, HOSPITAL, NANNING, QUOTA, START, World, clearing, order, under_way};

struct Pools {
    cells: Vec<CellId>,
    books: Vec<Books>,
    /// Draws, and where each is begun.
    orders: Vec<(usize, DrawOrder)>,
    /// Whether draws may be undone, however they stand.
    reversed: bool,
    /// Whether windows are closed meanwhile.
    windows: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    books: Vec<Books>,
    late: bool,
    asked: Vec<CellCommandKey>,
}

/// What a client has asked for already: it has one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum CellCommandKey {
    Begin(usize),
    Reverse(usize),
    Close(usize),
}

#[derive(Clone, Debug, PartialEq)]
enum Action {
    Ask(CellCommandKey),
    Deliver { from: usize, to: usize, number: u64 },
    Reply { from: usize, to: usize, received: u64 },
    Tick { at: usize, draw: DrawId },
    DeadlinePasses,
}

impl Pools {
    fn new(cells: &[CellId], orders: Vec<(usize, DrawOrder)>) -> Pools {
        let mut world = World::of(cells);
        let mut books: Vec<Books> = cells.iter().map(|id| world.at(*id).books.clone()).collect();
        books.iter_mut().for_each(|books| books.last = Micros(0));
        Pools { cells: cells.to_vec(), books, orders, reversed: false, windows: false }
    }

    /// Carries a command out. Clocks show one of two instants, so that states that differ in time alone are one.
    fn ask(&self, books: &mut Books, command: CellCommand, late: bool) -> Outcome {
        let now = if late { DEADLINE } else { START };
        let decision = decide(books, &Command::Cell(Box::new(command)), now);
        books.apply(&decision.plan);
        books.last = Micros(0);
        decision.outcome
    }

    fn command(&self, key: CellCommandKey) -> (usize, CellCommand) {
        match key {
            CellCommandKey::Begin(n) => (self.orders[n].0, CellCommand::Begin(self.orders[n].1.clone())),
            CellCommandKey::Reverse(n) => {
                let (at, order) = &self.orders[n];
                (*at, CellCommand::Reverse { draw: order.draw, id: TransferId(900 + n as u128) })
            }
            CellCommandKey::Close(at) => (at, CellCommand::CloseWindow),
        }
    }

    fn keys(&self) -> Vec<CellCommandKey> {
        let draws = 0..self.orders.len();
        let mut keys: Vec<_> = draws.clone().map(CellCommandKey::Begin).collect();
        keys.extend(draws.filter(|_| self.reversed).map(CellCommandKey::Reverse));
        keys.extend((0..self.cells.len()).filter(|_| self.windows).map(CellCommandKey::Close));
        keys
    }

    fn receive(&self, state: &mut State, letter: Letter) -> u64 {
        let (from, to) = (letter.from, letter.to);
        let late = state.late;
        let books = &mut state.books[self.place(to)];
        self.ask(books, CellCommand::Receive { letter, denied: false }, late);
        books.pool.links[&from].received
    }

    fn place(&self, id: CellId) -> usize {
        self.cells.iter().position(|cell| *cell == id).unwrap()
    }

    /// What becomes of a state once letters arrive: everything that was on its way is lost first.
    fn healed(&self, state: &State) -> State {
        let mut state = State { late: true, ..state.clone() };
        for _ in 0..8 {
            let quiet =
                |books: &Books| books.pool.draws.values().all(|draw| !draw.pending()) && under_way(books).is_empty();
            if state.books.iter().all(quiet) {
                break;
            }
            for at in 0..self.cells.len() {
                let pending = state.books[at].pool.draws.values().filter(|draw| draw.pending());
                for draw in pending.map(|draw| draw.id).collect::<Vec<_>>() {
                    self.ask(&mut state.books[at], CellCommand::Tick { draw }, true);
                }
                for letter in under_way(&state.books[at]) {
                    let peer = letter.to;
                    let received = self.receive(&mut state, letter);
                    self.ask(&mut state.books[at], CellCommand::Acked { peer, received }, true);
                }
            }
        }
        state
    }

    fn draws<'s>(&self, state: &'s State, id: DrawId) -> impl Iterator<Item = (usize, &'s Draw)> {
        state.books.iter().enumerate().filter_map(move |(at, books)| Some((at, books.pool.draws.get(&id)?)))
    }
}

impl Model for Pools {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State { books: self.books.clone(), late: false, asked: Vec::new() }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        actions.extend(self.keys().into_iter().filter(|key| !state.asked.contains(key)).map(Action::Ask));
        if !state.late {
            actions.push(Action::DeadlinePasses);
        }
        for (from, books) in state.books.iter().enumerate() {
            for ((_, number), letter) in &books.pool.outbox {
                let to = self.place(letter.to);
                actions.push(Action::Deliver { from, to, number: *number });
            }
            // An older reply that comes late leaves what it leaves when it comes before the next letter does.
            for (peer, link) in &books.pool.links {
                let to = self.place(*peer);
                let received = state.books[to].pool.links[&self.cells[from]].received;
                if received > link.acked {
                    actions.push(Action::Reply { from: to, to: from, received });
                }
            }
            let pending = books.pool.draws.values().filter(|draw| draw.pending());
            actions.extend(pending.filter(|_| state.late).map(|draw| Action::Tick { at: from, draw: draw.id }));
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        let late = state.late;
        match action {
            Action::Ask(key) => {
                let (at, command) = self.command(key);
                self.ask(&mut state.books[at], command, late);
                state.asked.push(key);
                state.asked.sort_unstable();
            }
            Action::Deliver { from, to, number } => {
                let letter = state.books[from].pool.outbox[&(self.cells[to], number)].clone();
                self.receive(&mut state, letter);
            }
            Action::Reply { from, to, received } => {
                let peer = self.cells[from];
                self.ask(&mut state.books[to], CellCommand::Acked { peer, received }, late);
            }
            Action::Tick { at, draw } => {
                self.ask(&mut state.books[at], CellCommand::Tick { draw }, late);
            }
            Action::DeadlinePasses => state.late = true,
        }
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Pools>> {
        vec![
            Property::always("every cell's books are sound", |_, state: &State| {
                state.books.iter().all(|books| check(books).is_ok() && check_positions(books).is_ok())
            }),
            Property::always("money is conserved", Pools::money_is_conserved),
            Property::always("nobody acts on what was not decided", Pools::nobody_acts_alone),
            Property::always("nobody pays twice", Pools::nobody_pays_twice),
            Property::always("nothing raises an alarm", |_, state: &State| {
                state.books.iter().all(|books| books.pool.alarms.is_empty())
            }),
            Property::always("every draw ends once letters arrive", Pools::every_draw_ends),
            Property::sometimes("a draw is paid everywhere", |model: &Pools, state: &State| {
                let all = |n: usize, (_, order): &(usize, DrawOrder)| {
                    let draws: Vec<_> = model.draws(state, order.draw).collect();
                    let cells = order.parts.len() + 1;
                    n == 0 && draws.len() == cells && draws.iter().all(|(_, draw)| draw.window().is_some())
                };
                model.orders.iter().enumerate().any(|(n, order)| all(n, order))
            }),
            Property::sometimes("a draw is called off after somebody prepared", |model: &Pools, state: &State| {
                let prepared = |draw: &Draw| draw.state == DrawState::Prepared;
                let aborted = |draw: &Draw| draw.state == DrawState::Aborted;
                model.orders.iter().any(|(_, order)| {
                    let draws: Vec<_> = model.draws(state, order.draw).map(|(_, draw)| draw).collect();
                    draws.iter().any(|draw| prepared(draw)) && draws.iter().any(|draw| aborted(draw))
                })
            }),
        ]
    }
}

impl Pools {
    /// What left the payers of a pair of cells and has not arrived is what the one owes that the other already counts.
    fn money_is_conserved(&self, state: &State) -> bool {
        let posted = |at: usize, id: AccountId| state.books[at].accounts[&id].posted.get();
        let everywhere: i64 = (0..self.cells.len()).map(|at| posted(at, QUOTA) + posted(at, HOSPITAL)).sum();
        let between = |at: usize| {
            let peers = self.cells.iter().filter(move |peer| **peer != self.cells[at]);
            peers.map(|peer| posted(at, clearing(*peer))).sum::<i64>()
        };
        let cleared: i64 = (0..self.cells.len()).map(between).sum();
        everywhere + cleared == 600 * self.cells.len() as i64
    }

    /// A participant has paid only what its coordinator decided, and nothing moved for what was called off.
    fn nobody_acts_alone(&self, state: &State) -> bool {
        self.orders.iter().all(|(at, order)| {
            let decided = state.books[*at].pool.draws.get(&order.draw).map(|draw| draw.state);
            self.draws(state, order.draw).all(|(place, draw)| {
                let moved = state.books[place].transfers.contains_key(&draw_transfer(order.draw));
                let agreed = match draw.state {
                    DrawState::Committed { .. } => Some(draw.state) == decided,
                    DrawState::Aborted => decided == Some(DrawState::Aborted),
                    _ => true,
                };
                agreed && moved == matches!(draw.state, DrawState::Committed { .. })
            })
        })
    }

    /// What an account has paid is what its draws are, less what came back; and a hospital has no more than it is due.
    fn nobody_pays_twice(&self, state: &State) -> bool {
        let due = |at: usize| -> i64 {
            let begun = self.orders.iter().filter(|(place, _)| *place == at);
            begun.flat_map(|(_, order)| order.parts.values()).filter_map(|part| part.amount()).map(|f| f.get()).sum()
        };
        state.books.iter().enumerate().all(|(at, books)| {
            let paid = |draw: &Draw| match (&draw.role, draw.window()) {
                (Role::Participant { amount, .. }, Some(_)) => amount.get(),
                _ => 0,
            };
            let spent: i64 = books.pool.draws.values().map(paid).sum();
            let came_back: i64 = books.transfers.values().flat_map(|t| &t.refunded).map(|f| f.get()).sum();
            let hospital = books.accounts[&HOSPITAL].posted.get();
            books.accounts[&QUOTA].posted.get() >= 600 - spent && came_back <= spent + due(at) && hospital <= due(at)
        })
    }

    fn every_draw_ends(&self, state: &State) -> bool {
        let healed = self.healed(state);
        let ended = healed.books.iter().all(|books| books.pool.draws.values().all(|draw| !draw.pending()));
        let quiet = healed.books.iter().all(|books| under_way(books).is_empty());
        let agreed = self.orders.iter().all(|(at, order)| {
            let decided = healed.books[*at].pool.draws.get(&order.draw).and_then(Draw::window);
            self.draws(&healed, order.draw).all(|(_, draw)| draw.window() == decided)
        });
        let pairs = |at: usize, peer: usize| {
            let posted = |at: usize, peer: usize| healed.books[at].accounts[&clearing(self.cells[peer])].posted.get();
            at == peer || posted(at, peer) == -posted(peer, at)
        };
        let even = (0..self.cells.len()).all(|at| (0..self.cells.len()).all(|peer| pairs(at, peer)));
        ended && quiet && agreed && even && healed.books.iter().all(|books| books.pool.alarms.is_empty())
    }
}

/// Explores everything, and holds that it was not little.
#[expect(clippy::print_stderr, reason = "how much was explored is told with --nocapture")]
fn explore(what: &str, model: Pools, at_least: usize) {
    let began = Instant::now();
    let checker = model.checker().threads(2).spawn_bfs().join();
    checker.assert_properties();
    let states = checker.unique_state_count();
    eprintln!("{what}: {states} states in {:.1} s", began.elapsed().as_secs_f64());
    assert!(states >= at_least, "{what}: only {states} states were reached");
}

#[test]
fn two_cells_with_two_draws_one_each_way() {
    let orders = vec![(0, order(1, &[(NANNING, 300)])), (1, order(2, &[(GUANGZHOU, 400)]))];
    explore("two draws, one each way", Pools::new(&[GUANGZHOU, NANNING], orders), 5_000);
}

/// The second asks for more than the first leaves.
#[test]
fn two_cells_with_two_draws_on_one_account() {
    let orders = vec![(1, order(1, &[(GUANGZHOU, 400)])), (1, order(2, &[(GUANGZHOU, 400)]))];
    let model = Pools { reversed: true, ..Pools::new(&[GUANGZHOU, NANNING], orders) };
    explore("two draws on one account", model, 10_000);
}

#[test]
fn three_cells_with_one_draw_that_may_be_undone() {
    let orders = vec![(2, order(1, &[(GUANGZHOU, 200), (GUIGANG, 100)]))];
    let model = Pools { reversed: true, ..Pools::new(&[GUANGZHOU, GUIGANG, NANNING], orders) };
    explore("one draw from two cells", model, 10_000);
}

#[test]
fn windows_that_close_around_a_draw() {
    let orders = vec![(1, order(1, &[(GUANGZHOU, 200)]))];
    let model = Pools { reversed: true, windows: true, ..Pools::new(&[GUANGZHOU, NANNING], orders) };
    explore("windows around a draw", model, 10_000);
}
