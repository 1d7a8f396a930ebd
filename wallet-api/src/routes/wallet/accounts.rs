use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};
use wallet_store::Point;
use wallet_types::{Id, Statement, TransportCode};

use super::{actor, named, number};
use crate::auth::Caller;
use crate::problem::ApiError;
use crate::routes::estimates::{Answered, written};
use crate::routes::query;
use crate::server::Service;
use crate::wallet::{PAGE, csv_of, micros};

const PAGE_MAX: u32 = 500;

pub async fn list(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let actor = actor(&caller)?;
    let (lang, [after, most]) = query(&request, ["after", "most"])?;
    let bad = || Refusal::new(RefusalCode::Malformed, "after", "the `next` of a page");
    let after = after.map(|after| Id::parse(&after).ok_or_else(bad)).transpose()?;
    let most = page(most)?;
    written(&service.wallet()?.accounts(actor, after, most).await?, lang)
}

pub fn page(most: Option<String>) -> Result<u32, ApiError> {
    let most = number("most", most, PAGE, "1–500")?;
    let fits = (1..=PAGE_MAX).contains(&most);
    fits.then_some(most).ok_or_else(|| Refusal::new(RefusalCode::OutOfRange, "most", "1–500").into())
}

pub async fn one(request: HttpRequest, account: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let actor = actor(&caller)?;
    let (lang, [at]) = query(&request, ["at"])?;
    let point = at.map(|at| micros("at", &at)).transpose()?.map(Point::At);
    written(&service.wallet()?.account(actor, named(&account)?, point).await?, lang)
}

async fn read(
    request: &HttpRequest,
    account: &str,
    caller: &Caller,
    service: &Service,
) -> Result<(Lang, Statement), ApiError> {
    let actor = actor(caller)?;
    let (lang, [before, most]) = query(request, ["before", "most"])?;
    let before = number("before", before, u64::MAX, "the `next` of a page")?;
    let most = page(most)?;
    Ok((lang, service.wallet()?.statement(actor, named(account)?, before, most).await?))
}

pub async fn statement(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let (lang, statement) = read(&request, &id, &caller, &service).await?;
    written(&statement, lang)
}

pub async fn csv(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let (lang, statement) = read(&request, &id, &caller, &service).await?;
    let table = csv_of(&statement, lang).map_err(|_| ApiError::Transport(TransportCode::Internal))?;
    let mut response = HttpResponse::Ok();
    response.content_type("text/csv; charset=utf-8");
    response.insert_header(("content-disposition", "attachment; filename=\"statement.csv\""));
    Ok(response.body(table))
}
