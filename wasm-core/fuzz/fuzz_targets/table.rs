//! Tables of records for grouping.
#![no_main]

use anxin_fuzz::records;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| records::grouped(bytes));
