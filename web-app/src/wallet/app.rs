use yew::prelude::*;
use yew_router::prelude::*;

use super::cells::{A, Cells};
use super::check::Check;
use super::clearing::{Clearing, Declaring};
use super::code::ShowCode;
use super::counter::{C, Scan};
use super::family::{Accept, Family as Relatives, G, Invite, Premium, Relation, Transfers};
use super::filter::{Filter, FilterHandle};
use super::history::History;
use super::home::Home;
use super::login::{AREA, DOCTOR, Door, INSTITUTION, RESIDENT};
use super::notices::{FeedHandle, N, NoticesPage, use_feed_state};
use super::own::{Asker, Own, S};
use super::receipt::Receipt;
use super::rx::{Prescribing, Reviews};
use super::send::Send;
use super::session::{SessionHandle, use_session, use_session_state};
use super::stories::Stories;
use super::till::Till;
use super::window::{O, Window};
use super::words::W;
use crate::app::Route;
use crate::components::{Rooms, Shell};
use crate::family::Family;
use crate::hooks::{SettingsHandle, use_lang, use_settings_state};
use crate::i18n::{Lang, T};
use crate::pages::Missing;
use crate::services::browser;

/// The program of the wallet and of family accounts.
#[component]
pub fn App() -> Html {
    let settings = use_settings_state();
    let session = use_session_state();
    let filter = use_state(Filter::default);
    let feed = use_feed_state(&session);
    html! {
        <ContextProvider<SettingsHandle> context={settings}>
            <ContextProvider<SessionHandle> context={session}>
                <ContextProvider<FilterHandle> context={filter}>
                    <ContextProvider<FeedHandle> context={feed}>
                        <BrowserRouter>
                            <Shell><Switch<Route> render={view} /></Shell>
                        </BrowserRouter>
                    </ContextProvider<FeedHandle>>
                </ContextProvider<FilterHandle>>
            </ContextProvider<SessionHandle>>
        </ContextProvider<SettingsHandle>>
    }
}

fn view(route: Route) -> Html {
    match route {
        Route::Family => html! { <Family /> },
        Route::Stories => html! { <Stories /> },
        Route::Wallet => html! { <Frame title={Title::W(W::Title)}><Door><Home /></Door></Frame> },
        Route::WalletHistory => html! { <Frame title={Title::W(W::RoomHistory)}><Door><History /></Door></Frame> },
        Route::WalletSend => html! { <Frame title={Title::W(W::SendTitle)}><Door><Send /></Door></Frame> },
        Route::WalletReceipt { transfer } => html! {
            <Frame title={Title::W(W::ReceiptTitle)}><Door><Receipt {transfer} /></Door></Frame>
        },
        Route::WalletCheck => html! { <Frame title={Title::W(W::CheckTitle)}><Check /></Frame> },
        Route::WalletFamily => html! { <Frame title={Title::G(G::HomeTitle)}><Door><Relatives /></Door></Frame> },
        Route::WalletInvite => html! { <Frame title={Title::G(G::InviteTitle)}><Door><Invite /></Door></Frame> },
        Route::WalletAccept => html! { <Frame title={Title::G(G::AcceptTitle)}><Door><Accept /></Door></Frame> },
        Route::WalletGifts => html! { <Frame title={Title::G(G::GiftsTitle)}><Door><Transfers /></Door></Frame> },
        Route::WalletPremium => html! { <Frame title={Title::G(G::PremiumTitle)}><Door><Premium /></Door></Frame> },
        Route::WalletRelation { relation } => {
            html! { <Frame title={Title::G(G::RelationsTitle)}><Door><Relation key={relation.clone()} relation={relation.clone()} /></Door></Frame> }
        }
        Route::WalletOwn => html! { <Frame title={Title::S(S::Title)}><Door><Own /></Door></Frame> },
        Route::WalletNotices => html! { <Frame title={Title::N(N::Title)}><Door><NoticesPage /></Door></Frame> },
        Route::WalletCode => html! { <Frame title={Title::W(W::CodeTitle)}><Door><ShowCode /></Door></Frame> },
        Route::WalletScan => html! { <Frame title={Title::C(C::ScanTitle)}><Door><Scan /></Door></Frame> },
        Route::WalletPrescriptions => {
            html! { <Frame title={Title::C(C::DoctorTitle)}><Door role={DOCTOR}><Prescribing /></Door></Frame> }
        }
        Route::WalletReviews => {
            html! { <Frame title={Title::C(C::ReviewTitle)}><Door role={INSTITUTION}><Reviews /></Door></Frame> }
        }
        Route::WalletTill => {
            html! { <Frame title={Title::W(W::TillTitle)}><Door role={INSTITUTION}><Till /></Door></Frame> }
        }
        Route::WalletClearing => {
            html! { <Frame title={Title::W(W::ClearingTitle)}><Door role={AREA}><Clearing /></Door></Frame> }
        }
        Route::WalletCells => {
            html! { <Frame title={Title::A(A::Title)}><Door role={AREA}><Cells /></Door></Frame> }
        }
        Route::WalletWindow => {
            html! { <Frame title={Title::O(O::Title)}><Door role={AREA}><Window /></Door></Frame> }
        }
        Route::WalletDay => {
            html! { <Frame title={Title::W(W::RoomDay)}><Door role={INSTITUTION}><Declaring /></Door></Frame> }
        }
        _ => html! { <Missing /> },
    }
}

/// A heading out of one of the tables.
#[derive(Clone, Copy, PartialEq)]
enum Title {
    A(A),
    C(C),
    W(W),
    G(G),
    N(N),
    O(O),
    S(S),
}

impl Title {
    fn say(self, lang: Lang) -> &'static str {
        match self {
            Title::A(text) => text.say(lang),
            Title::C(text) => text.say(lang),
            Title::W(text) => text.say(lang),
            Title::G(text) => text.say(lang),
            Title::N(text) => text.say(lang),
            Title::O(text) => text.say(lang),
            Title::S(text) => text.say(lang),
        }
    }
}

#[derive(Properties, PartialEq)]
struct FrameProps {
    title: Title,
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
            <Asker />
        </>
    }
}

#[component]
fn WalletRooms() -> Html {
    let lang = use_lang();
    let standing = use_session();
    let role = standing.as_ref().and_then(|standing| standing.session.as_ref()).map(|session| session.role.as_str());
    let ways = [
        (Route::Wallet, W::RoomHome.say(lang), Some(RESIDENT)),
        (Route::WalletCode, W::RoomCode.say(lang), Some(RESIDENT)),
        (Route::WalletScan, C::ScanTitle.say(lang), Some(RESIDENT)),
        (Route::WalletHistory, W::RoomHistory.say(lang), Some(RESIDENT)),
        (Route::WalletFamily, W::RoomFamily.say(lang), Some(RESIDENT)),
        (Route::WalletSend, W::RoomSend.say(lang), Some(RESIDENT)),
        (Route::WalletOwn, W::RoomOwn.say(lang), Some(RESIDENT)),
        (Route::WalletCheck, W::RoomCheck.say(lang), None),
        (Route::WalletTill, W::RoomTill.say(lang), Some(INSTITUTION)),
        (Route::WalletReviews, C::ReviewTitle.say(lang), Some(INSTITUTION)),
        (Route::WalletPrescriptions, C::DoctorTitle.say(lang), Some(DOCTOR)),
        (Route::WalletDay, W::RoomDay.say(lang), Some(INSTITUTION)),
        (Route::WalletClearing, W::RoomClearing.say(lang), Some(AREA)),
        (Route::WalletCells, A::Title.say(lang), Some(AREA)),
        (Route::WalletWindow, O::Title.say(lang), Some(AREA)),
    ];
    // Whoever is not logged in yet finds every door; whoever is, their own.
    let open = |of: Option<&str>| role.is_none() || of.is_none() || of == role;
    let ways: Vec<_> = ways.into_iter().filter(|(.., of)| open(*of)).map(|(route, name, _)| (route, name)).collect();
    let here = use_route::<Route>();
    let within = here.is_some_and(|here| here.of_relatives()).then_some(Route::WalletFamily);
    html! { <Rooms label={W::RoomsLabel.say(lang)} {ways} {within} /> }
}
