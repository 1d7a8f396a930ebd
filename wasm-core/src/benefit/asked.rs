//! The dimensions of a case that rules may depend on.

use super::case::{Case, Clinic, Stay, Visit};
use crate::date::Day;
use crate::rules::{Dim, Kind, Level, Place, Query, Scheme, Tenure, WorkStatus};

/// What a case asks of the rules, whatever the kind of its visit.
pub(super) struct Asked {
    pub query: Query,
    pub kind: Kind,
    pub day: Day,
    pub place: Place,
}

pub(super) fn asked(case: &Case) -> Asked {
    let at = |kind, day, place: Place, level| {
        let status = if case.scheme == Scheme::Resident { WorkStatus::Active } else { case.person.status };
        let query = Query::new(case.scheme, kind)
            .with(status)
            .with(case.person.plan)
            .with(level)
            .with(place.area)
            .with(place.filing)
            .with(case.person.aid)
            .with(tenure(case.person.insured_months));
        Asked { query, kind, day, place }
    };
    let stay = |kind, s: &Stay| at(kind, s.discharged, s.place, s.level).with(s.ward);
    let clinic = |kind, c: &Clinic| at(kind, c.on, c.place, c.level).with(c.binding);
    match &case.visit {
        Visit::Inpatient(s) => stay(Kind::Inpatient, s),
        Visit::DaySurgery(s) => stay(Kind::DaySurgery, s),
        Visit::Outpatient(c) => clinic(Kind::Outpatient, c),
        Visit::SpecialDrug(c) => clinic(Kind::SpecialDrug, c),
        Visit::SpecialOutpatient(s) => at(Kind::SpecialOutpatient, s.on, s.place, s.level),
        Visit::Maternity(m) => at(Kind::Maternity, m.on, Place::LOCAL, Level::Three),
        Visit::SecondPay(s) => at(Kind::Inpatient, s.on, s.place, Level::Three),
    }
}

impl Asked {
    fn with<D: Dim>(self, value: D) -> Asked {
        Asked { query: self.query.with(value), ..self }
    }
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
