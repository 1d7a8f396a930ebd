use anxin_core::benefit::Case;
use anxin_core::dispatch::{Call, Reply};
use anxin_core::text::Lang;

use crate::args::{EstimateArgs, Format};
use crate::failure::Failure;
use crate::{input, packs, table};

pub fn run(args: &EstimateArgs) -> Result<String, Failure> {
    let Some(path) = args.case.as_deref().filter(|_| !args.schema) else { return schema() };
    let lang = Lang::from(args.lang);
    let call = call(args, &input::read(path)?).map_err(|refusal| Failure::refused(refusal, lang))?;
    let engine = packs::engine(&args.packs)?;
    match (engine.reply(call, Some(lang)), args.format) {
        (Reply::Refused(refusal), _) => Err(Failure::by_core(refusal, lang)),
        (reply, Format::Json) => serde_json::to_string(&reply).map_err(|e| Failure::machine("the answer", &e)),
        (reply, Format::Table) => Ok(table::of(&reply, &engine, lang)),
    }
}

fn call(args: &EstimateArgs, json: &[u8]) -> Result<Call, anxin_core::Refusal> {
    let region = args.region.as_deref();
    let on_day = |mut case: Case| {
        if let Some(day) = args.as_of {
            input::as_of(&mut case, day);
        }
        case
    };
    if !args.year && !args.compare {
        return input::one(json, region).map(on_day).map(Call::Estimate);
    }
    let cases = input::list(json, region)?.into_iter().map(on_day).collect();
    Ok(if args.year { Call::Year(cases) } else { Call::Compare(cases) })
}

fn schema() -> Result<String, Failure> {
    let schema = schemars::schema_for!(Case);
    serde_json::to_string_pretty(&schema).map_err(|e| Failure::machine("the schema", &e))
}
