use wallet_types::{StoryName, StoryOut};
use yew::prelude::*;

use super::bill::comparison;
use super::words::Y;
use crate::app::Route;
use crate::components::Way;
use crate::hooks::use_lang;
use crate::i18n::{Lang, T};
use crate::services::browser;
use crate::services::words::money;
use crate::wallet::api::{self, Trouble};
use crate::wallet::errand::use_errand;
use crate::wallet::trouble::TroubleView;

/// The marks of the worklist, which are all that the second story leaves behind.
const MARKS: &str = "anxin.batch.worklist";

#[component]
pub fn Stories() -> Html {
    let lang = use_lang();
    use_effect_with(lang, |lang| browser::set_title(&format!("{} · {}", Y::Title.say(*lang), T::AppName.say(*lang))));
    html! {
        <>
            <h1>{ Y::Title.say(lang) }</h1>
            <p class="lead">{ Y::Intro.say(lang) }</p>
            { tours(lang) }
            <Told story={StoryName::Stay} />
            <List />
            <Told story={StoryName::Day} />
        </>
    }
}

/// Pages that the site has besides this program's.
fn tours(lang: Lang) -> Html {
    let all = [
        ("resident", Y::TourResident),
        ("family", Y::TourFamily),
        ("doctor", Y::TourDoctor),
        ("hospital-it", Y::TourHospital),
        ("operator", Y::TourOperator),
    ];
    let tour =
        |(name, word): (&str, Y)| html! { <li><a href={format!("/help/{name}.html")}>{ word.say(lang) }</a></li> };
    html! {
        <section aria-labelledby="tours-title">
            <h2 id="tours-title">{ Y::Tours.say(lang) }</h2>
            <ul>{ for all.map(tour) }</ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ToldProps {
    story: StoryName,
}

/// A story that leaves something in the books.
#[component]
fn Told(props: &ToldProps) -> Html {
    let (lang, story) = (use_lang(), props.story);
    let begun = use_state(|| None::<Result<StoryOut, Trouble>>);
    let errand = use_errand();
    let begin = {
        let (begun, errand) = (begun.clone(), errand.clone());
        Callback::from(move |_: MouseEvent| {
            let begun = begun.clone();
            errand.run(async move { begun.set(Some(api::begin_story(story, lang).await)) });
        })
    };
    let told = begun.as_ref().and_then(|begun| begun.as_ref().ok());
    let (title, text, steps) = match story {
        StoryName::Stay => (Y::StayTitle, Y::StayTold, stay(told, lang)),
        StoryName::Day => (Y::DayTitle, Y::DayTold, day(told, lang)),
    };
    let heading = format!("story-{}", story.word());
    let name = if told.is_some() { Y::BeginAgain } else { Y::Begin };
    html! {
        <section class="card" aria-labelledby={heading.clone()} data-testid={heading.clone()}>
            <h2 id={heading}>{ title.say(lang) }</h2>
            <p>{ text.say(lang) }</p>
            <button type="button" disabled={errand.is_busy()} onclick={begin} data-testid={format!("begin-{}", story.word())}>{ name.say(lang) }</button>
            <div role="status">
                { match &*begun {
                    None => html! { <p class="hint">{ Y::Needs.say(lang) }</p> },
                    Some(Ok(told)) => html! {
                        <p data-testid={format!("begun-{}", story.word())} data-card={told.card.clone()} data-pack={told.pack.clone()} data-due={told.due_on.clone()}>
                            { Y::Begun.fill(lang, &[&told.password]) }
                        </p>
                    },
                    Some(Err(trouble)) => html! { <><p>{ Y::OnlyDemo.say(lang) }</p><TroubleView trouble={trouble.clone()} /></> },
                } }
            </div>
            <ol class="stories">{ for steps }</ol>
        </section>
    }
}

/// What is known once a story was begun.
fn or_dots(value: Option<&str>) -> &str {
    value.unwrap_or("…")
}

fn stay(told: Option<&StoryOut>, lang: Lang) -> Vec<Html> {
    let card = or_dots(told.map(|told| told.card.as_str()));
    vec![
        // The document is loaded anew, so that the inputs are read out of the address.
        step(
            html! { <a href={comparison()} data-testid="open-comparison">{ Y::StayCompare.say(lang) }</a> },
            None,
            Y::StayCompareHint.say(lang),
            lang,
        ),
        step(way(Route::Family, Y::StayShare, lang), None, Y::StayShareHint.say(lang), lang),
        step(way(Route::WalletTill, Y::StayTill, lang), Some("hospital2"), &Y::StayTillHint.fill(lang, &[card]), lang),
        step(way(Route::WalletFamily, Y::StaySeen, lang), Some("chen1"), Y::StaySeenHint.say(lang), lang),
    ]
}

fn day(told: Option<&StoryOut>, lang: Lang) -> Vec<Html> {
    let card = or_dots(told.map(|told| told.card.as_str()));
    let pack = or_dots(told.and_then(|told| told.pack.as_deref()));
    let due = or_dots(told.and_then(|told| told.due_on.as_deref()));
    let pack = Y::DayPackHint.fill(lang, &[card, pack]);
    let (clearing, patient) = (Route::WalletClearing, Route::WalletCode);
    vec![
        step(way(clearing.clone(), Y::DayDifference, lang), Some("area1"), Y::DayDifferenceHint.say(lang), lang),
        step(way(patient, Y::DayReversed, lang), Some("xiaohe1"), Y::DayReversedHint.say(lang), lang),
        step(way(clearing.clone(), Y::DayBatch, lang), Some("area1"), Y::DayBatchHint.say(lang), lang),
        step(way(Route::WalletTill, Y::DayPack, lang), Some("hospital3"), &pack, lang),
        step(way(Route::WalletTill, Y::DaySuspended, lang), Some("pharmacy3"), Y::DaySuspendedHint.say(lang), lang),
        step(way(clearing, Y::DayClock, lang), Some("area1"), &Y::DayClockHint.fill(lang, &[due]), lang),
        sum(told, lang),
    ]
}

/// What all accounts come to, as the server counted them when the story was begun.
fn sum(told: Option<&StoryOut>, lang: Lang) -> Html {
    let counted = told.and_then(|told| told.accounts.zip(told.sum_fen));
    let said = match counted {
        Some((accounts, sum)) => Y::DaySum.fill(lang, &[&accounts.to_string(), &money(sum)]),
        None => Y::DaySumUnknown.say(lang).to_owned(),
    };
    let fen = counted.map(|(_, sum)| sum.get().to_string());
    html! {
        <li>
            <strong data-testid="day-sum" data-fen={fen}>{ said }</strong>
            <p class="hint">{ Y::DaySumHint.say(lang) }</p>
        </li>
    }
}

fn way(to: Route, name: Y, lang: Lang) -> Html {
    html! { <Way {to}>{ name.say(lang) }</Way> }
}

fn step(link: Html, login: Option<&'static str>, hint: &str, lang: Lang) -> Html {
    html! {
        <li>
            <strong>{ link }</strong>
            if let Some(login) = login {
                <span class="small">{ " " }{ Y::LogInAs.say(lang) }<code>{ login }</code></span>
            }
            <p class="hint">{ hint.to_owned() }</p>
        </li>
    }
}

/// The story that is told in the browser alone.
#[component]
fn List() -> Html {
    let lang = use_lang();
    let forgotten = use_state(|| false);
    let forget = {
        let forgotten = forgotten.clone();
        Callback::from(move |_: MouseEvent| {
            browser::forget(MARKS);
            forgotten.set(true);
        })
    };
    html! {
        <section class="card" aria-labelledby="story-list" data-testid="story-list">
            <h2 id="story-list">{ Y::ListTitle.say(lang) }</h2>
            <p>{ Y::ListTold.say(lang) }</p>
            <ol class="stories">
                { step(html! { <a href="/preview/batch#story" data-testid="open-batch">{ Y::ListBatch.say(lang) }</a> }, None, Y::ListBatchHint.say(lang), lang) }
                { step(html! { <a href="/preview/import#story" data-testid="open-import">{ Y::ListImport.say(lang) }</a> }, None, Y::ListImportHint.say(lang), lang) }
            </ol>
            <p>
                { Y::ListFiles.say(lang) }{ " " }
                <a href="/samples/discharges.csv" download="discharges.csv">{ Y::ListRecords.say(lang) }</a>{ " · " }
                <a href="/samples/dip.xlsx" download="dip.xlsx">{ Y::ListCatalogue.say(lang) }</a>
            </p>
            <button type="button" class="secondary" onclick={forget} data-testid="forget-marks">{ Y::ListForget.say(lang) }</button>
            <p role="status">{ if *forgotten { Y::ListForgotten.say(lang) } else { "" } }</p>
        </section>
    }
}
