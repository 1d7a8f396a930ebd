//! The words for each choice.

use anxin_core::benefit::{Birth, Category, Cover, LineClass};
use anxin_core::rules::{AidClass, Area, Binding, Certainty, Filing, Level, Plan, Scheme, Ward, WorkStatus};

use super::{Lang, T};
use crate::model::{BillWay, VisitKind};

pub fn scheme(scheme: Scheme) -> T {
    match scheme {
        Scheme::Resident => T::SchemeResident,
        Scheme::Employee => T::SchemeEmployee,
    }
}

pub fn cover(cover: Cover) -> T {
    match cover {
        Cover::InForce => T::CoverInForce,
        Cover::Waiting => T::CoverWaiting,
        Cover::Lapsed => T::CoverLapsed,
        Cover::Newborn => T::CoverNewborn,
    }
}

pub fn status(status: WorkStatus) -> T {
    match status {
        WorkStatus::Active => T::StatusActive,
        WorkStatus::Retired => T::StatusRetired,
    }
}

pub fn plan(plan: Plan) -> T {
    match plan {
        Plan::Integrated => T::PlanIntegrated,
        Plan::PooledOnly => T::PlanPooled,
    }
}

pub fn aid(aid: AidClass) -> T {
    match aid {
        AidClass::None => T::AidNone,
        AidClass::Destitute => T::AidDestitute,
        AidClass::LowIncome => T::AidLowIncome,
        AidClass::SevereDisability => T::AidDisability,
        AidClass::LowIncomeEdge => T::AidEdge,
        AidClass::ReturnedToPoverty => T::AidReturned,
        AidClass::IllnessPoverty => T::AidIllness,
    }
}

pub fn kind(kind: VisitKind) -> T {
    match kind {
        VisitKind::Inpatient => T::KindInpatient,
        VisitKind::DaySurgery => T::KindDaySurgery,
        VisitKind::Outpatient => T::KindOutpatient,
        VisitKind::SpecialOutpatient => T::KindSpecial,
        VisitKind::SpecialDrug => T::KindDrug,
        VisitKind::Maternity => T::KindMaternity,
        VisitKind::SecondPay => T::KindSecondPay,
    }
}

pub fn level(level: Level) -> T {
    match level {
        Level::Grassroots => T::LevelGrassroots,
        Level::One => T::LevelOne,
        Level::Two => T::LevelTwo,
        Level::TwoGeneral => T::LevelTwoGeneral,
        Level::TwoSpecialist => T::LevelTwoSpecialist,
        Level::Three => T::LevelThree,
        Level::ThreeCity => T::LevelThreeCity,
        Level::ThreeRegion => T::LevelThreeRegion,
    }
}

pub fn area(area: Area) -> T {
    match area {
        Area::Local => T::AreaLocal,
        Area::InProvince => T::AreaInProvince,
        Area::OutOfProvince => T::AreaOutOfProvince,
    }
}

pub fn filing(filing: Filing) -> T {
    match filing {
        Filing::NotNeeded => T::FilingNotNeeded,
        Filing::LongTerm => T::FilingLongTerm,
        Filing::Referred => T::FilingReferred,
        Filing::Emergency => T::FilingEmergency,
        Filing::Unregistered => T::FilingUnregistered,
    }
}

pub fn ward(ward: Ward) -> T {
    match ward {
        Ward::General => T::WardGeneral,
        Ward::Psychiatric => T::WardPsychiatric,
        Ward::Tuberculosis => T::WardTuberculosis,
    }
}

pub fn binding(binding: Binding) -> T {
    match binding {
        Binding::Chosen => T::BindingChosen,
        Binding::Backup => T::BindingBackup,
        Binding::Referred => T::BindingReferred,
        Binding::Unbound => T::BindingUnbound,
    }
}

pub fn birth(birth: Birth) -> T {
    match birth {
        Birth::Delivery => T::BirthDelivery,
        Birth::MiscarriageUnderFourMonths => T::BirthUnderFour,
        Birth::MiscarriageFromFourMonths => T::BirthFromFour,
        Birth::MiscarriageFromSevenMonths => T::BirthFromSeven,
    }
}

/// A way's name and the hint below it.
pub fn bill_way(way: BillWay) -> (T, T) {
    match way {
        BillWay::Total => (T::WayTotal, T::WayTotalHint),
        BillWay::Categories => (T::WayCategories, T::WayCategoriesHint),
        BillWay::Lines => (T::WayLines, T::WayLinesHint),
        BillWay::Slip => (T::WaySlip, T::WaySlipHint),
    }
}

pub fn line_class(class: LineClass) -> T {
    match class {
        LineClass::A => T::ClassA,
        LineClass::B => T::ClassB,
        LineClass::C => T::ClassC,
    }
}

pub fn certainty(certainty: Certainty) -> T {
    match certainty {
        Certainty::Certain => T::BadgeCertain,
        Certainty::Derived => T::BadgeDerived,
        Certainty::Uncertain => T::BadgeUncertain,
        Certainty::Unknown => T::BadgeUnknown,
    }
}

/// A category as the receipt names it.
pub fn category(category: Category, lang: Lang) -> &'static str {
    let (zh, en) = match category {
        Category::Bed => ("床位费", "Bed"),
        Category::Consultation => ("诊察费", "Consultation"),
        Category::Examination => ("检查费", "Examination"),
        Category::Laboratory => ("化验费", "Laboratory"),
        Category::Treatment => ("治疗费", "Treatment"),
        Category::Surgery => ("手术费", "Surgery"),
        Category::Nursing => ("护理费", "Nursing"),
        Category::Materials => ("卫生材料费", "Materials"),
        Category::WesternMedicine => ("西药费", "Western medicine"),
        Category::ChineseHerbs => ("中药饮片费", "Chinese herbs"),
        Category::ChinesePatentMedicine => ("中成药费", "Chinese patent medicine"),
        Category::Other => ("其他费", "Other"),
    };
    if lang == Lang::Zh { zh } else { en }
}

/// The word of a category in the ids of its fields.
pub fn category_word(category: Category) -> &'static str {
    match category {
        Category::Bed => "bed",
        Category::Consultation => "consultation",
        Category::Examination => "examination",
        Category::Laboratory => "laboratory",
        Category::Treatment => "treatment",
        Category::Surgery => "surgery",
        Category::Nursing => "nursing",
        Category::Materials => "materials",
        Category::WesternMedicine => "western-medicine",
        Category::ChineseHerbs => "chinese-herbs",
        Category::ChinesePatentMedicine => "chinese-patent-medicine",
        Category::Other => "other",
    }
}

/// A settlement field as the slip names it.
pub fn fund_name(field: &str) -> Option<T> {
    Some(match field {
        "medfee_sumamt" => T::SlipTotal,
        "act_pay_dedc" => T::SlipDeductible,
        "hifp_pay" => T::SlipPool,
        "hifmi_pay" => T::SlipHifmi,
        "hifob_pay" => T::SlipHifob,
        "maf_pay" => T::SlipAid,
        "fund_pay_sumamt" => T::SlipFund,
        "psn_part_amt" => T::SlipPerson,
        _ => return None,
    })
}
