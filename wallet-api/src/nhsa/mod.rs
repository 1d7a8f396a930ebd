//! The national settlement interface: hospitals and pharmacies send signed messages, each with a number of its own,
//! and the same message always gets the same answer.

mod canonical;
mod clearing;
pub(crate) mod detail;
mod dialect;
pub(crate) mod envelope;
mod fees;
mod files;
mod filings;
mod lists;
mod members;
mod mobile;
mod mobile_back;
mod office;
mod office_back;
mod persons;
mod pharmacy;
mod prepaid;
mod reconcile;
mod refuse;
mod settle;
mod sign;
mod special;
mod stays;
mod times;
mod visits;

use std::sync::Mutex;

use anxin_core::dispatch::Engine;
use anxin_core::text::Lang;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sm3::{Digest as _, Sm3};
use wallet_ledger::Micros;
use wallet_store::{Heading, Institution, Message, Numbers, Sender, Taken};
use wallet_types::nhsa::{NhsaAnswer, NhsaRequest};
use wallet_types::{NhsaCode, TransportCode};

use crate::auth::Limiter;
use crate::pay::{CHOICE, CHRONIC, REFERRAL};
use crate::problem::ApiError;
use crate::settings;
use crate::supervision::Noted;
use crate::wallet::Wallet;
pub(crate) use refuse::Refused;
use refuse::Stop;

pub use canonical::{canonical, read as read_json};
pub use dialect::{FamilyShare, FundSum};
pub(crate) use members::load;
pub use members::{DEMO_CODE, DEMO_PHARMACY};
pub use sign::{DEMO_KEY, MessageKey, holds, point_of, signed_text};

/// What is taken of an institution whose agreement is suspended: whatever ends, undoes or looks at what it began. Who
/// lies there already is treated, discharged and settled.
const EVEN_SUSPENDED: &[&str] = &[
    "9001", "9002", "1101", "1162", "2001", "2103", "2202", "2205", "2208", "2301", "2302", "2303", "2304", "2305",
    "2402", "2403", "2404", "2405", "2502", "2504", "2506", "2601", "4101A", "6203", "6301", "6401", "3201", "3202",
    "3203", "3204", "3205", "9101", "9102",
];

/// What is answered with a secret.
const READS_CODES: &str = "1162";

/// What the interface needs beside the store.
pub(crate) struct Nhsa {
    settings: settings::Nhsa,
    /// Whether the key that everybody knows is taken.
    demo: bool,
    /// 区划 of the area whose books these are.
    area: String,
    limit: Limiter<String>,
    /// Those that this program gives to its answers. Whoever waits for new ones finds them when they are there.
    numbers: tokio::sync::Mutex<Numbers>,
}

/// A message that is taken in, and who sent it.
struct Asked<'a> {
    wallet: &'a Wallet,
    engine: &'a Engine,
    institution: &'a Institution,
    request: &'a NhsaRequest<Value>,
    now: Micros,
    lang: Lang,
    /// What `warn_msg` is going to say.
    warnings: Mutex<Vec<String>>,
}

impl Asked<'_> {
    fn input<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        envelope::input(self.request)
    }

    /// Told together with whatever is answered.
    fn warn(&self, noted: &[Noted]) {
        if let Ok(mut warnings) = self.warnings.lock() {
            warnings.extend(noted.iter().map(|noted| noted.sentence(self.lang)));
        }
    }

    /// `warn_msg`, in at most as many characters as the field has.
    fn warned(&self) -> String {
        const MOST: usize = 500;
        let all = self.warnings.lock().map(|warnings| warnings.join("；")).unwrap_or_default();
        all.chars().take(MOST).collect()
    }

    fn code(&self) -> &str {
        &self.institution.code
    }

    /// Twenty digits that the same message gets again.
    fn number(&self, what: &str) -> String {
        digits(what, &[self.code(), &self.request.msgid])
    }

    /// A code inside a transaction means whoever sent it.
    fn own(&self, field: &str, code: &str) -> Result<(), Refused> {
        if code == self.code() { Ok(()) } else { Err(Refused::field(field, self.code())) }
    }

    fn written(&self, output: impl Serialize) -> Result<Value, Stop> {
        serde_json::to_value(output).map_err(|_| Stop::Failed(ApiError::Transport(TransportCode::Internal)))
    }

    async fn carried_out(&self) -> Result<Value, Stop> {
        match self.request.infno.as_str() {
            "9001" => self.sign_in().await,
            "9002" => self.sign_out().await,
            "1101" => self.person().await,
            "1162" => self.decode().await,
            "2001" => self.entitlement().await,
            "2101" => self.pharmacy_presettle().await,
            "2102" => self.pharmacy_settle().await,
            "2103" => self.pharmacy_back().await,
            "2201" => self.register().await,
            "2202" => self.unregister().await,
            "2203" => self.consultation().await,
            "2204" | "2301" => self.fees().await,
            "2205" | "2302" => self.undo_fees().await,
            "2206" | "2303" => self.presettle().await,
            "2207" | "2304" => self.settle().await,
            "2208" | "2305" => self.settle_back().await,
            "2401" => self.admit().await,
            "2402" => self.discharge().await,
            "2403" => self.change_admission().await,
            "2404" => self.unadmit().await,
            "2405" => self.undischarge().await,
            "2501" => self.refer().await,
            "2502" => self.unfile(REFERRAL).await,
            "2503" => self.file_chronic().await,
            "2504" => self.unfile(CHRONIC).await,
            "2505" => self.file_choice().await,
            "2506" => self.unfile(CHOICE).await,
            "2601" => self.reverse().await,
            "3201" => self.totals().await,
            "3202" => self.details().await,
            "3203" => self.declare().await,
            "3204" => self.withdraw().await,
            "3205" => self.declared().await,
            "4101A" => self.settlement_list().await,
            "6201" => self.mobile_fees().await,
            "6202" => self.mobile_pay().await,
            "6203" => self.mobile_refund().await,
            "6301" => self.mobile_query().await,
            "6401" => self.mobile_revoke().await,
            "9101" => self.upload().await,
            "9102" => self.download().await,
            _ => Err(Refused::new(NhsaCode::UnknownInfno, "infno", "").into()),
        }
    }
}

fn digits(what: &str, of: &[&str]) -> String {
    let mut hash = Sm3::new().chain_update(b"anxin nhsa\0").chain_update(what);
    for part in of {
        hash.update(b"\0");
        hash.update(part);
    }
    let number = hash.finalize().iter().take(16).fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    format!("{:020}", number % 100_000_000_000_000_000_000)
}

/// A message whose sender is known, before it is carried out.
struct Signed {
    request: NhsaRequest<Value>,
    sender: Sender,
    digest: [u8; 32],
    made: Micros,
}

impl Wallet {
    /// Answers a message that was sent to the address of a transaction.
    ///
    /// # Errors
    /// When it is not known whether it was carried out, or nothing could be looked at.
    pub(crate) async fn nhsa(
        &self,
        engine: &Engine,
        address: &str,
        body: &[u8],
        lang: Lang,
    ) -> Result<Vec<u8>, ApiError> {
        let came = self.now();
        match self.nhsa_signed(address, body, came).await {
            Ok(signed) => self.nhsa_signed_answer(engine, &signed, came, lang).await,
            Err(Stop::Refused(refused)) => self.nhsa_written("", came, Err(refused), "", lang),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    async fn nhsa_signed(&self, address: &str, body: &[u8], now: Micros) -> Result<Signed, Stop> {
        let message = read_json(body).map_err(|e| Refused::new(NhsaCode::Unreadable, "", e.to_string()))?;
        let text = signed_text(&message);
        let request = envelope::read(message)?;
        let made = envelope::check(&request, address)?;
        let day = times::day(now);
        let heading = Heading {
            code: &request.fixmedins_code,
            msgid: &request.msgid,
            sign_no: &request.sign_no,
            opter: &request.opter,
            day: &day,
        };
        let sender = self.desk.nhsa_sender(&heading, now).await?;
        let mut keys = sender.as_ref().map(|sender| sender.keys.clone()).unwrap_or_default();
        if !self.nhsa.demo {
            let demo = MessageKey::demo().and_then(|key| key.point());
            keys.retain(|key| Some(*key) != demo);
        }
        let signed = holds(&keys, &text, &request.cainfo);
        let sender = sender.filter(|_| signed).ok_or_else(|| Refused::new(NhsaCode::BadSignature, "cainfo", ""))?;
        self.nhsa.limit.check(&sender.institution.code)?;
        Ok(Signed { request, sender, digest: Sm3::digest(&text).into(), made })
    }

    async fn nhsa_signed_answer(
        &self,
        engine: &Engine,
        signed: &Signed,
        came: Micros,
        lang: Lang,
    ) -> Result<Vec<u8>, ApiError> {
        let Signed { request, sender, digest, .. } = signed;
        let institution = &sender.institution;
        let message = Message {
            code: institution.code.clone(),
            msgid: request.msgid.clone(),
            infno: request.infno.clone(),
            digest: *digest,
            at: came,
        };
        let mut taken = self.desk.nhsa_known(&message, sender)?;
        if taken == Taken::New {
            match self.nhsa_fresh(signed, came) {
                Ok(()) => {}
                Err(refused) => return self.nhsa_written("", came, Err(refused), "", lang),
            }
            let reply = self.nhsa_reply(came).await?;
            taken = match self.desk.nhsa_take(&message, &reply).await? {
                Taken::New => Taken::Same { reply, answer: None },
                other => other,
            };
        }
        let reply = match taken {
            Taken::Same { answer: Some(answer), .. } => return Ok(answer),
            // Whoever was to answer was stopped before it was kept. Everything that is done is done under the
            // message's own number, so that doing it again changes nothing.
            Taken::Same { reply, .. } => reply,
            Taken::New | Taken::Other => {
                tracing::warn!(code = message.code, msgid = message.msgid, "a message's number came with another body");
                self.metrics.alarmed("msgid_reused");
                let refused = Refused::new(NhsaCode::MsgidReused, "msgid", "");
                return self.nhsa_written("", came, Err(refused), "", lang);
            }
        };
        let asked = Asked { wallet: self, engine, institution, request, now: came, lang, warnings: Mutex::default() };
        // What any transaction needs is in here: it goes to the heap, where there is room for the largest.
        let output = match Box::pin(asked.carried_out()).await {
            Ok(output) => Ok(output),
            Err(Stop::Refused(refused)) => Err(refused),
            Err(Stop::Failed(error)) => return Err(error),
        };
        let answer = self.nhsa_written(&reply, came, output, &asked.warned(), lang)?;
        // A token is nowhere but with whom it was given to. The same reading gets the same one.
        if request.infno == READS_CODES {
            return Ok(answer);
        }
        Ok(self.desk.nhsa_answer(&message, &answer).await?)
    }

    /// What is asked of a message that did not come before. One that did is answered however late it comes again.
    fn nhsa_fresh(&self, signed: &Signed, now: Micros) -> Result<(), Refused> {
        let Signed { request, sender, made, .. } = signed;
        let institution = &sender.institution;
        let tolerance = i64::from(self.nhsa.settings.tolerance_seconds) * times::SECOND;
        let near = |field: &str, at: Micros| {
            let rule = format!("{} ± {} s", times::written(now), self.nhsa.settings.tolerance_seconds);
            if (at.0 - now.0).abs() <= tolerance { Ok(()) } else { Err(Refused::new(NhsaCode::Stale, field, rule)) }
        };
        near("inf_time", *made)?;
        near("msgid", envelope::check_msgid(&request.msgid, &institution.code)?)?;
        let begins = !EVEN_SUSPENDED.contains(&request.infno.as_str());
        let by_settings = institution.suspended_from.is_some_and(|from| from <= now);
        if begins && (by_settings || sender.suspended) {
            return Err(Refused::new(NhsaCode::Suspended, "infno", ""));
        }
        if request.infno != "9001" && !sender.signed_in {
            return Err(Refused::new(NhsaCode::NotSignedIn, "sign_no", ""));
        }
        Ok(())
    }

    /// A number of our own for an answer.
    async fn nhsa_reply(&self, now: Micros) -> Result<String, ApiError> {
        let sender = format!("{}000000", self.nhsa.area);
        let mut numbers = self.nhsa.numbers.lock().await;
        let numbered = match numbers.take(now) {
            Some(numbered) => numbered,
            None => {
                *numbers = self.desk.nhsa_numbers(&sender, now).await?;
                numbers.take(now).ok_or(ApiError::Transport(TransportCode::Internal))?
            }
        };
        Ok(format!("{sender}{}{:04}", times::digits(numbered.second), numbered.number))
    }

    fn nhsa_written(
        &self,
        reply: &str,
        came: Micros,
        output: Result<Value, Refused>,
        warned: &str,
        lang: Lang,
    ) -> Result<Vec<u8>, ApiError> {
        let answer = NhsaAnswer {
            infcode: if output.is_ok() { 0 } else { -1 },
            inf_refmsgid: reply.to_owned(),
            refmsg_time: times::written(came),
            respond_time: times::written(self.now()),
            err_msg: output.as_ref().err().map(|refused| refused.told(lang)).unwrap_or_default(),
            warn_msg: warned.to_owned(),
            output: output.unwrap_or_else(|_| json!({})),
        };
        serde_json::to_vec(&answer).map_err(|_| ApiError::Transport(TransportCode::Internal))
    }

    /// 区划 of the area whose books these are.
    pub(crate) fn nhsa_area(&self) -> &str {
        &self.nhsa.area
    }

    /// Takes away messages and files whose time is over.
    pub(crate) async fn nhsa_sweep(&self) -> Result<(), wallet_store::StoreError> {
        let now = self.now();
        let keep = i64::from(self.nhsa.settings.keep_days) * 86_400 * times::SECOND;
        let messages = self.desk.nhsa_forget(Micros(now.0.saturating_sub(keep))).await?;
        let files = self.desk.nhsa_files_end(now).await?;
        if messages + files > 0 {
            tracing::info!(messages, files, "forgotten");
        }
        Ok(())
    }
}
