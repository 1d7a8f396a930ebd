use anxin_core::Fen;
use wallet_types::LineOut;
use yew::prelude::*;

use super::time;
use super::words::{W, line as what};
use crate::app::Route;
use crate::components::Way;
use crate::i18n::Lang;
use crate::services::words::money;

/// `+¥12.00`, `−¥12.00`, `¥0.00`.
pub fn signed(fen: Fen) -> String {
    let sign = if fen > Fen::ZERO { "+" } else { "" };
    format!("{sign}{}", money(fen))
}

/// Without its sign.
pub fn size(fen: Fen) -> Fen {
    Fen::new(fen.get().saturating_abs()).unwrap_or_default()
}

/// Lines of a statement below each other, so that a phone has room for them.
pub fn moves(lines: &[LineOut], lang: Lang) -> Html {
    html! { <ol class="moves" data-testid="moves">{ for lines.iter().map(|line| one(line, lang)) }</ol> }
}

fn one(line: &LineOut, lang: Lang) -> Html {
    let when = time::shown(&line.at);
    let name = what(line, lang);
    let changed = if line.posted_change_fen.is_zero() { line.held_change_fen } else { line.posted_change_fen };
    let way = line.transfer.map(|transfer| {
        let label = W::SeeReceiptOf.fill(lang, &[&when, &name]);
        html! {
            <span class="way">
                <Way to={Route::WalletReceipt { transfer: transfer.to_string() }}>
                    <span aria-hidden="true">{ W::SeeReceipt.say(lang) }</span><span class="sr">{ label }</span>
                </Way>
            </span>
        }
    });
    html! {
        <li key={line.entry} data-entry={line.entry.to_string()} data-fen={changed.get().to_string()}>
            <strong>{ name }</strong>
            <span class="amount">{ signed(changed) }</span>
            <span class="small">
                { when }
                if let Some(institution) = &line.institution {
                    { " · " }{ institution.clone() }
                }
            </span>
            <span class="small balance">
                { W::BalanceAfter.fill(lang, &[&money(line.posted_fen)]) }
                if !line.held_fen.is_zero() {
                    { " · " }{ W::HeldAfter.fill(lang, &[&money(line.held_fen)]) }
                }
            </span>
            { way }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_says_which_way_it_went() {
        let told = |fen| signed(Fen::new(fen).unwrap());
        assert_eq!((told(120_000), told(-5), told(0)), ("+¥1,200.00".into(), "−¥0.05".into(), "¥0.00".into()));
    }
}
