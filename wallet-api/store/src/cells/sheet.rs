//! Letters whose numbers follow each other stand in one row: a batch writes and takes in many, and each row costs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wallet_ledger::{BodyHash, CellId};

/// Most letters of one row, so that none is read for the sake of too many others.
pub const SHEET_MAX: u64 = 256;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet<L> {
    pub peer: CellId,
    /// The number of the last of them.
    pub last: u64,
    pub letters: Vec<L>,
}

/// What is kept of letters that were taken in.
pub type TakenIn = Sheet<BodyHash>;

impl<L> Sheet<L> {
    pub fn numbered(self) -> impl Iterator<Item = ((CellId, u64), L)> {
        let Sheet { peer, last, letters } = self;
        let numbers = (0..=last).rev().zip(letters.into_iter().rev());
        numbers.map(move |(number, letter)| ((peer, number), letter))
    }

    fn has_room_for(&self, peer: CellId, number: u64) -> bool {
        self.peer == peer && self.last.checked_add(1) == Some(number) && (self.letters.len() as u64) < SHEET_MAX
    }
}

/// Letters in the order of their numbers, on as few sheets as may be.
pub fn sheets<L>(letters: &BTreeMap<(CellId, u64), L>) -> Vec<Sheet<&L>> {
    let mut sheets: Vec<Sheet<&L>> = Vec::new();
    for ((peer, number), letter) in letters {
        match sheets.last_mut().filter(|sheet| sheet.has_room_for(*peer, *number)) {
            Some(sheet) => {
                sheet.last = *number;
                sheet.letters.push(letter);
            }
            None => sheets.push(Sheet { peer: *peer, last: *number, letters: vec![letter] }),
        }
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_off_their_sheets_as_they_went_on() {
        let (a, b) = (CellId(440_100), CellId(450_100));
        let numbers = (1..=300).chain([302]).map(|number| (a, number)).chain([(b, 303), (b, u64::MAX)]);
        let letters: BTreeMap<(CellId, u64), u64> = numbers.map(|key| (key, key.1 % 1_000)).collect();
        let sheets = sheets(&letters);
        let places: Vec<_> = sheets.iter().map(|sheet| (sheet.peer, sheet.last, sheet.letters.len())).collect();
        assert_eq!(places, [(a, 256, 256), (a, 300, 44), (a, 302, 1), (b, 303, 1), (b, u64::MAX, 1)]);
        let back = sheets.into_iter().flat_map(Sheet::numbered);
        assert_eq!(back.map(|(key, letter)| (key, *letter)).collect::<BTreeMap<_, _>>(), letters);
    }
}
