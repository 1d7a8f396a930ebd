//! Three brokers of the tests' own.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anxin_brokers::Brokers;
use futures_util::StreamExt as _;
use wallet_courier::{Local, Nats, Way as _};

use crate::town::{HERE, Memory, THERE, cells, settled};
use crate::ways::draws_end;

const PATIENCE: Duration = Duration::from_secs(60);

/// A way through brokers to each of the cells, once it carries.
async fn through(brokers: &Brokers, cells: &Local<Memory>) -> Nats {
    let nats = Nats::connect(&brokers.url()).await.unwrap();
    for (cell, courier) in &cells.0 {
        let (nats, cell, courier) = (nats.clone(), *cell, Arc::clone(courier));
        tokio::spawn(async move {
            nats.serve(cell, |note| {
                let courier = Arc::clone(&courier);
                async move { courier.take(&note).await }
            })
            .await;
        });
    }
    let since = Instant::now();
    for (from, to) in [(HERE, THERE), (THERE, HERE)] {
        while cells.0[&from].ask(&nats, to, b"there?".to_vec()).await.is_err() {
            assert!(since.elapsed() < PATIENCE, "the brokers carry nothing");
        }
    }
    nats
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_draw_ends_over_nats() {
    let (brokers, cells) = (Brokers::start().unwrap(), cells());
    let nats = through(&brokers, &cells).await;
    draws_end(&cells, &nats, 10).await;
}

/// One of three brokers after the other is killed and comes back, while draws go to and fro.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_draw_ends_while_brokers_are_killed() {
    let (mut brokers, cells) = (Brokers::start().unwrap(), cells());
    let nats = through(&brokers, &cells).await;
    for (at, broker) in brokers.all.iter_mut().enumerate() {
        let first = u128::try_from(at).unwrap() * 10_000;
        for draw in first..first + 100 {
            cells.0[&THERE].desk.begin(draw, HERE, 1);
        }
        cells.0[&THERE].round(&nats, HERE, 1).await.unwrap();
        broker.kill();
        let since = Instant::now();
        let (here, there) = (&cells.0[&HERE], &cells.0[&THERE]);
        loop {
            // What was lost goes again in the next round.
            let done = [there.round(&nats, HERE, 1).await, here.round(&nats, THERE, 1).await];
            if done == [Ok(0), Ok(0)] {
                break;
            }
            assert!(since.elapsed() < PATIENCE, "broker {at}: {done:?}");
        }
        settled(&cells);
        broker.start().unwrap();
    }
    assert_eq!(cells.0[&HERE].desk.posted(crate::town::PERSON), 100_000 - 300);
}

/// A note that waited while its receiver was away is taken in once, although it was sent again meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waited_with_the_brokers_counts_once() {
    let (brokers, all) = (Brokers::start().unwrap(), cells());
    let away = through(&brokers, &all).await;
    drop(away);
    // Nobody takes notes to a third cell: they wait.
    let nobody = wallet_ledger::CellId(999_999);
    let nats = Nats::connect(&brokers.all[0].url()).await.unwrap();
    assert!(nats.send(nobody, b"hello".to_vec()).await.is_err());
    assert!(nats.send(nobody, b"hello".to_vec()).await.is_err());
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        let take = |note: Vec<u8>| {
            tell.send(note).unwrap();
            async { Ok(Vec::new()) }
        };
        nats.serve(nobody, take).await;
    });
    for _ in 0..2 {
        assert_eq!(told.recv().await, Some(b"hello".to_vec()));
    }
    assert!(tokio::time::timeout(Duration::from_secs(2), told.recv()).await.is_err(), "taken in a second time");
}

/// Who writes a note does not have its receiver write wherever it likes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_goes_to_an_inbox_and_nowhere_else() {
    let (brokers, cells) = (Brokers::start().unwrap(), cells());
    let _way = through(&brokers, &cells).await;
    let client = async_nats::connect(brokers.all[0].url()).await.unwrap();
    let mut elsewhere = client.subscribe("anxin.elsewhere").await.unwrap();
    let mut inbox = client.subscribe("_INBOX.test").await.unwrap();
    let tape = crate::notes::Tape::of(&cells);
    cells.0[&THERE].ask(&tape, HERE, b"whose?".to_vec()).await.unwrap();
    let note = tape.into_notes().remove(0);
    for to in ["anxin.elsewhere", "_INBOX.test"] {
        let mut headers = async_nats::HeaderMap::new();
        headers.insert("Anxin-Answer-To", to);
        let subject = format!("anxin.notes.{HERE}");
        client.publish_with_headers(subject, headers, note.clone().into()).await.unwrap();
    }
    assert!(tokio::time::timeout(PATIENCE, inbox.next()).await.unwrap().is_some());
    let wrong = tokio::time::timeout(Duration::from_secs(1), elsewhere.next()).await;
    assert!(wrong.is_err(), "answered where the note said");
}
