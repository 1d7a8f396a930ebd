//! What a hospital may expect of its scores.

use anxin_core::Fen;
use anxin_core::dispatch::{Call, Engine, Reply, parse};
use anxin_core::preview::{FigureOrigin, ForecastAnswer, ForecastCase, ForecastLine};
use anxin_core::text::Lang;

use crate::args::{ForecastArgs, Format};
use crate::failure::Failure;
use crate::input;
use crate::table::plain;

pub fn run(args: &ForecastArgs) -> Result<String, Failure> {
    if args.example {
        return Ok(wallet_api::openapi::EXAMPLE_FORECAST.to_owned());
    }
    let Some(path) = args.case.as_deref().filter(|_| !args.schema) else { return schema() };
    let lang = Lang::from(args.lang);
    let case: ForecastCase = parse(&input::read(path)?).map_err(|refusal| Failure::refused(refusal, lang))?;
    match (Engine::new().reply(Call::ForecastDip(Box::new(case)), Some(lang)), args.format) {
        (Reply::Refused(refusal), _) => Err(Failure::by_core(refusal, lang)),
        (Reply::ForecastDip(answer), Format::Table) => Ok(told(&answer, lang)),
        (reply, _) => serde_json::to_string(&reply).map_err(|e| Failure::machine("the answer", &e)),
    }
}

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
