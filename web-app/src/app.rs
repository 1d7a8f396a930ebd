use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::Shell;
use crate::hooks::{
    InputsHandle, LibraryHandle, SettingsHandle, use_inputs_state, use_library_state, use_settings_state,
};
use crate::pages::{About, Compare, Estimate, Missing, Year};

/// The views of the page. A server answers each with the same document, which loads the program of the
/// view's room.
#[derive(Clone, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    #[at("/")]
    Estimate,
    #[at("/compare")]
    Compare,
    #[at("/year")]
    Year,
    #[at("/family")]
    Family,
    #[at("/wallet")]
    Wallet,
    #[at("/wallet/history")]
    WalletHistory,
    #[at("/wallet/send")]
    WalletSend,
    #[at("/wallet/receipts/:transfer")]
    WalletReceipt { transfer: String },
    #[at("/wallet/check")]
    WalletCheck,
    #[at("/wallet/family")]
    WalletFamily,
    #[at("/wallet/family/invite")]
    WalletInvite,
    #[at("/wallet/family/accept")]
    WalletAccept,
    #[at("/wallet/family/transfers")]
    WalletGifts,
    #[at("/wallet/family/premium")]
    WalletPremium,
    #[at("/wallet/family/relations/:relation")]
    WalletRelation { relation: String },
    #[at("/wallet/own")]
    WalletOwn,
    #[at("/wallet/notices")]
    WalletNotices,
    #[at("/wallet/code")]
    WalletCode,
    #[at("/wallet/scan")]
    WalletScan,
    #[at("/wallet/prescriptions")]
    WalletPrescriptions,
    #[at("/wallet/reviews")]
    WalletReviews,
    #[at("/wallet/till")]
    WalletTill,
    #[at("/wallet/day")]
    WalletDay,
    #[at("/wallet/clearing")]
    WalletClearing,
    #[at("/wallet/cells")]
    WalletCells,
    #[at("/wallet/window")]
    WalletWindow,
    #[at("/stories")]
    Stories,
    #[at("/about")]
    About,
    #[at("/preview")]
    Preview,
    #[at("/preview/compare")]
    PreviewCompare,
    #[at("/preview/batch")]
    PreviewBatch,
    #[at("/preview/forecast")]
    PreviewForecast,
    #[at("/preview/import")]
    PreviewImport,
    #[not_found]
    #[at("/404")]
    Missing,
}

/// A program of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Estimate,
    Preview,
    Wallet,
}

impl Route {
    pub fn room(&self) -> Room {
        match self {
            Route::Preview
            | Route::PreviewCompare
            | Route::PreviewBatch
            | Route::PreviewForecast
            | Route::PreviewImport => Room::Preview,
            Route::Family | Route::Stories => Room::Wallet,
            route if route.of_wallet() => Room::Wallet,
            _ => Room::Estimate,
        }
    }

    /// Whether it is a view of the wallet, which a server keeps.
    pub fn of_wallet(&self) -> bool {
        matches!(
            self,
            Route::Wallet
                | Route::WalletHistory
                | Route::WalletSend
                | Route::WalletReceipt { .. }
                | Route::WalletCheck
                | Route::WalletOwn
                | Route::WalletNotices
                | Route::WalletCode
                | Route::WalletScan
                | Route::WalletPrescriptions
                | Route::WalletReviews
                | Route::WalletTill
                | Route::WalletDay
                | Route::WalletClearing
                | Route::WalletCells
                | Route::WalletWindow
        ) || self.of_relatives()
    }

    /// Whether it is a view of the wallet's family accounts.
    pub fn of_relatives(&self) -> bool {
        matches!(
            self,
            Route::WalletFamily
                | Route::WalletInvite
                | Route::WalletAccept
                | Route::WalletGifts
                | Route::WalletPremium
                | Route::WalletRelation { .. }
        )
    }
}

#[component]
pub fn App() -> Html {
    let settings = use_settings_state();
    let inputs = use_inputs_state();
    let library = use_library_state(&inputs.form.who.region);
    html! {
        <ContextProvider<SettingsHandle> context={settings}>
            <ContextProvider<InputsHandle> context={inputs}>
                <ContextProvider<LibraryHandle> context={library}>
                    <BrowserRouter>
                        <Shell><Switch<Route> render={view} /></Shell>
                    </BrowserRouter>
                </ContextProvider<LibraryHandle>>
            </ContextProvider<InputsHandle>>
        </ContextProvider<SettingsHandle>>
    }
}

fn view(route: Route) -> Html {
    match route {
        Route::Estimate => html! { <Estimate /> },
        Route::Compare => html! { <Compare /> },
        Route::Year => html! { <Year /> },
        Route::About => html! { <About /> },
        _ => html! { <Missing /> },
    }
}
