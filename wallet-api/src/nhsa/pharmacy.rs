//! 2101, 2102 and 2103: what is bought at a pharmacy. There is no registration before it: 2101 tells what it comes to,
//! 2102 brings the same purchase again and settles it, and both find it by what it says. Whether and what funds pay at
//! pharmacies (门诊统筹进药店) is in none of the areas' rules, so that nothing is guessed: all of it is the person's own,
//! out of their account, their relatives', and cash.

use std::collections::BTreeSet;

use anxin_core::Fen;
use serde_json::Value;
use wallet_store::{Fee, Visit, VisitState};
use wallet_types::NhsaCode;
use wallet_types::nhsa::{FeeLine, PharmacyAsk, PresettleAsk, Purchase, PurchaseBack, PurchaseLine};

use super::fees::{Drug, fee, yuan};
use super::refuse::{Refused, Stop};
use super::settle::Ready;
use super::visits::{Kind, VisitFacts, moment, text};
use super::{Asked, digits, envelope};
use crate::pay::PHARMACY;

const LINES_MAX: usize = 100;
/// Every line of a purchase is of one batch.
const BATCH: &str = "1";

impl Asked<'_> {
    /// 2101. The purchase is remembered, so that this is settled or nothing.
    pub(super) async fn pharmacy_presettle(&self) -> Result<Value, Stop> {
        let ask = self.purchase()?;
        let (owner, _) = self.insured("input.druginfo", &ask.druginfo.psn_no, &ask.druginfo.insutype).await?;
        self.is_pharmacy().await?;
        let fees = self.lines(&ask).await?;
        let visit = Visit {
            code: self.code().to_owned(),
            mdtrt_id: self.named(&ask)?,
            owner,
            state: VisitState::Registered,
            // Of no message: what this one tells is still to be remembered.
            msgid: String::new(),
            body: text(&facts(&ask.druginfo))?,
        };
        let desk = &self.wallet.desk;
        desk.nhsa_visit_begins(&visit).await?;
        // A purchase that was asked about before has its lines already, the same ones.
        if desk.nhsa_fees(self.code(), &visit.mdtrt_id).await?.is_empty() {
            desk.nhsa_fees_come(&visit, &self.request.msgid, &fees).await?;
        }
        Box::pin(self.presettled(self.bought(ask).await?)).await
    }

    /// 2102
    pub(super) async fn pharmacy_settle(&self) -> Result<Value, Stop> {
        self.not_reversed().await?;
        let ask = self.purchase()?;
        let mdtrt_id = self.named(&ask)?;
        if self.wallet.desk.nhsa_visit(self.code(), &mdtrt_id).await?.is_none() {
            return Err(Refused::new(NhsaCode::NotPresettled, "input.druginfo", "2101").into());
        }
        Box::pin(self.settle_ready(self.bought(ask).await?)).await
    }

    /// 2103
    pub(super) async fn pharmacy_back(&self) -> Result<Value, Stop> {
        let PurchaseBack { druginfo } = self.input()?;
        Box::pin(self.settled_back(druginfo)).await
    }

    fn purchase(&self) -> Result<PharmacyAsk, Stop> {
        let ask: PharmacyAsk = self.input()?;
        let info = &ask.druginfo;
        envelope::one_of("input.druginfo.acct_used_flag", &info.acct_used_flag, &["0", "1"])?;
        envelope::one_of("input.druginfo.med_type", &info.med_type, &[Kind::Pharmacy.med_type()])?;
        moment("input.druginfo.begntime", &info.begntime)?;
        yuan("input.druginfo.medfee_sumamt", &info.medfee_sumamt)?;
        if !(1..=LINES_MAX).contains(&ask.drugdetail.len()) {
            return Err(Refused::field("input.drugdetail", format!("1–{LINES_MAX}")).into());
        }
        Ok(ask)
    }

    async fn is_pharmacy(&self) -> Result<(), Stop> {
        let provider = self.wallet.desk.provider(self.institution.owner).await?;
        match provider.is_some_and(|provider| provider.kind == PHARMACY) {
            true => Ok(()),
            false => Err(Refused::field("fixmedins_code", "定点零售药店").into()),
        }
    }

    async fn lines(&self, ask: &PharmacyAsk) -> Result<Vec<Fee>, Stop> {
        let mut numbers = BTreeSet::new();
        let mut fees = Vec::new();
        for (n, line) in ask.drugdetail.iter().enumerate() {
            let within = format!("input.drugdetail[{n}]");
            if !numbers.insert(&line.feedetl_sn) {
                return Err(Refused::new(NhsaCode::FeeRepeated, format!("{within}.feedetl_sn"), "").into());
            }
            self.wallet.qualified(&format!("{within}.bilg_dr_codg"), &line.bilg_dr_codg).await?;
            let drug = Drug {
                code: &line.med_list_codg,
                cnt: &line.cnt,
                packs: &line.drugtracinfo,
                trdn_flag: &line.trdn_flag,
                prd_days: &line.prd_days,
                rxno: &line.rxno,
            };
            let drug = self.drug(&within, &drug, Kind::Pharmacy).await?;
            fees.push(Fee { drug, ..fee(&within, &own(line, &ask.druginfo))? });
        }
        Ok(fees)
    }

    /// 就诊ID of a purchase, by all that it says.
    fn named(&self, ask: &PharmacyAsk) -> Result<String, Stop> {
        let said = self.written(ask)?.to_string();
        Ok(digits("purchase", &[self.code(), &said]))
    }

    /// The purchase as it is to be settled.
    async fn bought(&self, ask: PharmacyAsk) -> Result<Ready, Stop> {
        let mdtrt_id = self.named(&ask)?;
        let info = ask.druginfo;
        let (visit, facts) = self.visit("input.druginfo", &mdtrt_id, &info.psn_no).await?;
        let use_accounts = info.acct_used_flag == "1";
        let data = PresettleAsk {
            psn_no: info.psn_no,
            mdtrt_cert_type: info.mdtrt_cert_type,
            mdtrt_cert_no: info.mdtrt_cert_no,
            med_type: info.med_type,
            medfee_sumamt: info.medfee_sumamt,
            psn_setlway: String::new(),
            mdtrt_id,
            chrg_bchno: BATCH.into(),
            acct_used_flag: info.acct_used_flag,
            insutype: info.insutype,
            invono: info.invono,
            fulamt_ownpay_amt: String::new(),
            overlmt_selfpay: String::new(),
            preselfpay_amt: String::new(),
            inscp_scp_amt: String::new(),
        };
        Ok(Ready { visit, facts, data, use_accounts })
    }
}

fn facts(info: &Purchase) -> VisitFacts {
    VisitFacts {
        kind: Kind::Pharmacy,
        psn_no: info.psn_no.clone(),
        insutype: info.insutype.clone(),
        begntime: info.begntime.clone(),
        endtime: None,
        ipt_otp_no: String::new(),
        med_type: Some(info.med_type.clone()),
        dise_codg: Some(info.dise_codg.clone()).filter(|code| !code.is_empty()),
        diagnoses: Vec::new(),
        foretold: None,
    }
}

/// A line of which all is the person's own.
fn own(line: &PurchaseLine, info: &Purchase) -> FeeLine {
    let nothing = || Fen::ZERO.yuan().to_string();
    FeeLine {
        feedetl_sn: line.feedetl_sn.clone(),
        mdtrt_id: String::new(),
        psn_no: info.psn_no.clone(),
        chrg_bchno: BATCH.into(),
        fee_ocur_time: line.fee_ocur_time.clone(),
        med_list_codg: line.med_list_codg.clone(),
        medins_list_codg: line.medins_list_codg.clone(),
        det_item_fee_sumamt: line.det_item_fee_sumamt.clone(),
        cnt: line.cnt.clone(),
        pric: line.pric.clone(),
        fulamt_ownpay_amt: line.det_item_fee_sumamt.clone(),
        overlmt_amt: nothing(),
        preselfpay_amt: nothing(),
        inscp_scp_amt: nothing(),
        rxno: line.rxno.clone(),
        bilg_dept_codg: String::new(),
        bilg_dr_codg: line.bilg_dr_codg.clone(),
        hosp_appr_flag: String::new(),
        drugtracinfo: Vec::new(),
        trdn_flag: String::new(),
        prd_days: String::new(),
    }
}
