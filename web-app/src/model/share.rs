use anxin_core::rules::{AidClass, Ward};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::bill::LineRow;
use super::form::{Form, Inputs, SITUATIONS_MAX, VISITS_MAX, VisitForm};

/// What a link may tell beyond amounts and places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// 救助身份, and what would give it away.
    pub aid: bool,
    /// The disease, and what would give it away.
    pub disease: bool,
}

const KEY: &str = "s=";
/// Longest fragment that is read: no form that this page writes comes near it.
const FRAGMENT_MAX: usize = 64 * 1024;

/// A fragment, without `#`, that restores the inputs: JSON of all that is not as on an empty form.
pub fn to_fragment(inputs: &Inputs, keep: Keep) -> String {
    let full = serde_json::to_value(scrub(inputs.clone(), keep)).unwrap_or_default();
    let blank = serde_json::to_value(exemplar()).unwrap_or_default();
    let kept = differing(full, &blank).unwrap_or_else(|| json!({}));
    format!("{KEY}{}", URL_SAFE_NO_PAD.encode(kept.to_string()))
}

/// Inputs from a fragment, with or without `#`; `None` when it is not one of ours.
pub fn from_fragment(fragment: &str) -> Option<Inputs> {
    let text = fragment.trim_start_matches('#').strip_prefix(KEY)?;
    if text.len() > FRAGMENT_MAX {
        return None;
    }
    let json = URL_SAFE_NO_PAD.decode(text).ok()?;
    let inputs: Inputs = serde_json::from_slice(&json).ok()?;
    let fits = inputs.situations.len() <= SITUATIONS_MAX && inputs.visits.len() <= VISITS_MAX;
    fits.then_some(inputs)
}

fn scrub(mut inputs: Inputs, keep: Keep) -> Inputs {
    if !keep.aid {
        inputs.form.who.aid = AidClass::None;
        inputs.form.so_far.aid_paid.clear();
        inputs.form.so_far.aid_base.clear();
        inputs.form.visit.bill.slip.aid.clear();
        inputs.visits.iter_mut().for_each(|v| v.bill.slip.aid.clear());
    }
    if !keep.disease {
        inputs.form.so_far.special_paid.clear();
        inputs.form.so_far.special_deductible.clear();
        forget_disease(&mut inputs.form.visit);
        inputs.visits.iter_mut().for_each(forget_disease);
    }
    inputs
}

/// A ward or the name of a drug can tell as much as the name of a disease.
fn forget_disease(visit: &mut VisitForm) {
    visit.disease.clear();
    visit.ward = Ward::General;
    visit.bill.lines.iter_mut().for_each(|line| line.name.clear());
}

/// An empty form whose lists hold one empty item, for items to be compared with.
fn exemplar() -> Inputs {
    let mut visit = VisitForm::default();
    visit.bill.lines = vec![LineRow::default()];
    let form = Form { visit: visit.clone(), ..Form::default() };
    Inputs { form, situations: Vec::new(), visits: vec![visit] }
}

/// What of `value` differs from `blank`. An item of a list is compared with the blank list's first.
fn differing(value: Value, blank: &Value) -> Option<Value> {
    match (value, blank) {
        (Value::Array(items), _) if items.is_empty() => None,
        (Value::Array(items), Value::Array(blank)) => {
            let Some(blank) = blank.first() else { return Some(Value::Array(items)) };
            let pruned = items.into_iter().map(|item| differing(item, blank).unwrap_or_else(|| json!({})));
            Some(Value::Array(pruned.collect()))
        }
        (value, blank) if value == *blank => None,
        (Value::Object(map), Value::Object(blank)) => {
            let pruned = map.into_iter().filter_map(|(key, v)| {
                let kept = differing(v, blank.get(&key).unwrap_or(&Value::Null))?;
                Some((key, kept))
            });
            let pruned: Map<String, Value> = pruned.collect();
            (!pruned.is_empty()).then_some(Value::Object(pruned))
        }
        (value, _) => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use anxin_core::rules::{Area, Filing, Level, Scheme};

    use super::super::bill::BillWay;
    use super::super::form::Situation;
    use super::super::read::read;
    use super::*;

    fn typed() -> Inputs {
        let mut inputs = Inputs::default();
        let form = &mut inputs.form;
        form.who.region = "guigang".into();
        form.who.scheme = Scheme::Employee;
        form.who.aid = AidClass::LowIncome;
        form.visit.level = Some(Level::ThreeCity);
        form.visit.area = Area::OutOfProvince;
        form.visit.filing = Filing::Referred;
        form.visit.on = "2025-06-01".into();
        form.visit.ward = Ward::Psychiatric;
        form.visit.disease = "精神分裂症".into();
        form.visit.bill.way = BillWay::Lines;
        form.visit.bill.lines =
            vec![LineRow { name: "奥氮平片".into(), amount: "1,200.5".into(), ..LineRow::default() }];
        form.so_far.aid_paid = "300".into();
        inputs.situations = vec![Situation::from(&inputs.form.visit)];
        inputs.visits = vec![inputs.form.visit.clone()];
        inputs
    }

    #[test]
    fn a_link_restores_the_inputs_and_so_the_case() {
        let inputs = typed();
        let everything = Keep { aid: true, disease: true };
        let back = from_fragment(&format!("#{}", to_fragment(&inputs, everything))).unwrap();
        assert_eq!(back, inputs);
        assert_eq!(read(&back.form).case, read(&inputs.form).case);
        assert!(read(&back.form).case.is_some());
    }

    #[test]
    fn what_was_not_ticked_is_not_in_the_link() {
        let fragment = to_fragment(&typed(), Keep::default());
        let json = URL_SAFE_NO_PAD.decode(fragment.strip_prefix(KEY).unwrap()).unwrap();
        let json = String::from_utf8(json).unwrap();
        for secret in ["low_income", "\"aid", "psychiatric", "精神", "奥氮平", "300"] {
            assert!(!json.contains(secret), "{secret} in {json}");
        }
        let back = from_fragment(&fragment).unwrap();
        assert_eq!(back.form.visit.bill.lines[0].amount, "1,200.5");
    }

    #[test]
    fn an_empty_form_makes_a_short_link() {
        assert_eq!(to_fragment(&Inputs::default(), Keep::default()), "s=e30");
        assert_eq!(from_fragment("s=e30"), Some(Inputs::default()));
    }

    #[test]
    fn what_is_not_a_link_of_ours_is_left_alone() {
        let too_many = Inputs { visits: vec![VisitForm::default(); VISITS_MAX + 1], ..Inputs::default() };
        let too_many = to_fragment(&too_many, Keep::default());
        let unknown_field = format!("s={}", URL_SAFE_NO_PAD.encode(r#"{"form":{"who":{"name":"x"}}}"#));
        for bad in ["", "#", "#main", "s=", "s=%%%", "s=bm90IGpzb24", unknown_field.as_str(), too_many.as_str()] {
            assert_eq!(from_fragment(bad), None, "{bad}");
        }
    }
}
