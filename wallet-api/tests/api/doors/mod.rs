//! What comes from outside, in the way that fuzzing tries it, for a moment and always with the same inputs: those that
//! `wallet-api/fuzz/corpus` keeps, and changes of them.

#[path = "../../../../wasm-core/fuzz/src/dice.rs"]
mod dice;
#[path = "../../../../wasm-core/fuzz/src/mutate.rs"]
mod mutate;
mod promises;

use std::path::Path;

use dice::{Dice, touch};
use serde_json::Value;

/// Asks what is kept of a door, and so many changes in all, of one after the other.
fn asked(door: &str, promise: fn(&[u8]), changes: usize) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(door);
    let kept = dice::kept(&corpus);
    kept.iter().for_each(|input| promise(input));
    let mut dice = Dice::new(7);
    for input in kept.iter().cycle().take(dice::times(changes)) {
        let mut changed = input.clone();
        match serde_json::from_slice::<Value>(input) {
            Ok(mut document) if document.is_object() && dice.below(4) != 0 => {
                mutate::document(&mut document, &mut dice);
                changed = document.to_string().into_bytes();
            }
            _ => touch(&mut changed, &mut dice),
        }
        promise(&changed);
    }
}

#[test]
fn files_of_settlements_are_read_as_they_are_written() {
    asked("detail", promises::detail, 1_200);
}

#[test]
fn a_code_is_one_that_was_written_here() {
    asked("code", promises::code, 120);
}

#[test]
fn a_message_has_one_writing_and_one_signature() {
    asked("message", promises::message, 600);
}

#[test]
fn a_token_is_one_that_was_signed_for_us() {
    asked("token", promises::token, 2_200);
}

#[test]
fn a_note_is_of_whom_it_says_it_is() {
    promises::notes().iter().for_each(|note| promises::note(note));
    asked("notes", promises::note, 80);
}
