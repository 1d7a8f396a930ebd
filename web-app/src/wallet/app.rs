use yew::prelude::*;
use yew_router::prelude::*;

use super::check::Check;
use super::code::ShowCode;
use super::filter::{Filter, FilterHandle};
use super::history::History;
use super::home::Home;
use super::login::{Door, INSTITUTION};
use super::receipt::Receipt;
use super::send::Send;
use super::session::{SessionHandle, use_session_state};
use super::till::Till;
use super::words::W;
use crate::app::Route;
use crate::components::{Shell, Way};
use crate::family::Family;
use crate::hooks::{SettingsHandle, use_lang, use_settings_state};
use crate::i18n::T;
use crate::pages::Missing;
use crate::services::browser;

/// The program of the wallet and of family accounts.
#[component]
pub fn App() -> Html {
    let settings = use_settings_state();
    let session = use_session_state();
    let filter = use_state(Filter::default);
    html! {
        <ContextProvider<SettingsHandle> context={settings}>
            <ContextProvider<SessionHandle> context={session}>
                <ContextProvider<FilterHandle> context={filter}>
                    <BrowserRouter>
                        <Shell><Switch<Route> render={view} /></Shell>
                    </BrowserRouter>
                </ContextProvider<FilterHandle>>
            </ContextProvider<SessionHandle>>
        </ContextProvider<SettingsHandle>>
    }
}

fn view(route: Route) -> Html {
    match route {
        Route::Family => html! { <Family /> },
        Route::Wallet => html! { <Frame title={W::Title}><Door><Home /></Door></Frame> },
        Route::WalletHistory => html! { <Frame title={W::RoomHistory}><Door><History /></Door></Frame> },
        Route::WalletSend => html! { <Frame title={W::SendTitle}><Door><Send /></Door></Frame> },
        Route::WalletReceipt { transfer } => html! {
            <Frame title={W::ReceiptTitle}><Door><Receipt {transfer} /></Door></Frame>
        },
        Route::WalletCheck => html! { <Frame title={W::CheckTitle}><Check /></Frame> },
        Route::WalletCode => html! { <Frame title={W::CodeTitle}><Door><ShowCode /></Door></Frame> },
        Route::WalletTill => html! { <Frame title={W::TillTitle}><Door role={INSTITUTION}><Till /></Door></Frame> },
        _ => html! { <Missing /> },
    }
}

#[derive(Properties, PartialEq)]
struct FrameProps {
    title: W,
    children: Html,
}

/// What stands around every view of the wallet.
#[component]
fn Frame(props: &FrameProps) -> Html {
    let lang = use_lang();
    use_effect_with((props.title, lang), |(title, lang)| {
        browser::set_title(&format!("{} · {}", title.say(*lang), T::AppName.say(*lang)));
    });
    html! {
        <>
            <h1>{ props.title.say(lang) }</h1>
            <p class="estimate-only" data-testid="demo-only">{ W::Demo.say(lang) }</p>
            <Rooms />
            { props.children.clone() }
        </>
    }
}

#[component]
fn Rooms() -> Html {
    let lang = use_lang();
    let here = use_route::<Route>();
    let ways = [
        (Route::Wallet, W::RoomHome),
        (Route::WalletCode, W::RoomCode),
        (Route::WalletHistory, W::RoomHistory),
        (Route::WalletSend, W::RoomSend),
        (Route::WalletCheck, W::RoomCheck),
        (Route::WalletTill, W::RoomTill),
    ];
    let ways = ways.map(|(route, name)| {
        let current = here.as_ref() == Some(&route);
        html! {
            <li key={name.en()} class={current.then_some("here")}>
                if current {
                    <a aria-current="page" href={route.to_path()} onclick={Callback::from(|e: MouseEvent| e.prevent_default())}>
                        { name.say(lang) }
                    </a>
                } else {
                    <Way to={route.clone()}>{ name.say(lang) }</Way>
                }
            </li>
        }
    });
    html! { <nav class="rooms" aria-label={W::RoomsLabel.say(lang)}><ul>{ for ways }</ul></nav> }
}
