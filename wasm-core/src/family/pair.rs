//! May these two share?

use super::answer::{Check, CheckCode, OpenCode, ThenCode, Verdict};
use super::case::{AreaCode, Insured, Kin, Model, Pair, Party};
use super::desk::Desk;
use super::rules::{WalletAmount, WalletSlot};
use crate::error::{Refusal, RefusalCode};

/// Of age, and old enough to decide on their own data (个人信息保护法).
const ADULT: u8 = 18;
const OWN_DATA: u8 = 14;
const AGE_MAX: u8 = 150;

pub(super) fn relate(desk: &mut Desk<'_>, pair: &Pair) -> Result<(), Refusal> {
    sound(&pair.sharer, "sharer")?;
    sound(&pair.recipient, "recipient")?;
    kin(desk, pair);
    parties(desk, pair);
    areas(desk, &pair.sharer.area, &pair.recipient.area);
    consent(desk, pair);
    members(desk, pair);
    people(desk, pair);
    if desk.model.is_none() {
        desk.model = model(desk, pair, None);
    }
    Ok(())
}

pub(super) fn sound(party: &Party, field: &str) -> Result<(), Refusal> {
    if party.age.is_some_and(|age| age > AGE_MAX) {
        return Err(Refusal::new(RefusalCode::OutOfRange, format!("{field}.age"), format!("0–{AGE_MAX}")));
    }
    Ok(())
}

fn kin(desk: &mut Desk<'_>, pair: &Pair) {
    let area = &pair.sharer.area;
    match pair.kin {
        Kin::Other => {
            desk.check(Check::new(CheckCode::Kin, Verdict::No), desk.known(WalletSlot::KinNear, area));
            desk.follows(ThenCode::HelperIsNotSharing);
        }
        kin if kin.is_nuclear() => desk.check_ruled(CheckCode::Kin, desk.ruled(WalletSlot::KinNuclear, area)),
        _ => desk.check_ruled(CheckCode::Kin, desk.ruled(WalletSlot::KinNear, area)),
    }
}

fn parties(desk: &mut Desk<'_>, pair: &Pair) {
    let area = &pair.sharer.area;
    let says = |holds: bool| if holds { Verdict::Yes } else { Verdict::No };
    let sharer = says(pair.sharer.cover == Insured::Employee);
    desk.check(Check::new(CheckCode::SharerAccount, sharer), desk.known(WalletSlot::SharerEmployee, area));
    let recipient = says(pair.recipient.cover != Insured::None);
    desk.check(Check::new(CheckCode::RecipientInsured, recipient), desk.known(WalletSlot::RecipientInsured, area));
}

fn areas(desk: &mut Desk<'_>, sharer: &AreaCode, recipient: &AreaCode) {
    if sharer.province() == recipient.province() {
        return desk.check_ruled(CheckCode::SameProvince, desk.ruled(WalletSlot::ModelBinding, sharer));
    }
    for area in [sharer, recipient] {
        let ruled = desk.ruled(WalletSlot::CrossProvince, area);
        // A source tells that an area had opened by its day, not since when.
        let verdict = if ruled.begins.is_some() { Verdict::Unknown } else { ruled.verdict };
        let check = Check { area: Some(desk.area(area)), ..Check::new(CheckCode::CrossProvince, verdict) };
        desk.check(check, ruled.rule);
    }
}

fn consent(desk: &mut Desk<'_>, pair: &Pair) {
    let both = pair.consents.sharer && pair.consents.recipient;
    let verdict = if both { Verdict::Yes } else { Verdict::No };
    let rule = desk.known(WalletSlot::BothConsent, &pair.sharer.area);
    desk.check(Check::new(CheckCode::BothConsent, verdict), rule);
}

fn members(desk: &mut Desk<'_>, pair: &Pair) {
    let Some(rule) = desk.known(WalletSlot::MembersMost, &pair.sharer.area) else {
        return desk.open(OpenCode::MembersMost);
    };
    let WalletAmount::Count(most) = rule.amount else { return };
    let verdict = match pair.members {
        Some(members) if members >= most => Verdict::No,
        Some(_) => Verdict::Yes,
        None => Verdict::Unknown,
    };
    desk.check(Check { limit_count: Some(most), ..Check::new(CheckCode::Members, verdict) }, Some(rule));
}

/// Who has to act for whom.
fn people(desk: &mut Desk<'_>, pair: &Pair) {
    let both = [&pair.sharer, &pair.recipient];
    let younger = |than: u8| both.iter().any(|party| party.age.is_some_and(|age| age < than));
    if younger(ADULT) {
        desk.follows(ThenCode::GuardianActs);
    }
    if younger(OWN_DATA) {
        let verdict = if pair.consents.guardian { Verdict::Yes } else { Verdict::No };
        desk.check(Check::new(CheckCode::Guardian, verdict), None);
        desk.follows(ThenCode::GuardianConsents);
    }
    if both.iter().any(|party| party.without_phone) {
        desk.follows(ThenCode::AtTheWindow);
    }
}

/// How these two share: as asked, or as their areas do on the day.
pub(super) fn model(desk: &mut Desk<'_>, pair: &Pair, asked: Option<Model>) -> Option<Model> {
    let area = &pair.sharer.area;
    let in_province = area.province() == pair.recipient.area.province();
    if let Some(model) = asked {
        let binding_abroad = model == Model::Binding && !in_province;
        let ruled = desk.ruled(slot(model), area);
        let verdict = if binding_abroad { Verdict::No } else { ruled.verdict };
        desk.check(Check { begins: ruled.begins, ..Check::new(CheckCode::Model, verdict) }, ruled.rule);
        if model == Model::Transfer && desk.known(WalletSlot::ModelQuota, area).is_some() {
            desk.open(OpenCode::WalletAfterQuota);
        }
        return (verdict != Verdict::No).then_some(model);
    }
    if in_province {
        return Some(Model::Binding);
    }
    let newest = [Model::Quota, Model::Transfer].into_iter().find_map(|model| {
        let rule = desk.known(slot(model), area)?;
        Some((model, rule))
    });
    match newest {
        Some((model, rule)) => {
            desk.check(Check::new(CheckCode::Model, Verdict::Yes), Some(rule));
            Some(model)
        }
        None => {
            desk.check_ruled(CheckCode::Model, desk.ruled(WalletSlot::ModelTransfer, area));
            None
        }
    }
}

fn slot(model: Model) -> WalletSlot {
    match model {
        Model::Binding => WalletSlot::ModelBinding,
        Model::Transfer => WalletSlot::ModelTransfer,
        Model::Quota => WalletSlot::ModelQuota,
    }
}
