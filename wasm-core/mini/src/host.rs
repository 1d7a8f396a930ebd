//! What the module keeps between calls.

use anxin_core::Refusal;
use anxin_core::dispatch::{Engine, Reply};
use anxin_core::pack::PackHeader;
use serde::Serialize;

/// Most bytes of input: the largest rule pack, with room to grow.
pub const INPUT_BYTES_MAX: usize = 16 << 20;

#[derive(Default)]
pub struct Host {
    engine: Engine,
    input: Vec<u8>,
    output: Vec<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum LoadReply {
    Loaded(PackHeader),
}

impl Host {
    /// Room for the next input. Whatever an earlier caller wrote and nobody took is wiped.
    pub fn room(&mut self, len: usize) -> Option<&mut [u8]> {
        self.input = Vec::new();
        if len > INPUT_BYTES_MAX {
            return None;
        }
        self.input.try_reserve_exact(len).ok()?;
        self.input.resize(len, 0);
        Some(&mut self.input)
    }

    pub fn load(&mut self) -> usize {
        let pack = std::mem::take(&mut self.input);
        let reply = match self.engine.load(&pack) {
            Ok(header) => serde_json::to_vec(&LoadReply::Loaded(header)),
            Err(error) => serde_json::to_vec(&Reply::from(Refusal::from(error))),
        };
        self.reply(reply.unwrap_or_default())
    }

    pub fn dispatch(&mut self) -> usize {
        let request = std::mem::take(&mut self.input);
        let reply = self.engine.dispatch(&request);
        self.reply(reply)
    }

    pub fn output(&self) -> &[u8] {
        &self.output
    }

    fn reply(&mut self, bytes: Vec<u8>) -> usize {
        self.output = bytes;
        self.output.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(host: &mut Host, request: &[u8], call: fn(&mut Host) -> usize) -> String {
        host.room(request.len()).unwrap().copy_from_slice(request);
        let len = call(host);
        assert_eq!(len, host.output().len());
        String::from_utf8(host.output().to_vec()).unwrap()
    }

    #[test]
    fn a_request_is_answered_like_natively() {
        let request = br#"{"call":{"regions":{}}}"#;
        let reply = ask(&mut Host::default(), request, Host::dispatch);
        assert_eq!(reply.as_bytes(), Engine::new().dispatch(request));
    }

    #[test]
    fn an_input_is_taken_once() {
        let mut host = Host::default();
        let first = ask(&mut host, br#"{"call":{"regions":{}}}"#, Host::dispatch);
        host.dispatch();
        assert_ne!(host.output(), first.as_bytes(), "the second call had no input of its own");
    }

    #[test]
    fn a_broken_pack_is_refused() {
        let reply = ask(&mut Host::default(), b"not a pack", Host::load);
        assert!(reply.starts_with(r#"{"refused":{"code":"AX1015","field":"pack""#), "{reply}");
    }

    #[test]
    fn more_than_is_read_gets_no_room() {
        assert!(Host::default().room(INPUT_BYTES_MAX + 1).is_none());
    }
}
