//! What a grouped stay scores and what that is worth. Exact decimals inside; a score has four places and
//! money two, rounded half up, once, at the end.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::auxiliary::Applied;
use super::catalogue::Group;
use super::deviation::{Band, Peer, Rule};
use super::layout::Kind;
use super::settings::{BaseLevel, FundShare, Settings};
use crate::money::{Fen, Rate, Rounding};

/// Amounts that a score is worked out from. What is unknown stays unknown, and so does what needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Money {
    pub cost: Option<Fen>,
    /// Last year's mean cost of the group in hospitals of the same level.
    pub peer_average: Option<Fen>,
    /// 医疗机构系数
    pub coefficient: Option<Rate>,
    /// Yuan per point.
    pub point_value: Option<Rate>,
    /// What the patient pays of the stay.
    pub patient_paid: Option<Fen>,
}

/// What a stay scores.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// The group's own score; of all days for a bed-day group.
    pub group_score: Option<Rate>,
    /// The coefficient in force: 1 for a base-level group.
    pub coefficient: Option<Rate>,
    pub auxiliary: Option<Applied>,
    pub band: Option<Band>,
    /// Cost over what it was compared with, six places.
    pub ratio: Option<Rate>,
    pub compared_with: Option<Peer>,
    /// 偏差系数, six places.
    pub deviation: Option<Rate>,
    /// Four places.
    pub case_score: Option<Rate>,
    /// 支付标准: case score × point value.
    pub pay_standard_fen: Option<Fen>,
    /// What the fund pays of it.
    pub fund_fen: Option<Fen>,
    pub flags: Vec<Flag>,
}

/// What else has to be said of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DipFlag"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DipFlag"))]
pub enum Flag {
    /// The catalogue gives the group no score.
    NoScore,
    /// The hospital's coefficient is not known.
    NoCoefficient,
    /// No point value is known.
    NoPointValue,
    /// The peers' mean is not known; the cost is compared with the standard.
    PeerFromStandard,
    /// The days in hospital are not known.
    NoDays,
    /// The cost asks for a review by experts.
    ExpertReview,
    /// The rule has no formula for a high cost: special review.
    SpecialReview,
    /// A figure is out of range.
    OutOfRange,
}

/// Works out the score of a stay. `days` is asked for by bed-day groups only; `auxiliary` is the one factor
/// that applies, which bed-day and traditional-medicine groups never have.
pub fn score(
    settings: &Settings,
    group: &Group,
    money: &Money,
    days: Option<u32>,
    auxiliary: Option<Applied>,
) -> Score {
    let mut answer = Score::default();
    if fill(settings, group, money, days, auxiliary, &mut answer).is_none()
        && answer.case_score.is_none()
        && answer.flags.is_empty()
    {
        answer.flags.push(Flag::OutOfRange);
    }
    answer
}

fn fill(
    settings: &Settings,
    group: &Group,
    money: &Money,
    days: Option<u32>,
    auxiliary: Option<Applied>,
    answer: &mut Score,
) -> Option<()> {
    let own = own_score(group, days, &mut answer.flags)?;
    answer.group_score = Some(Rate::new(own));
    answer.coefficient = coefficient(settings, group, money);
    let Some(coefficient) = answer.coefficient else {
        answer.flags.push(Flag::NoCoefficient);
        return None;
    };
    answer.auxiliary = auxiliary.filter(|_| !matches!(group.kind, Kind::BedDay | Kind::Tcm));
    let factor = answer.auxiliary.map_or(Decimal::ONE, |a| a.factor.get());
    let bare = own.checked_mul(factor)?;
    let full = bare.checked_mul(coefficient.get())?;
    let standard_score = own.checked_mul(coefficient.get())?;
    let mut exact = full;
    if group.kind != Kind::BedDay
        && let Some(cost) = money.cost
        && let Some((with, peer)) = peer(settings, money, standard_score, &mut answer.flags)
    {
        let found = settings.deviation.apply(cost, peer, coefficient.get(), (bare, full), Rate::new(own))?;
        answer.band = Some(found.band);
        answer.ratio = Some(places(found.ratio, 6));
        answer.compared_with = Some(with);
        answer.deviation = Some(places(found.k, 6));
        exact = found.score;
        answer.flags.extend(found.extreme.then_some(Flag::ExpertReview));
        answer.flags.extend(found.review.then_some(Flag::SpecialReview));
    }
    answer.case_score = Some(places(exact, 4));
    let Some(point) = money.point_value else {
        answer.flags.push(Flag::NoPointValue);
        return None;
    };
    let pay = Fen::from_decimal(exact.checked_mul(point.get())?.checked_mul(Decimal::ONE_HUNDRED)?, Rounding::HalfUp)?;
    answer.pay_standard_fen = Some(pay);
    answer.fund_fen = fund_share(settings.fund_share, pay, money.patient_paid);
    Some(())
}

/// The group's score, for a bed-day group that of its days.
fn own_score(group: &Group, days: Option<u32>, flags: &mut Vec<Flag>) -> Option<Decimal> {
    let Some(own) = group.score else {
        flags.push(Flag::NoScore);
        return None;
    };
    if group.kind != Kind::BedDay {
        return Some(own.get());
    }
    let Some(days) = days else {
        flags.push(Flag::NoDays);
        return None;
    };
    own.get().checked_mul(days.into())
}

/// The coefficient in force for a group.
pub fn coefficient(settings: &Settings, group: &Group, money: &Money) -> Option<Rate> {
    match settings.base_level {
        BaseLevel::One if group.base_level => Some(Rate::ONE),
        BaseLevel::Factor(factor) if group.base_level => Some(factor),
        _ => money.coefficient,
    }
}

/// What a cost is compared with, and how many fen that is.
fn peer(settings: &Settings, money: &Money, standard_score: Decimal, flags: &mut Vec<Flag>) -> Option<(Peer, Decimal)> {
    // The draft of 3.0 compares with the standard and with nothing else.
    let by_peers = settings.deviation.peer == Peer::LastYear && settings.deviation.rule != Rule::N3;
    if let Some(mean) = money.peer_average.filter(|mean| by_peers && *mean > Fen::ZERO) {
        return Some((Peer::LastYear, mean.to_decimal()));
    }
    let standard = standard_score.checked_mul(money.point_value?.get())?.checked_mul(Decimal::ONE_HUNDRED)?;
    if by_peers {
        flags.push(Flag::PeerFromStandard);
    }
    Some((Peer::Standard, standard))
}

/// What the fund pays of a standard; unknown where the patient's part is.
pub fn fund_share(rule: FundShare, standard: Fen, patient: Option<Fen>) -> Option<Fen> {
    match rule {
        FundShare::LessPatient => Some(standard.above(patient?)),
        FundShare::ByRatio(ratio) => standard.scaled(ratio, Rounding::HalfUp),
    }
}

/// Rounded half up to so many places.
pub(crate) fn places(exact: Decimal, places: u32) -> Rate {
    let mut rounded = exact.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(places);
    Rate::new(rounded)
}
