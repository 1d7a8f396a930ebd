//! What a case must satisfy before it is grouped.

use super::case::{DipCase, DipPaymentCase, PointCase};
use crate::dip::Record;
use crate::drg::ROWS_MAX;
use crate::error::{Refusal, RefusalCode};
use crate::preview::check::{
    AGE_MAX, CODE_BYTES_MAX, WORD_BYTES_MAX, amount, diagnoses, factor, few, operations, out_of_range, short,
};

/// Longest source of a point value, in bytes.
pub(crate) const SOURCE_BYTES_MAX: usize = 512;

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
    // A point of a district has been from below one yuan to some hundreds.
    if own.yuan.is_zero() || own.yuan > crate::money::Rate::percent(1_000_000) {
        return Err(out_of_range("yuan", "> 0, ≤ 10000".into()));
    }
    Ok(())
}
