//! Paying institutions, and what keeps new settlements out.

use actix_web::http::Method;
use actix_web::web::{self, Data, Path, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use wallet_store::Actor;
use wallet_types::{BatchStepAsk, DeclareAsk, StandingAsk, TransportCode};

use super::{actor, idempotency_key, named};
use crate::auth::Caller;
use crate::body::parse;
use crate::problem::ApiError;
use crate::routes::estimates::{Answered, read, written};
use crate::routes::{get, language, only, post, read as reading};
use crate::server::Service;

pub const BOTH: &[Method] = &[Method::GET, Method::HEAD, Method::POST];

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(only("/api/v1/pay/clearing/batches", BOTH).route(reading().to(batches)).route(web::post().to(declare)))
        .service(get("/api/v1/pay/clearing/batches/{batch}").route(reading().to(batch)))
        .service(get("/api/v1/pay/clearing/batches/{batch}/statement.csv").route(reading().to(csv)))
        .service(post("/api/v1/pay/clearing/batches/{batch}/steps").route(web::post().to(step)))
        .service(
            only("/api/v1/pay/clearing/standings", BOTH)
                .route(reading().to(standings))
                .route(web::post().to(ask_standing)),
        )
        .service(post("/api/v1/pay/clearing/standings/{standing}/approval").route(web::post().to(approve)));
}

fn not_allowed() -> ApiError {
    ApiError::Transport(TransportCode::NotAllowed)
}

/// Residents have nothing to do with it.
pub fn side(caller: &Caller) -> Result<Actor, ApiError> {
    match actor(caller)? {
        Actor::Resident(_) => Err(not_allowed()),
        side => Ok(side),
    }
}

pub fn operator(caller: &Caller) -> Result<u128, ApiError> {
    if actor(caller)? == Actor::Area { Ok(caller.subject.id) } else { Err(not_allowed()) }
}

pub async fn declare(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let Actor::Institution(institution) = actor(&caller)? else { return Err(not_allowed()) };
    let key = idempotency_key(&request, &caller)?;
    let ask: DeclareAsk = parse(&read(&request, body).await?)?;
    Ok(HttpResponse::Created().json(service.wallet()?.declare_batch(institution, &key, &ask).await?))
}

pub async fn batches(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let side = side(&caller)?;
    written(&service.wallet()?.clearing_batches(side).await?, language(&request)?)
}

pub async fn batch(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let side = side(&caller)?;
    written(&service.wallet()?.clearing_batch(side, named(&id)?.0).await?, language(&request)?)
}

pub async fn csv(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let side = side(&caller)?;
    let table = service.wallet()?.clearing_csv(side, named(&id)?.0, language(&request)?).await?;
    let mut response = HttpResponse::Ok();
    response.content_type("text/csv; charset=utf-8");
    response.insert_header(("content-disposition", "attachment; filename=\"clearing.csv\""));
    Ok(response.body(table))
}

pub async fn step(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let side = side(&caller)?;
    let ask: BatchStepAsk = parse(&read(&request, body).await?)?;
    let batch = service.wallet()?.step_batch(side, caller.subject.id, named(&id)?.0, &ask).await?;
    written(&batch, language(&request)?)
}

pub async fn standings(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    match actor(&caller)? {
        Actor::Area | Actor::Auditor => written(&service.wallet()?.standings().await?, language(&request)?),
        Actor::Resident(_) | Actor::Institution(_) => Err(not_allowed()),
    }
}

pub async fn ask_standing(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let who = operator(&caller)?;
    let key = idempotency_key(&request, &caller)?;
    let ask: StandingAsk = parse(&read(&request, body).await?)?;
    Ok(HttpResponse::Created().json(service.wallet()?.ask_standing(who, &key, &ask).await?))
}

pub async fn approve(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let who = operator(&caller)?;
    written(&service.wallet()?.approve_standing(who, named(&id)?.0).await?, language(&request)?)
}
