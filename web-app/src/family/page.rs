use std::rc::Rc;

use anxin_core::dispatch::RefusalOut;
use anxin_core::family::{self, FamilyAnswer, WalletBook};
use anxin_core::rules::{Cite, Tier};
use anxin_core::{Day, text};
use yew::prelude::*;

use super::fields::Questions;
use super::form::{Form, Read};
use super::result::AnswerView;
use super::words::F;
use crate::components::{FieldNote, FieldNotes};
use crate::hooks::{Edit, use_lang};
use crate::i18n::{Lang, T};
use crate::services::{browser, engine, packs};

/// The rules of family accounts, once they are there.
#[derive(Clone, PartialEq)]
pub enum Rules {
    Loading,
    Ready(Rc<Book>),
    Failed(String),
}

impl Rules {
    pub fn book(&self) -> Option<&WalletBook> {
        if let Rules::Ready(book) = self { Some(&book.0) } else { None }
    }
}

impl Rules {
    /// The same with areas that an operator declares open.
    pub fn declared(&self, opened: &[String]) -> Rules {
        let (Rules::Ready(book), Some(seen)) = (self, Day::parse(&browser::today())) else { return self.clone() };
        let cite = Cite {
            key: "operator".into(),
            title: "经办机构自行声明".into(),
            number: None,
            date: None,
            url: None,
            tier: Tier::B,
            seen,
        };
        let mut book = book.0.clone();
        book.declare_open(opened, cite);
        Rules::Ready(Rc::new(Book(book)))
    }
}

/// Rules are compared by the digest of their pack.
pub struct Book(WalletBook);

impl PartialEq for Book {
    fn eq(&self, other: &Self) -> bool {
        self.0.digest == other.0.digest
    }
}

struct State(Form);

impl Reducible for State {
    type Action = Edit<Form>;

    fn reduce(self: Rc<Self>, edit: Edit<Form>) -> Rc<Self> {
        let mut form = self.0.clone();
        edit.apply(&mut form);
        Rc::new(State(form))
    }
}

/// Who may share with whom, how much, and what happens then: questions on one side, the answer on the other.
#[component]
pub fn Family() -> Html {
    let lang = use_lang();
    use_effect_with(lang, |lang| {
        browser::set_title(&format!("{} · {}", F::Title.say(*lang), T::AppName.say(*lang)));
    });
    let (rules, retry) = use_rules();
    let state = use_reducer(|| State(Form::blank(browser::today())));
    let editor = {
        let dispatcher = state.dispatcher();
        Callback::from(move |edit| dispatcher.dispatch(edit))
    };
    let form = &state.0;
    let areas = if let Rules::Ready(book) = &rules { book.0.areas.clone() } else { Vec::new() };
    let read = form.read();
    let outcome = answered(&rules, &read, lang);
    let notes = FieldNotes(Rc::new(notes(&read, lang)));
    html! {
        <>
            <h1>{ F::Title.say(lang) }</h1>
            <p class="lead">{ F::Intro.say(lang) }</p>
            <p class="estimate-only" data-testid="preview-only">{ F::Preview.say(lang) }</p>
            { waiting(&rules, retry, lang) }
            <div class="columns">
                <ContextProvider<FieldNotes> context={notes}>
                    <form class="questions" onsubmit={Callback::from(|e: SubmitEvent| e.prevent_default())}>
                        <Questions form={form.clone()} {areas} {editor} />
                    </form>
                </ContextProvider<FieldNotes>>
                <section class="result" id="result" tabindex="-1" aria-labelledby="result-title">
                    <h2 id="result-title">{ F::ResultTitle.say(lang) }</h2>
                    { told(&read, outcome.as_ref(), lang) }
                </section>
            </div>
        </>
    }
}

#[hook]
pub fn use_rules() -> (Rules, Callback<MouseEvent>) {
    let rules = use_state(|| Rules::Loading);
    let attempt = use_state(|| 0_u32);
    {
        let rules = rules.clone();
        use_effect_with(*attempt, move |_| {
            rules.set(Rules::Loading);
            yew::platform::spawn_local(async move { rules.set(fetched().await) });
        });
    }
    let retry = {
        let attempt = attempt.clone();
        Callback::from(move |_: MouseEvent| attempt.set(attempt.wrapping_add(1)))
    };
    ((*rules).clone(), retry)
}

async fn fetched() -> Rules {
    match packs::pack(WalletBook::PACK).await {
        Ok(bytes) => match WalletBook::open(&bytes) {
            Ok(book) => Rules::Ready(Rc::new(Book(book))),
            Err(cause) => Rules::Failed(cause.to_string()),
        },
        Err(cause) => Rules::Failed(cause),
    }
}

fn answered(rules: &Rules, read: &Read, lang: Lang) -> Option<Result<FamilyAnswer, RefusalOut>> {
    let Rules::Ready(book) = rules else { return None };
    let case = read.case.as_ref()?;
    Some(family::preview(&book.0, case).map_err(|refusal| engine::told(refusal, lang)).map(|mut answer| {
        text::fill_family(&mut answer, lang);
        answer
    }))
}

fn notes(read: &Read, lang: Lang) -> Vec<FieldNote> {
    let note = |wrong: &super::form::Wrong| FieldNote {
        field: wrong.field.clone(),
        code: wrong.code.code(),
        message: wrong.text.say(lang).to_owned(),
    };
    read.wrong.iter().map(note).collect()
}

fn told(read: &Read, outcome: Option<&Result<FamilyAnswer, RefusalOut>>, lang: Lang) -> Html {
    match outcome {
        Some(Ok(answer)) => html! { <AnswerView answer={answer.clone()} /> },
        Some(Err(refusal)) => html! {
            <div class="notice failed" role="alert" data-testid="refused" data-code={refusal.code.code()}>
                <p>{ refusal.message.clone().unwrap_or_default() }</p>
                <p class="small">{ T::ErrorCode.say(lang) }{ " " }<code>{ refusal.code.code() }</code></p>
            </div>
        },
        None if !read.wrong.is_empty() => html! {
            <p role="status" data-testid="result-fix">{ F::Fix.fill(lang, &[&read.wrong.len().to_string()]) }</p>
        },
        None if !read.missing.is_empty() => html! {
            <div role="status" data-testid="result-empty">
                <p>{ F::Fill.say(lang) }</p>
                <ul class="todo">{ for read.missing.iter().map(|(field, name)| missing(field, *name, lang)) }</ul>
            </div>
        },
        None => Html::default(),
    }
}

/// A field that is still needed, as a way to it.
fn missing(field: &str, name: F, lang: Lang) -> Html {
    let id = field.to_owned();
    let go = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        browser::focus(&id);
    });
    html! { <li key={field.to_owned()}><a href={format!("#{field}")} onclick={go}>{ name.say(lang) }</a></li> }
}

pub fn waiting(rules: &Rules, retry: Callback<MouseEvent>, lang: Lang) -> Html {
    match rules {
        Rules::Ready(_) => Html::default(),
        Rules::Loading => {
            let text = F::Loading.say(lang);
            html! { <p class="loading" role="status"><progress aria-label={text} />{ text }</p> }
        }
        Rules::Failed(cause) => html! {
            <div class="notice failed" role="alert" data-testid="fetch-failed">
                <h2>{ T::FetchFailed.say(lang) }</h2>
                <p>{ T::FetchFailedHint.say(lang) }</p>
                <p><code>{ cause.clone() }</code></p>
                <button type="button" onclick={retry}>{ T::Retry.say(lang) }</button>
            </div>
        },
    }
}
