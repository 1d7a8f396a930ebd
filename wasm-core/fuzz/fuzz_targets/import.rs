//! Files at the importer: as they come, and as parts of a workbook whose zip is right.
#![no_main]

use anxin_fuzz::files;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| files::taken(bytes));
