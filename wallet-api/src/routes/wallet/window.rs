//! What operators do at windows for those who cannot do it by themselves.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use wallet_store::Actor;
use wallet_types::{DeathAsk, ResetAsk, TransportCode, WindowAsk};

use super::{actor, named};
use crate::auth::Caller;
use crate::body::parse;
use crate::family::resident;
use crate::problem::ApiError;
use crate::routes::estimates::{Answered, read, written};
use crate::routes::language;
use crate::server::Service;

/// At the area's own windows, and at those of institutions that it entrusts with them.
pub async fn accept(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    match actor(&caller)? {
        Actor::Area | Actor::Institution(_) => {}
        Actor::Resident(_) | Actor::Auditor => return Err(ApiError::Transport(TransportCode::NotAllowed)),
    }
    let wallet = service.wallet()?;
    wallet.limits.logins.check(&format!("window {:032x}", caller.subject.id))?;
    let ask: WindowAsk = parse(&read(&request, body).await?)?;
    Ok(HttpResponse::Created().json(wallet.accept_at_window(caller.subject.id, &ask).await?))
}

/// What protects somebody's account is changed at the area's own windows alone.
fn operator(caller: &Caller) -> Result<u128, ApiError> {
    match actor(caller)? {
        Actor::Area => Ok(caller.subject.id),
        _ => Err(ApiError::Transport(TransportCode::NotAllowed)),
    }
}

pub async fn ask_reset(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let operator = operator(&caller)?;
    let wallet = service.wallet()?;
    wallet.limits.logins.check(&format!("window {operator:032x}"))?;
    let ask: ResetAsk = parse(&read(&request, body).await?)?;
    Ok(HttpResponse::Created().json(wallet.ask_reset(operator, &ask).await?))
}

pub async fn grant_reset(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let operator = operator(&caller)?;
    written(&service.wallet()?.grant_reset(operator, named(&id)?).await?, language(&request)?)
}

pub async fn resets(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    if !matches!(actor(&caller)?, Actor::Area | Actor::Auditor) {
        return Err(ApiError::Transport(TransportCode::NotAllowed));
    }
    written(&service.wallet()?.resets(caller.subject.id).await?, language(&request)?)
}

pub async fn note_death(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let operator = operator(&caller)?;
    let wallet = service.wallet()?;
    wallet.limits.logins.check(&format!("window {operator:032x}"))?;
    let ask: DeathAsk = parse(&read(&request, body).await?)?;
    Ok(HttpResponse::Created().json(wallet.note_death(operator, &ask).await?))
}

pub async fn object(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    written(&service.wallet()?.object_to_reset(resident(&caller)?).await?, language(&request)?)
}
