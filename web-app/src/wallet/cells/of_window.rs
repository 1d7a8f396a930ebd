//! One window: how it went, and whether both journals and the letters between them say the same of it.

use wallet_types::{
    AreaCompared, CellsOut, DifferenceName, WindowDifference, WindowDifferences, WindowStateName, WindowStatement,
};
use yew::prelude::*;

use super::course::course;
use super::picture::owed;
use super::words::{self, A};
use crate::components::{Choice, Pick};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::wallet::api;
use crate::wallet::load::{Load, use_asked};
use crate::wallet::trouble::waiting;

#[derive(Clone, Properties, PartialEq)]
pub struct OfWindowProps {
    /// When anything of this changes, what is shown of a window is asked for anew.
    pub cells: CellsOut,
}

#[component]
pub fn OfWindow(props: &OfWindowProps) -> Html {
    let lang = use_lang();
    let chosen = use_state(|| None::<u64>);
    let windows = &props.cells.windows;
    let latest = windows.iter().find(|window| !window.sums.is_empty()).or(windows.first()).map(|window| window.id);
    let Some(window) = (*chosen).or(latest) else { return Html::default() };
    let choose = Callback::from(move |window: u64| chosen.set(Some(window)));
    let choice = |id: u64, state: WindowStateName| {
        let label = format!("{} · {}", A::Window.fill(lang, &[&id.to_string()]), words::window(state, lang));
        Choice::new(id, id.to_string(), label)
    };
    let choices: Vec<Choice<u64>> = windows.iter().map(|one| choice(one.id, one.state)).collect();
    let cells = props.cells.clone();
    html! {
        <section aria-labelledby="of-window-title">
            <h2 id="of-window-title">{ A::OfWindow.say(lang) }</h2>
            <Pick<u64> id="which-window" legend={A::WhichWindow.say(lang)} {choices} value={Some(window)} onchange={choose} />
            <Course key={format!("course {window}")} {window} cells={cells.clone()} />
            <Compared key={format!("compared {window}")} {window} {cells} />
        </section>
    }
}

#[derive(Clone, Properties, PartialEq)]
struct WindowProps {
    window: u64,
    cells: CellsOut,
}

#[component]
fn Course(props: &WindowProps) -> Html {
    let lang = use_lang();
    let path = format!("/wallet/cells/windows/{}/statement", props.window);
    let (load, again) = use_asked((path, props.cells.clone()), async |(path, _): (String, CellsOut), lang| {
        api::get::<WindowStatement>(&path, lang).await
    });
    html! {
        <>
            { waiting(&load, again, lang) }
            if let Load::Here(statement) = &load {
                { course(&statement.course, lang) }
            }
        </>
    }
}

/// Compares when it is told to: every other area is asked for its journal.
#[component]
fn Compared(props: &WindowProps) -> Html {
    let lang = use_lang();
    let told = use_state(|| false);
    let compare = {
        let told = told.clone();
        Callback::from(move |_: MouseEvent| told.set(true))
    };
    html! {
        <>
            <h3>{ A::CompareTitle.say(lang) }</h3>
            <p class="small">{ A::CompareHint.say(lang) }</p>
            if *told {
                <Differences ..props.clone() />
            } else {
                <button type="button" class="secondary" onclick={compare} data-testid="compare">{ A::Compare.say(lang) }</button>
            }
        </>
    }
}

#[component]
fn Differences(props: &WindowProps) -> Html {
    let lang = use_lang();
    let path = format!("/wallet/cells/windows/{}/differences", props.window);
    let (load, again) = use_asked((path, props.cells.clone()), async |(path, _): (String, CellsOut), lang| {
        api::get::<WindowDifferences>(&path, lang).await
    });
    let running = |state| matches!(state, WindowStateName::Open | WindowStateName::Closing);
    html! {
        <>
            { waiting(&load, again, lang) }
            if let Load::Here(all) = &load {
                if running(all.state) {
                    <p class="small">{ A::StillRunning.say(lang) }</p>
                }
                <ul class="moves" data-testid="compared">{ for all.areas.iter().map(|area| area_line(area, lang)) }</ul>
            }
        </>
    }
}

fn area_line(area: &AreaCompared, lang: Lang) -> Html {
    let count = area.differences.len();
    let told = match area.compared {
        None => A::NoWord.say(lang).to_owned(),
        Some(looked) if count == 0 => A::AllTheSame.fill(lang, &[&looked.to_string()]),
        Some(looked) => A::SomeDiffer.fill(lang, &[&looked.to_string(), &count.to_string()]),
    };
    let compared = area.compared.map(|looked| looked.to_string());
    html! {
        <li key={area.area.clone()} data-compared-area={area.area.clone()} data-compared={compared} data-differences={count.to_string()}>
            <strong>{ area.area.clone() }</strong>
            <span class="small whole">{ told }</span>
            { for area.differences.iter().map(|difference| difference_line(difference, lang)) }
        </li>
    }
}

fn difference_line(difference: &WindowDifference, lang: Lang) -> Html {
    let WindowDifference { transfer, kind, ours_fen, theirs_fen, letters_fen } = difference;
    let word = match kind {
        DifferenceName::NotThere => A::NotThere,
        DifferenceName::NotHere => A::NotHere,
        DifferenceName::NotInLetters => A::NotInLetters,
        DifferenceName::Amount => A::AmountDiffers,
    };
    let of = |amount: &Option<anxin_core::Fen>| {
        amount.map_or_else(|| A::Nowhere.say(lang).to_owned(), |fen| owed(fen, lang))
    };
    let sums = A::ThreeSums.fill(lang, &[&of(ours_fen), &of(theirs_fen), &of(letters_fen)]);
    html! {
        <span class="small whole" key={transfer.to_string()}>
            { word.say(lang) }{ lang.of("：", ": ") }{ sums }{ " " }<code>{ transfer.to_string() }</code>
        </span>
    }
}
