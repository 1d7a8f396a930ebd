use actix_web::HttpResponse;
use actix_web::web::Data;
use wallet_types::{Health, TransportCode};

use crate::problem::ApiError;
use crate::server::Service;

pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "ok".into(), regions: None })
}

/// Ready once there is a region to estimate for.
pub async fn ready(service: Data<Service>) -> Result<HttpResponse, ApiError> {
    match service.engine().books().len() {
        0 => Err(ApiError::Transport(TransportCode::NotReady)),
        regions => Ok(HttpResponse::Ok().json(Health { status: "ok".into(), regions: Some(regions) })),
    }
}
