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
    CashMeans, ConfirmAsk, CounterOut, DrugLine, Id, MeantFor, OfferAsk, OfferOut, ScanAsk, ScannedOut, TransportCode,
};

use super::case::{Sides, told};
use super::counter::{COUNTER_MAX, CodeOf, CounterCode, NUMBER_DIGITS, number_digest, number_of};
use super::decode::Till;
use super::order::Order;
use super::seed::masked_name;
use super::settle::order_id;
use super::till::steps;
use super::{Bill, Settling, lines, refused};
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
        lines::agree(&ask.visit, &ask.lines)?;
        ask.counter.as_deref().map_or(Ok(()), |name| counter("counter", name))?;
        let provider = self.desk.provider(till.institution).await?;
        let provider = provider.ok_or_else(|| refused(TransportCode::NotContracted))?;
        for line in &ask.lines {
            self.line_lacks(line, &provider.kind, false)?;
        }
        let meant = match &ask.meant_for {
            Some(MeantFor { token, device }) => Some(self.meant(till, device, token, total).await?),
            None => None,
        };
        let id = derived(&Key { tenant: till.institution.0, operation: Operation::MakeOffer, key: key.to_owned() }, 0);
        let offered = Offered { operator: till.operator, total, visit: ask.visit.clone(), lines: ask.lines.clone() };
        let number = number_of(self.pay_key()?, id);
        let offer = Offer {
            id,
            digest: number_digest(self.pay_key()?, &number),
            institution: till.institution,
            counter: ask.counter.clone(),
            meant,
            made_at: now,
            until: now.plus(i64::from(self.pay.token_seconds) * SECOND),
            opened: None,
            body: serde_json::to_string(&offered).map_err(|_| refused(TransportCode::Internal))?,
        };
        self.desk.put_offer(&offer).await?;
        let kept = self.desk.offer(id).await?.ok_or_else(|| refused(TransportCode::Internal))?;
        if (&kept.body, &kept.counter, kept.meant) != (&offer.body, &offer.counter, meant) {
            return Err(refused(TransportCode::KeyReused));
        }
        self.offer_out(&kept).await
    }

    /// The patient of a token, for a bill of no more than the token is good for.
    async fn meant(&self, till: Till, device: &str, token: &str, total: Fen) -> Result<OwnerId, ApiError> {
        let (patient, bound) = self.bearer(till, device, token, None).await?;
        match bound.ceiling.is_some_and(|most| total > most) {
            true => Err(refused(TransportCode::TokenRefused)),
            false => Ok(patient),
        }
    }

    /// An offer as the institution that made it sees it.
    pub(crate) async fn offer(&self, institution: OwnerId, id: u128) -> Result<OfferOut, ApiError> {
        self.offer_out(&self.own_offer(institution, id).await?).await
    }

    async fn own_offer(&self, institution: OwnerId, id: u128) -> Result<Offer, ApiError> {
        let offer = self.desk.offer(id).await?.filter(|offer| offer.institution == institution);
        offer.ok_or_else(|| refused(TransportCode::NotFound))
    }

    /// Takes an offer away from who scanned it and is not the one to pay: they cannot scan it again. Where nobody has
    /// it, nothing changes.
    ///
    /// # Errors
    /// When they confirmed it.
    pub(crate) async fn release_offer(&self, institution: OwnerId, id: u128) -> Result<OfferOut, ApiError> {
        let offer = self.own_offer(institution, id).await?;
        if let Some((who, _)) = offer.opened {
            self.not_confirmed(&offer).await?;
            self.desk.release_offer(id, who, true).await?;
        }
        self.offer(institution, id).await
    }

    /// Gives an offer back that one scanned and does not pay.
    ///
    /// # Errors
    /// When one does not have it, or confirmed it.
    pub(crate) async fn return_offer(&self, who: OwnerId, id: u128) -> Result<(), ApiError> {
        let offer = self.desk.offer(id).await?.filter(|offer| offer.opened.is_some_and(|(by, _)| by == who));
        self.not_confirmed(&offer.ok_or_else(|| refused(TransportCode::NotFound))?).await?;
        Ok(self.desk.release_offer(id, who, false).await?)
    }

    async fn not_confirmed(&self, offer: &Offer) -> Result<(), ApiError> {
        match self.any_order(order_id(offer.institution, &key_of(offer.id))).await? {
            Some(order) => Err(order.not_in_this_state()),
            None => Ok(()),
        }
    }

    async fn offer_out(&self, offer: &Offer) -> Result<OfferOut, ApiError> {
        let (key, offered) = (self.pay_key()?, offered(offer)?);
        let until_seconds = offer.until.0.div_euclid(SECOND);
        let of = CodeOf::Bill { offer: offer.id, fen: offered.total.get(), until_seconds };
        let code = CounterCode { institution: offer.institution, of }.written(key);
        let actor = Actor::Institution(offer.institution);
        let (order, payer) = match self.order(actor, order_id(offer.institution, &key_of(offer.id))).await {
            Ok(order) => (Some(self.order_out(&order, actor).await?), payer(&order)),
            Err(ApiError::Transport(TransportCode::NotFound)) => (None, None),
            Err(other) => return Err(other),
        };
        let who = payer.or(offer.opened.map(|(who, _)| who));
        let seconds = offer.until.0.saturating_sub(offer.made_at.0).div_euclid(SECOND);
        Ok(OfferOut {
            id: Id(offer.id),
            code: code.ok_or_else(|| refused(TransportCode::Internal))?,
            number: number_of(key, offer.id),
            total_fen: offered.total,
            seconds: u32::try_from(seconds).unwrap_or_default(),
            until: instant(offer.until),
            opened: offer.opened.is_some(),
            name: who.filter(|_| self.pay.demo).and_then(masked_name),
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
        let (bill, sides) = self.offered_bill(&offer, who, ask.use_accounts).await?;
        let pre = self.presettle_at(engine, &bill, &sides).await?;
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
        let (key, (bill, _)) = (key_of(id), self.offered_bill(&offer, who, ask.use_accounts).await?);
        let begun = self.any_order(order_id(offer.institution, &key)).await?;
        // Who confirmed in the very moment in which the till let go of them was first.
        let may = begun.map_or(until > self.now(), |order| payer(&order) == Some(who));
        if !may {
            return Err(refused(TransportCode::CodeRefused));
        }
        self.settle(engine, &key, &Settling { bill: &bill, figures: &ask.figures, cash: &ask.cash }).await
    }

    /// The bill for who scanned it, with its sides: where they are treated is as their area looks at it.
    async fn offered_bill(&self, offer: &Offer, who: OwnerId, use_accounts: bool) -> Result<(Bill, Sides), ApiError> {
        let Offered { operator, mut visit, lines, .. } = offered(offer)?;
        let sides = self.sides(offer.institution, who, told(&visit)?.on).await?;
        if sides.person.died.is_some() {
            return Err(refused(TransportCode::PersonDied));
        }
        let here = self.place(&sides).await?;
        let known = Level::from_word(&sides.provider.level).ok_or_else(|| refused(TransportCode::Internal))?;
        match &mut visit {
            Visit::Outpatient(clinic) | Visit::SpecialDrug(clinic) => (clinic.place, clinic.level) = (here, known),
            Visit::SpecialOutpatient(special) => (special.place, special.level) = (here, known),
            Visit::Inpatient(_) | Visit::DaySurgery(_) | Visit::Maternity(_) | Visit::SecondPay(_) => {}
        }
        let seller = format!("{operator:032x}");
        Ok((Bill { institution: offer.institution, patient: who, visit, use_accounts, lines, seller }, sides))
    }
}

fn payer(order: &Order) -> Option<OwnerId> {
    order.bill.as_ref().map(|bill| OwnerId(bill.patient))
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
