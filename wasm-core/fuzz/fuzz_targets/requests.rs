//! Requests of the right shape with something changed in them, from the golden cases on.
#![no_main]

use anxin_fuzz::dice::Dice;
use anxin_fuzz::{ENGINE, REQUESTS, ask, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use serde_json::Value;

fuzz_target!(|request: &[u8]| ask(&ENGINE, request));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut dice = Dice::new(seed);
    let mut request = match serde_json::from_slice::<Value>(&data[..size]) {
        Ok(request) if request.is_object() && dice.below(64) != 0 => request,
        _ => REQUESTS[dice.below(REQUESTS.len())].clone(),
    };
    if dice.below(32) == 0 {
        // Now and then the text itself is touched, so that what is not quite JSON is met as well.
        return fuzzer_mutate(data, size, max_size);
    }
    mutate::document(&mut request, &mut dice);
    let text = request.to_string();
    match data.get_mut(..text.len()).filter(|room| room.len() <= max_size) {
        Some(room) => {
            room.copy_from_slice(text.as_bytes());
            text.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});
