//! Other areas, for those who work for this one.

use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use wallet_store::Actor;
use wallet_types::TransportCode;

use super::{actor, idempotency_key};
use crate::auth::Caller;
use crate::problem::ApiError;
use crate::routes::estimates::{Answered, written};
use crate::routes::{get, language, post, read};
use crate::server::Service;

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(get("/api/v1/wallet/cells").route(read().to(look)))
        .service(post("/api/v1/wallet/cells/windows").route(web::post().to(close)));
}

pub async fn look(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    match actor(&caller)? {
        Actor::Area | Actor::Auditor => written(&service.wallet()?.cells_out().await?, language(&request)?),
        Actor::Resident(_) | Actor::Institution(_) => Err(ApiError::Transport(TransportCode::NotAllowed)),
    }
}

pub async fn close(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let Actor::Area = actor(&caller)? else { return Err(ApiError::Transport(TransportCode::NotAllowed)) };
    let key = idempotency_key(&request, &caller)?;
    let cells = service.wallet()?.close_window(caller.subject.tenant(), key).await?;
    Ok(HttpResponse::Created().json(cells))
}
