//! 跨区结算 for the area's operators: what is owed with each other area, what is under way, windows and alarms.

mod course;
mod of_window;
mod picture;
mod words;

use serde_json::json;
use wallet_types::{AlarmOut, CellsOut, ClearingWindow, PeerOut};
use yew::prelude::*;

use super::load::{Load, use_load};
use super::office::use_office;
use super::time;
use super::trouble::waiting;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::words::money;
use of_window::OfWindow;
use picture::{Positions, owed};
pub use words::A;

#[component]
pub fn Cells() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<CellsOut>("/wallet/cells".into());
    let refresh = {
        let again = again.clone();
        Callback::from(move |_: MouseEvent| again.emit(()))
    };
    html! {
        <div class="clearing" data-testid="cells">
            { waiting(&load, again.clone(), lang) }
            if let Load::Here(cells) = &load {
                if cells.area.is_none() {
                    <p data-testid="alone">{ A::Alone.say(lang) }</p>
                } else {
                    <All cells={cells.clone()} {again} />
                }
                <div class="buttons">
                    <button type="button" class="secondary" onclick={refresh} data-testid="refresh">{ A::Refresh.say(lang) }</button>
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct AllProps {
    cells: CellsOut,
    again: Callback<()>,
}

#[component]
fn All(props: &AllProps) -> Html {
    let lang = use_lang();
    let CellsOut { area, window, peers, windows, alarms } = &props.cells;
    let here = [area.clone().unwrap_or_default(), window.unwrap_or_default().to_string()];
    html! {
        <>
            <p class="sentence" data-testid="here">{ A::Here.fill(lang, &[&here[0], &here[1]]) }</p>
            <p class="estimate-only">{ A::DemoAreas.say(lang) }</p>
            <section aria-labelledby="positions-title">
                <h2 id="positions-title">{ A::Positions.say(lang) }</h2>
                <Positions peers={peers.clone()} />
                <ul class="moves">{ for peers.iter().map(|peer| peer_line(peer, lang)) }</ul>
            </section>
            <section aria-labelledby="windows-title">
                <h2 id="windows-title">{ A::Windows.say(lang) }</h2>
                if windows.is_empty() {
                    <p>{ A::NoWindows.say(lang) }</p>
                }
                <ul class="moves" data-testid="windows">{ for windows.iter().map(|window| window_line(window, lang)) }</ul>
                <CloseWindow again={props.again.clone()} />
            </section>
            <OfWindow cells={props.cells.clone()} />
            <section aria-labelledby="alarms-title">
                <h2 id="alarms-title">{ A::Alarms.say(lang) }</h2>
                if alarms.is_empty() {
                    <p data-testid="no-alarms">{ A::NoAlarms.say(lang) }</p>
                }
                <ul class="moves" data-testid="alarms">{ for alarms.iter().map(|alarm| alarm_line(alarm, lang)) }</ul>
            </section>
        </>
    }
}

fn peer_line(peer: &PeerOut, lang: Lang) -> Html {
    let under_way = match peer.under_way {
        0 => A::Arrived.say(lang).to_owned(),
        count => A::UnderWay.fill(lang, &[&count.to_string()]),
    };
    let mut told = vec![under_way];
    for (word, amount) in [(A::HeldFor, peer.held_fen), (A::Asking, peer.asking_fen)] {
        if !amount.is_zero() {
            told.push(word.fill(lang, &[&money(amount)]));
        }
    }
    if !peer.open {
        told.push(A::Stopped.say(lang).to_owned());
    }
    let terms = words::terms(&peer.terms, lang);
    let opening = &peer.opening;
    let mut opened = vec![words::opening(opening.state, lang).to_owned()];
    opened.extend(opening.since.as_ref().map(|since| A::Since.fill(lang, &[since])));
    if let (Some(source), Some(seen)) = (&opening.source, &opening.seen) {
        opened.push(A::SourceIs.fill(lang, &[source, seen]));
    }
    html! {
        <li key={peer.area.clone()} data-peer={peer.area.clone()} data-under-way={peer.under_way.to_string()} data-fen={peer.position_fen.get().to_string()}>
            <strong>{ area(peer, lang) }</strong>
            <span class="amount">{ owed(peer.position_fen, lang) }</span>
            <span class="small whole">{ told.join(" · ") }</span>
            if !terms.is_empty() {
                <span class="small whole" data-testid="terms">{ terms.join(" · ") }</span>
            }
            <span class="small whole">{ opened.join(" · ") }</span>
        </li>
    }
}

/// Its name with its code, where it has one.
fn area(peer: &PeerOut, lang: Lang) -> String {
    let name = match lang {
        Lang::Zh => &peer.name_zh,
        Lang::En => &peer.name_en,
    };
    name.as_ref().map_or_else(|| peer.area.clone(), |name| format!("{name} {}", peer.area))
}

fn window_line(window: &ClearingWindow, lang: Lang) -> Html {
    let sum =
        |sum: &wallet_types::WindowSum| A::Sum.fill(lang, &[&sum.area, &money(sum.claims_fen), &money(sum.debts_fen)]);
    let state = serde_json::to_value(window.state).ok().and_then(|state| state.as_str().map(str::to_owned));
    html! {
        <li key={window.id} data-window={window.id.to_string()} data-state={state}>
            <strong>{ A::Window.fill(lang, &[&window.id.to_string()]) }{ " · " }{ words::window(window.state, lang) }</strong>
            <span class="small whole">{ window.sums.iter().map(sum).collect::<Vec<_>>().join(lang.of("；", "; ")) }</span>
        </li>
    }
}

fn alarm_line(alarm: &AlarmOut, lang: Lang) -> Html {
    html! {
        <li key={format!("{} {} {:?}", alarm.area, alarm.letter, alarm.kind)}>
            <strong>{ alarm.area.clone() }{ " · " }{ words::alarm(alarm.kind, lang) }</strong>
            <span class="small whole">{ time::shown(&alarm.at) }{ " · " }{ A::Letter.fill(lang, &[&alarm.letter.to_string()]) }</span>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct CloseProps {
    again: Callback<()>,
}

/// Closes the window that is open.
#[component]
fn CloseWindow(props: &CloseProps) -> Html {
    let lang = use_lang();
    let office = use_office(props.again.clone());
    let onclick = {
        let office = office.clone();
        Callback::from(move |_: MouseEvent| office.post("/wallet/cells/windows".into(), json!(null)))
    };
    html! {
        <>
            <p class="small">{ A::CloseHint.say(lang) }</p>
            { office.trouble() }
            <button type="button" {onclick} disabled={office.is_busy()} data-testid="close-window">{ A::Close.say(lang) }</button>
        </>
    }
}
