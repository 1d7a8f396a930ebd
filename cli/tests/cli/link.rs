//! A link between two areas' servers that a test can cut, and on which it can have something happen.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

type Deed = Box<dyn FnOnce() + Send>;

/// Carries requests to an address, one on each connection; of several to the first that is listened at.
#[derive(Clone)]
pub struct Link {
    pub port: u16,
    /// Requests that are still carried.
    left: Arc<AtomicI64>,
    /// What is done once so many more requests arrived, before their answer is carried back.
    deed: Arc<Mutex<Option<(u32, Deed)>>>,
}

const FOREVER: i64 = i64::MAX / 2;
/// For connecting and for each read.
const PATIENCE: Duration = Duration::from_secs(10);

impl Link {
    pub fn to(target: u16) -> Link {
        Link::to_any(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, target))])
    }

    pub fn to_any(targets: Vec<SocketAddr>) -> Link {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let link = Link { port, left: Arc::new(AtomicI64::new(FOREVER)), deed: Arc::default() };
        let own = link.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (own, targets) = (own.clone(), targets.clone());
                thread::spawn(move || own.carry(stream, &targets));
            }
        });
        link
    }

    /// Carries so many more requests and then none.
    pub fn cut_after(&self, requests: i64) {
        self.left.store(requests, Ordering::SeqCst);
    }

    pub fn mend(&self) {
        self.cut_after(FOREVER);
    }

    /// Does something once so many more requests arrived; their answer is lost with it.
    pub fn then(&self, requests: u32, deed: impl FnOnce() + Send + 'static) {
        *self.deed.lock().unwrap() = Some((requests, Box::new(deed)));
    }

    fn carry(&self, mut from: TcpStream, targets: &[SocketAddr]) {
        from.set_read_timeout(Some(PATIENCE)).unwrap();
        let Some(request) = whole(&mut from) else { return };
        if self.left.fetch_sub(1, Ordering::SeqCst) <= 0 {
            return;
        }
        let mut reached = targets.iter().filter_map(|target| TcpStream::connect_timeout(target, PATIENCE).ok());
        let Some(mut to) = reached.next() else { return };
        to.set_read_timeout(Some(PATIENCE)).unwrap();
        let answer = to.write_all(&request).ok().and_then(|()| whole(&mut to));
        let due = {
            let mut deed = self.deed.lock().unwrap();
            match deed.as_mut() {
                Some((1, _)) => deed.take().map(|(_, deed)| deed),
                Some((left, _)) => {
                    *left -= 1;
                    None
                }
                None => None,
            }
        };
        if let Some(deed) = due {
            deed();
            return;
        }
        if let Some(answer) = answer {
            let _ = from.write_all(&answer);
        }
        let _ = from.shutdown(Shutdown::Both);
    }
}

/// One message of HTTP with a length.
fn whole(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut message, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(head) = message.windows(4).position(|w| w == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&message[..head]).to_lowercase();
            let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            if message.len() >= head + 4 + length.unwrap_or(0_usize) {
                return Some(message);
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return None,
            Ok(count) => message.extend_from_slice(&piece[..count]),
        }
    }
}
