use std::rc::Rc;

use wallet_types::{AccountOut, Accounts, Booked};
use yew::prelude::*;

use super::api::{self, Trouble};
use super::home::ACCOUNTS;
use super::load::{Load, use_load};
use super::pending;
use super::send_form::{Errand, Form, Order, source};
use super::session::{Change, SessionHandle, use_session};
use super::trouble::{TroubleView, waiting};
use super::words::W;
use crate::app::Route;
use crate::components::{Choice, FieldNotes, Kind, Radios, TextField, Way};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::services::words::money;

/// How far a transfer has come.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Typing,
    Checking(Order),
    Sending(Order),
    /// Sent, and nothing came back.
    Unclear(Order),
    Done(Order, Booked),
}

/// Moves money in three steps: fill in, check, confirm.
#[component]
pub fn Send() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<Accounts>(ACCOUNTS.into());
    html! {
        <>
            { waiting(&load, again.clone(), lang) }
            if let Load::Here(accounts) = &load {
                <Desk accounts={accounts.accounts.clone()} {again} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DeskProps {
    accounts: Vec<AccountOut>,
    /// Reads the balances again.
    again: Callback<()>,
}

/// What the steps share.
#[derive(Clone)]
struct Till {
    name: String,
    stage: UseStateHandle<Stage>,
    form: UseStateHandle<Form>,
    trouble: UseStateHandle<Option<Trouble>>,
    session: SessionHandle,
    again: Callback<()>,
    lang: Lang,
}

#[component]
fn Desk(props: &DeskProps) -> Html {
    let lang = use_lang();
    let session = use_session();
    let name = session.as_ref().and_then(|s| s.session.clone()).map(|s| s.name).unwrap_or_default();
    let stage = use_state(|| pending::of(&name).map_or(Stage::Typing, Stage::Unclear));
    let form = use_state(Form::default);
    let tried = use_state(|| false);
    let trouble = use_state(|| None::<Trouble>);
    let opened = use_mut_ref(|| false);
    use_effect_with(std::mem::discriminant(&*stage), move |_| {
        // Whoever has just opened the page is not moved past its beginning.
        if opened.replace(true) {
            browser::focus_here("stage");
        }
    });
    let Some(session) = session else { return Html::default() };
    let till =
        Till { name, stage: stage.clone(), form, trouble: trouble.clone(), session, again: props.again.clone(), lang };
    let step = match &*stage {
        Stage::Typing => typing(&till, &props.accounts, &tried),
        Stage::Checking(order) => checking(&till, order, false),
        Stage::Sending(order) => checking(&till, order, true),
        Stage::Unclear(order) => unclear(&till, order),
        Stage::Done(order, booked) => done(&till, order, booked),
    };
    html! {
        <>
            <p class="lead">{ W::SendIntro.say(lang) }</p>
            <div id="stage" tabindex="-1">
                if let Some(trouble) = (*trouble).clone() {
                    <TroubleView {trouble} />
                }
                { step }
            </div>
        </>
    }
}

fn typing(till: &Till, accounts: &[AccountOut], tried: &UseStateHandle<bool>) -> Html {
    let (lang, form) = (till.lang, &till.form);
    let notes = form.read(accounts, "", lang).err().filter(|_| **tried).unwrap_or_default();
    let available =
        source(form.errand, accounts).map(|account| W::AmountHint.fill(lang, &[&money(account.available_fen)]));
    let errands = [(Errand::TopUp, "top-up", W::KindTopUp), (Errand::Return, "return", W::KindReturn)];
    let errands: Vec<Choice<Errand>> =
        errands.into_iter().map(|(e, word, name)| Choice::new(e, word, name.say(lang))).collect();
    let change = {
        let form = form.clone();
        Callback::from(move |amount| form.set(Form { amount, ..(*form).clone() }))
    };
    let errand = {
        let form = form.clone();
        Callback::from(move |errand| form.set(Form { errand, ..(*form).clone() }))
    };
    let onsubmit = {
        let (till, tried, accounts) = (till.clone(), tried.clone(), accounts.to_vec());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            check(&till, &accounts);
        })
    };
    html! {
        <ContextProvider<FieldNotes> context={FieldNotes(Rc::new(notes))}>
            <form {onsubmit} data-testid="send-form">
                <Radios<Errand> id="errand" legend={W::KindQ.say(lang)} choices={errands} value={Some(form.errand)} onchange={errand} />
                <TextField id="amount" label={W::AmountQ.say(lang)} told={available.map(AttrValue::from)} kind={Kind::Money}
                    value={form.amount.clone()} onchange={change} />
                <button type="submit" data-testid="next">{ W::Next.say(lang) }</button>
            </form>
        </ContextProvider<FieldNotes>>
    }
}

/// On to the next step, with a key of its own for what will be confirmed there.
fn check(till: &Till, accounts: &[AccountOut]) {
    let Some(key) = pending::new_key() else { return till.trouble.set(Some(Trouble::NoChance)) };
    match till.form.read(accounts, &key, till.lang) {
        Ok(order) => {
            till.trouble.set(None);
            till.stage.set(Stage::Checking(order));
        }
        Err(notes) => {
            if let Some(first) = notes.first() {
                browser::focus(&first.field);
            }
        }
    }
}

fn place(order: &Order, lang: Lang) -> (&'static str, &'static str) {
    let (from, to) = match order.errand {
        Errand::TopUp => (W::MyPersonal, W::MyWallet),
        Errand::Return => (W::MyWallet, W::MyPersonal),
    };
    (from.say(lang), to.say(lang))
}

/// What will happen, before it does.
fn checking(till: &Till, order: &Order, busy: bool) -> Html {
    let lang = till.lang;
    let (from, to) = place(order, lang);
    let amount = money(order.amount);
    let after = money(order.before.above(order.amount));
    let there = money(order.before_to.plus(order.amount));
    let confirm = {
        let (till, order) = (till.clone(), order.clone());
        Callback::from(move |_: MouseEvent| send(&till, order.clone()))
    };
    let back = {
        let stage = till.stage.clone();
        Callback::from(move |_: MouseEvent| stage.set(Stage::Typing))
    };
    html! {
        <section aria-labelledby="confirm-title">
            <h2 id="confirm-title">{ W::ConfirmTitle.say(lang) }</h2>
            <p class="sentence" data-testid="confirm-say">{ W::ConfirmSay.fill(lang, &[from, &amount, to]) }</p>
            <h3>{ W::Then.say(lang) }</h3>
            <ul data-testid="then">
                <li>{ W::ThenBalance.fill(lang, &[from, &money(order.before), &after]) }</li>
                <li>{ W::ThenBalance.fill(lang, &[to, &money(order.before_to), &there]) }</li>
                <li>{ W::ThenOnce.say(lang) }</li>
            </ul>
            <div class="buttons">
                <button type="button" data-testid="confirm" disabled={busy} onclick={confirm}>
                    { if busy { W::Sending } else { W::Confirm }.say(lang) }
                </button>
                <button type="button" class="secondary" data-testid="change" disabled={busy} onclick={back}>{ W::Change.say(lang) }</button>
            </div>
        </section>
    }
}

/// Sends what was confirmed. The same order has the same key, however often it is sent.
fn send(till: &Till, order: Order) {
    till.trouble.set(None);
    till.stage.set(Stage::Sending(order.clone()));
    pending::keep(&till.name, &order);
    let till = till.clone();
    yew::platform::spawn_local(async move {
        let answer = api::post::<_, Booked>("/wallet/transfers", &order.ask(), &order.key, till.lang).await;
        match answer {
            Ok(booked) => {
                pending::done(&till.name);
                till.stage.set(Stage::Done(order, booked));
                till.again.emit(());
            }
            // It was turned away at the door, and waits there for its sender.
            Err(Trouble::SignedOut) => {
                till.stage.set(Stage::Checking(order));
                till.session.dispatch(Change::Expired);
            }
            Err(trouble) if trouble.is_unclear() => {
                till.trouble.set(Some(trouble));
                till.stage.set(Stage::Unclear(order));
            }
            Err(trouble) => {
                pending::done(&till.name);
                till.trouble.set(Some(trouble));
                till.stage.set(Stage::Typing);
                till.again.emit(());
            }
        }
    });
}

fn unclear(till: &Till, order: &Order) -> Html {
    let lang = till.lang;
    let (from, to) = place(order, lang);
    let ask = {
        let (till, order) = (till.clone(), order.clone());
        Callback::from(move |_: MouseEvent| send(&till, order.clone()))
    };
    html! {
        <section class="notice caution" aria-labelledby="unclear-title" data-testid="unclear">
            <h2 id="unclear-title">{ W::UnclearTitle.say(lang) }</h2>
            <p>{ W::ConfirmSay.fill(lang, &[from, &money(order.amount), to]) }</p>
            <p>{ W::UnclearHint.say(lang) }</p>
            <button type="button" data-testid="ask-result" onclick={ask}>{ W::AskResult.say(lang) }</button>
        </section>
    }
}

fn done(till: &Till, order: &Order, booked: &Booked) -> Html {
    let lang = till.lang;
    let (from, to) = place(order, lang);
    let left =
        booked.balances.iter().find(|balance| balance.account == order.from).map(|balance| balance.available_fen);
    let another = {
        let (stage, form) = (till.stage.clone(), till.form.clone());
        Callback::from(move |_: MouseEvent| {
            form.set(Form::default());
            stage.set(Stage::Typing);
        })
    };
    html! {
        <section aria-labelledby="done-title" data-testid="done">
            <h2 id="done-title">{ W::DoneTitle.say(lang) }</h2>
            <p class="sentence">{ W::DoneSay.fill(lang, &[&money(order.amount), to]) }</p>
            if let Some(left) = left {
                <p data-testid="left" data-fen={left.get().to_string()}>{ W::LeftSay.fill(lang, &[from, &money(left)]) }</p>
            }
            if let Some(transfer) = booked.transfer {
                <p><Way to={Route::WalletReceipt { transfer: transfer.to_string() }}>{ W::SeeReceipt.say(lang) }</Way></p>
            }
            <button type="button" class="secondary" data-testid="another" onclick={another}>{ W::Another.say(lang) }</button>
        </section>
    }
}
