//! Score against cost, with the lines from which a cost is low and high.

use anxin_core::Rate;
use yew::prelude::*;

use super::scatter::{COLUMNS, Cell, ROWS, cost_place, score_place, share};
use super::summary::Dip;
use crate::i18n::Lang;
use crate::preview::words::P;

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 380.0;
/// Room for words at the left and below.
const LEFT: f64 = 84.0;
const BELOW: f64 = 50.0;
const RIGHT: f64 = 16.0;
const ABOVE: f64 = 12.0;

const SCORES: [i64; 4] = [10, 100, 1_000, 10_000];
/// In hundredths.
const TIMES: [i64; 4] = [25, 100, 400, 800];

pub fn scatter(dip: &Dip, lang: Lang) -> Html {
    let scatter = &dip.scatter;
    if scatter.stays == 0 {
        return Html::default();
    }
    let [stays, few, normal, many] = [scatter.stays, dip.low, dip.normal, dip.high].map(|n| n.to_string());
    let [low, high] = [scatter.low, scatter.high].map(|rate| rate.get().normalize().to_string());
    let label = P::ScatterLabel.fill(lang, &[&stays, &few, &normal, &many, &low, &high]);
    let most = scatter.most();
    html! {
        <section aria-labelledby="scatter-title">
            <h3 id="scatter-title">{ P::ScatterTitle.say(lang) }</h3>
            <figure class="scatter">
                <svg role="img" aria-label={label.clone()} viewBox={format!("0 0 {WIDTH} {HEIGHT}")} data-testid="scatter" data-stays={scatter.stays.to_string()}>
                    { for scores() }
                    { for TIMES.into_iter().filter_map(|t| mark(Rate::percent(t), "tick", lang)) }
                    { for scatter.cells().map(|cell| dot(cell, most)) }
                    { mark(scatter.low, "limit", lang) }
                    { mark(scatter.high, "limit", lang) }
                    <rect class="frame" x={LEFT.to_string()} y={ABOVE.to_string()} width={wide(1.0).to_string()} height={tall(1.0).to_string()} />
                    <text x={(LEFT + wide(0.5)).to_string()} y={(HEIGHT - 8.0).to_string()} text-anchor="middle">{ P::ScatterX.say(lang) }</text>
                    <text transform={format!("translate(17 {}) rotate(-90)", ABOVE + tall(0.5))} text-anchor="middle">{ P::ScatterY.say(lang) }</text>
                </svg>
                <figcaption class="small">{ label }</figcaption>
            </figure>
        </section>
    }
}

fn wide(share: f64) -> f64 {
    share * (WIDTH - LEFT - RIGHT)
}

fn tall(share: f64) -> f64 {
    share * (HEIGHT - ABOVE - BELOW)
}

/// From below.
fn height(place: f64) -> f64 {
    ABOVE + tall(1.0 - place)
}

fn scores() -> impl Iterator<Item = Html> {
    SCORES.into_iter().filter_map(|score| {
        let x = LEFT + wide(score_place(Rate::percent(score * 100))?);
        Some(html! {
            <g key={score}>
                <line class="tick" x1={x.to_string()} x2={x.to_string()} y1={height(1.0).to_string()} y2={height(0.0).to_string()} />
                <text x={x.to_string()} y={(height(0.0) + 19.0).to_string()} text-anchor="middle">{ score }</text>
            </g>
        })
    })
}

/// A cost that is written at the side.
fn mark(times: Rate, class: &'static str, lang: Lang) -> Option<Html> {
    let y = height(cost_place(times)?);
    let text = P::ScatterTimes.fill(lang, &[&times.get().normalize().to_string()]);
    Some(html! {
        <g key={text.clone()}>
            <line {class} x1={LEFT.to_string()} x2={(LEFT + wide(1.0)).to_string()} y1={y.to_string()} y2={y.to_string()} />
            <text x={(LEFT - 5.0).to_string()} y={(y + 5.0).to_string()} text-anchor="end">{ text }</text>
        </g>
    })
}

/// A field as a square, larger the more stays it has.
fn dot(cell: Cell, most: u32) -> Html {
    let Cell { column, row, count } = cell;
    let (x, y) = (LEFT + wide(share(column, COLUMNS)), height(share(row + 1, ROWS)));
    let (w, h) = (wide(share(1, COLUMNS)), tall(share(1, ROWS)));
    // A single stay has to be seen beside thousands.
    let size = 0.35 + 0.65 * (f64::from(count).ln_1p() / f64::from(most.max(1)).ln_1p());
    let inset = |side: f64| side * (1.0 - size) / 2.0;
    html! {
        <rect
            class="cell" key={format!("{column}-{row}")} x={format!("{:.1}", x + inset(w))} y={format!("{:.1}", y + inset(h))}
            width={format!("{:.1}", w * size)} height={format!("{:.1}", h * size)}
        />
    }
}
