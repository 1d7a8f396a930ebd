use anxin_core::Fen;
use yew::prelude::*;

use super::percent;
use crate::hooks::use_lang;
use crate::i18n::T;
use crate::services::words::money;

#[derive(Properties, PartialEq)]
pub struct RangeBarProps {
    pub least: Fen,
    pub most: Fen,
    /// What the whole width stands for.
    pub whole: Fen,
}

/// Where between nothing and the whole bill the person's part lies.
#[component]
pub fn RangeBar(props: &RangeBarProps) -> Html {
    let lang = use_lang();
    let RangeBarProps { least, most, whole } = *props;
    let label = T::RangeLabel.fill(lang, &[&money(least), &money(most), &money(whole)]);
    let (from, to, all) = (least.get(), most.get(), whole.get());
    html! {
        <svg class="range" role="img" aria-label={label} width="100%" height="36">
            <rect class="ground" x="0" y="14" width="100%" height="8" />
            <rect class="span" x={percent(from, all)} y="10" width={percent(to.saturating_sub(from), all)} height="16" />
            <line class="end" x1={percent(from, all)} x2={percent(from, all)} y1="4" y2="32" />
            <line class="end" x1={percent(to, all)} x2={percent(to, all)} y1="4" y2="32" />
        </svg>
    }
}
