//! Three brokers of the tests' own, as one cluster, gone with the program that started them.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use tempfile::TempDir;
use wallet_courier::{Local, Nats, Way as _};

use crate::town::{HERE, Memory, THERE, cells, settled};
use crate::ways::draws_end;

const PATIENCE: Duration = Duration::from_secs(60);

struct Broker {
    port: u16,
    arguments: Vec<String>,
    child: Option<Child>,
}

impl Broker {
    fn start(&mut self) {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "nats-server"]).args(&self.arguments);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.child = Some(child.expect("`cargo xtask setup` installs nats-server"));
        let since = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            assert!(since.elapsed() < PATIENCE, "nats-server does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.kill();
    }
}

struct Brokers {
    all: [Broker; 3],
    _folder: TempDir,
}

impl Brokers {
    fn start() -> Brokers {
        let folder = tempfile::tempdir().unwrap();
        let listeners = [(); 6].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
        let ports = listeners.each_ref().map(|listener| listener.local_addr().unwrap().port());
        drop(listeners);
        let [a, b, c, own @ ..] = ports;
        let routes = own.map(|port| format!("nats://127.0.0.1:{port}")).join(",");
        let broker = |(port, own): (u16, u16)| {
            let mut arguments: Vec<String> =
                ["-a", "127.0.0.1", "-js", "--cluster_name", "anxin"].map(Into::into).into();
            for (name, value) in [
                ("-p", port.to_string()),
                ("-n", format!("broker-{port}")),
                ("-sd", folder.path().join(port.to_string()).display().to_string()),
                ("--cluster", format!("nats://127.0.0.1:{own}")),
                ("--routes", routes.clone()),
            ] {
                arguments.extend([name.to_owned(), value]);
            }
            let mut broker = Broker { port, arguments, child: None };
            broker.start();
            broker
        };
        let [x, y, z] = own;
        Brokers { all: [(a, x), (b, y), (c, z)].map(broker), _folder: folder }
    }

    /// A way through them to each of the cells, once it carries.
    async fn to(&self, cells: &Local<Memory>) -> Nats {
        let hosts = self.all.each_ref().map(|broker| format!("127.0.0.1:{}", broker.port)).join(",");
        let nats = Nats::connect(&format!("nats://{hosts}")).await.unwrap();
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
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_draw_ends_over_nats() {
    let (brokers, cells) = (Brokers::start(), cells());
    let nats = brokers.to(&cells).await;
    draws_end(&cells, &nats, 10).await;
}

/// One of three brokers after the other is killed and comes back, while draws go to and fro.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_draw_ends_while_brokers_are_killed() {
    let (mut brokers, cells) = (Brokers::start(), cells());
    let nats = brokers.to(&cells).await;
    for (at, broker) in brokers.all.iter_mut().enumerate() {
        let first = u128::try_from(at).unwrap() * 10_000;
        for draw in first..first + 100 {
            cells.0[&THERE].desk.begin(draw, HERE, 1);
        }
        cells.0[&THERE].round(&nats, HERE).await.unwrap();
        broker.kill();
        let since = Instant::now();
        let (here, there) = (&cells.0[&HERE], &cells.0[&THERE]);
        loop {
            // What was lost goes again in the next round.
            let done = [there.round(&nats, HERE).await, here.round(&nats, THERE).await];
            if done == [Ok(0), Ok(0)] {
                break;
            }
            assert!(since.elapsed() < PATIENCE, "broker {at}: {done:?}");
        }
        settled(&cells);
        broker.start();
    }
    assert_eq!(cells.0[&HERE].desk.posted(crate::town::PERSON), 100_000 - 300);
}

/// A note that waited while its receiver was away is taken in once, although it was sent again meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waited_with_the_brokers_counts_once() {
    let (brokers, all) = (Brokers::start(), cells());
    let away = brokers.to(&all).await;
    drop(away);
    // Nobody takes notes to a third cell: they wait.
    let nobody = wallet_ledger::CellId(999_999);
    let hosts = format!("nats://127.0.0.1:{}", brokers.all[0].port);
    let nats = Nats::connect(&hosts).await.unwrap();
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
    let (brokers, cells) = (Brokers::start(), cells());
    let _way = brokers.to(&cells).await;
    let client = async_nats::connect(format!("nats://127.0.0.1:{}", brokers.all[0].port)).await.unwrap();
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
