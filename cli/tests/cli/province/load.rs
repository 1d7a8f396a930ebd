use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::{Client, Ground, HOSPITAL, PATIENCE};

const CLIENTS: usize = 2;

/// A bill that is settled under a key; `None` where another came between.
pub type Work = fn(&mut Client, &str) -> Option<Bill>;

/// A bill of the father's: its order, and what the son pays of it.
#[derive(Clone, Debug)]
pub struct Bill {
    pub order: String,
    pub of_son: i64,
}

/// Clients who do one thing after the other until they are told to stop.
pub struct Load {
    stop: Arc<AtomicBool>,
    settled: Arc<AtomicUsize>,
    bills: Arc<Mutex<Vec<Bill>>>,
    clients: Vec<thread::JoinHandle<()>>,
}

impl Load {
    /// Each client settles one bill after the other by `work`, which is given a key of its own for each.
    pub fn start(ground: &Ground, work: Work) -> Load {
        let (stop, settled) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        let bills = Arc::<Mutex<Vec<Bill>>>::default();
        let client = |client: usize| {
            let (stop, settled, bills) = (Arc::clone(&stop), Arc::clone(&settled), Arc::clone(&bills));
            let mut asks = ground.client(HOSPITAL);
            thread::spawn(move || {
                for n in 0.. {
                    if stop.load(Ordering::SeqCst) {
                        return;
                    }
                    let Some(bill) = work(&mut asks, &format!("bill-{client}-{n}")) else { continue };
                    bills.lock().unwrap().push(bill);
                    settled.fetch_add(1, Ordering::SeqCst);
                }
            })
        };
        let clients = (0..CLIENTS).map(client).collect();
        Load { stop, settled, bills, clients }
    }

    /// Waits until so many more bills were answered.
    pub fn more(&self, count: usize) {
        let (before, since) = (self.settled.load(Ordering::SeqCst), Instant::now());
        while self.settled.load(Ordering::SeqCst) < before + count {
            assert!(since.elapsed() < PATIENCE, "nothing is settled any more");
            assert!(self.clients.iter().all(|client| !client.is_finished()), "a client gave up");
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn end(self) -> Vec<Bill> {
        self.stop.store(true, Ordering::SeqCst);
        self.clients.into_iter().for_each(|client| client.join().unwrap());
        std::mem::take(&mut *self.bills.lock().unwrap())
    }
}
