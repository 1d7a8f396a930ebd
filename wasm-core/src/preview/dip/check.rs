//! What a case must satisfy before it is grouped.

use super::case::{DipCase, DipPaymentCase, PointCase};
use crate::dip::Record;
use crate::drg::ROWS_MAX;
use crate::error::{Refusal, RefusalCode};
use crate::money::Rate;
use crate::preview::PointsCase;
use crate::preview::check::{
    AGE_MAX, CODE_BYTES_MAX, WORD_BYTES_MAX, amount, diagnoses, factor, few, operations, out_of_range, short,
};

/// Longest source of a point value, in bytes.
pub(crate) const SOURCE_BYTES_MAX: usize = 512;

/// As many types as there are.
const AUXILIARY_MAX: usize = 15;

pub(super) fn check(case: &DipCase) -> Result<(), Refusal> {
    record(&case.record).map_err(|r| r.within("record"))?;
    case.payment.as_ref().map_or(Ok(()), |asked| payment(asked).map_err(|r| r.within("payment")))
}

fn record(record: &Record) -> Result<(), Refusal> {
    if record.age.is_some_and(|age| age > AGE_MAX) {
        return Err(out_of_range("age", format!("0–{AGE_MAX}")));
    }
    diagnoses(&record.diagnoses)?;
    operations(&record.operations)?;
    few(record.operation_classes.len(), ROWS_MAX, "operation_classes")?;
    for (i, class) in record.operation_classes.iter().enumerate() {
        short(class, WORD_BYTES_MAX, || format!("operation_classes[{i}]"))?;
    }
    amount(record.medfee_sumamt_fen, "medfee_sumamt_fen")
}

fn payment(asked: &DipPaymentCase) -> Result<(), Refusal> {
    amount(asked.peer_average_fen, "peer_average_fen")?;
    amount(asked.patient_paid_fen, "patient_paid_fen")?;
    asked.coefficient.map_or(Ok(()), |rate| factor(rate, "coefficient"))?;
    few(asked.auxiliary.len(), AUXILIARY_MAX, "auxiliary")?;
    for (i, found) in asked.auxiliary.iter().enumerate() {
        factor(found.factor, &format!("auxiliary[{i}].factor"))?;
        found.trigger.map_or(Ok(()), |rate| factor(rate, &format!("auxiliary[{i}].trigger")))?;
    }
    short(asked.hospital.as_deref().unwrap_or_default(), SOURCE_BYTES_MAX, || "hospital".into())?;
    if asked.hospital.is_some() && asked.coefficient.is_some() {
        return Err(Refusal::new(RefusalCode::Malformed, "hospital", "coefficient / hospital"));
    }
    short(asked.point.as_deref().unwrap_or_default(), CODE_BYTES_MAX, || "point".into())?;
    let Some(own) = &asked.own_point else { return Ok(()) };
    if asked.point.is_some() {
        return Err(Refusal::new(RefusalCode::Malformed, "own_point", "point / own_point"));
    }
    own_point(own).map_err(|r| r.within("own_point"))
}

/// A point value that somebody says.
pub(crate) fn own_point(own: &PointCase) -> Result<(), Refusal> {
    short(&own.source, SOURCE_BYTES_MAX, || "source".into())?;
    point_yuan(own.yuan, "yuan")
}

/// What holds for every row of a table.
pub(crate) fn check_points(asked: &PointsCase) -> Result<(), Refusal> {
    let PointsCase { coefficient, hospital, point_value, point } = asked;
    for (field, label, number) in [("hospital", hospital, coefficient), ("point", point, point_value)] {
        short(label.as_deref().unwrap_or_default(), SOURCE_BYTES_MAX, || field.into())?;
        if label.is_some() && number.is_some() {
            return Err(Refusal::new(RefusalCode::Malformed, field, "1 ×"));
        }
    }
    coefficient.map_or(Ok(()), |rate| factor(rate, "coefficient"))?;
    point_value.map_or(Ok(()), |yuan| point_yuan(yuan, "point_value"))
}

fn point_yuan(yuan: Rate, field: &str) -> Result<(), Refusal> {
    // A point of a district has been from below one yuan to some hundreds.
    if yuan.is_zero() || yuan > Rate::percent(1_000_000) {
        return Err(out_of_range(field, "> 0, ≤ 10000".into()));
    }
    Ok(())
}
