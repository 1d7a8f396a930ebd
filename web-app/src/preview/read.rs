//! From what was typed to a case of the core. Nothing here knows a browser.

use std::str::FromStr;

use anxin_core::dip::{CoefficientValue, PointValue};
use anxin_core::drg::{Diagnosis, HighCost, Operation, Record, Thresholds};
use anxin_core::preview::{GroupCase, PaymentCase, SchemeKind};
use anxin_core::{Day, Fen, Rate, RefusalCode};

use super::answer::Case;
use super::batch::Points;
use super::form::{Coding, Inputs, PaymentForm, Row, Stay};
use crate::i18n::T;
use crate::model::{Problem, amount};

/// A case, or what keeps it from being one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub case: Option<Case>,
    pub problems: Vec<Problem>,
    /// Fields that have to be filled in first.
    pub missing: Vec<&'static str>,
}

/// Reads one coding of the stay; only the coding as recorded is asked for its payment.
pub fn read(inputs: &Inputs, kind: SchemeKind, coding: &Coding, with_payment: bool) -> Reading {
    let mut reader = Reader::default();
    let case = match kind {
        SchemeKind::Drg => Case::Drg(Box::new(reader.drg(inputs, coding, with_payment))),
        SchemeKind::Dip => Case::Dip(Box::new(reader.dip(inputs, coding, with_payment))),
    };
    let lacks_sex = kind == SchemeKind::Drg && inputs.stay.gend.is_empty();
    let missing = [("gend", lacks_sex), ("dx-search", coding.diagnoses.is_empty())];
    let missing: Vec<&'static str> = missing.into_iter().filter(|(_, lacks)| *lacks).map(|(field, _)| field).collect();
    let whole = missing.is_empty() && reader.problems.is_empty();
    Reading { case: whole.then_some(case), problems: reader.problems, missing }
}

#[derive(Default)]
pub(super) struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn drg(&mut self, inputs: &Inputs, coding: &Coding, with_payment: bool) -> GroupCase {
        GroupCase {
            scheme: inputs.scheme.clone(),
            profile: None,
            choices: Default::default(),
            source: inputs.source,
            record: self.record(&inputs.stay, coding),
            payment: with_payment.then(|| self.payment(&inputs.payment)).flatten(),
        }
    }

    fn record(&mut self, stay: &Stay, coding: &Coding) -> Record {
        let infant = stay.is_infant();
        let newborn = |text: &str| if infant { text.to_owned() } else { String::new() };
        Record {
            gend: stay.gend.clone(),
            age: self.whole("age", &stay.age),
            nwb_age: self.whole("nwb-age", &newborn(&stay.nwb_age)),
            nwb_bir_wt: self.whole("nwb-bir-wt", &newborn(&stay.nwb_bir_wt)),
            nwb_adm_wt: self.whole("nwb-adm-wt", &newborn(&stay.nwb_adm_wt)),
            act_ipt_days: self.whole("act-ipt-days", &stay.days),
            dscg_way: self.whole("dscg-way", &stay.dscg_way),
            vent_used_dura: self.whole("vent", &stay.ventilation),
            dscg_caty: Some(stay.ward.trim().to_owned()).filter(|ward| !ward.is_empty()),
            diagnoses: diagnoses(coding),
            operations: operations(coding),
            ..Record::default()
        }
    }

    /// `None` until a region and a price are chosen.
    fn payment(&mut self, form: &PaymentForm) -> Option<PaymentCase> {
        let yuan = self.rate("pay-yuan", &form.yuan);
        if form.region.is_empty() || (form.price.is_empty() && yuan.is_none()) {
            return None;
        }
        let (low, high) = (self.rate("pay-low", &form.low), self.rate("pay-high", &form.high));
        let thresholds = low
            .zip(high)
            .map(|(low, multiple)| Thresholds { low, high: vec![HighCost { weight_up_to: None, multiple }] });
        Some(PaymentCase {
            region: form.region.clone(),
            price: form.price.clone(),
            yuan,
            level: Some(form.level.clone()).filter(|level| !level.is_empty()),
            coefficient: self.rate("pay-coefficient", &form.coefficient),
            cost_fen: self.yuan("pay-cost", &form.cost),
            fund_fen: None,
            patient_fen: self.yuan("pay-patient", &form.patient),
            thresholds,
        })
    }

    pub(super) fn whole<N: FromStr>(&mut self, field: &str, text: &str) -> Option<N> {
        amount::whole(text).unwrap_or_else(|misread| {
            self.problems.push(Problem::count(field.into(), misread));
            None
        })
    }

    pub(super) fn yuan(&mut self, field: &str, text: &str) -> Option<Fen> {
        amount::yuan(text).unwrap_or_else(|misread| {
            self.problems.push(Problem::amount(field.into(), misread));
            None
        })
    }

    pub(super) fn rate(&mut self, field: &str, text: &str) -> Option<Rate> {
        let text = amount::tidy(text);
        let rate = Rate::parse(&text);
        if rate.is_none() && !text.is_empty() {
            self.problems.push(Problem::new(field.into(), RefusalCode::Malformed, T::WrongFactor));
        }
        rate
    }

    pub(super) fn day(&mut self, field: &str, text: &str) -> Option<Day> {
        let text = amount::tidy(text);
        let day = Day::parse(&text);
        if day.is_none() && !text.is_empty() {
            self.problems.push(Problem::new(field.into(), RefusalCode::Malformed, T::WrongDate));
        }
        day
    }
}

/// The first row is the principal diagnosis.
pub(super) fn diagnoses(coding: &Coding) -> Vec<Diagnosis> {
    let row = |(i, row): (usize, &Row)| Diagnosis {
        diag_code: row.code.clone(),
        maindiag_flag: Some(if i == 0 { "1" } else { "0" }.into()),
        adm_cond_type: Some(row.mark.clone()).filter(|word| !word.is_empty()),
        ..Diagnosis::default()
    };
    coding.diagnoses.iter().enumerate().map(row).collect()
}

/// The first row is the main operation.
pub(super) fn operations(coding: &Coding) -> Vec<Operation> {
    let row = |(i, row): (usize, &Row)| Operation {
        oprn_oprt_code: row.code.clone(),
        main_oprn_flag: Some(if i == 0 { "1" } else { "0" }.into()),
    };
    coding.operations.iter().enumerate().map(row).collect()
}

/// What holds for every row of a table, which has no single stay's amounts. The last is what a
/// catalogue says of hospitals and of points.
pub fn read_table(
    form: &PaymentForm,
    kind: SchemeKind,
    (hospitals, points_said): (&[CoefficientValue], &[PointValue]),
) -> (Option<PaymentCase>, Points, Vec<Problem>) {
    let mut reader = Reader::default();
    let (mut payment, mut points) = (None, Points::default());
    match kind {
        SchemeKind::Drg => payment = reader.payment(form),
        SchemeKind::Dip => {
            let hospital = hospitals.iter().find(|h| h.label == form.hospital).map(|h| h.coefficient);
            points.coefficient = reader.rate("pay-coefficient", &form.coefficient).or(hospital);
            points.point_value = match points_said.iter().find(|point| point.label == form.point.label) {
                Some(point) => Some(point.yuan),
                None if form.point.is_own(points_said) => reader.rate("pay-point-yuan", &form.point.yuan),
                None => None,
            };
        }
    }
    (payment, points, reader.problems)
}

impl Stay {
    /// Below one year, or said to be by its days.
    pub fn is_infant(&self) -> bool {
        amount::whole::<u32>(&self.age) == Ok(Some(0))
    }
}

/// The field of the page that a refusal of the core is about.
pub fn field_of(path: &str) -> Option<&'static str> {
    let leaf = path.rsplit('.').next().unwrap_or_default();
    Some(match leaf {
        "scheme" => "scheme",
        "source" if path == "source" => "source",
        "gend" => "gend",
        "dscg_caty" => "dscg-caty",
        "age" => "age",
        "coefficient" => "pay-coefficient",
        "region" => "pay-region",
        "price" => "pay-price",
        "yuan" if !path.contains("own_point") => "pay-yuan",
        "auxiliary" | "factor" => "pay-aux-factor-1",
        "hospital" => "pay-hospital",
        "level" => "pay-level",
        "cost_fen" | "medfee_sumamt_fen" => "pay-cost",
        "patient_fen" | "patient_paid_fen" => "pay-patient",
        "peer_average_fen" => "pay-peer",
        "point" => "pay-point",
        "yuan" => "pay-point-yuan",
        _ if path.ends_with("own_point.source") => "pay-point-source",
        "low" => "pay-low",
        "multiple" | "weight_up_to" | "high" => "pay-high",
        _ if path.contains("diagnoses") => "dx-search",
        _ if path.contains("operations") => "op-search",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use anxin_core::dip::PointKind;
    use anxin_core::rules::Basis;

    use super::super::form::{List, OWN_POINT};
    use super::*;

    fn example() -> Inputs {
        let mut inputs = Inputs::default();
        inputs.set_example(SchemeKind::Drg);
        inputs
    }

    fn read_drg(inputs: &Inputs, with_payment: bool) -> GroupCase {
        match read(inputs, SchemeKind::Drg, &inputs.coding, with_payment).case {
            Some(Case::Drg(case)) => *case,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_first_row_is_the_principal() {
        let mut inputs = example();
        inputs.coding.shift(List::Diagnoses, 2, 0);
        let case = read_drg(&inputs, true);
        let marked: Vec<&str> = case
            .record
            .diagnoses
            .iter()
            .filter(|d| d.maindiag_flag.as_deref() == Some("1"))
            .map(|d| d.diag_code.as_str())
            .collect();
        assert_eq!(marked, ["J69.000"]);
        assert_eq!(case.payment, None);
    }

    #[test]
    fn an_empty_form_says_what_it_needs() {
        let inputs = Inputs::default();
        let reading = read(&inputs, SchemeKind::Drg, &inputs.coding, true);
        assert_eq!((reading.case, reading.missing), (None, vec!["gend", "dx-search"]));
    }

    #[test]
    fn mistakes_are_named_by_their_fields() {
        let mut inputs = example();
        inputs.stay.age = "六十".into();
        inputs.payment = PaymentForm {
            region: "r".into(),
            price: "p".into(),
            cost: "1,5".into(),
            coefficient: "x".into(),
            ..PaymentForm::default()
        };
        let reading = read(&inputs, SchemeKind::Drg, &inputs.coding, true);
        let fields: Vec<&str> = reading.problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["age", "pay-coefficient", "pay-cost"]);
        assert_eq!(reading.case, None);
    }

    #[test]
    fn what_is_asked_of_infants_only_is_not_kept_for_others() {
        let mut inputs = example();
        inputs.stay.nwb_bir_wt = "2500".into();
        assert_eq!(read_drg(&inputs, true).record.nwb_bir_wt, None);
        inputs.stay.age = "0".into();
        assert_eq!(read_drg(&inputs, true).record.nwb_bir_wt, Some(2500));
    }

    #[test]
    fn a_table_takes_what_the_catalogue_says_of_hospitals_and_points() {
        let rate = |text: &str| Rate::parse(text).unwrap();
        let point = PointValue {
            label: "职工".into(),
            yuan: rate("5.5"),
            kind: PointKind::Budget,
            basis: Basis::Quoted,
            source: "某市医疗保障局".into(),
            date: None,
        };
        let hospital = CoefficientValue {
            label: "三级".into(),
            coefficient: rate("1.02"),
            source: "某市医疗保障局".into(),
            date: None,
        };
        let check = |form: &PaymentForm, known: bool, coefficient: Option<&str>, point_value: Option<&str>| {
            let said = if known { (&[hospital.clone()][..], &[point.clone()][..]) } else { (&[][..], &[][..]) };
            let (_, points, problems) = read_table(form, SchemeKind::Dip, said);
            let expect = Points { coefficient: coefficient.map(&rate), point_value: point_value.map(&rate) };
            assert_eq!((points, problems), (expect, Vec::new()), "{form:?}");
        };
        let mut form = PaymentForm::default();
        form.point.yuan = "6.1".into();
        check(&form, false, None, Some("6.1"));
        check(&form, true, None, None);
        form.point.label = OWN_POINT.into();
        check(&form, true, None, Some("6.1"));
        (form.hospital, form.point.label) = ("三级".into(), "职工".into());
        check(&form, true, Some("1.02"), Some("5.5"));
        form.coefficient = "0.9".into();
        check(&form, true, Some("0.9"), Some("5.5"));
        check(&form, false, Some("0.9"), Some("6.1"));
    }

    #[test]
    fn another_coding_is_never_asked_for_its_payment() {
        let mut inputs = example();
        inputs.payment = PaymentForm { region: "r".into(), price: "p".into(), ..PaymentForm::default() };
        assert!(read_drg(&inputs, true).payment.is_some());
        assert!(read_drg(&inputs, false).payment.is_none());
    }
}
