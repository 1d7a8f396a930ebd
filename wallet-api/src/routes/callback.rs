//! What payment providers call. Who they are is in the signature over what they send.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::estimates::read;
use crate::auth::Visitor;
use crate::pay::CallHead;
use crate::problem::ApiError;
use crate::server::Service;

pub async fn cash(
    _: Visitor,
    request: HttpRequest,
    body: Payload,
    service: Data<Service>,
) -> Result<HttpResponse, ApiError> {
    let body = read(&request, body).await?;
    // Of a header that is missing or sent twice, nothing is taken.
    let header = |name: &str| {
        let mut sent = request.headers().get_all(name);
        let value = sent.next().and_then(|value| value.to_str().ok());
        if sent.next().is_some() { "" } else { value.unwrap_or_default() }
    };
    let [timestamp, nonce, signature] = ["x-pay-timestamp", "x-pay-nonce", "x-pay-signature"].map(header);
    service.wallet()?.called(CallHead { timestamp, nonce, signature }, &body).await?;
    Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(serde_json::json!({})))
}
