//! Packs whose digest is right and whose content is not: what opens must also answer.
#![no_main]

use anxin_core::dispatch::Engine;
use anxin_core::pack::{self, PackHeader, PackKind};
use anxin_core::rules::{RuleBook, SCHEMA};
use anxin_fuzz::dice::Dice;
use anxin_fuzz::{PACKS, REQUESTS, ask};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use serde_json::Value;

fuzz_target!(|payload: &[u8]| {
    let _ = RuleBook::open(payload);
    let header =
        PackHeader { kind: PackKind::Benefit, id: "benefit/000000".into(), schema: SCHEMA, edition: String::new() };
    let sealed = pack::seal(&header, payload).expect("bytes can always be sealed");
    let Ok(book) = RuleBook::open(&sealed) else { return };
    let mut engine = Engine::new();
    engine.load(&sealed).expect("what opens loads");
    // A share of the requests for each input, so that more inputs are tried.
    for request in REQUESTS.iter().skip(payload.len() % 8).step_by(8) {
        ask(&engine, at(request, &book.region.admdvs).to_string().as_bytes());
    }
});

/// The same request for another area.
fn at(request: &Value, region: &str) -> Value {
    match request {
        Value::Object(map) => map
            .iter()
            .map(|(k, v)| (k.clone(), if k == "region" { Value::from(region) } else { at(v, region) }))
            .collect(),
        Value::Array(list) => list.iter().map(|v| at(v, region)).collect(),
        leaf => leaf.clone(),
    }
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut dice = Dice::new(seed);
    if size > 16 && dice.below(16) != 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    // A random start never gets past the first lengths, so the payload of a shipped pack is one.
    let sealed = &PACKS[dice.below(PACKS.len())];
    let Ok(pack) = pack::open(sealed) else { return fuzzer_mutate(data, size, max_size) };
    let room = pack.payload.len().min(max_size).min(data.len());
    data[..room].copy_from_slice(&pack.payload[..room]);
    fuzzer_mutate(data, room, max_size)
});
