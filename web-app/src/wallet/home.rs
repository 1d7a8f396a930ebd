use wallet_types::{AccountKindName, Accounts};
use yew::prelude::*;

use super::balances::{Card, Where, figure, in_all};
use super::load::{Load, use_load};
use super::trouble::{CopyCode, waiting};
use super::words::W;
use crate::app::Route;
use crate::components::Way;
use crate::hooks::use_lang;
use crate::i18n::Lang;

pub const ACCOUNTS: &str = "/wallet/accounts?most=500";

/// What somebody has, and where it is.
#[component]
pub fn Home() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<Accounts>(ACCOUNTS.into());
    html! {
        <>
            { waiting(&load, again, lang) }
            if let Load::Here(accounts) = &load {
                { told(accounts, lang) }
            }
        </>
    }
}

fn told(Accounts { accounts, .. }: &Accounts, lang: Lang) -> Html {
    if accounts.is_empty() {
        return html! { <p data-testid="no-accounts">{ W::NoAccounts.say(lang) }</p> };
    }
    let all = in_all(accounts.iter().map(|account| account.available_fen));
    let wallet = accounts.iter().find(|account| account.kind == AccountKindName::Wallet);
    html! {
        <>
            <dl class="figures">{ figure("available-all", W::AllAvailable, all, lang) }</dl>
            <Where accounts={accounts.clone()} />
            if let Some(wallet) = wallet {
                <section class="number" aria-labelledby="number-title">
                    <h2 id="number-title">{ W::MyNumber.say(lang) }</h2>
                    <p data-testid="my-number" data-number={wallet.id.to_string()}>
                        <CopyCode text={wallet.id.to_string()} label={W::CopyNumber.say(lang)} shown={grouped(&wallet.id.to_string())} />
                    </p>
                    <p class="hint">{ W::MyNumberHint.say(lang) }</p>
                </section>
            }
            <section aria-labelledby="balances-title">
                <h2 id="balances-title">{ W::BalancesTitle.say(lang) }</h2>
                <div class="cards">{ for accounts.iter().map(|account| html! { <Card key={account.id.to_string()} account={account.clone()} /> }) }</div>
                <p><Way to={Route::WalletHistory}>{ W::AllMoves.say(lang) }</Way></p>
            </section>
        </>
    }
}

/// In fours, as people read a long number.
pub fn grouped(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
