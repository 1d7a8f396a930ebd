use actix_web::http::header;
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use anxin_core::benefit::Case;
use anxin_core::dispatch::{Call, REQUEST_BYTES_MAX, Reply};
use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};
use serde::Serialize;
use tokio::time::timeout;
use wallet_types::TransportCode;

use super::language;
use crate::body::parse;
use crate::problem::{ApiError, tag};
use crate::server::{READ_BODY, Service};

pub type Answered = Result<HttpResponse, ApiError>;

pub async fn one(request: HttpRequest, body: Payload, service: Data<Service>) -> Answered {
    let case: Case = parse(&read(&request, body).await?)?;
    answer(&service, Call::Estimate(case), language(&request)?)
}

pub async fn compare(request: HttpRequest, body: Payload, service: Data<Service>) -> Answered {
    let cases: Vec<Case> = parse(&read(&request, body).await?)?;
    answer(&service, Call::Compare(cases), language(&request)?)
}

pub async fn year(request: HttpRequest, body: Payload, service: Data<Service>) -> Answered {
    let cases: Vec<Case> = parse(&read(&request, body).await?)?;
    answer(&service, Call::Year(cases), language(&request)?)
}

pub async fn regions(request: HttpRequest, service: Data<Service>) -> Answered {
    answer(&service, Call::Regions {}, language(&request)?)
}

/// An answer takes microseconds, so it is made on the thread that read the request.
pub fn answer(service: &Service, call: Call, lang: Lang) -> Answered {
    match service.engine().reply(call, Some(lang)) {
        Reply::Refused(refusal) => Err(refusal.into()),
        reply => written(&reply, lang),
    }
}

pub fn written(answer: &impl Serialize, lang: Lang) -> Answered {
    let bytes = serde_json::to_vec(answer).map_err(|_| ApiError::Transport(TransportCode::Internal))?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_LANGUAGE, tag(lang)));
    response.insert_header((header::VARY, "accept-language"));
    Ok(response.content_type("application/json").body(bytes))
}

pub async fn read(request: &HttpRequest, body: Payload) -> Result<Bytes, ApiError> {
    let encoded = request.headers().get(header::CONTENT_ENCODING).is_some_and(|e| e != "identity");
    let utf8 = request.encoding().is_ok_and(|e| e.name() == "UTF-8");
    if encoded || !utf8 || !request.content_type().eq_ignore_ascii_case("application/json") {
        return Err(ApiError::Transport(TransportCode::UnsupportedMediaType));
    }
    let patience = request.app_data::<Data<Service>>().map_or(READ_BODY, |service| service.patience());
    let too_large = || Refusal::new(RefusalCode::TooLarge, "", REQUEST_BYTES_MAX.to_string());
    let read = timeout(patience, body.to_bytes_limited(REQUEST_BYTES_MAX)).await;
    let read = read.map_err(|_| ApiError::Transport(TransportCode::TooSlow))?.map_err(|_| too_large())?;
    let cut_short = |_| Refusal::new(RefusalCode::Malformed, "", "a whole body");
    Ok(read.map_err(cut_short)?)
}
