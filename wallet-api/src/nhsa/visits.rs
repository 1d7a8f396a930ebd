//! A visit and what it goes through; 2201, 2202 and 2203 of an outpatient's.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use wallet_store::{Visit, VisitState};
use wallet_types::nhsa::{ConsultationInput, Diagnosis, NhsaData, Registration, RegistrationOut, Unregistration};
use wallet_types::{Figures, NhsaCode};

use super::persons::nobody;
use super::refuse::{Refused, Stop};
use super::{Asked, envelope, times};

/// Diagnoses of one visit at most.
const DIAGNOSES_MAX: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Outpatient,
    Inpatient,
    Pharmacy,
}

impl Kind {
    /// 医疗类别 that is settled: the ordinary one of each kind.
    pub fn med_type(self) -> &'static str {
        match self {
            Kind::Outpatient => "11",
            Kind::Inpatient => "21",
            Kind::Pharmacy => "41",
        }
    }

    /// The state in which a visit has a bill that is whole.
    pub fn billed_in(self) -> VisitState {
        match self {
            Kind::Outpatient | Kind::Pharmacy => VisitState::Registered,
            Kind::Inpatient => VisitState::Discharged,
        }
    }
}

/// What of a visit decides how it is settled. Nobody's name is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitFacts {
    pub kind: Kind,
    pub psn_no: String,
    pub insutype: String,
    pub begntime: String,
    /// When an inpatient left.
    pub endtime: Option<String>,
    pub ipt_otp_no: String,
    /// 医疗类别, from 2203 on.
    pub med_type: Option<String>,
    /// 病种编码
    pub dise_codg: Option<String>,
    pub diagnoses: Vec<String>,
    /// What the last presettlement told.
    pub foretold: Option<Foretold>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foretold {
    pub figures: Figures,
    pub use_accounts: bool,
}

impl Asked<'_> {
    pub(super) async fn register(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<Registration>>()?;
        let (owner, _) = self.insured("input.data", &data.psn_no, &data.insutype).await?;
        envelope::length("input.data.ipt_otp_no", &data.ipt_otp_no, 1, 30)?;
        moment("input.data.begntime", &data.begntime)?;
        let facts = VisitFacts {
            kind: Kind::Outpatient,
            psn_no: data.psn_no.clone(),
            insutype: data.insutype,
            begntime: data.begntime,
            endtime: None,
            ipt_otp_no: data.ipt_otp_no.clone(),
            med_type: None,
            dise_codg: None,
            diagnoses: Vec::new(),
            foretold: None,
        };
        let visit = Visit {
            code: self.code().to_owned(),
            mdtrt_id: self.number("mdtrt_id"),
            owner,
            state: VisitState::Registered,
            msgid: self.request.msgid.clone(),
            body: text(&facts)?,
        };
        self.wallet.desk.nhsa_visit_begins(&visit).await?;
        self.written(RegistrationOut { mdtrt_id: visit.mdtrt_id, psn_no: data.psn_no, ipt_otp_no: data.ipt_otp_no })
    }

    pub(super) async fn unregister(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<Unregistration>>()?;
        let (visit, facts) = self.visit("input.data", &data.mdtrt_id, &data.psn_no).await?;
        if facts.ipt_otp_no != data.ipt_otp_no {
            return Err(Refused::new(NhsaCode::VisitUnknown, "input.data.ipt_otp_no", "").into());
        }
        self.go_on(&visit, &[VisitState::Registered], VisitState::Cancelled, None).await?;
        self.written(serde_json::json!({}))
    }

    pub(super) async fn consultation(&self) -> Result<Value, Stop> {
        let ConsultationInput { mdtrtinfo, diseinfo } = self.input()?;
        let (visit, mut facts) = self.visit("input.mdtrtinfo", &mdtrtinfo.mdtrt_id, &mdtrtinfo.psn_no).await?;
        moment("input.mdtrtinfo.begntime", &mdtrtinfo.begntime)?;
        digits("input.mdtrtinfo.med_type", &mdtrtinfo.med_type, 2)?;
        envelope::length("input.mdtrtinfo.dise_codg", &mdtrtinfo.dise_codg, 0, 30)?;
        facts.begntime = mdtrtinfo.begntime;
        facts.med_type = Some(mdtrtinfo.med_type);
        facts.dise_codg = Some(mdtrtinfo.dise_codg).filter(|code| !code.is_empty());
        facts.diagnoses = diagnoses(diseinfo)?;
        self.go_on(&visit, &[VisitState::Registered], VisitState::Registered, Some(&facts)).await?;
        self.written(serde_json::json!({}))
    }

    /// A visit of this institution and of the person that the message names.
    pub(super) async fn visit(&self, within: &str, mdtrt_id: &str, psn_no: &str) -> Result<(Visit, VisitFacts), Stop> {
        let visit = self.wallet.desk.nhsa_visit_of(self.code(), mdtrt_id, psn_no, self.now).await?;
        let visit = visit.ok_or_else(|| nobody(&format!("{within}.psn_no")))?;
        let unknown = || Refused::new(NhsaCode::VisitUnknown, format!("{within}.mdtrt_id"), "");
        let visit = visit.ok_or_else(unknown)?;
        let damaged = |_| Stop::Failed(wallet_store::StoreError::Damaged("nhsa_visit".into()).into());
        let facts = serde_json::from_str(&visit.body).map_err(damaged)?;
        Ok((visit, facts))
    }

    /// Changes a visit that is in one of these states, unless this very message did so before.
    pub(super) async fn go_on(
        &self,
        visit: &Visit,
        from: &[VisitState],
        to: VisitState,
        facts: Option<&VisitFacts>,
    ) -> Result<(), Stop> {
        let wrong = || Refused::new(NhsaCode::VisitState, "", "");
        if visit.msgid == self.request.msgid && visit.state == to {
            return Ok(());
        }
        if !from.contains(&visit.state) {
            return Err(wrong().into());
        }
        let body = facts.map_or(Ok(visit.body.clone()), text)?;
        let now = Visit { state: to, msgid: self.request.msgid.clone(), body, ..visit.clone() };
        let cancelled = to == VisitState::Cancelled;
        if self.wallet.desk.nhsa_visit_goes_on(visit, &now, cancelled).await? { Ok(()) } else { Err(wrong().into()) }
    }
}

/// The codes of a visit's diagnoses.
pub fn diagnoses(told: Vec<Diagnosis>) -> Result<Vec<String>, Refused> {
    if told.is_empty() || told.len() > DIAGNOSES_MAX {
        return Err(Refused::field("input.diseinfo", format!("1–{DIAGNOSES_MAX}")));
    }
    for (n, diagnosis) in told.iter().enumerate() {
        envelope::length(&format!("input.diseinfo[{n}].diag_code"), &diagnosis.diag_code, 1, 20)?;
        envelope::length(&format!("input.diseinfo[{n}].diag_name"), &diagnosis.diag_name, 1, 100)?;
    }
    Ok(told.into_iter().map(|diagnosis| diagnosis.diag_code).collect())
}

pub fn text(body: &impl Serialize) -> Result<String, Stop> {
    serde_json::to_string(body).map_err(|_| Stop::Failed(wallet_store::StoreError::Damaged("body".into()).into()))
}

pub fn moment(field: &str, text: &str) -> Result<(), Refused> {
    times::read(text).map(drop).ok_or_else(|| Refused::field(field, "yyyy-MM-dd HH:mm:ss"))
}

pub fn digits(field: &str, text: &str, count: usize) -> Result<(), Refused> {
    let plain = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if plain { Ok(()) } else { Err(Refused::field(field, format!("{count} digits"))) }
}
