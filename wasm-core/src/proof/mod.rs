//! Proofs that an entry is in a log: RFC 6962's tree with SM3. A browser or a mini-program holds a
//! receipt against a published head by itself.

#[cfg(feature = "seal")]
mod receipt;
#[cfg(feature = "seal")]
mod seal;

#[cfg(feature = "seal")]
pub use receipt::{ReceiptAnswer, ReceiptCase, ReceiptFault, ReceiptSigner, SealCase, receipt};
#[cfg(feature = "seal")]
pub use seal::{Seal, SealKey, micros};

use serde::{Deserialize, Serialize};
use sm3::{Digest as _, Sm3};

pub type Hash = [u8; 32];

/// The hash of an entry. Its first byte sets it apart from a node, so that neither passes for the other.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sm3::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of two that stand beside each other.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sm3::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a log without entries.
pub fn empty_root() -> Hash {
    Sm3::new().finalize().into()
}

/// What shows that the entry at `index` is in a log of `size` entries: the hashes beside its way up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inclusion {
    pub index: u64,
    pub size: u64,
    /// From the leaf to the root.
    pub path: Vec<Hash>,
}

impl Inclusion {
    /// Whether the way from this entry ends at this root (RFC 9162, section 2.1.3.2).
    pub fn holds(&self, leaf: Hash, root: &Hash) -> bool {
        if self.index >= self.size {
            return false;
        }
        let (mut at, mut last) = (self.index, self.size - 1);
        let mut hash = leaf;
        for beside in &self.path {
            if last == 0 {
                return false;
            }
            if at & 1 == 1 || at == last {
                hash = node_hash(beside, &hash);
                // A node without a right neighbour goes up as it is.
                while at & 1 == 0 && at != 0 {
                    (at, last) = (at >> 1, last >> 1);
                }
            } else {
                hash = node_hash(&hash, beside);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        last == 0 && hash == *root
    }
}
