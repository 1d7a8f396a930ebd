//! What is scanned.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wallet_fuzz::promises;

fuzz_target!(|bytes: &[u8]| promises::code(bytes));
