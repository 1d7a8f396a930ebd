//! The case as the area's own records have it. Who asks says what was done; who pays for it is not theirs to say.

use anxin_core::benefit::{Accounts, Bill as Cost, Case, Cover, Options, Person, Stay, Visit, YearToDate};
use anxin_core::rules::{Area, Dim as _, Filing, Level, Place, Plan, Scheme};
use anxin_core::{Day, Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use wallet_ledger::OwnerId;
use wallet_store::{Provider, Records, RecordsOf, YearRow};
use wallet_types::{DrugLine, TransportCode};

use super::filings::{CHOICE, bound};
use super::refused;
use crate::family::day;
use crate::problem::ApiError;
use crate::wallet::Wallet;

/// A bill that is to be settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bill {
    pub institution: OwnerId,
    pub patient: OwnerId,
    pub visit: Visit,
    /// `acct_used_flag`: whether the patient's account, wallet and relatives may be drawn on.
    pub use_accounts: bool,
    /// The drugs among it.
    pub lines: Vec<DrugLine>,
    /// Who sells: an id, or the operator whom a message names. It does not change what the bill is.
    pub seller: String,
}

/// How somebody is insured, as far as more than the area and the kind of cover decides it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Terms {
    pub person: Person,
    /// 异地就医备案 that is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filing: Option<Filing>,
}

/// Both sides of a bill as the area's records have them.
#[derive(Clone)]
pub(crate) struct Sides {
    pub provider: Provider,
    pub person: wallet_store::Person,
    pub terms: Option<Terms>,
    pub year: YearRow,
}

impl Sides {
    /// # Errors
    /// When the institution settles nothing, or nobody knows how the patient is insured.
    pub(super) fn of(found: Option<wallet_store::Sides>) -> Result<Sides, ApiError> {
        let not_registered = || refused(TransportCode::NotRegistered);
        let wallet_store::Sides { person, provider, insured, year } = found.ok_or_else(not_registered)?;
        let provider = provider.ok_or_else(|| refused(TransportCode::NotContracted))?;
        let terms = insured.map(|body| read_terms(&body)).transpose()?;
        Ok(Sides { provider, person, terms, year })
    }
}

/// A case with the records that it was made of.
#[derive(Clone)]
pub(super) struct Known {
    pub case: Case,
    pub provider: Provider,
    pub kind: &'static str,
    /// The day that decides by which rules it is settled.
    pub on: Day,
    pub year: i64,
    pub year_row: YearRow,
}

/// What every kind of visit that is settled has.
pub(super) struct Told<'v> {
    pub kind: &'static str,
    place: Place,
    level: &'v Level,
    /// The first day of it.
    begun: Day,
    pub on: Day,
    day: &'static str,
}

pub(super) fn told(visit: &Visit) -> Result<Told<'_>, Refusal> {
    Ok(match visit {
        Visit::Inpatient(stay) => stayed("inpatient", stay),
        Visit::DaySurgery(stay) => stayed("day_surgery", stay),
        Visit::Outpatient(clinic) => came("outpatient", clinic.place, &clinic.level, clinic.on),
        Visit::SpecialDrug(clinic) => came("special_drug", clinic.place, &clinic.level, clinic.on),
        Visit::SpecialOutpatient(special) => came("special_outpatient", special.place, &special.level, special.on),
        Visit::Maternity(_) | Visit::SecondPay(_) => {
            let settled = "inpatient, day_surgery, outpatient, special_outpatient, special_drug";
            return Err(Refusal::new(RefusalCode::OutOfRange, "visit", settled));
        }
    })
}

fn stayed<'v>(kind: &'static str, stay: &'v Stay) -> Told<'v> {
    let begun = stay.admitted.unwrap_or(stay.discharged);
    Told { kind, place: stay.place, level: &stay.level, begun, on: stay.discharged, day: "discharged" }
}

fn came<'v>(kind: &'static str, place: Place, level: &'v Level, on: Day) -> Told<'v> {
    Told { kind, place, level, begun: on, on, day: "on" }
}

/// The bill of a visit, where the visit has one.
pub(super) fn cost(visit: &Visit) -> Option<&Cost> {
    match visit {
        Visit::Inpatient(stay) | Visit::DaySurgery(stay) => Some(&stay.bill),
        Visit::Outpatient(clinic) | Visit::SpecialDrug(clinic) => Some(&clinic.bill),
        Visit::SpecialOutpatient(special) => Some(&special.bill),
        Visit::Maternity(_) | Visit::SecondPay(_) => None,
    }
}

/// 就医地 seen from the insured area: the first two digits of 医保区划 are the province.
fn area(insured: &str, treated: &str) -> Area {
    match (insured == treated, insured.get(..2) == treated.get(..2)) {
        (true, _) => Area::Local,
        (false, true) => Area::InProvince,
        (false, false) => Area::OutOfProvince,
    }
}

/// Areas cut levels differently: what is `3` here is `3_city` by another's rules. Where both are fine, they are equal.
fn same_level(told: &str, registered: &str) -> bool {
    let head = |level: &str| level.split('_').next().unwrap_or_default().to_owned();
    let coarse = told == head(told) || registered == head(registered);
    told == registered || (coarse && head(told) == head(registered))
}

impl Told<'_> {
    fn refuse(&self, field: &str, accepted: impl Into<String>) -> ApiError {
        let field = format!("visit.{}.{field}", self.kind);
        Refusal::new(RefusalCode::OutOfRange, field, accepted).into()
    }

    /// Whether it is told that something was filed.
    fn is_filed(&self) -> bool {
        matches!(self.place.filing, Filing::LongTerm | Filing::Referred)
    }

    /// Holds what was told against the records.
    fn check(&self, provider: &Provider, insured: &str, filing: Option<Filing>, today: Day) -> Result<(), ApiError> {
        if self.on > today {
            return Err(self.refuse(self.day, format!("{today} or before")));
        }
        if !same_level(self.level.word(), &provider.level) {
            return Err(self.refuse("level", provider.level.clone()));
        }
        let area = area(insured, &provider.area);
        if self.place.area != area {
            return Err(self.refuse("place.area", area.word()));
        }
        // What an emergency is, or that nothing was filed, the institution says; a filing is on record.
        if self.is_filed() && filing != Some(self.place.filing) {
            let on_record = filing.map(|filing| format!("{}, ", filing.word())).unwrap_or_default();
            return Err(self.refuse("place.filing", format!("{on_record}emergency, unregistered")));
        }
        Ok(())
    }
}

/// How the rules name a kind of cover; `None` for who is not insured.
fn scheme(cover: &str) -> Option<(Scheme, Plan)> {
    match cover {
        "employee" => Some((Scheme::Employee, Plan::Integrated)),
        "employee_without_account" => Some((Scheme::Employee, Plan::PooledOnly)),
        "resident" => Some((Scheme::Resident, Plan::Integrated)),
        _ => None,
    }
}

impl Wallet {
    /// Both sides of a bill, read once for all that is decided of it.
    ///
    /// # Errors
    /// When the institution settles nothing, or nobody knows how the patient is insured.
    pub(crate) async fn sides(&self, institution: OwnerId, patient: OwnerId, on: Day) -> Result<Sides, ApiError> {
        Sides::of(self.desk.sides(institution, patient, i64::from(on.year())).await?)
    }

    /// What else is on record of both sides of a bill, read once too.
    pub(super) async fn records(&self, bill: &Bill, provider: &Provider) -> Result<Records, ApiError> {
        let on = told(&bill.visit)?.on.to_string();
        let agreed = self.agreed_on(&bill.visit)?.to_string();
        let (institution, patient) = (bill.institution, bill.patient);
        let of = RecordsOf { institution, code: &provider.code, patient, filed: (CHOICE, &on), agreed: &agreed };
        Ok(self.desk.records(&of).await?)
    }

    /// The sides of a bill that is settled on the day on which its visit ended.
    pub(super) async fn sides_of(&self, bill: &Bill) -> Result<Sides, ApiError> {
        self.sides(bill.institution, bill.patient, told(&bill.visit)?.on).await
    }

    /// The case of a bill. What an earlier order used up counts; what accounts pay is decided later.
    pub(super) async fn case(
        &self,
        bill: &Bill,
        sides: &Sides,
        choices: &[wallet_store::Filing],
    ) -> Result<Known, ApiError> {
        let Sides { provider, person: insured, terms, year: year_row } = sides.clone();
        let not_registered = || refused(TransportCode::NotRegistered);
        let (scheme, plan) = scheme(&insured.cover).ok_or_else(not_registered)?;
        let terms = terms.ok_or_else(not_registered)?;
        let told = told(&bill.visit)?;
        let today = day(self.now()).ok_or_else(|| refused(TransportCode::Internal))?;
        let filing = match told.is_filed() {
            true => self.filing(&provider.code, bill.patient, &terms, told.begun).await?,
            false => None,
        };
        told.check(&provider, &insured.area, filing, today)?;
        let (kind, on) = (told.kind, told.on);
        let visit = bound(&provider, bill, choices)?;
        let year = i64::from(on.year());
        let case = Case {
            region: insured.area,
            scheme,
            person: Person { plan, ..terms.person },
            visit,
            year_to_date: read_year(&year_row)?,
            accounts: Accounts { leave_untouched: true, ..Accounts::default() },
            options: Options::default(),
        };
        Ok(Known { case, provider, kind, on, year, year_row })
    }

    /// Where a patient is treated, as the rules of their area look at it: by the filing on record, or by none.
    pub(super) async fn place(&self, sides: &Sides) -> Result<Place, ApiError> {
        let Sides { provider, person, terms, .. } = sides;
        let area = area(&person.area, &provider.area);
        let filing = match (area, terms) {
            (Area::Local, _) => Filing::NotNeeded,
            (_, None) => Filing::Unregistered,
            (_, Some(terms)) => {
                let today = day(self.now()).ok_or_else(|| refused(TransportCode::Internal))?;
                let filed = self.filing(&provider.code, person.owner, terms, today).await?;
                filed.unwrap_or(Filing::Unregistered)
            }
        };
        Ok(Place { area, filing })
    }

    /// Writes down how somebody is insured beyond area and kind of cover.
    pub(crate) async fn put_terms(&self, person: OwnerId, terms: &Terms) -> Result<(), ApiError> {
        let body = serde_json::to_string(terms).map_err(|_| refused(TransportCode::Internal))?;
        Ok(self.desk.put_insured(person, &body).await?)
    }
}

impl Default for Terms {
    fn default() -> Self {
        Terms { person: Person { cover: Cover::InForce, ..Person::default() }, filing: None }
    }
}

fn read_terms(body: &str) -> Result<Terms, ApiError> {
    serde_json::from_str(body).map_err(|_| refused(TransportCode::Internal))
}

pub(super) fn read_year(row: &YearRow) -> Result<YearToDate, ApiError> {
    let read = row.body.as_deref().map(serde_json::from_str).transpose();
    Ok(read.map_err(|_| refused(TransportCode::Internal))?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_may_be_cut_finer_and_not_otherwise() {
        for (told, registered) in [("3", "3"), ("3_city", "3"), ("3", "3_region"), ("3_city", "3_city")] {
            assert!(same_level(told, registered), "{told} at {registered}");
        }
        for (told, registered) in [("2", "3"), ("3_city", "3_region"), ("grassroots", "1"), ("2_general", "3")] {
            assert!(!same_level(told, registered), "{told} at {registered}");
        }
    }

    #[test]
    fn a_province_is_the_head_of_an_area() {
        assert_eq!(area("440100", "440100"), Area::Local);
        assert_eq!(area("441800", "440100"), Area::InProvince);
        assert_eq!(area("450800", "440100"), Area::OutOfProvince);
    }
}
