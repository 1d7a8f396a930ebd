//! What holds of every store when somebody looks after it.

use wallet_ledger::{Command, HoldId, Micros, Outcome, TransferId};
use wallet_store::{HeadKey, LEASE, Signed, Withheld, Writer, first_fault, sign, sweep};

use crate::Any;
use crate::each;
use crate::rules::{posted, town};
use crate::town::{Dial, START, asked, fen, hold, person, settle};

/// A writer beside a store, with ids for its batches.
fn writer(store: &Any) -> Writer {
    let mut batch = 1_000;
    let ids = move || {
        batch += 1;
        batch
    };
    each!(store, store => Writer::start(std::sync::Arc::clone(store), ids))
}

async fn swept(store: &Any, writer: &Writer) -> usize {
    each!(store, store => sweep(&**store, writer).await.unwrap())
}

async fn signed(store: &Any, key: &HeadKey, exported: Option<&wallet_store::SignedHead>) -> Result<Signed, Withheld> {
    each!(store, store => sign(&**store, key, exported).await)
}

pub async fn a_hold_is_posted_or_swept_by_the_microsecond(store: Any, dial: Dial) {
    town(&store, 6, 1000).await;
    let until = START.plus(60_000_000);
    let holds: Vec<_> = (0..6).map(|n| hold(&format!("hold-{n}"), n, person(n), 400, until)).collect();
    store.commit(2, &holds).await.unwrap();
    let writer = writer(&store);
    let post = async |n: u128| {
        let request =
            asked(&format!("post-{n}"), Command::Post { hold: HoldId(n), id: TransferId(500 + n), amounts: None });
        writer.ask(vec![request]).await.unwrap()[0].outcome().unwrap()
    };
    dial.set(Micros(until.0 - 1));
    assert_eq!(swept(&store, &writer).await, 0, "a microsecond before, nothing is due");
    assert_eq!(post(0).await, Outcome::Done, "a microsecond before");
    dial.set(until);
    assert_eq!(post(1).await, Outcome::HoldExpired, "at the deadline, before the sweep");
    dial.set(Micros(until.0 + 1));
    assert_eq!(post(2).await, Outcome::HoldExpired, "a microsecond after, before the sweep");
    assert_eq!(swept(&store, &writer).await, 5);
    assert_eq!(swept(&store, &writer).await, 0, "a sweep leaves nothing for the next");
    dial.set(Micros(until.0 - 1));
    assert_eq!(post(3).await, Outcome::HoldExpired, "after the sweep, by a clock that was put back");
    dial.set(until);
    assert_eq!(post(4).await, Outcome::HoldExpired, "at the deadline, after the sweep");
    dial.set(Micros(until.0 + 1));
    assert_eq!(post(5).await, Outcome::HoldExpired, "a microsecond after, after the sweep");
    for n in 0..6 {
        let account = store.account(person(n)).await.unwrap();
        assert_eq!((account.posted, account.held), (fen(if n == 0 { 600 } else { 1000 }), fen(0)), "person {n}");
    }
    assert_eq!(first_fault(&store.whole().await, &[]).unwrap(), None);
}

pub async fn one_keeper_at_a_time(store: Any, dial: Dial) {
    let lease = async |name: &str, holder: u128| each!(&store, store => wallet_store::Upkeep::lease(&**store, name, holder).await.unwrap());
    assert!(lease("keeper", 1).await);
    assert!(!lease("keeper", 2).await, "the other has it");
    assert!(lease("other", 2).await, "under another name it is free");
    dial.set(START.plus(LEASE - 1));
    assert!(!lease("keeper", 2).await, "a microsecond is left");
    assert!(lease("keeper", 1).await, "it is prolonged");
    dial.set(START.plus(2 * LEASE - 2));
    assert!(!lease("keeper", 2).await);
    dial.set(START.plus(2 * LEASE - 1));
    assert!(lease("keeper", 2).await, "who was killed has it no longer");
    assert!(!lease("keeper", 1).await, "and does not get it back");
}

pub async fn a_head_is_signed_once_and_nothing_against_it(store: Any, dial: Dial) {
    town(&store, 3, 1000).await;
    let key = HeadKey::demo().unwrap();
    let Signed::Head(first) = signed(&store, &key, None).await.unwrap() else { panic!("not signed") };
    let whole = store.whole().await;
    assert_eq!((first.head, first.at), (whole.end.peaks.head(), START));
    assert!(key.public().signed(&first));
    assert_eq!(signed(&store, &key, None).await.unwrap(), Signed::Already);
    store.commit(2, &[settle("pay", 9, person(0), 10)]).await.unwrap();
    dial.set(START.plus(1_000_000));
    let Signed::Head(second) = signed(&store, &key, Some(&first)).await.unwrap() else { panic!("not signed") };
    assert_eq!((second.head.size, second.at), (first.head.size + 1, START.plus(1_000_000)));
    let kept = each!(&store, store => wallet_store::Upkeep::heads_after(&**store, 0, 10).await.unwrap());
    assert_eq!(kept, [first, second]);
    // An old backup: the file knows more than the database.
    let later =
        key.sign(second.shard, wallet_ledger::Head { size: second.head.size + 5, root: [1; 32] }, START).unwrap();
    let cut = signed(&store, &key, Some(&later)).await;
    assert!(
        matches!(cut, Err(Withheld::Cut { have, signed }) if (have, signed) == (second.head.size, later.head.size))
    );
    // Another history under the same number of lines.
    let other = key.sign(second.shard, wallet_ledger::Head { root: [1; 32], ..second.head }, START).unwrap();
    store.commit(3, &[settle("more", 10, person(0), 10)]).await.unwrap();
    assert!(matches!(signed(&store, &key, Some(&later)).await, Err(Withheld::Cut { .. })));
    let size = second.head.size + 1;
    let longer = key.sign(second.shard, wallet_ledger::Head { size, ..other.head }, START).unwrap();
    let rewritten = signed(&store, &key, Some(&longer)).await;
    assert!(matches!(rewritten, Err(Withheld::Rewritten { signed }) if signed == size));
    assert_eq!(posted(&store, 0).await, fen(980));
}
