use yew::prelude::*;

use super::{Check, Kind, TextField};
use crate::hooks::{Editor, setter, use_lang};
use crate::i18n::T;
use crate::model::{AccountForm, SoFarForm, VisitKind};

type SoFarField = (&'static str, T, fn(&SoFarForm) -> &String, fn(&mut SoFarForm, String));

const AMOUNTS: [SoFarField; 12] = [
    ("pool-paid", T::SoFarPoolPaid, |s| &s.pool_paid, |s, text| s.pool_paid = text),
    ("pool-base", T::SoFarPoolBase, |s| &s.pool_base, |s, text| s.pool_base = text),
    ("over-cap-paid", T::SoFarOverCap, |s| &s.over_cap_paid, |s, text| s.over_cap_paid = text),
    ("own-in-scope", T::SoFarOwn, |s| &s.own_in_scope, |s, text| s.own_in_scope = text),
    ("catastrophic-paid", T::SoFarCatastrophic, |s| &s.catastrophic_paid, |s, text| s.catastrophic_paid = text),
    ("aid-paid", T::SoFarAid, |s| &s.aid_paid, |s, text| s.aid_paid = text),
    ("aid-base", T::SoFarAidBase, |s| &s.aid_base, |s, text| s.aid_base = text),
    ("supplement-paid", T::SoFarSupplement, |s| &s.supplement_paid, |s, text| s.supplement_paid = text),
    ("outpatient-paid", T::SoFarOutpatient, |s| &s.outpatient_paid, |s, text| s.outpatient_paid = text),
    ("outpatient-sub-paid", T::SoFarOutpatientSub, |s| &s.outpatient_sub_paid, |s, text| s.outpatient_sub_paid = text),
    (
        "outpatient-deductible",
        T::SoFarOutpatientDeductible,
        |s| &s.outpatient_deductible,
        |s, text| s.outpatient_deductible = text,
    ),
    ("special-drug-paid", T::SoFarSpecialDrug, |s| &s.special_drug_paid, |s, text| s.special_drug_paid = text),
];

const SPECIAL: [SoFarField; 2] = [
    ("special-paid", T::SoFarSpecial, |s| &s.special_paid, |s, text| s.special_paid = text),
    ("special-deductible", T::SoFarSpecialDeductible, |s| &s.special_deductible, |s, text| s.special_deductible = text),
];

#[derive(Properties, PartialEq)]
pub struct SoFarFieldsProps {
    pub so_far: SoFarForm,
    pub kind: VisitKind,
    pub editor: Editor<SoFarForm>,
}

/// What the year has used up, for those who have earlier slips.
#[component]
pub fn SoFarFields(props: &SoFarFieldsProps) -> Html {
    let lang = use_lang();
    let SoFarFieldsProps { so_far, editor, .. } = props;
    let field = |(id, label, get, set): &SoFarField| {
        html! {
            <TextField
                id={format!("sofar-{id}")} label={label.say(lang)} value={get(so_far).clone()}
                onchange={setter(editor, *set)}
            />
        }
    };
    html! {
        <>
            <p class="hint">{ T::SoFarHint.say(lang) }</p>
            <TextField
                id="sofar-admissions" kind={Kind::Count} label={T::SoFarAdmissions.say(lang)}
                value={so_far.admissions.clone()}
                onchange={setter(editor, |s: &mut SoFarForm, text| s.admissions = text)}
            />
            <div class="pair">
                { for AMOUNTS.iter().map(field) }
                if props.kind == VisitKind::SpecialOutpatient {
                    { for SPECIAL.iter().map(field) }
                }
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct AccountFieldsProps {
    pub accounts: AccountForm,
    pub editor: Editor<AccountForm>,
}

/// The personal account and the family's.
#[component]
pub fn AccountFields(props: &AccountFieldsProps) -> Html {
    let lang = use_lang();
    let AccountFieldsProps { accounts, editor } = props;
    html! {
        <>
            <div class="pair">
                <TextField
                    id="account-own" label={T::AccountOwn.say(lang)} value={accounts.own.clone()}
                    onchange={setter(editor, |a: &mut AccountForm, text| a.own = text)}
                />
                <TextField
                    id="account-family" label={T::AccountFamily.say(lang)} value={accounts.family.clone()}
                    onchange={setter(editor, |a: &mut AccountForm, text| a.family = text)}
                />
            </div>
            <Check
                id="account-leave" label={T::AccountLeave.say(lang)} checked={accounts.leave}
                onchange={setter(editor, |a: &mut AccountForm, on| a.leave = on)}
            />
        </>
    }
}
