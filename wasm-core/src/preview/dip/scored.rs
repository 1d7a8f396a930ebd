//! The score of a group that was taken, with the point value that the case asks for.

use super::answer::{DipScoreOut, PointOut};
use super::case::{DipCase, DipPaymentCase};
use crate::dip::auxiliary::highest;
use crate::dip::settle::{SpecialFacts, special};
use crate::dip::{Catalogue, CoefficientValue, Group, Money, PointValue, score};
use crate::error::{Refusal, RefusalCode};

/// The point value that a payment names; none where it names none.
fn point(catalogue: &Catalogue, asked: &DipPaymentCase) -> Result<Option<PointOut>, Refusal> {
    if let Some(own) = &asked.own_point {
        return Ok(Some(PointOut {
            label: None,
            yuan: own.yuan,
            kind: own.kind,
            basis: None,
            source: own.source.clone(),
            date: own.date,
        }));
    }
    let Some(label) = &asked.point else { return Ok(None) };
    point_value(catalogue, label).map(|found| Some(published(found)))
}

fn published(point: &PointValue) -> PointOut {
    PointOut {
        label: Some(point.label.clone()),
        yuan: point.yuan,
        kind: point.kind,
        basis: Some(point.basis),
        source: point.source.clone(),
        date: point.date,
    }
}

/// The coefficient of the catalogue that a label names.
pub(crate) fn hospital<'c>(catalogue: &'c Catalogue, label: &str) -> Result<&'c CoefficientValue, Refusal> {
    catalogue.coefficients.iter().find(|c| c.label == label).ok_or_else(|| {
        let known: Vec<&str> = catalogue.coefficients.iter().map(|c| c.label.as_str()).collect();
        Refusal::new(RefusalCode::UnknownLevel, "hospital", known.join(", "))
    })
}

/// The point value of the catalogue that a label names.
pub(crate) fn point_value<'c>(catalogue: &'c Catalogue, label: &str) -> Result<&'c PointValue, Refusal> {
    catalogue.points.iter().find(|p| p.label == label).ok_or_else(|| {
        let known: Vec<&str> = catalogue.points.iter().map(|p| p.label.as_str()).collect();
        Refusal::new(RefusalCode::UnknownPrice, "point", known.join(", "))
    })
}

/// What a payment asks for that the catalogue has.
#[derive(Default)]
pub(super) struct Terms {
    pub point: Option<PointOut>,
    pub hospital: Option<CoefficientValue>,
}

impl Terms {
    pub fn asked(catalogue: &Catalogue, asked: &DipPaymentCase) -> Result<Terms, Refusal> {
        let hospital = asked.hospital.as_deref().map(|label| hospital(catalogue, label)).transpose()?;
        Ok(Terms { point: point(catalogue, asked)?, hospital: hospital.cloned() })
    }
}

pub(super) fn scored(catalogue: &Catalogue, group: &Group, case: &DipCase, terms: Terms) -> DipScoreOut {
    let Terms { point, hospital } = terms;
    let asked = case.payment.as_ref();
    let days = case.record.act_ipt_days;
    let money = Money {
        cost: case.record.medfee_sumamt_fen,
        peer_average: asked.and_then(|p| p.peer_average_fen),
        coefficient: hospital.as_ref().map(|h| h.coefficient).or_else(|| asked?.coefficient),
        point_value: point.as_ref().map(|p| p.yuan),
        patient_paid: asked.and_then(|p| p.patient_paid_fen),
    };
    let auxiliary = asked.and_then(|p| highest(&p.auxiliary));
    let found = score(&catalogue.settings, group, &money, days, auxiliary);
    // Special review compares with the standard before any deviation.
    let plain = score(&catalogue.settings, group, &Money { cost: None, ..money }, days, None);
    let multiple = catalogue.settings.deviation.high_line(found.group_score.unwrap_or_default());
    let facts = SpecialFacts { stay_days: case.special.stay_days.or(days), ..case.special };
    DipScoreOut {
        group_score: found.group_score,
        coefficient: found.coefficient,
        hospital,
        auxiliary: found.auxiliary,
        band: found.band,
        ratio: found.ratio,
        compared_with: found.compared_with,
        deviation: found.deviation,
        case_score: found.case_score,
        point,
        pay_standard_fen: found.pay_standard_fen,
        fund_fen: found.fund_fen,
        flags: found.flags,
        special: special(money.cost, plain.pay_standard_fen, multiple, &facts),
        text: None,
        payment_notice: String::new(),
    }
}
