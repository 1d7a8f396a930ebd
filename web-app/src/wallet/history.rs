use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wallet_types::{AccountOut, Accounts, Id, LineOut, PurposeName, Statement};
use web_sys::{Blob, BlobPropertyBag};
use yew::prelude::*;

use super::api::{self, Trouble};
use super::balances::tail;
use super::filter::{Direction, Filter, FilterHandle, purposes, sums};
use super::home::ACCOUNTS;
use super::load::{Load, use_asked, use_load};
use super::moves::moves;
use super::session::use_session;
use super::sheet::{csv, paper};
use super::trouble::waiting;
use super::words::{W, account as kind_name, purpose as purpose_name};
use crate::components::{Choice, Kind, Pick, TextField};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::services::words::money;

/// Lines shown at a time.
const SHOWN: usize = 20;
/// Lines asked for at a time, and how often: a person's statement is shorter than both together.
const PAGE: usize = 500;
const PAGES_MAX: usize = 10;

/// An account's lines as far as they were read.
#[derive(Clone, Debug, Default, PartialEq)]
struct Lines {
    lines: Rc<Vec<LineOut>>,
    /// Whether there are earlier ones.
    more: bool,
}

/// What came and went on one account, by what somebody looks for.
#[component]
pub fn History() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<Accounts>(ACCOUNTS.into());
    html! {
        <>
            { waiting(&load, again, lang) }
            if let Load::Here(accounts) = &load {
                if accounts.accounts.is_empty() {
                    <p>{ W::NoAccounts.say(lang) }</p>
                } else {
                    <Ledger accounts={accounts.accounts.clone()} />
                }
            }
        </>
    }
}

async fn read(account: Option<Id>, lang: Lang) -> Result<Lines, Trouble> {
    let Some(account) = account else { return Ok(Lines::default()) };
    let mut lines = Vec::new();
    let mut before = String::new();
    for _ in 0..PAGES_MAX {
        let path = format!("/wallet/accounts/{account}/statement?most={PAGE}{before}");
        let statement: Statement = api::get(&path, lang).await?;
        lines.extend(statement.lines);
        match statement.next {
            Some(next) => before = format!("&before={next}"),
            None => return Ok(Lines { lines: Rc::new(lines), more: false }),
        }
    }
    Ok(Lines { lines: Rc::new(lines), more: true })
}

#[derive(Properties, PartialEq)]
struct LedgerProps {
    accounts: Vec<AccountOut>,
}

#[component]
fn Ledger(props: &LedgerProps) -> Html {
    let lang = use_lang();
    let name = use_session().and_then(|s| s.session.clone()).map(|s| s.name).unwrap_or_default();
    let Some(filter) = use_context::<FilterHandle>() else { return Html::default() };
    let chosen = props.accounts.iter().find(|a| Some(a.id) == filter.account).or_else(|| props.accounts.first());
    let (load, again) = use_asked(chosen.map(|account| account.id), read);
    let Some(account) = chosen else { return Html::default() };
    let lines = if let Load::Here(lines) = &load { Rc::clone(&lines.lines) } else { Rc::default() };
    let fitting: Vec<LineOut> = lines.iter().filter(|line| filter.fits(line)).cloned().collect();
    let title = heading(&name, account, &filter, lang);
    html! {
        <>
            <div class="screen">
                { fields(&props.accounts, account, &filter, &lines, lang) }
                { waiting(&load, again, lang) }
                if let Load::Here(read) = &load {
                    if read.more {
                        <p class="notice caution">{ W::TooMany.fill(lang, &[&lines.len().to_string()]) }</p>
                    }
                    { found(&fitting, &filter, lang) }
                }
            </div>
            { paper(&title, &fitting, lang) }
        </>
    }
}

fn heading(name: &str, account: &AccountOut, filter: &Filter, lang: Lang) -> String {
    let period = match (filter.from.as_str(), filter.to.as_str()) {
        ("", "") => W::PeriodAll.say(lang).to_owned(),
        (from, "") => W::PeriodFrom.fill(lang, &[from]),
        ("", to) => W::PeriodTo.fill(lang, &[to]),
        (from, to) => W::Period.fill(lang, &[from, to]),
    };
    let number = W::Ending.fill(lang, &[&tail(account.id)]);
    let of = W::StatementFor.fill(lang, &[name, kind_name(account.kind, lang), &number, &period]);
    format!("{}{}{of}", W::StatementTitle.say(lang), lang.of("：", ": "))
}

/// A callback that changes the filter and goes back to the first page.
fn setter<V: 'static>(filter: &FilterHandle, set: fn(&mut Filter, V)) -> Callback<V> {
    let filter = filter.clone();
    Callback::from(move |value| {
        let mut next = Filter { page: 0, ..(*filter).clone() };
        set(&mut next, value);
        filter.set(next);
    })
}

fn fields(accounts: &[AccountOut], chosen: &AccountOut, filter: &FilterHandle, lines: &[LineOut], lang: Lang) -> Html {
    let accounts: Vec<Choice<Id>> = accounts
        .iter()
        .map(|a| {
            let number = W::Ending.fill(lang, &[&tail(a.id)]);
            Choice::new(a.id, a.id.to_string(), format!("{} · {number}", kind_name(a.kind, lang)))
        })
        .collect();
    let any = Choice::new(None, "all", W::PurposeAll.say(lang));
    let word = |p: &PurposeName| serde_json::json!(p).as_str().unwrap_or_default().to_owned();
    let purposes = purposes(lines).into_iter().map(|p| Choice::new(Some(p), word(&p), purpose_name(p, lang)));
    let purposes: Vec<Choice<Option<PurposeName>>> = std::iter::once(any).chain(purposes).collect();
    let directions = [
        (Direction::All, "all", W::DirectionAll),
        (Direction::In, "in", W::DirectionIn),
        (Direction::Out, "out", W::DirectionOut),
        (Direction::Held, "held", W::DirectionHeld),
    ];
    let directions: Vec<Choice<Direction>> =
        directions.into_iter().map(|(value, word, name)| Choice::new(value, word, name.say(lang))).collect();
    html! {
        <form class="filters pair" onsubmit={Callback::from(|e: SubmitEvent| e.prevent_default())}>
            <Pick<Id> id="account" legend={W::AccountQ.say(lang)} choices={accounts} value={Some(chosen.id)}
                onchange={setter(filter, |f, id| f.account = Some(id))} />
            <Pick<Direction> id="direction" legend={W::DirectionQ.say(lang)} choices={directions} value={Some(filter.direction)}
                onchange={setter(filter, |f, direction| f.direction = direction)} />
            <Pick<Option<PurposeName>> id="purpose" legend={W::PurposeQ.say(lang)} choices={purposes} value={Some(filter.purpose)}
                onchange={setter(filter, |f, purpose| f.purpose = purpose)} />
            <TextField id="from" label={W::FromDayQ.say(lang)} kind={Kind::Date} value={filter.from.clone()}
                onchange={setter(filter, |f, day| f.from = day)} />
            <TextField id="to" label={W::ToDayQ.say(lang)} kind={Kind::Date} value={filter.to.clone()}
                onchange={setter(filter, |f, day| f.to = day)} />
        </form>
    }
}

fn found(fitting: &[LineOut], filter: &FilterHandle, lang: Lang) -> Html {
    let (into, out) = sums(fitting);
    let count = W::Count.fill(lang, &[&fitting.len().to_string(), &money(into), &money(out)]);
    let save = {
        let fitting = fitting.to_vec();
        Callback::from(move |_: MouseEvent| save(&csv(&fitting, lang), "text/csv;charset=utf-8", "anxin-statement.csv"))
    };
    let shown = fitting.iter().skip(filter.page.saturating_mul(SHOWN)).take(SHOWN).cloned().collect::<Vec<_>>();
    html! {
        <>
            if filter.crossed() {
                <p class="error" role="alert">{ W::DaysCrossed.say(lang) }</p>
            }
            <p role="status" data-testid="count" data-count={fitting.len().to_string()}>{ count }</p>
            if fitting.is_empty() {
                <p>{ W::NothingFits.say(lang) }</p>
            } else {
                <div class="buttons">
                    <button type="button" class="secondary" data-testid="csv" onclick={save}>{ W::SaveCsv.say(lang) }</button>
                    <button type="button" class="secondary" data-testid="print" onclick={Callback::from(|_: MouseEvent| browser::print())}>
                        { W::PrintStatement.say(lang) }
                    </button>
                </div>
                { moves(&shown, lang) }
                { pages(fitting.len(), filter, lang) }
            }
        </>
    }
}

/// Gives bytes to be kept under a name.
pub fn save(bytes: &[u8], kind: &str, name: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    if let Ok(file) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        browser::save(&file, name);
    }
}

fn pages(count: usize, filter: &FilterHandle, lang: Lang) -> Html {
    let last = count.div_ceil(SHOWN).saturating_sub(1);
    if last == 0 {
        return Html::default();
    }
    let go = |page: usize| {
        let filter = filter.clone();
        Callback::from(move |_: MouseEvent| filter.set(Filter { page, ..(*filter).clone() }))
    };
    let (page, turn) = (filter.page.min(last), filter.page);
    html! {
        <div class="buttons pages">
            <button type="button" class="secondary" data-testid="page-before" disabled={page == 0} onclick={go(turn.saturating_sub(1))}>
                { W::Before.say(lang) }
            </button>
            <span data-testid="page">{ W::PageOf.fill(lang, &[&(page + 1).to_string(), &(last + 1).to_string()]) }</span>
            <button type="button" class="secondary" data-testid="page-after" disabled={page == last} onclick={go(turn.saturating_add(1))}>
                { W::After.say(lang) }
            </button>
        </div>
    }
}
