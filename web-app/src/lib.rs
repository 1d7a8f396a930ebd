//! The page: what somebody types becomes a case, the core answers it in the browser, and the answer
//! is shown with every step and source. No request leaves for anything but rule packs; only the wallet asks a
//! server, which keeps its books.
//!
//! Three programs are made of it, one a room: the estimate, the preview of groups, and the wallet with family accounts.

mod app;
mod charts;
mod components;
mod family;
mod hooks;
mod i18n;
mod model;
mod pages;
mod preview;
mod services;
mod wallet;

/// Puts the estimate into the document.
pub fn start() {
    show::<app::App>();
}

/// Puts the wallet and family accounts into the document.
pub fn start_wallet() {
    show::<wallet::App>();
}

/// Puts the preview of groups into the document. In a worker there is none: it waits for a task.
pub fn start_preview() {
    if web_sys::window().is_some() {
        show::<preview::App>();
    } else {
        preview::wait_for_task();
    }
}

fn show<Page: yew::BaseComponent<Properties = ()>>() {
    let root = gloo::utils::document().get_element_by_id("app");
    match root {
        Some(root) => {
            root.set_inner_html("");
            yew::Renderer::<Page>::with_root(root).render();
        }
        None => {
            yew::Renderer::<Page>::new().render();
        }
    }
}
