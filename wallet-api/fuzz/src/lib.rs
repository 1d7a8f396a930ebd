//! What the fuzz targets share: what has to hold, and mutators that get behind a signature or keep a document's shape.

use libfuzzer_sys::fuzzer_mutate;
use serde_json::Value;

#[path = "../../../wasm-core/fuzz/src/dice.rs"]
pub mod dice;
#[path = "../../../wasm-core/fuzz/src/mutate.rs"]
pub mod mutate;
#[path = "../../tests/api/doors/promises.rs"]
pub mod promises;
#[path = "../../ledger/tests/pooling/strange.rs"]
pub mod strange;
#[path = "../../ledger/tests/pooling/world.rs"]
pub mod world;

use dice::Dice;

/// Changes a document that stands behind `head` bytes, mostly so that it stays one. What is none is changed as bytes.
pub fn document(data: &mut [u8], size: usize, max_size: usize, seed: u32, head: usize) -> usize {
    let mut dice = Dice::new(seed);
    let read = data.get(head..size).and_then(|text| serde_json::from_slice::<Value>(text).ok());
    let Some(mut document) = read.filter(|document| document.is_object() && dice.below(8) != 0) else {
        return fuzzer_mutate(data, size, max_size);
    };
    mutate::document(&mut document, &mut dice);
    let text = document.to_string();
    let end = head + text.len();
    match data.get_mut(head..end).filter(|_| end <= max_size) {
        Some(room) => {
            room.copy_from_slice(text.as_bytes());
            end
        }
        None => fuzzer_mutate(data, size, max_size),
    }
}

/// Changes bytes, and begins anew with one of the seeds now and then: a random start does not get past the first length.
pub fn seeded(data: &mut [u8], size: usize, max_size: usize, seed: u32, seeds: &[Vec<u8>]) -> usize {
    let mut dice = Dice::new(seed);
    if size > 8 && dice.below(32) != 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let seed = dice.of(seeds);
    let room = seed.len().min(max_size).min(data.len());
    data[..room].copy_from_slice(&seed[..room]);
    fuzzer_mutate(data, room, max_size)
}
