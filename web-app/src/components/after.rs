use std::collections::BTreeMap;

use anxin_core::Fen;
use anxin_core::benefit::YearToDate;
use yew::prelude::*;

use crate::hooks::use_lang;
use crate::i18n::T;
use crate::services::words::money;

#[derive(Properties, PartialEq)]
pub struct YearAfterProps {
    pub year: YearToDate,
}

/// What the year has used up once this visit is settled: what to carry into the next one.
#[component]
pub fn YearAfter(props: &YearAfterProps) -> Html {
    let lang = use_lang();
    let YearToDate { admissions, special_paid_fen, special_deductible_fen, .. } = &props.year;
    let sum = |amounts: &BTreeMap<String, Fen>| amounts.values().copied().fold(Fen::ZERO, Fen::plus);
    let y = &props.year;
    let rows = [
        (T::SoFarPoolPaid, y.pool_paid_fen),
        (T::SoFarPoolBase, y.pool_base_fen),
        (T::SoFarOverCap, y.over_cap_paid_fen),
        (T::SoFarOwn, y.own_in_scope_fen),
        (T::SoFarCatastrophic, y.catastrophic_paid_fen),
        (T::SoFarAid, y.aid_paid_fen),
        (T::SoFarAidBase, y.aid_base_fen),
        (T::SoFarSupplement, y.supplement_paid_fen),
        (T::SoFarOutpatient, y.outpatient_paid_fen),
        (T::SoFarOutpatientSub, y.outpatient_sub_paid_fen),
        (T::SoFarOutpatientDeductible, y.outpatient_deductible_fen),
        (T::SoFarSpecialDrug, y.special_drug_paid_fen),
        (T::AfterSpecial, sum(special_paid_fen)),
        (T::AfterSpecialDeductible, sum(special_deductible_fen)),
    ];
    html! {
        <details class="terms" data-testid="year-after">
            <summary>{ T::AfterTitle.say(lang) }</summary>
            <p>{ T::AfterHint.say(lang) }</p>
            <table>
                <tbody>
                    if *admissions > 0 {
                        <tr><th scope="row">{ T::SoFarAdmissions.say(lang) }</th><td class="amount">{ *admissions }</td></tr>
                    }
                    { for rows.into_iter().filter(|(_, amount)| !amount.is_zero()).map(|(label, amount)| html! {
                        <tr>
                            <th scope="row">{ label.say(lang) }</th>
                            <td class="amount" data-fen={amount.get().to_string()}>{ money(amount) }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </details>
    }
}
