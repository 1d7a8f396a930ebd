//! The page: what somebody types becomes a case, the core answers it in the browser, and the answer
//! is shown with every step and source. No request leaves for anything but rule packs.

mod app;
mod charts;
mod components;
mod hooks;
mod i18n;
mod model;
mod pages;
mod services;

/// Puts the page into the document.
pub fn start() {
    let root = gloo::utils::document().get_element_by_id("app");
    match root {
        Some(root) => {
            root.set_inner_html("");
            yew::Renderer::<app::App>::with_root(root).render();
        }
        None => {
            yew::Renderer::<app::App>::new().render();
        }
    }
}
