//! Whose books answer for what is sold in all areas: a pack that was sold in one must not be sold in another.

use crate::log::leaf_hash;
use crate::pooling::CellId;

/// The cell whose books say whether a pack with this 追溯码 was sold. All who know the same cells find the same one; where
/// a cell joins, it takes its share of the packs and no other moves.
pub fn home_of(trace: &str, cells: impl IntoIterator<Item = CellId>) -> Option<CellId> {
    let weight = |cell: &CellId| (leaf_hash(format!("{cell} {trace}").as_bytes()), cell.0);
    cells.into_iter().max_by_key(weight)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const CELLS: [CellId; 3] = [CellId(440_100), CellId(450_100), CellId(450_800)];

    fn trace(n: u32) -> String {
        format!("8123456789{n:010}")
    }

    #[test]
    fn every_cell_has_its_share_whoever_asks() {
        let mut shares: BTreeMap<CellId, u32> = BTreeMap::new();
        for n in 0..3_000 {
            let home = home_of(&trace(n), CELLS).unwrap();
            let [a, b, c] = CELLS;
            assert_eq!(home_of(&trace(n), [c, a, b]), Some(home), "in whatever order they are known");
            *shares.entry(home).or_default() += 1;
        }
        assert!(CELLS.iter().all(|cell| (900..=1_100).contains(&shares[cell])), "{shares:?}");
        assert_eq!(home_of("81234567", []), None);
    }

    #[test]
    fn a_cell_that_joins_takes_only_what_is_its_own() {
        let joined = CellId(510_100);
        let moved = (0..3_000).filter(|n| {
            let (before, after) = (home_of(&trace(*n), CELLS), home_of(&trace(*n), CELLS.into_iter().chain([joined])));
            assert!(after == before || after == Some(joined), "{n}");
            after != before
        });
        assert!((650..=850).contains(&moved.count()));
    }
}
