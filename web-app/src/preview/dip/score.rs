//! What the coding as recorded scores and is paid. No other coding has this.

use anxin_core::preview::{DipScoreOut, PointOut};
use anxin_core::{Fen, Rate};
use yew::prelude::*;

use super::scale::scale;
use super::words::{D, band_name, point_kind_name};
use crate::i18n::Lang;
use crate::preview::library::Lines;
use crate::preview::payment::figure;
use crate::preview::words::P;

/// `patient` is what was typed, as an answer does not repeat it.
pub fn dip_payment(
    score: &DipScoreOut,
    patient: Option<Fen>,
    lines: Option<Lines>,
    notice: Option<&str>,
    lang: Lang,
) -> Html {
    html! {
        <section aria-labelledby="payment-title" data-testid="payment">
            <h3 id="payment-title">{ D::ScoreTitle.say(lang) }</h3>
            <p class="notice caution" data-testid="payment-notice">{ score.payment_notice.clone() }</p>
            if let Some(notice) = notice { <p><strong>{ notice.to_owned() }</strong></p> }
            <dl class="facts scores">
                { rate("score-group", D::GroupScore, score.group_score, lang) }
                { rate("score-coefficient", D::Coefficient, score.coefficient, lang) }
                if let Some(applied) = score.auxiliary {
                    { rate("score-auxiliary", D::Auxiliary, Some(applied.factor), lang) }
                }
                { rate("score-deviation", D::Deviation, score.deviation, lang) }
                { rate("score-case", D::CaseScore, score.case_score, lang) }
                { point(score.point.as_ref(), lang) }
            </dl>
            { band(score, lines, lang) }
            <dl class="figures">
                { figure("pay-standard", P::Standard, score.pay_standard_fen, lang) }
                { figure("pay-fund", P::FundPart, score.fund_fen, lang) }
                { figure("pay-person", P::PersonPart, patient, lang) }
            </dl>
            <p data-testid="score-text">{ score.text.clone().unwrap_or_default() }</p>
        </section>
    }
}

fn rate(id: &'static str, name: D, value: Option<Rate>, lang: Lang) -> Html {
    let text = value.map_or_else(|| P::Unknown.say(lang).to_owned(), |rate| rate.get().normalize().to_string());
    html! { <div><dt>{ name.say(lang) }</dt><dd data-testid={id} data-rate={value.map(|rate| rate.to_string())}>{ text }</dd></div> }
}

/// Yuan for one point, of which kind, and who said so when.
fn point(point: Option<&PointOut>, lang: Lang) -> Html {
    let said = point.map(|point| {
        let source = if point.source.is_empty() { D::NoSource.say(lang) } else { &point.source };
        let date = point.date.map_or_else(|| D::NoDate.say(lang).to_owned(), |date| date.to_string());
        let yuan = lang.of(format!("{} 元", point.yuan), format!("¥{}", point.yuan));
        D::PointSaid.fill(lang, &[&yuan, point_kind_name(point.kind).say(lang), source, &date])
    });
    let said = said.unwrap_or_else(|| P::Unknown.say(lang).to_owned());
    html! { <div><dt>{ D::PointValue.say(lang) }</dt><dd data-testid="score-point">{ said }</dd></div> }
}

/// 费用偏低, 正常, 费用偏高, and where the stay lies between the lines.
fn band(score: &DipScoreOut, lines: Option<Lines>, lang: Lang) -> Html {
    let Some((band, ratio)) = score.band.zip(score.ratio) else { return Html::default() };
    html! {
        <>
            <p><span class="tag" data-testid="pay-band" data-band={band.code()}>{ band_name(band).say(lang) }</span></p>
            if let Some(lines) = lines { { scale(ratio, band, lines, lang) } }
        </>
    }
}
