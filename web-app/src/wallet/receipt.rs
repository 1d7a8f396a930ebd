use std::rc::Rc;

use wallet_types::{AccountOut, Accounts, Id, LegOut, ReceiptOut, TransferOut};
use yew::prelude::*;

use super::balances::{in_all, tail};
use super::history::save;
use super::home::ACCOUNTS;
use super::load::{Load, use_load};
use super::proof::{self, Fault, Proven, Signer};
use super::time;
use super::trouble::waiting;
use super::words::{W, account as kind_name, purpose as purpose_name};
use crate::app::Route;
use crate::components::Way;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::services::words::money;

#[derive(Properties, PartialEq)]
pub struct ReceiptProps {
    pub transfer: String,
}

/// A transfer, and the proof that it was booked.
#[component]
pub fn Receipt(props: &ReceiptProps) -> Html {
    let lang = use_lang();
    // What is no id is asked for as one that nobody has.
    let id = Id::parse(&props.transfer).unwrap_or(Id(0));
    let (transfer, again) = use_load::<TransferOut>(format!("/wallet/transfers/{id}"));
    let (receipt, again_receipt) = use_load::<ReceiptOut>(format!("/wallet/transfers/{id}/receipt"));
    let (accounts, _) = use_load::<Accounts>(ACCOUNTS.into());
    let own = if let Load::Here(accounts) = accounts { accounts.accounts } else { Vec::new() };
    html! {
        <>
            { waiting(&transfer, again, lang) }
            if let Load::Here(transfer) = &transfer {
                { shown(transfer, &own, lang) }
                { waiting(&receipt, again_receipt, lang) }
                if let Load::Here(receipt) = &receipt {
                    <Proof receipt={Rc::new(receipt.clone())} transfer={transfer.clone()} />
                    <div class="buttons">
                        <button type="button" class="secondary" data-testid="save-receipt" onclick={keep(receipt)}>
                            { W::SaveReceipt.say(lang) }
                        </button>
                        <button type="button" class="secondary" data-testid="print" onclick={Callback::from(|_: MouseEvent| browser::print())}>
                            { W::PrintReceipt.say(lang) }
                        </button>
                    </div>
                }
            }
            <p class="screen"><Way to={Route::WalletHistory}>{ W::BackToHistory.say(lang) }</Way></p>
        </>
    }
}

fn keep(receipt: &ReceiptOut) -> Callback<MouseEvent> {
    let name = format!("anxin-receipt-{}.json", tail(receipt.transfer));
    let text = serde_json::to_string_pretty(receipt).unwrap_or_default();
    Callback::from(move |_| save(text.as_bytes(), "application/json", &name))
}

fn shown(transfer: &TransferOut, own: &[AccountOut], lang: Lang) -> Html {
    let amount = in_all(transfer.legs.iter().map(|leg| leg.amount_fen));
    let whose = |id: Id| match own.iter().find(|account| account.id == id) {
        Some(account) => W::Mine.fill(lang, &[kind_name(account.kind, lang), &tail(id)]),
        None => W::Others.fill(lang, &[&tail(id)]),
    };
    let leg = |leg: &LegOut| {
        html! {
            <>
                <div><dt>{ W::From.say(lang) }</dt><dd>{ whose(leg.from) }</dd></div>
                <div><dt>{ W::To.say(lang) }</dt><dd>{ whose(leg.to) }{ " " }{ money(leg.amount_fen) }</dd></div>
            </>
        }
    };
    html! {
        <section aria-labelledby="transfer-title">
            <h2 id="transfer-title">{ purpose_name(transfer.purpose, lang) }</h2>
            <dl class="facts" data-testid="transfer">
                <div><dt>{ W::Amount.say(lang) }</dt>
                    <dd><strong data-testid="receipt-amount" data-fen={amount.get().to_string()}>{ money(amount) }</strong></dd></div>
                { for transfer.legs.iter().map(leg) }
                if !transfer.refunded_fen.is_zero() {
                    <div><dt>{ W::Refunded.say(lang) }</dt><dd>{ money(transfer.refunded_fen) }</dd></div>
                }
                <div><dt>{ W::TransferId.say(lang) }</dt><dd><code>{ transfer.id.to_string() }</code></dd></div>
            </dl>
            if transfer.corrected {
                <p class="notice caution">{ W::Corrected.say(lang) }</p>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub struct ProofProps {
    pub receipt: Rc<ReceiptOut>,
    /// What the server shows beside it.
    #[prop_or_default]
    pub transfer: Option<TransferOut>,
}

/// What checking a receipt came to, and what was checked.
#[component]
pub fn Proof(props: &ProofProps) -> Html {
    let lang = use_lang();
    let receipt = &props.receipt;
    let outcome = proof::check(receipt);
    let differs =
        matches!((&outcome, &props.transfer), (Ok(Proven { moved: Some(moved), .. }), Some(shown)) if !moved.is(shown));
    let (valid, text) = match &outcome {
        Ok(_) if differs => (false, W::FaultShown.say(lang).to_owned()),
        Ok(proven) => (true, said(receipt, proven, lang)),
        Err(fault) => (false, why(*fault).say(lang).to_owned()),
    };
    let (mark, word) = if valid { ("✓", W::Valid) } else { ("✗", W::NotValid) };
    html! {
        <section aria-labelledby="proof-title">
            <h2 id="proof-title">{ W::ProofTitle.say(lang) }</h2>
            <p class="hint">{ W::ProofIntro.say(lang) }</p>
            <p class={classes!("verdict", if valid { "yes" } else { "no" })} role="status" data-testid="proof" data-valid={valid.to_string()}>
                <span aria-hidden="true">{ mark }</span>{ " " }{ word.say(lang) }
            </p>
            <p>{ text }</p>
            if let (true, Ok(proven)) = (valid, &outcome) {
                <p class="notice" data-testid="signer">{ signed(receipt, &proven.signer, lang) }</p>
            }
            <dl class="facts">
                <div><dt>{ W::BookedAt.say(lang) }</dt><dd>{ time::shown(&receipt.booked_at) }</dd></div>
                <div><dt>{ W::TransferId.say(lang) }</dt><dd><code>{ receipt.transfer.to_string() }</code></dd></div>
            </dl>
            <details class="digests">
                <summary>{ W::Digests.say(lang) }</summary>
                <dl class="facts">
                    <div><dt>{ W::Leaf.say(lang) }</dt><dd><code>{ receipt.leaf.clone() }</code></dd></div>
                    <div><dt>{ W::Root.say(lang) }</dt><dd><code>{ receipt.root.clone() }</code></dd></div>
                    <div>
                        <dt>{ W::PathSteps.fill(lang, &[&receipt.path.len().to_string()]) }</dt>
                        <dd><ol>{ for receipt.path.iter().map(|step| html! { <li><code>{ step.clone() }</code></li> }) }</ol></dd>
                    </div>
                </dl>
            </details>
        </section>
    }
}

fn said(receipt: &ReceiptOut, proven: &Proven, lang: Lang) -> String {
    let (line, size) = (receipt.entry.to_string(), receipt.size.to_string());
    match &proven.moved {
        Some(moved) => {
            let amount = money(in_all(moved.legs.iter().map(|leg| leg.amount)));
            W::ValidWhole.fill(lang, &[&line, purpose_name(moved.purpose, lang), &amount, &size])
        }
        None => W::ValidPart.fill(lang, &[&line, &size]),
    }
}

fn signed(receipt: &ReceiptOut, signer: &Signer, lang: Lang) -> String {
    let when = receipt.signed.as_ref().map(|signed| time::shown(&signed.signed_at)).unwrap_or_default();
    match signer {
        Signer::Nobody => W::Unsigned.say(lang).to_owned(),
        Signer::Key(number) => W::SignedBy.fill(lang, &[number, &when]),
        Signer::Absent(number) => W::SignerAbsent.fill(lang, &[number]),
    }
}

fn why(fault: Fault) -> W {
    match fault {
        Fault::Signature => W::FaultSignature,
        Fault::Unreadable => W::FaultUnreadable,
        Fault::Line => W::FaultLine,
        Fault::Path => W::FaultPath,
        Fault::Other => W::FaultOther,
    }
}
