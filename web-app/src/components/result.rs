use anxin_core::Fen;
use anxin_core::benefit::{Answer, DiagnosticCode, Range, Reading, Settlement};
use anxin_core::rules::Region;
use yew::prelude::*;

use super::Badge;
use crate::charts::{Part, RangeBar, StackBar, parts, percent_text};
use crate::hooks::use_lang;
use crate::i18n::{Lang, T};
use crate::services::words::{money, short_digest};

#[derive(Properties, PartialEq)]
pub struct AnswerProps {
    pub answer: Answer,
}

/// The answer in one or two sentences, in the words of the official receipt.
#[component]
pub fn Sentence(props: &AnswerProps) -> Html {
    let lang = use_lang();
    let lines = sentences(&props.answer, lang);
    let s = &props.answer.settlement;
    html! {
        <div class="sentence" id="result-sentence" data-testid="result-sentence">
            { for lines.iter().enumerate().map(|(i, line)| html! { <p key={i} class={if i == 0 { "first" } else { "then" }}>{ line }</p> }) }
            if s.medfee_sumamt.is_zero() {
                <dl class="figures">
                    if s.allowance.is_zero() {
                        { figure("result-allowance", T::RowFund, s.fund_pay_sumamt, lang) }
                    } else {
                        { figure("result-allowance", T::KindMaternity, s.allowance, lang) }
                    }
                </dl>
            } else {
                <dl class="figures">
                    { figure("result-psn-part", T::RowPerson, s.psn_part_amt, lang) }
                    { figure("result-self-pay", T::RowSelfPay, s.self_pay, lang) }
                    { figure("result-own-expense", T::RowOwn, s.own_expense, lang) }
                    { figure("result-fund", T::RowFund, s.fund_pay_sumamt, lang) }
                    { figure("result-acct", T::AccountPay, s.acct_pay, lang) }
                    { figure("result-cash", T::CashPay, s.psn_cash_pay, lang) }
                </dl>
            }
        </div>
    }
}

fn figure(id: &'static str, name: T, amount: Fen, lang: Lang) -> Html {
    html! {
        <div>
            <dt>{ name.say(lang) }</dt>
            <dd data-testid={id} data-fen={amount.get().to_string()}>{ money(amount) }</dd>
        </div>
    }
}

/// What is said first of an answer.
pub fn sentences(answer: &Answer, lang: Lang) -> Vec<String> {
    let s = &answer.settlement;
    if s.medfee_sumamt.is_zero() {
        return vec![benefit_sentence(s, answer.range.as_deref(), lang)];
    }
    let spread = answer.range.as_ref().filter(|r| r.least.psn_part_amt != r.most.psn_part_amt);
    let text = if spread.is_some() { T::SentenceWithinRange } else { T::Sentence };
    let split = text.fill(
        lang,
        &[
            &money(s.psn_part_amt),
            &money(s.self_pay),
            &money(s.own_expense),
            &account(s, lang),
            &money(s.psn_cash_pay),
            reading(answer.reading).say(lang),
        ],
    );
    let span =
        spread.map(|r| T::SentenceRange.fill(lang, &[&money(r.least.psn_part_amt), &money(r.most.psn_part_amt)]));
    span.into_iter().chain([split]).collect()
}

fn account(s: &Settlement, lang: Lang) -> String {
    let family = s.acct_mulaid_pay;
    let own = money(s.acct_pay);
    if family.is_zero() { own } else { own + &T::WithFamily.fill(lang, &[&money(family)]) }
}

fn reading(reading: Reading) -> T {
    match reading {
        Reading::Exact => T::ReadingExact,
        Reading::KnownRules => T::ReadingKnown,
        Reading::WorstCase => T::ReadingWorst,
    }
}

/// What comes to the person beside a bill: an allowance, or a second payment.
fn benefit_sentence(s: &Settlement, range: Option<&Range>, lang: Lang) -> String {
    if s.allowance.is_zero() && !s.fund_pay_sumamt.is_zero() {
        return T::SentenceSecond.fill(lang, &[&money(s.fund_pay_sumamt)]);
    }
    match range.filter(|r| r.least.allowance != r.most.allowance) {
        Some(r) => {
            let (low, high) = (r.least.allowance.min(r.most.allowance), r.least.allowance.max(r.most.allowance));
            T::SentenceAllowanceRange.fill(lang, &[&money(low), &money(high)])
        }
        None => T::SentenceAllowance.fill(lang, &[&money(s.allowance)]),
    }
}

/// The bar of who pays with its table, and the range where there is one.
#[component]
pub fn WhoPays(props: &AnswerProps) -> Html {
    let lang = use_lang();
    let Answer { settlement, range, .. } = &props.answer;
    if settlement.medfee_sumamt.is_zero() {
        return Html::default();
    }
    let parts = parts(settlement);
    let whole = settlement.medfee_sumamt;
    html! {
        <section class="who-pays" aria-labelledby="who-pays-title">
            <h3 id="who-pays-title">{ T::WhoPays.say(lang) }</h3>
            <p class="hint">{ T::WhoPaysHint.fill(lang, &[&money(whole)]) }</p>
            <StackBar parts={parts.clone()} {whole} label={in_words(&parts, whole, lang)} />
            { legend(&parts, whole, lang) }
            if let Some(range) = range {
                { range_view(&props.answer, range, lang) }
            }
        </section>
    }
}

/// The parts of a bar as a sentence, for those who hear it.
pub fn in_words(parts: &[Part], whole: Fen, lang: Lang) -> String {
    let comma = lang.of("；", "; ");
    let word =
        |p: &Part| format!("{} {} {}", p.name.say(lang), money(p.amount), percent_text(p.amount.get(), whole.get()));
    parts.iter().map(word).collect::<Vec<_>>().join(comma)
}

fn legend(parts: &[Part], whole: Fen, lang: Lang) -> Html {
    let rows = parts.iter().map(|part| {
        html! {
            <tr key={part.key} data-testid={format!("pays-{}", part.key)} data-fen={part.amount.get().to_string()}>
                <th scope="row">
                    <svg class="swatch" width="20" height="20" aria-hidden="true">
                        <rect width="20" height="20" fill={format!("url(#fill-{})", part.key)} />
                    </svg>
                    { part.name.say(lang) }
                </th>
                <td class="amount">{ money(part.amount) }</td>
                <td class="amount">{ percent_text(part.amount.get(), whole.get()) }</td>
            </tr>
        }
    });
    html! {
        <table class="money legend">
            <thead><tr>
                { for [T::ColWho, T::ColAmount, T::ColShare].map(|t| html! { <th scope="col">{ t.say(lang) }</th> }) }
            </tr></thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}

/// What was taken at its best or worst to reach the ends of a range.
fn reasons(answer: &Answer, least: bool, lang: Lang) -> String {
    let told = |codes: &[DiagnosticCode]| answer.diagnostics.iter().any(|d| codes.contains(&d.code));
    let share = told(&[DiagnosticCode::SplitAssumed]);
    let figures = told(&[DiagnosticCode::FigureUnknown, DiagnosticCode::FigureBounded]);
    let (share_why, figures_why) =
        if least { (T::RangeLeastShare, T::RangeLeastUnknown) } else { (T::RangeMostShare, T::RangeMostUnknown) };
    let whys = [(share, share_why), (figures || !share, figures_why)];
    let whys = whys.iter().filter(|(applies, _)| *applies).map(|(_, why)| why.say(lang));
    whys.collect::<Vec<_>>().join(lang.of("；", "; "))
}

fn range_view(answer: &Answer, range: &Range, lang: Lang) -> Html {
    let end = |id: &'static str, name: T, why: String, s: &Settlement| {
        html! {
            <li>
                <strong>{ name.say(lang) }{ " " }<span data-testid={id} data-fen={s.psn_part_amt.get().to_string()}>{ money(s.psn_part_amt) }</span></strong>
                <span>{ why }{ " · " }{ T::RangeFunds.fill(lang, &[&money(s.fund_pay_sumamt)]) }</span>
            </li>
        }
    };
    html! {
        <div class="range-view" data-testid="range">
            <h4>{ T::RangeTitle.say(lang) }</h4>
            <RangeBar least={range.least.psn_part_amt} most={range.most.psn_part_amt} whole={range.most.medfee_sumamt} />
            <ul class="ends">
                { end("range-least", T::RangeLeast, reasons(answer, true, lang), &range.least) }
                { end("range-most", T::RangeMost, reasons(answer, false, lang), &range.most) }
            </ul>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct RulesUsedProps {
    pub answer: Answer,
    pub region: Option<Region>,
}

/// Whose rules, of which edition, as of when, and how far they carry.
#[component]
pub fn RulesUsed(props: &RulesUsedProps) -> Html {
    let lang = use_lang();
    let Answer { pack, rule_date, certainty, .. } = &props.answer;
    let name = props.region.as_ref().map(|r| if lang == Lang::Zh { r.name_zh.clone() } else { r.name_en.clone() });
    html! {
        <section class="rules-used" aria-labelledby="rules-title" data-testid="rules-used">
            <h3 id="rules-title">{ T::RulesOf.say(lang) }</h3>
            <p>
                { name.unwrap_or_default() }{ " · " }{ T::RulesDay.fill(lang, &[&rule_date.to_string()]) }<br />
                <span class="small">{ T::RulesLine.fill(lang, &[&pack.id, &pack.edition, &short_digest(&pack.digest)]) }</span>
            </p>
            <p>{ T::Overall.say(lang) }{ " " }<Badge certainty={*certainty} /></p>
            <p class="notice">{ T::FooterEstimate.say(lang) }</p>
        </section>
    }
}
