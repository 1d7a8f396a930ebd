//! What every reply of the JSON door keeps to, whatever was asked.

use anxin_core::{Fen, RefusalCode};
use serde_json::Value;

/// A reply that keeps its promises.
#[derive(Debug, PartialEq)]
pub enum Kept {
    Answered,
    Refused { code: String, field: String },
}

/// Reads a reply; an `Err` says which promise it breaks.
pub fn read(reply: &[u8]) -> Result<Kept, String> {
    let reply: Value = serde_json::from_slice(reply).map_err(|e| format!("not JSON: {e}"))?;
    let object = reply.as_object().filter(|o| o.len() == 1).ok_or("not an object of one member")?;
    let (kind, body) = object.iter().next().ok_or("empty")?;
    match kind.as_str() {
        "refused" => refused(body),
        "estimate" => answer(body),
        "compare" | "year" => {
            let answers = body["answers"].as_array().filter(|a| !a.is_empty()).ok_or("no answers")?;
            answers.iter().try_for_each(|a| answer(a).map(|_| ()))?;
            Ok(Kept::Answered)
        }
        "regions" => body.as_array().map(|_| Kept::Answered).ok_or_else(|| "regions are no list".into()),
        other => Err(format!("an unknown kind of reply: {other}")),
    }
}

/// A refusal has a code of the register, a field, what is accepted, and a message wherever texts
/// were asked for; a defect of the program is never put on the input.
fn refused(body: &Value) -> Result<Kept, String> {
    let text = |key: &str| body[key].as_str().ok_or_else(|| format!("a refusal without `{key}`: {body}"));
    let (code, field) = (text("code")?, text("field")?);
    text("accepted")?;
    if !RefusalCode::ALL.iter().any(|c| c.code() == code) || code == RefusalCode::Inconsistent.code() {
        return Err(format!("a refusal that nobody should get: {body}"));
    }
    if body.get("message").is_some_and(|m| m.as_str().is_none_or(str::is_empty)) {
        return Err(format!("an empty message: {body}"));
    }
    Ok(Kept::Refused { code: code.to_owned(), field: field.to_owned() })
}

fn answer(body: &Value) -> Result<Kept, String> {
    settlement(&body["settlement"])?;
    if let Some(range) = body.get("range") {
        settlement(&range["least"])?;
        settlement(&range["most"])?;
        let person = |end: &str| Ok::<_, String>(yuan(&range[end], "psn_part_amt")? - yuan(&range[end], "allowance")?);
        if person("least")? > person("most")? {
            return Err("the ends of the range are the wrong way round".into());
        }
    }
    Ok(Kept::Answered)
}

/// No amount is negative and the bill is carried in full.
fn settlement(s: &Value) -> Result<(), String> {
    const FUNDS: [&str; 7] = ["hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay"];
    const PARTS: [&str; 4] = ["fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"];
    let sum = |keys: &[&str]| keys.iter().try_fold(0, |sum, key| Ok::<_, String>(sum + yuan(s, key)?));
    let total = yuan(s, "medfee_sumamt")?;
    let checks = [
        ("the parts of the bill", sum(&PARTS)?, total),
        ("the funds", sum(&FUNDS)?, yuan(s, "fund_pay_sumamt")?),
        ("funds, person and hospital", sum(&["fund_pay_sumamt", "psn_part_amt", "hosp_part_amt"])?, total),
    ];
    match checks.iter().find(|(_, parts, whole)| parts != whole) {
        Some((what, parts, whole)) => Err(format!("{what} add up to {parts} fen, not to {whole}")),
        None => Ok(()),
    }
}

fn yuan(s: &Value, key: &str) -> Result<i64, String> {
    let fen = s[key].as_str().and_then(Fen::parse_yuan).ok_or_else(|| format!("`{key}` is no amount: {}", s[key]))?;
    if fen.is_negative() { Err(format!("`{key}` is negative: {fen:?}")) } else { Ok(fen.get()) }
}
