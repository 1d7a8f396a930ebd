use anxin_core::family::{Moment, WalletAmount, WalletBook, WalletFound, WalletSlot};
use anxin_core::{Fen, RefusalCode};
use wallet_types::{
    AccountKindName, Accounts, Booked, GiftAsk, GiftOut, Gifts, HoldStateName, Id, RelationKind, RelationOut,
    Relations, Side, WalletCode,
};
use yew::prelude::*;

use super::invitations::Once;
use super::invite::wrong;
use super::kin::{named, relative};
use super::words::G;
use super::{RELATIONS, TRANSFERS, here, use_own_rules};
use crate::components::{Choice, FieldNote, Kind, Pick, TextField};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::model::amount::yuan;
use crate::services::browser;
use crate::services::words::money;
use crate::wallet::deed::{Deeds, use_deeds};
use crate::wallet::form::use_form;
use crate::wallet::home::ACCOUNTS;
use crate::wallet::load::{Load, use_load};
use crate::wallet::notices::use_news;
use crate::wallet::time;
use crate::wallet::trouble::waiting;
use crate::wallet::words::W;

/// Sends from one's wallet to a relative's, and answers what others sent.
#[component]
pub fn Transfers() -> Html {
    let lang = use_lang();
    let (gifts, again) = use_load::<Gifts>(TRANSFERS.into());
    let (relations, relations_again) = use_load::<Relations>(RELATIONS.into());
    use_news(&again);
    let calls = |relation: Id| match &relations {
        Load::Here(all) => {
            all.relations.iter().find(|r| r.id == relation).map(|r| relative(r.side, r.kin, lang)).unwrap_or_default()
        }
        _ => String::new(),
    };
    let all: Vec<GiftOut> = if let Load::Here(gifts) = &gifts { gifts.transfers.clone() } else { Vec::new() };
    let waits = |gift: &&GiftOut| gift.side == Side::Taker && gift.state == HoldStateName::Pending;
    let item =
        |gift: &GiftOut| html! { <Line key={gift.id.to_string()} gift={gift.clone()} who={calls(gift.relation)} /> };
    html! {
        <>
            <p class="lead">{ G::GiftsIntro.say(lang) }</p>
            { waiting(&gifts, again.clone(), lang) }
            { for all.iter().filter(waits).map(|gift| html! {
                <Answer key={gift.id.to_string()} gift={gift.clone()} who={calls(gift.relation)} again={again.clone()} />
            }) }
            { waiting(&relations, relations_again, lang) }
            if let (Load::Here(relations), Load::Here(_)) = (&relations, &gifts) {
                <Give relations={relations.relations.clone()} gifts={all.clone()} {again} />
            }
            if !all.is_empty() {
                <section aria-labelledby="gifts-title">
                    <h2 id="gifts-title">{ G::GiftsList.say(lang) }</h2>
                    <ol class="moves" data-testid="gifts">{ for all.iter().map(item) }</ol>
                </section>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    gift: GiftOut,
    who: String,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let lang = use_lang();
    let gift = &props.gift;
    let given = gift.side == Side::Giver;
    let name = if given { G::GaveTo } else { G::GotFrom }.fill(lang, &[&props.who]);
    let state = match gift.state {
        HoldStateName::Pending => G::GiftPending.fill(lang, &[&time::shown(&gift.until)]),
        HoldStateName::Posted => G::GiftPosted.say(lang).into(),
        HoldStateName::Voided => G::GiftVoided.say(lang).into(),
        HoldStateName::Expired => G::GiftExpired.say(lang).into(),
    };
    html! {
        <li data-testid="gift" data-state={format!("{:?}", gift.state)} data-fen={gift.amount_fen.get().to_string()}>
            <strong>{ name }</strong>
            <span class="amount">{ money(gift.amount_fen) }</span>
            <span class="small">{ time::shown(&gift.made_at) }</span>
            <span class="small balance">{ state }</span>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct AnswerProps {
    gift: GiftOut,
    who: String,
    again: Callback<()>,
}

/// A transfer that waits for oneself: accepted or refused, each after it is said what follows.
#[component]
fn Answer(props: &AnswerProps) -> Html {
    let lang = use_lang();
    let (gift, again) = (&props.gift, props.again.clone());
    let deeds = use_deeds::<Booked>("answer", Some(gift.id), false);
    let amount = money(gift.amount_fen);
    let ask = |how: &'static str, say: G, then: G| {
        let (deeds, path) = (deeds.clone(), format!("{TRANSFERS}/{}/{how}", gift.id));
        let say = say.fill(lang, &[&props.who, &amount]);
        Callback::from(move |_: MouseEvent| {
            deeds.check(path.clone(), &(), say.clone(), vec![then.say(lang).into()]);
        })
    };
    let take = ask("acceptance", G::TakeSay, G::TakeThen);
    let refuse = ask("refusal", G::RefuseSay, G::RefuseThen);
    let typing = || {
        html! {
            <div class="buttons">
                <button type="button" data-testid="take" onclick={take}>{ G::Take.say(lang) }</button>
                <button type="button" class="secondary" data-testid="refuse" onclick={refuse}>{ G::Refuse.say(lang) }</button>
            </div>
        }
    };
    let done = |_: &Booked| html! { <Once told={again}><p role="status" data-testid="answered">{ G::Answered.say(lang) }</p></Once> };
    html! {
        <section class="card" aria-labelledby={format!("gift-{}", gift.id)} data-testid="gift-waits">
            <h2 id={format!("gift-{}", gift.id)}>{ G::GiftWaits.fill(lang, &[&props.who, &amount]) }</h2>
            <p>{ G::GiftUntil.fill(lang, &[&time::shown(&gift.until)]) }</p>
            { deeds.view(W::Confirm.say(lang), typing, done) }
        </section>
    }
}

/// What the area's rules let somebody send.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Limits {
    most: Option<Fen>,
    a_day: Option<u32>,
    closed: Option<(Moment, Moment)>,
    returned: Option<Moment>,
}

impl Limits {
    fn of(book: &WalletBook, area: &str) -> Limits {
        let Some((today, _)) = here() else { return Limits::default() };
        let amount = |slot| match book.find(slot, area, today) {
            WalletFound::Known(rule) => Some(rule.amount),
            WalletFound::NotYet(_) | WalletFound::Unknown => None,
        };
        let minute = |slot| match amount(slot) {
            Some(WalletAmount::Minute(minute)) => Moment::of_minute(minute),
            _ => None,
        };
        let most =
            if let Some(WalletAmount::Money(most)) = amount(WalletSlot::TransferMost) { Some(most) } else { None };
        let a_day = if let Some(WalletAmount::Count(n)) = amount(WalletSlot::TransfersADay) { Some(n) } else { None };
        let closed = minute(WalletSlot::ClosedFrom).zip(minute(WalletSlot::ClosedUntil));
        Limits { most, a_day, closed, returned: minute(WalletSlot::ReturnedAt) }
    }

    fn lines(self, sent: u32, lang: Lang) -> Vec<String> {
        let most = self.most.map(|most| G::LimitMost.fill(lang, &[&money(most)]));
        let day = self.a_day.map(|a_day| {
            G::LimitDay.fill(lang, &[&a_day.to_string(), &sent.to_string(), &a_day.saturating_sub(sent).to_string()])
        });
        let closed =
            self.closed.map(|(from, until)| G::LimitClosed.fill(lang, &[&from.to_string(), &until.to_string()]));
        let returned = self.returned.map(|at| G::LimitReturned.fill(lang, &[&at.to_string()]));
        [most, day, closed, returned].into_iter().flatten().collect()
    }
}

/// Transfers that somebody made today, refused and returned ones too.
fn sent_today(gifts: &[GiftOut]) -> u32 {
    let Some((today, _)) = here() else { return 0 };
    let today = today.to_string();
    let sent = gifts.iter().filter(|gift| gift.side == Side::Giver && time::day(&gift.made_at) == today).count();
    u32::try_from(sent).unwrap_or(u32::MAX)
}

#[derive(Properties, PartialEq)]
struct GiveProps {
    relations: Vec<RelationOut>,
    gifts: Vec<GiftOut>,
    again: Callback<()>,
}

#[derive(Clone, PartialEq)]
struct Typed {
    to: Option<Id>,
    amount: String,
}

#[component]
fn Give(props: &GiveProps) -> Html {
    let lang = use_lang();
    let (accounts, accounts_again) = use_load::<Accounts>(ACCOUNTS.into());
    let (rules, _, cover, _) = use_own_rules();
    let may = |r: &&RelationOut| r.side == Side::Giver && r.kind == RelationKind::Share && r.ended_at.is_none();
    let to: Vec<RelationOut> = props.relations.iter().filter(may).cloned().collect();
    let form = use_form(|| Typed { to: to.first().map(|relation| relation.id), amount: String::new() });
    let deeds = use_deeds::<Booked>("give", None, true);
    let wallet = if let Load::Here(all) = &accounts {
        all.accounts.iter().find(|a| a.kind == AccountKindName::Wallet && a.closed_at.is_none()).cloned()
    } else {
        None
    };
    let limits = match (rules.book(), &cover) {
        (Some(book), Load::Here(cover)) => Limits::of(book, cover.area.as_str()),
        _ => Limits::default(),
    };
    let Some(wallet) = wallet else { return waiting(&accounts, accounts_again, lang) };
    if to.is_empty() {
        return html! { <p data-testid="nobody-to-give">{ G::NobodyToGive.say(lang) }</p> };
    }
    let people: Vec<Choice<Id>> = to
        .iter()
        .map(|r| Choice::new(r.id, r.id.to_string(), named(r.nickname.as_ref(), r.side, r.kin, lang)))
        .collect();
    let (sent, available) = (sent_today(&props.gifts), G::FromWallet.fill(lang, &[&money(wallet.available_fen)]));
    let typing = || {
        let fields = html! {
            <>
                <Pick<Id> id="give-to" legend={G::GiveToQ.say(lang)} choices={people} value={form.typed.to}
                    onchange={form.set(|t, id| t.to = Some(id))} />
                <TextField id="give-amount" kind={Kind::Money} label={W::AmountQ.say(lang)} told={AttrValue::from(available)}
                    value={form.typed.amount.clone()} onchange={form.set(|t, amount| t.amount = amount)} />
                <ul class="small" data-testid="limits">{ for limits.lines(sent, lang).into_iter().map(|line| html! { <li key={line.clone()}>{ line }</li> }) }</ul>
            </>
        };
        let before = wallet.available_fen;
        let read = read(&form.typed.amount, before, limits, lang);
        let notes = read.clone().err().into_iter().collect();
        let relation = to.iter().find(|relation| Some(relation.id) == form.typed.to).cloned();
        let here = deeds.clone();
        let go = move || match (&read, &relation) {
            (Ok(amount), Some(relation)) => check(&here, relation, *amount, before, limits, lang),
            _ => browser::focus("give-amount"),
        };
        form.view("give", notes, fields, W::Next.say(lang), go)
    };
    let told = {
        let (first, second) = (props.again.clone(), accounts_again.clone());
        Callback::from(move |()| {
            first.emit(());
            second.emit(());
        })
    };
    let another = {
        let (deeds, form) = (deeds.clone(), form.clone());
        Callback::from(move |_: MouseEvent| {
            form.again(Typed { amount: String::new(), ..(*form.typed).clone() });
            deeds.again();
        })
    };
    let done = |_: &Booked| {
        html! {
            <Once {told}>
                <p role="status" data-testid="given">{ G::Given.say(lang) }</p>
                <button type="button" class="secondary" data-testid="give-another" onclick={another}>{ W::Another.say(lang) }</button>
            </Once>
        }
    };
    html! {
        <section aria-labelledby="give-title">
            <h2 id="give-title">{ G::GiveTitle.say(lang) }</h2>
            { deeds.view(W::Confirm.say(lang), typing, done) }
        </section>
    }
}

fn read(typed: &str, available: Fen, limits: Limits, lang: Lang) -> Result<Fen, FieldNote> {
    let amount = yuan(typed).ok().flatten().filter(|fen| !fen.is_zero());
    let bad = || wrong("give-amount", RefusalCode::Malformed.code(), W::WrongAmount.say(lang));
    let amount = amount.ok_or_else(bad)?;
    if let Some(most) = limits.most.filter(|most| amount > *most) {
        let over = G::LimitMost.fill(lang, &[&money(most)]);
        return Err(wrong("give-amount", WalletCode::OverLimitPerTransfer.code(), &over));
    }
    if amount > available {
        let more = W::WrongMore.fill(lang, &[&money(available)]);
        return Err(wrong("give-amount", WalletCode::InsufficientFunds.code(), &more));
    }
    Ok(amount)
}

fn check(deeds: &Deeds<Booked>, relation: &RelationOut, amount: Fen, before: Fen, limits: Limits, lang: Lang) {
    let who = relative(relation.side, relation.kin, lang);
    let back = match limits.returned {
        Some(at) => G::GiveThenReturned.fill(lang, &[&at.to_string()]),
        None => G::GiveThenWaits.say(lang).into(),
    };
    let then = vec![
        G::GiveThenHeld.fill(lang, &[&money(before), &money(before.above(amount))]),
        back,
        G::GiveThenFinal.say(lang).into(),
        W::ThenOnce.say(lang).into(),
    ];
    let ask = GiftAsk { relation: relation.id, amount_fen: amount };
    deeds.check(TRANSFERS.into(), &ask, G::GiveSay.fill(lang, &[&who, &money(amount)]), then);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transfer_is_within_the_limit_and_the_balance() {
        let fen = |fen| Fen::new(fen).unwrap();
        let limits = Limits { most: Some(fen(200_000)), ..Limits::default() };
        let code = |typed: &str| read(typed, fen(250_000), limits, Lang::Zh).map_err(|note| note.code);
        assert_eq!(code("2000"), Ok(fen(200_000)));
        assert_eq!(code("2000.01"), Err("AX3061"));
        assert_eq!(code("0"), Err("AX1001"));
        assert_eq!(read("2600", fen(250_000), Limits::default(), Lang::Zh).map_err(|n| n.code), Err("AX3070"));
    }
}
