//! 2204 and 2205, 2301 and 2302: the lines of a bill. What of a line is in scope is the institution's word: this server has no
//! national catalogue. That the parts are the whole is looked at here, and that a drug has the codes of its packs.

use std::collections::BTreeSet;

use anxin_core::Fen;
use serde_json::Value;
use wallet_store::{Fee, VisitState};
use wallet_types::nhsa::{DrugTrace, FeeLine, FeeOut, FeesInput, FeesOut, FeesUndo, FeesUndone, NhsaData};
use wallet_types::{DrugLine, Id, NhsaCode, TransportCode};

use super::refuse::{Refused, Stop};
use super::visits::{Kind, moment};
use super::{Asked, envelope};
use crate::pay::PHARMACY;
use crate::problem::ApiError;

/// Lines of one message at most.
const LINES_MAX: usize = 100;
/// Instead of a line's number: all that are not settled.
const ALL_LINES: &str = "0000";
const CNT_PLACES: u32 = 4;
const PRIC_PLACES: u32 = 6;

impl Asked<'_> {
    pub(super) async fn fees(&self) -> Result<Value, Stop> {
        let FeesInput { feedetail } = self.input()?;
        let Some(first) = feedetail.first().filter(|_| feedetail.len() <= LINES_MAX) else {
            return Err(Refused::field("input.feedetail", format!("1–{LINES_MAX}")).into());
        };
        let (visit, facts) = self.visit("input.feedetail[0]", &first.mdtrt_id, &first.psn_no).await?;
        let visit_kind = facts.kind;
        let billed: &[VisitState] = match self.request.infno.as_str() {
            "2204" => &[VisitState::Registered],
            _ => &[VisitState::Admitted, VisitState::Discharged],
        };
        if !billed.contains(&visit.state) {
            return Err(Refused::new(NhsaCode::VisitState, "input.feedetail[0].mdtrt_id", "").into());
        }
        let mut numbers = BTreeSet::new();
        let mut fees = Vec::new();
        for (n, line) in feedetail.iter().enumerate() {
            let within = format!("input.feedetail[{n}]");
            if (&line.mdtrt_id, &line.psn_no) != (&first.mdtrt_id, &first.psn_no) {
                return Err(Refused::field(format!("{within}.mdtrt_id"), &*first.mdtrt_id).into());
            }
            if !numbers.insert(&line.feedetl_sn) {
                return Err(repeated(&within));
            }
            if visit_kind != Kind::Inpatient {
                self.wallet.qualified(&format!("{within}.bilg_dr_codg"), &line.bilg_dr_codg).await?;
            }
            let drug = self.drug(&within, &Drug::of(line), visit_kind).await?;
            fees.push(Fee { drug, ..fee(&within, line)? });
        }
        if let Some(taken) = self.wallet.desk.nhsa_fees_come(&visit, &self.request.msgid, &fees).await? {
            let at = feedetail.iter().position(|line| line.feedetl_sn == taken).unwrap_or_default();
            return Err(repeated(&format!("input.feedetail[{at}]")));
        }
        self.written(FeesOut { result: fees.iter().zip(&feedetail).map(|(fee, line)| told(fee, line)).collect() })
    }

    pub(super) async fn undo_fees(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<FeesUndo>>()?;
        let (visit, _) = self.visit("input.data", &data.mdtrt_id, &data.psn_no).await?;
        let one = Some(data.feedetl_sn.as_str()).filter(|sn| *sn != ALL_LINES);
        let count = self.wallet.desk.nhsa_fees_go(self.code(), &visit.mdtrt_id, one).await?;
        self.written(FeesUndone { count })
    }
}

/// What of a line is asked about its packs.
pub struct Drug<'a> {
    pub code: &'a str,
    pub cnt: &'a str,
    pub packs: &'a [DrugTrace],
    pub trdn_flag: &'a str,
    pub prd_days: &'a str,
    /// 处方号
    pub rxno: &'a str,
}

impl Drug<'_> {
    fn of(line: &FeeLine) -> Drug<'_> {
        Drug {
            code: &line.med_list_codg,
            cnt: &line.cnt,
            packs: &line.drugtracinfo,
            trdn_flag: &line.trdn_flag,
            prd_days: &line.prd_days,
            rxno: &line.rxno,
        }
    }

    fn is_plain(&self) -> bool {
        self.packs.is_empty() && self.trdn_flag.is_empty() && self.prd_days.is_empty()
    }

    fn read(&self, within: &str) -> Result<DrugLine, Refused> {
        let place = |field: &str| format!("{within}.{field}");
        envelope::one_of(&place("trdn_flag"), self.trdn_flag, &["", "0", "1"])?;
        let one = 10_i128.pow(CNT_PLACES);
        let count = decimal(self.cnt, CNT_PLACES).filter(|cnt| cnt % one == 0).map(|cnt| cnt / one);
        let count = count.and_then(|count| u32::try_from(count).ok());
        let days = match self.prd_days {
            "" => None,
            text => Some(whole_days(text).ok_or_else(|| Refused::field(place("prd_days"), "1–999"))?),
        };
        Ok(DrugLine {
            drug: self.code.to_owned(),
            codes: self.packs.iter().map(|pack| pack.drug_trac_codg.clone()).collect(),
            split: self.trdn_flag == "1",
            count: count.ok_or_else(|| Refused::field(place("cnt"), "1–1000"))?,
            days,
            old_stock: false,
            // Another system's number says nothing here.
            rx: Id::parse(self.rxno),
            // The bill is the sum of its lines.
            amount_fen: None,
        })
    }
}

/// A part of a day counts as a day.
fn whole_days(text: &str) -> Option<u16> {
    let hundredths = decimal(text, 2).filter(|days| (1..=99_900).contains(days))?;
    u16::try_from((hundredths + 99) / 100).ok()
}

/// Where a message writes what the rule calls so.
fn place_of(rule: &str) -> &'static str {
    match rule.rsplit('.').next() {
        Some("count") => "cnt",
        Some("split") => "trdn_flag",
        _ => "drugtracinfo",
    }
}

impl Asked<'_> {
    /// What is kept of a line of a drug.
    pub(super) async fn drug(&self, within: &str, drug: &Drug<'_>, kind: Kind) -> Result<Option<String>, Stop> {
        if drug.is_plain() && !self.wallet.is_listed(drug.code) {
            return Ok(None);
        }
        let line = drug.read(within)?;
        let (of, inpatient) = (if kind == Kind::Pharmacy { PHARMACY } else { "hospital" }, kind == Kind::Inpatient);
        self.wallet.line_lacks(&line, of, inpatient).map_err(|error| match error {
            ApiError::Rules { code, condition, rule } => {
                let condition = format!("{within}.{}", place_of(&condition));
                ApiError::Rules { code, condition, rule }
            }
            other => other,
        })?;
        let written = serde_json::to_string(&line);
        Ok(Some(written.map_err(|_| Stop::Failed(ApiError::Transport(TransportCode::Internal)))?))
    }
}

fn repeated(within: &str) -> Stop {
    Refused::new(NhsaCode::FeeRepeated, format!("{within}.feedetl_sn"), "").into()
}

fn told(fee: &Fee, line: &FeeLine) -> FeeOut {
    let yuan = |fen: Fen| fen.yuan().to_string();
    FeeOut {
        feedetl_sn: fee.sn.clone(),
        det_item_fee_sumamt: yuan(fee.total),
        cnt: line.cnt.clone(),
        pric: line.pric.clone(),
        fulamt_ownpay_amt: yuan(fee.own),
        overlmt_amt: yuan(fee.over),
        preselfpay_amt: yuan(fee.pre),
        inscp_scp_amt: yuan(fee.scope),
    }
}

/// A line whose parts are the whole, and whose whole is its price so many times, to within less than a fen.
pub fn fee(within: &str, line: &FeeLine) -> Result<Fee, Refused> {
    let place = |field: &str| format!("{within}.{field}");
    for (field, text) in [
        ("feedetl_sn", &line.feedetl_sn),
        ("chrg_bchno", &line.chrg_bchno),
        ("med_list_codg", &line.med_list_codg),
        ("medins_list_codg", &line.medins_list_codg),
    ] {
        envelope::length(&place(field), text, 1, 50)?;
    }
    if line.feedetl_sn == ALL_LINES {
        return Err(Refused::field(place("feedetl_sn"), "not 0000"));
    }
    moment(&place("fee_ocur_time"), &line.fee_ocur_time)?;
    let amount = |field: &str, text: &str| yuan(&place(field), text);
    let fee = Fee {
        sn: line.feedetl_sn.clone(),
        batch: line.chrg_bchno.clone(),
        setl_id: None,
        total: amount("det_item_fee_sumamt", &line.det_item_fee_sumamt)?,
        own: amount("fulamt_ownpay_amt", &line.fulamt_ownpay_amt)?,
        over: amount("overlmt_amt", &line.overlmt_amt)?,
        pre: amount("preselfpay_amt", &line.preselfpay_amt)?,
        scope: amount("inscp_scp_amt", &line.inscp_scp_amt)?,
        body: line.med_list_codg.clone(),
        drug: None,
    };
    let parts = Fen::checked_sum([fee.own, fee.over, fee.pre, fee.scope]);
    if parts != Some(fee.total) {
        let sum = parts.map(|sum| sum.yuan().to_string()).unwrap_or_default();
        return Err(Refused::new(NhsaCode::FeeIdentity, place("det_item_fee_sumamt"), sum));
    }
    let cnt = decimal(&line.cnt, CNT_PLACES).ok_or_else(|| Refused::field(place("cnt"), "0.0001–999999.9999"))?;
    let pric = decimal(&line.pric, PRIC_PLACES).ok_or_else(|| Refused::field(place("pric"), "0–999999.999999"))?;
    if cnt == 0 {
        return Err(Refused::field(place("cnt"), "> 0"));
    }
    let fen = 10_i128.pow(CNT_PLACES + PRIC_PLACES - 2);
    let off = cnt * pric - i128::from(fee.total.get()) * fen;
    if off.abs() >= fen {
        return Err(Refused::new(NhsaCode::FeeIdentity, place("det_item_fee_sumamt"), "cnt × pric"));
    }
    Ok(fee)
}

/// An amount that is not below zero.
pub fn yuan(field: &str, text: &str) -> Result<Fen, Refused> {
    Fen::parse_yuan(text).filter(|fen| !fen.is_negative()).ok_or_else(|| Refused::field(field, "≥ 0, 1234.50"))
}

/// A number of at most six digits before the point and so many behind it, as a whole number of its last place.
fn decimal(text: &str, places: u32) -> Option<i128> {
    let (whole, rest) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || whole.len() > 6 || !rest.is_none_or(plain) {
        return None;
    }
    let rest = rest.unwrap_or_default();
    let missing = places.checked_sub(u32::try_from(rest.len()).ok()?)?;
    let whole: i128 = whole.parse().ok()?;
    let rest: i128 = if rest.is_empty() { 0 } else { rest.parse().ok()? };
    Some(whole * 10_i128.pow(places) + rest * 10_i128.pow(missing))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line() -> FeeLine {
        serde_json::from_value(serde_json::json!({
            "feedetl_sn": "1", "mdtrt_id": "1", "psn_no": "1", "chrg_bchno": "1",
            "fee_ocur_time": "2026-11-02 09:00:00", "med_list_codg": "X", "medins_list_codg": "X",
            "det_item_fee_sumamt": "33.33", "cnt": "3", "pric": "11.11",
            "fulamt_ownpay_amt": "1.00", "overlmt_amt": "0.33", "preselfpay_amt": "2", "inscp_scp_amt": "30.00",
        }))
        .unwrap()
    }

    fn told(change: impl FnOnce(&mut FeeLine)) -> String {
        let mut line = line();
        change(&mut line);
        fee("l", &line).unwrap_err().told(anxin_core::text::Lang::En)
    }

    #[test]
    fn the_parts_of_a_line_are_the_whole_of_it() {
        let fee = fee("l", &line()).unwrap();
        assert_eq!(fee.total.get(), 3_333);
        assert!(told(|l| l.inscp_scp_amt = "30.01".into()).starts_with("AX5012"));
        assert!(told(|l| l.inscp_scp_amt = "-30.00".into()).contains("(l.inscp_scp_amt)"));
        assert!(told(|l| l.overlmt_amt = "1e1".into()).contains("(l.overlmt_amt)"));
        assert!(told(|l| l.preselfpay_amt = "２".into()).contains("(l.preselfpay_amt)"));
        assert!(told(|l| l.feedetl_sn = "0000".into()).contains("(l.feedetl_sn)"));
    }

    #[test]
    fn a_line_is_its_price_so_many_times() {
        assert!(told(|l| l.cnt = "2".into()).contains("cnt × pric"));
        assert!(told(|l| l.cnt = "0".into()).contains("(l.cnt)"));
        assert!(told(|l| l.pric = "11.1111111".into()).contains("(l.pric)"));
        let mut thirds = line();
        (thirds.cnt, thirds.pric) = ("0.3333".into(), "100.00".into());
        assert!(fee("l", &thirds).is_ok(), "to within less than a fen");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_number_panic(text in ".{0,20}") {
            let _ = decimal(&text, CNT_PLACES);
        }

        #[test]
        fn a_number_is_what_it_says(whole in 0_u32..999_999, rest in 0_u32..=9_999) {
            let expected = i128::from(whole) * 10_000 + i128::from(rest);
            prop_assert_eq!(decimal(&format!("{whole}.{rest:04}"), CNT_PLACES), Some(expected));
        }
    }
}
