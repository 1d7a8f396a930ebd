//! 电子处方: a doctor writes one for a patient, a pharmacy looks it up for who is there, a pharmacist who is not the
//! seller passes it, and it is dispensed by one order at most and no more than it says.

use std::collections::BTreeMap;

use anxin_core::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use wallet_ledger::{Micros, OwnerId};
use wallet_store::{Practitioner, Rx, RxReview};
use wallet_types::{
    DrugLine, Id, PractitionerAsk, PractitionerKind, ReviewAsk, ReviewOut, ReviewState, RxAsk, RxLine, RxList, RxLook,
    RxOut, TransportCode,
};

use super::case::{Bill, Known};
use super::decode::Till;
use super::presettle::PHARMACY;
use super::seed::masked_name;
use super::{named, refused};
use crate::auth::{Role, Subject};
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived, instant};

/// Assumed: 《处方管理办法》 is told to have five drugs (第六条) and three days (第十八条) at most.
const LINES_MAX: usize = 5;
const VALID_DAYS_MAX: u8 = 3;
const PACKS_MAX: u32 = 1_000;
const DAYS_MAX: u16 = 999;
const REASON_MAX: usize = 200;
const DAY: i64 = 86_400_000_000;
/// China's time is eight hours ahead.
const AHEAD: i64 = 8 * 3_600_000_000;
/// For how long a pharmacist finds what was asked for: as long as a prescription can be in force.
const REVIEWED_BACK: i64 = 3 * DAY;

/// What is kept of a prescription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Prescribed {
    institution: u128,
    doctor: String,
    diagnosis: String,
    lines: Vec<RxLine>,
}

fn bad(field: impl Into<String>, accepted: impl Into<String>) -> ApiError {
    Refusal::new(RefusalCode::OutOfRange, field, accepted).into()
}

fn letters(field: &str, text: &str, most: usize) -> Result<(), ApiError> {
    let fine = (1..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fine { Ok(()) } else { Err(bad(field, format!("1–{most}"))) }
}

fn check(ask: &RxAsk) -> Result<(), ApiError> {
    letters("diagnosis", &ask.diagnosis, 20)?;
    if !(1..=VALID_DAYS_MAX).contains(&ask.valid_days) {
        return Err(bad("valid_days", format!("1–{VALID_DAYS_MAX}")));
    }
    if !(1..=LINES_MAX).contains(&ask.lines.len()) {
        return Err(bad("lines", format!("1–{LINES_MAX}")));
    }
    for (n, line) in ask.lines.iter().enumerate() {
        letters(&format!("lines[{n}].drug"), &line.drug, 50)?;
        letters(&format!("lines[{n}].usage"), &line.usage, 100)?;
        if !(1..=PACKS_MAX).contains(&line.count) {
            return Err(bad(format!("lines[{n}].count"), format!("1–{PACKS_MAX}")));
        }
        if !(1..=DAYS_MAX).contains(&line.days) {
            return Err(bad(format!("lines[{n}].days"), format!("1–{DAYS_MAX}")));
        }
        if ask.lines.iter().take(n).any(|before| before.drug == line.drug) {
            return Err(bad(format!("lines[{n}].drug"), "once"));
        }
    }
    Ok(())
}

/// The end of so many civil days in China, today among them.
fn until(now: Micros, days: u8) -> Micros {
    let today = now.0.saturating_add(AHEAD).div_euclid(DAY);
    Micros(today.saturating_add(i64::from(days)).saturating_mul(DAY).saturating_sub(AHEAD))
}

fn read(rx: &Rx) -> Result<Prescribed, ApiError> {
    serde_json::from_str(&rx.body).map_err(|_| refused(TransportCode::Internal))
}

impl Wallet {
    /// Writes down where a doctor or a pharmacist works; the last word counts.
    pub(crate) async fn put_practitioner(&self, ask: &PractitionerAsk) -> Result<PractitionerAsk, ApiError> {
        let plain = (1..=30).contains(&ask.code.len()) && ask.code.bytes().all(|b| b.is_ascii_alphanumeric());
        if !plain {
            return Err(bad("code", "A–Z, a–z, 0–9 × 1–30"));
        }
        let institution = self.desk.nhsa_institution(&ask.institution).await?;
        let institution = institution.ok_or_else(|| bad("institution", "定点医药机构编码"))?;
        let (kind, code) = (ask.kind.word().to_owned(), ask.code.clone());
        let known = Practitioner { person: ask.person.0, institution: institution.owner, kind, code };
        self.desk.put_practitioner(&known).await?;
        Ok(ask.clone())
    }

    async fn practises(&self, person: u128, kind: PractitionerKind) -> Result<Practitioner, ApiError> {
        let known = self.desk.practitioner(person).await?.filter(|known| known.kind == kind.word());
        let known = known.ok_or_else(|| refused(TransportCode::NotAllowed))?;
        self.qualified("code", &known.code).await?;
        Ok(known)
    }

    /// Who reviews at a pharmacy: a pharmacist whom the area knows there.
    async fn pharmacist(&self, till: Till) -> Result<Practitioner, ApiError> {
        let known = self.practises(till.operator, PractitionerKind::Pharmacist).await?;
        if known.institution == till.institution { Ok(known) } else { Err(refused(TransportCode::NotAllowed)) }
    }

    /// 开具处方, once for each key.
    pub(crate) async fn prescribe(&self, subject: &Subject, key: &str, ask: &RxAsk) -> Result<RxOut, ApiError> {
        if subject.role != Role::Doctor {
            return Err(refused(TransportCode::NotAllowed));
        }
        let doctor = self.practises(subject.id, PractitionerKind::Doctor).await?;
        check(ask)?;
        let now = self.now();
        self.may_read(subject.id, now).await?;
        let lookups = self.lookup_keys()?.person(&ask.id_number)?;
        let Some(patient) = self.desk.person_with(&lookups.all).await? else {
            self.guessed(subject.id, now).await?;
            return Err(refused(TransportCode::NotRegistered));
        };
        self.living(patient).await?;
        let id = derived(&Key { tenant: subject.id, operation: Operation::Prescribe, key: key.to_owned() }, 0);
        let prescribed = Prescribed {
            institution: doctor.institution.0,
            doctor: doctor.code,
            diagnosis: ask.diagnosis.clone(),
            lines: ask.lines.clone(),
        };
        let body = serde_json::to_string(&prescribed).map_err(|_| refused(TransportCode::Internal))?;
        let rx = Rx { id, patient, made_at: now, until: until(now, ask.valid_days), sale: None, body };
        self.desk.put_rx(&rx).await?;
        let kept = self.desk.rx(id).await?.ok_or_else(|| refused(TransportCode::Internal))?;
        if (kept.patient, &kept.body) != (patient, &rx.body) {
            return Err(refused(TransportCode::KeyReused));
        }
        self.rx_out(&kept, None).await
    }

    /// What is prescribed to the patient who is at the till, each with its review, which is asked for by this.
    pub(crate) async fn look_up_rx(&self, till: Till, ask: &RxLook) -> Result<RxList, ApiError> {
        let (patient, _) = self.bearer(till, &ask.device, &ask.token, None).await?;
        let now = self.now();
        let mut prescriptions = Vec::new();
        for rx in self.desk.open_rx(patient, now).await? {
            let (institution, asked_by) = (till.institution, till.operator);
            let asked = RxReview { rx: rx.id, institution, asked_by, asked_at: now, decided: None, reason: None };
            self.desk.ask_review(&asked).await?;
            let review = self.desk.rx_review(rx.id, institution).await?;
            prescriptions.push(self.rx_out(&rx, review).await?);
        }
        Ok(RxList { prescriptions })
    }

    /// What waits for a pharmacist or was decided lately.
    pub(crate) async fn rx_reviews(&self, till: Till) -> Result<RxList, ApiError> {
        self.pharmacist(till).await?;
        let mut prescriptions = Vec::new();
        for review in self.desk.rx_reviews(till.institution, self.now().plus(-REVIEWED_BACK)).await? {
            if let Some(rx) = self.desk.rx(review.rx).await? {
                prescriptions.push(self.rx_out(&rx, Some(review)).await?);
            }
        }
        Ok(RxList { prescriptions })
    }

    /// 审方: decided once at each pharmacy, by a pharmacist who did not ask for it.
    pub(crate) async fn review_rx(&self, till: Till, id: u128, ask: &ReviewAsk) -> Result<RxOut, ApiError> {
        self.pharmacist(till).await?;
        if !ask.pass || !ask.reason.is_empty() {
            letters("reason", &ask.reason, REASON_MAX)?;
        }
        let missing = || refused(TransportCode::NotFound);
        let now = self.now();
        let before = self.desk.rx_review(id, till.institution).await?.ok_or_else(missing)?;
        if before.asked_by == till.operator {
            return Err(refused(TransportCode::SamePerson));
        }
        let at = (id, till.institution);
        let decided = self.desk.decide_review(at, ask.pass, till.operator, now, &ask.reason).await?;
        let review = self.desk.rx_review(id, till.institution).await?.ok_or_else(missing)?;
        let same = review.decided.is_some_and(|(passed, by, _)| passed == ask.pass && by == till.operator);
        if !decided && !same {
            return Err(refused(TransportCode::Decided));
        }
        self.rx_out(&self.desk.rx(id).await?.ok_or_else(missing)?, Some(review)).await
    }

    /// All that was prescribed to somebody, without what pharmacists said of it.
    pub(crate) async fn every_rx(&self, patient: OwnerId) -> Result<Vec<RxOut>, ApiError> {
        let mut all = Vec::new();
        for rx in self.desk.every_rx(patient).await? {
            all.push(self.rx_out(&rx, None).await?);
        }
        Ok(all)
    }

    async fn rx_out(&self, rx: &Rx, review: Option<RxReview>) -> Result<RxOut, ApiError> {
        let prescribed = read(rx)?;
        let review = match review {
            Some(review) => Some(self.review_out(review).await?),
            None => None,
        };
        Ok(RxOut {
            id: Id(rx.id),
            institution: self.desk.institution(OwnerId(prescribed.institution)).await?,
            doctor: prescribed.doctor,
            name: if self.pay.demo { masked_name(rx.patient) } else { None },
            diagnosis: prescribed.diagnosis,
            lines: prescribed.lines,
            made_at: instant(rx.made_at),
            until: instant(rx.until),
            review,
        })
    }

    async fn review_out(&self, review: RxReview) -> Result<ReviewOut, ApiError> {
        let (state, by) = match review.decided {
            None => (ReviewState::Asked, None),
            Some((true, by, _)) => (ReviewState::Passed, Some(by)),
            Some((false, by, _)) => (ReviewState::Refused, Some(by)),
        };
        let pharmacist = match by {
            Some(by) => self.desk.practitioner(by).await?.map(|known| known.code),
            None => None,
        };
        Ok(ReviewOut { state, pharmacist, reason: review.reason.filter(|reason| !reason.is_empty()) })
    }

    /// The prescriptions that a pharmacy's bill is dispensed on.
    ///
    /// # Errors
    /// When a drug that needs one has none that is good for it, or nobody passed it here.
    pub(super) async fn prescribed(&self, bill: &Bill, known: &Known) -> Result<Vec<u128>, ApiError> {
        if known.provider.kind != PHARMACY {
            return Ok(Vec::new());
        }
        let mut asked: BTreeMap<u128, Vec<(usize, &DrugLine)>> = BTreeMap::new();
        let needing = bill.lines.iter().enumerate().filter(|(_, line)| self.pay.supervision.needs_rx(&line.drug));
        for (n, line) in needing {
            let rx = line.rx.ok_or_else(|| missing(n, ""))?;
            asked.entry(rx.0).or_default().push((n, line));
        }
        for (rx, lines) in &asked {
            self.good_for(bill, *rx, lines).await?;
        }
        Ok(asked.into_keys().collect())
    }

    async fn good_for(&self, bill: &Bill, id: u128, lines: &[(usize, &DrugLine)]) -> Result<(), ApiError> {
        let first = lines.first().map_or(0, |(n, _)| *n);
        let good = |rx: &Rx| rx.patient == bill.patient && rx.sale.is_none() && rx.until > self.now();
        let rx = self.desk.rx(id).await?.filter(good).ok_or_else(|| missing(first, ""))?;
        let prescribed = read(&rx)?;
        for (n, line) in lines {
            let units = |line: &DrugLine| self.pay.supervision.units(line);
            let taken = lines.iter().filter(|(_, other)| other.drug == line.drug).map(|(_, other)| units(other)).sum();
            let most = prescribed.lines.iter().find(|of| of.drug == line.drug);
            let most = most.map_or(0, |of| u64::from(of.count) * self.pay.supervision.content(&of.drug));
            if most < taken {
                return Err(missing(*n, format!("≤ {most}")));
            }
        }
        let review = self.desk.rx_review(id, bill.institution).await?.and_then(|review| review.decided);
        let (by, other) = match review {
            Some((true, by, _)) => (by, format!("{by:032x}") != bill.seller),
            _ => (0, false),
        };
        let code = self.desk.practitioner(by).await?.map(|known| known.code);
        match other && code.is_none_or(|code| code != bill.seller) {
            true => Ok(()),
            false => Err(named(TransportCode::RxNotReviewed, &format!("lines[{first}].rx"), "")),
        }
    }
}

fn missing(line: usize, accepted: impl Into<String>) -> ApiError {
    named(TransportCode::RxMissing, &format!("lines[{line}].rx"), accepted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prescription_is_good_to_the_end_of_the_day_in_china() {
        // 2026-11-02 09:00 in China, and its midnight.
        let (morning, midnight) = (Micros(1_793_581_200_000_000), 1_793_635_200_000_000);
        assert_eq!(until(morning, 1), Micros(midnight));
        assert_eq!(until(Micros(midnight - 1), 1), Micros(midnight));
        assert_eq!(until(Micros(midnight), 1), Micros(midnight + DAY));
        assert_eq!(until(morning, 3), Micros(midnight + 2 * DAY));
    }
}
