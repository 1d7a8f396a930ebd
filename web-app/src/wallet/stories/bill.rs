//! The bill of the first story, as somebody would have typed it.

use anxin_core::rules::{Area, Filing, Level, Scheme};

use crate::model::{BillWay, Inputs, Keep, Situation, to_fragment};

/// The comparison with its inputs in the fragment.
pub fn comparison() -> String {
    format!("/compare#{}", to_fragment(&stay(), Keep::default()))
}

fn stay() -> Inputs {
    let mut inputs = Inputs::default();
    let form = &mut inputs.form;
    form.who.region = "guigang".into();
    form.who.scheme = Scheme::Resident;
    form.visit.level = Some(Level::ThreeCity);
    form.visit.area = Area::InProvince;
    form.visit.filing = Filing::Referred;
    form.visit.admitted = "2026-11-02".into();
    form.visit.on = "2026-11-20".into();
    form.visit.nth = "1".into();
    form.visit.bill.way = BillWay::Slip;
    let slip = &mut form.visit.bill.slip;
    (slip.total, slip.own, slip.pre) = ("38,600".into(), "2,600".into(), "2,000".into());
    let referred = Situation::from(&inputs.form.visit);
    inputs.situations = vec![referred, Situation { filing: Filing::Unregistered, ..referred }];
    inputs
}

#[cfg(test)]
mod tests {
    use anxin_core::benefit::{Bill, Visit};

    use super::*;
    use crate::model::read_situation;

    #[test]
    fn the_two_situations_are_complete_and_differ_in_the_filing_alone() {
        let inputs = stay();
        let filings = inputs.situations.iter().map(|situation| {
            let case = read_situation(&inputs.form, situation).case.unwrap();
            let Visit::Inpatient(stay) = case.visit else { panic!("no stay") };
            let Bill::Split(split) = &stay.bill else { panic!("no slip") };
            assert_eq!(split.total_fen.get(), 3_860_000);
            stay.place.filing
        });
        assert_eq!(filings.collect::<Vec<_>>(), [Filing::Referred, Filing::Unregistered]);
    }
}
