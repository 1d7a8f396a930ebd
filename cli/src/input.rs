//! Cases as they stand in a file, completed by what the command line says.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use anxin_core::benefit::{Case, Visit};
use anxin_core::dispatch::{REQUEST_BYTES_MAX, parse};
use anxin_core::{Day, Refusal, RefusalCode};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::failure::Failure;

/// Reads a file, or standard input for `-`; never more than a request may hold.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let most = u64::try_from(REQUEST_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|e| Failure::file(path, &e))?;
    Ok(bytes)
}

pub fn one(json: &[u8], region: Option<&str>) -> Result<Case, Refusal> {
    if json.trim_ascii_start().starts_with(b"[") {
        return Err(Refusal::new(RefusalCode::Malformed, "", "one case; a list goes with --year or --compare"));
    }
    match region {
        Some(region) => in_region(json, region),
        None => parse(json),
    }
}

pub fn list(json: &[u8], region: Option<&str>) -> Result<Vec<Case>, Refusal> {
    if !json.trim_ascii_start().starts_with(b"[") {
        return Err(Refusal::new(RefusalCode::Malformed, "", "a list of cases"));
    }
    let Some(region) = region else { return parse(json) };
    let items: Vec<&RawValue> = parse(json)?;
    let case = |(i, item): (usize, &&RawValue)| {
        in_region(item.get().as_bytes(), region).map_err(|refusal| refusal.within(&format!("[{i}]")))
    };
    items.iter().enumerate().map(case).collect()
}

/// A case may leave its region to the command line. It is added to the text, so that the reading
/// stays as strict as it is.
fn in_region(json: &[u8], region: &str) -> Result<Case, Refusal> {
    #[derive(Deserialize)]
    struct Told {
        region: Option<IgnoredAny>,
    }
    let told = serde_json::from_slice::<Told>(json).is_ok_and(|t| t.region.is_some());
    let text = if told { Cow::Borrowed(json) } else { with_region(json, region) };
    let mut case: Case = parse(&text)?;
    case.region = region.into();
    Ok(case)
}

fn with_region<'a>(json: &'a [u8], region: &str) -> Cow<'a, [u8]> {
    let Some(members) = json.trim_ascii_start().strip_prefix(b"{") else { return Cow::Borrowed(json) };
    let comma = if members.trim_ascii_start().starts_with(b"}") { "" } else { "," };
    let member = format!("{{\"region\":{}{comma}", serde_json::Value::from(region));
    Cow::Owned([member.as_bytes(), members].concat())
}

/// Moves a visit to the day whose rules are to be applied.
pub fn as_of(case: &mut Case, day: Day) {
    match &mut case.visit {
        Visit::Inpatient(stay) | Visit::DaySurgery(stay) => stay.discharged = day,
        Visit::Outpatient(clinic) | Visit::SpecialDrug(clinic) => clinic.on = day,
        Visit::SpecialOutpatient(month) => month.on = day,
        Visit::Maternity(birth) => birth.on = day,
        Visit::SecondPay(slip) => slip.on = day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = r#""scheme":"resident","visit":{"second_pay":{"on":"2026-01-02","own_in_scope_fen":1}}"#;

    #[test]
    fn the_command_line_fills_or_replaces_the_region() {
        for text in [format!("{{{REST}}}"), format!(" {{ \"region\":\"guigang\",{REST}}}")] {
            assert_eq!(one(text.as_bytes(), Some("shanwei")).unwrap().region, "shanwei");
            let cases = list(format!("[{text},{text}]").as_bytes(), Some("441500")).unwrap();
            assert!(cases.iter().all(|c| c.region == "441500"));
        }
    }

    #[test]
    fn filling_the_region_does_not_make_the_reading_lenient() {
        let refused = |text: &str| one(text.as_bytes(), Some("shanwei")).unwrap_err();
        assert_eq!(refused("{}").accepted.split_once(" at ").unwrap().0, "missing field `scheme`");
        assert!(refused(&format!("{{\"region\":\"a\",\"region\":\"b\",{REST}}}")).accepted.contains("duplicate field"));
        assert!(refused(&format!("{{\"place\":1,{REST}}}")).accepted.contains("unknown field `place`"));
        assert_eq!(refused(&format!("{{{REST}}} x")).code, RefusalCode::Malformed);
        let second = list(format!("[{{{REST}}},{{}}]").as_bytes(), Some("shanwei")).unwrap_err();
        assert_eq!(second.field, "[1].scheme");
    }
}
