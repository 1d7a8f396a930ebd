use yew::prelude::*;
use yew_router::prelude::*;

use super::batch::Batch;
use super::compare::Compare;
use super::forecast::Forecast;
use super::import::Import;
use super::inputs::{InputsHandle, use_inputs_state};
use super::library::{LibraryHandle, use_library_state};
use super::page::Preview;
use crate::app::Route;
use crate::components::Shell;
use crate::hooks::{SettingsHandle, use_settings_state};
use crate::pages::Missing;

/// The program of the preview.
#[component]
pub fn App() -> Html {
    let settings = use_settings_state();
    let inputs = use_inputs_state();
    let library = use_library_state(&inputs.scheme);
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
        Route::Preview => html! { <Preview /> },
        Route::PreviewCompare => html! { <Compare /> },
        Route::PreviewBatch => html! { <Batch /> },
        Route::PreviewForecast => html! { <Forecast /> },
        Route::PreviewImport => html! { <Import /> },
        _ => html! { <Missing /> },
    }
}
