//! The program that is killed: many clients, who write down what they ask before they ask it and what was
//! acknowledged once it was.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;
use wallet_ledger::{Limits, Outcome};
use wallet_store::{Clock, Database, Refused, Writer};

use crate::town::{person, settle};

pub const PEOPLE: u128 = 8;
const CLIENTS: usize = 8;
/// How it ends when the books take nothing in any more.
pub const HALTED: i32 = 7;

/// What was asked, and what was acknowledged.
#[derive(Default)]
pub struct Log {
    pub asked: BTreeSet<u64>,
    pub acknowledged: BTreeSet<u64>,
}

impl Log {
    pub fn read(path: &Path) -> Log {
        let mut log = Log::default();
        let text = fs::read_to_string(path).unwrap_or_default();
        for line in text.lines() {
            match line.split_once(' ') {
                Some(("ask", id)) => log.asked.insert(id.parse().unwrap()),
                Some(("ack", id)) => log.acknowledged.insert(id.parse().unwrap()),
                _ => panic!("{line}"),
            };
        }
        log
    }
}

/// A file in which lines outlive the program: each is one write.
struct Pen(Mutex<File>);

impl Pen {
    async fn write(&self, what: &str, id: u64) {
        self.0.lock().await.write_all(format!("{what} {id}\n").as_bytes()).unwrap();
    }
}

pub async fn run(url: &str, path: &Path) {
    let log = Log::read(path);
    let open: Vec<u64> = log.asked.difference(&log.acknowledged).copied().collect();
    let next = Arc::new(AtomicU64::new(log.asked.last().map_or(0, |last| last + 1)));
    let pen = Arc::new(Pen(Mutex::new(OpenOptions::new().create(true).append(true).open(path).unwrap())));
    let limits = Limits::default();
    let ids = {
        let mut batch = u128::from(std::process::id()) << 64;
        move || {
            batch += 1;
            batch
        }
    };
    // What the last program was killed over is asked again, under the same keys.
    let writer = match Database::open(url, 7, limits, Clock::Own).await.unwrap() {
        Database::Sqlite(store) => Writer::start(store, ids),
        Database::Postgres(store) => Writer::start(store, ids),
    };
    let clients = (0..CLIENTS).map(|client| {
        let again: Vec<u64> = open.iter().copied().skip(client).step_by(CLIENTS).collect();
        let (writer, pen, next) = (writer.clone(), Arc::clone(&pen), Arc::clone(&next));
        tokio::spawn(async move {
            for id in again {
                pay(&writer, &pen, id).await;
            }
            while !writer.is_halted() {
                let id = next.fetch_add(1, Ordering::Relaxed);
                pen.write("ask", id).await;
                pay(&writer, &pen, id).await;
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
}

#[expect(clippy::print_stderr, reason = "the test reads why it ended")]
async fn pay(writer: &Writer, pen: &Pen, id: u64) {
    let request = settle(&format!("pay-{id}"), u128::from(id), person(u128::from(id) % PEOPLE), 1);
    loop {
        match writer.ask(vec![request.clone()]).await {
            Ok(answers) => {
                assert_eq!(answers[0].outcome(), Some(Outcome::Done));
                return pen.write("ack", id).await;
            }
            Err(Refused::Halted(cause)) => {
                assert!(writer.is_halted());
                eprintln!("{cause}");
                std::process::exit(HALTED);
            }
            Err(Refused::Busy | Refused::Unclear) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}
