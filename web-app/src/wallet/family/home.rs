use anxin_core::family::{WalletAmount, WalletBook, WalletFound, WalletSlot};
use anxin_core::text;
use wallet_types::{EndedWhy, RelationKind, RelationOut, Relations, Side};
use yew::prelude::*;

use super::invitations::Waiting;
use super::kin::{called, heading};
use super::picture::Picture;
use super::words::G;
use super::{RELATIONS, use_own_rules};
use crate::app::Route;
use crate::components::Way;
use crate::family::F;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::words::money;
use crate::wallet::load::{Load, use_load};
use crate::wallet::notices::use_news;
use crate::wallet::time;
use crate::wallet::trouble::waiting;

/// Whom somebody shares with, and who with them.
#[component]
pub fn Family() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<Relations>(RELATIONS.into());
    use_news(&again);
    html! {
        <>
            <p class="lead">{ G::HomeIntro.say(lang) }</p>
            <nav aria-label={G::WaysLabel.say(lang)}>
                <ul class="ways">
                    <li><Way to={Route::WalletInvite}>{ G::InviteTitle.say(lang) }</Way></li>
                    <li><Way to={Route::WalletAccept}>{ G::AcceptTitle.say(lang) }</Way></li>
                    <li><Way to={Route::WalletGifts}>{ G::GiftsTitle.say(lang) }</Way></li>
                    <li><Way to={Route::WalletPremium}>{ G::PremiumTitle.say(lang) }</Way></li>
                </ul>
            </nav>
            { waiting(&load, again, lang) }
            if let Load::Here(relations) = &load {
                <All relations={relations.relations.clone()} />
            }
            <Waiting />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AllProps {
    relations: Vec<RelationOut>,
}

#[component]
fn All(props: &AllProps) -> Html {
    let lang = use_lang();
    let (rules, _, cover, _) = use_own_rules();
    let area = if let Load::Here(cover) = &cover { cover.area.as_str() } else { "" };
    let (ended, open): (Vec<&RelationOut>, Vec<&RelationOut>) =
        props.relations.iter().partition(|relation| relation.ended_at.is_some());
    let card = |relation: &&RelationOut| {
        // What may be paid goes by the rules of who is treated; of a relative's area only the country's are known.
        let area = if relation.side == Side::Taker { area } else { "" };
        let uses = rules.book().map(|book| uses(book, area, lang)).unwrap_or_default();
        html! { <Card key={relation.id.to_string()} relation={(*relation).clone()} {uses} /> }
    };
    if open.is_empty() && ended.is_empty() {
        return html! { <p data-testid="no-relations">{ G::NoRelations.say(lang) }</p> };
    }
    html! {
        <>
            if !open.is_empty() {
                <section aria-labelledby="picture-title">
                    <h2 id="picture-title">{ G::PictureTitle.say(lang) }</h2>
                    <Picture relations={open.iter().map(|r| (*r).clone()).collect::<Vec<_>>()} />
                </section>
                <section aria-labelledby="relations-title">
                    <h2 id="relations-title">{ G::RelationsTitle.say(lang) }</h2>
                    <ul class="cards plain" data-testid="relations">{ for open.iter().map(card) }</ul>
                </section>
            }
            if !ended.is_empty() {
                <details class="fold" data-testid="ended">
                    <summary><h2>{ G::EndedTitle.fill(lang, &[&ended.len().to_string()]) }</h2></summary>
                    <ul class="cards plain">{ for ended.iter().map(card) }</ul>
                </details>
            }
        </>
    }
}

/// What the rules of an area let accounts pay for today.
fn uses(book: &WalletBook, area: &str, lang: Lang) -> Vec<&'static str> {
    let slots = [
        (WalletSlot::UseInstitution, F::UseInstitution),
        (WalletSlot::UsePharmacy, F::UsePharmacy),
        (WalletSlot::UseResidentPremium, F::UsePremium),
        (WalletSlot::UseCarePremium, F::UseCare),
        (WalletSlot::UseCommercialCover, F::UseCommercial),
    ];
    let Some((today, _)) = super::here() else { return Vec::new() };
    let allowed = |slot| match book.find(slot, area, today) {
        WalletFound::Known(rule) => rule.amount == WalletAmount::Flag(true),
        WalletFound::NotYet(_) | WalletFound::Unknown => false,
    };
    slots.into_iter().filter(|(slot, _)| allowed(*slot)).map(|(_, name)| name.say(lang)).collect()
}

#[derive(Properties, PartialEq)]
struct CardProps {
    relation: RelationOut,
    uses: Vec<&'static str>,
}

#[component]
fn Card(props: &CardProps) -> Html {
    let lang = use_lang();
    let relation = &props.relation;
    let id = format!("relation-{}", relation.id);
    let uses = props.uses.join(lang.of("；", "; "));
    html! {
        <li class="card" data-testid="relation" data-relation={relation.id.to_string()} data-side={relation.side.word()}>
            <h3 id={id}>{ called(relation, lang) }</h3>
            <Figures relation={relation.clone()} />
            <p>{ model(relation, lang) }</p>
            if relation.kind == RelationKind::Share && relation.ended_at.is_none() && !uses.is_empty() {
                <p class="small">{ G::MayPay.fill(lang, &[&uses]) }</p>
            }
            <p class="small">{ lasting(relation, lang) }</p>
            <p>
                <Way to={Route::WalletRelation { relation: relation.id.to_string() }}>
                    { if relation.ended_at.is_none() { G::Manage } else { G::Look }.say(lang) }
                    <span class="sr">{ heading(relation.kind, relation.side, relation.kin, lang) }</span>
                </Way>
            </p>
        </li>
    }
}

/// How it is shared, in plain words.
pub fn model(relation: &RelationOut, lang: Lang) -> String {
    match (relation.kind, relation.model) {
        (RelationKind::Helper, _) => G::HelperSay.say(lang).into(),
        (RelationKind::Share, Some(model)) => text::family_model(model, lang).into(),
        (RelationKind::Share, None) if relation.ended_at.is_some() => String::new(),
        (RelationKind::Share, None) => G::ModelUnknown.say(lang).into(),
    }
}

/// Since when, and until when and why.
pub fn lasting(relation: &RelationOut, lang: Lang) -> String {
    let since = time::day(&relation.since);
    let Some(ended) = &relation.ended_at else { return G::Since.fill(lang, &[&since]) };
    let why = match relation.why {
        Some(EndedWhy::CoverEnded) => G::WhyCover,
        Some(EndedWhy::Moved) => G::WhyMoved,
        Some(EndedWhy::Died) => G::WhyDied,
        Some(EndedWhy::Asked) | None => G::WhyAsked,
    };
    G::Lasted.fill(lang, &[&since, &time::day(ended), why.say(lang)])
}

#[derive(Properties, PartialEq)]
pub struct FiguresProps {
    pub relation: RelationOut,
}

/// What was set aside, what of it is used, held and left. Who is shared with sees what is left.
#[component]
pub fn Figures(props: &FiguresProps) -> Html {
    let lang = use_lang();
    let RelationOut { usable_fen, held_fen, used_fen, .. } = props.relation;
    let granted = [usable_fen, held_fen, used_fen].into_iter().collect::<Option<Vec<_>>>();
    let granted = granted.and_then(anxin_core::Fen::checked_sum);
    let all = [
        ("usable", G::Usable, usable_fen),
        ("held", G::HeldNow, held_fen),
        ("used", G::Used, used_fen),
        ("granted", G::Granted, granted),
    ];
    let all: Vec<Html> = all
        .into_iter()
        .filter_map(|(word, name, amount)| {
            let amount = amount?;
            Some(html! {
                <div key={word}>
                    <dt>{ name.say(lang) }</dt>
                    <dd data-testid={format!("relation-{word}")} data-fen={amount.get().to_string()}>{ money(amount) }</dd>
                </div>
            })
        })
        .collect();
    if all.is_empty() {
        return Html::default();
    }
    html! { <dl class="figures">{ all }</dl> }
}
