//! Questions about sharing a personal account.

use anxin_core::dispatch::{Call, Reply, parse};
use anxin_core::family::{FamilyAnswer, FamilyCase, Verdict};
use anxin_core::text::{self, Lang};

use crate::args::{FamilyArgs, Format};
use crate::failure::Failure;
use crate::{input, packs};

pub fn run(args: &FamilyArgs) -> Result<String, Failure> {
    let Some(path) = args.case.as_deref().filter(|_| !args.schema) else { return schema() };
    let lang = Lang::from(args.lang);
    let case: FamilyCase = parse(&input::read(path)?).map_err(|refusal| Failure::refused(refusal, lang))?;
    let engine = packs::family(&args.packs)?;
    match (engine.reply(Call::Family(Box::new(case)), Some(lang)), args.format) {
        (Reply::Refused(refusal), _) => Err(Failure::by_core(refusal, lang)),
        (Reply::Family(answer), Format::Table) => Ok(told(&answer, lang)),
        (reply, _) => serde_json::to_string(&reply).map_err(|e| Failure::machine("the answer", &e)),
    }
}

fn told(answer: &FamilyAnswer, lang: Lang) -> String {
    let mut lines = vec![answer.text.clone().unwrap_or_default()];
    lines.extend(answer.model.map(|model| text::family_model(model, lang).to_owned()));
    for check in &answer.checks {
        let mark = match check.verdict {
            Verdict::Yes => '✓',
            Verdict::Unknown => '?',
            Verdict::No => '✗',
        };
        let source = check.rule.as_ref().map(|rule| format!(" [{}]", rule.cite)).unwrap_or_default();
        lines.push(format!("{mark} {}{source}", check.text.as_deref().unwrap_or_default()));
    }
    for draw in &answer.draws {
        let name = draw.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
        let why = draw.passed_over.as_ref().and_then(|check| check.text.as_deref());
        let why = why.map(|why| format!("  {why}")).unwrap_or_default();
        let amount = draw.amount_fen.yuan_grouped();
        lines.push(format!("→ {}{name} ¥{amount}{why}", text::draw_source(draw.from, lang)));
    }
    let said = answer.then.iter().map(|then| &then.text).chain(answer.open.iter().map(|open| &open.text));
    lines.extend(said.flatten().map(|text| format!("· {text}")));
    lines.extend(answer.cites.iter().map(|cite| {
        let number = cite.cite.number.as_deref().unwrap_or_default();
        let date = cite.cite.date.as_deref().unwrap_or_default();
        format!("[{}] {} {number} {date}", cite.cite.key, cite.cite.title).trim_end().to_owned()
    }));
    lines.join("\n")
}

fn schema() -> Result<String, Failure> {
    let schema = schemars::schema_for!(FamilyCase);
    serde_json::to_string_pretty(&schema).map_err(|e| Failure::machine("the schema", &e))
}
