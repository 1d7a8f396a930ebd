//! What other areas' servers bring. Who they are is in what they bring: it is signed.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use anxin_core::{Refusal, RefusalCode};
use tokio::time::timeout;
use wallet_courier::{Http, NOTE_MAX};
use wallet_types::TransportCode;

use crate::auth::Visitor;
use crate::problem::ApiError;
use crate::server::Service;

pub async fn letters(
    _: Visitor,
    request: HttpRequest,
    body: Payload,
    service: Data<Service>,
) -> Result<HttpResponse, ApiError> {
    if !actix_web::HttpMessage::content_type(&request).eq_ignore_ascii_case(Http::FORM) {
        return Err(ApiError::Transport(TransportCode::UnsupportedMediaType));
    }
    let read = timeout(service.patience(), body.to_bytes_limited(NOTE_MAX)).await;
    let read = read.map_err(|_| ApiError::Transport(TransportCode::TooSlow))?;
    let read = read.map_err(|_| Refusal::new(RefusalCode::TooLarge, "", NOTE_MAX.to_string()))?;
    let note = read.map_err(|_| Refusal::new(RefusalCode::Malformed, "", "a whole body"))?;
    let answer = service.wallet()?.take_note(&note).await?;
    Ok(HttpResponse::Ok().content_type(Http::FORM).insert_header(("cache-control", "no-store")).body(answer))
}
