use actix_web::HttpResponse;
use actix_web::web::Data;
use wallet_types::{Health, TransportCode};

use crate::problem::ApiError;
use crate::server::Service;

pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "ok".into(), regions: None, wallet: None })
}

/// Ready once there is a region to estimate for, and the wallet takes requests in where there is one.
pub async fn ready(service: Data<Service>) -> Result<HttpResponse, ApiError> {
    let wallet = match service.wallet() {
        Ok(wallet) if wallet.is_ready().await => Some("ok".to_owned()),
        Ok(_) => return Err(ApiError::Transport(TransportCode::Busy)),
        Err(_) => None,
    };
    match service.engine().books().len() {
        0 if wallet.is_none() => Err(ApiError::Transport(TransportCode::NotReady)),
        regions => Ok(HttpResponse::Ok().json(Health { status: "ok".into(), regions: Some(regions), wallet })),
    }
}

/// Figures for Prometheus.
pub async fn metrics(service: Data<Service>) -> HttpResponse {
    if let Ok(wallet) = service.wallet() {
        service.metrics().halted(wallet.writer.is_halted());
        service.metrics().written(&wallet.writer.tally());
    }
    let text = service.metrics().text();
    HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text)
}
