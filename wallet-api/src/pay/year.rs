//! 年度累计: what an order adds to the year, and taking it back when the order comes to nothing.

use anxin_core::Fen;
use anxin_core::benefit::YearToDate;

/// A year without what one order added to it: other orders may have come after it.
pub(super) fn without(now: &YearToDate, before: &YearToDate, after: &YearToDate) -> YearToDate {
    let mut year = now.clone();
    year.admissions = now.admissions.saturating_sub(after.admissions.saturating_sub(before.admissions));
    for (field, at) in year.amounts_mut().into_iter().zip(before.amounts().into_iter().zip(after.amounts())) {
        let (before, after) = at;
        *field = less(*field, before, after);
    }
    for (map, before, after) in [
        (&mut year.special_paid_fen, &before.special_paid_fen, &after.special_paid_fen),
        (&mut year.special_deductible_fen, &before.special_deductible_fen, &after.special_deductible_fen),
    ] {
        for (name, fen) in map.iter_mut() {
            let of = |map: &std::collections::BTreeMap<String, Fen>| map.get(name).copied().unwrap_or_default();
            *fen = less(*fen, of(before), of(after));
        }
        map.retain(|name, fen| !fen.is_zero() || before.contains_key(name));
    }
    year
}

/// What is left of what an order added when part of its funds' money came back: the same share of everything, rounded
/// down. It is still one admission.
pub(super) fn rest(before: &YearToDate, after: &YearToDate, funds: Fen, back: Fen) -> YearToDate {
    if back.is_zero() || funds.is_zero() {
        return after.clone();
    }
    let share = |before: Fen, after: Fen| {
        let (added, kept) = (i128::from(after.above(before).get()), i128::from(funds.above(back).get()));
        let left = i64::try_from(added * kept / i128::from(funds.get())).unwrap_or_default();
        before.plus(Fen::new(left).unwrap_or_default())
    };
    let mut year = after.clone();
    for (field, at) in year.amounts_mut().into_iter().zip(before.amounts()) {
        *field = share(at, *field);
    }
    for (map, before) in [
        (&mut year.special_paid_fen, &before.special_paid_fen),
        (&mut year.special_deductible_fen, &before.special_deductible_fen),
    ] {
        for (name, fen) in map.iter_mut() {
            *fen = share(before.get(name).copied().unwrap_or_default(), *fen);
        }
    }
    year
}

/// An accumulation only grows, and never falls below nothing.
fn less(now: Fen, before: Fen, after: Fen) -> Fen {
    now.above(after.above(before))
}

/// The amounts of a year, always in one order.
trait Amounts {
    fn amounts(&self) -> [Fen; 12];
    fn amounts_mut(&mut self) -> [&mut Fen; 12];
}

macro_rules! amounts {
    ($($field:ident),* $(,)?) => {
        impl Amounts for YearToDate {
            fn amounts(&self) -> [Fen; 12] {
                [$(self.$field),*]
            }

            fn amounts_mut(&mut self) -> [&mut Fen; 12] {
                [$(&mut self.$field),*]
            }
        }
    };
}

amounts!(
    pool_paid_fen,
    pool_base_fen,
    over_cap_paid_fen,
    own_in_scope_fen,
    catastrophic_paid_fen,
    aid_paid_fen,
    aid_base_fen,
    supplement_paid_fen,
    outpatient_paid_fen,
    outpatient_sub_paid_fen,
    outpatient_deductible_fen,
    special_drug_paid_fen,
);

#[cfg(test)]
mod tests {
    use super::*;

    fn fen(fen: i64) -> Fen {
        Fen::new(fen).unwrap()
    }

    #[test]
    fn what_one_order_added_goes_and_what_others_added_stays() {
        let before = YearToDate { admissions: 1, pool_paid_fen: fen(100), ..YearToDate::default() };
        let mut after =
            YearToDate { admissions: 2, pool_paid_fen: fen(350), outpatient_paid_fen: fen(7), ..before.clone() };
        after.special_paid_fen.insert("透析".into(), fen(40));
        let mut now = YearToDate { pool_paid_fen: fen(400), admissions: 3, ..after.clone() };
        now.special_paid_fen.insert("化疗".into(), fen(9));
        let without = without(&now, &before, &after);
        assert_eq!((without.admissions, without.pool_paid_fen, without.outpatient_paid_fen), (2, fen(150), Fen::ZERO));
        assert_eq!(without.special_paid_fen.into_iter().collect::<Vec<_>>(), [("化疗".to_owned(), fen(9))]);
        assert_eq!(super::without(&after, &before, &after), before);
    }

    #[test]
    fn what_is_left_is_in_proportion_to_what_the_funds_still_pay() {
        let before = YearToDate { pool_paid_fen: fen(100), ..YearToDate::default() };
        let mut after =
            YearToDate { pool_paid_fen: fen(400), pool_base_fen: fen(500), admissions: 1, ..before.clone() };
        after.special_paid_fen.insert("透析".into(), fen(33));
        let rest = |back: i64| rest(&before, &after, fen(300), fen(back));
        assert_eq!(rest(0), after);
        let some = rest(100);
        assert_eq!((some.pool_paid_fen, some.pool_base_fen, some.admissions), (fen(300), fen(333), 1));
        assert_eq!(some.special_paid_fen.get("透析"), Some(&fen(22)));
        assert_eq!((rest(300).pool_paid_fen, rest(300).pool_base_fen), (fen(100), Fen::ZERO));
    }

    /// A field that is added to the year is added to the list above: all of them show in its JSON.
    #[test]
    fn no_amount_of_a_year_is_left_out() {
        let written = serde_json::to_value(YearToDate::default()).unwrap();
        // Beside the amounts there is the number of admissions; maps that are empty are not written.
        assert_eq!(written.as_object().unwrap().len(), YearToDate::default().amounts().len() + 1);
    }
}
