use anxin_core::Fen;
use anxin_core::family::{Dissolve, DissolveWhy, FamilyAsk, Model};
use wallet_types::{Id, RelationKind, RelationOut, Side, Statement};
use yew::prelude::*;

use super::details::{Details, SHOW_DETAILS};
use super::home::{Figures, lasting, model};
use super::invitations::Once;
use super::kin::{called, heading};
use super::personal::Personal;
use super::quota::Quota;
use super::words::G;
use super::{RELATIONS, then, told, use_own_rules};
use crate::app::Route;
use crate::components::Way;
use crate::family::Rules;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::wallet::deed::use_deeds;
use crate::wallet::load::{Load, use_load};
use crate::wallet::moves::moves;
use crate::wallet::notices::use_news;
use crate::wallet::time;
use crate::wallet::trouble::waiting;

#[derive(Properties, PartialEq)]
pub struct RelationProps {
    pub relation: String,
}

/// One relation: what was agreed, what became of it, how much of it there may be, and its end.
#[component]
pub fn Relation(props: &RelationProps) -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<RelationOut>(format!("{RELATIONS}/{}", props.relation));
    use_news(&again);
    let Load::Here(relation) = &load else { return waiting(&load, again, lang) };
    let gives_quota = relation.account.is_some() && relation.ended_at.is_none();
    html! {
        <>
            <h2 data-testid="relation-heading">{ called(relation, lang) }</h2>
            <p>{ model(relation, lang) }</p>
            <p class="small">{ lasting(relation, lang) }</p>
            <Figures relation={relation.clone()} />
            if gives_quota {
                <Quota relation={relation.clone()} again={again.clone()} />
            }
            if relation.model == Some(Model::Binding) {
                <p class="notice">{ if relation.side == Side::Giver { G::BindingGives } else { G::BindingTakes }.say(lang) }</p>
            }
            if let Some(account) = relation.account {
                <Draws key={format!("{:?}", (relation.usable_fen, relation.used_fen))} {account} />
            }
            if relation.ended_at.is_none() && relation.kind == RelationKind::Share {
                <Details relation={relation.clone()} again={again.clone()} />
            }
            if relation.ended_at.is_none() {
                <Personal relation={relation.clone()} again={again.clone()} />
            }
            { consents(relation, lang) }
            if relation.ended_at.is_none() {
                <End relation={relation.clone()} {again} />
            }
            <p><Way to={Route::WalletFamily}>{ G::BackToFamily.say(lang) }</Way></p>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DrawsProps {
    account: Id,
}

/// Every draw with day, amount and institution. Of drugs and diagnoses nothing is known here.
#[component]
fn Draws(props: &DrawsProps) -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<Statement>(format!("/wallet/accounts/{}/statement?most=50", props.account));
    html! {
        <section aria-labelledby="draws-title" data-testid="draws">
            <h3 id="draws-title">{ G::DrawsTitle.say(lang) }</h3>
            <p class="hint">{ G::DrawsHint.say(lang) }</p>
            { waiting(&load, again, lang) }
            if let Load::Here(statement) = &load {
                { moves(&statement.lines, lang) }
            }
        </section>
    }
}

fn consents(relation: &RelationOut, lang: Lang) -> Html {
    let one = |n: usize, consent: &wallet_types::ConsentOut| {
        let own = consent.side == relation.side;
        let who = if own { G::IAgreed } else { G::OtherAgreed };
        html! {
            <li key={n}>
                { who.fill(lang, &[&time::shown(&consent.given_at), purpose(&consent.purpose).say(lang)]) }
                if let Some(until) = &consent.withdrawn_at {
                    { lang.of("，", ", ") }{ G::AgreedUntil.fill(lang, &[&time::shown(until)]) }
                }
            </li>
        }
    };
    html! {
        <section aria-labelledby="consents-title">
            <h3 id="consents-title">{ G::ConsentsTitle.say(lang) }</h3>
            <ul class="small">{ for relation.consents.iter().enumerate().map(|(n, consent)| one(n, consent)) }</ul>
        </section>
    }
}

fn purpose(word: &str) -> G {
    match word {
        SHOW_DETAILS => G::ForDetails,
        "show_code" => G::ForCode,
        "guardian_consents" => G::ForChild,
        _ => G::ForSharing,
    }
}

#[derive(Properties, PartialEq)]
struct EndProps {
    relation: RelationOut,
    again: Callback<()>,
}

/// Ends the relation, with what comes back when said first.
#[component]
fn End(props: &EndProps) -> Html {
    let lang = use_lang();
    let (rules, ..) = use_own_rules();
    let deeds = use_deeds::<RelationOut>("end", Some(props.relation.id), true);
    let (relation, again) = (props.relation.clone(), props.again.clone());
    let ask = {
        let (deeds, relation) = (deeds.clone(), relation.clone());
        Callback::from(move |_: MouseEvent| {
            let path = format!("{RELATIONS}/{}/dissolution", relation.id);
            let say = G::EndSay.fill(lang, &[&heading(relation.kind, relation.side, relation.kin, lang)]);
            deeds.check(path, &(), say, follows(&rules, &relation, lang));
        })
    };
    let typing = || {
        html! {
            <button type="button" class="secondary" data-testid="end" onclick={ask}>{ G::End.say(lang) }</button>
        }
    };
    let done = |_: &RelationOut| {
        html! {
            <Once told={again}><p role="status" data-testid="end-done">{ G::EndedNow.say(lang) }</p></Once>
        }
    };
    html! {
        <section aria-labelledby="end-title">
            <h3 id="end-title">{ G::EndTitle.say(lang) }</h3>
            <p class="hint">{ G::EndHint.say(lang) }</p>
            { deeds.view(G::End.say(lang), typing, done) }
        </section>
    }
}

/// What becomes of the money, by the rules where they are there; who is shared with knows no more than what they lose.
fn follows(rules: &Rules, relation: &RelationOut, lang: Lang) -> Vec<String> {
    if relation.kind == RelationKind::Helper {
        return vec![G::EndHelper.say(lang).into()];
    }
    let figures = (relation.usable_fen, relation.held_fen, relation.used_fen);
    let asked = match (relation.side, relation.model, relation.giver_area.clone(), figures) {
        (Side::Giver, Some(Model::Quota), Some(area), (Some(usable), Some(held), Some(used))) => {
            let shared_fen = Fen::checked_sum([usable, held, used]).unwrap_or_default();
            let (why, model) = (DissolveWhy::Asked, Model::Quota);
            Some(Dissolve { why, model, area, shared_fen, used_fen: used, held_fen: held })
        }
        _ => None,
    };
    let said = asked.and_then(|ask| told(rules.book()?, FamilyAsk::Dissolve(ask), lang)).map(|answer| then(&answer));
    let plain = match relation.side {
        Side::Giver => vec![G::EndGiver.say(lang).into(), G::EndHeld.say(lang).into()],
        Side::Taker => vec![G::EndTaker.say(lang).into(), G::EndHeld.say(lang).into()],
    };
    said.filter(|lines| !lines.is_empty()).unwrap_or(plain)
}
