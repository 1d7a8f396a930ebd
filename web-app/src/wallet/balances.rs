use anxin_core::Fen;
use wallet_types::{AccountKindName, AccountOut, Id, Statement};
use yew::prelude::*;

use super::load::{Load, use_load};
use super::moves::moves;
use super::time;
use super::trouble::waiting;
use super::words::{W, account as kind_name};
use crate::charts::{Part, StackBar};
use crate::hooks::use_lang;
use crate::i18n::{Lang, T};
use crate::services::words::money;

/// Lines of an account that are shown beside its balance.
const LATEST: u32 = 3;

/// The last four digits, as a bank shows a number.
pub fn tail(id: Id) -> String {
    id.to_string().chars().skip(28).collect()
}

pub fn in_all(amounts: impl IntoIterator<Item = Fen>) -> Fen {
    Fen::checked_sum(amounts).unwrap_or_default()
}

#[derive(Properties, PartialEq)]
pub struct WhereProps {
    pub accounts: Vec<AccountOut>,
}

/// A picture of what is where. The same figures stand below it as text.
#[component]
pub fn Where(props: &WhereProps) -> Html {
    let lang = use_lang();
    let parts = parts(&props.accounts);
    let whole = in_all(parts.iter().map(|part| part.amount));
    if whole.is_zero() {
        return Html::default();
    }
    let named = |part: &Part| format!("{} {}", part.name.say(lang), money(part.amount));
    let list = parts.iter().map(named).collect::<Vec<_>>().join(lang.of("，", ", "));
    let label = W::WhereLabel.fill(lang, &[&money(whole), &list]);
    html! {
        <section aria-labelledby="where-title">
            <h2 id="where-title">{ W::WhereTitle.say(lang) }</h2>
            <StackBar {parts} {whole} label={label.clone()} />
            <p class="small" aria-hidden="true">{ label }</p>
        </section>
    }
}

fn parts(accounts: &[AccountOut]) -> Vec<Part> {
    let of = |kind| in_all(accounts.iter().filter(|a| a.kind == kind).map(|a| a.available_fen));
    let all = [
        ("pool", T::ShortPersonal, of(AccountKindName::Personal)),
        ("hifmi", T::ShortWallet, of(AccountKindName::Wallet)),
        ("aid", T::ShortQuota, of(AccountKindName::Quota)),
        ("hospital", T::ShortHeld, in_all(accounts.iter().map(|a| a.held_fen))),
    ];
    let there = all.into_iter().filter(|(.., amount)| amount.get() > 0);
    there.map(|(key, name, amount)| Part { key, name, short: name, amount }).collect()
}

#[derive(Properties, PartialEq)]
pub struct CardProps {
    pub account: AccountOut,
}

/// One account with its balance and what moved last.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let lang = use_lang();
    let account = &props.account;
    let (load, again) = use_load::<Statement>(format!("/wallet/accounts/{}/statement?most={LATEST}", account.id));
    let kind = word(account.kind);
    html! {
        <section class="card account" data-testid={format!("account-{kind}")} aria-labelledby={format!("account-{}", account.id)}>
            <h3 id={format!("account-{}", account.id)}>
                { kind_name(account.kind, lang) }
                <span class="small">{ " " }{ W::Ending.fill(lang, &[&tail(account.id)]) }</span>
            </h3>
            <dl class="figures">
                { figure(&format!("available-{kind}"), W::Available, account.available_fen, lang) }
                { figure(&format!("held-{kind}"), W::Held, account.held_fen, lang) }
                { figure(&format!("posted-{kind}"), W::Posted, account.posted_fen, lang) }
            </dl>
            <p class="small">
                if account.closed_at.is_some() {
                    { W::Closed.say(lang) }
                } else {
                    { W::Opened.fill(lang, &[&time::day(&account.opened_at)]) }
                }
            </p>
            <h4>{ W::LatestTitle.say(lang) }</h4>
            { waiting(&load, again, lang) }
            if let Load::Here(statement) = &load {
                if statement.lines.is_empty() {
                    <p>{ W::NoMoves.say(lang) }</p>
                } else {
                    { moves(&statement.lines, lang) }
                }
            }
        </section>
    }
}

pub fn figure(id: &str, name: W, amount: Fen, lang: Lang) -> Html {
    html! {
        <div>
            <dt>{ name.say(lang) }</dt>
            <dd data-testid={id.to_owned()} data-fen={amount.get().to_string()}>{ money(amount) }</dd>
        </div>
    }
}

/// As in ids.
fn word(kind: AccountKindName) -> &'static str {
    match kind {
        AccountKindName::Personal => "personal",
        AccountKindName::Wallet => "wallet",
        AccountKindName::Quota => "quota",
        _ => "other",
    }
}
