use wallet_types::{RelationOut, Side};
use yew::prelude::*;

use super::kin::{called, named as name_of};
use super::words::G;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::words::money;

/// In units of the drawing: one row, a box's height, and where boxes begin and end.
const ROW: usize = 56;
const BOX: usize = 36;
const ME: usize = 64;
const THEM: usize = 184;
const WIDE: usize = 320;

#[derive(Properties, PartialEq)]
pub struct PictureProps {
    pub relations: Vec<RelationOut>,
}

/// Who shares with whom: oneself on one side, relatives on the other, an arrow the way the money goes. The same stands
/// below as a list.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let lang = use_lang();
    let rows = props.relations.len();
    let height = rows.max(1) * ROW;
    let told: Vec<String> = props.relations.iter().map(|r| line(r, lang)).collect();
    html! {
        <svg class="tree" role="img" aria-label={told.join(lang.of("；", "; "))} viewBox={format!("0 0 {WIDE} {height}")} data-testid="family-picture">
            { for props.relations.iter().enumerate().map(|(n, relation)| row(n, relation, height, lang)) }
            { named(0, ME, height / 2, G::Me.say(lang)) }
        </svg>
    }
}

/// One relation in a line.
fn line(relation: &RelationOut, lang: Lang) -> String {
    let heading = called(relation, lang);
    match relation.usable_fen {
        Some(usable) => format!("{heading}{}{}", lang.of("，", ", "), G::UsableIs.fill(lang, &[&money(usable)])),
        None => heading,
    }
}

fn row(n: usize, relation: &RelationOut, height: usize, lang: Lang) -> Html {
    let middle = n * ROW + ROW / 2;
    let gives = relation.side == Side::Giver;
    let me = height / 2;
    let line = format!("M{ME} {me} L{} {middle}", THEM - 1);
    // The head of the arrow lies before the box that it points at.
    let head = match gives {
        true => format!("M{} {middle} l-10 -5 v10 z", THEM - 1),
        false => format!("M{} {me} l10 -5 v10 z", ME + 1),
    };
    let amount = relation.usable_fen.map(money).unwrap_or_default();
    let (x, y) = ((ME + THEM) / 2, usize::midpoint(me, middle).saturating_sub(6));
    html! {
        <g key={relation.id.to_string()} class={if gives { "out" } else { "in" }}>
            <path class="line" d={line} />
            <path class="head" d={head} />
            <text x={x.to_string()} y={y.to_string()} text-anchor="middle">{ amount }</text>
            { named(THEM, WIDE - THEM, middle, &name_of(relation.nickname.as_ref(), relation.side, relation.kin, lang)) }
        </g>
    }
}

fn named(left: usize, wide: usize, middle: usize, name: &str) -> Html {
    html! {
        <>
            <rect x={left.to_string()} y={(middle - BOX / 2).to_string()} width={wide.to_string()} height={BOX.to_string()} rx="4" />
            <text class="name" x={(left + wide / 2).to_string()} y={(middle + 5).to_string()} text-anchor="middle">{ name.to_owned() }</text>
        </>
    }
}
