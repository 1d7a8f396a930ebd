//! Rules as nobody should write them: whatever stands in a file, every finding has a place, and what compiles is a pack
//! that opens. `wasm-core/fuzz` asks the same.

use std::path::Path;
use std::sync::LazyLock;

use anxin_core::dispatch::Engine;
use anxin_packer::{File, compile, read_tree};

/// One area, what it builds on, and the rules of family accounts.
pub static TREE: LazyLock<Vec<File>> = LazyLock::new(|| {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let mut files = read_tree(&rules.join("benefit")).expect("the rules are there");
    let parts = ["_national/", "_guangdong/", "shanwei/"];
    files.retain(|(path, _)| parts.iter().any(|part| path.starts_with(part)) && path.ends_with(".toml"));
    files.extend(
        read_tree(&rules)
            .expect("the rules are there")
            .into_iter()
            .filter(|(path, _)| path.starts_with("wallet/") && path.ends_with(".toml")),
    );
    files
});

/// The first byte says in the place of which file the rest stands.
pub fn authored(bytes: &[u8]) {
    let Some((which, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let mut files = TREE.clone();
    let at = usize::from(*which) % files.len();
    files[at].1 = text.to_owned();
    let compiled = compile(&files);
    assert_eq!(compile(&files), compiled, "the same files, twice");
    match compiled {
        Ok(packs) => {
            let mut engine = Engine::new();
            for (id, pack) in &packs {
                assert!(engine.load(pack).is_ok(), "{id} does not open");
            }
        }
        Err(lints) => {
            assert!(!lints.is_empty(), "refused without a finding");
            for lint in lints {
                let lines = files.iter().find(|(path, _)| *path == lint.path).map(|(_, text)| text.lines().count());
                let within = lint.line.is_none_or(|line| line >= 1 && lines.is_none_or(|lines| line <= lines + 1));
                assert!(!lint.path.is_empty() && within, "{lint}");
            }
        }
    }
}

#[test]
fn changed_rules_are_refused_with_a_place_or_open() {
    use dice::{Dice, kept, times};
    let rules = kept(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/rules"));
    rules.iter().for_each(|rules| authored(rules));
    let mut dice = Dice::new(7);
    for (which, (_, text)) in (0_u8..).zip(TREE.iter()) {
        authored(&[&[which], text.as_bytes()].concat());
        for _ in 0..times(6) {
            authored(&[&[which], lines::edited(text, &mut dice).as_bytes()].concat());
        }
    }
}

#[cfg(test)]
#[path = "../../fuzz/src/dice.rs"]
mod dice;
#[cfg(test)]
#[path = "../../fuzz/src/lines.rs"]
mod lines;
