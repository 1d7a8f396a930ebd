//! From what was typed to a case of a DIP catalogue. Nothing here knows a browser.

use anxin_core::dip::Record;
use anxin_core::dip::auxiliary::{Match, Type};
use anxin_core::dip::settle::SpecialFacts;
use anxin_core::preview::{DipCase, DipPaymentCase, PointCase};

use crate::preview::form::{Coding, Inputs, OWN_POINT, PaymentForm, Special, Stay};
use crate::preview::read::{Reader, diagnoses, operations};

impl Reader {
    pub(in crate::preview) fn dip(&mut self, inputs: &Inputs, coding: &Coding, with_payment: bool) -> DipCase {
        let form = &inputs.payment;
        let mut record = self.dip_record(&inputs.stay, coding);
        record.medfee_sumamt_fen = self.yuan("pay-cost", &form.cost);
        DipCase {
            scheme: inputs.scheme.clone(),
            choices: Default::default(),
            source: inputs.source,
            record,
            payment: with_payment.then(|| self.dip_payment(form)),
            special: if with_payment { self.special(&form.special) } else { SpecialFacts::default() },
        }
    }

    fn dip_record(&mut self, stay: &Stay, coding: &Coding) -> Record {
        let infant = stay.is_infant();
        let newborn = |text: &str| if infant { text.to_owned() } else { String::new() };
        let classes: Vec<String> = coding.operations.iter().map(|row| row.mark.clone()).collect();
        Record {
            age: self.whole("age", &stay.age),
            nwb_age: self.whole("nwb-age", &newborn(&stay.nwb_age)),
            nwb_bir_wt: self.whole("nwb-bir-wt", &newborn(&stay.nwb_bir_wt)),
            act_ipt_days: self.whole("act-ipt-days", &stay.days),
            // Only DRG asks how a disease stood on admission.
            diagnoses: diagnoses(coding)
                .into_iter()
                .map(|mut row| {
                    row.adm_cond_type = None;
                    row
                })
                .collect(),
            operations: operations(coding),
            operation_classes: if classes.iter().all(String::is_empty) { Vec::new() } else { classes },
            track: stay.track,
            medfee_sumamt_fen: None,
        }
    }

    fn dip_payment(&mut self, form: &PaymentForm) -> DipPaymentCase {
        let own = form.point.label == OWN_POINT;
        let labelled = Some(form.point.label.clone()).filter(|label| !own && !label.is_empty());
        DipPaymentCase {
            peer_average_fen: self.yuan("pay-peer", &form.peer),
            coefficient: self.rate("pay-coefficient", &form.coefficient),
            hospital: Some(form.hospital.clone()).filter(|label| !label.is_empty() && form.coefficient.is_empty()),
            point: labelled,
            own_point: if own { self.own_point(form) } else { None },
            patient_paid_fen: self.yuan("pay-patient", &form.patient),
            auxiliary: self.auxiliary(form),
        }
    }

    /// A type without a factor, or the reverse, is not yet said.
    fn auxiliary(&mut self, form: &PaymentForm) -> Vec<Match> {
        let fields = ["pay-aux-factor-1", "pay-aux-factor-2"];
        let said = fields.into_iter().zip(&form.auxiliary).filter_map(|(field, text)| {
            let factor = self.rate(field, &text.factor)?;
            Some(Match { kind: Type::named(&text.kind)?, trigger: None, factor })
        });
        said.collect()
    }

    fn own_point(&mut self, form: &PaymentForm) -> Option<PointCase> {
        let point = &form.point;
        let date = self.day("pay-point-date", &point.date);
        let yuan = self.rate("pay-point-yuan", &point.yuan)?;
        Some(PointCase { yuan, kind: point.kind, source: point.source.trim().into(), date })
    }

    fn special(&mut self, form: &Special) -> SpecialFacts {
        SpecialFacts {
            stay_days: None,
            long_stay_days: self.whole("special-long-days", &form.long_days),
            intensive_care: form.intensive,
            new_drug_or_technique: form.novel,
        }
    }
}

#[cfg(test)]
mod tests {
    use anxin_core::preview::SchemeKind;

    use super::*;
    use crate::preview::answer::Case;
    use crate::preview::form::{AuxiliaryText, List};
    use crate::preview::read::read;

    fn example() -> Inputs {
        let mut inputs = Inputs { scheme: "mz-dip2-2024".into(), ..Inputs::default() };
        inputs.set_example(SchemeKind::Dip);
        inputs
    }

    fn read_dip(inputs: &Inputs, with_payment: bool) -> DipCase {
        match read(inputs, SchemeKind::Dip, &inputs.coding, with_payment).case {
            Some(Case::Dip(case)) => *case,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_sex_is_not_asked_for() {
        let mut inputs = example();
        inputs.stay.gend = String::new();
        assert_eq!(read_dip(&inputs, true).record.diagnoses.len(), 2);
        let empty = Inputs::default();
        assert_eq!(read(&empty, SchemeKind::Dip, &empty.coding, true).missing, ["dx-search"]);
    }

    #[test]
    fn what_is_not_typed_stays_unknown() {
        let mut inputs = example();
        let payment = read_dip(&inputs, true).payment.unwrap();
        assert_eq!(payment, DipPaymentCase::default());
        inputs.payment.point.label = OWN_POINT.into();
        assert_eq!(read_dip(&inputs, true).payment.unwrap().own_point, None);
        inputs.payment.point.yuan = "10.5".into();
        let own = read_dip(&inputs, true).payment.unwrap().own_point.unwrap();
        assert_eq!((own.yuan.to_string().as_str(), own.date), ("10.5", None));
    }

    #[test]
    fn auxiliary_factors_are_types_with_a_number() {
        let mut inputs = example();
        let text = |kind: &str, factor: &str| AuxiliaryText { kind: kind.into(), factor: factor.into() };
        inputs.payment.auxiliary = [text("severe", "1.35"), text("age_over_65", "")];
        let said = read_dip(&inputs, true).payment.unwrap().auxiliary;
        assert_eq!(
            said.iter().map(|m| (m.kind, m.factor.to_string())).collect::<Vec<_>>(),
            [(Type::Severe, "1.35".to_owned())]
        );
    }

    #[test]
    fn classes_stand_in_the_order_of_the_operations() {
        let mut inputs = example();
        assert!(read_dip(&inputs, true).record.operation_classes.is_empty());
        inputs.coding.set_mark(List::Operations, 1, "THER".into());
        assert_eq!(read_dip(&inputs, true).record.operation_classes, ["", "THER"]);
    }

    #[test]
    fn another_coding_is_never_asked_for_its_payment() {
        let mut inputs = example();
        inputs.payment.coefficient = "0.9".into();
        assert!(read_dip(&inputs, true).payment.is_some());
        assert!(read_dip(&inputs, false).payment.is_none());
    }

    #[test]
    fn mistakes_are_named_by_their_fields() {
        let mut inputs = example();
        inputs.payment.peer = "1,5".into();
        inputs.payment.special.long_days = "x".into();
        inputs.payment.point = crate::preview::form::Point {
            label: OWN_POINT.into(),
            yuan: "一".into(),
            date: "2024".into(),
            ..Default::default()
        };
        let reading = read(&inputs, SchemeKind::Dip, &inputs.coding, true);
        let fields: Vec<&str> = reading.problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["pay-peer", "pay-point-date", "pay-point-yuan", "special-long-days"]);
    }
}
