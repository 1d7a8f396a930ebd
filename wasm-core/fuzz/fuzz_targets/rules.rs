//! Rules as they are authored: TOML in the place of a file of one area, of what it builds on, or of family accounts.
#![no_main]

use anxin_fuzz::dice::Dice;
use anxin_fuzz::{lines, strange};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| strange::authored(bytes));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut dice = Dice::new(seed);
    let (which, text) = match data.get(..size).and_then(<[u8]>::split_first) {
        Some((which, text)) if size > 16 && dice.below(32) != 0 => (*which, String::from_utf8_lossy(text).into_owned()),
        _ => {
            let which = dice.below(strange::TREE.len());
            (u8::try_from(which).unwrap_or_default(), strange::TREE[which].1.clone())
        }
    };
    let edited = lines::edited(&text, &mut dice);
    let end = 1 + edited.len();
    if dice.below(4) == 0 || end > max_size || end > data.len() {
        return fuzzer_mutate(data, size, max_size);
    }
    data[0] = which;
    data[1..end].copy_from_slice(edited.as_bytes());
    end
});
