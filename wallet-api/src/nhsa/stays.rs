//! 2401 to 2405: an inpatient from admission to discharge.

use serde_json::Value;
use wallet_store::{Visit, VisitState};
use wallet_types::NhsaCode;
use wallet_types::nhsa::{
    AdmissionChangeInput, AdmissionInput, AdmissionOut, Admitted, DischargeInput, NhsaData, PrepayLine, StayUndo,
};

use super::refuse::{Refused, Stop};
use super::visits::{Kind, VisitFacts, diagnoses, moment, text};
use super::{Asked, envelope};

impl Asked<'_> {
    pub(super) async fn admit(&self) -> Result<Value, Stop> {
        let AdmissionInput { mdtrtinfo, diseinfo, prepayinfo } = self.input()?;
        let prepaid = self.prepaid(&prepayinfo)?;
        let (owner, _) = self.insured("input.mdtrtinfo", &mdtrtinfo.psn_no, &mdtrtinfo.insutype).await?;
        envelope::length("input.mdtrtinfo.ipt_no", &mdtrtinfo.ipt_no, 1, 30)?;
        envelope::one_of("input.mdtrtinfo.med_type", &mdtrtinfo.med_type, &[Kind::Inpatient.med_type()])?;
        moment("input.mdtrtinfo.begntime", &mdtrtinfo.begntime)?;
        let facts = VisitFacts {
            kind: Kind::Inpatient,
            psn_no: mdtrtinfo.psn_no,
            insutype: mdtrtinfo.insutype,
            begntime: mdtrtinfo.begntime,
            endtime: None,
            ipt_otp_no: mdtrtinfo.ipt_no,
            med_type: Some(mdtrtinfo.med_type),
            dise_codg: None,
            diagnoses: diagnoses(diseinfo)?,
            foretold: None,
        };
        let visit = Visit {
            code: self.code().to_owned(),
            mdtrt_id: self.number("mdtrt_id"),
            owner,
            state: VisitState::Admitted,
            msgid: self.request.msgid.clone(),
            body: text(&facts)?,
        };
        if prepaid.iter().any(|line| line.amount.is_negative()) {
            return Err(Refused::new(NhsaCode::PrepayShort, "input.prepayinfo", "> 0").into());
        }
        self.wallet.desk.nhsa_visit_begins(&visit).await?;
        self.prepay(&visit.mdtrt_id, &prepaid).await?;
        self.written(AdmissionOut { result: Admitted { mdtrt_id: visit.mdtrt_id } })
    }

    pub(super) async fn discharge(&self) -> Result<Value, Stop> {
        let DischargeInput { dscginfo, diseinfo } = self.input()?;
        let (visit, mut facts) = self.visit("input.dscginfo", &dscginfo.mdtrt_id, &dscginfo.psn_no).await?;
        moment("input.dscginfo.endtime", &dscginfo.endtime)?;
        // Both are written in one way, so that their order is that of their texts.
        if dscginfo.endtime < facts.begntime {
            return Err(Refused::field("input.dscginfo.endtime", format!("≥ {}", facts.begntime)).into());
        }
        facts.endtime = Some(dscginfo.endtime);
        facts.diagnoses = diagnoses(diseinfo)?;
        self.go_on(&visit, &[VisitState::Admitted], VisitState::Discharged, Some(&facts)).await?;
        self.written(serde_json::json!({}))
    }

    /// 2403: while the patient is in.
    pub(super) async fn change_admission(&self) -> Result<Value, Stop> {
        let AdmissionChangeInput { adminfo, diseinfo, prepayinfo } = self.input()?;
        let (visit, mut facts) = self.visit("input.adminfo", &adminfo.mdtrt_id, &adminfo.psn_no).await?;
        if !prepayinfo.is_empty() {
            let others = [&adminfo.begntime, &adminfo.ipt_no, &adminfo.adm_dept_codg, &adminfo.adm_dept_name];
            let alone = others.into_iter().all(String::is_empty) && adminfo.adm_bed.is_empty() && diseinfo.is_empty();
            return if alone { self.prepay_more(&visit, &prepayinfo).await } else { Err(prepay_alone()) };
        }
        if !adminfo.begntime.is_empty() {
            moment("input.adminfo.begntime", &adminfo.begntime)?;
            // A suspended institution may end what it began, so that nothing begins earlier than it was said to.
            if adminfo.begntime < facts.begntime {
                return Err(Refused::field("input.adminfo.begntime", format!("≥ {}", facts.begntime)).into());
            }
            facts.begntime = adminfo.begntime;
        }
        if !adminfo.ipt_no.is_empty() {
            envelope::length("input.adminfo.ipt_no", &adminfo.ipt_no, 1, 30)?;
            facts.ipt_otp_no = adminfo.ipt_no;
        }
        if !diseinfo.is_empty() {
            facts.diagnoses = diagnoses(diseinfo)?;
        }
        self.go_on(&visit, &[VisitState::Admitted], VisitState::Admitted, Some(&facts)).await?;
        self.written(serde_json::json!({}))
    }

    /// 预缴金 comes and goes until the stay is settled, also after the patient left.
    async fn prepay_more(&self, visit: &Visit, lines: &[PrepayLine]) -> Result<Value, Stop> {
        if !matches!(visit.state, VisitState::Admitted | VisitState::Discharged) {
            return Err(Refused::new(NhsaCode::VisitState, "input.adminfo.mdtrt_id", "").into());
        }
        self.prepay(&visit.mdtrt_id, &self.prepaid(lines)?).await?;
        self.written(serde_json::json!({}))
    }

    /// 2404: only without a line of a bill.
    pub(super) async fn unadmit(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<StayUndo>>()?;
        let (visit, _) = self.visit("input.data", &data.mdtrt_id, &data.psn_no).await?;
        let left = self.prepaid_left(&visit.mdtrt_id).await?;
        if !left.is_zero() && visit.state == VisitState::Admitted {
            return Err(Refused::new(NhsaCode::VisitState, "input.data.mdtrt_id", left.yuan().to_string()).into());
        }
        self.go_on(&visit, &[VisitState::Admitted], VisitState::Cancelled, None).await?;
        self.written(serde_json::json!({}))
    }

    /// 2405: only before the stay is settled.
    pub(super) async fn undischarge(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<StayUndo>>()?;
        let (visit, mut facts) = self.visit("input.data", &data.mdtrt_id, &data.psn_no).await?;
        let fees = self.wallet.desk.nhsa_fees(self.code(), &visit.mdtrt_id).await?;
        if fees.iter().any(|fee| fee.setl_id.is_some()) {
            return Err(Refused::new(NhsaCode::VisitState, "input.data.mdtrt_id", "").into());
        }
        (facts.endtime, facts.foretold) = (None, None);
        self.go_on(&visit, &[VisitState::Discharged], VisitState::Admitted, Some(&facts)).await?;
        self.written(serde_json::json!({}))
    }
}

/// Of two things in one message the second might be refused when the first is done.
fn prepay_alone() -> Stop {
    Refused::field("input.prepayinfo", "adminfo: mdtrt_id, psn_no").into()
}
