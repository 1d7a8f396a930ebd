//! Ports that stay a server's own while it is down.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below those that Linux gives to whoever asks for any, also for the near end of a connection: of these, nobody is given
/// one while the server that is told it has not started yet, or starts again.
const RANGE: Range<u16> = 12_000..32_000;

/// Ports of this machine in a row that nothing listens on, other ones at each call.
///
/// # Errors
/// When there are none.
pub fn ports<const N: usize>() -> io::Result<[u16; N]> {
    static TAKEN: AtomicU16 = AtomicU16::new(0);
    let places = RANGE.end - RANGE.start;
    // Programs that run at once begin at places of their own.
    let begin = std::process::id().wrapping_mul(997) % u32::from(places);
    for _ in RANGE {
        let taken = TAKEN.fetch_add(u16::try_from(N).unwrap_or(u16::MAX), Ordering::Relaxed);
        let first = u16::try_from((begin + u32::from(taken)) % u32::from(places)).unwrap_or_default();
        let row: [u16; N] = std::array::from_fn(|at| RANGE.start + first + u16::try_from(at).unwrap_or(u16::MAX));
        if row.iter().all(|port| RANGE.contains(port) && TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok()) {
            return Ok(row);
        }
    }
    Err(io::Error::other("no ports are free"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_a_port_twice_nor_one_that_is_taken() {
        let [first, second] = ports().unwrap();
        assert_eq!(second, first + 1);
        let taken = second + 1;
        let _guest = TcpListener::bind((Ipv4Addr::LOCALHOST, taken)).unwrap();
        let [third, fourth] = ports().unwrap();
        let all = [first, second, third, fourth];
        assert!(all.iter().all(|port| RANGE.contains(port) && *port != taken), "{all:?}, {taken} is taken");
        assert!(third != first && third != second && fourth != first, "{all:?}");
    }
}
