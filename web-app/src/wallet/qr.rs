use fast_qr::ECL;
use fast_qr::qr::{QRBuilder, QRCode};
use yew::prelude::*;

/// Light modules around a code, without which readers do not find it.
const QUIET: usize = 4;

#[derive(Properties, PartialEq)]
pub struct QrProps {
    pub text: AttrValue,
    pub label: AttrValue,
}

/// A text as a code that a camera reads: dark on light, also where the page is dark.
#[component]
pub fn Qr(props: &QrProps) -> Html {
    let Ok(code) = QRBuilder::new(props.text.as_bytes()).ecl(ECL::M).build() else { return Html::default() };
    let side = code.size + 2 * QUIET;
    html! {
        <svg
            class="qr" role="img" aria-label={props.label.clone()} data-testid="qr" viewBox={format!("0 0 {side} {side}")}
            shape-rendering="crispEdges"
        >
            <rect width="100%" height="100%" fill="#fff" />
            <path d={path(&code)} fill="#000" />
        </svg>
    }
}

fn is_dark(code: &QRCode, x: usize, y: usize) -> bool {
    code.data.get(y * code.size + x).is_some_and(|module| module.value())
}

/// Every dark module as a square.
fn path(code: &QRCode) -> String {
    let all = (0..code.size).flat_map(|y| (0..code.size).map(move |x| (x, y)));
    let dark = all.filter(|(x, y)| is_dark(code, *x, *y));
    dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_are_as_a_camera_looks_for_them() {
        let code = QRBuilder::new("https://example.org/wallet/family/accept#7K3QWM").ecl(ECL::M).build().unwrap();
        let finder = |left: usize, top: usize| {
            (0..7_usize).all(|y| {
                (0..7_usize).all(|x| is_dark(&code, left + x, top + y) == (x.abs_diff(3).max(y.abs_diff(3)) != 2))
            })
        };
        let far = code.size - 7;
        assert!(finder(0, 0) && finder(far, 0) && finder(0, far));
        assert!(path(&code).starts_with("M4 4h1v1h-1z"));
    }
}
