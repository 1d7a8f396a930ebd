//! Server-sent events as they arrive in pieces.

use wallet_types::NoticeOut;

/// What has arrived and is no whole event yet.
#[derive(Debug, Default)]
pub struct Events {
    rest: Vec<u8>,
}

impl Events {
    /// The events that a piece completes. What is no notice is passed over.
    pub fn take(&mut self, piece: &[u8]) -> Vec<NoticeOut> {
        self.rest.extend_from_slice(piece);
        let mut notices = Vec::new();
        while let Some(end) = self.rest.windows(2).position(|two| two == b"\n\n") {
            let event: Vec<u8> = self.rest.drain(..end + 2).collect();
            notices.extend(String::from_utf8(event).ok().and_then(|event| notice(&event)));
        }
        notices
    }
}

fn notice(event: &str) -> Option<NoticeOut> {
    let data = event.lines().filter_map(|line| line.strip_prefix("data:"));
    let data: Vec<&str> = data.map(|data| data.strip_prefix(' ').unwrap_or(data)).collect();
    serde_json::from_str(&data.join("\n")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_out_whole_however_they_are_cut() {
        let data = r#"{"number":7,"kind":"invited","at":"2026-11-02T04:00:00.000000Z","relation":"6f708192a3b4c5d6e7f8091122334455","side":"taker","kin":"parent"}"#;
        let text = format!("retry: 2000\n: open\n\nid: 7\nevent: notice\ndata: {data}\n\n: \n\nid: 8\ndata: {data}");
        for size in [1, 3, 50, text.len()] {
            let mut events = Events::default();
            let numbers: Vec<i64> =
                text.as_bytes().chunks(size).flat_map(|piece| events.take(piece)).map(|notice| notice.number).collect();
            assert_eq!(numbers, [7], "in pieces of {size}");
            assert_eq!(events.take(b"\n\n").len(), 1);
        }
    }
}
