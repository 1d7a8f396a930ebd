use std::cmp::Ordering;

use anxin_core::benefit::{Answer, Compared};
use anxin_core::rules::{Area, Dim, Filing, Level};
use yew::prelude::*;
use yew_router::prelude::*;

use super::estimate::said;
use super::use_title;
use crate::app::Route;
use crate::charts::{StackBar, parts};
use crate::components::{Badge, Choice, Pick, Waiting, area_choices, filing_choices, in_words};
use crate::hooks::{Edit, Editor, Library, setter, use_inputs, use_lang, use_library, within};
use crate::i18n::{self, Lang, T};
use crate::model::{Inputs, SITUATIONS_MAX, Situation, read, read_situation};
use crate::services::words::{burden, money};

/// The same bill in up to four situations.
#[component]
pub fn Compare() -> Html {
    let lang = use_lang();
    use_title(T::CompareTitle);
    let (inputs, editor) = use_inputs();
    let Some(handle) = use_library() else { return Html::default() };
    let ready = read(&inputs.form).case.is_some();
    let begin = editor.clone();
    let wanted = ready && inputs.form.visit.kind.has_bill() && inputs.situations.is_empty();
    use_effect_with(wanted, move |wanted| {
        if *wanted {
            begin.emit(Edit::new(start));
        }
    });
    let body = if !inputs.form.visit.kind.has_bill() {
        html! { <p class="notice">{ T::CompareOnlyBill.say(lang) }</p> }
    } else if !ready {
        html! {
            <p class="notice" data-testid="compare-needs">
                { T::CompareNeeds.say(lang) }{ " " }<Link<Route> to={Route::Estimate}>{ T::BackHome.say(lang) }</Link<Route>>
            </p>
        }
    } else {
        situations(&inputs, &handle.library, &editor, lang)
    };
    html! {
        <>
            <h1>{ T::CompareTitle.say(lang) }</h1>
            <p class="lead">{ T::CompareIntro.say(lang) }</p>
            <p class="estimate-only">{ T::EstimateOnly.say(lang) }</p>
            <Waiting handle={handle.clone()} region={inputs.form.who.region.clone()} />
            { body }
        </>
    }
}

/// The visit as it is, beside the same visit elsewhere in the province without a filing.
fn start(inputs: &mut Inputs) {
    let here = Situation::from(&inputs.form.visit);
    let mut away = here;
    away.set_area(if here.area == Area::Local { Area::InProvince } else { Area::Local });
    inputs.situations = vec![here, away];
}

fn situations(inputs: &Inputs, library: &Library, editor: &Editor<Inputs>, lang: Lang) -> Html {
    let region = library.region(&inputs.form.who.region);
    let levels = region.map(|r| r.levels.clone()).unwrap_or_default();
    let cards = inputs.situations.iter().enumerate().map(|(i, s)| card(i, s, &levels, editor, lang));
    let cases: Option<Vec<_>> = inputs.situations.iter().map(|s| read_situation(&inputs.form, s).case).collect();
    let compared = cases.filter(|c| !c.is_empty() && library.is_loaded(&inputs.form.who.region));
    let compared = compared.map(|cases| library.compare(&cases, lang));
    html! {
        <>
            <div class="cards">{ for cards }</div>
            if inputs.situations.len() < SITUATIONS_MAX {
                <button type="button" class="secondary" data-testid="situation-add" onclick={setter(editor, |i: &mut Inputs, _: MouseEvent| {
                    let next = i.situations.last().copied().unwrap_or_else(|| Situation::from(&i.form.visit));
                    i.situations.push(next);
                })}>
                    { T::AddSituation.say(lang) }
                </button>
            }
            <div aria-live="polite">
                { match compared {
                    Some(Ok(compared)) => table(inputs, &compared, lang),
                    Some(Err(refusal)) => html! {
                        <div class="notice failed" data-testid="refused" data-code={refusal.code.code()}>
                            <strong>{ T::Refused.say(lang) }</strong>
                            <p>{ said(&refusal) }</p>
                            <p class="small">{ T::ErrorCode.say(lang) }{ " " }<code>{ refusal.code.code() }</code></p>
                        </div>
                    },
                    None => Html::default(),
                } }
            </div>
        </>
    }
}

fn card(index: usize, situation: &Situation, levels: &[Level], editor: &Editor<Inputs>, lang: Lang) -> Html {
    let number = (index + 1).to_string();
    let id = |part: &str| format!("s{index}-{part}");
    let part = within(editor, move |i: &mut Inputs| i.situations.get_mut(index));
    let levels: Vec<Choice<Level>> =
        levels.iter().map(|l| Choice::new(*l, l.word(), i18n::level(*l).say(lang))).collect();
    let remove = editor.reform(move |_: MouseEvent| {
        Edit::new(move |i: &mut Inputs| {
            if index < i.situations.len() {
                i.situations.remove(index);
            }
        })
    });
    html! {
        <fieldset class="card" key={index}>
            <legend>{ T::SituationNumber.fill(lang, &[&number]) }</legend>
            <Pick<Level>
                id={id("level")} legend={T::LevelQ.say(lang)} choices={levels} value={situation.level}
                onchange={setter(&part, |s: &mut Situation, level| s.level = Some(level))}
            />
            <Pick<Area>
                id={id("area")} legend={T::AreaQ.say(lang)} choices={area_choices(lang)} value={Some(situation.area)}
                onchange={setter(&part, Situation::set_area)}
            />
            if situation.area != Area::Local {
                <Pick<Filing>
                    id={id("filing")} legend={T::FilingQ.say(lang)} choices={filing_choices(situation.area, lang)}
                    value={Some(situation.filing)} onchange={setter(&part, |s: &mut Situation, f| s.filing = f)}
                />
            }
            <button type="button" class="plain" onclick={remove} aria-label={T::RemoveSituation.fill(lang, &[&number])}>
                { T::Remove.say(lang) }
            </button>
        </fieldset>
    }
}

/// What each situation costs more or less than the first. A range has no difference.
fn differences(answers: &[Answer], lang: Lang) -> Vec<String> {
    let Some((first, others)) = answers.split_first() else { return Vec::new() };
    let told = (2..).zip(others).map(|(number, answer)| {
        let number: String = i32::to_string(&number);
        if first.range.is_some() || answer.range.is_some() {
            return T::CompareOpen.fill(lang, &[&number]);
        }
        let (one, other) = (first.settlement.psn_part_amt, answer.settlement.psn_part_amt);
        match other.cmp(&one) {
            Ordering::Greater => T::CompareMore.fill(lang, &[&number, &money(other.above(one))]),
            Ordering::Less => T::CompareLess.fill(lang, &[&number, &money(one.above(other))]),
            Ordering::Equal => T::CompareSame.fill(lang, &[&number]),
        }
    });
    told.collect()
}

type Row = (&'static str, T, fn(&Answer, Lang) -> Html);

const ROWS: [Row; 9] = [
    ("person", T::RowPerson, |a, _| html! { <strong>{ money(a.settlement.psn_part_amt) }</strong> }),
    ("range", T::RowRange, |a, _| {
        if a.range.is_some() {
            html! { burden(a) }
        } else {
            html! { "—" }
        }
    }),
    ("self-pay", T::RowSelfPay, |a, _| html! { money(a.settlement.self_pay) }),
    ("own-expense", T::RowOwn, |a, _| html! { money(a.settlement.own_expense) }),
    ("fund", T::RowFund, |a, _| html! { money(a.settlement.fund_pay_sumamt) }),
    ("deductible", T::RowDeductible, |a, _| html! { money(a.settlement.act_pay_dedc) }),
    ("ratio", T::RowRatio, |a, _| html! { a.settlement.pool_prop_selfpay.as_percent().to_string() }),
    ("direct", T::RowDirect, direct),
    ("certainty", T::RowCertainty, |a, _| html! { <Badge certainty={a.certainty} /> }),
];

fn direct(answer: &Answer, lang: Lang) -> Html {
    let known = match answer.away.as_ref().map(|away| away.direct_settlement.yes) {
        None | Some(Some(true)) => T::AwayDirectYes,
        Some(Some(false)) => T::AwayDirectNo,
        Some(None) => T::NotFoundAsk,
    };
    html! { known.say(lang) }
}

fn place_words(situation: &Situation, lang: Lang) -> String {
    let mut words = vec![i18n::area(situation.area).say(lang)];
    words.extend(situation.level.map(|l| i18n::level(l).say(lang)));
    if situation.area != Area::Local {
        words.push(i18n::filing(situation.filing).say(lang));
    }
    words.join(" · ")
}

fn table(inputs: &Inputs, compared: &Compared, lang: Lang) -> Html {
    let heads = inputs.situations.iter().enumerate().map(|(i, situation)| {
        let number = (i + 1).to_string();
        html! {
            <th scope="col" key={i}>
                { T::SituationNumber.fill(lang, &[&number]) }
                <span class="small">{ place_words(situation, lang) }</span>
                if compared.cheapest == Some(i) {
                    <span class="tag good" data-testid="cheapest">{ T::Cheapest.say(lang) }</span>
                }
            </th>
        }
    });
    let rows = ROWS.iter().map(|(key, name, show)| {
        let cells = compared.answers.iter().enumerate().map(|(i, answer)| {
            html! { <td key={i} data-testid={format!("s{i}-{key}")}>{ show(answer, lang) }</td> }
        });
        html! { <tr key={*key}><th scope="row">{ name.say(lang) }</th>{ for cells }</tr> }
    });
    let most = compared.answers.iter().map(|a| a.settlement.medfee_sumamt).max().unwrap_or_default();
    let bars = compared.answers.iter().enumerate().map(|(i, answer)| {
        let parts = parts(&answer.settlement);
        let number = (i + 1).to_string();
        let label = in_words(&parts, answer.settlement.medfee_sumamt, lang);
        html! {
            <div class="bar-row" key={i}>
                <span>{ T::SituationNumber.fill(lang, &[&number]) }</span><StackBar {parts} whole={most} {label} />
            </div>
        }
    });
    html! {
        <>
            if compared.cheapest.is_none() && compared.answers.len() > 1 {
                <p class="notice" data-testid="no-cheapest">{ T::NoCheapest.say(lang) }</p>
            }
            <div class="bars">{ for bars }</div>
            <ul data-testid="differences">{ for differences(&compared.answers, lang).into_iter().map(|told| html! { <li>{ told }</li> }) }</ul>
            <div class="scroll" tabindex="0" role="region" aria-label={T::CompareCaption.say(lang)}>
                <table class="money compared" data-testid="compared">
                    <caption>{ T::CompareCaption.say(lang) }</caption>
                    <thead><tr><td></td>{ for heads }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}
