//! A batch line by line, to be printed or kept as a table.

use anxin_core::Fen;
use wallet_types::{BatchOfOrders, Deduction, FundName, Id};
use yew::prelude::*;

use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::services::words::money;
use crate::wallet::api::{self, Trouble};
use crate::wallet::history::save;
use crate::wallet::load::{Load, use_load};
use crate::wallet::time;
use crate::wallet::trouble::{TroubleView, waiting};
use crate::wallet::words::W;

#[derive(Properties, PartialEq)]
pub struct StatementProps {
    pub batch: Id,
}

#[component]
pub fn BatchStatement(props: &StatementProps) -> Html {
    let (lang, batch) = (use_lang(), props.batch);
    let trouble = use_state(|| None::<Trouble>);
    let (load, again) = use_load::<BatchOfOrders>(format!("/pay/clearing/batches/{batch}"));
    let keep = {
        let trouble = trouble.clone();
        Callback::from(move |_: MouseEvent| {
            let trouble = trouble.clone();
            yew::platform::spawn_local(async move {
                match api::bytes(&format!("/pay/clearing/batches/{batch}/statement.csv"), lang).await {
                    Ok(table) => save(&table, "text/csv;charset=utf-8", "anxin-clearing.csv"),
                    Err(cause) => trouble.set(Some(cause)),
                }
            });
        })
    };
    html! {
        <>
            if let Some(trouble) = (*trouble).clone() {
                <TroubleView {trouble} />
            }
            { waiting(&load, again, lang) }
            if let Load::Here(batch) = &load {
                { table(batch, lang) }
                <div class="buttons">
                    <button type="button" class="secondary" data-testid="batch-csv" onclick={keep}>{ W::SaveCsv.say(lang) }</button>
                    <button type="button" class="secondary" onclick={Callback::from(|_: MouseEvent| browser::print())}>{ W::DayPrint.say(lang) }</button>
                </div>
            }
        </>
    }
}

fn row(what: String, at: String, pooled: Fen, account: Fen) -> Html {
    html! {
        <tr><th scope="row">{ what }</th><td>{ at }</td><td class="amount">{ money(pooled) }</td><td class="amount">{ money(account) }</td></tr>
    }
}

fn deduction(deduction: &Deduction, lang: Lang) -> Html {
    let of = |fund| if deduction.fund == fund { -deduction.amount_fen } else { Fen::ZERO };
    let what = format!("{} · {}", W::BatchDeducted.say(lang), deduction.reason);
    row(what, String::new(), of(FundName::Pooled), of(FundName::Account))
}

fn table(batch: &BatchOfOrders, lang: Lang) -> Html {
    let paid = batch.payable_pooled_fen.above(batch.recovered_fen);
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={W::BatchStatement.say(lang)}>
            <table data-testid="batch-lines">
                <thead><tr>
                    <th scope="col">{ W::BatchOrder.say(lang) }</th>
                    <th scope="col">{ W::BatchAt.say(lang) }</th>
                    <th scope="col">{ W::BatchPooled.say(lang) }</th>
                    <th scope="col">{ W::BatchAccount.say(lang) }</th>
                </tr></thead>
                <tbody>
                    { for batch.lines.iter().map(|line| row(line.order.to_string(), time::shown(&line.at), line.pooled_fen, line.account_fen)) }
                    { for batch.deductions.iter().map(|d| deduction(d, lang)) }
                    if !batch.recovered_fen.is_zero() {
                        { row(W::BatchRecovered.say(lang).into(), String::new(), -batch.recovered_fen, Fen::ZERO) }
                    }
                    { row(W::BatchPayable.say(lang).into(), String::new(), paid, batch.payable_account_fen) }
                </tbody>
            </table>
        </div>
    }
}
