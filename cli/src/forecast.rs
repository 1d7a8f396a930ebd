//! What a hospital may expect of its scores.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use anxin_core::dispatch::{Call, Engine, Reply, parse};
use anxin_core::preview::{FigureOrigin, ForecastAnswer, ForecastCase, ForecastLine, RateSaid, Sourced};
use anxin_core::text::Lang;
use anxin_core::{Fen, Rate, Refusal, RefusalCode};
use anxin_sheets::{Book, Limits};

use crate::args::{ForecastArgs, Format};
use crate::failure::Failure;
use crate::table::plain;
use crate::{input, sheet};

pub fn run(args: &ForecastArgs) -> Result<String, Failure> {
    if args.example {
        return Ok(wallet_api::openapi::EXAMPLE_FORECAST.to_owned());
    }
    let Some(path) = args.case.as_deref().filter(|_| !args.schema) else { return schema() };
    let lang = Lang::from(args.lang);
    let mut case: ForecastCase = parse(&input::read(path)?).map_err(|refusal| Failure::refused(refusal, lang))?;
    let lack = |part: &str| Failure::refused(Refusal::new(RefusalCode::Malformed, part, "CASE.json"), lang);
    if let Some(table) = &args.month_scores {
        case.month.as_mut().ok_or_else(|| lack("month"))?.score = scores(table, "--month-scores", lang)?;
    }
    if let Some(table) = &args.year_scores {
        case.year.as_mut().ok_or_else(|| lack("year"))?.score = scores(table, "--year-scores", lang)?;
    }
    match (Engine::new().reply(Call::ForecastDip(Box::new(case)), Some(lang)), args.format) {
        (Reply::Refused(refusal), _) => Err(Failure::by_core(refusal, lang)),
        (Reply::ForecastDip(answer), Format::Table) => Ok(told(&answer, lang)),
        (reply, _) => serde_json::to_string(&reply).map_err(|e| Failure::machine("the answer", &e)),
    }
}

/// The sum of the scores in a table that `anxin group` wrote, with where it is from and how many stays have none.
fn scores(path: &Path, option: &str, lang: Lang) -> Result<RateSaid, Failure> {
    let bytes = fs::read(path).map_err(|e| Failure::file(path, &e))?;
    let book = Book::open(&bytes, &Limits::default()).map_err(sheet::failure)?;
    let mut column = None;
    let (mut sum, mut rows, mut scored) = (Some(Rate::default()), 0_usize, 0_usize);
    let mut unread = None;
    let read = book.rows(0, |row| {
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.text.trim());
        let Some(at) = column else {
            column = row.cells.iter().position(|cell| cell.text.trim() == SCORE);
            return if column.is_some() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        };
        rows += 1;
        if !cell(at).is_empty() {
            let score = Rate::parse(cell(at));
            unread = unread.or_else(|| score.is_none().then_some(row.number));
            sum = sum.zip(score).and_then(|(sum, score)| sum.get().checked_add(score.get())).map(Rate::new);
            scored += 1;
        }
        ControlFlow::Continue(())
    });
    read.map_err(sheet::failure)?;
    let accepted = unread.map_or_else(|| SCORE.to_owned(), |row| format!("{SCORE}, row {row}: 1234.5678"));
    let value = sum
        .filter(|_| scored > 0)
        .ok_or_else(|| Failure::refused(Refusal::new(RefusalCode::Malformed, option, accepted), lang))?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let source = lang.of(
        format!("分组结果 {name}，共 {rows} 例，{scored} 例有分值"),
        format!("groups in {name}: {rows} stays, {scored} with a score"),
    );
    Ok(Sourced { value, source, date: None, assumed: false })
}

/// The column of a stay's score.
const SCORE: &str = "case_score";

fn schema() -> Result<String, Failure> {
    let schema = schemars::schema_for!(ForecastCase);
    serde_json::to_string_pretty(&schema).map_err(|e| Failure::machine("the schema", &e))
}

fn told(answer: &ForecastAnswer, lang: Lang) -> String {
    let mut parts = vec![answer.notice.clone()];
    let sections = [
        (lang.of("点值", "Point value"), &answer.point),
        (lang.of("按月预付", "Prepayment of a month"), &answer.month),
        (lang.of("年终清算", "Settlement of the year"), &answer.year),
    ];
    for (title, lines) in sections.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        parts.push(format!("{title}\n{}", table(lines, lang)));
    }
    let notes: Vec<String> =
        answer.notes.iter().filter_map(|note| Some(format!("- {}", note.text.as_ref()?))).collect();
    if !notes.is_empty() {
        parts.push(notes.join("\n"));
    }
    parts.join("\n\n")
}

fn table(lines: &[ForecastLine], lang: Lang) -> String {
    let mut table =
        plain([lang.of("项目", "Figure"), lang.of("数值", "Value"), lang.of("来源或算式", "Source or formula")]);
    for line in lines {
        let value = match (line.fen, line.rate) {
            (Some(fen), _) => yuan(fen, lang),
            (_, Some(rate)) => rate.get().normalize().to_string(),
            _ => lang.of("未知", "unknown").to_owned(),
        };
        let mark = match line.origin {
            FigureOrigin::Assumed | FigureOrigin::LeftOut => "*",
            FigureOrigin::Computed if line.rule_assumed => "*",
            FigureOrigin::Given | FigureOrigin::Computed | FigureOrigin::Unknown => "",
        };
        let title = line.title.as_deref().unwrap_or_default();
        table.add_row([format!("{title}{mark}"), value, line.text.clone().unwrap_or_default()]);
    }
    table.to_string()
}

fn yuan(fen: Fen, lang: Lang) -> String {
    lang.of(format!("{} 元", fen.yuan_grouped()), format!("¥{}", fen.yuan_grouped()))
}
