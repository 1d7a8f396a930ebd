//! The log over the journal: a Merkle tree shaped as RFC 6962 has it, with SM3. What a reader checks by
//! is in the core ([`anxin_core::proof`]), so that a browser can check a receipt by itself.

pub use anxin_core::proof::leaf_hash;
use anxin_core::proof::{Hash, Inclusion, empty_root, node_hash};
use serde::{Deserialize, Serialize};

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
        let mut path = Vec::new();
        let (mut from, mut until) = (0, size);
        while until - from > 1 {
            let middle = from + split(until - from);
            if index < middle {
                path.push(self.over(middle, until)?);
                until = middle;
            } else {
                path.push(self.over(from, middle)?);
                from = middle;
            }
        }
        path.reverse();
        Some(Inclusion { index, size, path })
    }

    /// The hash over the leaves from `from` to before `until`.
    fn over(&self, from: u64, until: u64) -> Option<Hash> {
        let count = until.checked_sub(from)?;
        if count.is_power_of_two() && from.is_multiple_of(count) {
            let level = usize::try_from(count.trailing_zeros()).ok()?;
            return self.levels.get(level)?.get(usize::try_from(from / count).ok()?).copied();
        }
        let middle = from + split(count);
        Some(node_hash(&self.over(from, middle)?, &self.over(middle, until)?))
    }
}

/// The largest power of two below `count`.
fn split(count: u64) -> u64 {
    1 << (63 - (count - 1).leading_zeros())
}
