//! From what was typed to a case of the core. Nothing here knows a browser.

use std::str::FromStr;

use anxin_core::drg::{Diagnosis, HighCost, Operation, Record, Thresholds};
use anxin_core::preview::{GroupCase, PaymentCase};
use anxin_core::{Fen, Rate, RefusalCode};

use super::form::{Coding, Inputs, PaymentForm, Stay};
use crate::i18n::T;
use crate::model::{Problem, amount};

/// A case, or what keeps it from being one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub case: Option<GroupCase>,
    pub problems: Vec<Problem>,
    /// Fields that have to be filled in first.
    pub missing: Vec<&'static str>,
}

/// Reads one coding of the stay; only the coding as recorded is asked for its payment.
pub fn read(inputs: &Inputs, coding: &Coding, with_payment: bool) -> Reading {
    let mut reader = Reader { problems: Vec::new() };
    let record = reader.record(&inputs.stay, coding);
    let payment = with_payment.then(|| reader.payment(&inputs.payment)).flatten();
    let missing = [("gend", inputs.stay.gend.is_empty()), ("dx-search", coding.diagnoses.is_empty())];
    let missing: Vec<&'static str> = missing.into_iter().filter(|(_, lacks)| *lacks).map(|(field, _)| field).collect();
    let whole = missing.is_empty() && reader.problems.is_empty();
    let case = whole.then(|| GroupCase {
        scheme: inputs.scheme.clone(),
        profile: None,
        choices: Default::default(),
        source: inputs.source,
        record,
        payment,
    });
    Reading { case, problems: reader.problems, missing }
}

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
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
            diagnoses: coding
                .diagnoses
                .iter()
                .enumerate()
                .map(|(i, row)| Diagnosis {
                    diag_code: row.code.clone(),
                    maindiag_flag: Some(if i == 0 { "1" } else { "0" }.into()),
                    adm_cond_type: Some(row.admission.clone()).filter(|word| !word.is_empty()),
                    ..Diagnosis::default()
                })
                .collect(),
            operations: coding
                .operations
                .iter()
                .enumerate()
                .map(|(i, row)| Operation {
                    oprn_oprt_code: row.code.clone(),
                    main_oprn_flag: Some(if i == 0 { "1" } else { "0" }.into()),
                })
                .collect(),
            ..Record::default()
        }
    }

    /// `None` until a region and one of its prices are chosen.
    pub(super) fn payment(&mut self, form: &PaymentForm) -> Option<PaymentCase> {
        if form.region.is_empty() || form.price.is_empty() {
            return None;
        }
        let (low, high) = (self.rate("pay-low", &form.low), self.rate("pay-high", &form.high));
        let thresholds = low
            .zip(high)
            .map(|(low, multiple)| Thresholds { low, high: vec![HighCost { weight_up_to: None, multiple }] });
        Some(PaymentCase {
            region: form.region.clone(),
            price: form.price.clone(),
            coefficient: self.rate("pay-coefficient", &form.coefficient).unwrap_or(Rate::ONE),
            cost_fen: self.yuan("pay-cost", &form.cost),
            fund_fen: None,
            patient_fen: self.yuan("pay-patient", &form.patient),
            thresholds,
        })
    }

    fn whole<N: FromStr>(&mut self, field: &str, text: &str) -> Option<N> {
        amount::whole(text).unwrap_or_else(|misread| {
            self.problems.push(Problem::count(field.into(), misread));
            None
        })
    }

    fn yuan(&mut self, field: &str, text: &str) -> Option<Fen> {
        amount::yuan(text).unwrap_or_else(|misread| {
            self.problems.push(Problem::amount(field.into(), misread));
            None
        })
    }

    fn rate(&mut self, field: &str, text: &str) -> Option<Rate> {
        let text = amount::tidy(text);
        let rate = Rate::parse(&text);
        if rate.is_none() && !text.is_empty() {
            self.problems.push(Problem::new(field.into(), RefusalCode::Malformed, T::WrongFactor));
        }
        rate
    }
}

/// The payment of a table, which has no single stay's amounts.
pub fn read_payment(form: &PaymentForm) -> (Option<PaymentCase>, Vec<Problem>) {
    let mut reader = Reader { problems: Vec::new() };
    (reader.payment(form), reader.problems)
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
        "source" => "source",
        "gend" => "gend",
        "age" => "age",
        "coefficient" => "pay-coefficient",
        "region" => "pay-region",
        "price" => "pay-price",
        "cost_fen" => "pay-cost",
        "patient_fen" => "pay-patient",
        "low" => "pay-low",
        "multiple" | "weight_up_to" | "high" => "pay-high",
        _ if path.contains("diagnoses") => "dx-search",
        _ if path.contains("operations") => "op-search",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::form::List;
    use super::*;

    fn example() -> Inputs {
        let mut inputs = Inputs::default();
        inputs.set_example();
        inputs
    }

    #[test]
    fn the_first_row_is_the_principal() {
        let mut inputs = example();
        inputs.coding.shift(List::Diagnoses, 2, 0);
        let case = read(&inputs, &inputs.coding, true).case.unwrap();
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
        let reading = read(&inputs, &inputs.coding, true);
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
        let reading = read(&inputs, &inputs.coding, true);
        let fields: Vec<&str> = reading.problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["age", "pay-coefficient", "pay-cost"]);
        assert_eq!(reading.case, None);
    }

    #[test]
    fn what_is_asked_of_infants_only_is_not_kept_for_others() {
        let mut inputs = example();
        inputs.stay.nwb_bir_wt = "2500".into();
        assert_eq!(read(&inputs, &inputs.coding, true).case.unwrap().record.nwb_bir_wt, None);
        inputs.stay.age = "0".into();
        assert_eq!(read(&inputs, &inputs.coding, true).case.unwrap().record.nwb_bir_wt, Some(2500));
    }

    #[test]
    fn another_coding_is_never_asked_for_its_payment() {
        let mut inputs = example();
        inputs.payment = PaymentForm { region: "r".into(), price: "p".into(), ..PaymentForm::default() };
        assert!(read(&inputs, &inputs.coding, true).case.unwrap().payment.is_some());
        assert!(read(&inputs, &inputs.coding, false).case.unwrap().payment.is_none());
    }
}
