//! 待付账单: a bill that an institution shows as a code. Whoever scans it first sees what it comes to for them, and pays
//! it or does not. The order is made by whom it is paid by, and is the institution's like every other.

use anxin_core::benefit::{Bill as Cost, Visit};
use anxin_core::dispatch::Engine;
use anxin_core::rules::{Dim as _, Level};
use anxin_core::text::Lang;
use anxin_core::{Fen, Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use wallet_ledger::OwnerId;
use wallet_store::{Actor, Offer};
use wallet_types::{
    CashMeans, ConfirmAsk, CounterOut, DrugLine, Id, OfferAsk, OfferOut, ScanAsk, ScannedOut, TransportCode,
};

use super::case::told;
use super::counter::{COUNTER_MAX, CodeOf, CounterCode, NUMBER_DIGITS, number_digest, number_of};
use super::decode::Till;
use super::order::Order;
use super::seed::masked_name;
use super::settle::order_id;
use super::till::steps;
use super::{Bill, Settling, refused};
use crate::auth::Subject;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived, instant};

const SECOND: i64 = 1_000_000;

/// What is kept of an offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Offered {
    operator: u128,
    total: Fen,
    visit: Visit,
    lines: Vec<DrugLine>,
}

/// No institution can send this key: it has a space.
fn key_of(offer: u128) -> String {
    format!("offer {offer:032x}")
}

fn bad(field: &str, accepted: impl Into<String>) -> ApiError {
    Refusal::new(RefusalCode::OutOfRange, field, accepted).into()
}

fn counter(field: &str, text: &str) -> Result<(), ApiError> {
    let plain = (1..=COUNTER_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain { Ok(()) } else { Err(bad(field, format!("A–Z, a–z, 0–9 × 1–{COUNTER_MAX}"))) }
}

/// What a bill comes to in all, before it is known who pays it.
fn total(visit: &Visit) -> Result<Fen, ApiError> {
    let bill = match visit {
        Visit::Outpatient(clinic) | Visit::SpecialDrug(clinic) => &clinic.bill,
        Visit::SpecialOutpatient(special) => &special.bill,
        Visit::Inpatient(_) | Visit::DaySurgery(_) | Visit::Maternity(_) | Visit::SecondPay(_) => {
            return Err(bad("visit", "outpatient, special_outpatient, special_drug"));
        }
    };
    match bill {
        Cost::Split(split) if split.total_fen > Fen::ZERO => Ok(split.total_fen),
        _ => Err(bad("visit.bill", "split, total_fen > 0")),
    }
}

impl Wallet {
    /// Makes a bill for whoever scans it, once for each key.
    pub(crate) async fn make_offer(&self, till: Till, key: &str, ask: &OfferAsk) -> Result<OfferOut, ApiError> {
        let (total, now) = (total(&ask.visit)?, self.now());
        ask.counter.as_deref().map_or(Ok(()), |name| counter("counter", name))?;
        let provider = self.desk.provider(till.institution).await?;
        let provider = provider.ok_or_else(|| refused(TransportCode::NotContracted))?;
        for line in &ask.lines {
            self.line_lacks(line, &provider.kind, false)?;
        }
        let id = derived(&Key { tenant: till.institution.0, operation: Operation::MakeOffer, key: key.to_owned() }, 0);
        let offered = Offered { operator: till.operator, total, visit: ask.visit.clone(), lines: ask.lines.clone() };
        let number = number_of(self.pay_key()?, id);
        let offer = Offer {
            id,
            digest: number_digest(self.pay_key()?, &number),
            institution: till.institution,
            counter: ask.counter.clone(),
            made_at: now,
            until: now.plus(i64::from(self.pay.token_seconds) * SECOND),
            opened: None,
            body: serde_json::to_string(&offered).map_err(|_| refused(TransportCode::Internal))?,
        };
        self.desk.put_offer(&offer).await?;
        let kept = self.desk.offer(id).await?.ok_or_else(|| refused(TransportCode::Internal))?;
        if (&kept.body, &kept.counter) != (&offer.body, &offer.counter) {
            return Err(refused(TransportCode::KeyReused));
        }
        self.offer_out(&kept).await
    }

    /// An offer as the institution that made it sees it.
    pub(crate) async fn offer(&self, institution: OwnerId, id: u128) -> Result<OfferOut, ApiError> {
        let offer = self.desk.offer(id).await?.filter(|offer| offer.institution == institution);
        self.offer_out(&offer.ok_or_else(|| refused(TransportCode::NotFound))?).await
    }

    async fn offer_out(&self, offer: &Offer) -> Result<OfferOut, ApiError> {
        let (key, offered) = (self.pay_key()?, offered(offer)?);
        let until_seconds = offer.until.0.div_euclid(SECOND);
        let of = CodeOf::Bill { offer: offer.id, fen: offered.total.get(), until_seconds };
        let code = CounterCode { institution: offer.institution, of }.written(key);
        let actor = Actor::Institution(offer.institution);
        let order = match self.order(actor, order_id(offer.institution, &key_of(offer.id))).await {
            Ok(order) => Some(self.order_out(&order, actor).await?),
            Err(ApiError::Transport(TransportCode::NotFound)) => None,
            Err(other) => return Err(other),
        };
        let seconds = offer.until.0.saturating_sub(offer.made_at.0).div_euclid(SECOND);
        Ok(OfferOut {
            id: Id(offer.id),
            code: code.ok_or_else(|| refused(TransportCode::Internal))?,
            number: number_of(key, offer.id),
            total_fen: offered.total,
            seconds: u32::try_from(seconds).unwrap_or_default(),
            until: instant(offer.until),
            opened: offer.opened.is_some(),
            name: offer.opened.filter(|_| self.pay.demo).and_then(|(who, _)| masked_name(who)),
            order,
        })
    }

    /// The lasting code of a counter.
    pub(crate) fn counter_code(&self, institution: OwnerId, name: &str) -> Result<CounterOut, ApiError> {
        counter("counter", name)?;
        let code = CounterCode { institution, of: CodeOf::Counter(name.to_owned()) }.written(self.pay_key()?);
        Ok(CounterOut { counter: name.to_owned(), code: code.ok_or_else(|| refused(TransportCode::Internal))? })
    }

    /// Opens the bill of a code for who scanned it, and says what it comes to for them.
    ///
    /// # Errors
    /// With one answer for whatever is wrong with a code, and for a counter where nothing waits.
    pub(crate) async fn scan(
        &self,
        engine: &Engine,
        who: OwnerId,
        ask: &ScanAsk,
        lang: Lang,
    ) -> Result<ScannedOut, ApiError> {
        let now = self.now();
        self.living(who).await?;
        self.may_read(who.0, now).await?;
        // Where a code leads nowhere, the same is asked of the store.
        let named = self.named(who, ask.code.trim()).await?.unwrap_or_default();
        let open_until = now.plus(i64::from(self.pay.token_seconds) * SECOND);
        let Some(offer) = self.desk.open_offer(named, who, now, open_until).await? else {
            self.guessed(who.0, now).await?;
            return Err(refused(TransportCode::CodeRefused));
        };
        let bill = self.offered_bill(&offer, who, ask.use_accounts).await?;
        let pre = self.presettle(engine, &bill).await?;
        let until = offer.opened.map_or(offer.until, |(_, until)| until);
        Ok(ScannedOut {
            offer: Id(offer.id),
            payee: self.desk.institution(offer.institution).await?,
            figures: pre.figures,
            parts: pre.parts,
            certainty: pre.answer.certainty,
            steps: steps(pre.answer, lang),
            until: instant(until),
        })
    }

    /// The offer that a code leads to.
    async fn named(&self, who: OwnerId, code: &str) -> Result<Option<u128>, ApiError> {
        let key = self.pay_key()?;
        if code.len() == NUMBER_DIGITS {
            return Ok(self.desk.offer_of_number(number_digest(key, code)).await?);
        }
        match CounterCode::read(key, code) {
            Some(CounterCode { of: CodeOf::Bill { offer, .. }, .. }) => Ok(Some(offer)),
            Some(CounterCode { institution, of: CodeOf::Counter(counter) }) => {
                Ok(self.desk.offer_at(institution, &counter, who, self.now()).await?)
            }
            None => Ok(None),
        }
    }

    /// Pays a bill that one scanned: with the figures that were shown, or not at all.
    pub(crate) async fn confirm(
        &self,
        engine: &Engine,
        who: OwnerId,
        id: u128,
        ask: &ConfirmAsk,
    ) -> Result<(Order, bool), ApiError> {
        let missing = || refused(TransportCode::NotFound);
        let offer = self.desk.offer(id).await?.ok_or_else(missing)?;
        let (by, until) = offer.opened.ok_or_else(missing)?;
        if by != who {
            return Err(missing());
        }
        // Nobody says from afar that coins lie on the counter.
        if !ask.figures.psn_cash_pay_fen.is_zero() && ask.cash.means == CashMeans::Cash {
            return Err(bad("cash.means", "wechat, alipay, one_code"));
        }
        let (key, bill) = (key_of(id), self.offered_bill(&offer, who, ask.use_accounts).await?);
        let begun = self.any_order(order_id(offer.institution, &key)).await?.is_some();
        if !begun && until <= self.now() {
            return Err(refused(TransportCode::CodeRefused));
        }
        self.settle(engine, &key, &Settling { bill: &bill, figures: &ask.figures, cash: &ask.cash }).await
    }

    /// The bill for who scanned it: where they are treated is as their area looks at it.
    async fn offered_bill(&self, offer: &Offer, who: OwnerId, use_accounts: bool) -> Result<Bill, ApiError> {
        let Offered { operator, mut visit, lines, .. } = offered(offer)?;
        let not_contracted = || refused(TransportCode::NotContracted);
        let provider = self.desk.provider(offer.institution).await?.ok_or_else(not_contracted)?;
        let insured = self.living(who).await?;
        let here = self.place(&provider, who, &insured.area).await?;
        let known = Level::from_word(&provider.level).ok_or_else(|| refused(TransportCode::Internal))?;
        match &mut visit {
            Visit::Outpatient(clinic) | Visit::SpecialDrug(clinic) => (clinic.place, clinic.level) = (here, known),
            Visit::SpecialOutpatient(special) => (special.place, special.level) = (here, known),
            Visit::Inpatient(_) | Visit::DaySurgery(_) | Visit::Maternity(_) | Visit::SecondPay(_) => {}
        }
        told(&visit)?;
        let seller = format!("{operator:032x}");
        Ok(Bill { institution: offer.institution, patient: who, visit, use_accounts, lines, seller })
    }
}

fn offered(offer: &Offer) -> Result<Offered, ApiError> {
    serde_json::from_str(&offer.body).map_err(|_| refused(TransportCode::Internal))
}

/// Only people pay what they scan, for themselves.
pub(crate) fn scanner(subject: &Subject) -> Result<OwnerId, ApiError> {
    match subject.actor() {
        Some(Actor::Resident(who)) => Ok(who),
        _ => Err(refused(TransportCode::NotAllowed)),
    }
}
