//! Prescriptions: written, looked up, and reviewed.

use actix_web::web::{self, Data, Path, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use wallet_store::Actor;
use wallet_types::{PractitionerAsk, ReviewAsk, RxAsk, RxLook, TransportCode};

use super::pay::till;
use super::{actor, idempotency_key, named};
use crate::auth::Caller;
use crate::body::parse;
use crate::problem::ApiError;
use crate::routes::estimates::{Answered, read, written};
use crate::routes::{get, language, post, read as reading};
use crate::server::Service;

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(post("/api/v1/pay/practitioners").route(web::post().to(practitioner)))
        .service(post("/api/v1/pay/prescriptions").route(web::post().to(prescribe)))
        .service(post("/api/v1/pay/prescriptions/look").route(web::post().to(look_up)))
        .service(get("/api/v1/pay/reviews").route(reading().to(reviews)))
        .service(post("/api/v1/pay/prescriptions/{rx}/review").route(web::post().to(review)));
}

pub async fn practitioner(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let Actor::Area = actor(&caller)? else { return Err(ApiError::Transport(TransportCode::NotAllowed)) };
    let ask: PractitionerAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.put_practitioner(&ask).await?, language(&request)?)
}

pub async fn prescribe(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let key = idempotency_key(&request, &caller)?;
    let ask: RxAsk = parse(&read(&request, body).await?)?;
    Ok(HttpResponse::Created().json(service.wallet()?.prescribe(&caller.subject, &key, &ask).await?))
}

pub async fn look_up(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let till = till(&caller)?;
    let ask: RxLook = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.look_up_rx(till, &ask).await?, language(&request)?)
}

pub async fn reviews(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let till = till(&caller)?;
    written(&service.wallet()?.rx_reviews(till).await?, language(&request)?)
}

pub async fn review(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let till = till(&caller)?;
    let ask: ReviewAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.review_rx(till, named(&id)?.0, &ask).await?, language(&request)?)
}
