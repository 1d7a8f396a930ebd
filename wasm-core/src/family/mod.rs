//! Family accounts: who may share a personal account with whom, how much, in which order it is drawn, and what
//! becomes of it afterwards.
//!
//! Three money models are live. In [`Model::Binding`] relatives of one province draw on the sharer's account
//! itself. In [`Model::Transfer`] money moves into the relative's wallet (2024–25). In [`Model::Quota`] a ceiling
//! is set aside within the sharer's account and the money stays there (from 2026). Figures, dates and areas are
//! rules of a pack ([`WalletBook`]); an open question of the sources is a setting whose choice the answer names.

mod answer;
mod case;
mod desk;
mod end;
mod pair;
mod pay;
mod rules;
mod share;

pub use answer::{
    AreaOut, Check, CheckCode, Draw, DrawFrom, FamilyAnswer, OpenCode, OpenQuestion, RuleOut, Then, ThenCode, Verdict,
};
pub use case::{
    AreaCode, Consents, Dissolve, DissolveWhy, Drawn, DrawnState, FamilyAsk, FamilyCase, Insured, Kin, Model, Moment,
    Pair, Party, Patient, Pay, Refund, Share, Sharer, Use,
};
pub use rules::{AreaName, WalletAmount, WalletBook, WalletFound, WalletRule, WalletSlot};

use crate::error::Refusal;

/// Answers what may be done and what happens then.
///
/// # Errors
/// A [`Refusal`] names the field that cannot be taken: an amount that is not above zero, a code that is no area.
pub fn preview(book: &WalletBook, case: &FamilyCase) -> Result<FamilyAnswer, Refusal> {
    let mut desk = desk::Desk::new(book, case.on);
    let (field, done) = match &case.ask {
        FamilyAsk::Relate(pair) => ("ask.relate", pair::relate(&mut desk, pair)),
        FamilyAsk::Share(share) => ("ask.share", share::share(&mut desk, share, case.at)),
        FamilyAsk::Pay(pay) => ("ask.pay", pay::pay(&mut desk, pay)),
        FamilyAsk::Dissolve(dissolve) => ("ask.dissolve", end::dissolve(&mut desk, dissolve)),
        FamilyAsk::Refund(refund) => ("ask.refund", end::refund(&mut desk, refund)),
    };
    done.map_err(|refusal| refusal.within(field))?;
    Ok(desk.answer())
}
