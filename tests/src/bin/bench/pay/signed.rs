//! Messages of the national interface, signed by SM2 before the clock runs.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::{Value, json};
use sm2::dsa::signature::Signer as _;
use sm2::dsa::{Signature, SigningKey};
use wallet_ledger::{Micros, OwnerId};
use wallet_store::{Desk, Institution, InstitutionKey};

use crate::wallet::http::Client;

pub const CODE: &str = "H00000000007";
const CHINA: Offset = Offset::constant(8);
const IDENTITY: &str = "1234567812345678";
/// Numbers within a second.
const OF_SECOND: u64 = 10_000;

/// A hospital that numbers and signs its messages.
pub struct Hospital {
    key: SigningKey,
    sent: Mutex<u64>,
    sign_no: Mutex<String>,
}

impl Hospital {
    pub async fn registered(desk: &Desk, owner: OwnerId) -> Result<Hospital> {
        let key = SigningKey::from_slice(IDENTITY, &rand::random::<[u8; 32]>()).ok().context("no key")?;
        let point = key.verifying_key().to_sec1_bytes();
        let point = point.as_ref().try_into().ok().context("a key of another length")?;
        let institution = Institution { code: CODE.into(), owner, name: "测速医院".into(), suspended_from: None };
        desk.put_nhsa_institution(&institution).await?;
        let (valid_from, valid_until) = (Micros(0), Micros(i64::MAX));
        desk.put_nhsa_key(&InstitutionKey { code: CODE.into(), point, valid_from, valid_until }).await?;
        Ok(Hospital { key, sent: Mutex::default(), sign_no: Mutex::default() })
    }

    pub async fn sign_in(&self, connection: &mut Client) -> Result<()> {
        let message = self.message("9001", &json!({ "signIn": { "opter_no": "op-1" } }))?;
        let told: Value = serde_json::from_slice(connection.post("/nhsa/9001", "", "", &message).await?)?;
        let sign_no = told.pointer("/output/signinoutb/sign_no").and_then(Value::as_str);
        let sign_no = sign_no.with_context(|| format!("not signed in: {told}"))?;
        sign_no.clone_into(&mut *self.sign_no.lock().ok().context("no number")?);
        Ok(())
    }

    /// A message under the next number.
    pub fn message(&self, infno: &str, input: &Value) -> Result<String> {
        let sent = {
            let mut sent = self.sent.lock().ok().context("no number")?;
            *sent += 1;
            *sent
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        // A second has so many numbers; those after it are taken of the seconds before.
        let (time, digits) = (china(now)?, china(now.saturating_sub(sent / OF_SECOND))?);
        let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
        let mut message = json!({
            "infno": infno, "msgid": format!("{CODE}{digits}{:04}", sent % OF_SECOND), "mdtrtarea_admvs": "440100",
            "insuplc_admdvs": "441800", "recer_sys_code": "ANXIN", "signtype": "SM2", "infver": "V1.0",
            "opter_type": "1", "opter": "op-1", "opter_name": "收费员", "inf_time": time, "fixmedins_code": CODE,
            "fixmedins_name": "测速医院", "sign_no": *self.sign_no.lock().ok().context("no number")?, "input": input,
        });
        let signature: Signature = self.key.try_sign(canonical(&message).as_bytes()).ok().context("not signed")?;
        let digits: Vec<String> = signature.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        message["cainfo"] = digits.concat().into();
        Ok(message.to_string())
    }
}

/// What is signed: names in order, and no white space.
fn canonical(value: &Value) -> String {
    let members = match value {
        Value::Object(members) => members,
        Value::Array(items) => return format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        plain => return plain.to_string(),
    };
    let members: BTreeMap<&String, &Value> = members.iter().collect();
    let member = |(name, value): (&String, &Value)| format!("{}:{}", json!(name), canonical(value));
    format!("{{{}}}", members.into_iter().map(member).collect::<Vec<_>>().join(","))
}

/// Whether it was carried out.
pub fn done(told: &[u8]) -> Result<bool> {
    let told: Value = serde_json::from_slice(told)?;
    Ok(told["infcode"] == 0)
}

/// `yyyy-MM-dd HH:mm:ss` in China.
pub fn china(seconds: u64) -> Result<String> {
    let instant = Timestamp::from_second(i64::try_from(seconds)?).ok().context("no such instant")?;
    Ok(CHINA.to_datetime(instant).strftime("%F %T").to_string())
}
