use super::{Fen, Rate, Rounding};

/// Who takes the fen that whole-number shares leave over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remainder {
    /// One fen each from the first share on.
    First,
    /// One fen each from the last share back.
    Last,
}

/// Splits `total` in proportion to `weights`; the parts always add up to `total`.
///
/// Each part is first rounded toward zero, so at most one fen a part is left over, and `remainder`
/// says who takes it. `None` when the weights are empty, all zero, or out of range.
pub fn allot(total: Fen, weights: &[Fen], remainder: Remainder) -> Option<Vec<Fen>> {
    let sum = Fen::checked_sum(weights.iter().copied())?;
    if sum.get() <= 0 || weights.iter().any(|w| w.is_negative()) {
        return None;
    }
    let share = |w: &Fen| {
        let exact = total.to_decimal().checked_mul(w.to_decimal())?.checked_div(sum.to_decimal())?;
        Fen::from_decimal(Rate::new(exact).get(), Rounding::Down)
    };
    let mut parts = weights.iter().map(share).collect::<Option<Vec<_>>>()?;
    let mut left = total.checked_sub(Fen::checked_sum(parts.iter().copied())?)?.get();
    let step = left.signum();
    let mut give = |part: &mut Fen| {
        if left != 0 {
            left -= step;
            *part = Fen::new(part.get() + step).unwrap_or(*part);
        }
    };
    let takes = |(w, _): &(&Fen, &mut Fen)| !w.is_zero();
    match remainder {
        Remainder::First => weights.iter().zip(parts.iter_mut()).filter(takes).for_each(|(_, p)| give(p)),
        Remainder::Last => weights.iter().zip(parts.iter_mut()).rev().filter(takes).for_each(|(_, p)| give(p)),
    }
    (left == 0).then_some(parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fen(n: i64) -> Fen {
        Fen::new(n).unwrap()
    }

    #[test]
    fn the_remainder_goes_where_the_rule_says() {
        let three = [fen(1), fen(1), fen(1)];
        assert_eq!(allot(fen(100), &three, Remainder::First).unwrap(), [fen(34), fen(33), fen(33)]);
        assert_eq!(allot(fen(100), &three, Remainder::Last).unwrap(), [fen(33), fen(33), fen(34)]);
        assert_eq!(allot(fen(100), &[Fen::ZERO], Remainder::First), None);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_none_exceeds_its_share_by_a_fen(
            total in 0_i64..1_000_000_000_000, weights in prop::collection::vec(0_i64..1_000_000_000, 1..12),
        ) {
            let weights: Vec<Fen> = weights.into_iter().map(fen).collect();
            let sum: i64 = weights.iter().map(|w| w.get()).sum();
            match allot(fen(total), &weights, Remainder::First) {
                None => prop_assert_eq!(sum, 0),
                Some(parts) => {
                    prop_assert_eq!(parts.iter().map(|p| p.get()).sum::<i64>(), total);
                    for (w, p) in weights.iter().zip(&parts) {
                        let down = i128::from(total) * i128::from(w.get()) / i128::from(sum);
                        prop_assert!((0..=1).contains(&(i128::from(p.get()) - down)));
                    }
                }
            }
        }
    }
}
