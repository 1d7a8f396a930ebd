//! The edge of the log: as much of it as appending needs, so that a store need not load the rest.

use anxin_core::proof::{Hash, empty_root, node_hash};
use serde::{Deserialize, Serialize};

use crate::log::Head;

/// A node of the tree over the journal. Level 0 has the leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    pub level: u8,
    pub index: u64,
    pub hash: Hash,
}

impl Node {
    /// The line of the journal that completes a node: the last one under it.
    pub fn made_by(level: u8, index: u64) -> Option<u64> {
        let under = 1_u64.checked_shl(level.into())?;
        index.checked_add(1)?.checked_mul(under)?.checked_sub(1)
    }
}

/// The roots of the full trees that a log consists of, the largest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peaks {
    size: u64,
    peaks: Vec<Hash>,
}

impl Peaks {
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf, and hands over every node that became complete, itself first.
    pub fn append(&mut self, leaf: Hash, mut made: impl FnMut(Node)) {
        let (mut level, mut index, mut hash) = (0, self.size, leaf);
        made(Node { level, index, hash });
        while index & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            (level, index, hash) = (level + 1, index >> 1, node_hash(&left, &hash));
            made(Node { level, index, hash });
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    pub fn head(&self) -> Head {
        Head { size: self.size, root: bag(&self.peaks) }
    }
}

/// The root over full trees that stand beside each other, the largest first.
pub fn bag(peaks: &[Hash]) -> Hash {
    peaks.iter().rev().copied().reduce(|right, left| node_hash(&left, &right)).unwrap_or_else(empty_root)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Log, leaf_hash, trees};

    #[test]
    fn the_edge_has_the_root_and_the_nodes_of_the_whole() {
        let (mut log, mut peaks) = (Log::default(), Peaks::default());
        assert_eq!(peaks.head(), log.head());
        for n in 0_u64..200 {
            let leaf = leaf_hash(&n.to_be_bytes());
            let mut nodes = Vec::new();
            log.append(leaf);
            peaks.append(leaf, |node| nodes.push(node));
            assert_eq!(peaks.head(), log.head(), "after {n}");
            let roots: Vec<_> = trees(0, n + 1).filter_map(|(level, index)| log.node(level, index)).collect();
            assert_eq!(bag(&roots), log.head().root, "after {n}");
            assert_eq!(nodes.len() as u32, (n + 1).trailing_zeros() + 1, "after {n}");
            for node in nodes {
                assert_eq!(log.node(node.level, node.index), Some(node.hash), "after {n}");
                assert_eq!((Node::made_by(node.level, node.index), n >> node.level), (Some(n), node.index));
            }
        }
    }

    #[test]
    fn no_line_completes_a_node_beyond_all_numbers() {
        assert_eq!(Node::made_by(64, 0), None);
        assert_eq!(Node::made_by(1, u64::MAX / 2), None);
        assert_eq!(Node::made_by(0, u64::MAX), None);
    }
}
