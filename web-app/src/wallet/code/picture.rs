use fast_qr::qr::QRBuilder;
use yew::prelude::*;

/// Light modules around a code, without which readers do not find it.
const QUIET: usize = 4;

/// A code as a picture: one path of dark squares on white, also where the page is dark.
pub fn picture(text: &str, label: &'static str) -> Html {
    let Ok(code) = QRBuilder::new(text).build() else { return Html::default() };
    let side = code.size + 2 * QUIET;
    let dark = (0..code.size).flat_map(|y| (0..code.size).map(move |x| (x, y)));
    let dark = dark.filter(|(x, y)| code.data.get(y * code.size + x).is_some_and(|module| module.value()));
    let path: String = dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET)).collect();
    html! {
        <svg role="img" aria-label={label} data-testid="qr" viewBox={format!("0 0 {side} {side}")} shape-rendering="crispEdges">
            <rect width="100%" height="100%" fill="#fff" />
            <path d={path} fill="#000" />
        </svg>
    }
}
