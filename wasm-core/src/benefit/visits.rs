//! The settlement of each kind of visit, at one end of what is unknown.

use super::answer::Settlement;
use super::bill;
use super::case::{Case, Clinic, SecondPay, Special, Stay, YearToDate};
use super::clinic::{self, Used};
use super::desk::{Desk, whole};
use super::layers;
use super::pool;
use super::run::below;
use crate::error::Refusal;
use crate::money::Fen;
use crate::rules::{AidClass, Scheme, WorkStatus};

/// What sets the two kinds of stay apart: their fields' paths and the lower deductible.
pub(super) struct StayKind {
    path: &'static str,
    date: &'static str,
    day_surgery: bool,
}

pub(super) const INPATIENT: StayKind =
    StayKind { path: "visit.inpatient", date: "visit.inpatient.discharged", day_surgery: false };
pub(super) const DAY_SURGERY: StayKind =
    StayKind { path: "visit.day_surgery", date: "visit.day_surgery.discharged", day_surgery: true };

pub(super) fn inpatient(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    case: &Case,
    stay: &Stay,
    kind: &StayKind,
) -> Result<(), Refusal> {
    let year = &case.year_to_date;
    let parts = bill::split(desk, &stay.bill, case.options.rounding).map_err(|r| below(r, kind.path))?;
    out.bill(&parts);
    out.act_pay_dedc = pool::deductible(desk, stay, kind.day_surgery, &parts, year, kind.date)?;
    let base = parts.in_scope.above(out.act_pay_dedc);
    let after = pool::pay_pool(desk, out, base, year, kind.date)?;
    let over = layers::over_cap(desk, out, case.scheme, &after, year)?;
    let left = parts.in_scope.above(out.hifp_pay).above(over);
    let supplement = layers::supplement(desk, out, left, year)?;
    let own = own_in_scope(desk, out, left.above(supplement), &after);
    let catastrophic = layers::catastrophic(desk, out, case.scheme, own, year)?;
    let catastrophic = layers::total_cap(desk, out, year, catastrophic);
    let aid_base = left.above(supplement).above(catastrophic).above(after.struck_out);
    let aid = layers::aid(desk, out, case.person.aid, aid_base, year)?;
    let used = &mut out.year_to_date;
    used.admissions = stay.nth.unwrap_or(year.admissions.saturating_add(1)).max(year.admissions);
    add(&mut used.pool_paid_fen, out.hifp_pay);
    add(&mut used.pool_base_fen, base);
    add(&mut used.over_cap_paid_fen, over);
    add(&mut used.own_in_scope_fen, own);
    add(&mut used.catastrophic_paid_fen, catastrophic);
    add(&mut used.supplement_paid_fen, supplement);
    aided(used, case.person.aid, aid_base, aid);
    Ok(())
}

/// What of the year is used up, with what this visit adds to it.
fn add(used: &mut Fen, now: Fen) {
    *used = used.plus(now);
}

fn aided(used: &mut YearToDate, class: AidClass, base: Fen, paid: Fen) {
    if class != AidClass::None {
        add(&mut used.aid_base_fen, base);
    }
    add(&mut used.aid_paid_fen, paid);
}

/// 个人合规负担 as the catastrophic layer counts it.
fn own_in_scope(desk: &mut Desk<'_>, out: &Settlement, left: Fen, after: &pool::AfterPool) -> Fen {
    let counts = layers::counts(desk);
    let mut own = left.above(after.struck_out);
    if !counts.deductible {
        own = own.above(out.act_pay_dedc);
    }
    if !counts.over_cap && after.cap_reached {
        own = own.above(whole(after.over_cap_cost).unwrap_or_default());
    }
    if counts.pre_self_pay {
        own = own.plus(out.preselfpay_amt);
    }
    own
}

pub(super) fn outpatient(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    case: &Case,
    visit: &Clinic,
) -> Result<(), Refusal> {
    let year = &case.year_to_date;
    let parts = bill::split(desk, &visit.bill, case.options.rounding)?;
    out.bill(&parts);
    let before = Used {
        deductible: year.outpatient_deductible_fen,
        paid: year.outpatient_paid_fen,
        sub_paid: year.outpatient_sub_paid_fen,
    };
    let retired = case.scheme == Scheme::Employee && case.person.status == WorkStatus::Retired;
    let added = clinic::pay_clinic(desk, out, &clinic::OUTPATIENT, retired, &before, "visit.outpatient.on")?;
    let supplement = layers::supplement(desk, out, added.left, year)?;
    let to_cap = if clinic::counts_to_cap(desk) { added.paid } else { Fen::ZERO };
    let sub = if added.sub_limited { added.paid } else { Fen::ZERO };
    let used = &mut out.year_to_date;
    add(&mut used.outpatient_paid_fen, added.paid);
    add(&mut used.outpatient_sub_paid_fen, sub);
    add(&mut used.outpatient_deductible_fen, added.deductible);
    add(&mut used.supplement_paid_fen, supplement);
    add(&mut used.pool_paid_fen, to_cap);
    Ok(())
}

pub(super) fn special_drug(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    case: &Case,
    visit: &Clinic,
) -> Result<(), Refusal> {
    let year = &case.year_to_date;
    let parts = bill::split(desk, &visit.bill, case.options.rounding)?;
    out.bill(&parts);
    let before = Used { deductible: Fen::ZERO, paid: year.special_drug_paid_fen, sub_paid: Fen::ZERO };
    let added = clinic::pay_clinic(desk, out, &clinic::SPECIAL_DRUG, false, &before, "visit.special_drug.on")?;
    add(&mut out.year_to_date.special_drug_paid_fen, added.paid);
    add(&mut out.year_to_date.pool_paid_fen, added.paid);
    Ok(())
}

pub(super) fn special(desk: &mut Desk<'_>, out: &mut Settlement, case: &Case, visit: &Special) -> Result<(), Refusal> {
    let year = &case.year_to_date;
    desk.disease = desk.book.disease(&visit.disease);
    let parts = bill::split(desk, &visit.bill, case.options.rounding)?;
    out.bill(&parts);
    let before = clinic::used_by_disease(visit, year);
    let added = clinic::pay_clinic(desk, out, &clinic::SPECIAL, false, &before, "visit.special_outpatient.on")?;
    let supplement = layers::supplement(desk, out, added.left, year)?;
    let used = &mut out.year_to_date;
    add(&mut used.supplement_paid_fen, supplement);
    add(used.special_deductible_fen.entry(clinic::month_of(visit.on)).or_default(), added.deductible);
    add(used.special_paid_fen.entry(visit.disease.clone()).or_default(), added.paid);
    add(&mut used.pool_paid_fen, added.paid);
    Ok(())
}

pub(super) fn second_pay(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    case: &Case,
    visit: &SecondPay,
) -> Result<(), Refusal> {
    let year = &case.year_to_date;
    let own = visit.own_in_scope_fen;
    out.medfee_sumamt = own;
    out.inscp_scp_amt = own;
    let catastrophic = layers::catastrophic(desk, out, case.scheme, own, year)?;
    let catastrophic = layers::total_cap(desk, out, year, catastrophic);
    let base = own.above(catastrophic);
    let aid = layers::aid(desk, out, case.person.aid, base, year)?;
    add(&mut out.year_to_date.own_in_scope_fen, own);
    add(&mut out.year_to_date.catastrophic_paid_fen, catastrophic);
    aided(&mut out.year_to_date, case.person.aid, base, aid);
    Ok(())
}
