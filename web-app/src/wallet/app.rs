use yew::prelude::*;
use yew_router::prelude::*;

use super::check::Check;
use super::filter::{Filter, FilterHandle};
use super::history::History;
use super::home::Home;
use super::login::Door;
use super::receipt::Receipt;
use super::send::Send;
use super::session::{SessionHandle, use_session_state};
use super::words::W;
use crate::app::Route;
use crate::components::{Rooms, Shell};
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
            <WalletRooms />
            { props.children.clone() }
        </>
    }
}

#[component]
fn WalletRooms() -> Html {
    let lang = use_lang();
    let ways = [
        (Route::Wallet, W::RoomHome),
        (Route::WalletHistory, W::RoomHistory),
        (Route::WalletSend, W::RoomSend),
        (Route::WalletCheck, W::RoomCheck),
    ];
    let ways: Vec<_> = ways.into_iter().map(|(route, name)| (route, name.say(lang))).collect();
    html! { <Rooms label={W::RoomsLabel.say(lang)} {ways} /> }
}
