//! What has to be true of every message, whatever it asks for.

use serde::de::DeserializeOwned;
use serde_json::Value;
use wallet_ledger::Micros;
use wallet_types::NhsaCode;
use wallet_types::nhsa::NhsaRequest;

use super::refuse::Refused;
use super::times;

/// An institution's code at the head of a message's number.
const CODE_LETTERS: usize = 12;

pub fn read(message: Value) -> Result<NhsaRequest<Value>, Refused> {
    parse(message, "")
}

/// A transaction's own fields.
pub fn input<T: DeserializeOwned>(request: &NhsaRequest<Value>) -> Result<T, Refused> {
    parse(request.input.clone(), "input")
}

fn parse<T: DeserializeOwned>(value: Value, within: &str) -> Result<T, Refused> {
    serde_path_to_error::deserialize(value).map_err(|e| {
        let path = e.path().to_string();
        let complaint = e.into_inner().to_string();
        let named = ["missing field `", "unknown field `"].iter().find_map(|head| complaint.strip_prefix(head));
        let named = named.and_then(|rest| rest.split_once('`')).map(|(name, _)| name);
        let mut parts = vec![within];
        parts.extend(path.split('.').filter(|part| !matches!(*part, "" | "?")));
        if let Some(named) = named.filter(|named| parts.last() != Some(named)) {
            parts.push(named);
        }
        parts.retain(|part| !part.is_empty());
        Refused::field(parts.join("."), complaint)
    })
}

/// Looks at every field of the envelope, and gives back when the message says it was made.
pub fn check(request: &NhsaRequest<Value>, address: &str) -> Result<Micros, Refused> {
    if request.infno != address {
        return Err(Refused::new(NhsaCode::UnknownInfno, "infno", address));
    }
    let lengths = [
        ("recer_sys_code", &request.recer_sys_code, 1, 10),
        ("dev_no", &request.dev_no, 0, 100),
        ("dev_safe_info", &request.dev_safe_info, 0, 2_000),
        ("opter", &request.opter, 1, 30),
        ("opter_name", &request.opter_name, 1, 50),
        ("fixmedins_name", &request.fixmedins_name, 1, 200),
        ("sign_no", &request.sign_no, 0, 30),
        ("cainfo", &request.cainfo, 1, 256),
    ];
    for (field, text, least, most) in lengths {
        length(field, text, least, most)?;
    }
    one_of("signtype", &request.signtype, &["SM2"])?;
    one_of("infver", &request.infver, &["V1.0"])?;
    one_of("opter_type", &request.opter_type, &["1", "2", "3"])?;
    if request.fixmedins_code.len() != CODE_LETTERS
        || !request.fixmedins_code.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return Err(Refused::field("fixmedins_code", "12 letters and digits"));
    }
    area("mdtrtarea_admvs", &request.mdtrtarea_admvs)?;
    if !request.insuplc_admdvs.is_empty() || mentions(&request.input, "psn_no") {
        area("insuplc_admdvs", &request.insuplc_admdvs)?;
    }
    check_msgid(&request.msgid, &request.fixmedins_code)?;
    times::read(&request.inf_time).ok_or_else(|| Refused::field("inf_time", "yyyy-MM-dd HH:mm:ss"))
}

/// Institution, time and number: gives back the time.
pub fn check_msgid(msgid: &str, code: &str) -> Result<Micros, Refused> {
    const TIME_DIGITS: usize = 14;
    let bad = || Refused::field("msgid", "fixmedins_code + yyyyMMddHHmmss + 0000–9999");
    let rest = msgid.strip_prefix(code).ok_or_else(bad)?;
    let (time, number) = rest.split_at_checked(TIME_DIGITS).ok_or_else(bad)?;
    if number.len() != 4 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad());
    }
    times::read_digits(time).ok_or_else(bad)
}

pub fn length(field: &str, text: &str, least: usize, most: usize) -> Result<(), Refused> {
    let letters = text.chars().count();
    if letters < least || letters > most || text.chars().any(char::is_control) {
        return Err(Refused::field(field, format!("{least}–{most} characters")));
    }
    Ok(())
}

pub fn one_of(field: &str, text: &str, known: &[&str]) -> Result<(), Refused> {
    if known.contains(&text) { Ok(()) } else { Err(Refused::field(field, known.join(", "))) }
}

fn area(field: &str, text: &str) -> Result<(), Refused> {
    if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
        Ok(())
    } else {
        Err(Refused::field(field, "6 digits"))
    }
}

fn mentions(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(other, value)| other == name || mentions(value, name)),
        Value::Array(items) => items.iter().any(|item| mentions(item, name)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_number_of_a_message_is_its_senders_a_time_and_four_digits() {
        let code = "H00000000001";
        assert!(check_msgid("H00000000001202611020900000007", code).is_ok());
        for bad in [
            "",
            "H00000000001",
            "H00000000002202611020900000007",
            "H0000000000120261102090000007",
            "H000000000012026110209000000070",
            "H00000000001202613020900000007",
            "H0000000000120261102090000 007",
            "H0000000000120261102090000é07",
        ] {
            assert!(check_msgid(bad, code).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_input_is_named_by_its_path() {
        let told = |input: Value| {
            parse::<wallet_types::nhsa::NhsaData<wallet_types::nhsa::Unregistration>>(input, "input")
                .unwrap_err()
                .told(anxin_core::text::Lang::En)
        };
        assert!(told(json!({})).contains("(input.data)"));
        assert!(told(json!({ "data": { "psn_no": 1 } })).contains("(input.data.psn_no)"));
        assert!(told(json!({ "data": { "psn_no": "1", "mdtrt_id": "2" } })).contains("(input.data.ipt_otp_no)"));
        let unknown = json!({ "data": { "psn_no": "1", "mdtrt_id": "2", "ipt_otp_no": "3", "more": 1 } });
        assert!(told(unknown).contains("(input.data.more)"));
    }

    proptest! {
        #[test]
        fn no_number_makes_it_panic(msgid in ".{0,40}", code in ".{0,14}") {
            let _ = check_msgid(&msgid, &code);
        }
    }
}
