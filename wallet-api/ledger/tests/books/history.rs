use wallet_ledger::{
    Admission, BodyHash, Entry, Fact, Head, Log, Outcome, Purpose, Stored, Tampered, admit, leaf_hash, verify,
};

use crate::town::{FATHER, HOSPITAL, Town, leg, yuan};

/// What somebody does to the entries and the leaves beside them.
type Damage<'a> = &'a dyn Fn(&mut Vec<Entry>, &mut Vec<[u8; 32]>);

fn logged() -> (Vec<Entry>, Vec<[u8; 32]>, Vec<Head>) {
    let mut town = Town::new();
    for yuans in 1..20 {
        town.transfer(Purpose::Settle, &[leg(FATHER, HOSPITAL, yuan(yuans))]);
    }
    let leaves: Vec<_> = town.journal.iter().map(|e| leaf_hash(&e.bytes())).collect();
    let heads = [8, 20, leaves.len()].map(|size| Log::of(&leaves[..size]).head());
    (town.journal, leaves, heads.to_vec())
}

#[test]
fn an_untouched_history_is_confirmed() {
    let (entries, leaves, heads) = logged();
    assert_eq!(verify(&entries, &leaves, &heads), Ok(()));
}

#[test]
fn whatever_was_touched_is_found_and_located() {
    let check = |damage: Damage<'_>, found: Tampered| {
        let (mut entries, mut leaves, heads) = logged();
        damage(&mut entries, &mut leaves);
        assert_eq!(verify(&entries, &leaves, &heads), Err(found));
    };
    let again = |entries: &[Entry]| entries.iter().map(|e| leaf_hash(&e.bytes())).collect::<Vec<_>>();
    let last = logged().0.len() as u64;
    check(
        &|entries, _| {
            let Fact::Moved { legs, .. } = &mut entries[15].fact else { panic!("not a movement") };
            legs[0].amount = yuan(1_000_000);
        },
        Tampered::Entry(15),
    );
    check(&|entries, _| drop(entries.remove(12)), Tampered::Entry(12));
    check(&|entries, _| entries.swap(13, 14), Tampered::Entry(13));
    check(&|entries, _| entries.insert(5, entries[20].clone()), Tampered::Entry(5));
    check(&|entries, _| entries.truncate(25), Tampered::Entry(25));
    // Somebody who also made the leaves anew is caught by the heads that were published.
    check(
        &|entries, leaves| {
            entries.remove(12);
            *leaves = again(entries);
        },
        Tampered::Between { from: 8, until: 20 },
    );
    check(
        &|entries, leaves| {
            entries.truncate(25);
            *leaves = again(entries);
        },
        Tampered::Cut { have: 25, published: last },
    );
}

/// Every entry of every log up to seventy entries, and no other in its place.
#[test]
fn inclusion_is_shown_for_every_entry_and_for_no_other() {
    let leaves: Vec<_> = (0_u8..70).map(|n| leaf_hash(&[n])).collect();
    let log = Log::of(&leaves);
    for size in 1..=70 {
        let root = log.root_at(size).unwrap();
        assert_eq!(root, Log::of(&leaves[..usize::try_from(size).unwrap()]).head().root);
        for index in 0..size {
            let proof = log.inclusion(index, size).unwrap();
            let leaf = |at: u64| leaves[usize::try_from(at).unwrap()];
            assert!(proof.holds(leaf(index), &root), "{index} of {size}");
            assert!(!proof.holds(leaf((index + 1) % 70), &root), "{index} of {size}");
            assert!(!proof.holds(leaf(index), &leaf(index)) || size == 1, "{index} of {size}");
        }
        assert_eq!(log.inclusion(size, size), None);
    }
}

#[test]
fn the_same_request_gets_the_same_answer_and_another_under_its_key_is_refused() {
    let (one, other) = (BodyHash([1; 32]), BodyHash([2; 32]));
    let stored = Stored { body: one, outcome: Outcome::InsufficientFunds };
    assert_eq!(admit(None, one), Admission::Fresh);
    assert_eq!(admit(Some(&stored), one), Admission::Replay(Outcome::InsufficientFunds));
    assert_eq!(admit(Some(&stored), other), Admission::Conflict);
}

#[test]
fn numbers_of_outcomes_are_kept() {
    let numbers: Vec<u16> = Outcome::ALL.iter().map(|o| o.number()).collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(numbers, sorted, "in the order of precedence, each once");
}
