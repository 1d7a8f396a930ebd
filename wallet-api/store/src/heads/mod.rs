//! Heads of the journal, signed and kept where the database is not: what somebody who owns the database cannot
//! write anew.

mod export;
mod key;
mod signer;

use anxin_core::proof::{Hash, Seal};
use serde::{Deserialize, Serialize};
use wallet_ledger::{Head, Micros};

pub use export::{Export, Exported, read_heads};
pub use key::{DEMO_KEY, HeadKey, HeadPublic, KeyError};
pub use signer::{Signed, Withheld, sign};

/// The first bytes of the SM3 of a public key: which key signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 8]);

/// A head, when it was signed, and by which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedHead {
    pub shard: u64,
    pub head: Head,
    pub at: Micros,
    pub key: KeyId,
    pub signature: [u8; 64],
}

/// One line of an exported file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    shard: u64,
    size: u64,
    root: String,
    at: i64,
    key: String,
    signature: String,
}

impl SignedHead {
    /// What the signature is under.
    pub fn seal(&self) -> Seal {
        Seal { shard: self.shard, size: self.head.size, root: self.head.root, at: self.at.0 }
    }

    pub fn to_line(&self) -> String {
        let hex = base16ct::lower::encode_string;
        let Head { size, root } = &self.head;
        let line = Line {
            shard: self.shard,
            size: *size,
            root: hex(root),
            at: self.at.0,
            key: hex(&self.key.0),
            signature: hex(&self.signature),
        };
        serde_json::to_string(&line).unwrap_or_default()
    }

    pub fn from_line(text: &str) -> Option<SignedHead> {
        let line: Line = serde_json::from_str(text).ok()?;
        let root: Hash = bytes(&line.root)?;
        let (key, signature) = (KeyId(bytes(&line.key)?), bytes(&line.signature)?);
        Some(SignedHead {
            shard: line.shard,
            head: Head { size: line.size, root },
            at: Micros(line.at),
            key,
            signature,
        })
    }
}

fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    base16ct::lower::decode_vec(hex).ok()?.try_into().ok()
}
