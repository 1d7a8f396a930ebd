//! 医保移动支付: 6201 takes a bill in, 6202 settles it for whoever showed their code, 6301 asks what became of it, 6401
//! calls it off, and 6203 (`mobile_back.rs`) gives it back. The rules are those of a counter; only the words differ.

use anxin_core::Fen;
use serde_json::Value;
use wallet_ledger::{Micros, OrderState};
use wallet_store::{Actor, Fee, Movement, Visit, VisitState};
use wallet_types::NhsaCode;
use wallet_types::nhsa::{
    FeeLine, MobileFee, MobileFees, MobileOrder, MobilePay, MobileQuery, MobileRevoke, MobileTold, NhsaData,
    PresettleAsk, SettlementInfo,
};

use super::fees::{Drug, fee, yuan};
use super::persons::{INSUTYPES, insutype, psn_no};
use super::refuse::{Refused, Stop};
use super::settle::{Ready, inconsistent, of_fees};
use super::visits::{Foretold, Kind, VisitFacts, moment, text};
use super::{Asked, envelope, times};
use crate::pay::order_id;

const LINES_MAX: usize = 100;
const BATCH: &str = "1";
pub(super) const ORDER: &str = "input.data.payOrdId";
const PAYS: &str = "6202";

/// 订单状态, as one public integration groups them.
const UPLOADED: &str = "1";
const UNDER_WAY: &str = "2";
const PAID: &str = "6";
const CALLED_OFF: &str = "7";
const GIVEN_BACK: &str = "8";

/// An order with the settlement that paid it.
pub(super) struct Mobile {
    visit: Visit,
    facts: VisitFacts,
    fees: Vec<Fee>,
    pub(super) paid: Option<Movement>,
}

impl Asked<'_> {
    /// 6201
    pub(super) async fn mobile_fees(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<MobileFees>>()?;
        self.own("input.data.orgCodg", &data.org_codg)?;
        let owner = self.shown("input.data.ecToken", &data.ec_token).await?;
        envelope::one_of("input.data.insutype", &data.insutype, INSUTYPES)?;
        let person = self.wallet.desk.person(owner).await?.ok_or_else(|| unknown(ORDER))?;
        match insutype(self.wallet.party(&person)?.cover) {
            Some(own) if own == data.insutype => {}
            own => return Err(Refused::field("input.data.insutype", own.unwrap_or_default()).into()),
        }
        envelope::one_of("input.data.medType", &data.med_type, &[Kind::Outpatient.med_type()])?;
        envelope::length("input.data.medOrgOrd", &data.med_org_ord, 1, 30)?;
        moment("input.data.begntime", &data.begntime)?;
        let psn_no = psn_no(owner);
        let fees = self.mobile_lines(&data, &psn_no).await?;
        let facts = VisitFacts {
            kind: Kind::Outpatient,
            psn_no,
            insutype: data.insutype,
            begntime: data.begntime,
            endtime: None,
            ipt_otp_no: data.med_org_ord,
            med_type: Some(data.med_type),
            dise_codg: None,
            diagnoses: Vec::new(),
            foretold: None,
        };
        let visit = Visit {
            code: self.code().to_owned(),
            mdtrt_id: self.number("payOrdId"),
            owner,
            state: VisitState::Registered,
            msgid: self.request.msgid.clone(),
            body: text(&facts)?,
        };
        self.wallet.desk.nhsa_visit_begins(&visit).await?;
        self.wallet.desk.nhsa_fees_come(&visit, &self.request.msgid, &fees).await?;
        let fee_sumamt = sum(&fees)?.yuan().to_string();
        let pay_token = self.token("pay", &visit.mdtrt_id)?;
        self.written(MobileOrder { pay_ord_id: visit.mdtrt_id, pay_token, fee_sumamt })
    }

    async fn mobile_lines(&self, data: &MobileFees, psn_no: &str) -> Result<Vec<Fee>, Stop> {
        let list = &data.feedetail_list;
        if !(1..=LINES_MAX).contains(&list.len()) {
            return Err(Refused::field("input.data.feedetailList", format!("1–{LINES_MAX}")).into());
        }
        let mut fees: Vec<Fee> = Vec::new();
        for (n, line) in list.iter().enumerate() {
            let within = format!("input.data.feedetailList[{n}]");
            if fees.iter().any(|fee| fee.sn == line.feedetl_sn) {
                return Err(Refused::new(NhsaCode::FeeRepeated, format!("{within}.feedetlSn"), "").into());
            }
            // Whoever pays from a phone is handed no drug that has to be scanned.
            let drug =
                Drug { code: &line.med_list_codg, cnt: &line.cnt, packs: &[], trdn_flag: "", prd_days: "", rxno: "" };
            let drug = self.drug(&within, &drug, Kind::Outpatient).await?;
            fees.push(Fee { drug, ..fee(&within, &counter_line(line, &data.begntime, psn_no))? });
        }
        let whole = sum(&fees)?;
        if yuan("input.data.medfeeSumamt", &data.medfee_sumamt)? != whole {
            let is = whole.yuan().to_string();
            return Err(Refused::new(NhsaCode::AmountsDiffer, "input.data.medfeeSumamt", is).into());
        }
        Ok(fees)
    }

    /// 6202: what it comes to is settled as it is now; the patient has seen the bill and holds the token.
    pub(super) async fn mobile_pay(&self) -> Result<Value, Stop> {
        self.not_reversed().await?;
        let NhsaData { data } = self.input::<NhsaData<MobilePay>>()?;
        self.own("input.data.orgCodg", &data.org_codg)?;
        envelope::one_of("input.data.acctUsedFlag", &data.acct_used_flag, &["0", "1"])?;
        envelope::length("input.data.orgBizSer", &data.org_biz_ser, 1, 40)?;
        let mobile = self.mobile(&data.pay_ord_id).await?;
        if data.pay_token != self.token("pay", &mobile.visit.mdtrt_id)? {
            return Err(unknown("input.data.payToken").into());
        }
        self.identified_again(&mobile, &data.ec_token).await?;
        let setl_id = self.number("setl_id");
        if mobile.paid.as_ref().is_some_and(|paid| paid.setl_id != setl_id) {
            return Err(Refused::new(NhsaCode::NothingToSettle, ORDER, "").into());
        }
        if mobile.visit.state != VisitState::Registered {
            return Err(Refused::new(NhsaCode::VisitState, ORDER, "").into());
        }
        let ready = Box::pin(self.mobile_ready(mobile, &data, &setl_id)).await?;
        Box::pin(self.settle_ready(ready)).await?;
        self.mobile_told(self.mobile(&data.pay_ord_id).await?).await
    }

    async fn mobile_ready(&self, mobile: Mobile, data: &MobilePay, setl_id: &str) -> Result<Ready, Stop> {
        let Mobile { visit, facts, fees, .. } = mobile;
        let use_accounts = data.acct_used_flag == "1";
        // Those of this message too, where whoever carried it out was stopped.
        let open: Vec<Fee> =
            fees.into_iter().filter(|fee| fee.setl_id.as_deref().is_none_or(|by| by == setl_id)).collect();
        let ask = PresettleAsk {
            psn_no: facts.psn_no.clone(),
            mdtrt_cert_type: String::new(),
            mdtrt_cert_no: String::new(),
            med_type: Kind::Outpatient.med_type().into(),
            medfee_sumamt: sum(&open)?.yuan().to_string(),
            psn_setlway: String::new(),
            mdtrt_id: visit.mdtrt_id.clone(),
            chrg_bchno: BATCH.into(),
            acct_used_flag: data.acct_used_flag.clone(),
            insutype: facts.insutype.clone(),
            invono: String::new(),
            fulamt_ownpay_amt: String::new(),
            overlmt_selfpay: String::new(),
            preselfpay_amt: String::new(),
            inscp_scp_amt: String::new(),
        };
        let mut ready = Ready { visit, facts, data: ask, use_accounts };
        let (bill, sides) = self.bill(&ready, &open).await?;
        let pre = self.wallet.presettle_at(self.engine, &bill, &sides).await.map_err(|error| of_fees(error, &open))?;
        self.warn(&pre.noted);
        ready.facts.foretold = Some(Foretold { figures: pre.figures, use_accounts });
        Ok(ready)
    }

    /// 6301
    pub(super) async fn mobile_query(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<MobileQuery>>()?;
        self.own("input.data.orgCodg", &data.org_codg)?;
        self.mobile_told(self.mobile(&data.pay_ord_id).await?).await
    }

    /// 6401
    pub(super) async fn mobile_revoke(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<MobileRevoke>>()?;
        self.own("input.data.orgCodg", &data.org_codg)?;
        envelope::length("input.data.expContent", &data.exp_content, 0, 500)?;
        let mobile = self.mobile(&data.pay_ord_id).await?;
        let not_now = || Refused::new(NhsaCode::VisitState, ORDER, "");
        match &mobile.paid {
            None => {
                let desk = &self.wallet.desk;
                desk.nhsa_fees_go(self.code(), &mobile.visit.mdtrt_id, None).await?;
                self.go_on(&mobile.visit, &[VisitState::Registered], VisitState::Cancelled, None).await?;
            }
            // The institution has all that there is to take: 6203 gives it back.
            Some(paid) if paid.cash.is_zero() => return Err(not_now().into()),
            Some(paid) => {
                if data.revs_token != self.token("revoke", &paid.setl_id)? {
                    return Err(Refused::field("input.data.revsToken", "6202, 6301").into());
                }
                let back = self.wallet.desk.nhsa_taken_back(self.code(), &paid.setl_id).await?;
                if back.is_some_and(|back| back.msgid != self.request.msgid) {
                    return Err(not_now().into());
                }
                Box::pin(self.reversed(&paid.msgid, PAYS, &paid.setl_id, ORDER)).await?;
            }
        }
        self.mobile_told(self.mobile(&data.pay_ord_id).await?).await
    }

    /// An order of this institution.
    pub(super) async fn mobile(&self, pay_ord_id: &str) -> Result<Mobile, Stop> {
        let desk = &self.wallet.desk;
        let visit = desk.nhsa_visit(self.code(), pay_ord_id).await?.ok_or_else(|| unknown(ORDER))?;
        let facts: VisitFacts = serde_json::from_str(&visit.body).map_err(|_| inconsistent())?;
        let fees = desk.nhsa_fees(self.code(), pay_ord_id).await?;
        let paid = desk.nhsa_settlement_of(self.code(), pay_ord_id).await?;
        Ok(Mobile { visit, facts, fees, paid })
    }

    /// The same patient once more. From then on they count as having been here, as by 1101.
    pub(super) async fn identified_again(&self, mobile: &Mobile, ec_token: &str) -> Result<(), Stop> {
        let owner = self.shown("input.data.ecToken", ec_token).await?;
        if owner != mobile.visit.owner {
            return Err(unknown(ORDER).into());
        }
        let minutes = i64::from(self.wallet.nhsa.settings.settle_minutes);
        let until = Micros(self.now.0.saturating_add(minutes * 60 * times::SECOND));
        Ok(self.wallet.desk.nhsa_saw(self.code(), &mobile.facts.psn_no, owner, until, until).await?)
    }

    async fn mobile_told(&self, mobile: Mobile) -> Result<Value, Stop> {
        let Mobile { visit, fees, paid, .. } = mobile;
        let trace_time = times::written(self.now);
        let Some(paid) = paid else {
            let ord_stas = match (visit.state, fees.iter().any(|fee| fee.setl_id.is_some())) {
                (VisitState::Cancelled, _) => CALLED_OFF,
                (_, true) => UNDER_WAY,
                (_, false) => UPLOADED,
            };
            return self.written(MobileTold {
                pay_ord_id: visit.mdtrt_id,
                ord_stas: ord_stas.into(),
                fee_sumamt: sum(&fees)?.yuan().to_string(),
                own_pay_amt: None,
                psn_acct_pay: None,
                acct_mulaid_pay: None,
                fund_pay: None,
                hosp_part_amt: None,
                revs_token: None,
                refd_sumamt: None,
                setl_id: None,
                trace_time,
            });
        };
        let owner = self.institution.owner;
        let order = self.wallet.order(Actor::Institution(owner), order_id(owner, &paid.msgid)).await?;
        let ord_stas = match order.state {
            OrderState::Settled | OrderState::PartRefunded => PAID,
            OrderState::Refunded => GIVEN_BACK,
            OrderState::Revoked => CALLED_OFF,
            _ => UNDER_WAY,
        };
        let info: SettlementInfo = serde_json::from_str(&paid.body).map_err(|_| inconsistent())?;
        let back = order.bill.as_ref().map(|bill| bill.given_back().0).filter(|back| !back.is_zero());
        let may_revoke = ord_stas == PAID && back.is_none() && !paid.cash.is_zero();
        let revs_token = may_revoke.then(|| self.token("revoke", &paid.setl_id)).transpose()?;
        self.written(MobileTold {
            pay_ord_id: visit.mdtrt_id,
            ord_stas: ord_stas.into(),
            fee_sumamt: info.medfee_sumamt,
            own_pay_amt: Some(info.psn_cash_pay),
            psn_acct_pay: Some(info.acct_pay),
            acct_mulaid_pay: Some(info.acct_mulaid_pay),
            fund_pay: Some(info.fund_pay_sumamt),
            hosp_part_amt: Some(info.hosp_part_amt),
            revs_token,
            refd_sumamt: back.map(|back| back.yuan().to_string()),
            setl_id: Some(paid.setl_id),
            trace_time,
        })
    }

    /// A word that only who was told it has, for one thing of this institution.
    fn token(&self, what: &str, of: &str) -> Result<String, Stop> {
        Ok(self.wallet.pay_word(&[what, self.code(), of])?)
    }
}

fn unknown(field: &str) -> Refused {
    Refused::new(NhsaCode::VisitUnknown, field, "")
}

fn sum(fees: &[Fee]) -> Result<Fen, Stop> {
    Fen::checked_sum(fees.iter().map(|fee| fee.total)).ok_or_else(inconsistent)
}

/// The same line as a counter writes it.
fn counter_line(line: &MobileFee, at: &str, psn_no: &str) -> FeeLine {
    FeeLine {
        feedetl_sn: line.feedetl_sn.clone(),
        mdtrt_id: String::new(),
        psn_no: psn_no.to_owned(),
        chrg_bchno: BATCH.into(),
        fee_ocur_time: at.to_owned(),
        med_list_codg: line.med_list_codg.clone(),
        medins_list_codg: line.medins_list_codg.clone(),
        det_item_fee_sumamt: line.det_item_fee_sumamt.clone(),
        cnt: line.cnt.clone(),
        pric: line.pric.clone(),
        fulamt_ownpay_amt: line.fulamt_ownpay_amt.clone(),
        overlmt_amt: line.overlmt_amt.clone(),
        preselfpay_amt: line.preselfpay_amt.clone(),
        inscp_scp_amt: line.inscp_scp_amt.clone(),
        rxno: String::new(),
        bilg_dept_codg: String::new(),
        bilg_dr_codg: String::new(),
        hosp_appr_flag: String::new(),
        drugtracinfo: Vec::new(),
        trdn_flag: String::new(),
        prd_days: String::new(),
    }
}
