use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use wallet_types::TransportCode;

use crate::asset::Asset;
use crate::problem::ApiError;
use crate::server::{Described, Service};

pub async fn openapi(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, ApiError> {
    described(&request, service, |described| &described.openapi).await
}

pub async fn human(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, ApiError> {
    described(&request, service, |described| &described.human).await
}

pub async fn style(request: HttpRequest, service: Data<Service>) -> HttpResponse {
    service.style().respond(&request)
}

async fn described(
    request: &HttpRequest,
    service: Data<Service>,
    which: fn(&Described) -> &Asset,
) -> Result<HttpResponse, ApiError> {
    let there = Data::clone(&service);
    // The first time it is calculated, which must not keep others waiting.
    let made = web::block(move || {
        there.described();
    })
    .await;
    made.map_err(|_| ApiError::Transport(TransportCode::Internal))?;
    Ok(which(service.described()).respond(request))
}
