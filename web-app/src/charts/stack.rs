use anxin_core::Fen;
use yew::prelude::*;

use super::parts::Part;
use super::patterns::fill;
use super::percent;
use crate::hooks::use_lang;

#[derive(Properties, PartialEq)]
pub struct StackBarProps {
    pub parts: Vec<Part>,
    /// What the whole width stands for.
    pub whole: Fen,
    /// The bar in words.
    pub label: String,
}

/// Narrowest part, in percent of the width, that has room for its name.
const NAMED_FROM: i64 = 14;

/// A bar of parts beside each other.
#[component]
pub fn StackBar(props: &StackBarProps) -> Html {
    let lang = use_lang();
    let whole = props.whole.get();
    let mut before = 0_i64;
    let pieces = props.parts.iter().map(|part| {
        let (start, amount) = (before, part.amount.get());
        before = before.saturating_add(amount);
        let named = whole > 0 && amount.saturating_mul(100) / whole >= NAMED_FROM;
        let middle = start.saturating_add(amount / 2);
        html! {
            <g key={part.key}>
                <rect
                    class="piece" x={percent(start, whole)} y="0" width={percent(amount, whole)} height="44"
                    fill={fill(part.key)}
                />
                if named {
                    <svg x={percent(middle, whole)} y="0" class="name">
                        <text y="28" text-anchor="middle">{ part.short.say(lang) }</text>
                    </svg>
                }
            </g>
        }
    });
    html! {
        <svg class="stack" role="img" aria-label={props.label.clone()} width="100%" height="44">
            <rect class="ground" x="0" y="0" width="100%" height="44" />
            { for pieces }
        </svg>
    }
}
