//! Logging in, going on and logging out. Only the issuer of demonstrations does this; a server with real people
//! has none, and nothing is at these addresses.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::Method;
use actix_web::web::{self, Data, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use wallet_types::{Credentials, Refresh, SessionOut, TransportCode};

use super::estimates::{Answered, read};
use super::{language, only, post};
use crate::auth::{
    ACCESS_COOKIE, Caller, Issued, Issuer, REFRESH_COOKIE, Session, Visitor, address, csrf_of, own_page,
};
use crate::body::parse;
use crate::problem::ApiError;
use crate::server::Service;
use crate::wallet::Wallet;

const SESSIONS: &str = "/api/v1/sessions";
const CURRENT: &str = "/api/v1/sessions/current";

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(post(SESSIONS).route(web::post().to(log_in)))
        .service(post("/api/v1/sessions/refresh").route(web::post().to(refresh)))
        .service(only(CURRENT, const { &[Method::DELETE] }).route(web::delete().to(log_out)));
}

fn issuer(wallet: &Wallet) -> Result<&Issuer, ApiError> {
    wallet.issuer.as_ref().ok_or(ApiError::Transport(TransportCode::NotFound))
}

impl From<Session> for ApiError {
    fn from(session: Session) -> Self {
        match session {
            Session::Refused | Session::Reused => ApiError::Transport(TransportCode::NotSignedIn),
            Session::Store(cause) => cause.into(),
            Session::Failed => ApiError::Transport(TransportCode::Internal),
        }
    }
}

async fn log_in(request: HttpRequest, _: Visitor, body: Payload, service: Data<Service>) -> Answered {
    language(&request)?;
    let wallet = service.wallet()?;
    issuer(wallet)?;
    wallet.limits.logins.check(&format!("address {}", address(&request)))?;
    let Credentials { name, password } = parse(&read(&request, body).await?)?;
    wallet.limits.logins.check(&format!("name {name}"))?;
    let login = wallet.desk.login(&name).await?;
    let checked = {
        let service = service.clone();
        let check = move || {
            let fits = service.wallet().ok()?.issuer.as_ref()?.fits(login.as_ref(), &password);
            login.filter(|_| fits)
        };
        web::block(check).await.map_err(|_| ApiError::Transport(TransportCode::Internal))?
    };
    let login = checked.ok_or(ApiError::Transport(TransportCode::BadLogin))?;
    let issued = issuer(wallet)?.begin(&wallet.desk, login).await?;
    Ok(answer(issuer(wallet)?, issued))
}

async fn refresh(request: HttpRequest, _: Visitor, body: Payload, service: Data<Service>) -> Answered {
    language(&request)?;
    let wallet = service.wallet()?;
    let Refresh { refresh_token } = parse(&read(&request, body).await?)?;
    let refused = || ApiError::Transport(TransportCode::NotSignedIn);
    let token = match refresh_token {
        Some(token) => token,
        None => {
            let cookie = request.cookie(REFRESH_COOKIE).ok_or_else(refused)?;
            // The header is made of the refresh token here: the access token may have run out.
            own_page(&request, cookie.value())?;
            cookie.value().to_owned()
        }
    };
    let issuer = issuer(wallet)?;
    match issuer.renew(&wallet.desk, &token).await {
        Ok(issued) => Ok(answer(issuer, issued)),
        Err(Session::Reused) => {
            // The session was ended in the store; its access tokens stop here and now.
            wallet.refresh_revoked().await?;
            Err(refused())
        }
        Err(other) => Err(other.into()),
    }
}

async fn log_out(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    language(&request)?;
    let wallet = service.wallet()?;
    let issuer = issuer(wallet)?;
    for mark in &caller.subject.marks {
        wallet.revoke(mark).await?;
    }
    let mut response = HttpResponse::NoContent();
    for (name, path) in [(ACCESS_COOKIE, "/api/v1"), (REFRESH_COOKIE, SESSIONS)] {
        response.cookie(cookie(issuer, name, String::new(), path, 0));
    }
    Ok(response.finish())
}

fn answer(issuer: &Issuer, issued: Issued) -> HttpResponse {
    let Issued { access, refresh, role } = issued;
    let sessions = issuer.sessions();
    let lasting = i64::from(sessions.hours) * 3_600;
    let out = SessionOut {
        csrf_token: csrf_of(&access),
        refresh_csrf_token: csrf_of(&refresh),
        expires_in: sessions.access_seconds,
        role: role.name().into(),
        access_token: access.clone(),
        refresh_token: refresh.clone(),
    };
    HttpResponse::Ok()
        .cookie(cookie(issuer, ACCESS_COOKIE, access, "/api/v1", sessions.access_seconds.into()))
        .cookie(cookie(issuer, REFRESH_COOKIE, refresh, SESSIONS, lasting))
        .json(out)
}

fn cookie<'c>(issuer: &Issuer, name: &'c str, value: String, path: &'c str, seconds: i64) -> Cookie<'c> {
    Cookie::build(name, value)
        .path(path)
        .http_only(true)
        .secure(issuer.sessions().secure_cookies)
        .same_site(SameSite::Strict)
        .max_age(Duration::seconds(seconds))
        .finish()
}
