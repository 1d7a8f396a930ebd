use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

/// Light modules on every side, as the standard demands.
const QUIET: i32 = 4;

#[derive(Properties, PartialEq)]
pub struct QrProps {
    pub text: AttrValue,
    pub label: AttrValue,
}

/// A text as a code that a camera reads: always dark on light, whatever the page looks like.
#[component]
pub fn Qr(props: &QrProps) -> Html {
    let Ok(code) = QrCode::encode_text(&props.text, QrCodeEcc::Medium) else { return Html::default() };
    let side = code.size() + 2 * QUIET;
    html! {
        <svg class="qr" role="img" aria-label={props.label.clone()} viewBox={format!("0 0 {side} {side}")} data-testid="qr">
            <rect width={side.to_string()} height={side.to_string()} fill="#ffffff" />
            <path d={path(&code)} fill="#000000" shape-rendering="crispEdges" />
        </svg>
    }
}

/// Every dark module as a square.
fn path(code: &QrCode) -> String {
    let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    let dark = all.filter(|(x, y)| code.get_module(*x, *y));
    dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_are_as_a_camera_looks_for_them() {
        let code = QrCode::encode_text("https://example.org/wallet/family/accept#7K3QWM", QrCodeEcc::Medium).unwrap();
        let finder = |left: i32, top: i32| {
            (0_i32..7).all(|y| {
                (0_i32..7).all(|x| {
                    let ring = i32::max((x - 3).abs(), (y - 3).abs());
                    code.get_module(left + x, top + y) == (ring != 2)
                })
            })
        };
        let far = code.size() - 7;
        assert!(finder(0, 0) && finder(far, 0) && finder(0, far));
        assert!(path(&code).starts_with("M4 4h1v1h-1z"));
    }
}
