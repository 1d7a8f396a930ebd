//! The log over the journal: a Merkle tree shaped as RFC 6962 has it, with SM3. What a reader checks by
//! is in the core ([`anxin_core::proof`]), so that a browser can check a receipt by itself.

pub use anxin_core::proof::leaf_hash;
use anxin_core::proof::{Hash, Inclusion, empty_root, node_hash};
use serde::{Deserialize, Serialize};

use crate::peaks::bag;

/// A state of the log that was published: so many entries, and the root over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub size: u64,
    pub root: Hash,
}

/// The tree. Level 0 has the leaves, each level above it the nodes over two full ones below.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    levels: Vec<Vec<Hash>>,
}

impl Log {
    pub fn of(leaves: &[Hash]) -> Log {
        let mut log = Log::default();
        leaves.iter().for_each(|leaf| log.append(*leaf));
        log
    }

    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    pub fn append(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let Some(nodes) = self.levels.get_mut(level) else { return };
            nodes.push(hash);
            let [.., left, right] = nodes.as_slice() else { return };
            if !nodes.len().is_multiple_of(2) {
                return;
            }
            hash = node_hash(left, right);
        }
    }

    /// The node at a place of the tree, once it is complete.
    pub fn node(&self, level: u8, index: u64) -> Option<Hash> {
        self.levels.get(usize::from(level))?.get(usize::try_from(index).ok()?).copied()
    }

    pub fn head(&self) -> Head {
        Head { size: self.size(), root: self.root_at(self.size()).unwrap_or_else(empty_root) }
    }

    /// The root when the log had `size` entries; `None` where it never had so many.
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        if size == 0 {
            return Some(empty_root());
        }
        if size > self.size() { None } else { self.over(0, size) }
    }

    /// What shows that an entry is in the log of `size` entries.
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Inclusion> {
        if index >= size || size > self.size() {
            return None;
        }
        let path = beside(index, size).into_iter().map(|(from, until)| self.over(from, until));
        Some(Inclusion { index, size, path: path.collect::<Option<_>>()? })
    }

    /// The hash over the leaves from `from` to before `until`.
    fn over(&self, from: u64, until: u64) -> Option<Hash> {
        let trees = trees(from, until).map(|(level, index)| self.node(level, index));
        Some(bag(&trees.collect::<Option<Vec<_>>>()?))
    }
}

/// The spans whose hashes show that an entry is in a log of `size` entries, from the leaf up.
pub fn beside(index: u64, size: u64) -> Vec<(u64, u64)> {
    let mut spans = Vec::new();
    let (mut from, mut until) = (0, size);
    while until - from > 1 {
        let middle = from + split(until - from);
        if index < middle {
            spans.push((middle, until));
            until = middle;
        } else {
            spans.push((from, middle));
            from = middle;
        }
    }
    spans.reverse();
    spans
}

/// Level and place of the full trees that such a span consists of, the largest first.
pub fn trees(mut from: u64, until: u64) -> impl Iterator<Item = (u8, u64)> {
    std::iter::from_fn(move || {
        let level = until.checked_sub(from)?.checked_ilog2()?;
        let tree = (u8::try_from(level).ok()?, from >> level);
        from += 1 << level;
        Some(tree)
    })
}

/// The largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (63 - (count - 1).leading_zeros())
}
