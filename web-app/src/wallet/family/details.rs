use wallet_types::{BoughtDrug, CareKind, DetailsAsk, DetailsOut, PurchaseOut, RelationOut, Side};
use yew::prelude::*;

use super::RELATIONS;
use super::words::G;
use crate::components::Check;
use crate::hooks::use_lang;
use crate::i18n::{Lang, T};
use crate::services::words::money;
use crate::wallet::load::{Load, use_load};
use crate::wallet::office::use_office;
use crate::wallet::time;
use crate::wallet::trouble::waiting;

/// What the consent to it is called.
pub const SHOW_DETAILS: &str = "show_details";

#[derive(Properties, PartialEq)]
pub struct DetailsProps {
    pub relation: RelationOut,
    pub again: Callback<()>,
}

/// What was bought with the money of a relation, where who bought it agreed to show it. Both see the same.
#[component]
pub fn Details(props: &DetailsProps) -> Html {
    let lang = use_lang();
    let office = use_office(props.again.clone());
    let relation = &props.relation;
    let holds = |c: &wallet_types::ConsentOut| c.purpose == SHOW_DETAILS && c.withdrawn_at.is_none();
    let shown = relation.consents.iter().any(holds);
    let change = {
        let (office, path) = (office.clone(), format!("{RELATIONS}/{}/details", relation.id));
        Callback::from(move |shown: bool| office.post(path.clone(), DetailsAsk { shown }))
    };
    html! {
        <section aria-labelledby="details-title" data-testid="details">
            <h3 id="details-title">{ G::DetailsTitle.say(lang) }</h3>
            { office.trouble() }
            if relation.side == Side::Taker {
                <Check id="details-shown" label={G::DetailsGive.say(lang)} checked={shown} onchange={change} />
                <p class="hint">{ G::DetailsGiveHint.say(lang) }</p>
            } else if !shown {
                <p class="hint" data-testid="details-hidden">{ G::DetailsNotShown.say(lang) }</p>
            }
            if shown {
                <Purchases relation={relation.id.to_string()} />
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct PurchasesProps {
    relation: String,
}

#[component]
fn Purchases(props: &PurchasesProps) -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<DetailsOut>(format!("{RELATIONS}/{}/details", props.relation));
    let Load::Here(details) = &load else { return waiting(&load, again, lang) };
    html! {
        <>
            <p class="small">{ G::DetailsSince.fill(lang, &[&time::shown(&details.since)]) }</p>
            if details.purchases.is_empty() {
                <p data-testid="details-none">{ G::DetailsNone.say(lang) }</p>
            }
            <ol class="moves" data-testid="purchases">{ for details.purchases.iter().map(|bought| purchase(bought, lang)) }</ol>
        </>
    }
}

fn purchase(bought: &PurchaseOut, lang: Lang) -> Html {
    let what = bought.disease.iter().chain(&bought.items).cloned();
    let what: Vec<String> = what.chain(bought.drugs.iter().map(|drug| packs(drug, lang))).collect();
    html! {
        <li>
            <strong>{ care(bought.care).say(lang) }</strong>
            <span class="amount">{ money(bought.amount_fen) }</span>
            <span class="small whole">
                { time::shown(&bought.at) }
                if let Some(institution) = &bought.institution {
                    { " · " }{ institution.clone() }
                }
            </span>
            <span class="small whole">{ what.join(lang.of("；", "; ")) }</span>
        </li>
    }
}

fn packs(drug: &BoughtDrug, lang: Lang) -> String {
    let said = if drug.split { G::DetailsSplit } else { G::DetailsDrug };
    said.fill(lang, &[&drug.drug, &drug.count.to_string()])
}

fn care(kind: CareKind) -> T {
    match kind {
        CareKind::Inpatient => T::KindInpatient,
        CareKind::DaySurgery => T::KindDaySurgery,
        CareKind::Outpatient => T::KindOutpatient,
        CareKind::SpecialOutpatient => T::KindSpecial,
        CareKind::SpecialDrug => T::KindDrug,
        CareKind::Maternity => T::KindMaternity,
        CareKind::SecondPay => T::KindSecondPay,
    }
}
