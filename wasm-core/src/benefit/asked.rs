//! The dimensions of a visit that rules may depend on.

use super::case::{Case, Clinic, Stay, Visit};
use crate::date::Day;
use crate::rules::{Binding, Kind, Level, Nth, Place, Query, Scheme, Tenure, Ward, WorkStatus};

/// What a visit says of itself, whatever its kind.
pub(super) struct Asked {
    pub kind: Kind,
    pub day: Day,
    pub place: Place,
    level: Level,
    ward: Ward,
    binding: Binding,
}

pub(super) fn asked(visit: &Visit) -> Asked {
    let stay = |kind, s: &Stay| Asked {
        kind,
        day: s.discharged,
        place: s.place,
        level: s.level,
        ward: s.ward,
        binding: Binding::Chosen,
    };
    let clinic = |kind, c: &Clinic| Asked {
        kind,
        day: c.on,
        place: c.place,
        level: c.level,
        ward: Ward::General,
        binding: c.binding,
    };
    let bare =
        |kind, day, place, level| Asked { kind, day, place, level, ward: Ward::General, binding: Binding::Chosen };
    match visit {
        Visit::Inpatient(s) => stay(Kind::Inpatient, s),
        Visit::DaySurgery(s) => stay(Kind::DaySurgery, s),
        Visit::Outpatient(c) => clinic(Kind::Outpatient, c),
        Visit::SpecialDrug(c) => clinic(Kind::SpecialDrug, c),
        Visit::SpecialOutpatient(s) => bare(Kind::SpecialOutpatient, s.on, s.place, s.level),
        Visit::Maternity(m) => bare(Kind::Maternity, m.on, Place::LOCAL, Level::Three),
        Visit::SecondPay(s) => bare(Kind::Inpatient, s.on, s.place, Level::Three),
    }
}

pub(super) fn query(case: &Case, asked: &Asked) -> Query {
    let status = if case.scheme == Scheme::Resident { WorkStatus::Active } else { case.person.status };
    Query::new(case.scheme, asked.kind)
        .with(status)
        .with(case.person.plan)
        .with(asked.level)
        .with(asked.place.area)
        .with(asked.place.filing)
        .with(Nth::First)
        .with(asked.ward)
        .with(case.person.aid)
        .with(tenure(case.person.insured_months))
        .with(asked.binding)
}

fn tenure(months: Option<u16>) -> Tenure {
    match months {
        None => Tenure::Unsaid,
        Some(0..6) => Tenure::Under6Months,
        Some(6..12) => Tenure::Under12Months,
        Some(12..24) => Tenure::Under24Months,
        Some(_) => Tenure::From24Months,
    }
}
