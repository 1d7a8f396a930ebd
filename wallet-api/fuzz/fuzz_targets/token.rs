//! Tokens.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use wallet_fuzz::{document, promises};

fuzz_target!(|bytes: &[u8]| promises::token(bytes));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    document(data, size, max_size, seed, 1)
});
