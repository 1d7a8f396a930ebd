//! What a bill comes to, and whether it is known well enough to pay by it.

use anxin_core::benefit::{Answer, DiagnosticCode, Reading, Settlement};
use anxin_core::rules::Certainty;
use wallet_types::{Figures, TransportCode};

use super::named;
use crate::problem::ApiError;

/// What leaves a figure open, by what the core notes of it.
const OPEN: &[DiagnosticCode] = &[
    DiagnosticCode::FigureUnknown,
    DiagnosticCode::FigureBounded,
    DiagnosticCode::NotInForceYet,
    DiagnosticCode::SplitAssumed,
    DiagnosticCode::CoverNotInForce,
];
/// What a figure rests on that nobody confirmed.
const ASSUMED: &[DiagnosticCode] = &[
    DiagnosticCode::FigureAssumed,
    DiagnosticCode::BeforeSource,
    DiagnosticCode::OpenReading,
    DiagnosticCode::LimitNotFound,
    DiagnosticCode::RegionCaution,
];

/// Refuses to pay by a guess: a range and an unknown figure always, an assumed one outside a demonstration.
pub(super) fn sure(answer: &Answer, demo: bool) -> Result<(), ApiError> {
    let open = answer.range.is_some() || answer.reading != Reading::Exact || answer.certainty == Certainty::Unknown;
    let assumed = answer.certainty == Certainty::Uncertain && !demo;
    let codes: &[&[DiagnosticCode]] = match (open, assumed) {
        (true, _) => &[OPEN],
        (false, true) => &[ASSUMED, OPEN],
        (false, false) => return Ok(()),
    };
    let notes = answer.diagnostics.iter().filter(|note| codes.iter().any(|codes| codes.contains(&note.code)));
    let mut missing: Vec<String> = notes
        .map(|note| match note.slot.map(serde_json::to_value) {
            Some(Ok(serde_json::Value::String(slot))) => format!("{} ({})", slot, note.code.word()),
            _ => note.code.word().to_owned(),
        })
        .collect();
    missing.dedup();
    Err(named(TransportCode::FiguresMissing, "visit", missing.join(", ")))
}

pub(super) fn figures(s: &Settlement) -> Figures {
    Figures {
        medfee_sumamt_fen: s.medfee_sumamt,
        fulamt_ownpay_amt_fen: s.fulamt_ownpay_amt,
        overlmt_selfpay_fen: s.overlmt_selfpay,
        preselfpay_amt_fen: s.preselfpay_amt,
        inscp_scp_amt_fen: s.inscp_scp_amt,
        act_pay_dedc_fen: s.act_pay_dedc,
        hifp_pay_fen: s.hifp_pay,
        cvlserv_pay_fen: s.cvlserv_pay,
        hifes_pay_fen: s.hifes_pay,
        hifmi_pay_fen: s.hifmi_pay,
        hifob_pay_fen: s.hifob_pay,
        maf_pay_fen: s.maf_pay,
        oth_pay_fen: s.oth_pay,
        hosp_part_amt_fen: s.hosp_part_amt,
        fund_pay_sumamt_fen: s.fund_pay_sumamt,
        psn_part_amt_fen: s.psn_part_amt,
        acct_pay_fen: s.acct_pay,
        acct_mulaid_pay_fen: s.acct_mulaid_pay,
        psn_cash_pay_fen: s.psn_cash_pay,
        balc_fen: s.balc,
    }
}
