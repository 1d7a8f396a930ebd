use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use wallet_types::TransportCode;

use crate::problem::ApiError;
use crate::server::Service;

pub async fn index(request: HttpRequest, service: Data<Service>) -> HttpResponse {
    service.index().respond(&request)
}

pub async fn one(request: HttpRequest, id: Path<String>, service: Data<Service>) -> Result<HttpResponse, ApiError> {
    let asset = service.pack(&id).ok_or(ApiError::Transport(TransportCode::NotFound))?;
    Ok(asset.respond(&request))
}
