//! What two operators of the area decide together: 预付金 to institutions, and what becomes of differences.

use actix_web::web::{self, Data, Path, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use wallet_types::{AdvanceAsk, DifferenceAsk};

use super::clearing::{BOTH, operator, side};
use super::{idempotency_key, named};
use crate::auth::Caller;
use crate::body::parse;
use crate::routes::estimates::{Answered, read, written};
use crate::routes::{get, language, only, post, read as reading};
use crate::server::Service;

const ADVANCES: &str = "/api/v1/pay/clearing/advances";
const DIFFERENCES: &str = "/api/v1/pay/differences";

pub fn configure(config: &mut ServiceConfig) {
    let decided = |path: &str, decision: &str| post(&format!("{path}/{{proposal}}/{decision}"));
    let corrections = format!("{DIFFERENCES}/corrections");
    config
        .service(only(ADVANCES, BOTH).route(reading().to(advances)).route(web::post().to(ask_advance)))
        .service(decided(ADVANCES, "approval").route(web::post().to(approve_advance)))
        .service(decided(ADVANCES, "refusal").route(web::post().to(refuse_advance)))
        .service(get(DIFFERENCES).route(reading().to(differences)))
        .service(decided(&corrections, "approval").route(web::post().to(approve_difference)))
        .service(decided(&corrections, "refusal").route(web::post().to(refuse_difference)))
        .service(post(&format!("{DIFFERENCES}/{{difference}}/corrections")).route(web::post().to(ask_difference)));
}

pub async fn advances(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let side = side(&caller)?;
    written(&service.wallet()?.advances(side).await?, language(&request)?)
}

pub async fn ask_advance(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let who = operator(&caller)?;
    let key = idempotency_key(&request, &caller)?;
    let ask: AdvanceAsk = parse(&read(&request, body).await?)?;
    Ok(HttpResponse::Created().json(service.wallet()?.ask_advance(who, &key, &ask).await?))
}

pub async fn approve_advance(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    service: Data<Service>,
) -> Answered {
    let who = operator(&caller)?;
    written(&service.wallet()?.approve_advance(who, named(&id)?.0).await?, language(&request)?)
}

pub async fn refuse_advance(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    service: Data<Service>,
) -> Answered {
    let who = operator(&caller)?;
    written(&service.wallet()?.refuse_advance(who, named(&id)?.0).await?, language(&request)?)
}

pub async fn differences(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let side = side(&caller)?;
    written(&service.wallet()?.differences(side).await?, language(&request)?)
}

pub async fn ask_difference(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let who = operator(&caller)?;
    let key = idempotency_key(&request, &caller)?;
    let ask: DifferenceAsk = parse(&read(&request, body).await?)?;
    Ok(HttpResponse::Created().json(service.wallet()?.ask_difference(who, named(&id)?.0, &key, &ask).await?))
}

pub async fn approve_difference(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    service: Data<Service>,
) -> Answered {
    let who = operator(&caller)?;
    written(&service.wallet()?.approve_difference(who, named(&id)?.0).await?, language(&request)?)
}

pub async fn refuse_difference(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    service: Data<Service>,
) -> Answered {
    let who = operator(&caller)?;
    written(&service.wallet()?.refuse_difference(who, named(&id)?.0).await?, language(&request)?)
}
