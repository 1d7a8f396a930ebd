//! Letters of a cell, taken in by books.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use wallet_fuzz::{seeded, strange};

static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(strange::seeds);

fuzz_target!(|bytes: &[u8]| strange::taken(bytes));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    seeded(data, size, max_size, seed, &SEEDS)
});
