use std::str::FromStr as _;

use actix_web::HttpRequest;
use actix_web::web::{Data, Payload};
use anxin_core::code::System;
use anxin_core::dispatch::{Call, Reply};
use anxin_core::preview::{DipCase, ForecastCase, GroupCase, Search};
use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::estimates::{Answered, answer, read, written};
use super::{language, query};
use crate::body::parse;
use crate::problem::ApiError;
use crate::server::Service;

/// Most cases in one request.
pub const CASES_MAX: usize = 1_000;

/// One case, or a list of cases; never both. A case names a DRG scheme or a DIP catalogue, and is written as
/// the one or the other asks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Groupings {
    #[serde(default)]
    #[schemars(with = "Option<AnyCase>")]
    case: Option<Box<RawValue>>,
    /// At most 1,000.
    #[serde(default)]
    #[schemars(with = "Option<Vec<AnyCase>>", length(min = 1, max = 1_000))]
    cases: Option<Vec<Box<RawValue>>>,
    /// Goes before the language of the address and of the header.
    #[serde(default)]
    lang: Option<Lang>,
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "says what a case may be; the pack of its scheme says which it is")]
enum AnyCase {
    Drg(Box<GroupCase>),
    Dip(Box<DipCase>),
}

/// The answers to a list of cases, in their order: each the group of its case, or why it is refused.
#[derive(Serialize, JsonSchema)]
pub struct Grouped {
    groups: Vec<Reply>,
}

pub async fn groupings(request: HttpRequest, body: Payload, service: Data<Service>) -> Answered {
    let body = read(&request, body).await?;
    let Groupings { case, cases, lang } = parse(&body)?;
    let asked = language(&request)?;
    let lang = lang.unwrap_or(asked);
    match (case, cases) {
        (Some(case), None) => answer(&service, call(&service, &case).map_err(|r| r.within("case"))?, lang),
        (None, Some(cases)) => many(&service, &cases, lang),
        _ => Err(Refusal::new(RefusalCode::Malformed, "", "case / cases").into()),
    }
}

fn call(service: &Service, case: &RawValue) -> Result<Call, Refusal> {
    service.engine().grouping(case.get().as_bytes())
}

/// A case takes microseconds: a thousand are grouped on the thread that read them.
fn many(service: &Service, cases: &[Box<RawValue>], lang: Lang) -> Answered {
    if !(1..=CASES_MAX).contains(&cases.len()) {
        return Err(Refusal::new(RefusalCode::OutOfRange, "cases", format!("1–{CASES_MAX}")).into());
    }
    let calls = cases
        .iter()
        .enumerate()
        .map(|(n, case)| call(service, case).map_err(|refusal| refusal.within(&format!("cases[{n}]"))));
    let calls = calls.collect::<Result<Vec<_>, _>>()?;
    let reply = |call| service.engine().reply(call, Some(lang));
    written(&Grouped { groups: calls.into_iter().map(reply).collect() }, lang)
}

pub async fn forecasts(request: HttpRequest, body: Payload, service: Data<Service>) -> Answered {
    let case: ForecastCase = parse(&read(&request, body).await?)?;
    answer(&service, Call::ForecastDip(Box::new(case)), language(&request)?)
}

pub async fn schemes(request: HttpRequest, service: Data<Service>) -> Answered {
    answer(&service, Call::Schemes {}, language(&request)?)
}

pub async fn prices(request: HttpRequest, service: Data<Service>) -> Answered {
    answer(&service, Call::Prices {}, language(&request)?)
}

pub async fn codes(request: HttpRequest, service: Data<Service>) -> Answered {
    let (lang, [system, text, most]) = query(&request, ["system", "q", "most"])?;
    let malformed = |field: &str, accepted: &str| ApiError::from(Refusal::new(RefusalCode::Malformed, field, accepted));
    let system = match system.as_deref() {
        Some("diagnosis") => System::Diagnosis,
        Some("operation") => System::Operation,
        _ => return Err(malformed("system", "diagnosis, operation")),
    };
    let most = most.map_or(Ok(20), |n| u16::from_str(&n)).map_err(|_| malformed("most", "1–100"))?;
    let text = text.ok_or_else(|| malformed("q", "q=…"))?;
    answer(&service, Call::Search(Search { system, text, most }), lang)
}
