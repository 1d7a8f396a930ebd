//! 申报 → 初审 → 复审 → 拨付: which step leads where, and that nobody looks at their own work.

use wallet_types::{BatchState, BatchStep, StepTaken};

use BatchState::{Approved, Declared, Paid, Reviewed, Withdrawn};

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Not {
    /// It leads nowhere from here.
    State,
    /// Somebody else has to do it.
    SamePerson,
}

const EDGES: &[(BatchState, BatchStep, BatchState)] = &[
    (Declared, BatchStep::FirstReview, Reviewed),
    (Declared, BatchStep::Withdraw, Withdrawn),
    (Reviewed, BatchStep::SecondReview, Approved),
    (Reviewed, BatchStep::SendBack, Declared),
    (Approved, BatchStep::SendBack, Declared),
    (Approved, BatchStep::Pay, Paid),
];

/// Where a step leads, taken by somebody after what was done before.
pub(super) fn after(state: BatchState, step: BatchStep, who: u128, before: &[StepTaken]) -> Result<BatchState, Not> {
    let edge = EDGES.iter().find(|(from, by, _)| (*from, *by) == (state, step));
    let (_, _, to) = edge.ok_or(Not::State)?;
    let checked = match step {
        BatchStep::SecondReview => Some(BatchStep::FirstReview),
        BatchStep::Pay => Some(BatchStep::SecondReview),
        BatchStep::FirstReview | BatchStep::SendBack | BatchStep::Withdraw => None,
    };
    // Only the last review counts: one that was sent back was done anew.
    let checks = before.iter().rev().find(|taken| Some(taken.step) == checked);
    if checks.is_some_and(|taken| taken.by.0 == who) {
        return Err(Not::SamePerson);
    }
    Ok(*to)
}

#[cfg(test)]
mod tests {
    use wallet_types::Id;

    use super::*;

    const STEPS: [BatchStep; 5] =
        [BatchStep::FirstReview, BatchStep::SecondReview, BatchStep::SendBack, BatchStep::Pay, BatchStep::Withdraw];

    fn taken(step: BatchStep, by: u128) -> StepTaken {
        StepTaken { step, by: Id(by), at: String::new() }
    }

    /// Every state by every step, written out.
    #[test]
    fn nothing_leads_anywhere_but_what_is_listed() {
        let table = [
            (Declared, [Some(Reviewed), None, None, None, Some(Withdrawn)]),
            (Reviewed, [None, Some(Approved), Some(Declared), None, None]),
            (Approved, [None, None, Some(Declared), Some(Paid), None]),
            (Paid, [None; 5]),
            (Withdrawn, [None; 5]),
        ];
        for (state, expected) in table {
            let led = STEPS.map(|step| after(state, step, 9, &[]).ok());
            assert_eq!(led, expected, "{state:?}");
        }
    }

    #[test]
    fn nobody_reviews_or_pays_on_their_own_word() {
        let first = [taken(BatchStep::FirstReview, 1)];
        assert_eq!(after(Reviewed, BatchStep::SecondReview, 1, &first), Err(Not::SamePerson));
        assert_eq!(after(Reviewed, BatchStep::SecondReview, 2, &first), Ok(Approved));
        let both = [first[0].clone(), taken(BatchStep::SecondReview, 2)];
        assert_eq!(after(Approved, BatchStep::Pay, 2, &both), Err(Not::SamePerson));
        assert_eq!(after(Approved, BatchStep::Pay, 1, &both), Ok(Paid));
        let again = [both[0].clone(), both[1].clone(), taken(BatchStep::SendBack, 2), taken(BatchStep::FirstReview, 2)];
        assert_eq!(after(Reviewed, BatchStep::SecondReview, 1, &again), Ok(Approved), "of the last review");
        assert_eq!(after(Reviewed, BatchStep::SecondReview, 2, &again), Err(Not::SamePerson));
    }
}
