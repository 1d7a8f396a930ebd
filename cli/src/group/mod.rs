//! Grouping: a table of records, one record with its explanation, or what there is to choose from.

mod batch;
mod fees;
mod read;
mod show;
mod workbook;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anxin_core::dip::settle::SpecialFacts;
use anxin_core::dispatch::{Call, Engine, Reply, parse};
use anxin_core::drg::{HighCost, Thresholds};
use anxin_core::preview::{BatchCase, DipCase, DipPaymentCase, GroupCase, PaymentCase, PointsCase};
use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::args::{Format, GroupArgs};
use crate::failure::Failure;
use crate::{input, packs, print};

pub fn run(args: &GroupArgs) -> Result<ExitCode, Failure> {
    let engine = packs::grouping(&args.packs)?;
    let lang = Lang::from(args.lang);
    if let Some(input) = &args.input {
        return batch::run(args, &batch_case(args, lang), engine.shelf(), input);
    }
    let text = match &args.record {
        Some(path) => one(args, &engine, path, lang)?,
        None => answer(args, &engine, Call::Schemes {}, lang)?,
    };
    print(&text).map(|()| ExitCode::SUCCESS)
}

fn one(args: &GroupArgs, engine: &Engine, path: &Path, lang: Lang) -> Result<String, Failure> {
    let call = call(args, engine, &input::read(path)?).map_err(|refusal| Failure::refused(refusal, lang))?;
    answer(args, engine, call, lang)
}

fn answer(args: &GroupArgs, engine: &Engine, call: Call, lang: Lang) -> Result<String, Failure> {
    match (engine.reply(call, Some(lang)), args.format) {
        (Reply::Refused(refusal), _) => Err(Failure::by_core(refusal, lang)),
        (reply, Format::Json) => serde_json::to_string(&reply).map_err(|e| Failure::machine("the answer", &e)),
        (reply, Format::Table) => Ok(show::of(&reply, lang)),
    }
}

/// A file holds a record, which the options complete, or a whole case.
fn call(args: &GroupArgs, engine: &Engine, json: &[u8]) -> Result<Call, Refusal> {
    #[derive(Deserialize)]
    struct Told {
        record: Option<IgnoredAny>,
    }
    if serde_json::from_slice::<Told>(json).is_ok_and(|told| told.record.is_some()) {
        return engine.grouping(json);
    }
    if engine.shelf().is_dip(&args.scheme) {
        return dip_case(args, json).map(Box::new).map(Call::GroupDip);
    }
    drg_case(args, json).map(Box::new).map(Call::Group)
}

/// A record alone has no amounts but its cost: the file of a whole case has them.
fn dip_case(args: &GroupArgs, json: &[u8]) -> Result<DipCase, Refusal> {
    if args.compat.is_some() {
        return Err(Refusal::new(RefusalCode::UnknownChoice, "profile", ""));
    }
    if args.region.is_some() {
        return Err(Refusal::new(RefusalCode::Malformed, "payment", "{\"scheme\", \"record\", \"payment\"}"));
    }
    let asked = args.coefficient.is_some() || args.hospital.is_some() || args.point.is_some();
    Ok(DipCase {
        scheme: args.scheme.clone(),
        choices: choices(args),
        source: args.source.into(),
        record: parse(json)?,
        payment: asked.then(|| DipPaymentCase {
            coefficient: args.coefficient,
            hospital: args.hospital.clone(),
            point: args.point.clone(),
            ..DipPaymentCase::default()
        }),
        special: SpecialFacts::default(),
    })
}

fn drg_case(args: &GroupArgs, json: &[u8]) -> Result<GroupCase, Refusal> {
    Ok(GroupCase {
        scheme: args.scheme.clone(),
        profile: args.compat.clone(),
        choices: choices(args),
        source: args.source.into(),
        record: parse(json)?,
        payment: payment(args),
    })
}

fn batch_case(args: &GroupArgs, lang: Lang) -> BatchCase {
    BatchCase {
        scheme: args.scheme.clone(),
        profile: args.compat.clone(),
        choices: choices(args),
        source: args.source.into(),
        payment: payment(args),
        points: points(args),
        trace: args.trace,
        lang,
    }
}

fn choices(args: &GroupArgs) -> BTreeMap<String, String> {
    args.set.iter().cloned().collect()
}

/// What holds for a DIP table; of a region the coefficient is the region's.
fn points(args: &GroupArgs) -> PointsCase {
    PointsCase {
        coefficient: args.coefficient.filter(|_| args.region.is_none()),
        hospital: args.hospital.clone(),
        point_value: args.point_value,
        point: args.point.clone(),
    }
}

fn payment(args: &GroupArgs) -> Option<PaymentCase> {
    let region = args.region.clone()?;
    let line = |&(weight_up_to, multiple)| HighCost { weight_up_to, multiple };
    let thresholds = args.low.map(|low| Thresholds { low, high: args.high.iter().map(line).collect() });
    Some(PaymentCase {
        region,
        price: args.price.clone().unwrap_or_default(),
        yuan: args.yuan,
        level: args.level.clone(),
        coefficient: args.coefficient,
        cost_fen: None,
        fund_fen: None,
        patient_fen: None,
        thresholds,
    })
}
