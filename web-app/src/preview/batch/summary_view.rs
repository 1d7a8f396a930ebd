use anxin_core::Fen;
use anxin_core::dip::{Band, Path};
use anxin_core::text::payment_notice;
use yew::prelude::*;

use super::chart::{Bars, Line};
use super::page::{Done, Keep};
use super::scatter_view::scatter;
use super::summary::{Department, Dip, Summary};
use super::task::{Progress, ReasonKind};
use super::worklist::reason_name;
use crate::app::Route;
use crate::charts::percent_text;
use crate::components::Way;
use crate::hooks::{Edit, use_lang};
use crate::i18n::Lang;
use crate::preview::dip::{band_name, path_name};
use crate::preview::form::Inputs;
use crate::preview::inputs::use_inputs;
use crate::preview::words::P;
use crate::services::browser;
use crate::services::words::money;

/// Departments that the charts show; the table below has them all.
const SHOWN: usize = 15;

#[derive(Properties, PartialEq)]
pub struct SummaryViewProps {
    pub done: Keep<Done>,
    pub again: Callback<MouseEvent>,
}

/// The table in figures and charts, and the file that comes out.
#[component]
pub fn SummaryView(props: &SummaryViewProps) -> Html {
    let lang = use_lang();
    let Done { summary, progress, file, name } = &*props.done.0;
    let download = {
        let (file, name) = (
            file.clone(),
            format!(
                "{}-{}",
                if summary.dip.is_some() { "dip" } else { "drg" },
                name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem)
            ),
        );
        Callback::from(move |_: MouseEvent| {
            if let Some(file) = &file {
                browser::save(file, &format!("{name}.csv"));
            }
        })
    };
    let (_, editor) = use_inputs();
    let into_forecast = {
        let (dip, rows, name) = (summary.dip.clone().unwrap_or_default(), summary.rows.to_string(), name.clone());
        let source = P::ScoresFrom.fill(lang, &[&name, &rows, &dip.scored.to_string()]);
        editor.reform(move |id: &'static str| {
            let (value, source) = (dip.score.get().normalize().to_string(), source.clone());
            Edit::new(move |inputs: &mut Inputs| inputs.forecast.take_score(id, value, source))
        })
    };
    html! {
        <section aria-labelledby="summary-title" data-testid="summary">
            <h2 id="summary-title">{ P::SummaryTitle.say(lang) }</h2>
            <p role="status" data-testid="batch-done">{ took(*progress, lang) }</p>
            if let Some(notice) = summary.dip.as_ref().and_then(|dip| dip.notice.clone()) {
                <p class="notice caution" data-testid="summary-notice">{ notice.of(lang).to_owned() }</p>
            }
            if summary.remarked > 0 {
                <p class="notice caution" data-testid="remarked">{ P::Remarked.fill(lang, &[&summary.remarked.to_string()]) }</p>
            }
            if summary.fees_elsewhere > 0 {
                <p class="notice caution" data-testid="fees-elsewhere">{ P::FeesElsewhere.fill(lang, &[&summary.fees_elsewhere.to_string()]) }</p>
            }
            { figures(summary, lang) }
            <div class="buttons">
                <button type="button" data-testid="download" onclick={download}>{ P::Download.say(lang) }</button>
                <button type="button" class="secondary" onclick={Callback::from(|_: MouseEvent| browser::print())}>{ P::Print.say(lang) }</button>
                <button type="button" class="plain" data-testid="batch-again" onclick={props.again.clone()}>{ P::Again.say(lang) }</button>
            </div>
            if let Some(dip) = &summary.dip {
                { forecast_from(dip, &into_forecast, lang) }
                { dip_view(dip, lang) }
            }
            { reasons(summary, lang) }
            { departments(summary, lang) }
        </section>
    }
}

/// A pace says something only where there was something to do.
fn took(progress: Progress, lang: Lang) -> String {
    const WORTH_TELLING_MILLIS: f64 = 100.0;
    let rows = progress.rows.to_string();
    if progress.millis < WORTH_TELLING_MILLIS {
        return P::SummaryRows.fill(lang, &[&rows]);
    }
    let (seconds, pace) = (progress.millis / 1000.0, progress.rows_per_second());
    P::SummaryTime.fill(lang, &[&rows, &format!("{seconds:.1}"), &format!("{pace:.0}")])
}

fn figures(summary: &Summary, lang: Lang) -> Html {
    let share =
        |part: u32| P::ShareOf.fill(lang, &[&part.to_string(), &percent_text(part.into(), summary.rows.into())]);
    let of_grouped = |part: u32| percent_text(part.into(), summary.grouped.into());
    let groups = summary.groups.keys().filter(|group| is_group(group)).count();
    let mut all = vec![
        ("sum-rows", P::SumRows, summary.rows.to_string()),
        ("sum-grouped", P::SumGrouped, share(summary.grouped)),
        ("sum-ungrouped", P::SumUngrouped, share(summary.ungrouped)),
        ("sum-failed", P::SumFailed, share(summary.failed)),
        ("sum-groups", P::SumGroups, groups.to_string()),
    ];
    if summary.dip.is_none() {
        all.insert(3, ("sum-ambiguous", P::SumAmbiguous, share(summary.ambiguous)));
        all.push(("sum-mcc", P::SumMcc, of_grouped(summary.mcc)));
        all.push(("sum-cc", P::SumCc, of_grouped(summary.cc)));
    }
    if summary.weighted > 0 {
        all.extend(summary.case_mix().map(|cmi| ("sum-cmi", P::SumCmi, cmi)));
        all.push(("sum-weighted", P::SumWeighted, summary.weighted.to_string()));
    }
    let items = all.into_iter().map(|(id, name, value)| {
        html! { <div><dt>{ name.say(lang) }</dt><dd data-testid={id}>{ value }</dd></div> }
    });
    html! { <dl class="figures">{ for items }</dl> }
}

/// The scores of the table as those of a month or a year, for the forecast.
fn forecast_from(dip: &Dip, take: &Callback<&'static str>, lang: Lang) -> Html {
    if dip.scored == 0 {
        return Html::default();
    }
    let button = |id: &'static str, name: P| {
        let onclick = take.reform(move |_: MouseEvent| id);
        html! { <button type="button" class="secondary" data-testid={format!("take-{id}")} {onclick}>{ name.say(lang) }</button> }
    };
    let sum = dip.score.get().normalize().to_string();
    html! {
        <div class="notice" data-testid="scores-sum" data-score={sum.clone()}>
            <p>{ P::ScoresSum.fill(lang, &[&dip.scored.to_string(), &sum]) }</p>
            <div class="buttons">
                { button("fc-month-score", P::ScoresToMonth) }
                { button("fc-year-score", P::ScoresToYear) }
            </div>
            <p><Way to={Route::PreviewForecast}>{ P::GoForecast.say(lang) }</Way></p>
        </div>
    }
}

/// What stands in the column of groups where there is none is no group.
fn is_group(label: &str) -> bool {
    !matches!(label, "" | "0000" | "UNGROUPED" | "EXCLUDED" | "INVALID")
}

/// Layers, costs against their lines, and score against cost.
fn dip_view(dip: &Dip, lang: Lang) -> Html {
    let count = |name: String, n: u32| Line { name, bars: vec![("pool", n.into(), n.to_string())] };
    let layer = |path: Path| {
        let rows = *dip.paths.get(path.code())?;
        Some(count(path_name(path).say(lang).to_owned(), rows))
    };
    let bands = [(Band::Low, dip.low), (Band::Normal, dip.normal), (Band::High, dip.high)];
    let bands = bands.map(|(band, rows)| count(band_name(band).say(lang).to_owned(), rows)).to_vec();
    let compared = dip.low + dip.normal + dip.high > 0;
    html! {
        <>
            <section aria-labelledby="layers-title" data-testid="layers">
                <h3 id="layers-title">{ P::LayersTitle.say(lang) }</h3>
                <Bars label={P::LayersTitle.say(lang)} lines={PATHS.into_iter().filter_map(layer).collect::<Vec<_>>()} />
            </section>
            if compared {
                <section aria-labelledby="bands-title" data-testid="bands">
                    <h3 id="bands-title">{ P::BandsTitle.say(lang) }</h3>
                    <Bars label={P::BandsTitle.say(lang)} lines={bands} />
                </section>
            }
            { scatter(dip, lang) }
        </>
    }
}

const PATHS: [Path; 11] = [
    Path::PreGroup,
    Path::Core,
    Path::Comprehensive,
    Path::Chapter,
    Path::Blank,
    Path::BedDay,
    Path::Tcm,
    Path::Ungrouped,
    Path::Excluded,
    Path::InvalidDx,
    Path::Incomplete,
];

fn reasons(summary: &Summary, lang: Lang) -> Html {
    if summary.reasons.is_empty() {
        return Html::default();
    }
    let lines = ReasonKind::ALL.iter().filter_map(|kind| {
        let count = *summary.reasons.get(kind)?;
        Some(Line { name: reason_name(*kind).say(lang).into(), bars: vec![("self", count.into(), count.to_string())] })
    });
    html! {
        <section aria-labelledby="reasons-title">
            <h3 id="reasons-title">{ P::ReasonsTitle.say(lang) }</h3>
            <Bars label={P::ReasonsTitle.say(lang)} lines={lines.collect::<Vec<_>>()} />
        </section>
    }
}

fn departments(summary: &Summary, lang: Lang) -> Html {
    let mut all: Vec<(&String, &Department)> = summary.departments.iter().collect();
    all.sort_by_key(|(_, d)| std::cmp::Reverse(d.rows));
    let named = |name: &str| if name.is_empty() { P::NoDepartment.say(lang).to_owned() } else { name.to_owned() };
    let shown = || all.iter().take(SHOWN);
    let counts =
        shown().map(|(name, d)| Line { name: named(name), bars: vec![("pool", d.rows.into(), d.rows.to_string())] });
    let paid = all.iter().any(|(_, d)| d.paid > 0);
    let yuan = |fen| money(Fen::new(fen).unwrap_or_default());
    let costs = shown().filter(|(_, d)| d.paid > 0).map(|(name, d)| Line {
        name: named(name),
        bars: vec![
            ("hifmi", d.cost_fen, P::BarCost.fill(lang, &[&yuan(d.cost_fen)])),
            ("pool", d.standard_fen, P::BarStandard.fill(lang, &[&yuan(d.standard_fen)])),
        ],
    });
    let heads = [P::FieldDepartment, P::SumRows, P::SumGrouped, P::ColPaid, P::ColCost, P::ColStandard];
    let heads = heads.into_iter().take(if paid { 6 } else { 3 });
    let rows = all.iter().map(|(name, d)| {
        html! {
            <tr key={(*name).clone()}>
                <th scope="row">{ named(name) }</th><td class="amount">{ d.rows }</td><td class="amount">{ d.grouped }</td>
                if paid {
                    <td class="amount">{ d.paid }</td><td class="amount">{ yuan(d.cost_fen) }</td><td class="amount">{ yuan(d.standard_fen) }</td>
                }
            </tr>
        }
    });
    html! {
        <section aria-labelledby="departments-title">
            <h3 id="departments-title">{ P::DepartmentsTitle.say(lang) }</h3>
            <Bars label={P::DepartmentsTitle.say(lang)} lines={counts.collect::<Vec<_>>()} />
            if paid {
                <h3>{ P::CostsTitle.say(lang) }</h3>
                <p class="notice caution" data-testid="payment-notice">{ payment_notice(lang) }</p>
                <Bars label={P::CostsTitle.say(lang)} lines={costs.collect::<Vec<_>>()} />
            }
            <details class="fold terms">
                <summary>{ P::DepartmentsTable.say(lang) }</summary>
                <div class="scroll" tabindex="0" role="region" aria-label={P::DepartmentsTable.say(lang)}>
                    <table data-testid="departments">
                        <thead><tr>{ for heads.map(|head| html! { <th scope="col">{ head.say(lang) }</th> }) }</tr></thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                </div>
            </details>
        </section>
    }
}
