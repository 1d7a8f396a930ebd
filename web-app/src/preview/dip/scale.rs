//! Where the cost of one stay lies between the lines.

use anxin_core::Rate;
use anxin_core::dip::Band;
use yew::prelude::*;

use super::words::{D, band_name};
use crate::i18n::Lang;
use crate::preview::library::Lines;

/// From an eighth to eight times: doublings lie equally far from each other.
const DOUBLINGS: f64 = 3.0;

pub fn scale(ratio: Rate, band: Band, lines: Lines, lang: Lang) -> Html {
    let text = |rate: Rate| rate.get().normalize().to_string();
    let short = text(Rate::new(ratio.get().round_dp(2)));
    let (low, high) = (text(lines.low), text(lines.high));
    let label = D::ScaleLabel.fill(lang, &[&text(ratio), band_name(band).say(lang), &low, &high]);
    let (at, from, to) = (place(ratio), place(lines.low), place(lines.high));
    let word = |x: f64, y: &'static str, text: String| {
        html! { <text class="scale-word" x={percent(x)} {y} text-anchor={anchor(x)}>{ text }</text> }
    };
    let times = |rate: &str| D::ScaleTimes.fill(lang, &[rate]);
    html! {
        <figure class="scale">
            <svg role="img" aria-label={label.clone()} width="100%" height="76" data-testid="pay-scale">
                <rect class="ground" x="0" y="30" width="100%" height="12" />
                <rect class="span" x={percent(from)} y="30" width={percent(to - from)} height="12" />
                { line(from) }
                { line(to) }
                { word(from, "66", times(&low)) }
                { word(to, "66", times(&high)) }
                <line class="end" x1={percent(at)} x2={percent(at)} y1="20" y2="52" />
                { word(at, "14", times(&short)) }
            </svg>
            <figcaption class="small">{ label }</figcaption>
        </figure>
    }
}

fn line(x: f64) -> Html {
    html! { <line class="limit" x1={percent(x)} x2={percent(x)} y1="26" y2="50" /> }
}

/// A share of the width; what lies beyond an end stands at it.
fn place(rate: Rate) -> f64 {
    let times: f64 = rate.to_string().parse().unwrap_or_default();
    if times <= 0.0 {
        return 0.0;
    }
    ((times.log2() + DOUBLINGS) / (2.0 * DOUBLINGS)).clamp(0.0, 1.0)
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// Words at an end stay inside the picture.
fn anchor(x: f64) -> &'static str {
    match x {
        x if x < 0.1 => "start",
        x if x > 0.9 => "end",
        _ => "middle",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doublings_lie_equally_far_apart() {
        let at = |text: &str| percent(place(Rate::parse(text).unwrap()));
        assert_eq!(
            [at("0.125"), at("0.5"), at("1"), at("2"), at("8")],
            ["0.00%", "33.33%", "50.00%", "66.67%", "100.00%"].map(str::to_owned)
        );
        assert_eq!((at("0"), at("99")), ("0.00%".to_owned(), "100.00%".to_owned()));
    }
}
