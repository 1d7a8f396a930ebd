//! Connections on which nothing comes of anything. Actix times the head of a connection's first request and the quiet
//! between two, but not a second head that arrives byte by byte; whoever sends one would keep the connection for ever.

use std::any::Any;
use std::cell::Cell;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd as _;
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use actix_web::body::BodySize;
use actix_web::dev::Extensions;
use actix_web::rt;

/// Between two requests of a connection, as Actix has it.
pub const QUIET: Duration = Duration::from_secs(5);
/// Whoever takes an answer in more slowly than this does not get all of it.
const BYTES_A_SECOND: u64 = 4_096;
/// Streams end by themselves, at the latest after an hour.
const STREAM: Duration = Duration::from_secs(3_700);

/// A client's connection, and until when it may be without a whole request.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    patience: Duration,
    until: Cell<Instant>,
    busy: Cell<u32>,
}

/// While a request is being answered. Its own deadlines hold for that.
#[derive(Debug)]
pub struct Busy(Rc<Connection>);

impl Connection {
    /// Watches a connection that was just made. `head` is what the head of a request may take.
    pub fn watch(io: &dyn Any, data: &mut Extensions, head: Duration) {
        let Some(stream) = io.downcast_ref::<rt::net::TcpStream>() else { return };
        // Without another handle on it nothing can be closed, and nothing is watched.
        let Ok(handle) = stream.as_fd().try_clone_to_owned() else { return };
        let patience = QUIET + head;
        let (until, busy) = (Cell::new(Instant::now() + patience), Cell::new(0));
        let connection = Rc::new(Connection { stream: handle.into(), patience, until, busy });
        rt::spawn(close_in_time(Rc::downgrade(&connection)));
        data.insert(connection);
    }

    pub fn begin(self: &Rc<Connection>) -> Busy {
        self.busy.set(self.busy.get() + 1);
        Busy(Rc::clone(self))
    }

    /// An answer of this size is on its way, and after it the next request may come.
    pub fn answers(&self, size: BodySize) {
        let sending = match size {
            BodySize::None => Duration::ZERO,
            BodySize::Sized(bytes) => Duration::from_secs(bytes / BYTES_A_SECOND),
            BodySize::Stream => STREAM,
        };
        let until = Instant::now() + self.patience + sending;
        self.until.set(self.until.get().max(until));
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.set(self.0.busy.get().saturating_sub(1));
    }
}

/// Until the connection is gone, one way or the other.
async fn close_in_time(connection: Weak<Connection>) {
    loop {
        let Some(open) = connection.upgrade() else { return };
        let left = open.until.get().saturating_duration_since(Instant::now());
        if left.is_zero() && open.busy.get() == 0 {
            // It may be closed already.
            let _ = open.stream.shutdown(Shutdown::Both);
            return;
        }
        drop(open);
        rt::time::sleep(left.max(Duration::from_millis(500))).await;
    }
}
