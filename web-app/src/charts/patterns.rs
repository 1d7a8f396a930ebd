use yew::prelude::*;

/// The fills of all charts, drawn once a page: each payer has a colour and a pattern of its own.
#[component]
pub fn Patterns() -> Html {
    html! {
        <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">
            <defs>
                { pattern("pool", html! {}) }
                { pattern("hifmi", html! { <path d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6" /> }) }
                { pattern("hifob", html! { <path d="M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2" /> }) }
                { pattern("other", html! { <path d="M0 4 H8" /> }) }
                { pattern("aid", html! { <path d="M4 0 V8" /> }) }
                { pattern("hospital", html! { <path d="M0 4 H8 M4 0 V8" /> }) }
                { pattern("self", html! { <circle cx="4" cy="4" r="1.5" /> }) }
                { pattern("own", html! { <path d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6 M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2" /> }) }
            </defs>
        </svg>
    }
}

fn pattern(key: &str, marks: Html) -> Html {
    html! {
        <pattern id={format!("fill-{key}")} class={format!("fill fill-{key}")} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" />
            <g>{ marks }</g>
        </pattern>
    }
}

/// How a chart refers to a payer's fill.
pub fn fill(key: &str) -> String {
    format!("url(#fill-{key})")
}
