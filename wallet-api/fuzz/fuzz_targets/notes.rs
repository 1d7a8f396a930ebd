//! Notes between cells: their signature and what is under it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use wallet_fuzz::{promises, seeded};

static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(promises::notes);

fuzz_target!(|bytes: &[u8]| promises::note(bytes));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    seeded(data, size, max_size, seed, &SEEDS)
});
