//! What to show when something was not known: the runs worth making and the range between them.

use super::answer::{Diagnostic, Range, Reading, Settlement};
use super::desk::{End, Gap};
use super::notes::gap_note;
use super::run::{Ends, Run};
use crate::rules::Slot;

/// The ends of the rules and of an assumed split are independent of each other; where both are open,
/// every corner is tried.
pub(super) fn ends_to_try(known: &Run<'_>) -> Vec<Ends> {
    let mut ends = vec![Ends::both(End::Least), Ends::both(End::Most)];
    let split_open = known.desk.gaps.iter().any(|(_, gap)| *gap == Gap::SplitAssumed);
    let rules_open = known.desk.blocked || known.desk.gaps.iter().any(|(_, gap)| *gap != Gap::SplitAssumed);
    if split_open && rules_open {
        ends.push(Ends { rules: End::Least, split: End::Most });
        ends.push(Ends { rules: End::Most, split: End::Least });
        // Between a rule's ends the outcome need not run one way, so the known rules count as well.
        ends.push(Ends { rules: End::Known, split: End::Least });
        ends.push(Ends { rules: End::Known, split: End::Most });
    }
    ends
}

/// Chooses what is shown and the range around it; a range whose ends agree is none. `shown` comes in
/// as the known-rules run.
///
/// The ends are what the runs came out as, not what they were meant to be: an earlier layer that
/// pays more can leave a later one less to pay.
pub(super) fn between<'a>(
    shown: &mut Run<'a>,
    others: Vec<Run<'a>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Reading, Option<Box<Range>>) {
    if others.is_empty() {
        return (Reading::Exact, None);
    }
    let known = &*shown;
    let blocked = known.desk.blocked;
    let open = !blocked;
    let outs = || {
        others
            .iter()
            .filter(|r| !(blocked && r.desk.end == End::Known))
            .map(|r| &r.out)
            .chain(open.then_some(&known.out))
    };
    let (Some(least), Some(most)) = (outs().min_by_key(|s| key(s)), outs().max_by_key(|s| key(s))) else {
        return (Reading::Exact, None);
    };
    if open && key(least) == key(most) {
        return (Reading::Exact, None);
    }
    let range = Box::new(Range { least: least.clone(), most: most.clone() });
    let mut gaps: Vec<(Option<Slot>, Gap)> =
        others.iter().chain([known]).flat_map(|r| r.desk.gaps.iter().copied()).collect();
    gaps.sort_unstable();
    gaps.dedup();
    diagnostics.extend(gaps.into_iter().map(|(slot, gap)| gap_note(slot, gap)));
    if open {
        return (Reading::KnownRules, Some(range));
    }
    if let Some(worst) = others.into_iter().max_by_key(|r| key(&r.out)) {
        *shown = worst;
    }
    (Reading::WorstCase, Some(range))
}

/// What a person comes off with: what is borne, less any allowance paid out.
fn key(out: &Settlement) -> i64 {
    out.psn_part_amt.get() - out.allowance.get()
}
