//! 解码: a code, a card or a face becomes a token for one institution, operator, till and purpose. A code is burnt by
//! its first reading; a card and a face are known by the identity number that they stand for.

use anxin_core::benefit::Visit;
use anxin_core::{Fen, Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use wallet_ledger::OwnerId;
use wallet_store::TokenRow;
use wallet_types::{Business, CertKind, DecodeAsk, DecodeOut, TransportCode};

use super::case::{Sides, told};
use super::code::{self, GUESSES_MOST, digest};
use super::order::Order;
use super::refused;
use super::seed::masked_name;
use crate::family::{LookupKey, day};
use crate::hex::hex;
use crate::problem::ApiError;
use crate::wallet::{Wallet, instant};

const DEVICE_MAX: usize = 64;
const SECOND: i64 = 1_000_000;

/// The till that asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Till {
    pub institution: OwnerId,
    pub operator: u128,
}

/// What a token is bound to beside the institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bound {
    pub operator: u128,
    pub device: String,
    pub business: Business,
    pub ceiling: Option<Fen>,
    pub cert: CertKind,
    /// 代办人: an id, or the keyed digest of an identity number.
    pub agent: Option<String>,
}

/// What a till's request by a token is about.
pub(super) struct AtTill {
    pub patient: OwnerId,
    pub bound: Bound,
    /// The order that was asked for, where there is one already.
    pub order: Option<Order>,
    found: Option<wallet_store::Sides>,
}

impl AtTill {
    /// # Errors
    /// When such a visit is not settled, the institution settles nothing, or nobody knows how the patient is insured.
    pub fn sides(self, visit: &Visit) -> Result<Sides, ApiError> {
        told(visit)?;
        Sides::of(self.found)
    }
}

/// Who was shown.
struct Shown {
    patient: OwnerId,
    agent: Option<String>,
}

/// One request, with the client's own key: the same one again is answered the same.
fn request_of(key: &LookupKey, till: Till, name: &str, ask: &DecodeAsk) -> Result<[u8; 32], ApiError> {
    let all = (till.institution.0, till.operator, name, ask);
    let written = serde_json::to_vec(&all).map_err(|_| refused(TransportCode::Internal))?;
    Ok(key.of(b"pay decode\0", &written))
}

pub(super) fn token_digest(key: &LookupKey, token: &str) -> [u8; 32] {
    key.of(b"pay token\0", token.as_bytes())
}

impl Wallet {
    /// Reads what a patient shows.
    ///
    /// # Errors
    /// With one answer for whatever is wrong with a code, and the same one for a number that nobody has.
    pub(crate) async fn decode(&self, till: Till, name: &str, ask: &DecodeAsk) -> Result<DecodeOut, ApiError> {
        let (key, now) = (self.pay_key()?, self.now());
        if !(1..=DEVICE_MAX).contains(&ask.device.chars().count()) {
            return Err(Refusal::new(RefusalCode::OutOfRange, "device", format!("1–{DEVICE_MAX}")).into());
        }
        let request = request_of(key, till, name, ask)?;
        let Some(shown) = self.shown(key, till.institution.0, request, ask).await? else {
            self.guessed(till.institution.0, now).await?;
            return Err(refused(TransportCode::CodeRefused));
        };
        let token = hex(&key.of(b"pay token of\0", &request));
        let agent = match &ask.agent_number {
            Some(number) => {
                let lookups = self.lookup_keys()?.person(number).map_err(|_| bad_number("agent_number"))?;
                Some(hex(&lookups.present))
            }
            None => shown.agent,
        };
        let by_agent = agent.is_some();
        let bound = Bound {
            operator: till.operator,
            device: ask.device.clone(),
            business: ask.business,
            ceiling: ask.ceiling_fen,
            cert: ask.cert,
            agent,
        };
        let row = TokenRow {
            digest: token_digest(key, &token),
            patient: shown.patient,
            institution: till.institution,
            until: now.plus(i64::from(self.pay.token_seconds) * SECOND),
            body: serde_json::to_string(&bound).map_err(|_| refused(TransportCode::Internal))?,
            spent: None,
        };
        let today = day(now).ok_or_else(|| refused(TransportCode::Internal))?;
        // The token as it was made the first time.
        let (kept, found) = self.desk.put_token_at(&row, i64::from(today.year())).await?;
        let name = if self.pay.demo { masked_name(shown.patient) } else { None };
        let found = found.ok_or_else(|| refused(TransportCode::NotRegistered))?;
        let person = found.person.clone();
        // Who settles nothing is told who it is, and no more.
        let at = found.provider.is_some().then(|| Sides::of(Some(found))).transpose()?;
        let age = self.party(&person)?.age;
        let place = match &at {
            Some(sides) => Some(self.place(sides).await?),
            None => None,
        };
        let (until, level) = (instant(kept.until), at.map(|sides| sides.provider.level));
        let area_name = self.family.area_name(&person.area).cloned();
        Ok(DecodeOut { token, until, name, age, area: person.area, area_name, place, level, by_agent })
    }

    async fn shown(
        &self,
        key: &LookupKey,
        who: u128,
        request: [u8; 32],
        ask: &DecodeAsk,
    ) -> Result<Option<Shown>, ApiError> {
        let now = self.now();
        match ask.cert {
            CertKind::Code => {
                let code = code::read(&ask.value)?;
                let digest = digest(key, code);
                let burnt = match self.desk.burn_code(digest, request, now, (who, GUESSES_MOST)).await? {
                    Some(burnt) => Some(burnt),
                    None => {
                        self.may_read(who, now).await?;
                        self.desk.burnt_code(digest, request).await?
                    }
                };
                Ok(burnt.map(|row| Shown { patient: row.owner, agent: row.agent.map(|agent| format!("{agent:032x}")) }))
            }
            // Nobody compares faces here: a demonstration takes the number that the comparison would come to.
            CertKind::Face if !self.pay.demo => Err(refused(TransportCode::NoProvider)),
            CertKind::IdCard | CertKind::SocialCard | CertKind::Face => {
                self.may_read(who, now).await?;
                let lookups = self.lookup_keys()?.person(&ask.value).map_err(|_| bad_number("value"))?;
                let found = self.desk.person_with(&lookups.all).await?;
                Ok(found.map(|patient| Shown { patient, agent: None }))
            }
        }
    }

    /// The patient of a token, for the till that it was made for and no other.
    ///
    /// # Errors
    /// With one answer, whatever does not fit.
    pub(crate) async fn bearer(
        &self,
        till: Till,
        device: &str,
        token: &str,
        order: Option<u128>,
    ) -> Result<(OwnerId, Bound), ApiError> {
        let wrong = || refused(TransportCode::TokenRefused);
        let row = self.desk.token(token_digest(self.pay_key()?, token)).await?.ok_or_else(wrong)?;
        let bound = self.good(&row, till, device, order)?;
        Ok((row.patient, bound))
    }

    /// The same for a visit that is to be settled, with all that settling it needs of the two.
    pub(super) async fn at_till(
        &self,
        till: Till,
        device: &str,
        token: &str,
        visit: &Visit,
        order: Option<u128>,
    ) -> Result<AtTill, ApiError> {
        // A visit that is not settled is refused later, in its own words.
        let year = told(visit).map_or(0, |told| i64::from(told.on.year()));
        let found = self.desk.at_till(token_digest(self.pay_key()?, token), year, order).await?;
        let found = found.ok_or_else(|| refused(TransportCode::TokenRefused))?;
        let bound = self.good(&found.token, till, device, order)?;
        let there = found.order.map(Order::of).transpose()?;
        Ok(AtTill { patient: found.token.patient, bound, order: there, found: found.sides })
    }

    /// Whether a token is good for this till, and what it is bound to.
    fn good(&self, row: &TokenRow, till: Till, device: &str, order: Option<u128>) -> Result<Bound, ApiError> {
        let bound: Bound = serde_json::from_str(&row.body).map_err(|_| refused(TransportCode::Internal))?;
        let spent_here = row.spent.is_some() && row.spent == order;
        let open = row.spent.is_none() && row.until > self.now();
        let same = row.institution == till.institution && bound.operator == till.operator && bound.device == device;
        if same && bound.business.settles() && (open || spent_here) {
            Ok(bound)
        } else {
            Err(refused(TransportCode::TokenRefused))
        }
    }
}

fn bad_number(field: &str) -> ApiError {
    Refusal::new(RefusalCode::OutOfRange, field, "0–9 × 17 + 0–9, X").into()
}
