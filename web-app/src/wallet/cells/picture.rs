use anxin_core::Fen;
use wallet_types::PeerOut;
use yew::prelude::*;

use super::words::A;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::words::money;

/// In units of the drawing: one row, a bar's height, where names end, and the middle that bars grow from.
const ROW: i64 = 40;
const BAR: i64 = 20;
const WIDE: i64 = 320;
const MIDDLE: i64 = 200;
const LONGEST: i64 = 110;

#[derive(Properties, PartialEq)]
pub struct PositionsProps {
    pub peers: Vec<PeerOut>,
}

/// What is owed with each area: to the left what this one owes, to the right what it is owed. The same stands below in
/// words.
#[component]
pub fn Positions(props: &PositionsProps) -> Html {
    let lang = use_lang();
    let most = props.peers.iter().map(|peer| peer.position_fen.get().saturating_abs()).max().unwrap_or_default().max(1);
    let height = i64::try_from(props.peers.len()).unwrap_or_default().max(1) * ROW;
    let told: Vec<String> =
        props.peers.iter().map(|peer| format!("{} {}", peer.area, owed(peer.position_fen, lang))).collect();
    html! {
        <svg class="tree" role="img" aria-label={told.join(lang.of("；", "; "))} viewBox={format!("0 0 {WIDE} {height}")} data-testid="positions">
            <path class="line" d={format!("M{MIDDLE} 0 V{height}")} />
            { for props.peers.iter().zip(0_i64..).map(|(peer, n)| row(peer, n, most)) }
        </svg>
    }
}

fn row(peer: &PeerOut, n: i64, most: i64) -> Html {
    let position = peer.position_fen.get();
    let length = i128::from(position.saturating_abs()) * i128::from(LONGEST) / i128::from(most);
    let length = i64::try_from(length).unwrap_or(LONGEST);
    let left = if position > 0 { MIDDLE - length } else { MIDDLE };
    let (top, base) = (n * ROW + (ROW - BAR) / 2, n * ROW + ROW / 2 + 5);
    html! {
        <g key={peer.area.clone()}>
            <text class="name" x="4" y={base.to_string()}>{ peer.area.clone() }</text>
            <rect x={left.to_string()} y={top.to_string()} width={length.to_string()} height={BAR.to_string()} />
        </g>
    }
}

/// A position in words.
pub fn owed(position: Fen, lang: Lang) -> String {
    let less = Fen::ZERO.above(position);
    match (position > Fen::ZERO, less.is_zero()) {
        (true, _) => A::WeOwe.fill(lang, &[&money(position)]),
        (false, false) => A::TheyOwe.fill(lang, &[&money(less)]),
        (false, true) => A::Even.say(lang).to_owned(),
    }
}
