//! Any bytes at the JSON door.
#![no_main]

use anxin_fuzz::{ENGINE, ask};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|request: &[u8]| ask(&ENGINE, request));
