//! What every request passes through: its id, its line in the log, and the headers of every answer.
//! Neither bodies nor query strings nor addresses are logged.

use std::rc::Rc;
use std::time::{Duration, Instant};

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};
use anxin_core::text::Lang;
use tracing::{Span, field};
use tracing_actix_web::{RequestId, RootSpanBuilder};

use crate::connection::Connection;
use crate::problem::ApiError;
use crate::routes::language;
use crate::server::Service;

/// A span with the method and the route's pattern, not the address that was asked for.
pub struct Quiet;

impl RootSpanBuilder for Quiet {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = id_of(request);
        let route = request.match_pattern();
        tracing::info_span!(
            "request",
            id,
            method = %request.method(),
            route = route.as_deref().unwrap_or("page"),
            status = field::Empty,
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("status", status.as_u16());
        let _in_span = span.enter();
        if status.is_server_error() {
            tracing::error!("failed");
        } else {
            tracing::info!("answered");
        }
    }
}

fn id_of(request: &ServiceRequest) -> Option<String> {
    request.extensions().get::<RequestId>().map(RequestId::to_string)
}

/// Writes out refusals and sets the headers that every answer has.
pub async fn finish<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let id = id_of(&request);
    let began = Instant::now();
    let connection = request.conn_data::<Rc<Connection>>().map(Rc::clone);
    let busy = connection.as_ref().map(Connection::begin);
    let response = next.call(request).await?;
    let refused = response.response().error().map(|error| {
        if response.status().is_server_error() {
            tracing::error!(%error, "cause");
        }
        ApiError::of(error, response.status())
    });
    let mut response = match refused {
        Some(refused) => {
            let lang = language(response.request()).unwrap_or(Lang::Zh);
            let (request, _) = response.into_parts();
            ServiceResponse::new(request, refused.respond(lang, id.clone())).map_into_right_body()
        }
        None => response.map_into_left_body(),
    };
    count(&response, began.elapsed());
    if let Some(connection) = &connection {
        connection.answers(response.response().body().size());
    }
    drop(busy);
    let headers = response.headers_mut();
    if let Some(id) = id.and_then(|id| HeaderValue::from_str(&id).ok()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    protect(headers);
    Ok(response)
}

/// By the route's pattern, as in the log: an address could name somebody.
fn count<B>(response: &ServiceResponse<B>, took: Duration) {
    let request = response.request();
    if let Some(service) = request.app_data::<Data<Service>>() {
        let route = request.match_pattern();
        let status = response.status().as_u16();
        service.metrics().answered(request.method().as_str(), route.as_deref().unwrap_or("page"), status, took);
    }
}

/// Own scripts, styles, pictures and WebAssembly; nothing from anywhere else, and in nobody's frame.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

fn protect(headers: &mut HeaderMap) {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(), microphone=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
