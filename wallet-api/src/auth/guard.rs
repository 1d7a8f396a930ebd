//! The door of everything that needs a token. A handler that takes a [`Caller`] is not reached without one.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderName};
use actix_web::web::{Data, Query};
use actix_web::{FromRequest, HttpRequest};
use wallet_types::TransportCode;

use super::issuer::csrf_of;
use super::subject::Subject;
use super::token::read;
use crate::problem::ApiError;
use crate::routes::asked_language;
use crate::server::Service;
use crate::wallet::Wallet;

pub const ACCESS_COOKIE: &str = "anxin_access";
pub const REFRESH_COOKIE: &str = "anxin_refresh";
const CSRF: HeaderName = HeaderName::from_static("x-csrf-token");

/// Names under which somebody might put a token into an address, where logs and histories keep it.
const TOKENS_IN_ADDRESSES: &[&str] = &["access_token", "token", "id_token", "refresh_token", "jwt", "authorization"];

fn refused(code: TransportCode) -> ApiError {
    ApiError::Transport(code)
}

/// Whoever may ask at all: not from another site, not too often.
pub struct Visitor;

impl Visitor {
    pub fn admit(request: &HttpRequest, wallet: &Wallet) -> Result<(), ApiError> {
        wallet.limits.addresses.check(&address(request))?;
        let safe = request.method().is_safe();
        if !safe && from_elsewhere(request) {
            return Err(refused(TransportCode::CrossSite));
        }
        if token_in_address(request) {
            return Err(refused(TransportCode::NotSignedIn));
        }
        Ok(())
    }
}

impl FromRequest for Visitor {
    type Error = ApiError;
    type Future = Ready<Result<Visitor, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(service(request).and_then(|service| Visitor::admit(request, service.wallet()?)).map(|()| Visitor))
    }
}

/// Somebody with a token that is taken.
pub struct Caller {
    pub subject: Subject,
}

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = Ready<Result<Caller, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(service(request).and_then(|service| Caller::of(request, service.wallet()?)))
    }
}

impl Caller {
    fn of(request: &HttpRequest, wallet: &Wallet) -> Result<Caller, ApiError> {
        Visitor::admit(request, wallet)?;
        let not_signed_in = || refused(TransportCode::NotSignedIn);
        let token = match bearer(request)? {
            Some(token) => token,
            None => {
                let cookie = request.cookie(ACCESS_COOKIE).ok_or_else(not_signed_in)?;
                own_page(request, cookie.value())?;
                cookie.value().to_owned()
            }
        };
        let subject = read(&token, &wallet.keys, &wallet.audience).ok_or_else(not_signed_in)?;
        if wallet.is_revoked(&subject) {
            return Err(not_signed_in());
        }
        wallet.limits.subjects.check(&subject.id)?;
        // Looked at before anything is done, although most answers are written after it.
        asked_language(request)?;
        Ok(Caller { subject })
    }
}

fn service(request: &HttpRequest) -> Result<&Data<Service>, ApiError> {
    request.app_data::<Data<Service>>().ok_or_else(|| refused(TransportCode::Internal))
}

/// The peer's address; behind a proxy that is the proxy's.
pub fn address(request: &HttpRequest) -> String {
    request.peer_addr().map_or_else(String::new, |peer| peer.ip().to_string())
}

fn bearer(request: &HttpRequest) -> Result<Option<String>, ApiError> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let Some(first) = headers.next() else { return Ok(None) };
    let token = first.to_str().ok().and_then(|text| text.strip_prefix("Bearer "));
    match (token, headers.next()) {
        (Some(token), None) => Ok(Some(token.to_owned())),
        _ => Err(refused(TransportCode::NotSignedIn)),
    }
}

/// A cookie comes along whoever made the browser send the request; this header only the own page can send.
pub fn own_page(request: &HttpRequest, access: &str) -> Result<(), ApiError> {
    let stream = request.headers().get(header::ACCEPT).is_some_and(|accept| {
        accept.to_str().is_ok_and(|accept| accept.to_ascii_lowercase().contains("text/event-stream"))
    });
    if request.method().is_safe() && !stream { Ok(()) } else { sent_by_own_page(request, access) }
}

/// The same for what needs the header however it is asked for.
pub fn sent_by_own_page(request: &HttpRequest, access: &str) -> Result<(), ApiError> {
    let sent = request.headers().get(CSRF).map(header::HeaderValue::as_bytes);
    match sent {
        Some(sent) if sent == csrf_of(access).as_bytes() => Ok(()),
        _ => Err(refused(TransportCode::CrossSite)),
    }
}

/// Whether a browser says that another site made it send this.
fn from_elsewhere(request: &HttpRequest) -> bool {
    let text = |name| request.headers().get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    if text(HeaderName::from_static("sec-fetch-site")).is_some_and(|site| site == "cross-site" || site == "same-site") {
        return true;
    }
    let Some(origin) = request.headers().get(header::ORIGIN) else { return false };
    let host = request.connection_info().host().to_owned();
    let own = origin.to_str().is_ok_and(|origin| origin.split_once("://").is_some_and(|(_, from)| from == host));
    !own
}

fn token_in_address(request: &HttpRequest) -> bool {
    let query = Query::<Vec<(String, String)>>::from_query(request.query_string());
    let named = |name: &str| TOKENS_IN_ADDRESSES.contains(&name.to_ascii_lowercase().as_str());
    let shaped = |value: &str| value.starts_with("eyJ") && value.split('.').count() == 3;
    query.is_ok_and(|query| query.iter().any(|(name, value)| named(name) || shaped(value)))
}
