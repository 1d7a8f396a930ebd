use actix_web::http::Method;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use wallet_types::TransportCode;

use crate::problem::ApiError;
use crate::server::Service;

/// A file of the page; the page itself for the addresses that it routes on its own.
pub async fn page(request: HttpRequest, service: Data<Service>) -> Result<HttpResponse, ApiError> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(ApiError::Method(const { &[Method::GET, Method::HEAD] }));
    }
    let asset = service.page(request.path()).ok_or(ApiError::Transport(TransportCode::NotFound))?;
    Ok(asset.respond(&request))
}
