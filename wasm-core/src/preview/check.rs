//! What a case must satisfy before it is grouped.

use super::case::{GroupCase, PaymentCase};
use crate::benefit::AMOUNT_MAX;
use crate::drg::{Diagnosis, Operation, ROWS_MAX, Record, Thresholds};
use crate::error::{Refusal, RefusalCode};
use crate::money::{Fen, Rate};

/// Longest code that is read, in bytes. The longest of a dictionary has 24.
pub(super) const CODE_BYTES_MAX: usize = 64;
/// Longest word of any other field.
pub(super) const WORD_BYTES_MAX: usize = 32;
pub(super) const AGE_MAX: u32 = 200;
/// Most fen of an amount of a whole hospital or area.
pub(super) const AREA_AMOUNT_MAX: i64 = 1_000_000_000_000_000;
const LINES_MAX: usize = 32;
/// Longest name of a ward, or that a region's table has for a price or a level.
const LABEL_BYTES_MAX: usize = 256;
const PRICE_MAX: i64 = 1_000_000;

pub(super) fn check(case: &GroupCase) -> Result<(), Refusal> {
    record(&case.record).map_err(|r| r.within("record"))?;
    match &case.payment {
        Some(asked) => payment(asked).map_err(|r| r.within("payment")),
        None => Ok(()),
    }
}

fn record(record: &Record) -> Result<(), Refusal> {
    short(&record.gend, WORD_BYTES_MAX, || "gend".into())?;
    if record.age.is_some_and(|age| age > AGE_MAX) {
        return Err(out_of_range("age", format!("0–{AGE_MAX}")));
    }
    for (field, word) in [("ipt_med_type", &record.ipt_med_type), ("trt_type", &record.trt_type)] {
        word_of(word.as_deref(), || field.into())?;
    }
    short(record.dscg_caty.as_deref().unwrap_or_default(), LABEL_BYTES_MAX, || "dscg_caty".into())?;
    diagnoses(&record.diagnoses)?;
    operations(&record.operations)
}

pub(super) fn diagnoses(rows: &[Diagnosis]) -> Result<(), Refusal> {
    few(rows.len(), ROWS_MAX, "diagnoses")?;
    for (i, row) in rows.iter().enumerate() {
        short(&row.diag_code, CODE_BYTES_MAX, || format!("diagnoses[{i}].diag_code"))?;
        for (field, word) in [
            ("maindiag_flag", &row.maindiag_flag),
            ("diag_type", &row.diag_type),
            ("adm_cond_type", &row.adm_cond_type),
        ] {
            word_of(word.as_deref(), || format!("diagnoses[{i}].{field}"))?;
        }
    }
    Ok(())
}

pub(super) fn operations(rows: &[Operation]) -> Result<(), Refusal> {
    few(rows.len(), ROWS_MAX, "operations")?;
    for (i, row) in rows.iter().enumerate() {
        short(&row.oprn_oprt_code, CODE_BYTES_MAX, || format!("operations[{i}].oprn_oprt_code"))?;
        word_of(row.main_oprn_flag.as_deref(), || format!("operations[{i}].main_oprn_flag"))?;
    }
    Ok(())
}

pub(super) fn payment(asked: &PaymentCase) -> Result<(), Refusal> {
    let amounts = [("cost_fen", asked.cost_fen), ("fund_fen", asked.fund_fen), ("patient_fen", asked.patient_fen)];
    for (field, amount) in amounts {
        self::amount(amount, field)?;
    }
    short(&asked.price, LABEL_BYTES_MAX, || "price".into())?;
    short(asked.level.as_deref().unwrap_or_default(), LABEL_BYTES_MAX, || "level".into())?;
    asked.coefficient.map_or(Ok(()), |rate| factor(rate, "coefficient"))?;
    asked.yuan.map_or(Ok(()), price)?;
    asked.thresholds.as_ref().map_or(Ok(()), |lines| thresholds(lines).map_err(|r| r.within("thresholds")))
}

pub(super) fn amount(amount: Option<Fen>, field: &str) -> Result<(), Refusal> {
    if amount.is_some_and(|fen| fen < Fen::ZERO || fen.get() > AMOUNT_MAX) {
        return Err(out_of_range(field, format!("0–{AMOUNT_MAX}")));
    }
    Ok(())
}

/// Lines are read from the lightest weight upward: one without an end closes the list.
fn thresholds(lines: &Thresholds) -> Result<(), Refusal> {
    factor(lines.low, "low")?;
    few(lines.high.len(), LINES_MAX, "high")?;
    let mut before = Some(Rate::ZERO);
    for (i, line) in lines.high.iter().enumerate() {
        factor(line.multiple, &format!("high[{i}].multiple"))?;
        let above = before.is_some_and(|before| line.weight_up_to.is_none_or(|most| most > before));
        if !above {
            return Err(out_of_range(&format!("high[{i}].weight_up_to"), "ascending".into()));
        }
        before = line.weight_up_to;
    }
    Ok(())
}

pub(super) fn factor(rate: Rate, field: &str) -> Result<(), Refusal> {
    if rate.is_zero() || rate > Rate::percent(10_000) {
        return Err(out_of_range(field, "> 0, ≤ 100".into()));
    }
    Ok(())
}

/// Yuan for one weight or point, as somebody says it.
fn price(yuan: Rate) -> Result<(), Refusal> {
    if yuan.is_zero() || yuan > Rate::percent(PRICE_MAX * 100) {
        return Err(out_of_range("yuan", format!("> 0, ≤ {PRICE_MAX}")));
    }
    Ok(())
}

pub(super) fn few(rows: usize, most: usize, field: &str) -> Result<(), Refusal> {
    if rows > most { Err(out_of_range(field, format!("0–{most}"))) } else { Ok(()) }
}

fn word_of(word: Option<&str>, field: impl FnOnce() -> String) -> Result<(), Refusal> {
    word.map_or(Ok(()), |word| short(word, WORD_BYTES_MAX, field))
}

pub(super) fn short(text: &str, most: usize, field: impl FnOnce() -> String) -> Result<(), Refusal> {
    if text.len() > most { Err(out_of_range(&field(), format!("≤ {most} bytes"))) } else { Ok(()) }
}

pub(super) fn out_of_range(field: &str, accepted: String) -> Refusal {
    Refusal::new(RefusalCode::OutOfRange, field, accepted)
}
