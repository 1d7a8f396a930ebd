//! What holds of every store.

use std::sync::Arc;

use anxin_core::Fen;
use wallet_ledger::{AccountId, AccountKind, BodyHash, Command, HoldId, Micros, Outcome, OwnerId, Purpose, TransferId};
use wallet_store::{Actor, Answer, Asked, Denied, Person, StoreError, first_fault};

use crate::Any;
use crate::town::{CASH, Dial, HOSPITAL, PEOPLE, START, asked, fen, founding, hold, leg, person, settle, transfer};

const KEYS: &str = "old 000102030405060708090a0b0c0d0e0f";

pub async fn town(store: &Any, people: u128, each: i64) {
    let committed = store.commit(1, &founding(people, each)).await.unwrap();
    assert!(committed.answers.iter().all(|a| a.outcome() == Some(Outcome::Done)), "{:?}", committed.answers);
}

/// The store agrees with its own journal, and nobody has more or less than is said.
async fn sound(store: &Any) {
    assert_eq!(first_fault(&store.whole().await, &[]).unwrap(), None);
}

pub async fn posted(store: &Any, n: u128) -> Fen {
    store.account(person(n)).await.unwrap().posted
}

pub async fn a_request_is_done_once(store: Any, _: Dial) {
    town(&store, 1, 1000).await;
    let pay = settle("pay", 9, person(0), 300);
    // Twice in one batch, and again in another.
    let first = store.commit(2, &[pay.clone(), pay.clone()]).await.unwrap();
    let again = store.commit(3, std::slice::from_ref(&pay)).await.unwrap();
    let replays: Vec<bool> = first.answers.iter().chain(&again.answers).map(replayed).collect();
    assert_eq!(replays, [false, true, true]);
    assert_eq!(posted(&store, 0).await, fen(700));
    assert_eq!(again.head, first.head, "a replay writes nothing");
    let mut other = pay;
    other.request.body = BodyHash([9; 32]);
    assert_eq!(store.commit(4, &[other]).await.unwrap().answers, [Answer::Conflict]);
    sound(&store).await;
}

fn replayed(answer: &Answer) -> bool {
    assert_eq!(answer.outcome(), Some(Outcome::Done));
    matches!(answer, Answer::Decided { replayed: true, .. })
}

pub async fn who_asks_gives_what_is_their_own(store: Any, _: Dial) {
    town(&store, 2, 1000).await;
    let before = store.whole().await;
    let by = |actor, key: &str| Asked { by: Some(actor), ..settle(key, 9, person(0), 300) };
    let other = Actor::Resident(OwnerId(PEOPLE + 1));
    let all = [by(other, "other"), by(Actor::Area, "area"), by(Actor::Auditor, "auditor")];
    let answers = store.commit(2, &all).await.unwrap().answers;
    let (theirs, allowed) = (Answer::Denied(Denied::NotTheirs), Answer::Denied(Denied::NotAllowed));
    assert_eq!(answers, [theirs, allowed.clone(), allowed]);
    assert_eq!(store.whole().await, before);
    // A key that was asked with in vain is not spent.
    let own = store.commit(3, &[by(Actor::Resident(OwnerId(PEOPLE)), "other")]).await.unwrap();
    assert_eq!(own.answers[0].outcome(), Some(Outcome::Done));
    assert_eq!(posted(&store, 0).await, fen(700));
    sound(&store).await;
}

pub async fn nobody_asks_in_the_name_of_the_dead(store: Any, _: Dial) {
    // Stores without people know of nobody's death.
    let Some(desk) = store.desk(KEYS) else { return };
    town(&store, 2, 1000).await;
    let by = |n: u128, key: &str| Asked {
        by: Some(Actor::Resident(OwnerId(PEOPLE + n))),
        ..settle(key, 90 + n, person(n), 300)
    };
    for (n, died) in [(0, Some("2026-11-01")), (1, None)] {
        desk.put_person(&known(PEOPLE + n, died)).await.unwrap();
    }
    let answers = store.commit(2, &[by(0, "dead"), by(1, "alive")]).await.unwrap().answers;
    assert_eq!(answers[0], Answer::Denied(Denied::Died));
    assert_eq!(answers[1].outcome(), Some(Outcome::Done));
    assert_eq!((posted(&store, 0).await, posted(&store, 1).await), (fen(1000), fen(700)));
    sound(&store).await;
}

fn known(n: u128, died: Option<&str>) -> Person {
    let (area, cover) = ("440100".into(), "employee".into());
    let lookup = [u8::try_from(n).unwrap(); 32];
    let lookup_key = String::new();
    Person {
        owner: OwnerId(n),
        lookup,
        lookup_key,
        area,
        cover,
        born: None,
        without_phone: false,
        died: died.map(Into::into),
    }
}

pub async fn each_request_sees_those_before_it(store: Any, _: Dial) {
    town(&store, 1, 1000).await;
    let batch: Vec<_> = (0..5).map(|n| settle(&format!("pay-{n}"), n + 10, person(0), 300)).collect();
    let answers = store.commit(2, &batch).await.unwrap().answers;
    let outcomes: Vec<_> = answers.iter().filter_map(Answer::outcome).collect();
    let short = Outcome::InsufficientFunds;
    assert_eq!(outcomes, [Outcome::Done, Outcome::Done, Outcome::Done, short, short]);
    let Some(Answer::Decided { accounts, entries, .. }) = answers.get(2) else { panic!("{answers:?}") };
    let balance = |id| accounts.iter().find(|a| a.id == id).map(|a| a.posted);
    assert_eq!((balance(person(0)), balance(HOSPITAL)), (Some(fen(100)), Some(fen(900))));
    assert_eq!(entries.len(), 1);
    sound(&store).await;
}

pub async fn a_refusal_changes_nothing_and_is_kept(store: Any, _: Dial) {
    town(&store, 2, 100).await;
    let before = store.whole().await;
    let pay = settle("pay", 9, person(0), 300);
    let refused = store.commit(2, std::slice::from_ref(&pay)).await.unwrap();
    assert_eq!(refused.answers[0].outcome(), Some(Outcome::InsufficientFunds));
    let after = store.whole().await;
    assert_eq!((&after.books, &after.lines), (&before.books, &before.lines));
    // There is enough now, and the same request still says what it said.
    let credit = founding(1, 900).pop().unwrap();
    let mut credit = asked("more", credit.command);
    if let Command::Transfer { id, .. } = &mut credit.command {
        *id = TransferId(77);
    }
    let answers = store.commit(3, &[credit, pay]).await.unwrap().answers;
    let outcomes: Vec<_> = answers.iter().filter_map(Answer::outcome).collect();
    assert_eq!(outcomes, [Outcome::Done, Outcome::InsufficientFunds]);
    sound(&store).await;
}

pub async fn an_institution_is_paid_less_what_it_was_paid_before(store: Any, _: Dial) {
    town(&store, 1, 1000).await;
    let (advance, fund) = (AccountId(50), AccountId(51));
    let open = |id: AccountId, kind| {
        let owner = wallet_ledger::OwnerId(0);
        let open = wallet_ledger::OpenAccount { id, kind, fund: wallet_ledger::Fund::Account, owner, parent: None };
        asked(&format!("open-{}", id.0), Command::Open(open))
    };
    let pay_out = |key: &str, id, legs| transfer(key, id, Purpose::PayOut, legs);
    let batch = [
        open(advance, AccountKind::Advance),
        open(fund, AccountKind::PooledFund),
        pay_out("advance", 8, vec![leg(advance, CASH, 500)]),
        settle("pay", 9, person(0), 300),
        pay_out("batch", 10, vec![leg(HOSPITAL, CASH, 190), leg(HOSPITAL, fund, 10), leg(HOSPITAL, advance, 100)]),
        pay_out("more", 11, vec![leg(HOSPITAL, advance, 1)]),
    ];
    let answers = store.commit(2, &batch).await.unwrap().answers;
    let outcomes: Vec<_> = answers.iter().filter_map(Answer::outcome).collect();
    assert_eq!(outcomes[..5], [Outcome::Done; 5]);
    assert_eq!(outcomes[5], Outcome::InsufficientFunds);
    let mut left = Vec::new();
    for id in [HOSPITAL, CASH, fund, advance] {
        left.push(store.account(id).await.unwrap().posted.get());
    }
    assert_eq!(left, [0, 690, 10, -400]);
    sound(&store).await;
}

pub async fn a_hold_is_posted_until_its_deadline_and_not_after(store: Any, dial: Dial) {
    town(&store, 4, 1000).await;
    let until = START.plus(60_000_000);
    let post = |n: u128| {
        asked(&format!("post-{n}"), Command::Post { hold: HoldId(n), id: TransferId(500 + n), amounts: None })
    };
    let expire = |n: u128| asked(&format!("expire-{n}"), Command::Expire { hold: HoldId(n) });
    let holds: Vec<_> = (0..4).map(|n| hold(&format!("hold-{n}"), n, person(n), 400, until)).collect();
    store.commit(2, &holds).await.unwrap();
    assert_eq!(store.account(person(0)).await.unwrap().available(), fen(600));
    let outcome = async |batch: u128, request| {
        let committed = store.commit(batch, &[request]).await.unwrap();
        committed.answers[0].outcome().unwrap()
    };
    dial.set(Micros(until.0 - 1));
    assert_eq!(store.due(Micros(until.0 - 1)).await, []);
    assert_eq!(outcome(3, expire(0)).await, Outcome::HoldNotDue, "the sweep came a microsecond early");
    dial.set(Micros(until.0 - 1));
    assert_eq!(outcome(4, post(0)).await, Outcome::Done, "a microsecond before");
    dial.set(until);
    assert_eq!(outcome(5, post(1)).await, Outcome::HoldExpired, "at the deadline, before the sweep");
    let due = store.due(until).await;
    assert_eq!(due.iter().map(|h| h.id.0).collect::<Vec<_>>(), [1, 2, 3]);
    dial.set(Micros(until.0 + 10));
    assert_eq!(outcome(6, post(2)).await, Outcome::HoldExpired, "after it, before the sweep");
    for n in 1..4 {
        assert_eq!(outcome(6 + n, expire(n)).await, Outcome::Done);
    }
    let late = asked("late", Command::Post { hold: HoldId(3), id: TransferId(900), amounts: None });
    assert_eq!(outcome(20, late).await, Outcome::HoldExpired, "after the sweep");
    assert_eq!((posted(&store, 0).await, posted(&store, 3).await), (fen(600), fen(1000)));
    assert_eq!(store.due(Micros(until.0 + 10)).await, []);
    sound(&store).await;
}

pub async fn statements_page_backwards(store: Any, _: Dial) {
    town(&store, 2, 1000).await;
    let batch: Vec<_> = (0..7).map(|n| settle(&format!("pay-{n}"), n + 10, person(0), 10)).collect();
    store.commit(2, &batch).await.unwrap();
    let first = store.statement(person(0), u64::MAX, 4).await;
    let rest = store.statement(person(0), first[3], 100).await;
    assert_eq!((first.len(), rest.len()), (4, 5), "seven settlements, the credit and the opening");
    assert!(first.iter().chain(&rest).is_sorted_by(|a, b| a > b));
    assert_eq!(store.statement(person(1), u64::MAX, 100).await.len(), 2, "of nobody else");
}

/// However many accounts a line speaks of, it stands in the statement of each of them, once and in its place.
pub async fn a_line_stands_in_every_statement_that_it_speaks_of(store: Any, _: Dial) {
    town(&store, 5, 1000).await;
    let all = |n: u128, givers: &[u128]| {
        let legs = givers.iter().map(|giver| leg(person(*giver), HOSPITAL, 10)).collect();
        transfer(&format!("pay-{n}"), 10 + n, Purpose::Settle, legs)
    };
    let batch = [all(0, &[0, 1, 2, 3, 4]), all(1, &[4]), all(2, &[2, 4]), all(3, &[0, 4, 1])];
    let answers = store.commit(2, &batch).await.unwrap().answers;
    assert!(answers.iter().all(|answer| answer.outcome() == Some(Outcome::Done)), "{answers:?}");
    // Three accounts of the area's and five people were opened, and five credited, before line 13.
    assert_eq!(store.statement(HOSPITAL, u64::MAX, 100).await, [16, 15, 14, 13, 2]);
    assert_eq!(store.statement(person(4), u64::MAX, 100).await, [16, 15, 14, 13, 12, 7]);
    assert_eq!(store.statement(person(2), u64::MAX, 100).await, [15, 13, 10, 5]);
    assert_eq!(store.statement(person(4), u64::MAX, 3).await, [16, 15, 14]);
    assert_eq!(store.statement(person(4), 14, 2).await, [13, 12], "where one page ends the next begins");
    sound(&store).await;
}

pub async fn batches_at_once_are_in_one_order(store: Any, _: Dial) {
    town(&store, 8, 1000).await;
    let store = Arc::new(store);
    let tasks = (0..8_u128).map(|task| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for turn in 0..10_u128 {
                let id = 10_000 + task * 100 + turn;
                let requests = [
                    settle(&format!("own-{id}"), id * 2, person(task), 10),
                    settle(&format!("same-{id}"), id * 2 + 1, person(0), 5),
                ];
                // Another may hold the lock for longer than a store waits: the same batch again. Nothing else goes wrong.
                while let Err(cause) = store.commit(id, &requests).await {
                    assert!(matches!(cause, StoreError::Again(_)), "{cause}");
                }
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(posted(&store, 0).await, fen(1000 - 8 * 10 * 5 - 10 * 10));
    assert_eq!(posted(&store, 5).await, fen(900));
    sound(&store).await;
}

pub async fn time_never_stands_still(store: Any, dial: Dial) {
    town(&store, 1, 1000).await;
    dial.set(Micros(START.0 - 1_000_000));
    let batch: Vec<_> = (0..5).map(|n| settle(&format!("pay-{n}"), n + 10, person(0), 10)).collect();
    store.commit(2, &batch).await.unwrap();
    let times: Vec<i64> = store.whole().await.lines.iter().map(|line| line.at).collect();
    assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
    assert!(times.iter().all(|at| *at >= START.0), "the clock went back");
}

pub async fn a_batch_is_found_by_its_id(store: Any, _: Dial) {
    town(&store, 1, 1000).await;
    assert!(store.has(1).await);
    assert!(!store.has(2).await);
    assert!(store.commit(2, &[settle("pay", 9, person(0), 0)]).await.is_ok());
    assert!(store.has(2).await, "a refusal is stored as well");
}

pub async fn the_journal_is_not_changed(store: Any, _: Dial) {
    town(&store, 2, 1000).await;
    let changes = ["UPDATE journal SET at = at + 1", "DELETE FROM journal WHERE number = 3"];
    for sql in changes {
        let refused = match &store {
            Any::Memory(_) => continue,
            Any::Sqlite(_, folder) => crate::cluster::run_sqlite(&folder.path().join("books.db"), sql).await.is_err(),
            Any::Postgres(_) => crate::cluster::run_postgres(&store, sql).await.is_err(),
        };
        assert!(refused, "{sql}");
    }
    sound(&store).await;
}
