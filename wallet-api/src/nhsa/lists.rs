//! 4101A: 医疗保障基金结算清单 of an inpatient's settlement. Its amounts are held against the settlement and against each
//! other; what agrees is kept, and the version that came last counts.

use anxin_core::Fen;
use serde_json::Value;
use wallet_store::{Movement, SettlementList};
use wallet_types::NhsaCode;
use wallet_types::nhsa::{ListDisease, ListFund, ListHead, ListInput, ListItem, ListOut, SettlementInfo};

use super::fees::yuan;
use super::refuse::{Refused, Stop};
use super::settle::inconsistent;
use super::visits::{Kind, VisitFacts, moment, text};
use super::{Asked, envelope};

const LINES_MAX: usize = 200;
/// 主诊断标志: yes.
const PRINCIPAL: &str = "1";

impl Asked<'_> {
    pub(super) async fn settlement_list(&self) -> Result<Value, Stop> {
        let list: ListInput = self.input()?;
        let head = &list.setlinfo;
        let (visit, facts) = self.visit("input.setlinfo", &head.mdtrt_id, &head.psn_no).await?;
        if facts.kind != Kind::Inpatient {
            return Err(Refused::new(NhsaCode::VisitState, "input.setlinfo.mdtrt_id", "2401").into());
        }
        let desk = &self.wallet.desk;
        let movement = desk.nhsa_settlement(self.code(), &head.setl_id).await?;
        let movement = movement.filter(|movement| movement.mdtrt_id == visit.mdtrt_id && movement.refund_of.is_none());
        let unknown = || Refused::new(NhsaCode::SettlementUnknown, "input.setlinfo.setl_id", "");
        let movement = movement.ok_or_else(unknown)?;
        if desk.nhsa_taken_back(self.code(), &movement.setl_id).await?.is_some() {
            return Err(Refused::new(NhsaCode::AlreadyBack, "input.setlinfo.setl_id", "").into());
        }
        let info: SettlementInfo = serde_json::from_str(&movement.body).map_err(|_| inconsistent())?;
        let own = yuan("psn_part_amt", &info.psn_part_amt)?;
        head_agrees(head, &facts, &movement, own)?;
        funds_agree(&list.payinfo, movement.fund)?;
        items_agree(&list.iteminfo, movement.total)?;
        principal(&list.diseinfo)?;
        let kept = SettlementList {
            code: self.code().to_owned(),
            setl_id: movement.setl_id,
            list: self.number("setl_list_id"),
            at: self.now,
            body: text(&list)?,
        };
        desk.nhsa_list(&kept).await?;
        self.written(ListOut { setl_list_id: kept.list })
    }
}

fn differs(field: impl Into<String>, is: Fen) -> Refused {
    Refused::new(NhsaCode::ListDiffers, field, is.yuan().to_string())
}

/// The sums are the settlement's, and so are the days.
fn head_agrees(head: &ListHead, facts: &VisitFacts, is: &Movement, own: Fen) -> Result<(), Refused> {
    let told = |field: &str, text: &str| yuan(&format!("input.setlinfo.{field}"), text);
    let sums = [
        ("medfee_sumamt", &head.medfee_sumamt, is.total),
        ("fund_pay_sumamt", &head.fund_pay_sumamt, is.fund),
        ("acct_pay", &head.acct_pay, is.acct),
        ("psn_cash_pay", &head.psn_cash_pay, is.cash),
    ];
    for (field, text, is) in sums {
        if told(field, text)? != is {
            return Err(differs(format!("input.setlinfo.{field}"), is));
        }
    }
    let parts = [told("psn_selfpay", &head.psn_selfpay)?, told("psn_ownpay", &head.psn_ownpay)?];
    if Fen::checked_sum(parts) != Some(own) {
        return Err(differs("input.setlinfo.psn_selfpay", own));
    }
    envelope::length("input.setlinfo.hi_paymtd", &head.hi_paymtd, 1, 30)?;
    let days = head.act_ipt_days.parse::<u16>().ok().filter(|days| *days > 0);
    days.ok_or_else(|| Refused::field("input.setlinfo.act_ipt_days", "≥ 1"))?;
    let ended = facts.endtime.as_deref().unwrap_or_default();
    for (field, text, is) in [("adm_time", &head.adm_time, &*facts.begntime), ("dscg_time", &head.dscg_time, ended)] {
        let field = format!("input.setlinfo.{field}");
        moment(&field, text)?;
        if text != is {
            return Err(Refused::new(NhsaCode::ListDiffers, field, is));
        }
    }
    Ok(())
}

fn funds_agree(funds: &[ListFund], is: Fen) -> Result<(), Refused> {
    at_most("input.payinfo", funds.len())?;
    let one = |(n, fund): (usize, &ListFund)| {
        envelope::length(&format!("input.payinfo[{n}].fund_pay_type"), &fund.fund_pay_type, 1, 6)?;
        yuan(&format!("input.payinfo[{n}].fund_payamt"), &fund.fund_payamt)
    };
    let amounts = funds.iter().enumerate().map(one).collect::<Result<Vec<Fen>, _>>()?;
    if Fen::checked_sum(amounts) == Some(is) { Ok(()) } else { Err(differs("input.payinfo", is)) }
}

/// Each item is its four parts, and together they are the whole.
fn items_agree(items: &[ListItem], is: Fen) -> Result<(), Refused> {
    at_most("input.iteminfo", items.len())?;
    let mut whole = Vec::new();
    for (n, item) in items.iter().enumerate() {
        let told = |field: &str, text: &str| yuan(&format!("input.iteminfo[{n}].{field}"), text);
        envelope::length(&format!("input.iteminfo[{n}].med_chrgitm"), &item.med_chrgitm, 1, 6)?;
        let amount = told("amt", &item.amt)?;
        let parts = [
            told("claa_sumfee", &item.claa_sumfee)?,
            told("clab_amt", &item.clab_amt)?,
            told("fulamt_ownpay_amt", &item.fulamt_ownpay_amt)?,
            told("oth_amt", &item.oth_amt)?,
        ];
        match Fen::checked_sum(parts) {
            Some(sum) if sum == amount => whole.push(amount),
            sum => return Err(differs(format!("input.iteminfo[{n}].amt"), sum.unwrap_or_default())),
        }
    }
    if Fen::checked_sum(whole) == Some(is) { Ok(()) } else { Err(differs("input.iteminfo", is)) }
}

fn principal(diseases: &[ListDisease]) -> Result<(), Refused> {
    at_most("input.diseinfo", diseases.len())?;
    for (n, disease) in diseases.iter().enumerate() {
        let place = |field: &str| format!("input.diseinfo[{n}].{field}");
        envelope::one_of(&place("maindiag_flag"), &disease.maindiag_flag, &["0", PRINCIPAL])?;
        envelope::length(&place("diag_code"), &disease.diag_code, 1, 20)?;
    }
    match diseases.iter().filter(|disease| disease.maindiag_flag == PRINCIPAL).count() {
        1 => Ok(()),
        _ => Err(Refused::new(NhsaCode::ListDiffers, "input.diseinfo", "maindiag_flag 1 × 1")),
    }
}

fn at_most(field: &str, lines: usize) -> Result<(), Refused> {
    if lines <= LINES_MAX { Ok(()) } else { Err(Refused::field(field, format!("≤ {LINES_MAX}"))) }
}
