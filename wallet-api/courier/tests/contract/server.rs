//! As much of a server as a courier needs: a port for each cell that takes notes.

use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use wallet_courier::{Courier, Desk, Http, Local};

/// A way to the same cells through ports of this machine.
pub async fn over_http<D: Desk + 'static>(cells: &Local<D>) -> Http {
    let mut addresses = std::collections::BTreeMap::new();
    for (cell, courier) in &cells.0 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        addresses.insert(*cell, format!("http://{}/", listener.local_addr().unwrap()));
        let courier = Arc::clone(courier);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(Arc::clone(&courier), stream));
            }
        });
    }
    Http::new(addresses)
}

/// Requests of one connection, until it ends.
async fn serve<D: Desk>(courier: Arc<Courier<D>>, mut stream: TcpStream) -> Option<()> {
    let mut read = Vec::new();
    loop {
        let (head, length) = loop {
            if let Some(found) = whole(&read) {
                break found;
            }
            if stream.read_buf(&mut read).await.ok()? == 0 {
                return None;
            }
        };
        let rest = read.split_off(head + length);
        let note = read.split_off(head);
        read = rest;
        let (status, body) = match courier.take(&note).await {
            Ok(answer) => ("200 OK", answer),
            Err(_) => ("403 Forbidden", Vec::new()),
        };
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(&[head.as_bytes(), &body].concat()).await.ok()?;
    }
}

/// Where the head of a request ends and how long its body is, once all of it is there.
fn whole(read: &[u8]) -> Option<(usize, usize)> {
    let head = read.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&read[..head]).to_lowercase();
    assert!(text.starts_with(&format!("post {} ", Http::PATH)), "{text}");
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())?;
    (read.len() >= head + length).then_some((head, length))
}
