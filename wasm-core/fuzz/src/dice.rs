//! Chance from a seed, and what it does to bytes.
#![allow(dead_code, reason = "tests that include it need a part of it")]

use std::fs;
use std::path::Path;

/// A small generator: libFuzzer hands a seed for each mutation, and the same seed has to give the
/// same input again.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u32) -> Dice {
        Dice((u64::from(seed) << 16) ^ 0x9E37_79B9_7F4A_7C15)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Applies one to four changes to bytes, for tests that fuzz for a moment; libFuzzer has changes of its own.
pub fn touch(input: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(input.len());
        let end = (at + 1 + dice.below(8)).min(input.len());
        match dice.below(5) {
            0 => input.insert(at, u8::try_from(dice.below(256)).unwrap_or_default()),
            1 => drop(input.drain(at..end)),
            2 => {
                let again = input[at..end].to_vec();
                input.splice(at..at, again);
            }
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
        }
    }
}

/// What fuzzing kept in a folder, in the same order each time.
pub fn kept(corpus: &Path) -> Vec<Vec<u8>> {
    let files = fs::read_dir(corpus).expect("a corpus").map(|entry| entry.expect("an input").path());
    let mut kept: Vec<Vec<u8>> = files.map(|file| fs::read(file).expect("an input")).collect();
    assert!(kept.len() >= 2, "{} has gone", corpus.display());
    kept.sort();
    kept
}

/// How often a test tries: `ANXIN_FUZZ_TIMES` as often as otherwise, for who has the time.
pub fn times(otherwise: usize) -> usize {
    let more = std::env::var("ANXIN_FUZZ_TIMES").ok().and_then(|times| times.parse::<usize>().ok());
    otherwise * more.unwrap_or(1)
}
