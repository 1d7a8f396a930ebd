//! Other areas, for those who work for this one.

use actix_web::web::{self, Data, Path, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use wallet_store::Actor;
use wallet_types::{PrepaymentAsk, TermsAsk, TransportCode, WindowPaymentAsk};

use super::{actor, idempotency_key};
use crate::auth::Caller;
use crate::body::parse;
use crate::problem::ApiError;
use crate::routes::estimates::{Answered, read as body_of, written};
use crate::routes::{get, language, post, read};
use crate::server::Service;

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(get("/api/v1/wallet/cells").route(read().to(look)))
        .service(post("/api/v1/wallet/cells/windows").route(web::post().to(close)))
        .service(get("/api/v1/wallet/cells/windows/{window}/statement").route(read().to(statement)))
        .service(get("/api/v1/wallet/cells/windows/{window}/differences").route(read().to(differences)))
        .service(post("/api/v1/wallet/cells/windows/{window}/payments").route(web::post().to(settle)))
        .service(post("/api/v1/wallet/cells/areas/{area}/terms").route(web::post().to(agree)))
        .service(post("/api/v1/wallet/cells/areas/{area}/prepayments").route(web::post().to(take_prepayment)));
}

/// What the area does with others is done by its own operators.
fn operator(caller: &Caller) -> Result<u128, ApiError> {
    match actor(caller)? {
        Actor::Area => Ok(caller.subject.tenant()),
        _ => Err(ApiError::Transport(TransportCode::NotAllowed)),
    }
}

pub async fn look(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    match actor(&caller)? {
        Actor::Area | Actor::Auditor => written(&service.wallet()?.cells_out().await?, language(&request)?),
        Actor::Resident(_) | Actor::Institution(_) => Err(ApiError::Transport(TransportCode::NotAllowed)),
    }
}

pub async fn statement(request: HttpRequest, window: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    match actor(&caller)? {
        Actor::Area | Actor::Auditor => {
            let told = service.wallet()?.window_statement(number_of(&window)?).await?;
            written(&told, language(&request)?)
        }
        Actor::Resident(_) | Actor::Institution(_) => Err(ApiError::Transport(TransportCode::NotAllowed)),
    }
}

pub async fn differences(
    request: HttpRequest,
    window: Path<String>,
    caller: Caller,
    service: Data<Service>,
) -> Answered {
    match actor(&caller)? {
        Actor::Area | Actor::Auditor => {
            let told = service.wallet()?.window_differences(number_of(&window)?).await?;
            written(&told, language(&request)?)
        }
        Actor::Resident(_) | Actor::Institution(_) => Err(ApiError::Transport(TransportCode::NotAllowed)),
    }
}

/// Windows are numbered; there is nothing under any other name.
fn number_of(window: &str) -> Result<u64, ApiError> {
    window.parse().map_err(|_| ApiError::Transport(TransportCode::NotFound))
}

pub async fn close(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let tenant = operator(&caller)?;
    let key = idempotency_key(&request, &caller)?;
    let cells = service.wallet()?.close_window(tenant, key).await?;
    Ok(HttpResponse::Created().json(cells))
}

pub async fn settle(
    request: HttpRequest,
    window: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let tenant = operator(&caller)?;
    let key = idempotency_key(&request, &caller)?;
    let ask: WindowPaymentAsk = parse(&body_of(&request, body).await?)?;
    let cells = service.wallet()?.settle_window(tenant, key, number_of(&window)?, &ask).await?;
    Ok(HttpResponse::Created().json(cells))
}

pub async fn agree(
    request: HttpRequest,
    area: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let tenant = operator(&caller)?;
    let key = idempotency_key(&request, &caller)?;
    let ask: TermsAsk = parse(&body_of(&request, body).await?)?;
    let cells = service.wallet()?.agree_terms(tenant, key, &area, &ask).await?;
    Ok(HttpResponse::Created().json(cells))
}

pub async fn take_prepayment(
    request: HttpRequest,
    area: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let tenant = operator(&caller)?;
    let key = idempotency_key(&request, &caller)?;
    let ask: PrepaymentAsk = parse(&body_of(&request, body).await?)?;
    let cells = service.wallet()?.take_prepayment(tenant, key, &area, &ask).await?;
    Ok(HttpResponse::Created().json(cells))
}
