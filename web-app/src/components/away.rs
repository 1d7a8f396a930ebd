use anxin_core::benefit::{Away, AwayFact};
use yew::prelude::*;

use super::Badge;
use crate::hooks::use_lang;
use crate::i18n::{Lang, T};

#[derive(Properties, PartialEq)]
pub struct AwayViewProps {
    pub away: Away,
}

/// How treatment away from home is settled; what is not known is said to be so.
#[component]
pub fn AwayView(props: &AwayViewProps) -> Html {
    let lang = use_lang();
    let away = &props.away;
    let years = away.claim_years.count.map(|n| T::AwayClaimYears.fill(lang, &[&n.to_string()]));
    let rows = [
        (
            "direct",
            T::AwayDirect,
            answer(&away.direct_settlement, T::AwayDirectYes, T::AwayDirectNo, lang),
            &away.direct_settlement,
        ),
        ("filing", T::AwayFiling, answer(&away.filing_required, T::Yes, T::No, lang), &away.filing_required),
        (
            "filing-before",
            T::AwayFilingBefore,
            answer(&away.filing_before_discharge, T::CanStill, T::Cannot, lang),
            &away.filing_before_discharge,
        ),
        ("claim", T::AwayClaim, years, &away.claim_years),
    ];
    let rows = rows.into_iter().map(|(key, name, text, fact)| {
        let known = text.is_some();
        html! {
            <div key={key}>
                <dt>{ name.say(lang) }</dt>
                <dd data-testid={format!("away-{key}")}>
                    { text.unwrap_or_else(|| T::NotFoundAsk.say(lang).to_owned()) }
                    if known {
                        { " " }<Badge certainty={fact.certainty} />
                    }
                </dd>
            </div>
        }
    });
    let papers = away.papers.clone().unwrap_or_else(|| T::NotFoundAsk.say(lang).to_owned());
    html! {
        <section class="away" aria-labelledby="away-title" data-testid="away">
            <h3 id="away-title">{ T::AwayTitle.say(lang) }</h3>
            <dl class="facts">
                { for rows }
                <div><dt>{ T::AwayPapers.say(lang) }</dt><dd data-testid="away-papers">{ papers }</dd></div>
                <div><dt>{ T::AwayChannel.say(lang) }</dt><dd><a href={format!("tel:{}", away.channel)}>{ away.channel.clone() }</a></dd></div>
            </dl>
        </section>
    }
}

fn answer(fact: &AwayFact, yes: T, no: T, lang: Lang) -> Option<String> {
    fact.yes.map(|is| if is { yes } else { no }.say(lang).to_owned())
}
