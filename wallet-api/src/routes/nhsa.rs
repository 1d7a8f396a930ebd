//! The national settlement interface: one address for each transaction.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::estimates::read;
use super::language;
use crate::auth::Visitor;
use crate::problem::ApiError;
use crate::server::Service;

pub async fn message(
    _: Visitor,
    request: HttpRequest,
    infno: Path<String>,
    body: Payload,
    service: Data<Service>,
) -> Result<HttpResponse, ApiError> {
    let lang = language(&request)?;
    let body = read(&request, body).await?;
    let answer = service.wallet()?.nhsa(service.engine(), &infno, &body, lang).await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(answer))
}
