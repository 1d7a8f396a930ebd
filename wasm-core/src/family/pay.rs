//! What is drawn where for a payment: the patient's own first, then relatives, then cash.

use super::answer::{Check, CheckCode, Draw, DrawFrom, OpenCode, ThenCode, Verdict};
use super::case::{Consents, Insured, Model, Pair, Patient, Pay, Sharer, Use};
use super::desk::Desk;
use super::pair::{model, relate, sound};
use super::rules::WalletSlot;
use super::share::{above_zero, not_negative};
use crate::error::{Refusal, RefusalCode};
use crate::money::Fen;

/// Most relatives of one payment.
const SHARERS_MAX: usize = 32;
/// Longest name of a relative, in characters.
const NAME_MAX: usize = 40;

pub(super) fn pay(desk: &mut Desk<'_>, ask: &Pay) -> Result<(), Refusal> {
    above_zero(ask.amount_fen, "amount_fen")?;
    patient(&ask.patient)?;
    if ask.sharers.len() > SHARERS_MAX {
        return Err(Refusal::new(RefusalCode::OutOfRange, "sharers", format!("0–{SHARERS_MAX}")));
    }
    for (n, sharer) in ask.sharers.iter().enumerate() {
        one(sharer).map_err(|refusal| refusal.within(&format!("sharers[{n}]")))?;
    }
    purpose(desk, ask);
    desk.follows(ThenCode::OwnCodeOnly);
    let mut left = ask.amount_fen;
    if desk.verdict() == Verdict::Yes {
        left = own(desk, ask, left);
        left = relatives(desk, ask, left);
    }
    // Where it is not known whether accounts may pay for it, nothing is known of the cash either.
    desk.cash = (desk.verdict() != Verdict::Unknown).then_some(left);
    Ok(())
}

fn patient(patient: &Patient) -> Result<(), Refusal> {
    sound(&patient.party, "patient.party")?;
    not_negative(patient.account_fen, "patient.account_fen")?;
    not_negative(patient.wallet_fen, "patient.wallet_fen")
}

fn one(sharer: &Sharer) -> Result<(), Refusal> {
    sound(&sharer.party, "party")?;
    not_negative(sharer.available_fen, "available_fen")?;
    let length = sharer.name.chars().count();
    if !(1..=NAME_MAX).contains(&length) {
        return Err(Refusal::new(RefusalCode::OutOfRange, "name", format!("1–{NAME_MAX}")));
    }
    Ok(())
}

fn purpose(desk: &mut Desk<'_>, ask: &Pay) {
    let area = &ask.patient.party.area;
    let slot = match ask.purpose {
        Use::Institution => WalletSlot::UseInstitution,
        Use::Pharmacy => WalletSlot::UsePharmacy,
        Use::ResidentPremium => WalletSlot::UseResidentPremium,
        Use::CarePremium => WalletSlot::UseCarePremium,
        Use::CommercialCover => WalletSlot::UseCommercialCover,
        Use::Other => {
            let rule = desk.known(WalletSlot::UseInstitution, area);
            return desk.check(Check::new(CheckCode::Purpose, Verdict::No), rule);
        }
    };
    desk.check_ruled(CheckCode::Purpose, desk.ruled(slot, area));
    if ask.purpose == Use::ResidentPremium {
        let resident = ask.patient.party.cover == Insured::Resident;
        let verdict = if resident { Verdict::Yes } else { Verdict::No };
        desk.check(Check::new(CheckCode::ResidentPremium, verdict), desk.known(slot, area));
    }
}

/// 先本人: the personal account, then the wallet.
fn own(desk: &mut Desk<'_>, ask: &Pay, mut left: Fen) -> Fen {
    let account = if ask.patient.party.cover == Insured::Employee { ask.patient.account_fen } else { Fen::ZERO };
    for (from, available) in [(DrawFrom::Own, account), (DrawFrom::Wallet, ask.patient.wallet_fen)] {
        let amount = left.min(available);
        if !amount.is_zero() {
            desk.draws.push(Draw { from, name: None, amount_fen: amount, passed_over: None });
            left = left.above(amount);
        }
    }
    left
}

/// 后共济: by priority, then the older share, then as they were named.
fn relatives(desk: &mut Desk<'_>, ask: &Pay, mut left: Fen) -> Fen {
    let mut sharers: Vec<&Sharer> = ask.sharers.iter().collect();
    sharers.sort_by_key(|sharer| (sharer.priority, sharer.since.is_none(), sharer.since));
    let mut drawn = 0;
    for sharer in sharers {
        let passed_over = passed_over(desk, &ask.patient, sharer);
        let amount = if passed_over.is_some() { Fen::ZERO } else { left.min(sharer.available_fen) };
        left = left.above(amount);
        drawn += usize::from(!amount.is_zero());
        let name = Some(sharer.name.clone());
        desk.draws.push(Draw { from: DrawFrom::Sharer, name, amount_fen: amount, passed_over });
    }
    if ask.sharers.len() > 1 {
        desk.open(OpenCode::OrderOfSharers);
    }
    if drawn > 1 {
        desk.follows(ThenCode::AllOrNothing);
    }
    left
}

/// The first condition that keeps a relative from being drawn on.
fn passed_over(desk: &mut Desk<'_>, patient: &Patient, sharer: &Sharer) -> Option<Check> {
    let pair = Pair {
        sharer: sharer.party.clone(),
        recipient: patient.party.clone(),
        kin: sharer.kin,
        // A relation that stands was agreed to by whoever had to.
        consents: Consents { sharer: true, recipient: true, guardian: true },
        members: Some(0),
    };
    let mut aside = desk.aside();
    aside.model = model(&mut aside, &pair, sharer.model);
    // What a transfer moved is in the patient's wallet; no more can be drawn on who sent it.
    if aside.model == Some(Model::Transfer) {
        aside.check(Check::new(CheckCode::Model, Verdict::No), None);
    }
    // Both people were looked at when the question was read.
    let _ = relate(&mut aside, &pair);
    let first = aside.checks.iter().find(|check| check.verdict != Verdict::Yes).cloned();
    desk.join(aside);
    first
}
