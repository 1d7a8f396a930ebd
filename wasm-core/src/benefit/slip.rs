//! Holding a result against the figures of an official slip. A difference is reported, never mended.

use super::answer::{Mismatch, Settlement};
use super::case::{Official, Split};
use crate::money::Fen;

pub(super) fn mismatches(official: &Official, ours: &Settlement) -> Vec<Mismatch> {
    let pairs = [
        ("act_pay_dedc", official.act_pay_dedc_fen, ours.act_pay_dedc),
        ("hifp_pay", official.hifp_pay_fen, ours.hifp_pay),
        ("hifmi_pay", official.hifmi_pay_fen, ours.hifmi_pay),
        ("hifob_pay", official.hifob_pay_fen, ours.hifob_pay),
        ("maf_pay", official.maf_pay_fen, ours.maf_pay),
        ("fund_pay_sumamt", official.fund_pay_sumamt_fen, ours.fund_pay_sumamt),
        ("psn_part_amt", official.psn_part_amt_fen, ours.psn_part_amt),
    ];
    let differs = pairs.into_iter().filter_map(|(field, official, ours)| {
        let official = official.filter(|o| *o != ours)?;
        Some(Mismatch { field: field.to_owned(), official_fen: official, ours_fen: ours })
    });
    differs.collect()
}

/// By how much the slip's own totals fail to add up: total − funds − person, where all are given.
pub(super) fn out_of_balance(split: &Split) -> Option<Fen> {
    let official = split.official?;
    let person = official.psn_part_amt_fen?;
    let funds = official.fund_pay_sumamt_fen?;
    let difference = split.total_fen.checked_sub(funds)?.checked_sub(person)?;
    (!difference.is_zero()).then_some(difference)
}
