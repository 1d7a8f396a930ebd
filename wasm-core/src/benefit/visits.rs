//! The settlement of each kind of visit, at one end of what is unknown.

use super::answer::Settlement;
use super::bill;
use super::case::{Case, Clinic, SecondPay, Special, Stay, YearToDate};
use super::clinic::{self, Used};
use super::desk::{Desk, pay};
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

pub(super) fn inpatient(desk: &mut Desk<'_>, case: &Case, stay: &Stay, kind: &StayKind) -> Result<Settlement, Refusal> {
    let year = &case.year_to_date;
    let parts = bill::split(desk, &stay.bill, case.options.rounding).map_err(|r| below(r, kind.path))?;
    let mut out = Settlement::opened(&parts);
    out.act_pay_dedc = pool::deductible(desk, stay, kind.day_surgery, &parts, year, kind.date)?;
    let base = parts.in_scope.above(out.act_pay_dedc);
    let after = pool::pay_pool(desk, &mut out, base, year, kind.date)?;
    let over = layers::over_cap(desk, &mut out, case.scheme, &after, year)?;
    let left = parts.in_scope.above(out.hifp_pay).above(over);
    let supplement = layers::supplement(desk, &mut out, left, year)?;
    let own = own_in_scope(desk, &out, left.above(supplement), &after);
    let catastrophic = layers::catastrophic(desk, &mut out, case.scheme, own, year)?;
    let catastrophic = layers::total_cap(desk, &mut out, year, catastrophic);
    let aid_base = left.above(supplement).above(catastrophic).above(after.struck_out);
    let aid = layers::aid(desk, &mut out, case.person.aid, aid_base, year)?;
    out.year_to_date = YearToDate {
        admissions: stay.nth.unwrap_or(year.admissions.saturating_add(1)).max(year.admissions),
        pool_paid_fen: year.pool_paid_fen.plus(out.hifp_pay),
        pool_base_fen: year.pool_base_fen.plus(base),
        over_cap_paid_fen: year.over_cap_paid_fen.plus(over),
        own_in_scope_fen: year.own_in_scope_fen.plus(own),
        catastrophic_paid_fen: year.catastrophic_paid_fen.plus(catastrophic),
        supplement_paid_fen: year.supplement_paid_fen.plus(supplement),
        ..aided(year, case.person.aid, aid_base, aid)
    };
    Ok(out)
}

fn aided(year: &YearToDate, class: AidClass, base: Fen, paid: Fen) -> YearToDate {
    let base = if class == AidClass::None { Fen::ZERO } else { base };
    YearToDate {
        aid_base_fen: year.aid_base_fen.plus(base),
        aid_paid_fen: year.aid_paid_fen.plus(paid),
        ..year.clone()
    }
}

/// 个人合规负担 as the catastrophic layer counts it.
fn own_in_scope(desk: &mut Desk<'_>, out: &Settlement, left: Fen, after: &pool::AfterPool) -> Fen {
    let counts = layers::counts(desk);
    let mut own = left.above(after.struck_out);
    if !counts.deductible {
        own = own.above(out.act_pay_dedc);
    }
    if !counts.over_cap && after.cap_reached {
        own = own.above(pay(after.over_cap_cost).unwrap_or_default());
    }
    if counts.pre_self_pay {
        own = own.plus(out.preselfpay_amt);
    }
    own
}

pub(super) fn outpatient(desk: &mut Desk<'_>, case: &Case, visit: &Clinic) -> Result<Settlement, Refusal> {
    let year = &case.year_to_date;
    let parts = bill::split(desk, &visit.bill, case.options.rounding)?;
    let mut out = Settlement::opened(&parts);
    let used = Used {
        deductible: year.outpatient_deductible_fen,
        paid: year.outpatient_paid_fen,
        sub_paid: year.outpatient_sub_paid_fen,
    };
    let retired = case.scheme == Scheme::Employee && case.person.status == WorkStatus::Retired;
    let added = clinic::pay_clinic(desk, &mut out, &clinic::OUTPATIENT, retired, &used, "visit.outpatient.on")?;
    let supplement = layers::supplement(desk, &mut out, added.left, year)?;
    let to_cap = if clinic::counts_to_cap(desk) { added.paid } else { Fen::ZERO };
    let sub = if added.sub_limited { added.paid } else { Fen::ZERO };
    out.year_to_date = YearToDate {
        outpatient_paid_fen: year.outpatient_paid_fen.plus(added.paid),
        outpatient_sub_paid_fen: year.outpatient_sub_paid_fen.plus(sub),
        outpatient_deductible_fen: year.outpatient_deductible_fen.plus(added.deductible),
        supplement_paid_fen: year.supplement_paid_fen.plus(supplement),
        pool_paid_fen: year.pool_paid_fen.plus(to_cap),
        ..year.clone()
    };
    Ok(out)
}

pub(super) fn special_drug(desk: &mut Desk<'_>, case: &Case, visit: &Clinic) -> Result<Settlement, Refusal> {
    let year = &case.year_to_date;
    let parts = bill::split(desk, &visit.bill, case.options.rounding)?;
    let mut out = Settlement::opened(&parts);
    let used = Used { deductible: Fen::ZERO, paid: year.special_drug_paid_fen, sub_paid: Fen::ZERO };
    let added = clinic::pay_clinic(desk, &mut out, &clinic::SPECIAL_DRUG, false, &used, "visit.special_drug.on")?;
    out.year_to_date = YearToDate {
        special_drug_paid_fen: year.special_drug_paid_fen.plus(added.paid),
        pool_paid_fen: year.pool_paid_fen.plus(added.paid),
        ..year.clone()
    };
    Ok(out)
}

pub(super) fn special(desk: &mut Desk<'_>, case: &Case, visit: &Special) -> Result<Settlement, Refusal> {
    let year = &case.year_to_date;
    desk.disease = desk.book.disease(&visit.disease);
    let parts = bill::split(desk, &visit.bill, case.options.rounding)?;
    let mut out = Settlement::opened(&parts);
    let used = clinic::used_by_disease(visit, year);
    let added = clinic::pay_clinic(desk, &mut out, &clinic::SPECIAL, false, &used, "visit.special_outpatient.on")?;
    let supplement = layers::supplement(desk, &mut out, added.left, year)?;
    let mut after = year.clone();
    after.supplement_paid_fen = after.supplement_paid_fen.plus(supplement);
    let month = after.special_deductible_fen.entry(clinic::month_of(visit.on)).or_default();
    *month = month.plus(added.deductible);
    let paid = after.special_paid_fen.entry(visit.disease.clone()).or_default();
    *paid = paid.plus(added.paid);
    after.pool_paid_fen = after.pool_paid_fen.plus(added.paid);
    out.year_to_date = after;
    Ok(out)
}

pub(super) fn second_pay(desk: &mut Desk<'_>, case: &Case, visit: &SecondPay) -> Result<Settlement, Refusal> {
    let year = &case.year_to_date;
    let own = visit.own_in_scope_fen;
    let mut out = Settlement { medfee_sumamt: own, inscp_scp_amt: own, ..Settlement::default() };
    let catastrophic = layers::catastrophic(desk, &mut out, case.scheme, own, year)?;
    let catastrophic = layers::total_cap(desk, &mut out, year, catastrophic);
    let base = own.above(catastrophic);
    let aid = layers::aid(desk, &mut out, case.person.aid, base, year)?;
    out.year_to_date = YearToDate {
        own_in_scope_fen: year.own_in_scope_fen.plus(own),
        catastrophic_paid_fen: year.catastrophic_paid_fen.plus(catastrophic),
        ..aided(year, case.person.aid, base, aid)
    };
    Ok(out)
}
