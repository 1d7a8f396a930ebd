use anxin_core::benefit::{Birth, Cover};
use anxin_core::rules::{AidClass, Area, Binding, Filing, Level, Plan, Scheme, Ward, WorkStatus};
use serde::{Deserialize, Serialize};

use super::bill::BillForm;
use super::place::settle_filing;

/// Most situations beside each other.
pub const SITUATIONS_MAX: usize = anxin_core::dispatch::COMPARE_MAX;
/// Most visits that the year page chains; the core takes more, a screen does not.
pub const VISITS_MAX: usize = 24;

/// Everything that the page keeps, on all its views; what a shared link carries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Inputs {
    pub form: Form,
    pub situations: Vec<Situation>,
    pub visits: Vec<VisitForm>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    pub who: Who,
    pub visit: VisitForm,
    pub so_far: SoFarForm,
    pub accounts: AccountForm,
}

/// The insured person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Who {
    /// Slug of the insured area; empty until chosen.
    pub region: String,
    pub scheme: Scheme,
    pub cover: Cover,
    pub status: WorkStatus,
    pub plan: Plan,
    pub aid: AidClass,
    pub months: String,
}

impl Default for Who {
    fn default() -> Self {
        Who {
            region: String::new(),
            scheme: Scheme::Resident,
            cover: Cover::InForce,
            status: WorkStatus::Active,
            plan: Plan::Integrated,
            aid: AidClass::None,
            months: String::new(),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitKind {
    #[default]
    Inpatient,
    DaySurgery,
    Outpatient,
    SpecialOutpatient,
    SpecialDrug,
    Maternity,
    SecondPay,
}

impl VisitKind {
    pub const ALL: [VisitKind; 7] = [
        VisitKind::Inpatient,
        VisitKind::DaySurgery,
        VisitKind::Outpatient,
        VisitKind::SpecialOutpatient,
        VisitKind::SpecialDrug,
        VisitKind::Maternity,
        VisitKind::SecondPay,
    ];

    pub fn word(self) -> &'static str {
        match self {
            VisitKind::Inpatient => "inpatient",
            VisitKind::DaySurgery => "day_surgery",
            VisitKind::Outpatient => "outpatient",
            VisitKind::SpecialOutpatient => "special_outpatient",
            VisitKind::SpecialDrug => "special_drug",
            VisitKind::Maternity => "maternity",
            VisitKind::SecondPay => "second_pay",
        }
    }

    /// Has an admission and a discharge.
    pub fn is_stay(self) -> bool {
        matches!(self, VisitKind::Inpatient | VisitKind::DaySurgery)
    }

    /// Is settled from a bill at an institution of some level.
    pub fn has_bill(self) -> bool {
        !matches!(self, VisitKind::Maternity | VisitKind::SecondPay)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VisitForm {
    pub kind: VisitKind,
    pub level: Option<Level>,
    pub area: Area,
    pub filing: Filing,
    pub admitted: String,
    /// Day of discharge, or of the visit.
    pub on: String,
    pub nth: String,
    pub ward: Ward,
    pub transferred: bool,
    pub transfer_paid: String,
    pub binding: Binding,
    pub disease: String,
    pub bill: BillForm,
    pub maternity: MaternityForm,
    /// 个人合规负担 of a slip that is to get a second payment.
    pub second_own: String,
}

impl Default for VisitForm {
    fn default() -> Self {
        VisitForm {
            kind: VisitKind::Inpatient,
            level: None,
            area: Area::Local,
            filing: Filing::NotNeeded,
            admitted: String::new(),
            on: String::new(),
            nth: String::new(),
            ward: Ward::General,
            transferred: false,
            transfer_paid: String::new(),
            binding: Binding::Chosen,
            disease: String::new(),
            bill: BillForm::default(),
            maternity: MaternityForm::default(),
            second_own: String::new(),
        }
    }
}

impl VisitForm {
    pub fn set_area(&mut self, area: Area) {
        self.area = area;
        self.filing = settle_filing(area, self.filing);
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MaternityForm {
    pub wage: String,
    pub birth: Birth,
    pub dystocia: bool,
    pub children: String,
}

impl Default for MaternityForm {
    fn default() -> Self {
        MaternityForm { wage: String::new(), birth: Birth::Delivery, dystocia: false, children: String::new() }
    }
}

/// What the year has used up before, as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SoFarForm {
    pub admissions: String,
    pub pool_paid: String,
    pub pool_base: String,
    pub over_cap_paid: String,
    pub own_in_scope: String,
    pub catastrophic_paid: String,
    pub aid_paid: String,
    pub aid_base: String,
    pub supplement_paid: String,
    pub outpatient_paid: String,
    /// Of it, at institutions that have a limit of their own.
    pub outpatient_sub_paid: String,
    pub outpatient_deductible: String,
    pub special_drug_paid: String,
    /// 门特 paid so far for the disease of the visit.
    pub special_paid: String,
    /// 门特 deductible already paid in the month of the visit.
    pub special_deductible: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountForm {
    pub own: String,
    pub family: String,
    pub leave: bool,
}

/// One column of a comparison: where it differs from the visit on the first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Situation {
    pub level: Option<Level>,
    pub area: Area,
    pub filing: Filing,
}

impl Situation {
    pub fn set_area(&mut self, area: Area) {
        self.area = area;
        self.filing = settle_filing(area, self.filing);
    }
}

impl From<&VisitForm> for Situation {
    fn from(visit: &VisitForm) -> Self {
        Situation { level: visit.level, area: visit.area, filing: visit.filing }
    }
}

/// Swaps an item with its neighbour; the ends stay where they are.
pub fn move_item<T>(items: &mut [T], at: usize, down: bool) {
    let other = if down { at.checked_add(1) } else { at.checked_sub(1) };
    if let Some(other) = other
        && other < items.len()
        && at < items.len()
    {
        items.swap(at, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_past_an_end_changes_nothing() {
        let mut items = [1, 2, 3];
        move_item(&mut items, 0, false);
        move_item(&mut items, 2, true);
        move_item(&mut items, 9, false);
        assert_eq!(items, [1, 2, 3]);
        move_item(&mut items, 0, true);
        assert_eq!(items, [2, 1, 3]);
    }
}
