//! What scores are worth to a hospital: month, year and the point value that comes of a fund. Before a
//! year is closed all of it is a forecast, so every answer carries its point value with source and date.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::layout::PointValue;
use crate::error::{Refusal, RefusalCode};
use crate::money::{Fen, Rate, Rounding};

/// A month as it is prepaid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Month {
    pub score: Rate,
    pub patient_paid_fen: Fen,
    /// 预付比例, 0.9 where the specification is followed.
    pub prepay_ratio: Rate,
    pub deductions_fen: Fen,
}

/// An amount and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Forecast {
    pub amount_fen: Fen,
    pub point: PointValue,
}

/// (score × point − paid by patients) × ratio − deductions.
pub fn month(month: &Month, point: &PointValue) -> Result<Forecast, Refusal> {
    share(month.prepay_ratio, "prepay_ratio")?;
    let exact = || {
        let worth = in_fen(month.score, point.yuan)?.checked_sub(month.patient_paid_fen.to_decimal())?;
        worth.checked_mul(month.prepay_ratio.get())?.checked_sub(month.deductions_fen.to_decimal())
    };
    let amount_fen = exact().and_then(rounded).ok_or_else(|| too_large("month"))?;
    Ok(Forecast { amount_fen, point: point.clone() })
}

/// A pool of money for a year's scores: (fund ÷ fund ratio) ÷ score, six places. The same shape gives the
/// budget point from weighted costs (`fund_ratio` 1) of three years.
pub fn point_value(fund: Fen, fund_ratio: Rate, score: Rate) -> Result<Rate, Refusal> {
    if fund_ratio.is_zero() || !fund_ratio.is_share() {
        return Err(Refusal::new(RefusalCode::BadShare, "fund_ratio", "0 < x <= 1"));
    }
    if score.is_zero() {
        return Err(Refusal::new(RefusalCode::OutOfRange, "score", "> 0"));
    }
    let yuan = fund.to_decimal().checked_div(Decimal::ONE_HUNDRED);
    let shares = fund_ratio.get().checked_mul(score.get());
    let exact = yuan.zip(shares).and_then(|(yuan, shares)| yuan.checked_div(shares));
    let point = exact.map(|p| p.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero));
    point.map(Rate::new).ok_or_else(|| too_large("point_value"))
}

/// Mean of years by their weights (1 : 2 : 7, the oldest first). Unknown without a year or a weight.
pub fn weighted(years: &[(Decimal, u32)]) -> Option<Decimal> {
    let total: u32 = years.iter().try_fold(0_u32, |sum, (_, weight)| sum.checked_add(*weight))?;
    let sum = years
        .iter()
        .try_fold(Decimal::ZERO, |sum, (value, weight)| sum.checked_add(value.checked_mul(Decimal::from(*weight))?))?;
    sum.checked_div(Decimal::from(total))
}

/// RW = mean cost ÷ base mean × 1000, six places; without the thousand where the base is a fixed unit.
pub fn group_score(mean_cost: Rate, base: Rate, per_thousand: bool) -> Option<Rate> {
    let exact = mean_cost.get().checked_div(base.get())?;
    let exact = if per_thousand { exact.checked_mul(Decimal::ONE_THOUSAND)? } else { exact };
    Some(Rate::new(exact.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero)))
}

/// How a year's scores are priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pricing {
    /// Every point at the same value.
    Whole,
    /// 弹性点值: a share of the score at this fixed value, growth at the floating one.
    Elastic { base_share: Rate, fixed: Rate },
}

/// A hospital's year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// Sum of case scores.
    pub score: Rate,
    pub pricing: Pricing,
    /// The share of the fund in the standard.
    pub fund_ratio: Rate,
    /// 考核系数
    pub assessment: Rate,
    pub deductions_fen: Fen,
    /// What the hospital booked to the fund (记账金额).
    pub booked_fen: Fen,
    pub prepaid_fen: Fen,
    /// How surplus and overrun are shared. Local; unknown without the document.
    pub sharing: Option<Sharing>,
}

/// 结余留用 and 合理超支分担, by how far the payment lies from what was booked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Sharing {
    /// Payment above the booked amount: the hospital keeps these shares of the surplus.
    pub surplus: Vec<Step>,
    /// Payment below it: the fund bears these shares of the overrun.
    pub overrun: Vec<Step>,
}

/// A stretch of the difference, as a share of the booked amount, and who gets how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SharingStep"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "SharingStep"))]
pub struct Step {
    /// `None` for all that is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Rate>,
    pub share: Rate,
}

/// A year as it would be settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearEnd {
    /// Score × point × fund ratio × assessment − deductions.
    pub payable_fen: Fen,
    /// Payment less what was booked: above zero a surplus, below it an overrun.
    pub difference_fen: Fen,
    /// What the fund pays for the year; unknown without a sharing table, unless nothing is to be shared.
    pub settled_fen: Option<Fen>,
    /// What is still to be paid, or below zero to be paid back.
    pub balance_fen: Option<Fen>,
    pub point: PointValue,
}

pub fn year(year: &Year, point: &PointValue) -> Result<YearEnd, Refusal> {
    share(year.fund_ratio, "fund_ratio")?;
    let exact = || {
        let worth = priced(year, point.yuan)?.checked_mul(year.fund_ratio.get())?;
        worth.checked_mul(year.assessment.get())?.checked_sub(year.deductions_fen.to_decimal())
    };
    let payable_fen = exact().and_then(rounded).ok_or_else(|| too_large("year"))?;
    let difference_fen = payable_fen.checked_sub(year.booked_fen).ok_or_else(|| too_large("booked_fen"))?;
    let settled_fen = match &year.sharing {
        _ if difference_fen.is_zero() => Some(year.booked_fen),
        None => None,
        Some(sharing) => settled(year.booked_fen, difference_fen, sharing),
    };
    let balance_fen = settled_fen.and_then(|fen| fen.checked_sub(year.prepaid_fen));
    Ok(YearEnd { payable_fen, difference_fen, settled_fen, balance_fen, point: point.clone() })
}

fn priced(year: &Year, floating: Rate) -> Option<Decimal> {
    match &year.pricing {
        Pricing::Whole => in_fen(year.score, floating),
        Pricing::Elastic { base_share, fixed } => {
            let base = year.score.get().checked_mul(base_share.get())?;
            let growth = year.score.get().checked_sub(base)?;
            in_fen(Rate::new(base), *fixed)?.checked_add(in_fen(Rate::new(growth), floating)?)
        }
    }
}

/// Booked amount plus the part of a surplus that is kept, or the part of an overrun that the fund does not
/// bear taken off.
fn settled(booked: Fen, difference: Fen, sharing: &Sharing) -> Option<Fen> {
    if difference.is_negative() {
        let overrun = Fen::ZERO.checked_sub(difference)?;
        let borne = stepped(overrun, booked, &sharing.overrun)?;
        return booked.checked_sub(overrun)?.checked_add(borne);
    }
    booked.checked_add(stepped(difference, booked, &sharing.surplus)?)
}

/// The shares of an amount, stretch by stretch. Unknown where no stretch reaches its end.
fn stepped(amount: Fen, booked: Fen, steps: &[Step]) -> Option<Fen> {
    let (mut from, mut sum) = (Decimal::ZERO, Decimal::ZERO);
    for step in steps {
        let end = match step.up_to {
            Some(ratio) => booked.to_decimal().checked_mul(ratio.get())?.min(amount.to_decimal()),
            None => amount.to_decimal(),
        };
        if end > from {
            sum = sum.checked_add(end.checked_sub(from)?.checked_mul(step.share.get())?)?;
            from = end;
        }
    }
    (from == amount.to_decimal()).then(|| rounded(sum)).flatten()
}

fn in_fen(score: Rate, yuan: Rate) -> Option<Decimal> {
    score.get().checked_mul(yuan.get())?.checked_mul(Decimal::ONE_HUNDRED)
}

fn rounded(fen: Decimal) -> Option<Fen> {
    Fen::from_decimal(fen, Rounding::HalfUp)
}

fn share(rate: Rate, field: &str) -> Result<(), Refusal> {
    if rate.is_share() { Ok(()) } else { Err(Refusal::new(RefusalCode::BadShare, field, "0..=1")) }
}

fn too_large(field: &str) -> Refusal {
    Refusal::new(RefusalCode::Overflow, field, "±(2^53 − 1)")
}

/// Why a stay may apply for special review (特例单议). Nobody but the insurer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum SpecialReason {
    /// The cost is above this multiple of the standard.
    Cost,
    LongStay,
    IntensiveCare,
    NewDrugOrTechnique,
}

/// What a preview knows of a stay beside its cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SpecialFacts {
    pub stay_days: Option<u32>,
    /// From how many days the area calls a stay long. Local.
    pub long_stay_days: Option<u32>,
    pub intensive_care: bool,
    pub new_drug_or_technique: bool,
}

/// The reasons for which a stay may apply; none is a promise.
pub fn special(cost: Option<Fen>, standard: Option<Fen>, multiple: Rate, facts: &SpecialFacts) -> Vec<SpecialReason> {
    let dear = cost.zip(standard).is_some_and(|(cost, standard)| {
        let line = standard.to_decimal().checked_mul(multiple.get());
        line.is_some_and(|line| cost.to_decimal() > line)
    });
    let long = facts.stay_days.zip(facts.long_stay_days).is_some_and(|(days, line)| days >= line);
    [
        (dear, SpecialReason::Cost),
        (long, SpecialReason::LongStay),
        (facts.intensive_care, SpecialReason::IntensiveCare),
        (facts.new_drug_or_technique, SpecialReason::NewDrugOrTechnique),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
    .collect()
}

/// Most stays of a district that special review takes: 5 per mille of its discharges, pooled.
pub fn special_quota(discharges: u64) -> u64 {
    discharges / 200
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dip::layout::PointKind;
    use crate::rules::Basis;

    fn rate(text: &str) -> Rate {
        Rate::parse(text).unwrap()
    }

    fn yuan(text: &str) -> Fen {
        Fen::parse_yuan(text).unwrap()
    }

    fn point(text: &str) -> PointValue {
        PointValue {
            label: "职工".into(),
            yuan: rate(text),
            kind: PointKind::Forecast,
            basis: Basis::Assumed,
            source: "example".into(),
            date: None,
        }
    }

    #[test]
    fn a_month_is_prepaid_in_part() {
        let asked = Month {
            score: rate("20000"),
            patient_paid_fen: yuan("42000"),
            prepay_ratio: rate("0.9"),
            deductions_fen: yuan("500"),
        };
        assert_eq!(month(&asked, &point("5.5")).unwrap().amount_fen, yuan("60700"));
        let wrong = Month { prepay_ratio: rate("90"), ..asked };
        assert_eq!(month(&wrong, &point("5.5")).unwrap_err().field, "prepay_ratio");
    }

    #[test]
    fn a_year_s_fund_gives_the_point() {
        let found = point_value(yuan("120000000"), rate("0.60"), rate("36500000")).unwrap();
        assert_eq!(found, rate("5.479452"));
        assert_eq!(point_value(yuan("1"), rate("0"), rate("1")).unwrap_err().field, "fund_ratio");
        assert_eq!(point_value(yuan("1"), rate("1"), rate("0")).unwrap_err().field, "score");
    }

    #[test]
    fn scores_come_from_mean_costs() {
        let found = group_score(rate("7617.038868"), rate("5718.153489"), true);
        assert_eq!(found, Some(rate("1332.080169")));
        assert_eq!(group_score(rate("1"), rate("0"), true), None);
        let years = [(Decimal::from(100), 1), (Decimal::from(200), 2), (Decimal::from(300), 7)];
        assert_eq!(weighted(&years), Some(Decimal::from(260)));
        assert_eq!(weighted(&[]), None);
    }

    fn hospital(sharing: Option<Sharing>) -> Year {
        Year {
            score: rate("100000"),
            pricing: Pricing::Whole,
            fund_ratio: rate("0.6"),
            assessment: rate("0.98"),
            deductions_fen: yuan("1000"),
            booked_fen: yuan("300000"),
            prepaid_fen: yuan("250000"),
            sharing,
        }
    }

    #[test]
    fn a_year_is_settled_against_what_was_booked() {
        // 100,000 × 5.5 × 0.6 × 0.98 − 1,000 = 322,400; booked 300,000.
        let unknown = year(&hospital(None), &point("5.5")).unwrap();
        assert_eq!((unknown.payable_fen, unknown.difference_fen), (yuan("322400"), yuan("22400")));
        assert_eq!((unknown.settled_fen, unknown.balance_fen), (None, None));
        let steps =
            vec![Step { up_to: Some(rate("0.05")), share: rate("1") }, Step { up_to: None, share: rate("0.5") }];
        let sharing = Sharing { surplus: steps, overrun: vec![Step { up_to: Some(rate("0.1")), share: rate("0.6") }] };
        // Of 22,400 the first 5 % of 300,000 whole, half of the other 7,400.
        let shared = year(&hospital(Some(sharing.clone())), &point("5.5")).unwrap();
        assert_eq!((shared.settled_fen, shared.balance_fen), (Some(yuan("318700")), Some(yuan("68700"))));
        // 100,000 × 5 × 0.588 − 1,000 = 293,000: of an overrun of 7,000 the fund bears 4,200.
        let over = year(&hospital(Some(sharing.clone())), &point("5")).unwrap();
        assert_eq!((over.difference_fen, over.settled_fen), (yuan("-7000"), Some(yuan("297200"))));
        // Beyond the last stretch nothing is known.
        assert_eq!(year(&hospital(Some(sharing)), &point("3")).unwrap().settled_fen, None);
    }

    #[test]
    fn an_elastic_point_prices_base_and_growth_apart() {
        let pricing = Pricing::Elastic { base_share: rate("0.8"), fixed: rate("5") };
        let asked = Year { pricing, assessment: rate("1"), deductions_fen: Fen::ZERO, ..hospital(None) };
        // (80,000 × 5 + 20,000 × 6) × 0.6
        assert_eq!(year(&asked, &point("6")).unwrap().payable_fen, yuan("312000"));
    }

    #[test]
    fn a_stay_may_apply_for_review() {
        let facts = SpecialFacts { stay_days: Some(60), long_stay_days: Some(60), ..SpecialFacts::default() };
        let found = |cost| special(Some(yuan(cost)), Some(yuan("1000")), rate("2"), &facts);
        assert_eq!(found("2000"), [SpecialReason::LongStay]);
        assert_eq!(found("2000.01"), [SpecialReason::Cost, SpecialReason::LongStay]);
        assert_eq!(special(None, None, rate("2"), &SpecialFacts::default()), []);
        assert_eq!(special_quota(10_199), 50);
    }
}
